"""People in the trade: who is counted, by whom and when; every count means other people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from factbook import formatting
from factbook.charts import palette
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, lowered, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import middle
from factbook.charts.theme import LABEL, SMALL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Rank, SourceKind, Status, Text

ID = "people"
INDICATORS = (
    "registered-growers",
    "growers-added-to-register",
    "registered-growers-representatives",
    "enaco-sellers",
    "enaco-retailers",
    "unregistered-growers",
    "union-members",
    "coca-users-habitual",
    "coca-chewers",
    "coca-demanders",
    "coca-users-traditional",
)

AREAS = ("PE", "BO", "BO-CHAPARE", "BO-YUNGAS")
"""Whole countries, and the two regions that count their members; parts of a count are left out."""
TRADE, USERS = INDICATORS[:7], INDICATORS[7:]
SELLERS, MOST = "enaco-sellers", "coca-users-traditional"

TITLE = Text(
    "From some {least} growers who sell to ENACO to some {most} users: each count means other people",
    "De unos {least} productores que venden a ENACO a unos {most} de consumidores: cada cifra cuenta a"
    " otras personas",
)
SUBTITLE = Text(
    "Growers, sellers and users of the leaf in Peru and Bolivia, people, by what is counted, by"
    " whom and when, {first} to {last}",
    "Productores, vendedores y consumidores de hoja en el Perú y Bolivia, personas, según qué se"
    " cuenta, quién y cuándo, {first} a {last}",
)
NOTE = Text(
    "The counts cannot be added: one person may be in several, and none covers all. Open bars are"
    " disputed: the same list or number is printed otherwise elsewhere. Users are drawn on a scale"
    " {times} times smaller than growers and sellers.",
    "Las cifras no se suman: una persona puede estar en varias y ninguna abarca a todas. Las barras"
    " abiertas están en disputa: la misma lista o cifra se publica de otro modo en otra parte. Los"
    " consumidores van en una escala {times} veces menor que la de productores y vendedores.",
)
PANELS = (
    Text("Growers and sellers", "Productores y vendedores"),
    Text("Users of the leaf (other scale)", "Consumidores de hoja (otra escala)"),
)
HEADING = Text("{area}: {title}", "{area}: {title}")
ROW = Text("{who}, {when}", "{who}, {when}")
SENTENCE = Text("{heading}: {values}. {definition}", "{heading}: {values}. {definition}")
COLUMNS = (
    Text("What is counted", "Qué se cuenta"),
    Text("By whom and when", "Quién y cuándo"),
    Text("People", "Personas"),
)
PITCH = 19
"""The height of a bar's line in pixels."""
GAP = 5
"""The room under a group."""
GROWERS = ("growers", "people")
"""The units of people who grow; retailers are counted as such."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure, and by whom and when it was counted, as a label."""

    figure: Figure
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that count the same people in the same area, rivals among them."""

    indicator: str
    area: str
    heading: str
    counts: tuple[Count, ...]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from eleven indicators."""
    voice = Voice(dataset, language)
    panels = tuple(tuple(_groups(voice, names)) for names in (TRADE, USERS))
    groups = [group for panel in panels for group in panel]
    for panel in panels:
        required(panel, "growers or users")
    figures = tuple(count.figure for group in groups for count in group.counts)
    least, most = _newest(groups, SELLERS), _newest(groups, MOST)
    growers = [c.figure for g in panels[0] for c in g.counts if c.figure.unit in GROWERS]
    users = [count.figure for group in panels[1] for count in group.counts]
    least_of_all = middle(least) == min(middle(figure) for figure in growers)
    most_of_all = middle(most) == max(middle(figure) for figure in users)
    borne_out(least_of_all and most_of_all, TITLE.en)
    tops = [_top(panel) for panel in panels]
    years = [f.period.start.year for f in figures]
    return Chart(
        title=voice(TITLE, least=voice.number(middle(least)), most=voice.number(middle(most))),
        subtitle=voice(SUBTITLE, first=min(years), last=max(years)),
        note=voice(NOTE, times=voice.number(tops[1] / tops[0])),
        description=tuple(_sentence(voice, group) for group in groups),
        figures=figures,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=tuple(
            (Cell(group.heading), Cell(count.label), voice.cell(count.figure))
            for group in groups
            for count in group.counts
        ),
        spec=lambda layout: _spec(voice, panels, layout),
    )


def _groups(voice: Voice, indicators: Iterable[str]) -> Iterator[Group]:
    """The groups that have figures, Peru before Bolivia within each indicator's own order."""
    for indicator in indicators:
        for area in AREAS:
            figures = list(_stated(voice.dataset, indicator, area))
            if figures:
                title = lowered(voice.dataset.indicator(indicator).title[voice.language])
                yield Group(
                    indicator,
                    area,
                    voice(HEADING, area=voice.area(area), title=title),
                    tuple(Count(figure, _label(voice, figure, figures)) for figure in figures),
                )


