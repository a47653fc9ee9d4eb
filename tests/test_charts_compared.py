"""The charts that set places, stages and forms against one another, on invented numbers.

Codes are real, since a chart names the places it draws; numbers are not, so that a correction of
the dataset breaks no test here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from factbook.charts import palette
from factbook.charts.pairs import changes, contrast, joined_years, opposite, years_of
from factbook.charts.plot import NARROW, WIDE, Chart
from factbook.dataset import Dataset
from factbook.errors import FactbookError, Place
from factbook.model import (
    Area,
    AreaKind,
    Break,
    Citation,
    Indicator,
    Language,
    Observation,
    Producer,
    Qualifier,
    Rank,
    Source,
    SourceKind,
    Status,
    Text,
    Unit,
    UnitKind,
)
from factbook.periods import Period
from factbook.tables import Tables

HERE = Place("data/test.csv")
COUNTRIES = {"BO": "Bolivia", "PE": "Peru"}


def row(
    key: str,
    value: str | None,
    *,
    low: str | None = None,
    high: str | None = None,
    rank: Rank = Rank.NORMAL,
    qualifier: Qualifier = Qualifier.EXACT,
    source: str = "survey",
    status: Status = Status.NORMAL,
) -> Observation:
    """An observation from ``indicator/area/period``; a period's slash is written as a colon."""
    indicator, area, period = key.split("/")

    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Observation(
        indicator=indicator,
        area=area,
        period=Period.parse(period.replace(":", "/")),
        value=number(value),
        low=number(low),
        high=number(high),
        qualifier=qualifier,
        status=status,
        rank=rank,
        citation=Citation(source, "p. 1"),
        note=None,
        place=HERE,
    )


def dataset(
    rows: Iterable[Observation],
    *,
    indicators: Iterable[str],
    breaks: Mapping[str, tuple[Break, ...]] | None = None,
) -> Dataset:
    observations = tuple(sorted(rows, key=lambda o: (o.indicator, o.area, o.period)))
    places = {o.area for o in observations} | set(COUNTRIES)
    return Dataset(
        Tables(
            areas=tuple(
                Area(
                    code,
                    AreaKind.COUNTRY if code in COUNTRIES else AreaKind.REGION,
                    None if code in COUNTRIES else code[:2],
                    Text(COUNTRIES.get(code, f"{code} land"), f"{code} tierra"),
                    HERE,
                )
                for code in sorted(places)
            ),
            units=(
                Unit(
                    code="ha",
                    name=Text("hectares", "hectáreas"),
                    pattern=Text("{n} ha", "{n} ha"),
                    kind=UnitKind.AMOUNT,
                    place=HERE,
                ),
            ),
            producers=(
                Producer("xa", "government", Text("Survey", "Monitoreo"), Text("S", "M"), HERE),
            ),
            indicators=tuple(
                Indicator(
                    id=name,
                    theme="area",
                    title=Text(name, name),
                    definition=Text(name, name),
                    note=None,
                    unit="ha",
                    decimals=1,
                    in_force=name == "legal-ceiling",
                    producers=("xa",),
                    breaks=(breaks or {}).get(name, ()),
                    place=HERE,
                )
                for name in indicators
            ),
            sources=tuple(
                Source(name, "report", name, language="en", producer="xa", kind=SourceKind.PRIMARY)
                for name in ("other", "survey")
            ),
            observations=observations,
        )
    )


def drawn(module: str, data: Dataset, language: Language = Language.EN) -> Chart:
    chart = importlib.import_module(f"factbook.charts.{module}").chart(data, language)
    assert isinstance(chart, Chart)
    return chart


def plotted(chart: Chart) -> set[str]:
    found = set()
    for layout in (WIDE, NARROW):
        spec = chart.spec(layout).to_dict()
        found |= {r["figure"] for rows in spec["datasets"].values() for r in rows if "figure" in r}
    return found


def texts(chart: Chart) -> set[str]:
    spec = chart.spec(WIDE).to_dict()
    return {r["text"] for rows in spec["datasets"].values() for r in rows if "text" in r}


def lines(chart: Chart) -> list[list[str]]:
    """The figures of each connected line, in the order in which it is drawn."""
    spec = chart.spec(WIDE).to_dict()
    found = []
    for name in _paths(spec):
        rows = sorted(spec["datasets"][name], key=lambda r: r["at"])
        found.append([r["figure"] for r in rows])
    return found


def _paths(part: Any) -> list[str]:
    if isinstance(part, list):
        return [name for item in part for name in _paths(item)]
    if not isinstance(part, dict):
        return []
    if part.get("encoding", {}).get("order", {}).get("field") == "at":
        return [part["data"]["name"]]
    return [name for key, value in part.items() if key != "datasets" for name in _paths(value)]


