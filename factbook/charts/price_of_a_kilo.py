"""The price of a kilo of leaf in dollars: in Bolivia's legal markets, and at the farm outside them.

Two panels on one scale, because the market and the farm gate are different stages of trade. Prices
stated in soles or bolivianos are not here: no rate that turns them into dollars is in the data.
Those in soles have a chart of their own, ``price-fall``; the three years in bolivianos stand in
their table only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.placing import Point, Wish, placed
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, middle, runs, year_of, yearly
from factbook.charts.theme import SMALL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "price-of-a-kilo"
INDICATORS = ("leaf-price-legal-market", "leaf-price-farmgate")

MARKET, FARM = INDICATORS
STEP = 5

TITLE = Text(
    "In every year with both prices, a kilo cost more in Bolivia’s legal markets than at a farm in"
    " Peru",
    "En todos los años con ambos precios, el kilo costó más en los mercados legales de Bolivia que"
    " en una chacra del Perú",
)
SUBTITLE = Text(
    "Price of dried leaf by stage of trade and place, US dollars a kilogram, {first} to {last}",
    "Precio de la hoja seca por etapa del comercio y lugar, dólares por kilogramo, {first} a"
    " {last}",
)
NOTE = Text(
    "A market price holds the way to the market, a farm-gate price does not: the panels share a"
    " scale, not a stage of trade. Large points are national averages; small ones are single"
    " markets or valleys, tied to the others of their country and year by a thin line. Nominal dollars,"
    " not corrected for inflation. A line joins neighbouring years. No dollar price at the farm is"
    " in the data after {farm}.",
    "Un precio de mercado incluye el camino hasta el mercado; uno en chacra, no: los gráficos"
    " comparten la escala, no la etapa del comercio. Los puntos grandes son promedios nacionales;"
    " los pequeños, mercados o valles sueltos, unidos por una línea fina a los otros de su país y año."
    " Dólares corrientes, sin corregir por inflación. Una línea une años vecinos. No hay en los"
    " datos precios en chacra en dólares después de {farm}.",
)
STAGES = {
    MARKET: Text("Legal markets of Bolivia", "Mercados legales de Bolivia"),
    FARM: Text("At the farm, outside legal markets", "En chacra, fuera de los mercados legales"),
}
AVERAGE = Text("average", "promedio")
NAMED = Text("{country}, {stage}", "{country}, {stage}")
LOWER = {
    MARKET: Text("legal markets", "mercados legales"),
    FARM: Text("at the farm", "en chacra"),
}
OVER = Text(
    "In {count} years both a price from Bolivia’s legal markets and one from Peru’s farms are"
    " known: {years}. The lowest market price then was between {least} and {most} times the average"
    " at the farm.",
    "En {count} años se conocen un precio de los mercados legales de Bolivia y uno de las chacras"
    " del Perú: {years}. El precio de mercado más bajo fue entonces entre {least} y {most} veces el"
    " promedio en chacra.",
)
LOCAL = Text("{place}, {year}: {price}.", "{place}, {year}: {price}.")
COLUMNS = (
    Text("Year", "Año"),
    Text("Place", "Lugar"),
    Text("Legal market (US$/kg)", "Mercado legal (US$/kg)"),
    Text("At the farm (US$/kg)", "En chacra (US$/kg)"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """The prices at one stage of trade: national series by country, and those of single places."""

    indicator: str
    national: dict[str, tuple[Figure, ...]]
    local: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All prices of the stage."""
        return (*(f for series in self.national.values() for f in series), *self.local)

    def within(self, dataset: Dataset, country: str) -> tuple[Figure, ...]:
        """The prices of single places of a country."""
        return tuple(f for f in self.local if _country(dataset, f.area) == country)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its two indicators."""
    voice = Voice(dataset, language)
    stages = tuple(_stage(dataset, indicator) for indicator in INDICATORS)
    market, farm = stages
    for stage in stages:
        required(stage.figures, stage.indicator)
    ratios = _ratios(market, farm)
    required(list(ratios), "years with a market price in Bolivia and a farm price in Peru")
    borne_out(min(ratios.values()) > 1, TITLE.en)
    years = [year_of(f) for stage in stages for f in stage.figures]
    return Chart(
        title=voice(TITLE),
        subtitle=voice(SUBTITLE, first=min(years), last=max(years)),
        note=voice(NOTE, farm=max(year_of(f) for f in farm.figures)),
        description=_description(voice, stages, ratios),
        figures=(*market.figures, *farm.figures),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, stages),
        spec=lambda layout: _spec(voice, stages, (min(years), max(years)), layout),
    )


def _country(dataset: Dataset, code: str) -> str:
    while code not in palette.COUNTRIES and (parent := dataset.area(code).parent):
        code = parent
    return code


def _stage(dataset: Dataset, indicator: str) -> Stage:
    areas = dict.fromkeys(o.area for o in dataset.by_indicator[indicator])
    series = {code: yearly(dataset.series(indicator, code)) for code in areas}
    return Stage(
        indicator,
        {code: found for code, found in series.items() if code in palette.COUNTRIES and found},
        tuple(f for code, found in series.items() if code not in palette.COUNTRIES for f in found),
    )


def _ratios(market: Stage, farm: Stage) -> dict[int, Decimal]:
    """In each year with both, the lowest price in Bolivia's markets by the average in Peru."""
    peru = by_year(farm.national.get("PE", ()))
    lowest: dict[int, Decimal] = {}
    for figure in market.figures:
        year = year_of(figure)
        lowest[year] = min(middle(figure), lowest.get(year, middle(figure)))
    return {year: lowest[year] / middle(peru[year]) for year in sorted({*lowest} & {*peru})}


