"""The map: circles in proportion, positions as in the data, no name upon another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from factbook.charts import keys
from factbook.charts import map as map_chart
from factbook.charts.cartography import steps
from factbook.charts.drawing import Drawing
from factbook.charts.plot import NARROW, WIDE, Chart, Layout
from factbook.charts.worker import Job, draw
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.geography import projected
from factbook.model import Language
from factbook.tables import Tables, read_tables
from tests.test_contents_charts import _lines, _position, _width, said

ROOT = Path(__file__).parent.parent
EACH = pytest.mark.parametrize("language", list(Language))
LAYOUTS = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])

Box = tuple[float, float, float, float, str]


@pytest.fixture(scope="module")
def seen() -> Tables:
    return keys.visible(Dataset(read_tables(ROOT)), keys.modules()["map"])


@pytest.fixture(scope="module")
def chart(seen: Tables) -> Chart:
    return map_chart.chart(Dataset(seen), Language.EN)


@pytest.fixture(scope="module")
def drawn(seen: Tables) -> dict[Language, Drawing]:
    module = keys.modules()["map"]
    return {
        language: Drawing.from_json(
            draw(Job("map", language, "key", module, seen, keys.fonts(ROOT)))
        )
        for language in Language
    }


def rows_of(chart: Chart, layout: Layout) -> Iterator[dict[str, Any]]:
    for rows in chart.spec(layout).to_dict()["datasets"].values():
        yield from rows


@LAYOUTS
def test_the_area_of_a_circle_stands_for_its_hectares(chart: Chart, layout: Layout) -> None:
    values = {figure.id: figure.value for figure in chart.figures}
    ratios = {
        row["size"] / float(values[row["figure"]] or 0)
        for row in rows_of(chart, layout)
        if "size" in row and row.get("figure") and row["r"] > 2
    }
    assert max(ratios) / min(ratios) == pytest.approx(1, abs=0.01)


@LAYOUTS
def test_every_zone_with_a_position_is_drawn_at_it(
    seen: Tables, chart: Chart, layout: Layout
) -> None:
    dataset = Dataset(seen)
    spots = {
        row["figure"].split("/")[1]: (row["x"], row["y"])
        for row in rows_of(chart, layout)
        if "r" in row and row.get("figure")
    }
    zones = {f.area for f in chart.figures if f.id.startswith("coca-area/")} - {"BO", "PE"}
    assert set(spots) == zones & set(dataset.positions)
    for code, spot in spots.items():
        position = dataset.positions[code]
        assert spot == pytest.approx(projected((position.lon, position.lat)))


@EACH
def test_what_has_no_position_is_said(seen: Tables, language: Language) -> None:
    chart = map_chart.chart(Dataset(seen), language)
    dataset = Dataset(seen)
    lost = {
        f.area for f in chart.figures if f.id.startswith("coca-area/") and len(f.area) > 2
    } - set(dataset.positions)
    assert lost and chart.note is not None
    for code in lost:
        name = re.sub(r" \(.*\)$", "", dataset.area(code).name[language])
        assert name in chart.note
        assert any(row[0].text == name for row in chart.rows)


@EACH
@LAYOUTS
def test_no_name_stands_on_another(
    drawn: dict[Language, Drawing], language: Language, layout: Layout
) -> None:
    picture = drawn[language].wide if layout is WIDE else drawn[language].narrow
    boxes = list(dict.fromkeys(text_boxes(picture)))
    assert len(boxes) > 40
    touching = [(a[4], b[4]) for a, b in combinations(boxes, 2) if overlap(a, b)]
    assert touching == []


def text_boxes(picture: str) -> Iterator[Box]:
    """The boxes of all lines of text: from the height of an x to the baseline, and their width."""
    for element in etree.fromstring(picture).iter("{*}text"):
        x, y = _position(element)
        size = float(said(element, "font-size").removesuffix("px"))
        for at, line in enumerate(line for line in _lines(element) if line):
            wide = _width(line, element)
            left = x - {"end": wide, "middle": wide / 2}.get(said(element, "text-anchor"), 0)
            base = y + 16 * at
            yield (left, base - 0.68 * size, left + wide, base, line)


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_the_title_is_checked(seen: Tables) -> None:
    fewer = tuple(o for o in seen.observations if o.area != "PE-VRAEM")
    with pytest.raises(FactbookError, match="no longer bear out the title"):
        map_chart.chart(Dataset(replace(seen, observations=fewer)), Language.EN)


def test_the_sources_of_the_ground_are_named(drawn: dict[Language, Drawing]) -> None:
    assert {"natural-earth", "geonames"} <= set(drawn[Language.EN].sources)


@pytest.mark.parametrize(
    ("most", "top"), [("36345", 20000), ("50000", 50000), ("99", 50), ("1000", 1000), ("4.2", 2)]
)
def test_the_key_of_sizes_is_round(most: str, top: int) -> None:
    found = steps(Decimal(most))
    assert found == (top, Decimal(top) / 4, Decimal(top) / 20)
