"""Coca pulled out in Bolivia and Peru, year by year, on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, lowered, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, middle, whole_years, year_of
from factbook.charts.theme import LABEL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "eradication"
INDICATORS = ("eradication",)

PAIR = ("BO", "PE")

TITLE = Text(
    "In {year} Peru cleared the most coca since {peru}, Bolivia the least since {bolivia}",
    "En {year} el Perú erradicó la mayor superficie desde {peru}; Bolivia, la menor desde {bolivia}",
)
SUBTITLE = Text(
    "Coca eradicated in a year, hectares, {first} to {last}",
    "Coca erradicada en un año, hectáreas, {first} a {last}",
)
NOTE = Text(
    "Work done in a year, not area standing at its end: a field can be cleared more than once."
    " Bolivia adds up what is removed with and without the growers’ agreement. A dash marks a year"
    " without a figure for the whole year; a paler top spans a figure given only as a range."
    " {parts}",
    "Trabajo hecho en un año, no superficie en pie al final: un mismo campo puede limpiarse más de"
    " una vez. Bolivia suma lo retirado con y sin acuerdo de los productores. Un guion marca un año"
    " sin dato del año completo; una punta más clara abarca un dato dado solo como rango. {parts}",
)
PART = Text("{country} {year}: {note}.", "{country} {year}: {note}.")
COLUMN = Text("{country} (ha)", "{country} (ha)")
YEAR = Text("Year", "Año")

Series: TypeAlias = Mapping[str, tuple[Figure, ...]]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    series = {code: whole_years(dataset.series(INDICATORS[0], code)) for code in PAIR}
    for code, figures in series.items():
        required(figures, code)
    bolivia, peru = (series[code] for code in PAIR)
    borne_out(
        max(peru, key=middle) is peru[-1]
        and min(bolivia, key=middle) is bolivia[-1]
        and year_of(peru[-1]) == year_of(bolivia[-1]),
        TITLE.en,
    )
    first = min(year_of(figures[0]) for figures in series.values())
    last = max(year_of(figures[-1]) for figures in series.values())
    return Chart(
        title=voice(TITLE, year=last, peru=year_of(peru[0]), bolivia=year_of(bolivia[0])),
        subtitle=voice(SUBTITLE, first=first, last=last),
        note=voice(NOTE, parts=_parts(voice, series)).strip(),
        description=tuple(
            sentence
            for code, figures in series.items()
            for sentence in describe.series(voice, figures, voice.area(code))
        ),
        figures=(*bolivia, *peru),
        columns=(voice(YEAR), *(voice(COLUMN, country=voice.area(code)) for code in PAIR)),
        rows=_table(voice, series),
        spec=lambda layout: _spec(voice, series, (first, last), layout),
    )


def _parts(voice: Voice, series: Series) -> str:
    """What the sources say of years that were not quite over when they counted."""
    return " ".join(
        voice(PART, country=voice.area(code), year=year_of(f), note=lowered(o.note[voice.language]))
        for code, figures in series.items()
        for f in figures
        if f.period.is_interval and (o := f.observation) is not None and o.note is not None
    )


def _table(voice: Voice, series: Series) -> tuple[tuple[Cell, ...], ...]:
    found = [by_year(figures) for figures in series.values()]
    years = sorted({year for figures in found for year in figures})
    return tuple(
        (Cell(str(year)), *(voice.cell(figures.get(year)) for figures in found)) for year in years
    )


def _spec(voice: Voice, series: Series, span: tuple[int, int], layout: Layout) -> Picture:
    narrow = layout.narrow
    tops = {code: rows.top(rows.heights(series[code]), 10_000) for code in PAIR}
    if not narrow:  # beside one another, the two have one scale
        tops = dict.fromkeys(PAIR, max(tops.values()))
    heights = {"BO": 210, "PE": 360} if narrow else {"BO": 380, "PE": 380}
    drawn: list[tuple[Frame, Picture]] = []
    for code in PAIR:
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=heights[code],
            x=(span[0] - 0.7, span[1] + 0.7),
            y=(0, tops[code]),
            left=46,
            right=40,
            top=34,
        )
        drawn.append((frame, _panel(voice, series[code], code, span, frame)))
    return panels(drawn[0], drawn[1], beside=not narrow)


def _panel(
    voice: Voice, figures: tuple[Figure, ...], code: str, span: tuple[int, int], frame: Frame
) -> Picture:
    colour = palette.COUNTRIES[code]
    name = voice.area(code)
    head = {"x": frame.x[0], "y": frame.y[1] + frame.dy(20), "text": name}
    have = by_year(figures)
    missing: list[Row] = [
        {"x": year, "y": frame.dy(7)} for year in range(span[0], span[1] + 1) if year not in have
    ]
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), 10_000)),
        *frame.years((y for y in range(span[0], span[1] + 1) if y % 5 == 0), ticks=False),
        *frame.text([head], colour, size=LABEL + 1, bold=True),
        frame.bars(rows.uncertain(voice, figures, name=name), colour, opacity=0.4),
        frame.bars(rows.columns(voice, figures, name=name), colour),
        frame.absent(missing),
        *_peaks(voice, frame, figures, colour),
    ]
    return frame.plot(layers)


def _peaks(voice: Voice, frame: Frame, figures: tuple[Figure, ...], colour: str) -> list[Layer]:
    """The values of the highest column, over it, and of the newest, beside it."""
    top, last = max(figures, key=middle), figures[-1]
    over = {"x": year_of(top), "y": amount(top) + frame.dy(4)}
    beside = {"x": year_of(last) + 0.4 + frame.dx(4), "y": amount(last) - frame.dy(1)}
    layers = frame.text(
        [{**over, "text": voice.number(middle(top))}],
        colour,
        baseline="bottom",
        align="center",
        bold=True,
    )
    if last is top:
        return layers
    text = voice.number(middle(last))
    return [*layers, *frame.text([{**beside, "text": text}], colour, baseline="top", bold=True)]
