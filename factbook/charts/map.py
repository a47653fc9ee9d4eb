"""Where coca grows: the zones of both national surveys as circles sized by area, on a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from factbook.charts import rows
from factbook.charts.cartography import Ground, Mark, Words, picture
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Voice, borne_out, required
from factbook.charts.series import by_year, counts, middle, when
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import AreaKind, Citation, Language, Text

ID = "map"
INDICATORS = ("coca-area", "coca-area-protected", "coca-area-protected-and-buffer")
RECORDS = ("positions", "outlines")

AREA = INDICATORS[0]
PARKS = INDICATORS[1:]
REGIONS = ("BO-CHAPARE", "BO-YUNGAS", "BO-NLP")
"""The three regions of the Bolivian survey."""
VALLEY = "PE-VRAEM"
"""The zone of the Peruvian survey that is a valley in the list of areas."""
PAIR = ("BO", "PE")
LARGEST = 4
"""So many zones the title speaks of."""

TITLE = Text(
    "Nearly two thirds of the coca of Bolivia and Peru stands in four zones",
    "Casi dos tercios de la coca de Bolivia y el Perú están en cuatro zonas",
)
SUBTITLE = Text(
    "Area under coca by zone of the national surveys, hectares, {year}; the area of a circle is in"
    " proportion",
    "Superficie de coca por zona de los monitoreos nacionales, hectáreas, {year}; el área de cada"
    " círculo es proporcional",
)
NOTE = Text(
    "Positions are approximate: a circle stands at a town or point that we chose for its zone,"
    " shows no borders, and small ones may bear no name: the table has all. {unplaced}{parks}",
    "Las posiciones son aproximadas: cada círculo está en un pueblo o punto que elegimos para su"
    " zona, no muestra límites, y alguno pequeño va sin nombre: la tabla los tiene todos."
    " {unplaced}{parks}",
)
UNPLACED = Text(
    "No position was found for {zones} (together {area}). ",
    "No se encontró posición para {zones} (suman {area}). ",
)
PARKS_NOTE = Text(
    "Letters mark protected areas in which, or around which, coca was counted, by other measures and"
    " in other years.",
    "Las letras señalan áreas protegidas dentro o alrededor de las cuales se contó coca, con otras"
    " medidas y en otros años.",
)
SHARE = Text(
    "{zones} are the largest zones: together {area} of {total} in {year}, {share}%.",
    "{zones} son las zonas mayores: suman {area} de {total} en {year}, {share}\N{NO-BREAK SPACE}%.",
)
COUNTRY = Text(
    "{country}: {count} zones with {area}, from {least} to {most}.",
    "{country}: {count} zonas con {area}, de {least} a {most}.",
)
REACH = Text(
    "The zones reach from {north} in the north to {south} in the south.",
    "Las zonas van de {north}, al norte, a {south}, al sur.",
)
IN_PARKS = Text(
    "Coca was also counted in protected areas: {parks}.",
    "También se contó coca en áreas protegidas: {parks}.",
)
ONE = Text("{name} ({value})", "{name} ({value})")
IN_YEAR = Text("{name} ({value} in {year})", "{name} ({value} en {year})")
COLUMNS = (
    Text("Place", "Lugar"),
    Text("Country", "País"),
    Text("What is counted", "Qué se cuenta"),
    Text("Year", "Año"),
    Text("Hectares", "Hectáreas"),
)
PARK_KEY = Text("Protected areas with coca", "Áreas protegidas con coca")
ZONE_KEY = Text("Zones, the largest first", "Zonas, de mayor a menor")
SIZE_KEY = Text("hectares under coca", "hectáreas de coca")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone or protected area with its figure; ``country`` is the code of its country."""

    code: str
    name: str
    country: str
    figure: Figure


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the map from three indicators, the positions of areas and the outlines."""
    voice = Voice(dataset, language)
    zones, year = _zones(voice)
    parks = _parks(voice)
    wholes = {code: dataset.figure(AREA, code, year) for code in PAIR}
    total = sum((middle(whole) for whole in wholes.values()), Decimal(0))
    share = 100 * _sum(zones[:LARGEST]) / total
    borne_out(60 <= share < Decimal("66.7"), TITLE.en)
    return Chart(
        title=voice(TITLE),
        subtitle=voice(SUBTITLE, year=year),
        note=voice(NOTE, unplaced=_unplaced(voice, zones), parks=voice(PARKS_NOTE)),
        description=_description(voice, zones, parks, (total, share), year),
        figures=(*(z.figure for z in (*zones, *parks)), *wholes.values()),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=(
            *(_row(voice, zone) for zone in (*zones, *parks)),
            *(_row(voice, Zone(c, voice.area(c), c, whole)) for c, whole in wholes.items()),
        ),
        spec=lambda layout: picture(_ground(voice, zones, parks), layout),
        citations=_ground_citations(dataset, (*zones, *parks)),
    )


def _zones(voice: Voice) -> tuple[tuple[Zone, ...], int]:
    """The zones of the newest year that both surveys have, the largest first."""
    found = {
        code: by_year(counts(voice.dataset, AREA, code))
        for code, area in voice.dataset.areas.items()
        if code in (*REGIONS, VALLEY) or (area.kind is AreaKind.ZONE and area.parent == "PE")
    }
    years = [
        {year for code, figures in found.items() if code.startswith(country) for year in figures}
        for country in PAIR
    ]
    common = years[0] & years[1]
    required(sorted(common), "the zones of both surveys in one year")
    year = max(common)
    zones = [_zone(voice, code, f[year]) for code, f in found.items() if year in f]
    return tuple(sorted(zones, key=lambda zone: (-middle(zone.figure), zone.name))), year


def _parks(voice: Voice) -> tuple[Zone, ...]:
    """The protected areas in which coca was counted, each with its newest figure, north first."""
    found: dict[str, Zone] = {}
    for indicator in PARKS:
        for code, area in voice.dataset.areas.items():
            figures = by_year(counts(voice.dataset, indicator, code))
            if area.kind is AreaKind.PROTECTED_AREA and figures and code not in found:
                found[code] = _zone(voice, code, figures[max(figures)])
    where = voice.dataset.positions
    return tuple(
        sorted(
            found.values(), key=lambda z: (-where[z.code].lat if z.code in where else 90, z.name)
        )
    )


def _zone(voice: Voice, code: str, figure: Figure) -> Zone:
    name = voice.area(code)
    if voice.dataset.areas[code].kind is AreaKind.ZONE:
        name = rows.short(name)  # without the addition that tells a zone from a department
    return Zone(code, name, voice.dataset.country_of(code) or "", figure)


def _sum(zones: Iterable[Zone]) -> Decimal:
    return sum((middle(zone.figure) for zone in zones), Decimal(0))


def _unplaced(voice: Voice, zones: tuple[Zone, ...]) -> str:
    """What the note says of zones without a position; nothing if all have one."""
    lost = [zone for zone in zones if zone.code not in voice.dataset.positions]
    if not lost:
        return ""
    names = voice.listed([zone.name for zone in lost])
    return voice(UNPLACED, zones=names, area=voice.amount(_sum(lost), "ha"))


def _ground_citations(dataset: Dataset, zones: Iterable[Zone]) -> tuple[Citation, ...]:
    """Where the outlines and the positions that are drawn come from."""
    cities = [code for code, area in dataset.areas.items() if area.kind is AreaKind.CITY]
    drawn = [dataset.positions.get(code) for code in (*(z.code for z in zones), *cities)]
    points = [position.citation for position in drawn if position is not None]
    ground = [Citation(outline.source, "") for outline in dataset.outlines.values()]
    return tuple(dict.fromkeys((*ground, *points)))


def _row(voice: Voice, zone: Zone) -> tuple[Cell, ...]:
    return (
        Cell(zone.name),
        Cell(voice.area(zone.country)),
        Cell(_counted(voice, zone.figure)),
        Cell(when(zone.figure)),
        voice.cell(zone.figure),
    )


def _counted(voice: Voice, figure: Figure) -> str:
    """The title of the indicator that a figure belongs to."""
    return voice.dataset.indicator(figure.id.partition("/")[0]).title[voice.language]


def _description(
    voice: Voice,
    zones: tuple[Zone, ...],
    parks: tuple[Zone, ...],
    whole: tuple[Decimal, Decimal],
    year: int,
) -> tuple[str, ...]:
    total, share = whole
    named = [voice(ONE, name=z.name, value=voice.figure(z.figure)) for z in zones[:LARGEST]]
    said = [
        voice(
            SHARE,
            zones=voice.listed(named),
            area=voice.amount(_sum(zones[:LARGEST]), "ha"),
            total=voice.amount(total, "ha"),
            year=year,
            share=voice.number(share),
        )
    ]
    for country in PAIR:
        own = [zone for zone in zones if zone.country == country]
        said.append(
            voice(
                COUNTRY,
                country=voice.area(country),
                count=len(own),
                area=voice.amount(_sum(own), "ha"),
                least=voice(ONE, name=own[-1].name, value=voice.figure(own[-1].figure)),
                most=voice(ONE, name=own[0].name, value=voice.figure(own[0].figure)),
            )
        )
    placed = sorted(
        (zone for zone in zones if zone.code in voice.dataset.positions),
        key=lambda zone: voice.dataset.positions[zone.code].lat,
    )
    inside = [
        voice(IN_YEAR, name=p.name, value=voice.figure(p.figure), year=when(p.figure))
        for p in parks
    ]
    said.append(voice(REACH, north=placed[-1].name, south=placed[0].name))
    return (*said, voice(IN_PARKS, parks=voice.listed(inside)))


def _ground(voice: Voice, zones: tuple[Zone, ...], parks: tuple[Zone, ...]) -> Ground:
    """All that the picture shows, put into words."""
    dataset = voice.dataset
    return Ground(
        outlines=tuple(dataset.outlines.values()),
        zones=tuple(_marks(voice, zones)),
        parks=tuple(_marks(voice, parks)),
        cities=tuple(
            Mark(code, rows.short(voice.area(code)), (at.lon, at.lat))
            for code, at in dataset.positions.items()
            if dataset.areas[code].kind is AreaKind.CITY
        ),
        words=Words(
            zones=voice(ZONE_KEY),
            parks=voice(PARK_KEY),
            sizes=voice(SIZE_KEY),
            number=voice.number,
            outline=lambda outline: outline.name[voice.language],
        ),
    )


def _marks(voice: Voice, zones: Iterable[Zone]) -> Iterable[Mark]:
    """The zones that have a position."""
    for zone in zones:
        if (at := voice.dataset.positions.get(zone.code)) is not None:
            yield Mark(
                code=zone.code,
                name=zone.name,
                country=zone.country,
                point=(at.lon, at.lat),
                value=middle(zone.figure),
                tip=voice.tip(zone.figure, zone.name),
                figure=zone.figure.id,
            )
