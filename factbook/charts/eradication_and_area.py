"""Eradication against standing area, year by year: connected points for Bolivia and Peru.

Each country has axes of its own, since Peru clears and grows three times as much. A line joins
neighbouring years only; it stops where either figure is missing or a range, or the count of the
area changed its method.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.pairs import Year, changes, contrast, joined_years, opposite, years_of
from factbook.charts.placing import Point, Wish, placed
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.theme import SMALL, Frame, Layer, Picture, panels
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "eradication-and-area"
INDICATORS = ("coca-area", "eradication")

PAIR = ("BO", "PE")
ALIKE = Decimal("0.05")
STEPS = {"BO": (2_000, 5_000), "PE": (10_000, 10_000)}

TITLE = Text(
    "From one year to the next, eradication and area mostly moved in opposite directions",
    "De un año a otro, la erradicación y la superficie se movieron las más de las veces en sentidos"
    " opuestos",
)
SUBTITLE = Text(
    "Hectares eradicated in a year (across) and hectares standing at its end (upwards), {first} to"
    " {last}",
    "Hectáreas erradicadas en un año (horizontal) y hectáreas en pie al final (vertical), {first} a"
    " {last}",
)
NOTE = Text(
    "This shows no cause and no lasting effect ({contrast}). Eradication is work done over a year,"
    " the area what stands when it is over. A field pulled out can be replanted within the year,"
    " land can be cleared twice; new fields, zones counted for the first time and prices are not in"
    " the picture, and different bodies count at different dates. Each country has its own scales;"
    " not all begin at zero. A line joins neighbouring years and stops at a missing"
    " figure or a change of method. A bar is a year whose eradication is known only as a range.",
    "Esto no muestra causas ni un efecto duradero ({contrast}). La erradicación es trabajo hecho"
    " durante un año; la superficie, lo que queda en pie cuando termina. Un campo arrancado puede"
    " replantarse ese mismo año y una tierra puede limpiarse dos veces; los campos nuevos, las zonas"
    " contadas por primera vez y los precios no están en el gráfico, y cuentan entidades distintas"
    " en fechas distintas. Cada país tiene sus propias escalas, y no todas empiezan en cero."
    " Una línea une años vecinos y se corta donde falta un dato o cambia el método. Una barra es un"
    " año cuya erradicación se conoce solo como rango.",
)
CONTRAST = Text(
    "{country}: {pulled} eradicated and {standing} standing in {year}, {pulled2} and {standing2} in"
    " {year2}",
    "{country}: {pulled} erradicadas y {standing} en pie en {year}, {pulled2} y {standing2} en"
    " {year2}",
)
ACROSS = Text("eradicated in the year", "erradicadas en el año")
UPWARDS = Text("standing at its end", "en pie al final")
TIP = Text(
    "{country}, {year}: {pulled} eradicated, {standing} standing",
    "{country}, {year}: {pulled} erradicadas, {standing} en pie",
)
MOVES = Text(
    "{country}: {count} years have both figures; {compared} of them can be compared with the year"
    " before. In {opposite} of these eradication and area moved in opposite directions, in {same}"
    " not.",
    "{country}: {count} años tienen ambos datos; {compared} de ellos se pueden comparar con el año"
    " anterior. En {opposite} de estos la erradicación y la superficie se movieron en sentidos"
    " opuestos; en {same}, no.",
)
ENDS = Text(
    "{country}: {pulled} eradicated and {standing} standing in {year}.",
    "{country}: {pulled} erradicadas y {standing} en pie en {year}.",
)
MISSING = Text("{country}: no pair for {years}.", "{country}: ningún par para {years}.")
YEAR = Text("Year", "Año")
COLUMNS = (
    Text("{country}, eradicated (ha)", "{country}, erradicada (ha)"),
    Text("{country}, standing (ha)", "{country}, en pie (ha)"),
)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its two indicators."""
    voice = Voice(dataset, language)
    found = {code: years_of(dataset, code) for code in PAIR}
    for code, years in found.items():
        required(years, f"{code} in years with both")
        compared = changes(dataset, years)
        borne_out(len(opposite(compared)) > len(compared) / 2, TITLE.en)
    return Chart(
        title=voice(TITLE),
        subtitle=voice(
            SUBTITLE,
            first=min(years[0].year for years in found.values()),
            last=max(years[-1].year for years in found.values()),
        ),
        note=voice(NOTE, contrast=_contrast_sentence(voice, found)),
        description=tuple(
            sentence for code, years in found.items() for sentence in _sentences(voice, code, years)
        ),
        figures=tuple(
            figure
            for years in found.values()
            for pick in ("pulled", "standing")
            for figure in (getattr(year, pick) for year in years)
        ),
        columns=(
            voice(YEAR),
            *(voice(column, country=voice.area(code)) for code in PAIR for column in COLUMNS),
        ),
        rows=_table(voice, found),
        spec=lambda layout: _spec(voice, found, layout),
    )