def _stated(dataset: Dataset, indicator: str, area: str) -> Iterator[Figure]:
    """All that is stated, rivals side by side, without what was withdrawn."""
    for o in dataset.by_indicator.get(indicator, ()):
        if o.area == area and o.rank is not Rank.DEPRECATED:
            yield dataset.figure(indicator, area, o.period, source=o.citation.source)


def _label(voice: Voice, figure: Figure, others: Iterable[Figure]) -> str:
    """Who counted, and when; through whom as well where that alone tells rivals apart."""
    source = voice.dataset.source(figure.citations[0].source)
    through = source.container_title or source.publisher or source.title
    alike = [
        other
        for other in others
        if other.period == figure.period and voice.producer(other) == voice.producer(figure)
    ]
    who = formatting.opening(voice.producer(figure))
    if voice.dataset.producers[source.producer].group == "press":
        who = through
    elif len(alike) > 1 and source.kind is not SourceKind.PRIMARY:
        who = f"{who}, {through}"
    return voice(ROW, when=formatting.period(figure.period, voice.language), who=who)


def _newest(groups: Iterable[Group], indicator: str) -> Figure:
    figures = [c.figure for g in groups if g.indicator == indicator for c in g.counts]
    required(figures, indicator)
    return max(figures, key=lambda figure: figure.period)


def _top(panel: Iterable[Group]) -> Decimal:
    return max(middle(count.figure) for group in panel for count in group.counts)


def _sentence(voice: Voice, group: Group) -> str:
    values = voice.listed([f"{voice.figure(c.figure)} ({c.label})" for c in group.counts])
    definition = voice.dataset.indicator(group.indicator).definition[voice.language]
    return voice(SENTENCE, heading=group.heading, values=values, definition=definition)


def _spec(voice: Voice, panels: tuple[tuple[Group, ...], ...], layout: Layout) -> Picture:
    narrow = layout.narrow
    left, right = (153, 93) if narrow else (216, 112)
    height = round(sum(_height(panel, narrow) for panel in panels)) + 8
    inner = layout.width - left - right
    frame = Frame(
        layout,
        height=height,
        x=(0, inner),
        y=(height, 0),
        left=left,
        right=right,
        top=0,
        bottom=0,
    )
    layers: list[Layer] = []
    y = 0.0
    for panel, name in zip(panels, PANELS, strict=True):
        layers += _panel(voice, frame, panel, voice(name), y)
        y += _height(panel, narrow)
    return frame.finish(layers)


def _panel(
    voice: Voice, frame: Frame, panel: tuple[Group, ...], name: str, y: float
) -> Iterator[Layer]:
    """A panel below ``y``: its name over a rule, then each group under its heading."""
    edge, top = -frame.left + 1, _top(panel)
    end = frame.x[1] + frame.right - 1
    yield frame.rules([{"x": edge, "x2": end, "y": y + 26, "y2": y + 26}], palette.MUTED)
    yield from frame.text(
        [{"x": edge, "y": y + 14, "text": name}], palette.INK, size=LABEL + 1, bold=True
    )
    y += 32
    for group in panel:
        colour = palette.COUNTRIES[voice.dataset.country_of(group.area) or ""]
        heading = _heading(group, frame.layout.narrow)
        row = {"x": edge, "y": y + 12, "text": heading}
        yield from frame.text([row], colour, bold=True)
        y += _above(group, frame.layout.narrow)
        for count in group.counts:
            yield from _bar(voice, frame, count, top, colour, y)
            y += PITCH
        y += GAP


def _heading(group: Group, narrow: bool) -> str:
    """The heading, in two lines where a phone has no room for one."""
    return group.heading.replace(": ", ":\n", 1) if narrow and _long(group) else group.heading


def _long(group: Group) -> bool:
    return len(group.heading) > 52


def _above(group: Group, narrow: bool) -> float:
    """The height of a heading."""
    return 40 if narrow and _long(group) else 24


def _height(panel: Iterable[Group], narrow: bool) -> float:
    return 40 + sum(_above(group, narrow) + PITCH * len(group.counts) + GAP for group in panel)


def _bar(
    voice: Voice, frame: Frame, count: Count, top: Decimal, colour: str, y: float
) -> Iterator[Layer]:
    """A bar in the line at ``y``: open if it is disputed, its label before and its value behind."""
    figure = count.figure
    long = amount(figure) / float(top) * frame.x[1]
    note = figure.observation.note if figure.observation is not None else None
    said = f"{count.label}: {voice.figure(figure)}"
    bar: Row = {
        "x": 0,
        "x2": round(long, 2),
        "y": y + 3,
        "y2": y + PITCH - 4,
        "tip": f"{said}. {note[voice.language]}" if note is not None else said,
        "figure": figure.id,
    }
    if figure.status is Status.DISPUTED:
        yield frame.boxes([bar], palette.PAPER, colour)
    else:
        yield frame.bars([bar], colour)
    line = y + PITCH / 2
    size = SMALL if not frame.layout.narrow else SMALL - 1
    label = {"x": -6, "y": line, "text": count.label}
    value = {"x": long + 5, "y": line, "text": voice.figure(figure, unit=False)}
    yield from frame.text([label], palette.MUTED, align="right", size=size)
    yield from frame.text([value], palette.INK, size=size)
