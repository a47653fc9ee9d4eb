"""Coca inside protected areas of Bolivia and Peru, and in the buffer zones around Peru's.

Two panels with scales of their own: the belts around the parks hold some forty times what the parks
do. Single parks are not drawn: for Bolivia's two neighbouring years are known, for Peru's only sums
with their buffer zones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import break_years, by_year, counts, middle, year_of
from factbook.charts.theme import Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "protected-areas"
INDICATORS = ("coca-area-protected", "coca-area-buffer", "coca-area")

INSIDE, BUFFER, AREA = INDICATORS
BOLIVIA, PERU = "BO", "PE"
SETTLED = "BO-SETTLED-PARKS"
STEPS = {INSIDE: 200, BUFFER: 5_000}

TITLE = Text(
    "Inside the parks hundreds of hectares, around Peru’s parks thousands",
    "Dentro de los parques, cientos de hectáreas; alrededor de los del Perú, miles",
)
SUBTITLE = Text(
    "Area under coca in protected areas and their buffer zones, hectares, {first} to {last}",
    "Superficie de coca en áreas protegidas y sus zonas de amortiguamiento, hectáreas, {first} a"
    " {last}",
)
NOTE = Text(
    "Each panel has its own scale. Bolivia’s counts cover its protected areas without the"
    " long-settled zones inside two of them, which held {settled} in {year}; the counts of {before}"
    " took whole parks ({old}) and are not drawn. For Bolivia no count of buffer zones was found. A"
    " line joins neighbouring years.",
    "Cada gráfico tiene su propia escala. Los conteos de Bolivia abarcan sus áreas protegidas sin"
    " las zonas saneadas dentro de dos de ellas, que tenían {settled} en {year}; los conteos de"
    " {before} tomaban parques enteros ({old}) y no se dibujan. Para Bolivia no se halló un conteo"
    " de zonas de amortiguamiento. Una línea une años vecinos.",
)
HEADS = {
    INSIDE: Text("Inside protected areas", "Dentro de áreas protegidas"),
    BUFFER: Text("Buffer zones, Peru (other scale)", "Amortiguamiento, Perú (otra escala)"),
}
NAMES = {
    INSIDE: Text("{country}, inside protected areas", "{country}, dentro de áreas protegidas"),
    BUFFER: Text("{country}, buffer zones", "{country}, zonas de amortiguamiento"),
}
OLD = Text(
    "{country}, whole parks, not comparable with the later counts: {values}.",
    "{country}, parques enteros, no comparables con los conteos posteriores: {values}.",
)
VALUE = Text("{value} in {year}", "{value} en {year}")
RATIO = Text(
    "In the {count} years with both, Peru’s buffer zones held {least} to {most} times as much coca"
    " as its protected areas.",
    "En los {count} años con ambos datos, las zonas de amortiguamiento del Perú tenían entre {least}"
    " y {most} veces la coca de sus áreas protegidas.",
)
COLUMNS = (
    Text("Year", "Año"),
    Text("Bolivia, whole parks (ha)", "Bolivia, parques enteros (ha)"),
    Text("Bolivia, inside (ha)", "Bolivia, dentro (ha)"),
    Text("Bolivia, settled zones (ha)", "Bolivia, zonas saneadas (ha)"),
    Text("Peru, inside (ha)", "Perú, dentro (ha)"),
    Text("Peru, buffer zones (ha)", "Perú, amortiguamiento (ha)"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """The series of the chart, and what stands only in its table."""

    old: tuple[Figure, ...]
    bolivia: tuple[Figure, ...]
    settled: tuple[Figure, ...]
    peru: tuple[Figure, ...]
    buffer: tuple[Figure, ...]

    @property
    def columns(self) -> tuple[tuple[Figure, ...], ...]:
        """All series in the order of the table."""
        return self.old, self.bolivia, self.settled, self.peru, self.buffer


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its three indicators."""
    voice = Voice(dataset, language)
    found = _counts(dataset)
    inside = [middle(f) for f in (*found.bolivia, *found.peru)]
    around = [middle(f) for f in found.buffer]
    borne_out(min(inside) >= 100 and max(inside) < 1000 <= min(around), TITLE.en)
    years = [year_of(f) for f in (*found.bolivia, *found.peru, *found.buffer)]
    return Chart(
        title=voice(TITLE),
        subtitle=voice(SUBTITLE, first=min(years), last=max(years)),
        note=voice(
            NOTE,
            settled=voice.figure(found.settled[-1]),
            year=year_of(found.settled[-1]),
            before=describe.spans(voice, [year_of(f) for f in found.old]),
            old=voice.listed([voice.figure(f) for f in found.old]),
        ),
        description=_description(voice, found),
        figures=tuple(f for column in found.columns for f in column),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, found),
        spec=lambda layout: _spec(voice, found, (min(years), max(years)), layout),
    )


