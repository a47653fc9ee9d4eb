"""What was seized, by form and country: base, hydrochloride, both together, and leaf.

Four panels rather than stacked columns: base and hydrochloride are different substances, the years
for which one is known are not those of the other, and the totals were stated on their own. Leaf is
weighed in hundreds of tonnes, so its panel has another scale, which its heading says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factbook import formatting
from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.placing import Wish, placed
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import middle, year_of
from factbook.charts.statements import Statements, start_year, statements
from factbook.charts.theme import SMALL, Frame, Layer, Picture, grid
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text
from factbook.periods import Period

ID = "seizures"
INDICATORS = ("seizures-base", "seizures-hydrochloride", "seizures-cocaine", "seizures-leaf")

BASE, POWDER, BOTH, LEAF = INDICATORS
PAIR = ("BO", "PE")
STEPS = {BASE: 20, POWDER: 20, BOTH: 20, LEAF: 200}
SHAPES = {"BO": "circle", "PE": "square"}
ASIDE = {"BO": -0.24, "PE": 0.24}

TITLE = Text(
    "More hydrochloride seized in {year} than in any other year with a figure, in both countries",
    "En {year} se incautó más clorhidrato que en cualquier otro año con dato, en ambos países",
)
SUBTITLE = Text(
    "Seizures in Bolivia and Peru by form, tonnes, {first} to {last}; leaf on a scale {times} times as"
    " large",
    "Incautaciones en Bolivia y el Perú por forma, toneladas, {first} a {last}; la hoja, en una escala"
    " {times} veces mayor",
)
HEADS = {
    BASE: Text("Cocaine base", "Base de cocaína"),
    POWDER: Text("Cocaine hydrochloride", "Clorhidrato de cocaína"),
    BOTH: Text("Both, as totals were stated", "Ambas, según los totales publicados"),
    LEAF: Text("Coca leaf (other scale)", "Hoja de coca (otra escala)"),
}
NAMES = {
    BASE: Text("Cocaine base, {country}", "Base de cocaína, {country}"),
    POWDER: Text("Hydrochloride, {country}", "Clorhidrato, {country}"),
    BOTH: Text("Stated totals, {country}", "Totales publicados, {country}"),
    LEAF: Text("Leaf, {country}", "Hoja, {country}"),
}
NOTE = Text(
    "Circles: {first}; squares: {second}. Open marks count part of a year. A cross is another value"
    " in print for the same time, most of them contradicted or totals of all drugs. A year without"
    " a mark has no figure here; it is not zero. More seized can mean more work by police, one large"
    " load or more cocaine, and part of it was only passing through. The leaf is not cocaine.",
    "Círculos: {first}; cuadrados: {second}. Las marcas abiertas cuentan parte de un año. Una cruz"
    " es otro valor publicado para el mismo tiempo, casi siempre contradicho o un total de todas las"
    " drogas. Un año sin marca no tiene dato aquí; no es cero. Más incautado puede ser más trabajo"
    " policial, una carga grande o más cocaína, y una parte solo iba de paso. La hoja no es"
    " cocaína.",
)
NEWEST = Text("The newest: {value} in {year}.", "El más reciente: {value} en {year}.")
MISSING = Text("No figure for the whole of {years}.", "No hay dato del año completo para {years}.")
NONE = Text("{name}: no figure for a whole year.", "{name}: ningún dato de un año completo.")
PARTS = Text("Counts of part of a year: {values}.", "Conteos de parte de un año: {values}.")
OTHERS = Text("Also in print: {values}.", "También publicado: {values}.")
VALUE = Text("{value} ({period})", "{value} ({period})")
TIP = Text("{name}, {period}: {value} ({maker})", "{name}, {period}: {value} ({maker})")
OTHER_TIP = Text(
    "{name}, {period}, also in print: {value} ({maker})",
    "{name}, {period}, también publicado: {value} ({maker})",
)
ALSO = Text("{period}, also in print", "{period}, también publicado")
COLUMNS = (
    Text("Time", "Tiempo"),
    Text("Country", "País"),
    Text("Base (t)", "Base (t)"),
    Text("Hydrochloride (t)", "Clorhidrato (t)"),
    Text("Both, as stated (t)", "Ambas, según lo publicado (t)"),
    Text("Leaf (t)", "Hoja (t)"),
)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its four indicators."""
    voice = Voice(dataset, language)
    series = tuple(statements(dataset, name, code) for name in INDICATORS for code in PAIR)
    powder = [found for found in series if found.indicator == POWDER]
    for found in powder:
        required(found.years, f"{POWDER} in {found.area}")
    peaks = {year_of(max(found.years, key=middle)) for found in powder}
    borne_out(len(peaks) == 1, TITLE.en)
    figures = tuple(f for found in series for f in found.figures)
    years = sorted(start_year(f.period) for f in figures)
    tops = _tops(series)
    return Chart(
        title=voice(TITLE, year=max(peaks)),
        subtitle=voice(
            SUBTITLE,
            first=years[0],
            last=years[-1],
            times=tops[LEAF] // tops[BASE],
        ),
        note=voice(NOTE, first=voice.area(PAIR[0]), second=voice.area(PAIR[1])),
        description=tuple(s for found in series for s in _sentences(voice, found)),
        figures=figures,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, series),
        spec=lambda layout: _spec(voice, series, tops, (years[0], years[-1]), layout),
    )