def _contrast_sentence(voice: Voice, found: Mapping[str, Sequence[Year]]) -> str:
    unlike = contrast(found.values(), alike=ALIKE)
    if unlike is None:
        return ""
    small, large = unlike
    return voice(
        CONTRAST,
        country=voice.area(small.standing.area),
        pulled=voice.figure(small.pulled),
        standing=voice.figure(small.standing),
        year=small.year,
        pulled2=voice.figure(large.pulled),
        standing2=voice.figure(large.standing),
        year2=large.year,
    )


def _sentences(voice: Voice, code: str, years: Sequence[Year]) -> tuple[str, ...]:
    country = voice.area(code)
    compared = changes(voice.dataset, years)
    turned = len(opposite(compared))
    have = {year.year for year in years}
    gaps = [year for year in range(min(have), max(have)) if year not in have]
    return (
        *(_end(voice, country, year) for year in (years[0], years[-1])),
        voice(
            MOVES,
            country=country,
            count=len(years),
            compared=len(compared),
            opposite=turned,
            same=len(compared) - turned,
        ),
        *((voice(MISSING, country=country, years=describe.spans(voice, gaps)),) if gaps else ()),
    )


def _end(voice: Voice, country: str, year: Year) -> str:
    return voice(
        ENDS,
        country=country,
        pulled=voice.figure(year.pulled),
        standing=voice.figure(year.standing),
        year=year.year,
    )


def _table(voice: Voice, found: dict[str, tuple[Year, ...]]) -> tuple[tuple[Cell, ...], ...]:
    columns = [{y.year: y for y in years} for years in found.values()]
    return tuple(
        (
            Cell(str(year)),
            *(voice.cell(figure) for column in columns for figure in _both(column.get(year))),
        )
        for year in sorted({year for column in columns for year in column})
    )


def _both(year: Year | None) -> tuple[Figure | None, Figure | None]:
    return (None, None) if year is None else (year.pulled, year.standing)


def _spec(voice: Voice, found: dict[str, tuple[Year, ...]], layout: Layout) -> Picture:
    narrow = layout.narrow
    drawn: list[tuple[Frame, Picture]] = []
    for code, years in found.items():
        across, upwards = STEPS[code]
        standing = [amount(year.standing) for year in years]
        pulled = [float(y.pulled.high or 0) or amount(y.pulled) for y in years]
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=360 if narrow else 460,
            x=(_foot(pulled, across), rows.top(pulled, across)),
            y=(_foot(standing, upwards), rows.top(standing, upwards)),
            left=50,
            right=22,
            top=50,
            bottom=44,
        )
        drawn.append((frame, _panel(voice, frame, code, years)))
    return panels(drawn[0], drawn[1], beside=not narrow)


def _foot(amounts: Sequence[float], step: int) -> int:
    """The last whole step below the lowest amount, with some room under it."""
    return math.floor(min(amounts) / step - 0.1) * step


