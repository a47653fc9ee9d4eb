"""Bolivia: the area under coca in each region, against the region's own ceiling.

Law 906 gives the Yungas and the Trópico de Cochabamba a ceiling each; the Norte de La Paz has none
of its own and a fiftieth of the coca, so it shares the panel of its department. Both panels have
one scale: the ceiling of the one region happens to lie where the other region's area does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, counts, in_force, middle, runs, year_of
from factbook.charts.theme import LABEL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "bolivia-by-region"
INDICATORS = ("coca-area", "legal-ceiling")

AREA, CEILING = INDICATORS
CAPPED = ("BO-YUNGAS", "BO-CHAPARE")
FREE = "BO-NLP"
STEP = 5_000

TITLE = Text(
    "Each region above its own ceiling, in every count since it has one",
    "Cada región por encima de su propio tope, en todos los conteos desde que lo tiene",
)
SUBTITLE = Text(
    "Area under coca in the regions of Bolivia and the ceiling of each, hectares, {first} to {last}",
    "Superficie de coca en las regiones de Bolivia y tope de cada una, hectáreas, {first} a {last}",
)
LIMIT = Text("Ceiling {amount}", "Tope: {amount}")
NOTE = Text(
    "Shaded: the part above the region’s ceiling, which exists since {start}; the {free} has no"
    " ceiling of its own in these data. Both panels have the same scale. A line stops where a year"
    " has no count that can be used: {gaps}.",
    "Sombreado: la parte por encima del tope de la región, que existe desde {start}; el {free} no"
    " tiene un tope propio en estos datos. Ambos gráficos tienen la misma escala. La línea se corta"
    " donde un año no tiene un conteo utilizable: {gaps}.",
)
GAP = Text("{region} {years}", "{region} {years}")
OVER = Text(
    "{region}: above its ceiling of {limit} in all {count} years counted since {start}; in {last} it"
    " stood at {share} of it, {excess} above.",
    "{region}: por encima de su tope de {limit} en los {count} años contados desde {start}; en"
    " {last} estaba en {share} del tope, {excess} por encima.",
)
PERCENT = Text("{n}%", "{n}\N{NO-BREAK SPACE}%")
YEAR = Text("Year", "Año")
COLUMN = Text("{region} (ha)", "{region} (ha)")
COLUMN_LIMIT = Text("{region}, ceiling (ha)", "{region}, tope (ha)")


@dataclass(frozen=True, slots=True)
class Region:
    """A region's counts, and its ceiling in the years that have both."""

    name: str
    counted: tuple[Figure, ...]
    limits: Mapping[int, Figure]

    @property
    def limit(self) -> Figure:
        """The ceiling of the newest year."""
        return self.limits[max(self.limits)]

    def over(self) -> Mapping[int, Decimal]:
        """By how much the area lies above the ceiling, in each year with both."""
        found = by_year(self.counted)
        return {year: middle(found[year]) - middle(limit) for year, limit in self.limits.items()}


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its two indicators."""
    voice = Voice(dataset, language)
    regions = tuple(_region(voice, code) for code in CAPPED)
    free = _region(voice, FREE)
    for region in regions:
        required(list(region.limits), f"{region.name} in years with a ceiling")
    borne_out(all(min(region.over().values()) > 0 for region in regions), TITLE.en)
    everything = (*regions, free)
    years = sorted({year_of(f) for region in everything for f in region.counted})
    start = min(year for region in regions for year in region.limits)
    return Chart(
        title=voice(TITLE),
        subtitle=voice(SUBTITLE, first=years[0], last=years[-1]),
        note=voice(NOTE, start=start, free=free.name, gaps=_gaps(voice, everything)),
        description=(
            *(
                sentence
                for region in everything
                for sentence in describe.series(voice, region.counted, region.name)
            ),
            *(_over(voice, region) for region in regions),
        ),
        figures=(
            *(f for region in everything for f in region.counted),
            *(limit for region in regions for limit in dict.fromkeys(region.limits.values())),
        ),
        columns=(
            voice(YEAR),
            *(
                voice(column, region=region.name)
                for region in regions
                for column in (COLUMN, COLUMN_LIMIT)
            ),
            voice(COLUMN, region=free.name),
        ),
        rows=_table(voice, regions, free, years),
        spec=lambda layout: _spec(voice, regions, free, (years[0], years[-1]), layout),
    )


def _region(voice: Voice, code: str) -> Region:
    counted = counts(voice.dataset, AREA, code)
    required(counted, code)
    limits = {
        year_of(f): limit
        for f in counted
        if (limit := in_force(voice.dataset, CEILING, code, str(year_of(f)))) is not None
    }
    return Region(rows.short(voice.area(code)), counted, limits)


def _gaps(voice: Voice, regions: tuple[Region, ...]) -> str:
    """The missing years of each region, regions with the same ones together."""
    missing: dict[str, list[str]] = {}
    for region in regions:
        missing.setdefault(describe.gaps_of(voice, region.counted), []).append(region.name)
    return "; ".join(
        voice(GAP, region=voice.listed(names), years=years)
        for years, names in missing.items()
        if years
    )


def _over(voice: Voice, region: Region) -> str:
    over = region.over()
    last = max(over)
    share = 100 * middle(by_year(region.counted)[last]) / middle(region.limit)
    return voice(
        OVER,
        region=region.name,
        limit=voice.figure(region.limit),
        count=len(over),
        start=min(over),
        last=last,
        share=voice(PERCENT, n=voice.number(share)),
        excess=voice.amount(over[last], "ha"),
    )


def _table(
    voice: Voice, regions: tuple[Region, ...], free: Region, years: list[int]
) -> tuple[tuple[Cell, ...], ...]:
    found = {region.name: by_year(region.counted) for region in (*regions, free)}
    return tuple(
        (
            Cell(str(year)),
            *(
                voice.cell(figure)
                for region in regions
                for figure in (found[region.name].get(year), region.limits.get(year))
            ),
            voice.cell(found[free.name].get(year)),
        )
        for year in years
    )


def _spec(
    voice: Voice,
    regions: tuple[Region, ...],
    free: Region,
    span: tuple[int, int],
    layout: Layout,
) -> Picture:
    narrow = layout.narrow
    top = rows.top((amount(f) for region in regions for f in region.counted), STEP)
    drawn: list[tuple[Frame, Picture]] = []
    for region in regions:
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=270 if narrow else 350,
            x=(span[0] - 0.5, span[1] + 0.5),
            y=(0, top),
            left=50,
            right=20,
            top=34,
        )
        beside = free if region is regions[0] else None
        drawn.append((frame, _panel(voice, frame, region, beside)))
    return panels(drawn[0], drawn[1], beside=not narrow)


def _panel(voice: Voice, frame: Frame, region: Region, beside: Region | None) -> Picture:
    years = range(int(frame.x[0] + 1), int(frame.x[1]) + 1)
    layers: list[Layer] = [
        frame.band(_excess(voice, region), palette.BOLIVIA, opacity=0.22),
        *frame.grid(rows.ticks(voice, int(frame.y[1]), STEP)),
        *frame.years(year for year in years if year % 5 == 0),
        *frame.heading(region.name, palette.BOLIVIA),
        *_ceiling(voice, frame, region),
        *_line(voice, frame, region),
    ]
    if beside is not None:
        layers += _line(voice, frame, beside)
        layers += _name(frame, beside)
    return frame.plot(layers)


def _excess(voice: Voice, region: Region) -> list[Row]:
    return [
        {"x": year_of(f), "y": amount(f), "y2": amount(region.limits[year_of(f)]), "run": run}
        for run, part in enumerate(runs(voice.dataset, region.counted))
        for f in part
        if year_of(f) in region.limits
    ]


def _ceiling(voice: Voice, frame: Frame, region: Region) -> list[Layer]:
    start = region.limit.period.start.year or min(region.limits)
    line = {"y": amount(region.limit), "figure": region.limit.id}
    corners = [{**line, "x": start - 0.5}, {**line, "x": frame.x[1]}]
    label = {
        "x": frame.x[1],
        "y": amount(region.limit) - frame.dy(6),
        "text": voice(LIMIT, amount=voice.figure(region.limit)),
    }
    return [
        frame.path(corners, palette.INK, width=1.5, dash=(5, 3)),
        *frame.text([label], palette.INK, align="right", baseline="top", halo=True),
    ]


def _line(voice: Voice, frame: Frame, region: Region) -> list[Layer]:
    points = rows.points(voice, region.counted, region.name)
    last = region.counted[-1]
    end = {
        "x": frame.x[1],
        "y": amount(last) + frame.dy(9),
        "text": voice.number(middle(last)),
    }
    return [
        frame.line(rows.joined(voice.dataset, region.counted), palette.BOLIVIA),
        frame.dots(points, palette.BOLIVIA, size=26),
        *frame.text(
            [end],
            palette.BOLIVIA,
            align="right",
            baseline="bottom",
            size=LABEL,
            bold=True,
            halo=True,
        ),
        frame.targets(points, size=140),
    ]


def _name(frame: Frame, region: Region) -> list[Layer]:
    """The name over the middle of a low line."""
    centre = region.counted[len(region.counted) // 2]
    label = {"x": year_of(centre), "y": amount(centre) + frame.dy(9), "text": region.name}
    return frame.text(
        [label], palette.BOLIVIA, align="center", baseline="bottom", bold=True, halo=True
    )
