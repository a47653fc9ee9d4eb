"""Bolivia: leaf grown against leaf sold in the two legal markets, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, required
from factbook.charts.rows import Row
from factbook.charts.series import break_years, by_year, year_of, yearly
from factbook.charts.theme import Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Qualifier, Text

ID = "legal-market"
INDICATORS = ("leaf-output", "legal-market-volume")

OUTPUT, MARKET = INDICATORS
COUNTRY = "BO"

TITLE = Text(
    "Of every 100 kilos grown in {country}, {least} to {most} passed a legal market",
    "De cada 100 kilos cosechados en {country}, entre {least} y {most} pasaron por un mercado"
    " legal",
)
SUBTITLE = Text(
    "Output of dried leaf and leaf sold in the two legal markets, tonnes, {first} to {last}",
    "Producción de hoja seca y hoja vendida en los dos mercados legales, toneladas, {first} a"
    " {last}",
)
GROWN = Text("Leaf grown", "Hoja cosechada")
SOLD = Text("Sold in the\nlegal markets", "Vendida en\nlos mercados\nlegales")
SOLD_SHORT = Text("Sold\nlegally", "Venta\nlegal")
FACTORS = Text("new yield factors", "factores nuevos")
NOTE = Text(
    "Paler tops span the two estimates of a harvest that is known only as a range or as an upper"
    " end. A dash marks a year without a figure for the harvest. Output from {year} on rests on"
    " higher yield factors and is not comparable with the years before. What does not pass the two"
    " markets is not thereby diverted: where it goes is unknown.",
    "La parte más clara abarca las dos estimaciones de una cosecha conocida solo como rango o como"
    " extremo superior. Un guion marca un año sin dato de cosecha. La producción desde {year} usa"
    " factores de rendimiento más altos y no es comparable con los años anteriores. Lo que no pasa"
    " por los dos mercados no por eso se desvía: se desconoce su destino.",
)
SHARE = Text(
    "In the {count} years with both figures, {least} to {most} of every 100 kilos grown passed a"
    " legal market.",
    "En los {count} años con ambos datos, entre {least} y {most} de cada 100 kilos cosechados"
    " pasaron por un mercado legal.",
)
PERCENT = Text("{n}%", "{n}\N{NARROW NO-BREAK SPACE}%")
COLUMNS = (
    Text("Year", "Año"),
    Text("Leaf grown (t)", "Hoja cosechada (t)"),
    Text("Sold in the legal markets (t)", "Vendida en los mercados legales (t)"),
    Text("Share sold there (%)", "Parte vendida allí (%)"),
)

Share: TypeAlias = tuple[Decimal, Decimal]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its two indicators."""
    voice = Voice(dataset, language)
    market = yearly(dataset.series(MARKET, COUNTRY))
    required(market, "the legal markets")
    first = year_of(market[0])
    output = tuple(f for f in yearly(dataset.series(OUTPUT, COUNTRY)) if year_of(f) >= first)
    shares = _shares(by_year(output), by_year(market))
    required(list(shares), "years with output and sales")
    last = max(year_of(f) for f in (*output, *market))
    least = voice.number(min(low for low, _ in shares.values()))
    most = voice.number(max(high for _, high in shares.values()))
    breaks = break_years(dataset, output)
    return Chart(
        title=voice(TITLE, country=voice.area(COUNTRY), least=least, most=most),
        subtitle=voice(SUBTITLE, first=first, last=last),
        note=voice(NOTE, year=breaks[-1] if breaks else last),
        description=(
            *describe.series(voice, output, voice(GROWN)),
            *describe.series(voice, market, voice(SOLD).replace("\n", " ")),
            voice(SHARE, count=len(shares), least=least, most=most),
        ),
        figures=(*output, *market),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, output, market, shares),
        spec=lambda layout: _spec(voice, output, market, shares, layout),
    )


def _shares(output: Mapping[int, Figure], market: Mapping[int, Figure]) -> dict[int, Share]:
    """Lowest and highest share sold, per cent; a harvest known by its upper end gives none."""
    found: dict[int, Share] = {}
    for year in sorted({*output} & {*market}):
        grown, sold = output[year], market[year].value
        low = grown.low if grown.value is None else grown.value
        high = grown.high if grown.value is None else grown.value
        if sold is None or not low or not high or grown.qualifier is Qualifier.AT_MOST:
            continue
        found[year] = (100 * sold / high, 100 * sold / low)
    return found


def _share(voice: Voice, share: Share) -> str:
    least, most = (voice.number(part) for part in share)
    return least if least == most else f"{least}\N{EN DASH}{most}"


