"""A cato beside a football pitch, and the legal ceiling beside both, all drawn to scale.

Two scales: plot and pitch share one, the ceiling is drawn :data:`SMALLER` times smaller in each
direction, in both layouts. A plot known by its area only is drawn as a square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, sqrt

from factbook import formatting
from factbook.charts import palette
from factbook.charts.canvas import LEADING, Box, Words, canvas, outline, stacked, words
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import short
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "plot-to-scale"
INDICATORS = ("plot-size", "cato-side-length", "pitch-length", "pitch-width", "legal-ceiling")
RECORDS = ("derivations",)

COUNTRY, CHAPARE, YUNGAS, WORLD = "BO", "BO-CHAPARE", "BO-YUNGAS", "001"
SMALLER = 200
"""How many times smaller than plot and pitch the ceiling is drawn, in each direction."""
BAR = 50
"""Metres that the scale bar stands for beside plot and pitch."""
SQUARE_METRES = 10_000
"""In a hectare."""
EDGE, GAP, UNDER = 2, 28, 30
"""Pixels: at the rim, between two drawings, and from a drawing down to its words."""
DASH = (4, 3)

TITLE = Text(
    "A football pitch is as large as {least} or {most} catos",
    "Una cancha de fútbol equivale a {least} o {most} catos",
)
SUBTITLE = Text(
    "A coca plot of the Chapare, a pitch for international matches, and the area that Bolivian law"
    " allows since {year}",
    "Una parcela de coca del Chapare, una cancha para partidos internacionales y la superficie que"
    " permite la ley boliviana desde {year}",
)
NOTE = Text(
    "Drawn to scale: plot and pitch at one scale, the legal area {times} times smaller. The solid"
    " edge is the smallest size, the dashed one the largest. Only the area of the largest cato is"
    " known; it is drawn as a square, as is the legal area, which in truth lies scattered.",
    "A escala: la parcela y la cancha a una misma, la superficie legal {times} veces menor. El borde"
    " continuo es el tamaño mínimo y el discontinuo, el máximo. Del cato mayor solo se conoce la"
    " superficie; se dibuja como cuadrado, igual que la superficie legal, que en realidad está"
    " dispersa.",
)
CATO = Text("One cato", "Un cato")
PITCH = Text("Football pitch", "Cancha de fútbol")
CEILING = Text("Legal ceiling", "Tope legal")
CATO_SAYS = Text(
    "{area} in the Chapare, {side} a side; up to {most} elsewhere",
    "{area} en el Chapare, {side} de lado; hasta {most} en otras regiones",
)
PITCH_SAYS = Text(
    "{length} by {width}, the area of {catos} catos of the Chapare",
    "{length} por {width}: la superficie de {catos} catos del Chapare",
)
CEILING_SAYS = Text(
    "{area}, as a square {side} a side: {pitches} pitches",
    "{area}, como cuadrado de {side} de lado: {pitches} canchas",
)
PART = Text("{name}: {area}", "{name}: {area}")
HOLDS = Text("room for {catos} catos", "caben {catos} catos")
ONE_CATO = Text("one cato", "un cato")
METRES = Text("{n} m", "{n}\N{NO-BREAK SPACE}m")
KILOMETRES = Text("{n} km", "{n}\N{NO-BREAK SPACE}km")
DESCRIPTION = (
    Text(
        "A cato of the Chapare is a square of {side} a side, {area}; across Bolivia a cato measures"
        " {range}.",
        "Un cato del Chapare es un cuadrado de {side} de lado, {area}; en Bolivia un cato mide"
        " {range}.",
    ),
    Text(
        "A football pitch for international matches is {length} long and {width} wide, which is the"
        " area of {catos} such catos.",
        "Una cancha de fútbol para partidos internacionales mide {length} de largo y {width} de"
        " ancho: la superficie de {catos} de esos catos.",
    ),
    Text(
        "The legal ceiling, {ceiling} since {year}, is as much as {pitches} pitches; as one square"
        " it would be {edge} a side.",
        "El tope legal, {ceiling} desde {year}, equivale a {pitches} canchas; como un solo cuadrado"
        " tendría {edge} de lado.",
    ),
    Text(
        "Of it {yungas} lie in the Yungas and {chapare} in the Chapare, whose part would hold"
        " {holds} catos.",
        "De él, {yungas} están en los Yungas y {chapare} en el Chapare, cuya parte alcanza para"
        " {holds} catos.",
    ),
)
COLUMNS = (
    Text("What", "Qué"),
    Text("Size", "Tamaño"),
    Text("In football pitches", "En canchas de fútbol"),
    Text("In catos of the Chapare", "En catos del Chapare"),
)
LARGEST = Text("Cato, all regions", "Cato, todas las regiones")
LONG = Text("Football pitch, length", "Cancha de fútbol, largo")
BROAD = Text("Football pitch, width", "Cancha de fútbol, ancho")
SIDE = Text("Cato of the Chapare, side", "Cato del Chapare, lado")
OF_CHAPARE = Text("Cato of the Chapare", "Cato del Chapare")
PART_OF = Text("Legal ceiling, {name}", "Tope legal, {name}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Everything that is drawn."""

    plot: Figure
    plots: Figure
    side: Figure
    length: Figure
    width: Figure
    ceiling: Figure
    yungas: Figure
    chapare: Figure
    catos_on_pitch: Figure
    catos_in_chapare: Figure
    pitches: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order of the picture."""
        return tuple(getattr(self, name) for name in self.__slots__)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from plots, pitch and ceiling, and the derived figures that compare them."""
    voice = Voice(dataset, language)
    sizes = _sizes(dataset)
    low, high = _ends(sizes.catos_on_pitch)
    least, most = floor(low), floor(high)
    borne_out(most == least + 1, TITLE.en)
    year = sizes.ceiling.period.start.year
    return Chart(
        title=voice(
            TITLE, least=formatting.words(least, language), most=formatting.words(most, language)
        ),
        subtitle=voice(SUBTITLE, year=year),
        note=voice(NOTE, times=SMALLER),
        description=_description(voice, sizes, year),
        figures=sizes.figures,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, sizes),
        spec=lambda layout: _spec(voice, sizes, layout),
    )