# Regions against their ceilings

REGIONS = [
    *(row(f"coca-area/BO-YUNGAS/{year}", "900") for year in (2015, 2016)),
    *(row(f"coca-area/BO-YUNGAS/{year}", "1200") for year in (2018, 2019)),
    row("coca-area/BO-YUNGAS/2017", "5", rank=Rank.DEPRECATED),
    *(row(f"coca-area/BO-CHAPARE/{year}", "600") for year in (2016, 2017, 2018, 2019)),
    *(row(f"coca-area/BO-NLP/{year}", "50") for year in (2016, 2018, 2019)),
    row("legal-ceiling/BO-YUNGAS/2017:..", "1000"),
    row("legal-ceiling/BO-CHAPARE/2017:..", "500"),
]


def regions(rows: Iterable[Observation] = REGIONS) -> Dataset:
    return dataset(rows, indicators=("coca-area", "legal-ceiling"))


def test_regions_refuse_the_title_when_one_keeps_to_its_ceiling() -> None:
    kept = [*REGIONS, row("coca-area/BO-CHAPARE/2020", "500")]
    with pytest.raises(FactbookError) as caught:
        drawn("bolivia_by_region", regions(kept))
    assert str(caught.value) == (
        "the data no longer bear out the title 'Each region above its own ceiling, in every count"
        " since it has one'; write another one"
    )


def test_regions_plot_all_counts_and_both_ceilings_but_no_deprecated_count() -> None:
    chart = drawn("bolivia_by_region", regions())
    usable = {o.id for o in REGIONS if o.rank is not Rank.DEPRECATED}
    assert plotted(chart) == usable == {f.id for f in chart.figures}


def test_regions_tell_excess_and_gaps_in_both_languages() -> None:
    english = drawn("bolivia_by_region", regions())
    spanish = drawn("bolivia_by_region", regions(), Language.ES)
    assert english.description[-1] == (
        "BO-CHAPARE land: above its ceiling of 500\N{NO-BREAK SPACE}ha in all 3 years counted since"
        " 2017; in 2019 it stood at 120% of it, 100\N{NO-BREAK SPACE}ha above."
    )
    assert "BO-YUNGAS land and BO-NLP land 2017" in (english.note or "")
    assert "BO-YUNGAS tierra y BO-NLP tierra 2017" in (spanish.note or "")
    assert "Ceiling 1,000\N{NO-BREAK SPACE}ha" in texts(english)
    assert "Tope: 1000\N{NO-BREAK SPACE}ha" in texts(spanish)


def test_no_area_is_shaded_before_the_ceiling_or_across_a_gap() -> None:
    spec = drawn("bolivia_by_region", regions()).spec(WIDE).to_dict()
    bands = [
        [(r["run"], r["x"]) for r in rows]
        for rows in spec["datasets"].values()
        if rows and {"run", "y2"} <= rows[0].keys()
    ]
    assert sorted(bands) == [[(0, 2017), (0, 2018), (0, 2019)], [(1, 2018), (1, 2019)]]


# Eradication against area

BREAK = {"coca-area": (Break("PE", Period.parse("2011"), None),)}
PAIRED = [
    *(row(f"coca-area/BO/{year}", value) for year, value in ((2008, "90"), (2009, "80"))),
    *(row(f"eradication/BO/{year}", value) for year, value in ((2008, "5"), (2009, "9"))),
    *(
        row(f"coca-area/PE/{year}", value)
        for year, value in (
            *((2008, "100"), (2009, "90"), (2010, "95"), (2011, "80")),
            *((2012, "170"), (2013, "70"), (2015, "60")),
        )
    ),
    *(
        row(f"eradication/PE/{year}", value)
        for year, value in ((2008, "30"), (2009, "40"), (2010, "39"), (2011, "50"), (2012, "39.5"))
    ),
    row("eradication/PE/2013", None, low="44", high="48"),
    row("eradication/PE/2014", "60"),
    row("eradication/PE/2015-01:2015-06", "20"),
]


def paired(rows: Iterable[Observation] = PAIRED) -> Dataset:
    return dataset(rows, indicators=("coca-area", "eradication"), breaks=BREAK)


def test_a_pair_needs_both_figures_for_the_whole_year() -> None:
    assert [year.year for year in years_of(paired(), "PE")] == [2008, 2009, 2010, 2011, 2012, 2013]


