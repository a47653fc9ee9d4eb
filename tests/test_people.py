"""The people in the trade: every count is drawn, rivals too, and says who counted whom."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factbook.charts import keys, people
from factbook.charts.plot import NARROW, WIDE, Chart, Layout
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.model import Language, Rank, Status
from factbook.tables import Tables, read_tables

ROOT = Path(__file__).parent.parent
LAYOUTS = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])


@pytest.fixture(scope="module")
def seen() -> Tables:
    return keys.visible(Dataset(read_tables(ROOT)), keys.modules()["people"])


@pytest.fixture(scope="module")
def chart(seen: Tables) -> Chart:
    return people.chart(Dataset(seen), Language.EN)


def bars(chart: Chart, layout: Layout) -> dict[str, dict[str, Any]]:
    sets = chart.spec(layout).to_dict()["datasets"].values()
    return {row["figure"]: row for rows in sets for row in rows if "figure" in row}


@LAYOUTS
def test_every_count_of_a_country_is_drawn_rivals_included(
    seen: Tables, chart: Chart, layout: Layout
) -> None:
    stated = {
        o.id for o in seen.observations if o.area in people.AREAS and o.rank is not Rank.DEPRECATED
    }
    assert set(bars(chart, layout)) == stated == {figure.id for figure in chart.figures}
    keys_of = [(f.id.split("/")[0], f.area, f.period) for f in chart.figures]
    assert len(set(keys_of)) < len(keys_of)


@LAYOUTS
def test_bars_start_at_zero_and_are_in_proportion_within_a_panel(
    chart: Chart, layout: Layout
) -> None:
    values = {figure.id: figure.value for figure in chart.figures}
    for names in (people.TRADE, people.USERS):
        drawn = bars(chart, layout).items()
        panel = {name: bar for name, bar in drawn if name.split("/")[0] in names}
        assert all(bar["x"] == 0 for bar in panel.values())
        for name, bar in panel.items():
            one = float(values[name] or 0) / max(float(values[other] or 0) for other in panel)
            longest = max(bar["x2"] for bar in panel.values())
            assert bar["x2"] == pytest.approx(one * longest, abs=0.01)


def test_disputed_counts_are_open_bars(seen: Tables, chart: Chart) -> None:
    spec = chart.spec(WIDE).to_dict()
    open_ones = {
        row["figure"]
        for layer in spec["layer"]
        if layer["mark"].get("fill") == "var(--paper)"
        for row in spec["datasets"][layer["data"]["name"]]
        if "figure" in row
    }
    disputed = {o.id for o in seen.observations if o.status is Status.DISPUTED}
    assert open_ones == disputed and disputed


def test_rivals_of_one_producer_are_told_apart(chart: Chart) -> None:
    rows = [(row[0].text, row[1].text) for row in chart.rows]
    assert len(set(rows)) == len(rows)


def test_the_description_defines_what_is_counted(seen: Tables) -> None:
    for language in Language:
        chart = people.chart(Dataset(seen), language)
        said = " ".join(chart.description)
        for indicator in seen.indicators:
            assert indicator.definition[language] in said


def test_the_title_is_checked(seen: Tables) -> None:
    smaller = tuple(
        replace(o, value=Decimal(10)) if o.indicator == "union-members" else o
        for o in seen.observations
    )
    with pytest.raises(FactbookError, match="no longer bear out the title"):
        people.chart(Dataset(replace(seen, observations=smaller)), Language.EN)


def test_a_chart_without_users_says_so(seen: Tables) -> None:
    fewer = tuple(o for o in seen.observations if o.indicator not in people.USERS)
    with pytest.raises(FactbookError, match="no figures for growers or users"):
        people.chart(Dataset(replace(seen, observations=fewer)), Language.EN)
