"""Codes and names: near ones are offered, unused ones are found, the right place is blamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.errors import did_you_mean
from tests.miniature import checked


@pytest.mark.parametrize(
    ("wrong", "known", "hint"),
    [
        ("Census", ["census", "guild"], " Did you mean 'census'?"),
        ("xa", ["XA", "XB"], " Did you mean 'XA'?"),
        ("CROP-AERA", ["crop-area"], " Did you mean 'crop-area'?"),
        ("crop-area", ["Crop-Area", "crop-Area"], " Did you mean 'Crop-Area' or 'crop-Area'?"),
        ("zzz", ["census"], ""),
        ("", ["census"], ""),
        ("census", [], ""),
    ],
)
def test_near_names_are_offered_whatever_their_capitals(
    wrong: str, known: list[str], hint: str
) -> None:
    """A name in the wrong case is as near as any; what is not alike is not offered."""
    assert did_you_mean(wrong, known) == hint


UNUSED = [
    ("units.csv", "t,tonnes", "st,stone,piedras,{n} st,{n} st,amount", "unit 'st'"),
    ("producers.csv", "guild,", "guard,government,Guard,Guardia,Guard,Guardia", "producer 'guard'"),
    ("codes.csv", "group,press", "group,oracle,oracles,oráculos", "group 'oracle'"),
    ("codes.csv", "topic,law", "theme,money,money,dinero", "theme 'money'"),
    ("codes.csv", "topic,market", "topic,love,love,amor", "topic 'love'"),
]


@pytest.mark.parametrize(("table", "before", "row", "what"), UNUSED)
def test_a_code_that_nothing_uses_is_found(
    mini: Path, table: str, before: str, row: str, what: str
) -> None:
    """A row of a list that no other table names is one finding, in its line."""
    file = mini / "data" / table
    file.write_text(file.read_text().replace(f"\n{before}", f"\n{row}\n{before}", 1))
    line = file.read_text().split("\n").index(row) + 1

    message = f"nothing uses the {what}; use it or remove it"
    assert checked(mini) == (1, [(f"data/{table}", line, message)])


def test_an_unknown_code_hides_what_is_unused(mini: Path) -> None:
    """A misspelled unit is one finding at its use, though its own row is now used by nothing."""
    file = mini / "data/derived.toml"
    file.write_text(file.read_text().replace('unit = "t-per-ha"', 'unit = "t-pre-ha"'))
    line = file.read_text().split("\n").index('unit = "t-pre-ha"') + 1

    message = "unknown unit 't-pre-ha'. Did you mean 't-per-ha'?"
    assert checked(mini) == (1, [("data/derived.toml", line, message)])


TERM = """
[{id}]
term.en = "{id}"
term.es = "{id}"
definition.en = "A word."
definition.es = "Una palabra."
"""


@pytest.mark.parametrize("neighbour", ["corn", "coro", "corp", "dorm"])
@pytest.mark.parametrize("wrong", ["corl", "crom", "Corm"])
def test_a_misspelled_term_is_blamed_at_its_use(mini: Path, neighbour: str, wrong: str) -> None:
    """Both languages misspell a term beside one that nothing uses: the uses are at fault."""
    terms = mini / "data/terms.toml"
    head, tail = terms.read_text().split("\n[fallow]")
    extra = TERM.format(id=neighbour)
    terms.write_text(f"{head}{extra}\n[fallow]{tail}")
    for language in ("en", "es"):
        page = mini / "docs" / language / "farming.md"
        page.write_text(page.read_text().replace('term("corm"', f'term("{wrong}"'))

    code, found = checked(mini)

    assert code == 1
    assert [path for path, _, _ in found] == ["docs/en/farming.md", "docs/es/farming.md"]
    assert all(text.startswith(f"term(): unknown term '{wrong}'. Did") for _, _, text in found)
    assert all("'corm'" in text for _, _, text in found)
