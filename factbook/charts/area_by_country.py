"""Area under coca in Bolivia and Peru, all years counted; Colombia beside them as context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import NARROW, Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import amount
from factbook.charts.series import break_years, by_year, counts, middle, steady, year_of
from factbook.charts.theme import LABEL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "area-by-country"
INDICATORS = ("coca-area",)

AREA = INDICATORS[0]
PAIR = ("BO", "PE")
CONTEXT = "CO"

TITLE = Text(
    "Since {year} coca has shrunk in Peru and spread in Bolivia",
    "Desde {year} la coca retrocede en el Perú y avanza en Bolivia",
)
SUBTITLE = Text(
    "Area under coca, hectares, {first} to {last}; {context} for comparison on its own scale",
    "Superficie de coca, hectáreas, {first} a {last}; {context} como comparación, en otra escala",
)
WITH = Text("With {country}", "Con {country}")
METHOD = Text("new method", "método nuevo")
NOTE = Text(
    "Counts by UNODC with each government; {agency} counts for Peru from {taken} on. The line"
    " breaks where the method changed ({breaks}) and where a year has no count.",
    "Conteos de UNODC con cada gobierno; en el Perú cuenta {agency} desde {taken}. La línea se"
    " corta donde cambió el método ({breaks}) y donde un año no tiene conteo.",
)
COLUMN = Text("{country} (ha)", "{country} (ha)")
YEAR = Text("Year", "Año")

Series: TypeAlias = Mapping[str, tuple[Figure, ...]]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    series = {code: steady(dataset, counts(dataset, AREA, code)) for code in (*PAIR, CONTEXT)}
    for code, figures in series.items():
        required(figures, code)
    bolivia, peru = (series[code] for code in PAIR)
    peak = max(peru, key=middle)
    after = [f for f in peru if year_of(f) >= year_of(peak)]
    falls = [middle(f) for f in after]
    at_peak = by_year(bolivia).get(year_of(peak))
    borne_out(
        len(after) > 1
        and falls == sorted(falls, reverse=True)
        and at_peak is not None
        and middle(bolivia[-1]) > middle(at_peak),
        TITLE.en,
    )
    shown = [f for code in PAIR for f in series[code]]
    years = sorted({year_of(f) for f in shown})
    breaks = sorted({year for code in PAIR for year in break_years(dataset, series[code])})
    return Chart(
        title=voice(TITLE, year=year_of(peak)),
        subtitle=voice(SUBTITLE, first=years[0], last=years[-1], context=voice.area(CONTEXT)),
        note=voice(
            NOTE,
            agency=voice.producer(peru[-1]),
            taken=breaks[-1] if breaks else years[0],
            breaks=voice.listed([str(year) for year in breaks]),
        ),
        description=tuple(
            sentence
            for code, figures in series.items()
            for sentence in describe.series(voice, figures, voice.area(code))
        ),
        figures=(*shown, *series[CONTEXT]),
        columns=(voice(YEAR), *(voice(COLUMN, country=voice.area(code)) for code in series)),
        rows=_table(voice, series),
        spec=lambda layout: _spec(voice, series, layout),
    )


def _table(voice: Voice, series: Series) -> tuple[tuple[Cell, ...], ...]:
    found = [by_year(figures) for figures in series.values()]
    years = sorted({year for figures in found for year in figures})
    return tuple(
        (Cell(str(year)), *(voice.cell(figures.get(year)) for figures in found)) for year in years
    )


def _spec(voice: Voice, series: Series, layout: Layout) -> Picture:
    narrow = layout is NARROW
    first = min(year_of(series[code][0]) for code in PAIR)
    last = max(year_of(series[code][-1]) for code in PAIR)
    top = rows.top(rows.heights(figure for code in PAIR for figure in series[code]), 20_000)
    high = rows.top(
        rows.heights(figure for figures in series.values() for figure in figures), 100_000
    )
    main = Frame(
        layout,
        width=layout.width if narrow else 452,
        height=330 if narrow else 390,
        x=(first - 0.5, last),
        y=(0, 1.05 * top),
        left=52,
        right=58,
        top=20,
    )
    context = Frame(
        layout,
        width=layout.width if narrow else layout.width - main.outer,
        height=230 if narrow else 390,
        x=(first - 0.5, last + 0.5),
        y=(0, high if narrow else 1.05 * high),
        left=52,
        right=16 if narrow else 14,
        top=34 if narrow else 20,
    )
    return panels(
        (main, _main(voice, series, main)),
        (context, _context(voice, series, context)),
        beside=not narrow,
    )


def _main(voice: Voice, series: Series, frame: Frame) -> Picture:
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), 20_000)),
        *frame.years(_years(frame, 5)),
    ]
    for code in PAIR:
        layers += _breaks(voice, frame, series[code])
    for code in PAIR:
        layers += _country(voice, frame, series[code], code, 2.5)
        end = series[code][-1]
        value = voice.figure(end, unit=False, qualifier=False)
        label = {"x": year_of(end) + frame.dx(9), "y": amount(end)}
        colour = palette.COUNTRIES[code]
        layers += frame.text(
            [{**label, "text": voice.area(code)}], colour, baseline="bottom", size=LABEL, bold=True
        )
        layers += frame.text([{**label, "text": value}], colour, baseline="top", bold=True)
    layers += [frame.targets(_points(voice, series, code)) for code in PAIR]
    return frame.plot(layers)


def _country(
    voice: Voice, frame: Frame, figures: tuple[Figure, ...], code: str, width: float
) -> list[Layer]:
    colour = palette.COUNTRIES[code]
    points = rows.points(voice, figures, voice.area(code))
    lonely = rows.points(voice, rows.alone(voice.dataset, figures), voice.area(code))
    return [
        frame.line(rows.joined(voice.dataset, figures), colour, width=width),
        frame.dots(lonely, colour, size=22),
        frame.dots(points[-1:], colour, size=20 * width),
    ]


def _points(voice: Voice, series: Series, code: str) -> list[rows.Row]:
    return rows.points(voice, series[code], voice.area(code))


def _breaks(voice: Voice, frame: Frame, figures: tuple[Figure, ...]) -> list[Layer]:
    """A short dotted line through each break, with its name where the line leaves room."""
    found = by_year(figures)
    marks = [
        {
            "x": year - 0.5,
            "x2": year - 0.5,
            "y": amount(found[year]) - frame.dy(18),
            "y2": amount(found[year]) + frame.dy(18),
        }
        for year in break_years(voice.dataset, figures)
    ]
    above = [
        {"x": mark["x"] + frame.dx(3), "y": mark["y2"] + frame.dy(3), "text": voice(METHOD)}
        for mark in marks[:-1]
    ]
    below = [
        {"x": mark["x"] - frame.dx(3), "y": mark["y"] - frame.dy(3), "text": voice(METHOD)}
        for mark in marks[-1:]
    ]
    return [
        frame.rules(marks, palette.MUTED, dash=(2, 2)),
        *frame.text(above, palette.MUTED, align="right", baseline="bottom"),
        *frame.text(below, palette.MUTED, baseline="top"),
    ]


def _context(voice: Voice, series: Series, frame: Frame) -> Picture:
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1] - 1), 100_000)),
        *frame.years(_years(frame, 5 if frame.layout.narrow else 10)),
        *frame.text(
            [
                {
                    "x": frame.x[0],
                    "y": frame.y[1],
                    "text": voice(WITH, country=voice.area(CONTEXT)),
                }
            ],
            palette.MUTED,
            bold=True,
            halo=True,
        ),
    ]
    for code in (*PAIR, CONTEXT):
        layers += _country(voice, frame, series[code], code, 2)
    end = series[CONTEXT][-1]
    label = {
        "x": frame.x[1],
        "y": amount(end) + frame.dy(8),
        "text": voice.figure(end, unit=False, qualifier=False),
    }
    layers += frame.text([label], palette.COLOMBIA, align="right", baseline="bottom", bold=True)
    layers += [frame.targets(_points(voice, series, code), size=120) for code in series]
    return frame.plot(layers)


def _years(frame: Frame, step: int) -> list[int]:
    first, last = int(frame.x[0] + 1), int(frame.x[1])
    return [year for year in range(first, last + 1) if year % step == 0]
