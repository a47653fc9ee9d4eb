"""Asking the dataset by name: what is known, what is near, and where an area lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from factbook.dataset import Dataset, UnknownName, dataset_of, period_of
from factbook.errors import LookupFailure, Place
from factbook.memory import Memory
from factbook.model import Citation, Outline, OutlineKind, Position, Precision
from factbook.periods import Period
from factbook.tables import read_tables
from tests.reeds import WORD, area, tables


def refusal(ask: Callable[[], object]) -> LookupFailure:
    """Return the error that a question ends with."""
    with pytest.raises(LookupFailure) as caught:
        ask()
    return caught.value


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        ("indicator", "crop-aera", "unknown indicator 'crop-aera'. Did you mean 'crop-area'?"),
        ("area", "XAN", "unknown area 'XAN'. Did you mean 'XA-N' or 'XA'?"),
        ("producer", "gild", "unknown producer 'gild'. Did you mean 'guild'?"),
        ("source", "guild-2023", "unknown source 'guild-2023'. Did you mean 'guild-2022'?"),
        ("event", "edict-2018", "unknown event 'edict-2018'. Did you mean 'edict-2017'?"),
        ("claim", "limit-keept", "unknown claim 'limit-keept'. Did you mean 'limit-kept'?"),
        ("term", "korm", "unknown term 'korm'. Did you mean 'corm'?"),
        ("diagram", "to-markt", "unknown diagram 'to-markt'. Did you mean 'to-market'?"),
        ("term", "zzz", "unknown term 'zzz'."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    mini_dataset: Dataset, kind: str, wrong: str, message: str
) -> None:
    """The error carries kind and name, so that the check can tell whether their list is at fault."""
    error = refusal(lambda: getattr(mini_dataset, kind)(wrong))

    assert isinstance(error, UnknownName)
    assert (error.kind, error.name, str(error)) == (kind, wrong, message)


def test_an_unknown_derived_figure_may_be_any_indicator(mini_dataset: Dataset) -> None:
    """Formulas and claims name indicators and derived figures alike."""
    error = refusal(lambda: mini_dataset.derivation("limit-usage"))

    assert isinstance(error, UnknownName)
    assert (error.kind, error.name) == ("indicator", "limit-usage")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("indicator", "7 is not the name of an indicator; write it in quotes"),
        ("area", "7 is not the name of an area; write it in quotes"),
        ("derivation", "7 is not the name of a derived figure; write it in quotes"),
        ("event", "7 is not the name of an event; write it in quotes"),
        ("term", "7 is not the name of a term; write it in quotes"),
    ],
)
def test_what_is_no_text_is_no_name(mini_dataset: Dataset, kind: str, message: str) -> None:
    """An author forgot the quotes."""
    assert str(refusal(lambda: getattr(mini_dataset, kind)(7))) == message


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("indicator", "crop-area"),
        ("producer", "guild"),
        ("source", "guild-2022"),
        ("event", "edict-2017"),
        ("claim", "limit-kept"),
        ("term", "corm"),
        ("diagram", "to-market"),
        ("derivation", "limit-use"),
        ("area", "XA-N"),
    ],
)
def test_a_known_name_gives_its_record(mini_dataset: Dataset, kind: str, name: str) -> None:
    """Each kind has its own list."""
    record = getattr(mini_dataset, kind)(name)
    assert name == (record.code if kind in ("producer", "area") else record.id)


def test_computed_and_observed_figures_are_asked_for_each_in_its_way(mini_dataset: Dataset) -> None:
    """The message writes the call out."""
    error = refusal(lambda: mini_dataset.figure("limit-use", "XA", 2022))
    assert str(error) == "'limit-use' is computed; write derived(\"limit-use\", …)"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("crop-area", "write 'indicator/area/period'"),
        ("crop-area/XA", "write 'indicator/area/period'"),
        ("limit-use/XA", "write 'indicator/area/period'"),
        (
            "crop-area/XA/2022/nobody",
            "the source 'nobody' does not state this figure."
            " Sources that do: census-2022, gazette-2022, guild-2022",
        ),
        (
            "crop-area/XA/2022/guild-2021",
            "the source 'guild-2021' does not state this figure. Did you mean 'guild-2022'?"
            " Sources that do: census-2022, gazette-2022, guild-2022",
        ),
        (
            "crop-area/XB/2021",
            "there is no figure 'crop-area' for XB in 2021. Known periods for XB: 2022",
        ),
        ("harvest/XB/2021", "there is no figure 'harvest' for XB in 2021. Known areas: XA"),
        (
            "crop-area/001/2021",
            "there is no figure 'crop-area' for 001 in 2021. Known areas: XA, XA-N, XA-V, XB",
        ),
        (
            "legal-limit/XB/2022",
            "there is no figure 'legal-limit' for XB in 2022. Known areas: XA",
        ),
        ("harvest/XQ/2021", "unknown area 'XQ'."),
        ("counts-apart/XA/2020", "'crop-area' for XA in 2020: nothing by 'guild'"),
        ("limit-use/XQ/2022", "unknown area 'XQ'."),
    ],
)
def test_a_figure_named_in_vain_says_what_there_is(
    mini_dataset: Dataset, name: str, message: str
) -> None:
    """Claims and diagrams name figures in one text."""
    assert str(refusal(lambda: mini_dataset.named(name))) == message


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("crop-area/XA/2022", "crop-area/XA/2022/census-2022"),
        ("crop-area/XA/2022/guild-2022", "crop-area/XA/2022/guild-2022"),
        ("limit-use/XA/2022", "limit-use/XA/2022"),
        ("legal-limit/XA/2017/..", "legal-limit/XA/2017/../crown-edict"),
        ("legal-limit/XA/2017/../crown-edict", "legal-limit/XA/2017/../crown-edict"),
        ("legal-limit/XA/1990/2016", "legal-limit/XA/1990/2016/crown-edict"),
    ],
)
def test_a_figure_is_named_in_one_text(mini_dataset: Dataset, name: str, found: str) -> None:
    """A period may have a slash of its own; a source begins with a letter."""
    assert mini_dataset.named(name).id == found


def test_an_indicator_without_any_row_says_so(mini_dataset: Dataset) -> None:
    """None is better than an empty list."""
    bare = mini_dataset._tables
    rows = tuple(o for o in bare.observations if o.indicator != "harvest-sold")
    empty = Dataset(replace(bare, observations=rows))

    error = refusal(lambda: empty.figure("harvest-sold", "XA", 2022))
    assert str(error) == ("there is no figure 'harvest-sold' for XA in 2022. Known areas: none")


def test_what_is_no_period_is_refused() -> None:
    """Years, texts and periods are taken alike."""
    assert period_of(2022) == period_of("2022") == period_of(Period("2022")) == Period("2022")
    assert str(refusal(lambda: period_of("soon"))).startswith(
        "'soon' is not a period; write a year"
    )


# Where an area lies


@pytest.mark.parametrize(
    ("code", "country"), [("XA-V", "XA"), ("XA", "XA"), ("XB", "XB"), ("001", None), ("XQ", None)]
)
def test_an_area_lies_in_a_country_or_in_none(
    mini_dataset: Dataset, code: str, country: str | None
) -> None:
    """The world and an unknown code lie in none."""
    assert mini_dataset.country_of(code) == country


def test_areas_that_contain_each_other_lie_in_no_country() -> None:
    """A circle is a finding elsewhere; here it ends."""
    circle = Dataset(tables(areas=(area("P", "Q"), area("Q", "P"))))

    assert circle.country_of("P") is None


def test_a_derivation_makes_sense_in_its_areas_and_within_them(mini_dataset: Dataset) -> None:
    """``XA/*`` is what lies within XA, however deep, and not XA itself."""
    change = mini_dataset.derivation("area-change")
    within = replace(change, areas=("XA/*",))

    assert mini_dataset.makes_sense(change, "XA")
    assert [code for code in mini_dataset.areas if mini_dataset.makes_sense(within, code)] == [
        "XA-N",
        "XA-V",
    ]
    assert not mini_dataset.makes_sense(within, "XQ")


def test_a_derivation_makes_no_sense_in_a_circle_of_areas(mini_dataset: Dataset) -> None:
    """The search upwards ends where it has been."""
    circle = Dataset(tables(areas=(area("P", "Q"), area("Q", "P"))))
    change = replace(mini_dataset.derivation("area-change"), areas=("XA/*",))

    assert not circle.makes_sense(change, "P")


# What a figure rests on


def test_a_derivation_rests_on_indicators_however_far_down(mini_dataset: Dataset) -> None:
    """A chart that draws it is given these."""
    assert mini_dataset.indicators_behind("limit-use-change") == {"crop-area", "legal-limit"}
    assert mini_dataset.indicators_behind("harvest") == {"harvest"}


def test_areas_behind_have_every_input(mini_dataset: Dataset) -> None:
    """Only XA has a limit beside its area."""
    assert mini_dataset.areas_behind("limit-use") == {"XA"}
    assert mini_dataset.areas_behind("area-change") == {"XA", "XA-N", "XA-V", "XB"}


def test_a_figure_in_force_is_derivable_in_years_that_have_the_others(
    mini_dataset: Dataset,
) -> None:
    """The limit's own row is of 2017 on; the area is counted each year."""
    ids = [figure.id for figure in mini_dataset.derivable("limit-use")]

    assert ids == [f"limit-use/XA/{year}" for year in (2019, 2020, 2021, 2022)]
    assert mini_dataset.uncomputable("limit-use") == ()


def test_a_restricted_dataset_answers_for_its_indicators_only(mini_dataset: Dataset) -> None:
    """So a chart cannot use what it does not declare."""
    restricted = mini_dataset.restricted(["crop-area", "legal-limit"])

    assert sorted(restricted.indicators) == ["crop-area", "legal-limit"]
    assert {o.indicator for o in restricted.observations} == {"crop-area", "legal-limit"}
    assert restricted.derived("limit-use", "XA", 2022).value == Decimal(125)
    assert str(refusal(lambda: restricted.figure("harvest", "XA", 2021))) == (
        "unknown indicator 'harvest'."
    )
    for kind in (
        "areas", "units", "producers", "sources", "derivations", "events", "claims", "terms",
        "positions", "outlines", "diagrams", "names", "topics", "labels",
    ):  # fmt: skip
        assert getattr(restricted, kind) == getattr(mini_dataset, kind), kind


def test_a_dataset_is_not_restricted_to_what_is_unknown(mini_dataset: Dataset) -> None:
    """A chart that misspells its indicator is told so."""
    assert str(refusal(lambda: mini_dataset.restricted(["harvst"]))) == (
        "unknown indicator 'harvst'. Did you mean 'harvest' or 'harvest-sold'?"
    )


# The whole of it


def test_the_dataset_has_what_the_tables_have(mini: Path) -> None:
    """Every record by its code or id, topics and labels by theirs."""
    read = read_tables(mini)
    whole = Dataset(read)

    assert list(whole.areas) == ["001", "XA", "XA-N", "XA-V", "XB"]
    assert list(whole.topics) == ["law", "market", "politics"]
    assert whole.topics["law"].en == "law"
    assert list(whole.sources) == [record.id for record in read.sources]
    assert list(whole.units) == [record.code for record in read.units]
    assert whole.labels == dict(read.labels)
    assert whole.names == read.names


def test_each_kind_of_record_has_its_index() -> None:
    """By code or id; the order is that of the tables."""
    place = Place("data/x.toml")
    point = Position("XA-N", 0, 0, Precision.EXACT, Citation("a", "p. 1"), None, place)
    lake = Outline("reed-lake", OutlineKind.LAKE, WORD, (), "a", place)
    whole = Dataset(tables(positions=(point,), outlines=(lake,)))

    assert whole.positions == {"XA-N": point}
    assert whole.outlines == {"reed-lake": lake}
    assert list(whole.producers) == ["un", "ministry"]
    assert list(whole.units) == ["ha", "people", "percent"]
    assert list(whole.indicators) == ["reed-area"]
    assert whole.by_indicator == {}
    assert whole.restricted(["reed-area"]).positions == whole.positions
    assert whole.restricted(["reed-area"]).outlines == whole.outlines


def test_a_dataset_is_read_again_only_when_a_file_has_changed(mini: Path) -> None:
    """The same tables and dataset while nothing changes; others once a number has."""
    memory = Memory()
    first = dataset_of(mini, memory)
    again = dataset_of(mini, memory)
    file = mini / "data/observations/crop-area.csv"
    file.write_text(file.read_text().replace("XA,2019,3800", "XA,2019,38000"))
    other = dataset_of(mini, memory)

    assert again[0] is first[0]
    assert again[1] is first[1]
    assert other[1].figure("crop-area", "XA", 2019).value == Decimal(38000)
    assert first[1].figure("crop-area", "XA", 2019).value == Decimal(3800)