def _tops(series: Iterable[Statements]) -> Mapping[str, int]:
    """Where the axes end: all panels of cocaine on one scale, leaf on its own."""
    found = {True: 0, False: 0}
    for one in series:
        leaf = one.indicator == LEAF
        highest = [amount(f) for f in one.figures]
        found[leaf] = max(found[leaf], rows.top(highest, STEPS[one.indicator]) if highest else 0)
    return {name: found[name == LEAF] for name in INDICATORS}


def _sentences(voice: Voice, series: Statements) -> tuple[str, ...]:
    said: list[str] = []
    name = voice(NAMES[series.indicator], country=voice.area(series.area))
    if series.years:
        last = series.years[-1]
        said += describe.range_of(voice, series.years, name)
        said.append(voice(NEWEST, value=voice.figure(last), year=year_of(last)))
        if missing := describe.gaps_of(voice, series.years):
            said.append(voice(MISSING, years=missing))
    elif series.parts:
        said.append(voice(NONE, name=name))
    if series.parts:
        said.append(voice(PARTS, values=_values(voice, series.parts)))
    if series.others:
        said.append(voice(OTHERS, values=_values(voice, series.others)))
    return tuple(said)


def _values(voice: Voice, figures: Iterable[Figure]) -> str:
    return voice.listed(
        [voice(VALUE, value=voice.figure(f), period=_period(voice, f)) for f in figures]
    )


def _period(voice: Voice, figure: Figure) -> str:
    return formatting.period(figure.period, voice.language)