def _sizes(dataset: Dataset) -> Sizes:
    """The figures, as they stand in the year of the ceiling in force."""
    ceilings = dataset.series("legal-ceiling", COUNTRY)
    required(ceilings, "the legal ceiling")
    year = str(ceilings[-1].period.start.year)
    sides = dataset.series("cato-side-length", CHAPARE)
    required(sides, "the side of a cato")
    pitches = (dataset.series("pitch-length", WORLD), dataset.series("pitch-width", WORLD))
    for found in pitches:
        required(found, "the size of a football pitch")
    return Sizes(
        plot=dataset.figure("plot-size", CHAPARE, year),
        plots=dataset.figure("plot-size", COUNTRY, year),
        side=sides[-1],
        length=pitches[0][-1],
        width=pitches[1][-1],
        ceiling=ceilings[-1],
        yungas=dataset.figure("legal-ceiling", YUNGAS, year),
        chapare=dataset.figure("legal-ceiling", CHAPARE, year),
        catos_on_pitch=dataset.derived("catos-on-pitch", CHAPARE, year),
        catos_in_chapare=dataset.derived("catos-in-ceiling", CHAPARE, year),
        pitches=dataset.derived("pitches-in-ceiling", COUNTRY, year),
    )


def _ends(figure: Figure) -> tuple[float, float]:
    """The smallest and the largest a figure says: the value twice if there is no range."""
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    required([end for end in (low, high) if end is not None], figure.id)
    assert low is not None and high is not None
    return float(low), float(high)


def _edge(voice: Voice, hectares: Figure) -> str:
    """The side of a square of that area, in kilometres."""
    metres = sqrt(_ends(hectares)[1] * SQUARE_METRES)
    return voice(KILOMETRES, n=voice.number(Decimal(round(metres / 100)) / 10, 1))


def _description(voice: Voice, sizes: Sizes, year: int) -> tuple[str, ...]:
    said = {
        "side": voice.figure(sizes.side),
        "area": voice.figure(sizes.plot),
        "range": voice.figure(sizes.plots),
        "length": voice.figure(sizes.length),
        "width": voice.figure(sizes.width),
        "catos": voice.figure(sizes.catos_on_pitch),
        "ceiling": voice.figure(sizes.ceiling),
        "year": year,
        "pitches": voice.figure(sizes.pitches),
        "edge": _edge(voice, sizes.ceiling),
        "yungas": voice.figure(sizes.yungas),
        "chapare": voice.figure(sizes.chapare),
        "holds": voice.figure(sizes.catos_in_chapare),
    }
    return tuple(voice(sentence, **said) for sentence in DESCRIPTION)