def _counts(dataset: Dataset) -> Counts:
    bolivia = counts(dataset, INSIDE, BOLIVIA)
    start = max(break_years(dataset, bolivia), default=0)
    found = Counts(
        old=tuple(f for f in bolivia if year_of(f) < start),
        bolivia=tuple(f for f in bolivia if year_of(f) >= start),
        settled=counts(dataset, AREA, SETTLED),
        peru=counts(dataset, INSIDE, PERU),
        buffer=counts(dataset, BUFFER, PERU),
    )
    for column, name in zip(found.columns, COLUMNS[1:], strict=True):
        required(column, name.en)
    return found


def _description(voice: Voice, found: Counts) -> tuple[str, ...]:
    def name(indicator: str, code: str) -> str:
        return voice(NAMES[indicator], country=voice.area(code))

    inside, around = by_year(found.peru), by_year(found.buffer)
    ratios = [middle(around[year]) / middle(inside[year]) for year in sorted({*inside} & {*around})]
    required(ratios, "years with protected areas and buffer zones of Peru")
    old = [voice(VALUE, value=voice.figure(f), year=year_of(f)) for f in found.old]
    return (
        *describe.series(voice, found.bolivia, name(INSIDE, BOLIVIA)),
        *describe.series(voice, found.peru, name(INSIDE, PERU)),
        *describe.series(voice, found.buffer, name(BUFFER, PERU)),
        voice(OLD, country=voice.area(BOLIVIA), values=voice.listed(old)),
        *describe.series(voice, found.settled, voice.area(SETTLED)),
        voice(
            RATIO,
            count=len(ratios),
            least=voice.number(min(ratios)),
            most=voice.number(max(ratios)),
        ),
    )


def _table(voice: Voice, found: Counts) -> tuple[tuple[Cell, ...], ...]:
    columns = [by_year(column) for column in found.columns]
    return tuple(
        (Cell(str(year)), *(voice.cell(column.get(year)) for column in columns))
        for year in sorted({year for column in columns for year in column})
    )


def _spec(voice: Voice, found: Counts, span: tuple[int, int], layout: Layout) -> Picture:
    narrow = layout.narrow
    shown: Mapping[str, Mapping[str, tuple[Figure, ...]]] = {
        INSIDE: {BOLIVIA: found.bolivia, PERU: found.peru},
        BUFFER: {PERU: found.buffer},
    }
    drawn: list[tuple[Frame, Picture]] = []
    for indicator, series in shown.items():
        amounts = [amount(f) for figures in series.values() for f in figures]
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=270 if narrow else 320,
            x=(span[0] - 0.6, span[1] + 0.6),
            y=(0, rows.top(amounts, STEPS[indicator])),
            left=50,
            right=20,
            top=34,
        )
        drawn.append((frame, _panel(voice, frame, indicator, series)))
    return panels(drawn[0], drawn[1], beside=not narrow)


def _panel(
    voice: Voice, frame: Frame, indicator: str, series: Mapping[str, tuple[Figure, ...]]
) -> Picture:
    years = range(int(frame.x[0] + 1), int(frame.x[1]) + 1)
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), STEPS[indicator])),
        *frame.years(year for year in years if year % 2 == 0),
        *frame.heading(voice(HEADS[indicator])),
    ]
    for code, figures in series.items():
        colour = palette.COUNTRIES[code]
        points = rows.points(voice, figures, voice(NAMES[indicator], country=voice.area(code)))
        layers += [
            frame.line(rows.joined(voice.dataset, figures), colour),
            frame.dots(points, colour, size=34),
            *frame.text(
                [_end(voice, frame, figures)],
                colour,
                align="right",
                baseline="top",
                bold=True,
                halo=True,
            ),
            frame.targets(points, size=150),
        ]
    return frame.plot(layers)


def _end(voice: Voice, frame: Frame, figures: tuple[Figure, ...]) -> Row:
    """The country and its newest value, under the last point."""
    last = figures[-1]
    text = f"{voice.area(last.area)}: {voice.number(middle(last))}"
    return {"x": frame.x[1], "y": amount(last) - frame.dy(8), "text": text}
