"""Peru: the area under coca by growing zone in the newest survey, and how it was at its start."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factbook.charts import palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, counts, middle, when
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import AreaKind, Language, Text

ID = "peru-by-valley"
INDICATORS = ("coca-area",)

AREA = INDICATORS[0]
COUNTRY = "PE"
VALLEY = "PE-VRAEM"
SHOWN = 10

TITLE = Text(
    "Four in ten hectares of Peru’s coca stand in the {valley}",
    "Cuatro de cada diez hectáreas de coca del Perú están en el {valley}",
)
SUBTITLE = Text(
    "Area under coca in {country} by zone of the national survey, hectares, {year}; a line marks"
    " {start}",
    "Superficie de coca en el {country} por zona del monitoreo nacional, hectáreas, {year}; una"
    " raya marca {start}",
)
NOTE = Text(
    "The survey covered {before} zones in {start} and {now} in {year}: a zone without a line was"
    " not measured then. Zones are not departments.",
    "El monitoreo abarcó {before} zonas en {start} y {now} en {year}: una zona sin raya no se midió"
    " entonces. Las zonas no son departamentos.",
)
REST = Text("{count} other zones", "Otras {count} zonas")
SHARE = Text(
    "{zone}: {value} in {year}, {share} of the country’s {total}.",
    "{zone}: {value} en {year}, {share} de las {total} del país.",
)
NEXT = Text(
    "Next come {zones}. The {count} smaller zones together have {rest}.",
    "Le siguen {zones}. Las {count} zonas menores suman {rest}.",
)
ONE = Text("{zone} ({value})", "{zone} ({value})")
PERCENT = Text("{n}%", "{n}\N{NO-BREAK SPACE}%")
COLUMNS = (Text("Zone", "Zona"), Text("{year} (ha)", "{year} (ha)"))


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone with its newest figure and, if it was measured then, that of the start."""

    name: str
    now: Figure
    start: Figure | None


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    found = {code: by_year(counts(dataset, AREA, code)) for code in _zones(dataset)}
    year = max((year for figures in found.values() for year in figures), default=0)
    start = min((y for code, f in found.items() if code != VALLEY for y in f), default=0)
    zones = tuple(
        sorted(
            (
                Zone(rows.short(voice.area(code)), figures[year], figures.get(start))
                for code, figures in found.items()
                if year in figures
            ),
            key=lambda zone: (-middle(zone.now), zone.name),
        )
    )
    required(zones, "the zones of the survey")
    whole = dataset.figure(AREA, COUNTRY, year)
    share = 100 * middle(zones[0].now) / middle(whole)
    borne_out(zones[0].now.area == VALLEY and 38 <= share < 42, TITLE.en)
    before = by_year(counts(dataset, AREA, COUNTRY)).get(start)
    measured = len([zone for zone in found.values() if start in zone])
    return Chart(
        title=voice(TITLE, valley=zones[0].name),
        subtitle=voice(SUBTITLE, country=voice.area(COUNTRY), year=year, start=start),
        note=voice(NOTE, before=measured, now=len(zones), start=start, year=year),
        description=_description(voice, zones, whole, share, year),
        figures=(
            *(zone.now for zone in zones),
            *(zone.start for zone in zones if zone.start is not None),
            whole,
            *((before,) if before is not None else ()),
        ),
        columns=(
            voice(COLUMNS[0]),
            *(voice(COLUMNS[1], year=column) for column in (start, year)),
        ),
        rows=(
            *((Cell(z.name), voice.cell(z.start), voice.cell(z.now)) for z in zones),
            (
                Cell(voice.area(COUNTRY)),
                voice.cell(before),
                voice.cell(whole),
            ),
        ),
        spec=lambda layout: _spec(voice, zones, layout),
    )


def _zones(dataset: Dataset) -> list[str]:
    return [
        code
        for code, area in dataset.areas.items()
        if code == VALLEY or (area.kind is AreaKind.ZONE and area.parent == COUNTRY)
    ]