def _table(voice: Voice, series: tuple[Statements, ...]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each time and country, and one below it for what else is in print."""
    found: dict[tuple[Period, str, int], dict[str, Figure]] = {}
    for one in series:
        for figure in (*one.years, *one.parts):
            found.setdefault((figure.period, one.area, 0), {})[one.indicator] = figure
        for at, figure in enumerate(one.others, 1):
            found.setdefault((figure.period, one.area, at), {})[one.indicator] = figure
    return tuple(
        (
            Cell(_when(voice, period, also=at > 0)),
            Cell(voice.area(country)),
            *(voice.cell(values.get(name)) for name in INDICATORS),
        )
        for (period, country, at), values in sorted(found.items())
    )


def _when(voice: Voice, period: Period, *, also: bool) -> str:
    text = formatting.period(period, voice.language)
    return voice(ALSO, period=text) if also else text


def _spec(
    voice: Voice,
    series: tuple[Statements, ...],
    tops: Mapping[str, int],
    span: tuple[int, int],
    layout: Layout,
) -> Picture:
    narrow = layout.narrow
    cells: list[tuple[Frame, Picture]] = []
    for indicator in INDICATORS:
        frame = Frame(
            layout,
            width=layout.width if narrow else layout.width // 2,
            height=210 if narrow else 250,
            x=(span[0] - 0.8, span[1] + 0.8),
            y=(0, tops[indicator]),
            left=36,
            right=14,
            top=34,
        )
        here = [one for one in series if one.indicator == indicator]
        cells.append((frame, _panel(voice, frame, indicator, here)))
    return grid([[cell] for cell in cells] if narrow else [cells[:2], cells[2:]])


def _panel(voice: Voice, frame: Frame, indicator: str, series: list[Statements]) -> Picture:
    years = range(int(frame.x[0] + 1), int(frame.x[1]) + 1)
    layers: list[Layer] = [
        *frame.grid(rows.ticks(voice, int(frame.y[1]), STEPS[indicator])),
        *frame.years(year for year in years if year % 5 == 0),
        *frame.heading(voice(HEADS[indicator])),
    ]
    for one in series:
        colour, shape = palette.COUNTRIES[one.area], SHAPES[one.area]
        whole, parts = (_points(voice, one, figures) for figures in (one.years, one.parts))
        stems = [{"x": p["x"], "x2": p["x"], "y": 0, "y2": p["y"]} for p in (*whole, *parts)]
        others = _points(voice, one, one.others)
        crosses = [{"x": p["x"], "y": p["y"], "text": "\N{MULTIPLICATION SIGN}"} for p in others]
        layers += [
            frame.rules(stems, colour, width=2),
            frame.dots(whole, colour, size=48, shape=shape),
            frame.dots(parts, colour, size=44, shape=shape, hollow=True),
            *frame.text(crosses, colour, align="center", size=17, bold=True),
            frame.targets(others, size=140),
        ]
    return frame.plot([*layers, *_peaks(voice, frame, series)])


def _points(voice: Voice, series: Statements, figures: Iterable[Figure]) -> list[Row]:
    name = voice(NAMES[series.indicator], country=voice.area(series.area))
    return [
        {
            "x": start_year(f.period) + ASIDE[series.area],
            "y": amount(f),
            "tip": voice(
                OTHER_TIP if f in series.others else TIP,
                name=name,
                period=_period(voice, f),
                value=voice.figure(f, decimals=1),
                maker=voice.producer(f),
            ),
            "figure": f.id,
        }
        for f in figures
    ]


def _peaks(voice: Voice, frame: Frame, series: list[Statements]) -> list[Layer]:
    """The highest value of each country, with the country's name."""
    wishes: list[Wish] = []
    texts: dict[str, tuple[str, str]] = {}
    for one in series:
        points = _points(voice, one, one.figures)
        shown = (*one.years, *one.parts)
        if not shown:
            continue
        peak = max(one.years or one.parts, key=middle)
        value = voice.figure(peak, unit=False, decimals=0 if one.indicator == LEAF else 1)
        texts[peak.id] = (f"{voice.area(one.area)}: {value}", one.area)
        for figure, point in zip(one.figures, points, strict=True):
            text = texts[figure.id][0] if figure.id in texts else ""
            size = (len(text) * SMALL * 0.52 + 2, SMALL) if text else (1, 1)
            wishes.append(Wish(figure.id, frame.at(point["x"], point["y"]), size, bool(text)))
    stems = [[wish.at, (wish.at[0], frame.inner[1])] for wish in wishes]
    layers: list[Layer] = []
    for name, (x, y) in placed(wishes, room=frame.inner, lines=stems, away=7).items():
        if name in texts:
            text, country = texts[name]
            spot = {**frame.back(x, y), "text": text}
            layers += frame.text(
                [spot], palette.COUNTRIES[country], align="center", bold=True, halo=True
            )
    return layers
