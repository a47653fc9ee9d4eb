"""Chapters: what may stand in braces, and that each slip is one finding in its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.chapters import read_chapters, sections
from factbook.model import Language
from factbook.rendering import rendering, scan
from factbook.vocabulary import NAMES
from tests.miniature import MINI, after, checked, edition_of_mini

PAGE = "docs/en/farming.md"
ROWS = (MINI / PAGE).read_text().split("\n")
KNOWN = ", ".join(NAMES)

SLIPS = [
    ('figure("crop-area", "XA", 2022)', 'figure("crop-aera", "XA", 2022)',
     "figure(): unknown indicator 'crop-aera'. Did you mean 'crop-area'?"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "XAA", 2022)',
     "figure(): unknown area 'XAA'. Did you mean 'XA'?"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "XA", 2023)',
     "figure(): there is no figure 'crop-area' for XA in 2023. Known periods for XA: 2019, 2020,"
     " 2021, 2022"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "XA", "2022-13")',
     "figure(): '2022-13' has the month 13; months go from 01 to 12"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "XA")',
     "figure() is missing 'period'; write figure(indicator, area, period, source, unit, qualifier,"
     " words, feminine, decimals)"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "001", 2022)',
     "figure(): there is no figure 'crop-area' for 001 in 2022. Known areas: XA, XA-N, XA-V, XB"),
    ('figure("crop-area", "XA", 2022)', 'figure("limit-use", "XA", 2022)',
     "figure(): 'limit-use' is computed; write derived(\"limit-use\", …)"),
    ('figure("crop-area", "XA", 2022)', "figure(crop-area, XA, 2022)",
     "figure() takes names in quotation marks, numbers and lists of them; write \"crop\""),
    ('figure("crop-area", "XA", 2022)', "figure",
     "only a call may stand in braces; write {{ name(…) }} and nothing else"),
    ('figure("crop-area", "XA", 2022)', "29900",
     "only a call may stand in braces; write {{ name(…) }} and nothing else"),
    ('figure("crop-area", "XA", 2022)', '"29,900"',
     "only a call may stand in braces; write {{ name(…) }} and nothing else"),
    ('figure("crop-area", "XA", 2022)', 'figure("crop-area", "XA", 2022) | upper',
     "only a call may stand in braces; write {{ name(…) }} and nothing else"),
    ('figure("crop-area", "XA", 2022)', 'figre("crop-area", "XA", 2022)',
     "unknown macro 'figre'. Did you mean 'figure'?"),
    ('figure("crop-area", "XA", 2022)', "nonsense", f"unknown macro 'nonsense'. Known: {KNOWN}"),
    ('source="guild-2022"', 'source="gild-2022"',
     "figure(): the source 'gild-2022' does not state this figure. Did you mean 'guild-2022'?"
     " Sources that do: census-2022, gazette-2022, guild-2022"),
    ('source="guild-2022"', 'sorce="guild-2022"',
     "figure() knows no option 'sorce'. Did you mean 'source'? Known: indicator, area, period,"
     " source, unit, qualifier, words, feminine, decimals"),
    ('rivals("crop-area"', 'rivals("crop-aera"',
     "rivals(): unknown indicator 'crop-aera'. Did you mean 'crop-area'?"),
    ('derived("limit-use", "XA"', 'derived("limit-us", "XA"',
     "derived(): there is no derived figure 'limit-us'. Did you mean 'limit-use' or 'limit-use-change'?"),
    ('derived("limit-use", "XA"', 'derived("crop-area", "XA"',
     "derived(): 'crop-area' is not derived; write figure(\"crop-area\", …)"),
    ('derived("limit-use", "XA"', 'derived("limit-use", "XB"',
     "derived(): 'limit-use' is not computed for XB; its areas are XA"),
    ('derived("limit-use-change", "XA", 2022', 'derived("limit-use-change", "XA", 2019',
     "derived(): there is no figure 'crop-area' for XA in 2018. Known periods for XA: 2019, 2020,"
     " 2021, 2022"),
    ("plus=True", "plusx=True",
     "derived() knows no option 'plusx'. Did you mean 'plus'? Known: name, area, period, unit,"
     " qualifier, words, feminine, plus, absolute, decimals"),
    ('term("corm")', 'term("crom")', "term(): unknown term 'crom'. Did you mean 'corm'?"),
    ('term("corm")', 'term("corm", "a", "b")',
     "term() has too many arguments; write term(name, shown)"),
    ('when("edict-2017")', 'when("edict-2071")',
     "when(): unknown event 'edict-2071'. Did you mean 'edict-2017'?"),
    ('cite("crown-edict", "art. 2")', 'cite("crown-edikt", "art. 2")',
     "cite(): unknown source 'crown-edikt'. Did you mean 'crown-edict'?"),
    ('cite("crown-edict", "art. 2")', 'cite("crown-edict", "article 2")', None),
    ('cite("crown-edict", "art. 2")', 'cite("crown-edict")',
     "cite() is missing 'locator'; write cite(source, locator)"),
    ('cite("crown-edict", "art. 2")', 'cite("crown-edict", "")',
     "cite(): cite('crown-edict') needs a place in the source; add e.g. \"p. 12\""),
    ('claim("limit-kept")', 'claim("limit-kep")',
     "claim(): unknown claim 'limit-kep'. Did you mean 'limit-kept'?"),
    ('table("crop-area", ["XA", "XB"]', 'table("crop-area", ["XA", "XBB"]',
     "table(): unknown area 'XBB'. Did you mean 'XB'?"),
    ('table("crop-area", ["XA", "XB"]', 'table("crop-area", "XA"',
     'table(): areas must be a list; write ["XA"]'),
    ('producers=["census", "guild"]', 'producers=["cenzus", "guild"]',
     "table(): unknown producer 'cenzus'. Did you mean 'census'?"),
    ("since=2020", 'since="2020"', None),
    ("references()", "refrences()", "unknown macro 'refrences'. Did you mean 'references'?"),
    ("references()", 'references("all")',
     "references() has too many arguments; write references()"),
    ('{{ claim("limit-kept") }}', '{{ chart("saffron") }}', None),
    ('{{ claim("limit-kept") }}', '{{ timeline("lwa") }}',
     "timeline(): no event has the topic 'lwa'. Did you mean 'law'?"),
    ('{{ claim("limit-kept") }}', '{{ theme("aera") }}',
     "theme(): no indicator has the theme 'aera'. Did you mean 'area'?"),
    ('{{ claim("limit-kept") }}', '{{ claim("limit-kept") }',
     "'{{' is not closed; write }} behind the call"),
    ('{{ claim("limit-kept") }}', ' claim("limit-kept") }}',
     "'}}' closes nothing; write {{ before the call, or take it out"),
    ('{{ claim("limit-kept") }}', '{% if 5 %}', "'{%' is not allowed in a chapter; write {{ … }}"),
    ('{{ claim("limit-kept") }}', "{# note",
     "'{#' is not allowed in a chapter; write {: #name } for an anchor"),
    ('{{ claim("limit-kept") }}', '{{ claim("limit-kept" }}', None),
    ('{{ claim("limit-kept") }}', "{{ claim('limit-kept) }}", None),
    ('{{ claim("limit-kept") }}', "{{ }}", None),
    ('{{ claim("limit-kept") }}', "{{ ''.__class__.__mro__ }}",
     "only a call may stand in braces; write {{ name(…) }} and nothing else"),
    ("title: Farming", "titel: Farming",
     "the front matter has no title, but 'titel'; write 'title: …' between the lines ---"),
    ("title: Farming", "title: Farming: a guide",
     "the front matter is not valid YAML; put a text with a colon in quotes"),
    ("description: Who", "description: 5 Who", None),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "message"), SLIPS)
def test_a_slip_is_one_finding(project: Path, good: str, bad: str, message: str | None) -> None:
    """A misspelled macro, argument or brace is found once, in its line, with the near name."""
    line = next(number for number, row in enumerate(ROWS, start=1) if good in row)
    text = "\n".join([*ROWS[: line - 1], ROWS[line - 1].replace(good, bad, 1), *ROWS[line:]])

    code, found = after(project, PAGE, text)

    assert [finding[:2] for finding in found] == [(PAGE, line)], found
    assert code == 1
    assert message in (None, found[0][2])


def arguments() -> list[tuple[int, str, str]]:
    """Return the line of each quoted argument of the chapter, the argument and its place in it."""
    found: list[tuple[int, str, str]] = []
    for number, row in enumerate(ROWS, start=1):
        for at, part in enumerate(row.split('"')):
            if at % 2 and "{{" in row:
                wrong = '"'.join([*row.split('"')[:at], f"{part}q", *row.split('"')[at + 1 :]])
                found.append((number, part, wrong))
    return [entry for entry in found if entry[1] not in ("fallow land", "art. 2")]


@pytest.mark.parametrize(("line", "argument", "wrong"), arguments())
def test_a_misspelled_argument_is_one_finding(
    project: Path, line: int, argument: str, wrong: str
) -> None:
    """Each argument of the chapter, misspelled, is one finding in its line."""
    text = "\n".join([*ROWS[: line - 1], wrong, *ROWS[line:]])

    code, found = after(project, PAGE, text)

    assert [finding[:2] for finding in found] == [(PAGE, line)], found
    assert code == 1
    if argument not in ("art. 2", "XA", "XB"):
        assert f"Did you mean '{argument}'" in found[0][2]


def test_all_slips_are_reported_together(project: Path) -> None:
    """Two slips of two pages are two findings."""
    text = "\n".join(ROWS).replace('term("corm")', 'term("crom")').replace("strike-2022", "strik")

    assert [line for _, line, _ in after(project, PAGE, text)[1]] == [14, 20]


@pytest.mark.parametrize(
    ("start", "line", "message"),
    [
        ("# No front matter\n", 1,
         "has no front matter; start the file with ---, title: …, description: …, ---"),
        ("---\ntitle: A\ndescription: B\n\n# Not closed\n", 1,
         "has no front matter; start the file with ---, title: …, description: …, ---"),
        ("---\n- a\n---\n\ntext\n", 2, "the front matter is no list of 'key: value' lines"),
        ("---\ntitle: A\n---\n\ntext\n", 1,
         "the front matter has no description; write 'description: …' between the lines ---"),
        ("---\ntitle: A\ndescription:\n---\n\ntext\n", 3,
         "the front matter has no description; write 'description: …' between the lines ---"),
    ],
)  # fmt: skip
def test_front_matter_at_fault_is_one_finding(
    project: Path, start: str, line: int, message: str
) -> None:
    """A chapter begins with its title and description."""
    assert after(project, PAGE, start) == (1, [(PAGE, line, message)])


@pytest.mark.parametrize(
    ("path", "good", "bad", "message"),
    [
        (PAGE, "{{ references() }}", "",
         "cites sources but prints no list; end the page with {{ references() }}"),
        ("docs/es/sources.md", "{{ sources() }}", "",
         "does not print what other pages link to; add {{ sources() }}"),
        ("docs/en/data/area.md", '{{ theme("area") }}', "",
         'does not print what other pages link to; add {{ theme("area") }}'),
        ("docs/en/index.md", "farming.md", "framing.md",
         "the link 'framing.md' leads to no page. Did you mean 'farming.md'?"),
    ],
)  # fmt: skip
def test_a_page_that_lacks_what_it_must_hold_is_found(
    project: Path, path: str, good: str, bad: str, message: str
) -> None:
    """Pages print what others link to, links lead to pages, who cites prints references."""
    _, found = after(project, path, (MINI / path).read_text().replace(good, bad))

    assert [(p, m) for p, _, m in found] == [(path, message)]


def test_a_page_is_missing_in_both_languages(mini: Path) -> None:
    """A page that others link to and that nobody wrote is named in both languages."""
    for language in ("en", "es"):
        (mini / f"docs/{language}/glossary.md").unlink()

    message = "the page is missing; add it with {{ glossary() }}"
    found = [("docs/en/glossary.md", 1, message), ("docs/es/glossary.md", 1, message)]
    assert checked(mini) == (1, found)


def test_a_chapter_knows_its_lines(mini: Path) -> None:
    """The first line of the body follows the front matter."""
    chapters, found = read_chapters(mini, Language.EN)
    chapter = next(c for c in chapters if c.path == "farming.md")

    assert found == []
    assert (chapter.first_line, dict(chapter.lines)) == (5, {"title": 2, "description": 3})
    assert str(chapter.place(2)) == "docs/en/farming.md:6"


def test_sections_begin_at_headings() -> None:
    """A section runs from its heading to the line before the next one."""
    text = "a\n# B\nb\n\n## C\nc\n"

    assert sections(text) == ((1, 1, ""), (2, 4, "B"), (5, 7, "C"))


def test_uses_leave_out_data_pages(mini: Path) -> None:
    """Where a figure is used is told by chapters alone, each once."""
    edition = edition_of_mini(mini, Language.EN)
    chapters, _ = read_chapters(mini, Language.EN)

    uses = scan(chapters, edition)

    pages = (("farming.md", "Farming"), ("index.md", "Saffron"))
    assert uses["crop-area/XA/2022/census-2022"][-2:] == pages
    assert "harvest/XA/2022/census-2022" not in uses


def test_a_rendering_has_no_findings_and_numbers_its_sources(mini: Path) -> None:
    """A sound chapter is rendered whole, and its usage tells the sources in order."""
    edition = edition_of_mini(mini, Language.EN)
    chapters, _ = read_chapters(mini, Language.EN)
    done = rendering(next(c for c in chapters if c.path == "farming.md"), edition)

    assert done.findings == ()
    assert "{{" not in done.markdown
    assert [name for kind, name in done.usage.seen if kind == "source"][:2] == [
        "census-2022",
        "guild-2022",
    ]