def _rest(zones: tuple[Zone, ...]) -> Decimal:
    return sum((middle(zone.now) for zone in zones[SHOWN:]), Decimal(0))


def _description(
    voice: Voice, zones: tuple[Zone, ...], whole: Figure, share: Decimal, year: int
) -> tuple[str, ...]:
    named = [voice(ONE, zone=z.name, value=voice.figure(z.now)) for z in zones[1:SHOWN]]
    return (
        voice(
            SHARE,
            zone=zones[0].name,
            value=voice.figure(zones[0].now),
            year=year,
            share=voice(PERCENT, n=voice.number(share)),
            total=voice.figure(whole),
        ),
        voice(
            NEXT,
            zones=voice.listed(named),
            count=len(zones[SHOWN:]),
            rest=voice.amount(_rest(zones), "ha"),
        ),
    )


def _spec(voice: Voice, zones: tuple[Zone, ...], layout: Layout) -> Picture:
    narrow = layout.narrow
    shown = zones[:SHOWN]
    count = len(shown) + (1 if zones[SHOWN:] else 0)
    frame = Frame(
        layout,
        height=count * (42 if narrow else 34) + 28,
        x=(0, amount(zones[0].now)),
        y=(count, 0),
        left=1 if narrow else 170,
        right=64,
        top=20,
        bottom=8,
    )
    layers: list[Layer] = []
    for at, zone in enumerate(shown):
        colour = palette.PERU if zone.now.area == VALLEY else palette.COLOMBIA
        bar = {"tip": voice.tip(zone.now, zone.name), "figure": zone.now.id}
        layers += _bar(voice, frame, at, zone.name, middle(zone.now), colour, bar)
        if zone.start is not None:
            mark = _mark(voice, frame, at, zone.start, zone.name)
            layers.append(frame.rules([mark], palette.INK, width=2.5))
    layers += _legend(frame, next(zone.start for zone in shown if zone.start is not None))
    if zones[SHOWN:]:
        name = voice(REST, count=len(zones[SHOWN:]))
        layers += _bar(voice, frame, len(shown), name, _rest(zones), palette.RULE, {"tip": ""})
    return frame.finish(layers)


def _legend(frame: Frame, start: Figure) -> list[Layer]:
    """The year that the lines mark, over the first of them."""
    label = {"x": amount(start), "y": _edges(frame, 0)[0] - 0.06, "text": when(start)}
    return frame.text([label], palette.INK, align="center", baseline="bottom")


def _edges(frame: Frame, at: int) -> tuple[float, float]:
    return (at + 0.48, at + 0.92) if frame.layout.narrow else (at + 0.18, at + 0.82)


def _mark(voice: Voice, frame: Frame, at: int, start: Figure, name: str) -> Row:
    top, bottom = _edges(frame, at)
    x = amount(start)
    tip = voice.tip(start, name)
    return {"x": x, "x2": x, "y": top, "y2": bottom, "tip": tip, "figure": start.id}


def _bar(
    voice: Voice, frame: Frame, at: int, name: str, value: Decimal, colour: str, extra: Row
) -> list[Layer]:
    top, bottom = _edges(frame, at)
    line = (top + bottom) / 2
    bar = {"x": 0, "x2": float(value), "y": top, "y2": bottom, **extra}
    number = {"x": float(value) + frame.dx(8), "y": line, "text": voice.number(value)}
    if frame.layout.narrow:
        label = frame.text(
            [{"x": 0, "y": top - 0.05, "text": name}], palette.INK, baseline="bottom"
        )
    else:
        label = frame.text(
            [{"x": -frame.dx(8), "y": line, "text": name}], palette.INK, align="right", size=LABEL
        )
    return [
        frame.bars([bar], colour),
        *label,
        *frame.text([number], palette.INK, size=LABEL, bold=colour == palette.PERU, halo=True),
    ]
