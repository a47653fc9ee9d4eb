"""Quotations are marked in one way in both languages, wherever a reader meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Lines = Callable[[], list[str]]
QUOTATION = "a quotation stands between “ and ”, one within it between ‘ and ’"
APOSTROPHE = "an apostrophe is ’, and a quotation within another stands between ‘ and ’"


def replaced(file: Path, old: str, new: str) -> int:
    """Put ``new`` in the place of ``old``; return the line it stands in."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("language", "said", "messages"),
    [
        ("en", 'said "no"', [f'"no" has the mark "; {QUOTATION}']),
        ("en", "said «no»", [f"«no» has the mark «; {QUOTATION}"]),
        ("es", "dijo «no»", [f"«no» has the mark «; {QUOTATION}"]),
        ("es", "dijo „no“", [f"„no“ has the mark „; {QUOTATION}", "closed"]),
        ("en", "the crown's limit", [f"crown's has the mark '; {APOSTROPHE}"]),
        ("es", "dijo ´no´", [f"´no´ has the mark ´; {APOSTROPHE}"]),
        ("en", "said “no", ["closed"]),
        ("es", "dijo no”", ["opened"]),
        ("es", "dijo ”no“", ["opened"]),
    ],
)
def test_a_mark_of_another_kind(
    mini: Path, findings: Lines, language: str, said: str, messages: list[str]
) -> None:
    """Straight marks, those of another convention, and a quotation that has one end only."""
    old = {"en": "nobody objected", "es": "nadie objetó"}[language]
    path = f"docs/{language}/farming.md"
    line = replaced(mini / path, old, f"{old}, {said}")
    whole = {
        "closed": "a quotation is opened and not closed in this line; put “ before it and ” after it",
        "opened": "a quotation is not opened in this line; put “ before it and ” after it",
    }
    expected = sorted(f"{path}:{line}: {whole.get(m, m)}" for m in messages)
    assert sorted(findings()) == expected


def test_a_mark_in_the_data(mini: Path, findings: Lines) -> None:
    """A text of the data is quoted as chapters are; its line is named."""
    file = mini / "data/terms.toml"
    line = replaced(file, "Land that rests for a year.", "Land that «rests» for a year.")
    assert findings() == [f"data/terms.toml:{line}: «rests» has the mark «; {QUOTATION}"]


@pytest.mark.parametrize(
    "text",
    [
        "said “no” and “‘never’ again”",
        "the crown’s limit and the growers’ limit",
        '<i title="no">so</i>',
        "<i title='no'>so</i>",
        '[so](index.md "no")',
        "`\"no\" and 'yes'`",
    ],
    ids=["curved", "apostrophe", "attribute", "other attribute", "title of a link", "code"],
)
def test_marks_that_are_right_or_are_markup(mini: Path, findings: Lines, text: str) -> None:
    """Curved marks, and the straight ones of HTML, Markdown and code."""
    replaced(mini / "docs/en/farming.md", "nobody objected", f"nobody objected, {text}")
    assert findings() == []


def test_a_straight_mark_within_a_title_is_found(mini: Path, findings: Lines) -> None:
    """Only the marks around the title of a link are markup."""
    new = "nobody [objected](index.md \"He said 'no'\")"
    line = replaced(mini / "docs/en/farming.md", "nobody objected", new)
    assert findings() == [f"docs/en/farming.md:{line}: 'no' has the mark '; {APOSTROPHE}"]
