"""The whole check: one fault gives one finding, whatever else it makes doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.chapters import Chapter
from factbook.checks import check_project
from factbook.memory import Memory
from factbook.model import Language
from factbook.vocabulary import Use

FARMING = "docs/en/farming.md"
CROP = "data/observations/crop-area.csv"
HARVEST = "data/observations/harvest.csv"
TERMS = "data/terms.toml"


def edited(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that a file holds once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def said(root: Path) -> list[str]:
    """Return the findings of a project as a contributor reads them."""
    return [str(finding) for finding in check_project(root).findings]


def test_outside_a_project_one_finding_says_where_to_run(tmp_path: Path) -> None:
    """Nothing else is asked of an empty folder."""
    project = check_project(tmp_path)

    assert [str(finding) for finding in project.findings] == [
        "data:1: the folder is missing; run this in the project's folder, or name it with --root"
    ]
    assert project.chapters == {}
    assert project.dataset.areas == {}


def test_a_sound_project_is_read_whole(mini: Path) -> None:
    """Chapters of both languages, the dataset, and what each chapter uses."""
    project = check_project(mini)

    assert (project.findings, project.notices) == ((), ())
    assert [chapter.path for chapter in project.chapters[Language.ES]] == [
        chapter.path for chapter in project.chapters[Language.EN]
    ]
    assert set(project.usages) == {
        chapter.file for chapters in project.chapters.values() for chapter in chapters
    }
    assert "corm" in project.usages[FARMING].of(Use.TERM)
    assert len(project.dataset.observations) == 18


# Stages

BAD_CALL = ('{{ term("corm") }}', '{{ term("korm") }}')
BAD_CALL_SAID = f"{FARMING}:14: term(): unknown term 'korm'. Did you mean 'corm'?"
TYPED = ("In 2017 nobody objected.", "In 2017 nobody of 29 objected.")
TYPED_SAID = (
    f"{FARMING}:19: '29' is typed by hand; put the number into data/ and print it with"
    " {{ figure(…) }} or {{ derived(…) }}"
)
MISSPELT = ("nobody objected", "noboddy objected")
NO_NOTE = ("para. 4,Counted on the spot | Contado en el lugar", "para. 4,")


def test_faults_that_do_not_touch_are_told_together(mini: Path) -> None:
    """Of two pages, and of two kinds on one page."""
    edited(mini, FARMING, *BAD_CALL)
    edited(mini, FARMING, *TYPED)
    edited(mini, "docs/es/farming.md", "En 2017 nadie objetó.", "En 1917 nadie objetó.")

    found = said(mini)
    assert found[:2] == [BAD_CALL_SAID, TYPED_SAID]
    assert len(found) == 3
    assert found[2].startswith("docs/es/farming.md:19: the year 1917 is typed by hand")


SPANISH = "docs/es/farming.md"
ALONE = {
    f"{CROP}:7": (CROP, "XA,2022,4400,", "XA,2022,4 400,"),
    f"{CROP}:11": (CROP, "XA-V,2021,", "XA-W,2021,"),
    f"{HARVEST}:2": (HARVEST, "XA,2021,6.3,", "XA,2021,6.35,"),
    "data/claims.toml:10": ("data/claims.toml", '"census-2022"', '"census-2023"'),
    f"{FARMING}:14": (FARMING, '{{ term("corm") }}', '{{ term("korm") }}'),
    f"{FARMING}:16": (FARMING, "## Law", '## Law {{ footer("x") }}'),
    f"{FARMING}:18": (FARMING, '"art. 2"', '"artikel 2"'),
    f"{FARMING}:19": (FARMING, "nobody objected", "nobody of 29 objected"),
    f"{FARMING}:20": (FARMING, '"strike-2022"', '"strike-2023"'),
    f"{FARMING}:21": (FARMING, '"limit-kept"', '"limit-kept", short=True'),
    f"{FARMING}:23": (FARMING, '["XA", "XB"]', '["XA", "XC"]'),
    f"{FARMING}:25": (FARMING, '"yield", "XA"', '"yields", "XA"'),
    f"{SPANISH}:18": (SPANISH, "crown-edict", "crown-edicts"),
    f"{SPANISH}:26": (SPANISH, '"harvest-sold", "XA", 2022', '"harvest-sold", "XA", 2021'),
    "docs/en/index.md:8": ("docs/en/index.md", "(farming.md)", "(framing.md)"),
    "docs/es/index.md:8": ("docs/es/index.md", "Siga leyendo", "Siga leyenddo"),
}
"""Faults by the places of their findings; none can be why another one is there."""


@pytest.mark.parametrize("place", sorted(ALONE))
def test_a_fault_by_itself_is_one_finding(mini: Path, place: str) -> None:
    """Each of those that the next test tells together."""
    edited(mini, *ALONE[place])

    assert [line.partition(": ")[0] for line in said(mini)] == [place]


def test_all_faults_are_told_at_once(mini: Path) -> None:
    """Rows that cannot be read, codes, slips, calls, numbers, links and words, in one go."""
    alone: list[str] = []
    for path, right, wrong in ALONE.values():
        edited(mini, path, right, wrong)
        alone += said(mini)
        edited(mini, path, wrong, right)
    for fault in ALONE.values():
        edited(mini, *fault)

    assert sorted(said(mini)) == sorted(alone)


@pytest.mark.parametrize(
    ("data", "chapter"),
    [
        # What is asked for may be what cannot be read …
        ((TERMS, '[corm]\nterm.en = "corm"', "[corm]\nterm.en = 1"), None),
        ((CROP, "XA,2022,4500,4100,", "XA,2022,4 500,4100,"), ('"XA-V", 2021', '"XA-V", 2020')),
        (
            (HARVEST, "XA,2021,6.3,", "XA,2021,6.3x,"),
            ('"yield", "XA", 2021', '"yield", "XA", 2020'),
        ),
        (("data/areas.csv", "\nXB,country", "\nXB,county"), ('["XA", "XB"]', '["XA", "XC"]')),
        # … or what would carry the year.
        (("data/events.toml", '"2017-05-01"', '"2017-05-32"'), None),
        (("data/events.toml", '"2022-06~"', '"2022-66~"'), ("In 2017 nobody", "In 1917 nobody")),
    ],
)
def test_what_may_follow_from_a_fault_of_the_data_is_held_back(
    mini: Path, data: tuple[str, str, str], chapter: tuple[str, str] | None
) -> None:
    """It is told when the data are mended, if it is still so."""
    edited(mini, *data)
    alone = said(mini)
    assert {line.partition(":")[0] for line in alone} == {data[0]}
    if chapter is not None:
        edited(mini, FARMING, *chapter)
        assert said(mini) == alone
        edited(mini, data[0], data[2], data[1])
        assert {line.partition(":")[0] for line in said(mini)} == {FARMING}


def test_a_number_is_read_as_the_language_of_its_page_writes_it(mini: Path) -> None:
    """So that the figure is found that prints it."""
    edited(mini, SPANISH, "En 2017 nadie objetó.", "En 2017 nadie objetó 3.950.")
    edited(mini, FARMING, "In 2017 nobody objected.", "In 2017 nobody of 3.950 objected.")

    assert said(mini) == [
        f"{FARMING}:19: '3.950' is typed by hand; put the number into data/ and print it with"
        " {{ figure(…) }} or {{ derived(…) }}",
        f"{SPANISH}:19: '3.950' is typed by hand; use"
        ' {{ figure("crop-area", "XA", "2020") }}, if that is what it means',
    ]


def test_a_row_that_does_not_fit_hides_what_it_is_compared_with(mini: Path) -> None:
    """A rank without a reason is told, and not that rivals are far apart."""
    edited(mini, CROP, *NO_NOTE)
    edited(mini, CROP, "XB,2022,700,", "XB,2022,7000,")

    assert said(mini) == [f"{CROP}:14: is ranked preferred without a reason; say why in the note"]


def test_a_file_out_of_order_is_not_told_beside_its_other_fault(mini: Path) -> None:
    """A code mistyped in a sorted file is that, not a matter of order; other files are told."""
    edited(mini, CROP, "XA,2020,3950,", "ZZ,2020,3950,")
    rows = (mini / HARVEST).read_text().split("\n")
    (mini / HARVEST).write_text("\n".join([rows[0], rows[2], rows[1], *rows[3:]]))

    found = said(mini)
    assert [line.partition(": ")[0] for line in found] == [f"{CROP}:3", f"{HARVEST}:2"]
    assert "unknown area 'ZZ'" in found[0]


def test_a_slip_is_doubted_once(mini: Path) -> None:
    """A row with a decimal too many is not far from its rivals besides."""
    edited(mini, CROP, "XB,2022,700,,", "XB,2022,70.5,,")

    found = said(mini)
    assert len(found) == 1
    assert "70.5 has more decimals than 'crop-area' prints (0)" in found[0]


def test_a_word_is_not_looked_up_in_a_line_with_another_fault(mini: Path) -> None:
    """What is out of place may well not be a word; other lines are looked at."""
    edited(mini, FARMING, *BAD_CALL)
    edited(mini, FARMING, "is not sown", "is nott sown")
    edited(mini, FARMING, *MISSPELT)

    found = said(mini)
    assert found[0] == BAD_CALL_SAID
    assert len(found) == 2
    assert found[1].startswith(f"{FARMING}:19: 'noboddy' is in no English dictionary.")


def test_no_word_is_looked_up_where_braces_are_at_fault(mini: Path) -> None:
    """What should stand in them may be taken for prose, all down the page; other pages are read."""
    edited(mini, FARMING, '{{ term("corm") }}', '{{ term("corm") }')
    edited(mini, FARMING, *MISSPELT)
    edited(mini, "docs/en/index.md", "Saffron stands", "Saffronn stands")

    found = said(mini)
    assert found[0] == f"{FARMING}:14: '{{{{' is not closed; write }}}} behind the call"
    assert len(found) == 2
    assert found[1].startswith("docs/en/index.md:8: 'Saffronn' is in no English dictionary.")


def test_a_page_with_a_fault_is_not_asked_for_more(mini: Path) -> None:
    """Neither for its references, nor for what the other language has; links lead where they lead."""
    edited(mini, FARMING, *BAD_CALL)
    edited(mini, FARMING, "{{ references() }}", "[a](nowhere.md)")

    assert said(mini) == [
        BAD_CALL_SAID,
        f"{FARMING}:30: the link 'nowhere.md' leads to no page. Did you mean 'sources.md'?",
    ]


def test_facts_are_compared_where_no_page_has_a_fault(mini: Path) -> None:
    """A fault anywhere in the chapters comes first; then the same facts, and unused records."""
    edited(mini, FARMING, '{{ when("strike-2022") }}', "that year")
    assert any("uses the event 'strike-2022'" in line for line in said(mini))

    edited(mini, "docs/en/index.md", "(farming.md)", "(framing.md)")
    (found, *others) = said(mini)
    assert found == (
        "docs/en/index.md:8: the link 'framing.md' leads to no page. Did you mean 'farming.md'?"
    )
    assert all("uses the" in line for line in others)


def test_an_unused_source_is_not_told_beside_a_fault_of_the_pages(mini: Path) -> None:
    """A chapter that fails may be the one that cites it."""
    source = (
        '\n[zeta-2022]\ntype = "report"\ntitle = "Old news"\nlanguage = "en"\n'
        'producer = "gazette"\nkind = "news"\n'
    )
    file = mini / "data/sources.toml"
    line = file.read_text().count("\n") + 2
    file.write_text(file.read_text() + source)
    message = (
        f"data/sources.toml:{line}: the source 'zeta-2022' is used nowhere; cite it or remove it"
    )
    assert said(mini) == [message]

    edited(mini, FARMING, *BAD_CALL)
    assert said(mini) == [BAD_CALL_SAID]

    edited(mini, FARMING, BAD_CALL[1], BAD_CALL[0] + '{{ cite("zeta-2022", "p. 1") }}')
    edited(mini, "docs/es/farming.md", BAD_CALL[0], BAD_CALL[0] + '{{ cite("zeta-2022", "p. 1") }}')
    assert said(mini) == []


def test_a_missing_page_is_told_with_its_counterpart(mini: Path) -> None:
    """Where a whole language is missing, that is told, and not page by page."""
    (mini / "docs/es/index.md").unlink()
    assert said(mini) == [
        "docs/en/index.md:1: has no counterpart; add docs/es/index.md, or remove this page"
    ]

    for file in sorted((mini / "docs/es").rglob("*.md")):
        file.unlink()
    assert not any("has no counterpart" in line for line in said(mini))


@pytest.mark.parametrize("language", list(Language))
def test_a_language_without_its_folder_is_one_finding(mini: Path, language: Language) -> None:
    """The pages of the other one are not missed in it."""
    folder = mini / "docs" / language.value
    folder.rename(mini / "docs" / "away")

    assert said(mini) == [f"docs/{language.value}:1: the folder of chapters is missing; restore it"]


def test_a_code_renamed_in_its_list_is_found_there_with_pages_too(mini: Path) -> None:
    """What chapters ask for in vain counts as a use; what they name is in use."""
    edited(mini, "data/events.toml", "[strike-2022]", "[strike-2020]")

    assert said(mini) == [
        "data/events.toml:13: nothing uses the event 'strike-2020', but 'strike-2022', which is in"
        " no list, is used (first in docs/en/farming.md:20); if it was renamed by mistake, name it"
        " so again"
    ]


def test_what_a_memory_holds_is_of_the_same_page(mini: Path) -> None:
    """Two pages of one check, kept side by side, do not take each other's findings."""
    memory = Memory()
    edited(mini, FARMING, *TYPED)
    first = check_project(mini, memory)
    edited(mini, FARMING, TYPED[1], TYPED[0])
    edited(mini, "docs/en/index.md", "Saffron stands", "Of 29, saffron stands")
    second = check_project(mini, memory)

    assert [str(finding.place) for finding in first.findings] == [f"{FARMING}:19"]
    assert [str(finding.place) for finding in second.findings] == ["docs/en/index.md:8"]
    kept: tuple[Chapter, ...] = second.chapters[Language.ES]
    assert kept is first.chapters[Language.ES]