def _description(
    voice: Voice, stages: tuple[Stage, ...], ratios: dict[int, Decimal]
) -> tuple[str, ...]:
    return (
        *(
            sentence
            for stage in stages
            for code, series in stage.national.items()
            for sentence in describe.series(
                voice,
                series,
                voice(NAMED, country=voice.area(code), stage=voice(LOWER[stage.indicator])),
            )
        ),
        *(
            voice(LOCAL, place=voice.area(f.area), year=year_of(f), price=voice.figure(f))
            for stage in stages
            for f in stage.local
        ),
        voice(
            OVER,
            count=len(ratios),
            years=describe.spans(voice, list(ratios)),
            least=voice.number(min(ratios.values()), 1),
            most=voice.number(max(ratios.values()), 1),
        ),
    )


def _table(voice: Voice, stages: tuple[Stage, ...]) -> tuple[tuple[Cell, ...], ...]:
    found: dict[tuple[int, str], dict[str, Figure]] = {}
    for stage in stages:
        for figure in stage.figures:
            key = (year_of(figure), figure.area)
            found.setdefault(key, {})[stage.indicator] = figure
    return tuple(
        (
            Cell(str(year)),
            Cell(voice.area(area)),
            *(voice.cell(prices.get(indicator)) for indicator in INDICATORS),
        )
        for (year, area), prices in sorted(found.items())
    )


def _spec(
    voice: Voice, stages: tuple[Stage, ...], span: tuple[int, int], layout: Layout
) -> Picture:
    per_dollar = 18 if layout.narrow else 20
    drawn: list[tuple[Frame, Picture]] = []
    for stage in stages:
        top = max(amount(f) for f in stage.figures) + 1
        frame = Frame(
            layout,
            height=round(top * per_dollar) + 60,
            x=(span[0] - 0.8, span[1] + 0.8),
            y=(0, top),
            left=32,
            right=16,
            top=34,
        )
        drawn.append((frame, _panel(voice, frame, stage)))
    return panels(drawn[0], drawn[1], beside=False)


def _panel(voice: Voice, frame: Frame, stage: Stage) -> Picture:
    years = range(int(frame.x[0] + 1), int(frame.x[1]) + 1)
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), STEP)),
        *frame.years(year for year in years if year % 5 == 0),
        *frame.heading(voice(STAGES[stage.indicator])),
    ]
    for code, series in stage.national.items():
        colour = palette.COUNTRIES[code]
        local = stage.within(voice.dataset, code)
        layers += [
            frame.rules(_ties((*series, *local)), colour, width=1),
            frame.line(rows.joined(voice.dataset, series), colour),
            frame.dots(_points(voice, local), colour, size=20),
            frame.dots(_points(voice, series), colour, size=56),
        ]
    layers += _labels(voice, frame, stage)
    layers.append(frame.targets(_points(voice, stage.figures), size=150))
    return frame.plot(layers)


def _points(voice: Voice, figures: Iterable[Figure]) -> list[Row]:
    return [row for f in figures for row in rows.points(voice, [f], voice.area(f.area))]


def _ties(figures: Sequence[Figure]) -> list[Row]:
    """A thin line over all prices of a year, where there are several."""
    found: dict[int, list[float]] = {}
    for figure in figures:
        found.setdefault(year_of(figure), []).append(amount(figure))
    return [
        {"x": year, "x2": year, "y": min(prices), "y2": max(prices)}
        for year, prices in found.items()
        if len(prices) > 1
    ]


def _ends(voice: Voice, series: tuple[Figure, ...], *, named: bool) -> dict[str, str]:
    """The labels of a national series: its ends, its peak, and what it is."""
    ends = {f.id: voice.figure(f, unit=False) for f in (series[0], series[-1])}
    peak = max(series, key=middle)
    if middle(peak) != middle(series[-1]):
        ends[peak.id] = voice.figure(peak, unit=False)
    name = voice.area(series[-1].area) if named else voice(AVERAGE)
    longest = max(runs(voice.dataset, series), key=len)
    if not named and (free := [f.id for f in longest if f.id not in ends]):
        ends[free[0]] = name
    else:
        ends[series[-1].id] = f"{name} {ends[series[-1].id]}"
    return ends


def _labels(voice: Voice, frame: Frame, stage: Stage) -> list[Layer]:
    """Names of countries and ends of their series; names of single places where there is room."""
    bold: dict[str, dict[str, str]] = {code: {} for code in stage.national}
    lines: list[list[Point]] = []
    for code, series in stage.national.items():
        parts = runs(voice.dataset, series)
        lines += [[frame.at(year_of(f), amount(f)) for f in run] for run in parts]
        lines += [
            [frame.at(tie["x"], tie["y"]), frame.at(tie["x"], tie["y2"])]
            for tie in _ties((*series, *stage.within(voice.dataset, code)))
        ]
        bold[code] = _ends(voice, series, named=stage.indicator == FARM)
    thin = {f.id: rows.short(voice.area(f.area)) for f in stage.local}
    texts = thin | {name: text for found in bold.values() for name, text in found.items()}
    wishes = [
        Wish(
            f.id,
            frame.at(year_of(f), amount(f)),
            (len(texts.get(f.id, "")) * SMALL * 0.52 + 2, SMALL),
            needed=f.id in texts and f.id not in thin,
        )
        for f in stage.figures
    ]
    spots = {
        name: frame.back(x, y)
        for name, (x, y) in placed(wishes, room=frame.inner, lines=lines).items()
        if name in texts
    }

    def at(found: Mapping[str, str]) -> list[Row]:
        return [{**spots[name], "text": found[name]} for name in found if name in spots]

    layers = frame.text(at(thin), palette.MUTED, align="center", halo=True)
    for code, found in bold.items():
        layers += frame.text(at(found), palette.COUNTRIES[code], align="center", bold=True)
    return layers