def _table(voice: Voice, sizes: Sizes) -> tuple[tuple[Cell, ...], ...]:
    def row(
        name: str, size: Figure, pitches: Figure | None = None, catos: Figure | None = None
    ) -> tuple[Cell, ...]:
        return (
            Cell(name),
            Cell(voice.figure(size), size.id),
            voice.cell(pitches),
            voice.cell(catos),
        )

    return (
        row(voice(OF_CHAPARE), sizes.plot),
        row(voice(SIDE), sizes.side),
        row(voice(LARGEST), sizes.plots),
        row(voice(LONG), sizes.length, None, sizes.catos_on_pitch),
        row(voice(BROAD), sizes.width),
        row(voice(CEILING), sizes.ceiling, sizes.pitches),
        row(voice(PART_OF, name=voice.area(YUNGAS)), sizes.yungas),
        row(voice(PART_OF, name=voice.area(CHAPARE)), sizes.chapare, None, sizes.catos_in_chapare),
    )


# The picture


def _spec(voice: Voice, sizes: Sizes, layout: Layout) -> Picture:
    plot, pitch = sqrt(_ends(sizes.plots)[1]), _ends(sizes.length)[1]
    square = sqrt(_ends(sizes.ceiling)[1] * SQUARE_METRES) / SMALLER
    if layout.narrow:
        scale = (layout.width - 2 * EDGE) / pitch
        rooms = [float(layout.width - 2 * EDGE)] * 3
        lefts = [float(EDGE)] * 3
    else:
        scale = (layout.width - 2 * (GAP + EDGE)) / (plot + pitch + square)
        rooms = [scale * side for side in (plot, pitch, square)]
        lefts = [EDGE, EDGE + rooms[0] + GAP, EDGE + rooms[0] + rooms[1] + 2 * GAP]
    heights = [scale * side for side in (plot, _ends(sizes.width)[1], square)]
    texts = [_words(voice, sizes, at, room) for at, room in enumerate(rooms)]
    feet, tall = _feet(heights, texts, stacked=layout.narrow)
    frame = canvas(layout, tall)
    drawn = (_cato, _pitch, _ceiling)
    layers: list[Layer] = []
    for at, (left, foot) in enumerate(zip(lefts, feet, strict=True)):
        layers += drawn[at](voice, frame, sizes, scale, (left, foot))
        metres = BAR * (SMALLER if at == 2 else 1)
        layers += _bar(voice, frame, metres, scale * BAR, (left, foot)) if at != 1 else []
        layers += stacked(frame, texts[at], left, foot + UNDER)[0]
    return frame.finish(layers)


def _words(voice: Voice, sizes: Sizes, at: int, room: float) -> tuple[Words, Words]:
    """The name of a drawing and what it says, broken to its width."""
    edge = _edge(voice, sizes.ceiling)
    says = (
        voice(
            CATO_SAYS,
            area=voice.figure(sizes.plot),
            side=voice.figure(sizes.side),
            most=voice.amount(Decimal(_ends(sizes.plots)[1]), sizes.plots.unit),
        ),
        voice(
            PITCH_SAYS,
            length=voice.figure(sizes.length),
            width=voice.figure(sizes.width),
            catos=voice.figure(sizes.catos_on_pitch),
        ),
        voice(
            CEILING_SAYS,
            area=voice.figure(sizes.ceiling),
            side=edge,
            pitches=voice.figure(sizes.pitches),
        ),
    )
    name = words(voice((CATO, PITCH, CEILING)[at]), room, size=LABEL, bold=True)
    return name, words(says[at], room, palette.MUTED)


def _feet(
    heights: Sequence[float], texts: Sequence[tuple[Words, Words]], *, stacked: bool
) -> tuple[list[float], float]:
    """Where the drawings stand (their lower edges), and how tall the picture is."""
    below = [UNDER + sum(part.height for part in text) + 4 for text in texts]
    if not stacked:
        foot = EDGE + max(heights)
        return [foot] * len(heights), foot + max(below)
    feet: list[float] = []
    y = float(EDGE)
    for height, under in zip(heights, below, strict=True):
        feet.append(y + height)
        y += height + under + GAP
    return feet, y - GAP


def _bar(
    voice: Voice, frame: Frame, metres: int, long: float, corner: tuple[float, float]
) -> list[Layer]:
    """A scale bar under a drawing, with its length."""
    x, y = corner[0], corner[1] + 14
    kilometres = metres // 1000
    length = voice(KILOMETRES, n=kilometres) if kilometres else voice(METRES, n=metres)
    return [
        frame.rules([{"x": x, "x2": x + long, "y": y, "y2": y}], palette.INK, width=1.5),
        frame.rules(
            [{"x": end, "x2": end, "y": y - 4, "y2": y + 4} for end in (x, x + long)],
            palette.INK,
            width=1.5,
        ),
        *frame.text([{"x": x + long + 6, "y": y, "text": length}], palette.INK),
    ]