def test_years_are_joined_neither_across_a_break_nor_through_a_range() -> None:
    data = paired()
    found = joined_years(data, years_of(data, "PE"))
    assert [[year.year for year in run] for run in found] == [[2008, 2009, 2010], [2011, 2012]]
    compared = changes(data, years_of(data, "PE"))
    assert [(a.year, b.year) for a, b in compared] == [(2008, 2009), (2009, 2010), (2011, 2012)]
    assert opposite(compared) == compared


def test_a_contrast_leaves_out_ranges_and_lower_bounds() -> None:
    data = paired()
    found = contrast([years_of(data, "PE")], alike=Decimal("0.05"))
    assert found is not None and (found[0].year, found[1].year) == (2009, 2012)
    bound = [o for o in PAIRED if o.id != "eradication/PE/2012/survey"]
    bound.append(row("eradication/PE/2012", "39.5", qualifier=Qualifier.AT_LEAST))
    data = paired(bound)
    found = contrast([years_of(data, "PE")], alike=Decimal("0.05"))
    assert found is not None and (found[0].year, found[1].year) == (2009, 2010)
    assert contrast([years_of(data, "PE")], alike=Decimal("0.001")) is None


def test_lines_run_in_the_order_of_time_not_of_size() -> None:
    found = lines(drawn("eradication_and_area", paired()))
    peru = [[name.split("/")[2] for name in line] for line in found if "/PE/" in line[0]]
    assert peru == [["2008", "2009", "2010"], ["2011", "2012"]]
    assert all(name.startswith("eradication/") for line in found for name in line)


def test_every_pair_is_plotted_and_ranges_too() -> None:
    chart = drawn("eradication_and_area", paired())
    assert "eradication/PE/2013/survey" in plotted(chart)
    listed = {cell.figure for cells in chart.rows for cell in cells if cell.figure}
    assert listed == {f.id for f in chart.figures} and plotted(chart) <= listed
    assert "eradication/PE/2014/survey" not in listed


def test_the_caption_of_eradication_and_area_says_what_it_cannot_show() -> None:
    english = drawn("eradication_and_area", paired())
    assert (english.note or "").startswith(
        "This shows no cause and no lasting effect (Peru: 40\N{NO-BREAK SPACE}ha eradicated and"
        " 90\N{NO-BREAK SPACE}ha standing in 2009, 39.5\N{NO-BREAK SPACE}ha and"
        " 170\N{NO-BREAK SPACE}ha in 2012)."
    )
    spanish = drawn("eradication_and_area", paired(), Language.ES).note or ""
    assert spanish.startswith("Esto no muestra causas")
    for word in ("replanted", "different dates", "not all begin at zero"):
        assert word in (english.note or "")


def test_eradication_and_area_refuse_the_title_when_both_mostly_rise() -> None:
    rising = [o for o in PAIRED if not (o.area == "BO" and o.indicator == "coca-area")]
    rising += [row("coca-area/BO/2008", "80"), row("coca-area/BO/2009", "90")]
    with pytest.raises(FactbookError, match="no longer bear out the title 'From one year"):
        drawn("eradication_and_area", paired(rising))


# Prices

PRICES = [
    row("leaf-price-legal-market/BO/2010", "6"),
    row("leaf-price-legal-market/BO/2011", "8"),
    row("leaf-price-legal-market/BO-M-SACABA/2004", "4"),
    row("leaf-price-farmgate/BO/2004", "5"),
    row("leaf-price-farmgate/PE/2004", "1.6"),
    row("leaf-price-farmgate/PE/2010", "3"),
    row("leaf-price-farmgate/PE-VRAEM/2010", "2.5"),
]


def prices(rows: Iterable[Observation] = PRICES) -> Dataset:
    return dataset(rows, indicators=("leaf-price-legal-market", "leaf-price-farmgate"))


def test_prices_refuse_the_title_when_a_farm_is_dearer_than_any_market() -> None:
    dear = [*PRICES, row("leaf-price-farmgate/PE/2011", "8")]
    with pytest.raises(FactbookError, match="no longer bear out the title 'In every year with"):
        drawn("price_of_a_kilo", prices(dear))


def test_all_prices_are_plotted_and_tabled_by_place_and_year() -> None:
    chart = drawn("price_of_a_kilo", prices())
    assert plotted(chart) == {o.id for o in PRICES}
    listed = [[cell.text for cell in cells] for cells in chart.rows]
    assert listed == [
        ["2004", "Bolivia", "", "5"],
        ["2004", "BO-M-SACABA land", "4", ""],
        ["2004", "Peru", "", "1.6"],
        ["2010", "Bolivia", "6", ""],
        ["2010", "Peru", "", "3"],
        ["2010", "PE-VRAEM land", "", "2.5"],
        ["2011", "Bolivia", "8", ""],
    ]
    assert chart.description[-1] == (
        "In 2 years both a price from Bolivia’s legal markets and one from Peru’s farms are known:"
        " 2004 and 2010. The lowest market price then was between 2 and 2.5 times the average at"
        " the farm."
    )


