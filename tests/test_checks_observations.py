"""Rules of single rows and formulas, each on records made for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from factbook.checks import observations
from factbook.dataset import Dataset
from factbook.errors import Place
from factbook.model import Claim, Derivation, Observation, Rank, Text, Verdict
from factbook.tables import Tables
from tests.reeds import WORD, indicator, row, source, tables

ROWS = "data/observations/reed-area.csv"
DERIVED = Place("data/derived.toml", 20)
CLAIMS = Place("data/claims.toml", 5)


def said(found: Any) -> list[str]:
    """Return findings as a contributor reads them."""
    return [str(finding) for finding in found]


def derivation(name: str, formula: str, inputs: Mapping[str, str], **given: Any) -> Derivation:
    """Return a computed figure for the whole country."""
    known: dict[str, Any] = {"areas": ("XA",), "place": DERIVED}
    return Derivation(name, "area", WORD, None, "ha", 0, formula, inputs, **(known | given))


def with_lines(place: Place, lines: Mapping[str, int], *rows: Observation, **given: Any) -> Tables:
    """Return tables that know the line of each key of the record at a place."""
    return replace(tables(*rows, **given), lines={place: lines})


# Numbers


@pytest.mark.parametrize(
    ("value", "low", "high", "fault"),
    [
        ("", "", "", "has no value; give value, or both low and high"),
        ("", "3", "", "has no value; give value, or both low and high"),
        ("", "", "3", "has no value; give value, or both low and high"),
        ("", "4", "3", "low (4) is above high (3); exchange or mend them"),
        ("5", "9", "3", "low (9) is above high (3); exchange or mend them"),
        ("2", "3", "4", "value (2) is below low (3); mend one of them"),
        ("2", "3", "", "value (2) is below low (3); mend one of them"),
        ("5", "3", "4", "value (5) is above high (4); mend one of them"),
        ("5", "", "4", "value (5) is above high (4); mend one of them"),
        ("-1", "", "", "-1 is negative, which 'ha' cannot be; remove the minus"),
        ("1", "-2", "3", "-2 is negative, which 'ha' cannot be; remove the minus"),
        ("", "-3", "2", "-3 is negative, which 'ha' cannot be; remove the minus"),
    ],
)
def test_numbers_that_do_not_fit_are_found(value: str, low: str, high: str, fault: str) -> None:
    """One fault a row, the first that explains it."""
    spoiled = row("XA", "2023", value, low=low, high=high, line=9)

    assert said(observations.numbers_fit(tables(row("XA", "2022", "1"), spoiled))) == [
        f"{ROWS}:9: {fault}"
    ]


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("0", "", ""),
        ("3", "3", "3"),
        ("3", "3", ""),
        ("3", "", "3"),
        ("", "3", "3"),
        ("", "0", "1"),
    ],
)
def test_numbers_that_just_fit_are_let_pass(value: str, low: str, high: str) -> None:
    """A value may be an end of its range, and a range one number."""
    rows = tables(row("XA", "2023", value, low=low, high=high))

    assert said(observations.numbers_fit(rows)) == []


def test_what_changes_may_be_negative() -> None:
    """And so may a number whose indicator or unit is unknown, which is found elsewhere."""
    change = row("XA", "2023", "-5", indicator="reed-change")
    stray = row("XA", "2023", "-5", indicator="reed-aera")
    strange = row("XA", "2023", "-5", indicator="reed-price")
    known = (indicator("reed-change", unit="percent"), indicator("reed-price", unit="shells"))

    rows = tables(change, stray, strange, indicators=known)
    assert said(observations.numbers_fit(rows)) == []


@pytest.mark.parametrize("rank", [Rank.PREFERRED, Rank.DEPRECATED])
def test_a_rank_without_a_reason_is_found(rank: Rank) -> None:
    """Each in its line; with a note, or without a rank, nothing is said."""
    rows = tables(
        row("XA", "2021", "1"),
        row("XA", "2022", "1", rank=rank, note=WORD),
        row("XA", "2023", "1", rank=rank, line=4),
    )

    assert said(observations.ranks_have_reasons(rows)) == [
        f"{ROWS}:4: is ranked {rank.value} without a reason; say why in the note"
    ]


# Rivals


def test_each_undecided_key_is_one_finding_at_its_first_row() -> None:
    """The others are looked at all the same."""
    known = (source("un-2024", "un", "2024"), source("un-2025", "un", "2025"))
    rows = (
        row("XA", "2021", "1", line=2),
        row("XA", "2022", "1", line=3, rank=Rank.DEPRECATED, note=WORD),
        row("XA", "2023", "30", line=4),
        row("XA", "2023", "40", "un-2025", line=5),
        row("XA-N", "2023", "3", line=6),
        row("XA-N", "2023", "4", "un-2025", line=7),
    )
    remedy = "Rank one 'preferred' in the table, or name a source"

    assert said(observations.rivals_are_decided(Dataset(tables(*rows, sources=known)))) == [
        f"{ROWS}:4: reed-area/XA/2023 has rival values and none is preferred"
        f" (un-2024: 30; un-2025: 40). {remedy}",
        f"{ROWS}:6: reed-area/XA-N/2023 has rival values and none is preferred"
        f" (un-2024: 3; un-2025: 4). {remedy}",
    ]


# Formulas

LINES = {"formula": 22, "inputs": 23, "inputs.a": 24, "inputs.b": 25, "areas": 26}


@pytest.mark.parametrize(
    ("formula", "inputs", "line", "fault"),
    [
        ("a +", {"a": "reed-area"}, 22,
         "formula 'a +', column 4: the formula stops short; add a number or a name"),
        ("a + b", {"a": "reed-area"}, 22, "the formula uses 'b', which is no input. Add it"),
        ("area", {"a": "reed-area", "aera": "reed-area"}, 22,
         "the formula uses 'area', which is no input. Did you mean 'aera'?"),
        ("areas * a", {"a": "reed-area", "area": "reed-area"}, 22,
         "the formula uses 'areas', which is no input. Did you mean 'area'?"),
        ("arae + area", {"area": "reed-area"}, 22,
         "the formula uses 'arae', which is no input. Did you mean 'area'?"),
        ("a + b", {}, 23, "the formula uses 'a', which is no input. Add it"),
        ("a", {"a": "reed-area", "b": "reed-area"}, 25, "the input 'b' is not used; remove it"),
        ("c", {"a": "reed-area", "b": "reed-area", "c": "reed-area"}, 24,
         "the input 'a' is not used; remove it"),
    ],
)  # fmt: skip
def test_a_formula_that_does_not_fit_its_inputs_is_found(
    formula: str, inputs: dict[str, str], line: int, fault: str
) -> None:
    """One finding, at the key that is at fault."""
    broken = derivation("share", formula, inputs)
    read = with_lines(DERIVED, LINES, row("XA", "2023", "30"), derivations=(broken,))

    assert said(observations.formulas_work(read, Dataset(read))) == [
        f"data/derived.toml:{line}: [share] {fault}"
    ]


def test_a_formula_that_fails_for_some_figure_is_found_once() -> None:
    """The first failure stands for all; where it has a result elsewhere does not matter."""
    share = derivation("share", "a / (a - 30)", {"a": "reed-area"}, areas=("XA", "XA-N"))
    rows = (row("XA", "2022", "30"), row("XA", "2023", "30"), row("XA-N", "2023", "40"))
    read = with_lines(DERIVED, LINES, *rows, derivations=(share,))

    assert said(observations.formulas_work(read, Dataset(read))) == [
        "data/derived.toml:22: 'share' for XA in 2022: formula 'a / (a - 30)', column 3:"
        " division by 0; check the divisor"
    ]


@pytest.mark.parametrize(
    ("inputs", "areas", "key", "line"),
    [
        ({"a": "reed-area", "b": "reed-price"}, ("XA",), "inputs", 23),
        ({"a": "reed-area", "b": "reed-area@-1"}, ("XA",), "inputs", 23),
        ({"a": "reed-area", "b": "reed-area"}, ("XA-S",), "areas", 26),
    ],
)
def test_a_formula_without_any_figure_is_found(
    inputs: dict[str, str], areas: tuple[str, ...], key: str, line: int
) -> None:
    """The areas are at fault where all inputs have observations elsewhere, else the inputs."""
    share = derivation("share", "a - b", inputs, areas=areas)
    known = (indicator(), indicator("reed-price"))
    rows = row("XA", "2023", "30")
    read = with_lines(DERIVED, LINES, rows, derivations=(share,), indicators=known)

    assert said(observations.formulas_work(read, Dataset(read))) == [
        f"data/derived.toml:{line}: [share] no area and period has all the inputs; mend the {key}"
    ]


@pytest.mark.parametrize("formula", ["a +", "a / 0", "a / (a - 30)"])
def test_what_stands_on_a_broken_formula_is_not_reported(formula: str) -> None:
    """However far down, and in whatever order they stand."""
    egg = derivation("egg", formula, {"a": "reed-area"})
    hen = derivation("hen", "a", {"a": "egg"})
    farm = derivation("farm", "a + b", {"a": "reed-area", "b": "hen"})
    read = with_lines(DERIVED, LINES, row("XA", "2023", "30"), derivations=(egg, hen, farm))

    assert len(said(observations.formulas_work(read, Dataset(read)))) == 1


def test_a_formula_that_works_is_let_pass() -> None:
    """It needs one figure only."""
    share = derivation("share", "a * b", {"a": "reed-area", "b": "reed-area@-1"})
    rows = (row("XA", "2022", "30"), row("XA", "2023", "40"))
    read = with_lines(DERIVED, LINES, *rows, derivations=(share,))

    assert said(observations.formulas_work(read, Dataset(read))) == []


# Claims


def test_a_claim_names_figures_that_exist() -> None:
    """Each name that leads nowhere is one finding, at the key of its claim."""
    claim = Claim(
        "grown", Text("It grew", "Creció"), (), Verdict.CONTRADICTED, WORD, (),
        ("reed-area/XA/2023", "reed-area/XA/1923", "reed-area"), CLAIMS,
    )  # fmt: skip
    read = with_lines(CLAIMS, {"observations": 11}, row("XA", "2023", "30"), claims=(claim,))

    assert said(observations.claims_name_figures(read, Dataset(read))) == [
        "data/claims.toml:11: [grown] 'reed-area/XA/1923': there is no figure 'reed-area' for XA in"
        " 1923. Known periods for XA: 2023",
        "data/claims.toml:11: [grown] 'reed-area': write 'indicator/area/period'",
    ]
