"""Values with ranges: what is refused, what their arithmetic gives, how they are rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from factbook.errors import FormulaError
from factbook.intervals import Interval, rounded


def exactly(number: str) -> Interval:
    """Return the interval of a number without a range."""
    return Interval.of(Decimal(number))


def between(low: str, high: str, value: str | None = None) -> Interval:
    """Return the interval of a range, with a value or without."""
    return Interval.of(None if value is None else Decimal(value), Decimal(low), Decimal(high))


def test_a_division_outside_a_formula_is_refused_alike() -> None:
    """Intervals guard themselves; the formula adds the column."""
    with pytest.raises(FormulaError) as caught:
        exactly("1") / exactly("0")
    assert str(caught.value) == "division by 0; check the divisor"


def test_a_range_may_not_be_reversed() -> None:
    """A reversed range is a slip of the row's."""
    with pytest.raises(FormulaError) as caught:
        between("12", "9.5")
    assert str(caught.value) == "the range 12 to 9.5 is reversed; swap its ends"


def test_a_value_may_not_lie_outside_its_range() -> None:
    """One of the three numbers is wrong."""
    with pytest.raises(FormulaError) as caught:
        between("9", "12", "13")
    assert str(caught.value) == (
        "the value 13 lies outside its range 9 to 12; check the three numbers"
    )


def test_a_value_may_not_lie_outside_a_range_of_one_number() -> None:
    """Nor beside the very number that is both its ends."""
    only = Fraction(9)
    with pytest.raises(FormulaError) as caught:
        Interval(Fraction(13), only, only)
    assert str(caught.value) == (
        "the value 13 lies outside its range 9 to 9; check the three numbers"
    )


@pytest.mark.parametrize(("low", "high"), [(None, None), (Decimal(1), None), (None, Decimal(1))])
def test_an_input_needs_a_value_or_a_whole_range(low: Decimal | None, high: Decimal | None) -> None:
    """Half a range without a value says nothing that can be computed with."""
    with pytest.raises(FormulaError) as caught:
        Interval.of(None, low, high)
    assert str(caught.value) == ("an input has neither a value nor both ends of a range; give one")


def test_one_end_of_a_range_may_be_the_value_itself() -> None:
    """A row may give a value and only a low or only a high end."""
    assert Interval.of(Decimal(3), low=Decimal(1)) == between("1", "3", "3")
    assert Interval.of(Decimal(3), high=Decimal(5)) == between("3", "5", "3")
    assert exactly("3").is_exact


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-1, 300), 1, "0.0"),
        (Fraction(12), 2, "12.00"),
        (Fraction(105, 100), 1, "1.1"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, places: int, result: str) -> None:
    """Rounding is exact, and zero has no sign."""
    assert str(rounded(value, places)) == result


def test_an_interval_is_rounded_at_all_three_numbers() -> None:
    """Value, low and high get the same decimals."""
    interval = Interval(Fraction(2, 3), Fraction(1, 3), Fraction(1))
    assert interval.rounded(1) == (Decimal("0.7"), Decimal("0.3"), Decimal("1.0"))