def test_both_stages_of_trade_have_as_many_pixels_to_the_dollar() -> None:
    spec = drawn("price_of_a_kilo", prices()).spec(NARROW).to_dict()
    plots = spec["concat"]
    scales = []
    for plot in plots:
        low, high = plot["encoding"]["y"]["scale"]["domain"]
        scales.append(plot["height"] / (high - low))
    assert len(scales) == 2 and abs(scales[0] - scales[1]) < 2


# The fall in soles

SOLES = [
    row("leaf-price-farmgate-local/PE-VRAEM/2020-01", "10"),
    row("leaf-price-farmgate-local/PE-VRAEM/2020-04", "4"),
    row("leaf-price-farmgate-local/PE-VRAEM/2022", "3"),
    row("leaf-price-farmgate-local/PE-HUALLAGA/2020-01", "12"),
    row("leaf-price-farmgate-local/PE-HUALLAGA/2020-04", "9"),
    row("leaf-price-farmgate-local/PE/2017", "5"),
    row("leaf-price-farmgate-local/PE/2021", "6"),
]


def soles(rows: Iterable[Observation] = SOLES) -> Dataset:
    return dataset(rows, indicators=("leaf-price-farmgate-local",))


@pytest.mark.parametrize(
    "more",
    [
        row("leaf-price-farmgate-local/PE-VRAEM/2020-06", "5"),
        row("leaf-price-farmgate-local/PE-HUALLAGA/2020-03", "14"),
    ],
    ids=["other dates", "other dates within"],
)
def test_the_fall_refuses_its_title_when_zones_have_other_dates(more: Observation) -> None:
    rows = [o for o in SOLES if o.period != Period.parse("2020-04") or o.area != more.area]
    with pytest.raises(FactbookError, match="no longer bear out the title"):
        drawn("price_fall", soles([*rows, more]))


def test_the_fall_refuses_its_title_when_a_zone_rose() -> None:
    rows = [o for o in SOLES if o.id != "leaf-price-farmgate-local/PE-VRAEM/2020-04/survey"]
    risen = row("leaf-price-farmgate-local/PE-VRAEM/2020-04", "11")
    with pytest.raises(FactbookError, match="no longer bear out the title"):
        drawn("price_fall", soles([*rows, risen]))


def test_the_fall_says_what_each_place_lost_and_lists_a_single_price() -> None:
    chart = drawn("price_fall", soles())
    assert (
        chart.title
        == "From January 2020 to April 2020, leaf at the farm lost 25% to 60% of its price"
    )
    assert drawn("price_fall", soles(), Language.ES).title == (
        "De enero de 2020 a abril de 2020, la hoja en chacra perdió entre 25\N{NO-BREAK SPACE}% y"
        " 60\N{NO-BREAK SPACE}% de su precio"
    )
    assert [s.rpartition(", a ")[2] for s in chart.description[:3]] == [
        "fall of 25%.",
        "fall of 60%.",
        "rise of 20%.",
    ]
    alone = "leaf-price-farmgate-local/PE-VRAEM/2022/survey"
    assert plotted(chart) == {o.id for o in SOLES} - {alone}
    assert alone in {cell.figure for cells in chart.rows for cell in cells}


# Seizures

SEIZED = [
    row("seizures-base/BO/2018", "10"),
    row("seizures-base/BO/2018", "11", source="other", rank=Rank.DEPRECATED),
    row("seizures-base/BO/2017-01:2017-10", "9"),
    row("seizures-base/BO/2018-01:2018-06", "4"),
    row("seizures-hydrochloride/BO/2018", "5"),
    row("seizures-hydrochloride/BO/2019", "8"),
    row("seizures-hydrochloride/PE/2019", "7"),
    row("seizures-hydrochloride/PE/2017-01:2017-06", "3"),
    row("seizures-hydrochloride/PE/2017-01:2017-09", "9"),
    row("seizures-cocaine/BO/2019-10-15", "2"),
    row("seizures-cocaine/PE/2019", "40", rank=Rank.DEPRECATED),
    row("seizures-cocaine/PE/2016", "1"),
    row("seizures-leaf/BO/2019", "120"),
]
FORMS = ("seizures-base", "seizures-cocaine", "seizures-hydrochloride", "seizures-leaf")


