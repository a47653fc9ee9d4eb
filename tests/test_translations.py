"""What one language has changed is told until somebody has looked at the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.__main__ import main
from factbook.checks import check_project
from factbook.translations import FILE, paragraphs

EN, ES = "docs/en/farming.md", "docs/es/farming.md"
AFTERWARDS = "then run 'python -m factbook translated farming.md'"


@pytest.fixture(name="compared")
def all_compared(mini: Path) -> Path:
    """The small project with all its pages marked as up to date."""
    assert main(["--root", str(mini), "translated", "--all"]) == 0
    return mini


@pytest.fixture(name="notices")
def notices_of(compared: Path) -> Callable[[], list[str]]:
    """Return the notices of the small project as lines; it must have no findings."""

    def notices() -> list[str]:
        project = check_project(compared)
        assert project.findings == ()
        return [str(notice) for notice in project.notices]

    return notices


def replaced(root: Path, path: str, old: str, new: str) -> int:
    """Put ``new`` in the place of ``old``; return the line it stands in."""
    file = root / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_nothing_is_told_after_both_were_compared(notices: Callable[[], list[str]]) -> None:
    """A page marked as up to date gives no notice."""
    assert notices() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "here", "there"),
    [
        (EN, "In 2017 nobody objected.", "In 2017 few objected.", "English", "Spanish"),
        (ES, "En 2017 nadie objetó.", "En 2017 pocos objetaron.", "Spanish", "English"),
    ],
)
def test_a_paragraph_of_one_language_is_named_with_its_counterpart(
    compared: Path,
    notices: Callable[[], list[str]],
    path: str,
    old: str,
    new: str,
    here: str,
    there: str,
) -> None:
    """The notice stands at the changed paragraph and says where the other one stands."""
    replaced(compared, path, old, new)
    first = 18  # both paragraphs on the edict begin there
    other = ES if path == EN else EN
    assert notices() == [
        f"{path}:{first}: this {here} paragraph is new or changed, and the {there}"
        f" ({other}:{first}) is as it was; bring that up to date, {AFTERWARDS}"
    ]


def test_a_new_paragraph_is_told(compared: Path, notices: Callable[[], list[str]]) -> None:
    """A paragraph that only one language has names the section of the other."""
    replaced(compared, EN, "## References", "More is not known.\n\n## References")
    (notice,) = notices()
    assert notice.startswith(f"{EN}:28: this English paragraph is new or changed, and the Spanish")
    assert f"({ES}:16)" in notice


def test_a_paragraph_that_is_gone_is_told(compared: Path, notices: Callable[[], list[str]]) -> None:
    """What was taken out of one language still stands in the other."""
    for path, text in ((EN, "An aside.\n\n## Law"), (ES, "Un aparte.\n\n## Ley")):
        replaced(compared, path, text.split("\n\n")[1], text)
    assert main(["--root", str(compared), "translated", "farming.md"]) == 0
    assert notices() == []
    replaced(compared, EN, "An aside.\n\n", "")
    (notice,) = notices()
    assert notice.startswith(f"{EN}:10: a paragraph of the English is gone from hereabouts, and")


def test_a_section_changed_in_both_languages_is_one_notice(
    compared: Path, notices: Callable[[], list[str]]
) -> None:
    """Whether they still agree is for a reader to see; it is asked once."""
    replaced(compared, EN, "nobody objected", "few objected")
    replaced(compared, ES, "nadie objetó", "pocos objetaron")
    assert notices() == [
        f"{EN}:16: this section has changed in English and in Spanish ({ES}:16); see that both"
        f" still say the same, {AFTERWARDS}"
    ]


def test_other_figures_are_no_change_of_text(
    compared: Path, notices: Callable[[], list[str]]
) -> None:
    """A number or a figure that is exchanged needs no translation; nor does the wrapping of lines."""
    for path in (EN, ES):
        replaced(
            compared,
            path,
            'figure("harvest", "XA", 2021, unit=False)',
            'figure("harvest", "XA", 2021)',
        )
    replaced(compared, EN, "nobody objected.\nThe strike", "nobody objected. The strike")
    assert notices() == []


def test_marking_a_page_ends_its_notices_and_no_others(
    compared: Path, notices: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The command is told a page, and says how much it has marked."""
    replaced(compared, EN, "nobody objected", "few objected")
    replaced(compared, "docs/en/index.md", "# ", "# About ")
    assert len(notices()) == 2
    capsys.readouterr()
    assert main(["--root", str(compared), "translated", "farming.md"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("farming.md: ") and said.count("\n") == 1
    (notice,) = notices()
    assert notice.startswith("docs/en/index.md:")


def test_a_page_that_was_never_compared_is_told(
    compared: Path, notices: Callable[[], list[str]]
) -> None:
    """A new page has no line in the file."""
    file = compared / FILE
    rows = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(r for r in rows if not r.startswith("farming.md")), encoding="utf-8")
    assert notices() == [f"{EN}:5: the languages were never compared; do so, {AFTERWARDS}"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the pages that are up to date, e.g. leaf.md, or say --all"),
        (["farming.md", "--all"], "name the pages that are up to date, e.g. leaf.md, or say --all"),
        (["farmin.md"], "no page 'farmin.md' in both languages. Did you mean 'farming.md'"),
    ],
)
def test_the_command_refuses_what_it_cannot_mark(
    mini: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """One sentence, exit code 1, and nothing is written."""
    assert main(["--root", str(mini), "translated", *arguments]) == 1
    assert capsys.readouterr().err.startswith(message)
    assert not (mini / FILE).exists()


def test_pages_with_other_headings_cannot_be_marked(
    mini: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The structure is mended first; the check says where."""
    replaced(mini, ES, "## Ley\n", "## Ley\n\n## Más ley\n")
    assert main(["--root", str(mini), "translated", "farming.md"]) == 1
    assert "farming.md: the languages have other headings" in capsys.readouterr().err


@pytest.mark.parametrize("row", ["farming.md,xyz,", "farming.md", "farming.md,,", "a,b,c,d"])
def test_a_spoiled_file_is_a_finding(compared: Path, row: str) -> None:
    """A line that cannot be read is named, and no notice is guessed."""
    file = compared / FILE
    text = file.read_text("utf-8")
    file.write_text(text + row + "\n", encoding="utf-8")
    project = check_project(compared)
    line = text.count("\n") + 1
    assert [str(finding) for finding in project.findings] == [
        f"{FILE}:{line}: is no line 'page,digest,digest';"
        " run 'python -m factbook translated --all' to write it anew"
    ]
    assert project.notices == ()


def test_notices_do_not_fail_the_check(compared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are printed, as annotations for GitHub too, and the exit code stays 0."""
    replaced(compared, EN, "nobody objected", "few objected")
    assert main(["--root", str(compared), "check"]) == 0
    assert f"{EN}:18: this English paragraph" in capsys.readouterr().err
    assert main(["--root", str(compared), "check", "--annotations"]) == 0
    assert f"::notice file={EN},line=18::this English paragraph" in capsys.readouterr().err


def test_items_of_a_list_and_headings_are_paragraphs_of_their_own() -> None:
    """What can change by itself has a digest of its own; macros alone have none."""
    body = "# One\n## Two\nText,\nmore text.\n\n- an item\n  of two lines\n- another\n\n{{ sources() }}\n"
    assert [(p.line, p.section) for p in paragraphs(body)] == [
        (1, 1), (2, 2), (3, 2), (6, 2), (8, 2),
    ]  # fmt: skip
