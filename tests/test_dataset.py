"""Lookup, rivals, series and derived figures, on the small project."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factbook.dataset import Dataset
from factbook.derivations import InputSpec
from factbook.errors import LookupFailure
from factbook.model import Qualifier
from factbook.periods import Period


def test_the_order_of_producers_decides_among_rivals(mini_dataset: Dataset) -> None:
    """The census goes before the guild; the guild is a rival, the deprecated row is not."""
    figure = mini_dataset.figure("crop-area", "XA", 2022)

    assert figure.id == "crop-area/XA/2022/census-2022"
    assert [rival.citation.source for rival in figure.rivals] == ["guild-2022"]


def test_a_preferred_row_goes_before_all(mini_dataset: Dataset) -> None:
    """A rank decides where it is given."""
    assert mini_dataset.figure("crop-area", "XB", 2022).value == Decimal(900)


def test_a_deprecated_row_can_be_asked_for_by_its_source(mini_dataset: Dataset) -> None:
    """A deprecated value stays visible."""
    figure = mini_dataset.figure("crop-area", "XA", 2022, source="gazette-2022")

    assert figure.value == Decimal(4400)


@pytest.mark.parametrize(
    ("year", "value"), [(1990, 3000), (2016, 3000), (2017, 3600), (2022, 3600)]
)
def test_what_is_in_force_holds_all_its_period(
    mini_dataset: Dataset, year: int, value: int
) -> None:
    """A limit is found in every year of its interval, an open one too."""
    assert mini_dataset.figure("legal-limit", "XA", year).value == Decimal(value)


def test_nothing_is_in_force_before_its_time(mini_dataset: Dataset) -> None:
    """Outside the intervals the known ones are named."""
    with pytest.raises(LookupFailure) as raised:
        mini_dataset.figure("legal-limit", "XA", 1989)

    assert str(raised.value) == (
        "there is no figure 'legal-limit' for XA in 1989. Known periods for XA: 1990/2016, 2017/.."
    )


@pytest.mark.parametrize(
    ("name", "period", "value", "low", "high"),
    [
        ("area-change", 2021, "6.3", None, None),
        ("area-change", 2022, "7.1", "-2.4", "16.7"),
        ("area-since-2019", 2022, "700", "300", "1100"),
        ("counts-apart", 2021, "900", None, None),
        ("limit-use", 2022, "125", "114", "136"),
        ("limit-use-change", 2022, "8.3", "-2.8", "19.4"),
        ("yield", 2022, None, "0.0013", "0.0018"),
    ],
)
def test_figures_are_computed_with_their_ranges(
    mini_dataset: Dataset, name: str, period: int, value: str, low: str, high: str
) -> None:
    """Year shift, base year, named producers and derivations of derivations, ranges carried along."""
    figure = mini_dataset.derived(name, "XA", period)

    assert [None if n is None else str(n) for n in (figure.value, figure.low, figure.high)] == [
        value,
        low,
        high,
    ]


def test_what_is_computed_from_an_estimate_is_about(mini_dataset: Dataset) -> None:
    """A computed figure is exact only if all its inputs are."""
    assert mini_dataset.derived("limit-use", "XA", 2022).qualifier is Qualifier.ABOUT
    assert mini_dataset.derived("limit-use", "XA", 2021).qualifier is Qualifier.EXACT


@pytest.mark.parametrize(
    ("name", "area", "period", "message"),
    [
        ("area-since-2019", "XA", 2018, "'area-since-2019' starts from 2019; ask for a later period"),
        ("limit-use", "XB", 2022, "'limit-use' is not computed for XB; its areas are XA"),
        ("limit-usage", "XA", 2022,
         "there is no derived figure 'limit-usage'. Did you mean 'limit-use' or 'limit-use-change'?"),
        ("crop-area", "XA", 2022, "'crop-area' is not derived; write figure(\"crop-area\", …)"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(
    mini_dataset: Dataset, name: str, area: str, period: int, message: str
) -> None:
    """A failing lookup names the fault and the remedy."""
    with pytest.raises(LookupFailure) as raised:
        mini_dataset.derived(name, area, period)

    assert str(raised.value) == message


def test_all_derivable_figures_are_listed(mini_dataset: Dataset) -> None:
    """A derivation gives a figure wherever its inputs exist, areas within included."""
    ids = [figure.id for figure in mini_dataset.derivable("area-change")]

    expected = ["XA/2020", "XA/2021", "XA/2022", "XA-N/2022", "XA-V/2022"]
    assert ids == [f"area-change/{key}" for key in expected]


def test_a_series_has_one_figure_a_period(mini_dataset: Dataset) -> None:
    """Each period has its preferred figure; of named producers only, if any are."""
    whole = mini_dataset.series("crop-area", "XA")
    guild = mini_dataset.series("crop-area", "XA", producers=["guild"])

    assert [str(figure.period) for figure in whole] == ["2019", "2020", "2021", "2022"]
    assert [figure.value for figure in guild] == [Decimal(5100), Decimal(5600)]


@pytest.mark.parametrize(
    ("spec", "parsed"),
    [
        ("a-b", InputSpec("a-b", None, 0, None, None, None)),
        ("a@-1", InputSpec("a", None, -1, None, None, None)),
        ("a:us", InputSpec("a", "us", 0, None, None, None)),
        ("a/*/2019", InputSpec("a", None, 0, None, Period("2019"), None)),
        ("a/XA/2017/..", InputSpec("a", None, 0, "XA", Period("2017/.."), None)),
        ("a/XA/2017/src-1", InputSpec("a", None, 0, "XA", Period("2017"), "src-1")),
        ("a/XA/2017/../src-1", InputSpec("a", None, 0, "XA", Period("2017/.."), "src-1")),
    ],
)
def test_inputs_are_read(spec: str, parsed: InputSpec) -> None:
    """The notation of inputs: shift, producer, area and period, source."""
    assert InputSpec.parse(spec) == parsed


@pytest.mark.parametrize("spec", ["", "/XA/2022", "a/XA", "a@x", "a/XA/20222", "a/XA/2022-13"])
def test_inputs_that_cannot_be_read_are_refused(spec: str) -> None:
    """An incomplete or misspelled input raises nothing but our own error."""
    with pytest.raises(LookupFailure, match="input "):
        InputSpec.parse(spec)