def _percent(voice: Voice, share: Share) -> str:
    """The share as it fits into a column: a range on two lines."""
    return voice(PERCENT, n=_share(voice, share).replace("\N{EN DASH}", "\N{EN DASH}\n"))


def _table(
    voice: Voice,
    output: tuple[Figure, ...],
    market: tuple[Figure, ...],
    shares: Mapping[int, Share],
) -> tuple[tuple[Cell, ...], ...]:
    grown, sold = by_year(output), by_year(market)
    return tuple(
        (
            Cell(str(year)),
            voice.cell(grown.get(year)),
            voice.cell(sold.get(year)),
            Cell(_share(voice, shares[year]) if year in shares else ""),
        )
        for year in sorted({*grown, *sold})
    )


def _spec(
    voice: Voice,
    output: tuple[Figure, ...],
    market: tuple[Figure, ...],
    shares: Mapping[int, Share],
    layout: Layout,
) -> Picture:
    years = sorted({year_of(f) for f in (*output, *market)})
    top = rows.top(rows.heights((*output, *market)), 20_000)
    frame = Frame(
        layout,
        height=340 if layout.narrow else 380,
        x=(years[0] - 0.6, years[-1] + 0.6),
        y=(0, top),
        left=48,
        top=12,
    )
    solid = [f for f in output if f.qualifier is not Qualifier.AT_MOST]
    bounded = [f for f in output if f.qualifier is Qualifier.AT_MOST]
    pale = rows.uncertain(voice, output) + rows.columns(voice, bounded, name=voice(GROWN))
    step = 2 if layout.narrow else 1
    return frame.finish(
        frame.grid(rows.ticks(voice, top, 20_000)),
        frame.years(range(years[0], years[-1] + 1, step), ticks=False),
        _break(voice, frame, output),
        frame.bars(pale, palette.BOLIVIA, opacity=0.18),
        frame.bars(rows.columns(voice, solid, name=voice(GROWN)), palette.BOLIVIA, opacity=0.38),
        frame.bars(rows.columns(voice, market, name=_sold(voice)), palette.BOLIVIA),
        frame.absent(_missing(frame, output, market)),
        _labels(voice, frame, output, market, shares),
    )


def _sold(voice: Voice) -> str:
    return voice(SOLD).replace("\n", " ")


def _break(voice: Voice, frame: Frame, output: tuple[Figure, ...]) -> list[Layer]:
    layers: list[Layer] = []
    for year in break_years(voice.dataset, output):
        mark = {"x": year - 0.6, "x2": year - 0.6, "y": 0, "y2": frame.y[1] * 0.97}
        name = {"x": mark["x"] - frame.dx(5), "y": mark["y2"], "text": voice(FACTORS)}
        layers.append(frame.rules([mark], palette.MUTED, dash=(2, 2)))
        layers += frame.text([name], palette.MUTED, align="right", baseline="top", halo=True)
    return layers


def _missing(frame: Frame, output: tuple[Figure, ...], market: tuple[Figure, ...]) -> list[Row]:
    grown, sold = by_year(output), by_year(market)
    return [
        {
            "x": year,
            "y": rows.amount(sold[year]) + frame.dy(8) if year in sold else frame.dy(8),
        }
        for year in range(int(frame.x[0] + 1), int(frame.x[1]) + 1)
        if year not in grown
    ]


def _labels(
    voice: Voice,
    frame: Frame,
    output: tuple[Figure, ...],
    market: tuple[Figure, ...],
    shares: Mapping[int, Share],
) -> list[Layer]:
    narrow = frame.layout.narrow
    sold = by_year(market)
    beside = max(sold) + 0.45
    names = [
        {
            "x": beside + frame.dx(4),
            "y": rows.amount(sold[max(sold)]) - frame.dy(2),
            "text": voice(SOLD_SHORT if narrow else SOLD),
        }
    ]
    first = output[0]
    grown = {
        "x": year_of(first) - 0.35,
        "y": rows.amount(first) + frame.dy(5),
        "text": voice(GROWN),
    }
    layers = frame.text(names, palette.BOLIVIA, baseline="top", bold=True)
    layers += frame.text([grown], palette.MUTED, baseline="bottom", bold=True)
    if not narrow:
        percent = [
            {"x": year, "y": rows.amount(sold[year]) - frame.dy(6), "text": _percent(voice, share)}
            for year, share in shares.items()
        ]
        layers += frame.text(percent, palette.PAPER, align="center", baseline="top", bold=True)
    return layers