def seized(rows: Iterable[Observation] = SEIZED) -> Dataset:
    return dataset(rows, indicators=FORMS)


def test_seizures_refuse_the_title_when_the_countries_peak_in_different_years() -> None:
    with pytest.raises(FactbookError, match="no longer bear out the title 'More hydrochloride"):
        drawn("seizures", seized([*SEIZED, row("seizures-hydrochloride/PE/2020", "9")]))


def test_seizures_plot_part_years_without_a_whole_and_other_values_in_print() -> None:
    chart = drawn("seizures", seized())
    left_out = {
        "seizures-base/BO/2018-01/2018-06/survey",  # the whole year is known
        "seizures-hydrochloride/PE/2017-01/2017-06/survey",  # a longer part of it is known
        "seizures-cocaine/BO/2019-10-15/survey",  # one load
    }
    assert {o.id for o in SEIZED} - plotted(chart) == left_out
    times = [cells[0].text for cells in chart.rows if cells[1].text == "Peru"]
    assert "2019, also in print" in times and "January to September 2017" in times
    assert "Also in print: 40\N{NO-BREAK SPACE}ha (2019)." in chart.description


def test_a_count_of_part_of_a_year_has_an_open_mark() -> None:
    spec = drawn("seizures", seized()).spec(WIDE).to_dict()
    shapes: dict[bool, set[str]] = {True: set(), False: set()}
    for plot in spec["concat"]:
        for layer in plot["layer"]:
            mark = layer["mark"]
            if mark["type"] == "point" and mark["fill"] != "transparent":
                rows = spec["datasets"][layer["data"]["name"]]
                shapes[mark["fill"] == palette.PAPER] |= {r["figure"] for r in rows}
    assert shapes[True] == {
        "seizures-base/BO/2017-01/2017-10/survey",
        "seizures-hydrochloride/PE/2017-01/2017-09/survey",
    }
    assert "seizures-base/BO/2018/survey" in shapes[False]


def test_leaf_has_its_own_scale_and_the_subtitle_says_how_much_larger() -> None:
    chart = drawn("seizures", seized())
    assert chart.subtitle.endswith("leaf on a scale 5 times as large")
    spec = chart.spec(NARROW).to_dict()
    tops = [p["encoding"]["y"]["scale"]["domain"][1] for p in spec["concat"]]
    assert tops == [40, 40, 40, 200]
    assert "Hoja de coca (otra escala)" in texts(drawn("seizures", seized(), Language.ES))


# Protected areas

PARKS = [
    row("coca-area-protected/BO/2004", "4000"),
    row("coca-area-protected/BO/2014", "200", status=Status.BREAK),
    row("coca-area-protected/BO/2015", "300"),
    row("coca-area-protected/PE/2015", "150"),
    row("coca-area-protected/PE/2016", "160"),
    row("coca-area-buffer/PE/2015", "6000"),
    row("coca-area-buffer/PE/2016", "8000"),
    row("coca-area/BO-SETTLED-PARKS/2019", "1800"),
    row("coca-area/BO/2019", "9999"),
]


def parks(rows: Iterable[Observation] = PARKS) -> Dataset:
    return dataset(rows, indicators=("coca-area-protected", "coca-area-buffer", "coca-area"))


@pytest.mark.parametrize(
    "wrong",
    [
        row("coca-area-protected/PE/2017", "1000"),
        row("coca-area-protected/BO/2016", "99"),
        row("coca-area-buffer/PE/2017", "999"),
    ],
    ids=["thousands inside", "tens inside", "hundreds around"],
)
def test_protected_areas_refuse_a_title_of_the_wrong_size(wrong: Observation) -> None:
    with pytest.raises(FactbookError, match="no longer bear out the title 'Inside the parks"):
        drawn("protected_areas", parks([*PARKS, wrong]))


def test_counts_from_before_the_break_stand_in_note_and_table_only() -> None:
    chart = drawn("protected_areas", parks())
    apart = {"coca-area-protected/BO/2004/survey", "coca-area/BO-SETTLED-PARKS/2019/survey"}
    assert plotted(chart) == {o.id for o in PARKS} - apart - {"coca-area/BO/2019/survey"}
    listed = {cell.figure for cells in chart.rows for cell in cells if cell.figure}
    assert apart <= listed == {f.id for f in chart.figures}
    assert "held 1,800\N{NO-BREAK SPACE}ha in 2019" in (chart.note or "")
    assert "(4,000\N{NO-BREAK SPACE}ha)" in (chart.note or "")
    assert chart.description[-1] == (
        "In the 2 years with both, Peru’s buffer zones held 40 to 50 times as much coca as its"
        " protected areas."
    )