def _panel(voice: Voice, frame: Frame, code: str, years: tuple[Year, ...]) -> Picture:
    colour = palette.COUNTRIES[code]
    country = voice.area(code)
    points = [
        {
            "x": amount(year.pulled),
            "y": amount(year.standing),
            "tip": _tip(voice, country, year),
            "figure": year.standing.id,
        }
        for year in years
    ]
    exact = [p for p, year in zip(points, years, strict=True) if year.pulled.value is not None]
    layers: list[Layer] = [
        *_axes(voice, frame, code),
        *frame.heading(country, colour, raised=38),
        frame.rules(_ranges(voice, country, years), colour, width=4),
        *(frame.path(run, colour, width=1.3, dash=()) for run in _joined(voice.dataset, years)),
        frame.dots(exact, colour, size=34),
        frame.dots(exact[-1:], colour, size=90),
        *_labels(voice, frame, years, colour),
        frame.targets(points, size=180),
    ]
    return frame.plot(layers)


def _tip(voice: Voice, country: str, year: Year) -> str:
    return voice(
        TIP,
        country=country,
        year=year.text,
        pulled=voice.figure(year.pulled),
        standing=voice.figure(year.standing),
    )


def _joined(dataset: Dataset, years: tuple[Year, ...]) -> list[list[Row]]:
    """The corners of each line, in the order of time."""
    return [
        [{"x": amount(y.pulled), "y": amount(y.standing), "figure": y.pulled.id} for y in run]
        for run in joined_years(dataset, years)
    ]


def _ranges(voice: Voice, country: str, years: tuple[Year, ...]) -> list[Row]:
    return [
        {
            "x": float(year.pulled.low),
            "x2": float(year.pulled.high),
            "y": amount(year.standing),
            "y2": amount(year.standing),
            "tip": _tip(voice, country, year),
            "figure": year.pulled.id,
        }
        for year in years
        if year.pulled.value is None
        and year.pulled.low is not None
        and year.pulled.high is not None
    ]


def _axes(voice: Voice, frame: Frame, code: str) -> list[Layer]:
    across, upwards = STEPS[code]
    left, bottom = frame.x[0], frame.y[0]
    tall = {
        y: text for y, text in rows.ticks(voice, int(frame.y[1]), upwards).items() if y >= bottom
    }
    wide = {x: text for x, text in rows.ticks(voice, int(frame.x[1]), across).items() if x >= left}
    marks = [{"x": x, "x2": x, "y": bottom, "y2": bottom - frame.dy(5)} for x in wide]
    texts = [{"x": x, "y": bottom - frame.dy(8), "text": text} for x, text in wide.items()]
    name = {"x": frame.x[1], "y": bottom - frame.dy(26), "text": f"{voice(ACROSS)} →"}
    up = {**frame.back(6 - frame.left, -20), "text": f"↑ {voice(UPWARDS)}"}
    return [
        *frame.grid(tall),
        frame.rules(marks, palette.MUTED),
        *frame.text(texts, palette.MUTED, align="center", baseline="top"),
        *frame.text([name], palette.MUTED, align="right", baseline="top"),
        *frame.text([up], palette.MUTED),
    ]


def _labels(voice: Voice, frame: Frame, years: tuple[Year, ...], colour: str) -> list[Layer]:
    """The years beside their points, as many as there is room for; the ends of lines always."""
    parts = joined_years(voice.dataset, years)
    ends = {end.year for run in parts for end in (run[0], run[-1])}

    def at(year: Year) -> Point:
        return frame.at(amount(year.pulled), amount(year.standing))

    wishes = [Wish(y.text, at(y), (4 * SMALL * 0.52, SMALL), y.year in ends) for y in years]
    lines = [[at(year) for year in run] for run in parts]
    bars = _ranges(voice, "", years)
    lines += [[frame.at(bar["x"], bar["y"]), frame.at(bar["x2"], bar["y2"])] for bar in bars]
    found = placed(wishes, room=frame.inner, lines=lines)
    texts = [{**frame.back(*spot), "text": text} for text, spot in found.items()]
    last = years[-1].text
    return [
        *frame.text([t for t in texts if t["text"] != last], palette.INK, align="center"),
        *frame.text([t for t in texts if t["text"] == last], colour, align="center", bold=True),
    ]
