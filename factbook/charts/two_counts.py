"""The same fields counted twice: surveys in the region against estimates by the United States."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, counts, middle, other_counts, pointlike, steady, year_of
from factbook.charts.theme import LABEL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "two-counts"
INDICATORS = ("coca-area",)

AREA = INDICATORS[0]
PAIR = ("BO", "PE")

TITLE = Text(
    "Two counts of the same fields, up to {most} apart",
    "Dos conteos de los mismos campos, con hasta {most} de diferencia",
)
SUBTITLE = Text(
    "Area under coca as the surveys in each country and the United States count it, hectares,"
    " {first} to {last}",
    "Superficie de coca según los monitoreos de cada país y según Estados Unidos, hectáreas,"
    " {first} a {last}",
)
NOTE = Text(
    "Lines: {makers}. Open circles: estimates by the United States in its restated series, from"
    " other images and definitions. Both panels have the same scale. A line breaks where the method"
    " changed or a year has no count.",
    "Líneas: {makers}. Círculos abiertos: estimaciones de Estados Unidos en su serie revisada, con"
    " otras imágenes y definiciones. Ambos gráficos tienen la misma escala. La línea se corta donde"
    " cambió el método o un año no tiene conteo.",
)
SURVEY = Text("{country}, survey", "{country}, monitoreo")
OTHER = Text("{country}, US estimates", "{country}, estimaciones de EE. UU.")
US = Text("US estimates", "Estimaciones de EE. UU.")
WIDEST = Text(
    "{country}: the two counts can be compared in {count} years; they lay furthest apart in {year}"
    " ({own} against {other}).",
    "{country}: los dos conteos se pueden comparar en {count} años; la mayor diferencia fue en"
    " {year} ({own} frente a {other}).",
)
YEAR = Text("Year", "Año")

Series: TypeAlias = Mapping[str, tuple[Figure, ...]]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    own = {code: steady(dataset, counts(dataset, AREA, code)) for code in PAIR}
    for code, figures in own.items():
        required(figures, code)
    first = min(year_of(figures[0]) for figures in own.values())
    last = max(year_of(figures[-1]) for figures in own.values())
    other = {
        code: tuple(f for f in other_counts(dataset, AREA, code) if first <= year_of(f) <= last)
        for code in PAIR
    }
    pairs = {code: _pairs(own[code], other[code]) for code in PAIR}
    gaps = [abs(middle(a) - middle(b)) for found in pairs.values() for a, b in found]
    required(gaps, "years with two counts")
    makers = dict.fromkeys(voice.producer(f) for figures in own.values() for f in figures)
    return Chart(
        title=voice(TITLE, most=voice.amount(max(gaps), "ha")),
        subtitle=voice(SUBTITLE, first=first, last=last),
        note=voice(NOTE, makers=voice.listed(list(makers))),
        description=tuple(
            sentence
            for code in PAIR
            for sentence in (
                *describe.series(voice, own[code], voice(SURVEY, country=voice.area(code))),
                *describe.range_of(voice, other[code], voice(OTHER, country=voice.area(code))),
                _widest(voice, code, pairs[code]),
            )
        ),
        figures=tuple(f for code in PAIR for f in (*own[code], *other[code])),
        columns=(
            voice(YEAR),
            *(voice(name, country=voice.area(code)) for code in PAIR for name in (SURVEY, OTHER)),
        ),
        rows=_table(voice, own, other),
        spec=lambda layout: _spec(voice, own, other, (first, last), layout),
    )


def _pairs(own: tuple[Figure, ...], other: tuple[Figure, ...]) -> tuple[tuple[Figure, Figure], ...]:
    """The years in which both counts give a value."""
    found = by_year(pointlike(other))
    return tuple((f, found[year_of(f)]) for f in own if year_of(f) in found)


def _widest(voice: Voice, code: str, pairs: tuple[tuple[Figure, Figure], ...]) -> str:
    own, other = max(pairs, key=lambda pair: abs(middle(pair[0]) - middle(pair[1])))
    return voice(
        WIDEST,
        country=voice.area(code),
        count=len(pairs),
        year=year_of(own),
        own=voice.figure(own),
        other=voice.figure(other),
    )


def _table(voice: Voice, own: Series, other: Series) -> tuple[tuple[Cell, ...], ...]:
    found = [by_year(series[code]) for code in PAIR for series in (own, other)]
    years = sorted({year for figures in found for year in figures})
    return tuple(
        (Cell(str(year)), *(voice.cell(figures.get(year)) for figures in found)) for year in years
    )


def _spec(
    voice: Voice, own: Series, other: Series, span: tuple[int, int], layout: Layout
) -> Picture:
    narrow = layout.narrow
    tops = {code: rows.top(rows.heights((*own[code], *other[code])), 20_000) for code in PAIR}
    if not narrow:  # beside one another, the two have one scale
        tops = dict.fromkeys(PAIR, max(tops.values()))
    heights = {"BO": 236, "PE": 350} if narrow else {"BO": 390, "PE": 390}
    drawn: list[tuple[Frame, Picture]] = []
    for code in PAIR:
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=heights[code],
            x=(span[0] - 0.5, span[1] + 0.5),
            y=(0, tops[code]),
            left=52,
            right=16,
            top=34,
        )
        drawn.append((frame, _panel(voice, own[code], other[code], code, frame)))
    return panels(drawn[0], drawn[1], beside=not narrow)


def _panel(
    voice: Voice,
    own: tuple[Figure, ...],
    other: tuple[Figure, ...],
    code: str,
    frame: Frame,
) -> Picture:
    colour = palette.COUNTRIES[code]
    points = rows.points(voice, own, voice.area(code))
    head = {"x": frame.x[0], "y": frame.y[1] + frame.dy(20), "text": voice.area(code)}
    first, last = int(frame.x[0] + 1), int(frame.x[1])
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), 20_000)),
        *frame.years(year for year in range(first, last + 1) if year % 5 == 0),
        *frame.text([head], colour, size=LABEL + 1, bold=True),
        frame.rules(_bridges(own, other), palette.RULE, width=2),
        frame.rules(rows.ranges(voice, other), palette.OTHER_COUNT, width=1.6),
        frame.line(rows.joined(voice.dataset, own), colour),
        frame.dots(rows.points(voice, rows.alone(voice.dataset, own)), colour, size=22),
        frame.targets(points, size=140),
        frame.dots(rows.points(voice, other, voice(US)), palette.OTHER_COUNT, hollow=True),
        *_name(voice, frame, other),
    ]
    return frame.plot(layers)


def _bridges(own: tuple[Figure, ...], other: tuple[Figure, ...]) -> list[Row]:
    """A rule from one count to the other, in each year that has both."""
    return [
        {"x": year_of(a), "x2": year_of(a), "y": amount(a), "y2": amount(b)}
        for a, b in _pairs(own, other)
    ]


def _name(voice: Voice, frame: Frame, other: tuple[Figure, ...]) -> list[Layer]:
    pointed = pointlike(other)
    if not pointed:
        return []
    top = max(pointed, key=middle)
    label = {"x": year_of(top) - frame.dx(9), "y": amount(top), "text": voice(US)}
    return frame.text([label], palette.OTHER_COUNT, align="right", bold=True, halo=True)
