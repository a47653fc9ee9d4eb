"""Peru: the farm-gate price of leaf in soles, at the two dates that each place has in common.

Soles stand apart from the dollars of ``price-of-a-kilo``, because no rate between them is in the
data. What is known are pairs: four zones in two months of one year, and the country in two years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from factbook import formatting
from factbook.charts import palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import middle
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "price-fall"
INDICATORS = ("leaf-price-farmgate-local",)

PRICE = INDICATORS[0]
COUNTRY = "PE"
STEP = 10

TITLE = Text(
    "From {first} to {last}, leaf at the farm lost {least} to {most} of its price",
    "De {first} a {last}, la hoja en chacra perdió entre {least} y {most} de su precio",
)
SUBTITLE = Text(
    "Farm-gate price of dried leaf in {country}, soles a kilogram, at two dates: open mark, the"
    " earlier; full mark, the later",
    "Precio de la hoja seca en chacra en el {country}, soles por kilogramo, en dos fechas: marca"
    " abierta, la anterior; marca llena, la posterior",
)
NOTE = Text(
    "Soles of their day. The zones have no price of the same source for other months, so neither a"
    " trend nor a recovery can be read here. {other} The state company’s price, set by itself, is"
    " not a farm-gate price and is not shown.",
    "Soles de su fecha. Para las zonas no hay precios de la misma fuente en otros meses, así que"
    " aquí no se puede leer una tendencia ni una recuperación. {other} El precio de la empresa"
    " estatal, que ella misma fija, no es un precio en chacra y no se muestra.",
)
ALONE = Text(
    "A single price, in the table only: {values}.", "Un precio suelto, solo en la tabla: {values}."
)
VALUE = Text("{place} {period}, {value}", "{place} {period}, {value}")
FELL = Text(
    "{place}: from {start} ({first}) to {end} ({last}), a fall of {share}.",
    "{place}: de {start} ({first}) a {end} ({last}), una baja de {share}.",
)
ROSE = Text(
    "{place}: from {start} ({first}) to {end} ({last}), a rise of {share}.",
    "{place}: de {start} ({first}) a {end} ({last}), un alza de {share}.",
)
TIP = Text("{place}, {period}: {value} ({maker})", "{place}, {period}: {value} ({maker})")
DATES = Text("{first} to {last}", "{first} a {last}")
PERCENT = Text("{n}%", "{n}\N{NO-BREAK SPACE}%")
COLUMNS = (
    Text("Place", "Lugar"),
    Text("Time", "Tiempo"),
    Text("Price (S/ per kg)", "Precio (S/ por kg)"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A place and its price at the first and at the last date of one kind."""

    area: str
    start: Figure
    end: Figure

    @property
    def change(self) -> Decimal:
        """The change in per cent."""
        return 100 * (middle(self.end) - middle(self.start)) / middle(self.start)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    areas = dict.fromkeys(o.area for o in dataset.by_indicator[PRICE])
    series = {code: dataset.series(PRICE, code) for code in areas}
    pairs = _pairs(series)
    zones = [pair for pair in pairs if pair.area != COUNTRY]
    required(zones, "zones with two dates")
    dates = {(pair.start.period, pair.end.period) for pair in zones}
    falls = sorted(-pair.change for pair in zones)
    borne_out(len(dates) == 1 and falls[0] > 0, TITLE.en)
    figures = tuple(f for found in series.values() for f in found)
    paired = {f.id for pair in pairs for f in (pair.start, pair.end)}
    alone = [f for f in figures if f.id not in paired]
    return Chart(
        title=voice(
            TITLE,
            first=_period(voice, zones[0].start),
            last=_period(voice, zones[0].end),
            least=_percent(voice, falls[0]),
            most=_percent(voice, falls[-1]),
        ),
        subtitle=voice(SUBTITLE, country=voice.area(COUNTRY)),
        note=voice(NOTE, other=_alone(voice, alone)).replace("  ", " "),
        description=(*(_sentence(voice, pair) for pair in pairs), *_also(voice, alone)),
        figures=figures,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=tuple(
            (Cell(voice.area(f.area)), Cell(_period(voice, f)), voice.cell(f)) for f in figures
        ),
        spec=lambda layout: _spec(voice, pairs, layout),
    )


def _pairs(series: dict[str, tuple[Figure, ...]]) -> tuple[Pair, ...]:
    """The places with two prices of whole months, or of whole years; the dearest first."""
    found = []
    for code, figures in series.items():
        months = [f for f in figures if f.period.first and f.period.first.month]
        years = [f for f in figures if f not in months]
        for alike in (months, years):
            if len(alike) > 1:
                found.append(Pair(code, alike[0], alike[-1]))
    return tuple(sorted(found, key=lambda pair: (pair.area == COUNTRY, -middle(pair.start))))


