"""What a computed figure says of itself: whose it is, where it stands, what it rests on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factbook.dataset import Dataset
from factbook.derivations import InputSpec
from factbook.errors import LookupFailure
from factbook.figure import exact, observation_anchor, rivals_anchor
from factbook.intervals import Interval
from factbook.model import Qualifier, Status
from factbook.periods import Period


def test_a_computed_figure_has_all_that_an_observed_one_has(mini_dataset: Dataset) -> None:
    """Its numbers rounded once, its rivals and citations those of its inputs."""
    figure = mini_dataset.derived("area-change", "XA", 2022)
    derivation = mini_dataset.derivation("area-change")

    assert (figure.id, figure.area, str(figure.period)) == ("area-change/XA/2022", "XA", "2022")
    assert (figure.label, figure.theme, figure.unit) == (derivation.label, "area", "percent")
    assert (figure.decimals, figure.status) == (1, Status.NORMAL)
    assert (figure.value, figure.low, figure.high) == tuple(map(Decimal, ("7.1", "-2.4", "16.7")))
    assert figure.qualifier is Qualifier.ABOUT
    assert figure.observation is None
    assert figure.derivation is derivation
    assert [name for name, _ in figure.inputs] == ["new", "old"]
    assert [rival.citation.source for rival in figure.rivals] == ["guild-2022", "guild-2022"]
    assert [str(rival.period) for rival in figure.rivals] == ["2022", "2021"]
    assert [c.source for c in figure.citations] == ["census-2022", "census-2021"]
    assert [o.id for o in figure.observations] == [
        "crop-area/XA/2022/census-2022",
        "crop-area/XA/2021/census-2021",
    ]
    assert figure.anchor == "derived_area-change_XA_2022"


def test_what_two_inputs_share_is_told_once(mini_dataset: Dataset) -> None:
    """The same rows stand behind both years of the limit's use; the edict is cited once."""
    figure = mini_dataset.derived("limit-use-change", "XA", 2022)

    assert len({rival.id for rival in figure.rivals}) == len(figure.rivals) == 2
    assert [c.source for c in figure.citations] == ["census-2022", "crown-edict", "census-2021"]
    assert len(figure.observations) == 3


def test_an_exact_result_has_no_range(mini_dataset: Dataset) -> None:
    """Only what is not one number is a range."""
    figure = mini_dataset.derived("area-change", "XA", 2021)

    assert (figure.value, figure.low, figure.high) == (Decimal("6.3"), None, None)


def test_a_formula_goes_on_with_what_was_not_rounded(mini_dataset: Dataset) -> None:
    """The use of the limit is 116.7 and 125; their difference is 8.3, not 8."""
    use = mini_dataset.derived("limit-use", "XA", 2021)
    row = mini_dataset.figure("crop-area", "XA", 2022)

    assert use.value == Decimal(117)
    assert exact(use) == use.result
    assert mini_dataset.derived("limit-use-change", "XA", 2022).value == Decimal("8.3")
    assert exact(row) == Interval.of(Decimal(4500), Decimal(4100), Decimal(4900))


def test_an_observed_figure_has_all_that_its_row_has(mini_dataset: Dataset) -> None:
    """Title, theme and unit are the indicator's."""
    figure = mini_dataset.figure("crop-area", "XA", 2022)
    indicator = mini_dataset.indicator("crop-area")
    (row,) = figure.observations

    assert (figure.id, figure.area, figure.period) == (row.id, "XA", Period("2022"))
    assert (figure.label, figure.theme) == (indicator.title, "area")
    assert (figure.unit, figure.decimals) == ("ha", 0)
    assert (figure.value, figure.low, figure.high) == (row.value, row.low, row.high)
    assert (figure.qualifier, figure.status) == (Qualifier.ABOUT, Status.ESTIMATED)
    assert figure.observation is row
    assert (figure.derivation, figure.inputs, figure.result) == (None, (), None)


def test_an_observed_figure_stands_in_its_row(mini_dataset: Dataset) -> None:
    """Anchors never change once they are published."""
    figure = mini_dataset.figure("legal-limit", "XA", 2020)
    (row,) = figure.observations

    assert (
        figure.anchor
        == observation_anchor(row)
        == f"legal-limit_XA_{row.period.anchor}_crown-edict"
    )
    assert figure.citations == (row.citation,)
    assert rivals_anchor("crop-area", "XA", Period("2022")) == "rivals_crop-area_XA_2022"


FORMS = "write 'indicator', 'indicator@-1', 'indicator:producer' or 'indicator/area/period'"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", f"input '' is incomplete; {FORMS}"),
        ("/XA/2022", f"input '/XA/2022' is incomplete; {FORMS}"),
        ("a/XA", f"input 'a/XA' is incomplete; {FORMS}"),
        ("a@x", f"input 'a@x': 'x' is no number of years; {FORMS}"),
        ("a/XA/soon", "input 'a/XA/soon': 'soon' is not a period; write a year"),
        ("a/XA/2022-13", "input 'a/XA/2022-13': "),
    ],
)
def test_an_input_that_cannot_be_read_says_why(spec: str, message: str) -> None:
    """The message quotes it and lists the forms."""
    with pytest.raises(LookupFailure) as caught:
        InputSpec.parse(spec)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("spec", "parsed"),
    [
        ("a/XA/*", InputSpec("a", None, 0, "XA", None, None)),
        ("a/*/*/src", InputSpec("a", None, 0, None, None, "src")),
        ("a/XA/2017/s1-a", InputSpec("a", None, 0, "XA", Period("2017"), "s1-a")),
        ("a:us@-2", InputSpec("a", "us", -2, None, None, None)),
        ("a@", InputSpec("a", None, 0, None, None, None)),
        ("a@2", InputSpec("a", None, 2, None, None, None)),
    ],
)
def test_stars_stand_for_what_is_asked(spec: str, parsed: InputSpec) -> None:
    """A star for the area or the period; a source begins with a letter."""
    assert InputSpec.parse(spec) == parsed


def test_an_input_is_wanted_for_its_own_period_or_the_shifted_one() -> None:
    """What is asked for counts only where the input names none."""
    asked = Period("2022")

    assert InputSpec.parse("a").period_for(asked) is asked
    assert InputSpec.parse("a@-1").period_for(asked) == Period("2021")
    assert InputSpec.parse("a/XA/2017").period_for(asked) == Period("2017")
