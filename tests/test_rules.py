"""The page of errors: every rule has an example, every example gives one finding, the page is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.__main__ import main
from factbook.contributing.rules import EXAMPLES, PAGE, Example, examples, outcome, rules
from factbook.errors import FactbookError
from tests.miniature import REAL

ALL = examples(REAL)


@pytest.fixture(scope="module")
def page() -> str:
    """The page as it stands in the project."""
    return (REAL / PAGE).read_text(encoding="utf-8")


def test_every_rule_has_an_example() -> None:
    """A new rule brings what it refuses and what it lets pass."""
    lacking = sorted(set(rules()) - {example.rule for example in ALL})

    assert not lacking, f"add an example to {EXAMPLES} for each of: {', '.join(lacking)}"


def test_every_rule_says_itself() -> None:
    """The docstring of a rule is a sentence."""
    assert all(says.lstrip("`")[0].isalpha() and says.endswith(".") for says in rules().values())
    assert all(example.says for example in ALL)


@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.rule} {e.file}")
def test_an_example_gives_its_finding(example: Example, page: str) -> None:
    """What is right gives nothing; what is wrong gives one finding, and the page quotes it."""
    right, wrong = outcome(REAL, example)

    assert right == ()
    assert len(wrong) == 1, [str(finding) for finding in wrong]
    part = page[page.index(f"\n## {example.rule}\n") :].split("\n## ")[1]
    assert f"\n```text\n{wrong[0]}\n```\n" in part, "run: python -m factbook errors"
    assert example.says in part
    assert example.right.rstrip("\n") in part
    assert (example.wrong or "(the file is absent)").rstrip("\n") in part


def test_the_page_holds_no_rule_that_is_gone(page: str) -> None:
    """Headings are the rules of the examples, in their order, each once."""
    headings = [line.removeprefix("## ") for line in page.split("\n") if line.startswith("## ")]

    assert headings == list(dict.fromkeys(example.rule for example in ALL))


def test_an_example_of_no_rule_is_refused(tmp_path: Path) -> None:
    """A misnamed rule is told with its file."""
    (tmp_path / "tests/data").mkdir(parents=True)
    (tmp_path / EXAMPLES).write_text('[[numbers-fitt]]\nfile = "a"\nright = "b"\n')

    with pytest.raises(FactbookError, match="there is no rule 'numbers-fitt'; name it as its"):
        examples(tmp_path)


@pytest.mark.parametrize("place", ["factbook.sums:gone", "factbook.gone:sums", "factbook.gone"])
def test_an_example_of_a_moved_rule_is_refused(tmp_path: Path, place: str) -> None:
    """Whoever moves a function to another module is told what names it."""
    (tmp_path / "tests/data").mkdir(parents=True)
    record = f'[[numbers-fit]]\nsays = "{place}"\nfile = "a"\nright = "b"\n'
    (tmp_path / EXAMPLES).write_text(record)

    with pytest.raises(FactbookError) as caught:
        examples(tmp_path)
    assert str(caught.value) == (
        f"{EXAMPLES}: [numbers-fit] says '{place}', which is not there; name it where it is now"
    )


def test_elsewhere_the_command_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside the project there are no examples to run."""
    assert main(["--root", str(tmp_path), "errors"]) == 1
    assert capsys.readouterr().err == (f"{EXAMPLES} is missing; run this in the project's folder\n")