def _square(corner: tuple[float, float], across: float, up: float) -> Box:
    """A rectangle that stands on its lower left corner."""
    return Box(corner[0], corner[1] - up, across, up)


def _cato(
    voice: Voice, frame: Frame, sizes: Sizes, scale: float, corner: tuple[float, float]
) -> list[Layer]:
    side = _ends(sizes.side)[0] * scale
    most = sqrt(_ends(sizes.plots)[1]) * scale
    small, large = _square(corner, side, side), _square(corner, most, most)
    tips = (voice.tip(sizes.plots, voice(LARGEST)), voice.tip(sizes.plot, voice(OF_CHAPARE)))
    return [
        frame.bars([large.row(tip=tips[0], figure=sizes.plots.id)], "transparent"),
        frame.bars([small.row(tip=tips[1], figure=sizes.plot.id)], palette.BOLIVIA, opacity=0.22),
        outline(frame, large, palette.BOLIVIA, dash=DASH),
        outline(frame, small, palette.BOLIVIA, width=2),
    ]


def _pitch(
    voice: Voice, frame: Frame, sizes: Sizes, scale: float, corner: tuple[float, float]
) -> list[Layer]:
    (short, long), (slim, broad) = _ends(sizes.length), _ends(sizes.width)
    small = _square(corner, short * scale, slim * scale)
    large = _square(corner, long * scale, broad * scale)
    middle = small.x + small.width / 2
    half = {"x": middle, "x2": middle, "y": small.y, "y2": small.bottom}
    tips = (voice.tip(sizes.width, voice(BROAD)), voice.tip(sizes.length, voice(LONG)))
    return [
        frame.bars([large.row(tip=tips[0], figure=sizes.width.id)], "transparent"),
        frame.bars([small.row(tip=tips[1], figure=sizes.length.id)], palette.RAISED),
        outline(frame, large, palette.MUTED, dash=DASH),
        outline(frame, small, palette.INK, width=2),
        frame.rules([half], palette.INK, width=1.5),
    ]


def _ceiling(
    voice: Voice, frame: Frame, sizes: Sizes, scale: float, corner: tuple[float, float]
) -> list[Layer]:
    """The square of the whole, the part of the Yungas above that of the Chapare."""
    whole, chapare = _ends(sizes.ceiling)[1], _ends(sizes.chapare)[1]
    edge = sqrt(whole * SQUARE_METRES) / SMALLER * scale
    square = _square(corner, edge, edge)
    line = square.bottom - edge * chapare / whole
    parts = (
        (sizes.yungas, Box(square.x, square.y, edge, line - square.y), (YUNGAS, None)),
        (sizes.chapare, Box(square.x, line, edge, square.bottom - line), (CHAPARE, HOLDS)),
    )
    layers: list[Layer] = []
    for figure, box, (area, more) in parts:
        tip = voice.tip(figure, voice(PART_OF, name=voice.area(area)))
        layers.append(
            frame.bars([box.row(tip=tip, figure=figure.id)], palette.BOLIVIA, opacity=0.22)
        )
        said = [words(short(voice.area(area)), edge - 20, bold=True)]
        said.append(words(voice.figure(figure), edge - 20))
        if more is not None:
            holds = voice(more, catos=voice.figure(sizes.catos_in_chapare))
            said.append(words(holds, edge - 20))
        layers += stacked(frame, said, box.x + 10, box.y + 8, gap=0)[0]
    across = {"x": square.x, "x2": square.right, "y": line, "y2": line}
    return [
        *layers,
        frame.rules([across], palette.BOLIVIA, width=1.5),
        outline(frame, square, palette.BOLIVIA, width=2),
        *_speck(voice, frame, sizes, scale, parts[1][1]),
    ]


def _speck(voice: Voice, frame: Frame, sizes: Sizes, scale: float, box: Box) -> list[Layer]:
    """One cato at the ceiling's scale, with a line that leads to it: it is hardly to be seen."""
    side = _ends(sizes.side)[0] * scale / SMALLER
    x, y = box.right - 26, box.y + 8 + LEADING
    name = words(voice(ONE_CATO), box.width)
    leader = {"x": x, "x2": x, "y": y + 2 + LEADING, "y2": y + 14 + LEADING}
    speck = Box(x - side / 2, y + 17 + LEADING, side, side)
    return [
        *name.at(frame, box.right - 10, y, align="right"),
        frame.rules([leader], palette.INK),
        frame.bars([speck.row(figure=sizes.side.id)], palette.INK),
    ]
