"""The real charts: each is drawn once from the real data, in both languages."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from lxml import etree

from factbook.charts import keys, store
from factbook.charts.drawing import Drawing
from factbook.charts.outlines import outlined
from factbook.charts.plot import NARROW, WIDE
from factbook.charts.raster import with_fonts
from factbook.charts.render import render
from factbook.charts.svg import prefixed, tidied
from factbook.charts.unmeasured import unmeasured
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.model import Language, Observation
from factbook.periods import Period
from factbook.tables import Tables, read_tables

ROOT = Path(__file__).parent.parent
CHARTS = store.chart_ids()

BOTH = pytest.mark.parametrize("chart", CHARTS)
EACH = pytest.mark.parametrize("language", list(Language))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset(read_tables(ROOT))


@pytest.fixture(scope="module")
def drawn(
    dataset: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, Language], Drawing]:
    root = tmp_path_factory.mktemp("root")
    (root / "fonts").symlink_to(ROOT / "fonts")
    render(root, dataset)
    return {
        (name, language): drawing
        for language in Language
        for name, drawing in store.drawings(root, dataset, language).items()
    }


def texts(picture: str) -> list[str]:
    root = etree.fromstring(picture)
    return [e.text or "" for tag in ("text", "title", "tspan") for e in root.iter(f"{{*}}{tag}")]


@BOTH
@EACH
def test_every_chart_is_drawn_whole(
    drawn: Mapping[tuple[str, Language], Drawing], chart: str, language: Language
) -> None:
    drawing = drawn[chart, language]
    assert drawing.title and drawing.subtitle and drawing.description
    assert (drawing.figures or drawing.events) and drawing.sources and drawing.rows
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)
    for picture in (drawing.wide, drawing.narrow):
        assert not re.search(r'(fill|stroke)="(?!var\(--|none)', picture)
        assert len(picture.encode()) < 40_000
    assert "var(" not in drawing.paper and "var(" not in drawing.download
    for said in (drawing.title, drawing.subtitle, drawing.note or "", *drawing.description):
        assert "{" not in said and "  " not in said
    assert all(sentence.endswith((".", "…")) for sentence in drawing.description)


@BOTH
@EACH
def test_every_figure_is_plotted_or_in_the_table(
    dataset: Dataset,
    drawn: Mapping[tuple[str, Language], Drawing],
    chart: str,
    language: Language,
) -> None:
    module = keys.modules()[chart]
    code: Any = importlib.import_module(f"factbook.charts.{module.path.stem}")
    made = code.chart(Dataset(keys.visible(dataset, module)), language)
    drawing = drawn[chart, language]
    cells = [cell for row in drawing.rows for cell in row]
    listed = {cell.figure for cell in cells if cell.figure}
    told = {cell.event for cell in cells if cell.event}
    for layout in (WIDE, NARROW):
        spec = made.spec(layout).to_dict()
        plotted = {
            row["figure"] for rows in spec["datasets"].values() for row in rows if "figure" in row
        }
        assert plotted <= set(drawing.figures)
        assert plotted | listed == set(drawing.figures)
        happened = {
            row["event"] for rows in spec["datasets"].values() for row in rows if "event" in row
        }
        assert happened == told == set(drawing.events)
        assert spec["usermeta"]["size"][0] == layout.width


@BOTH
def test_a_picture_is_the_same_whether_its_texts_are_measured_or_not(
    dataset: Dataset, chart: str
) -> None:
    module = keys.modules()[chart]
    code: Any = importlib.import_module(f"factbook.charts.{module.path.stem}")
    made = code.chart(Dataset(keys.visible(dataset, module)), Language.ES)
    with_fonts((str(ROOT / "fonts"),))
    for layout in (WIDE, NARROW):
        pictures = [
            vl_convert.vegalite_to_svg(json.dumps(spec))
            for spec in (made.spec(layout).to_dict(), unmeasured(made.spec(layout).to_dict()))
        ]
        plain, turned = (etree.tostring(prefixed(tidied(p, 1, 1), "id-")) for p in pictures)
        assert pictures[0] != pictures[1]
        assert plain == turned


@EACH
@BOTH
def test_pixels_need_no_text_of_a_picture(
    drawn: Mapping[tuple[str, Language], Drawing], chart: str, language: Language
) -> None:
    shown = drawn[chart, language].download
    assert "<text" in shown
    assert "<text" not in outlined(shown, sorted((ROOT / "fonts").glob("*.ttf")))


@BOTH
def test_both_languages_plot_the_same_in_their_own_words(
    dataset: Dataset, drawn: Mapping[tuple[str, Language], Drawing], chart: str
) -> None:
    english, spanish = drawn[chart, Language.EN], drawn[chart, Language.ES]
    assert english.figures == spanish.figures and english.sources == spanish.sources
    assert len(english.rows) == len(spanish.rows)
    assert len(english.description) == len(spanish.description)
    names = {a.name.en for a in dataset.areas.values()} | {
        p.short.en for p in dataset.producers.values()
    }
    names |= {s.container_title or "" for s in dataset.sources.values()}
    names |= {outline.name.en for outline in dataset.outlines.values()}
    names |= {re.sub(r" \(.*\)$", "", name) for name in names}
    shared = {t for t in texts(english.wide) if re.search(r"[A-Za-z]{4}", t)} & set(
        texts(spanish.wide)
    )
    unnamed = {t for t in shared if re.split(r"[,:(]", t)[0].strip() not in names}
    assert not unnamed
    assert not re.search(r"\d,\d{3}\b(?!\d)", " ".join(texts(spanish.wide)))


def reached_all(tables: Tables) -> Tables:
    """The tables with every step of every diagram reached."""
    whole = tuple(
        replace(d, steps=tuple(replace(s, reached=True) for s in d.steps)) for d in tables.diagrams
    )
    return replace(tables, diagrams=whole)


def scaled(tables: Tables, indicator: str, factor: Decimal) -> Tables:
    """The tables with the numbers of an indicator multiplied."""

    def larger(o: Observation) -> Observation:
        value, low, high = (n if n is None else n * factor for n in o.magnitude)
        return replace(o, value=value, low=low, high=high)

    changed = tuple(larger(o) if o.indicator == indicator else o for o in tables.observations)
    return replace(tables, observations=changed)


def later_event(tables: Tables) -> Tables:
    """The tables with another event on the road, after all others."""
    last = max((e for e in tables.events if e.road), key=lambda e: e.date)
    return replace(
        tables, events=(*tables.events, replace(last, id="after", date=Period.parse("2031")))
    )


@pytest.mark.parametrize(
    ("chart", "changed"),
    [
        ("plot-to-scale", lambda t: scaled(t, "pitch-length", Decimal(2))),
        ("road-of-the-leaf", later_event),
        (
            "legal-way-bolivia",
            lambda t: scaled(t, "leaf-outside-market-share-published", Decimal("0.5")),
        ),
        ("legal-way-peru", lambda t: scaled(t, "enaco-purchases", Decimal(9))),
        ("scheduling-change", reached_all),
    ],
)
def test_a_title_is_given_up_when_the_data_no_longer_bear_it_out(
    chart: str, changed: Callable[[Tables], Tables]
) -> None:
    tables = read_tables(ROOT)
    module = keys.modules()[chart]
    code: Any = importlib.import_module(f"factbook.charts.{module.path.stem}")
    assert code.chart(Dataset(tables), Language.EN).title
    with pytest.raises(FactbookError, match="the data no longer bear out the title"):
        code.chart(Dataset(changed(tables)), Language.EN)


def test_every_diagram_of_the_data_has_its_chart(dataset: Dataset) -> None:
    assert set(dataset.diagrams) <= set(CHARTS)


@BOTH
def test_no_text_leaves_its_picture(
    drawn: Mapping[tuple[str, Language], Drawing], chart: str
) -> None:
    for language in Language:
        drawing = drawn[chart, language]
        for picture in (drawing.wide, drawing.narrow):
            root = etree.fromstring(picture)
            _, _, width, height = (float(n) for n in (root.get("viewBox") or "").split())
            for element in root.iter("{*}text"):
                x, y = _position(element)
                long = max((_width(line, element) for line in _lines(element)), default=0)
                anchor = said(element, "text-anchor")
                start = x - {"end": long, "middle": long / 2}.get(anchor, 0)
                assert start > -1 and start + long < width + 1, (chart, language, element.text)
                assert 0 < y < height, (chart, language, element.text)


@cache
def _advances(bold: bool) -> tuple[Mapping[int, str], Any, int]:
    font = TTFont(ROOT / "fonts" / f"HojaSans-{'SemiBold' if bold else 'Regular'}.ttf")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def _width(line: str, element: Any) -> float:
    """The width of a line as the page's own font sets it."""
    letters, advances, units = _advances(said(element, "font-weight") == "600")
    total = sum(advances[letters[ord(letter)]][0] for letter in line)
    return float(total) * float(said(element, "font-size").removesuffix("px")) / units


def said(element: Any, name: str) -> str:
    """What an element says of itself, or the nearest group around it; empty where nobody does."""
    found = element.xpath(f"ancestor-or-self::*[@{name}][1]/@{name}")
    return str(found[-1]) if found else ""


def _lines(element: Any) -> list[str]:
    return [e.text or "" for e in element.iter("{*}text", "{*}tspan")]


def _position(element: Any) -> tuple[float, float]:
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    while element is not None:
        if found := re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", "")):
            x, y = x + float(found[1]), y + float(found[2])
        element = element.getparent()
    return x, y