def _period(voice: Voice, figure: Figure) -> str:
    return formatting.period(figure.period, voice.language)


def _percent(voice: Voice, share: Decimal) -> str:
    return voice(PERCENT, n=voice.number(share))


def _values(voice: Voice, figures: Sequence[Figure]) -> str:
    return voice.listed(
        [
            voice(VALUE, place=voice.area(f.area), period=_period(voice, f), value=voice.figure(f))
            for f in figures
        ]
    )


def _alone(voice: Voice, figures: Sequence[Figure]) -> str:
    return voice(ALONE, values=_values(voice, figures)) if figures else ""


def _also(voice: Voice, figures: Sequence[Figure]) -> tuple[str, ...]:
    return (_values(voice, figures) + ".",) if figures else ()


def _sentence(voice: Voice, pair: Pair) -> str:
    return voice(
        FELL if pair.change < 0 else ROSE,
        place=voice.area(pair.area),
        start=voice.figure(pair.start),
        first=_period(voice, pair.start),
        end=voice.figure(pair.end),
        last=_period(voice, pair.end),
        share=_percent(voice, abs(pair.change)),
    )


def _spec(voice: Voice, pairs: tuple[Pair, ...], layout: Layout) -> Picture:
    narrow = layout.narrow
    highest = max(amount(f) for pair in pairs for f in (pair.start, pair.end))
    frame = Frame(
        layout,
        height=len(pairs) * (62 if narrow else 52) + 44,
        x=(0, highest * 1.02),
        y=(len(pairs), 0),
        left=8 if narrow else 240,
        right=44,
        top=10,
        bottom=30,
    )
    ticks = rows.ticks(voice, int(frame.x[1]), STEP)
    grid = [{"x": x, "x2": x, "y": 0, "y2": len(pairs)} for x in ticks]
    labels = [{"x": x, "y": len(pairs) - frame.dy(8), "text": text} for x, text in ticks.items()]
    layers: list[Layer] = [
        frame.rules(grid, palette.RULE),
        *frame.text(labels, palette.MUTED, align="center", baseline="top"),
    ]
    for at, pair in enumerate(pairs):
        layers += _row(voice, frame, at, pair)
    return frame.finish(layers)


def _row(voice: Voice, frame: Frame, at: int, pair: Pair) -> list[Layer]:
    line = at + (0.68 if frame.layout.narrow else 0.5)
    start, end = (_mark(voice, pair, f, line) for f in (pair.start, pair.end))
    side = 1 if amount(pair.start) > amount(pair.end) else -1
    beside = frame.dx(10 * side)
    texts = [
        {"x": amount(pair.start) + beside, "y": line, "text": _bare(voice, pair.start)},
        {"x": amount(pair.end) - beside, "y": line, "text": _bare(voice, pair.end)},
    ]
    aligned = ("left", "right") if side == 1 else ("right", "left")
    return [
        frame.rules([{**start, "x2": end["x"], "y2": line, "tip": ""}], palette.PERU, width=2.5),
        frame.dots([start], palette.PERU, hollow=True, size=70),
        frame.dots([end], palette.PERU, size=80),
        *frame.text(texts[:1], palette.INK, align=aligned[0], size=LABEL, halo=True),
        *frame.text(texts[1:], palette.INK, align=aligned[1], size=LABEL, bold=True, halo=True),
        *_names(voice, frame, at, pair),
    ]


def _mark(voice: Voice, pair: Pair, figure: Figure, line: float) -> Row:
    tip = voice(
        TIP,
        place=voice.area(pair.area),
        period=_period(voice, figure),
        value=voice.figure(figure),
        maker=voice.producer(figure),
    )
    return {"x": amount(figure), "y": line, "tip": tip, "figure": figure.id}


def _bare(voice: Voice, figure: Figure) -> str:
    return voice.figure(figure, unit=False)


def _names(voice: Voice, frame: Frame, at: int, pair: Pair) -> list[Layer]:
    """The place and its two dates, beside the row or above it."""
    place = rows.short(voice.area(pair.area))
    dates = voice(DATES, first=_period(voice, pair.start), last=_period(voice, pair.end))
    if frame.layout.narrow:
        text = {"x": 0, "y": at + 0.2, "text": f"{place}, {dates}"}
        return frame.text([text], palette.INK, halo=True)
    left = -frame.dx(14)
    return [
        *frame.text(
            [{"x": left, "y": at + 0.36, "text": place}], palette.INK, align="right", size=LABEL
        ),
        *frame.text([{"x": left, "y": at + 0.68, "text": dates}], palette.MUTED, align="right"),
    ]
