"""The road of the leaf through treaty and review: a time line to scale, and what happened on it.

Most of the road's events lie close together, so the line only shows when: a stroke each. What
happened stands in columns under it, in the order of time, and each column is tied to its stretch of
the line; the narrow layout has one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from factbook import formatting
from factbook.charts import palette
from factbook.charts.canvas import LEADING, Box, Words, canvas, words
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row
from factbook.charts.theme import LABEL, SMALL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.model import Event, Language, Text

ID = "road-of-the-leaf"
INDICATORS = ()
RECORDS = ("events",)

LISTED, ASKED, STAYS = "single-convention-1961", "bolivia-amendment-2009", "cnd-69-2026"
"""The events that the title speaks of; the last is the last of the road."""

TITLE = Text(
    "Listed in {listed}, contested from {asked}, and still on the list in {last}",
    "En la lista desde {listed}, cuestionada desde {asked} y todavía en ella en {last}",
)
SUBTITLE = Text(
    "The coca leaf in treaty and review: {count} events, {first} to {last}",
    "La hoja de coca en el tratado y su revisión: {count} hechos, {first} a {last}",
)
NOTE = Text(
    "The line is drawn to scale, a stroke an event; the lists are not. Colour tells which"
    " country an event concerns: {actors}. Where sources give different dates, the timeline says so.",
    "La línea está a escala, con un trazo por hecho; las listas no. El color indica a qué"
    " país concierne un hecho: {actors}. Donde las fuentes dan fechas distintas, la cronología lo"
    " dice.",
)
ACTORS = {
    "BO": Text("Bolivia (green)", "Bolivia (verde)"),
    "PE": Text("Peru (orange)", "el Perú (naranja)"),
    "CO": Text("Colombia (grey)", "Colombia (gris)"),
    "": Text("no single one (as the text)", "ninguno en particular (como el texto)"),
}
LATER = Text("{years} years later", "{years} años después")
COLUMNS = (Text("Date", "Fecha"), Text("What happened", "Qué pasó"))
SPAN = Text(
    "{count} events, from {first} to {last}.",
    "{count} hechos, de {first} a {last}.",
)
SILENCE = Text(
    "The longest time without one are the {years} years from {start} to {end}.",
    "El tiempo más largo sin ninguno son los {years} años de {start} a {end}.",
)
CROWD = Text(
    "{count} of them lie in the years from {start} on.",
    "{count} de ellos caen en los años desde {start}.",
)
STEPS = Text(
    "{count} concern Bolivia alone.",
    "{count} conciernen solo a Bolivia.",
)
LAST = Text("The last: {title} ({date}).", "El último: {title} ({date}).")

YEAR = 4
"""Pixels by which the picture may be taller for a year more between two columns."""
QUIET = 5
"""So many years without an event are told in the lists."""
LINE, BRACKET, TIE = 44, 62, 92
"""From the top: the line, the brackets under its stretches, the heads of the columns."""
INDENT, GAP, RIM = 18, 24, 6


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the events that have a short title for the road."""
    voice = Voice(dataset, language)
    events = tuple(
        sorted(
            (event for event in dataset.events.values() if event.road is not None),
            key=lambda event: (event.date, event.id),
        )
    )
    required(events, "the road of the leaf")
    listed, asked, last = (dataset.event(name).date.start.year for name in (LISTED, ASKED, STAYS))
    borne_out(events[-1].id == STAYS and listed < asked < last, TITLE.en)
    actors = [voice(name) for code, name in ACTORS.items() if code in {_actor(e) for e in events}]
    years = {"first": events[0].date.start.year, "last": last}
    return Chart(
        title=voice(TITLE, listed=listed, asked=asked, last=last),
        subtitle=voice(SUBTITLE, count=len(events), **years),
        note=voice(NOTE, actors=voice.listed(actors)),
        description=_description(voice, events),
        figures=(),
        events=events,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=tuple(
            (Cell(_head(voice, event), event=event.id), Cell(event.title[language]))
            for event in events
        ),
        spec=lambda layout: _spec(voice, events, layout),
    )


def _actor(event: Event) -> str:
    return event.area if event.area in palette.COUNTRIES else ""


def _colour(event: Event) -> str:
    return palette.COUNTRIES.get(event.area, palette.INK)


def _date(voice: Voice, event: Event) -> str:
    return formatting.period(event.date, voice.language)


def _head(voice: Voice, event: Event) -> str:
    """The date where it stands by itself or first: a Spanish month has a capital there."""
    return formatting.opening(_date(voice, event))


def _years_between(before: Event, after: Event) -> int:
    return after.date.start.year - before.date.start.year


def _description(voice: Voice, events: Sequence[Event]) -> tuple[str, ...]:
    before, after = max(pairwise(events), key=lambda pair: _years_between(*pair))
    recent = events[len(events) // 2].date.start.year
    return (
        voice(
            SPAN,
            count=len(events),
            first=events[0].date.start.year,
            last=events[-1].date.start.year,
        ),
        voice(
            SILENCE,
            years=_years_between(before, after),
            start=before.date.start.year,
            end=after.date.start.year,
        ),
        voice(CROWD, count=sum(e.date.start.year >= recent for e in events), start=recent),
        voice(STEPS, count=sum(e.area == "BO" for e in events)),
        voice(LAST, title=events[-1].title[voice.language], date=_date(voice, events[-1])),
    )


# The picture


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in a list: its words, broken to the column, and what stands before it."""

    event: Event
    date: Words
    says: Words
    later: str

    @property
    def height(self) -> int:
        """How much of the column it takes."""
        return self.date.height + self.says.height + 8


def _spec(voice: Voice, events: Sequence[Event], layout: Layout) -> Picture:
    count = 1 if layout.narrow else 3
    room = (layout.width - (count - 1) * GAP) / count
    entries = _entries(voice, events, room - INDENT - 2)
    columns = _parted(entries, count)
    top = TIE + 14 if count > 1 else BRACKET + 18
    frame = canvas(layout, top + max(map(_tall, columns)) + 4)
    layers = _line(voice, frame, events)
    for at, column in enumerate(columns):
        box = Box(at * (room + GAP), top, room, 0)
        if count > 1:
            layers += _ties(frame, events, column, box)
        layers += _list(voice, frame, column, box)
    return frame.finish(layers)


def _entries(voice: Voice, events: Sequence[Event], room: float) -> list[Entry]:
    entries: list[Entry] = []
    for before, event in zip((None, *events), events, strict=False):
        years = _years_between(before, event) if before is not None else 0
        assert event.road is not None
        date = words(_head(voice, event), room, _colour(event), bold=True)
        says = words(event.road[voice.language], room, size=LABEL)
        later = voice(LATER, years=years) if years >= QUIET else ""
        entries.append(Entry(event, date, says, later))
    return entries


def _tall(column: Sequence[Entry]) -> int:
    quiet = sum(1 for entry in column[1:] if entry.later)
    return sum(entry.height for entry in column) + quiet * (LEADING + 6)


def _parted(entries: Sequence[Entry], count: int) -> list[Sequence[Entry]]:
    """The list in ``count`` columns in order: low ones, parted where many years lie between."""

    def columns(cuts: Sequence[int]) -> list[Sequence[Entry]]:
        return [entries[start:end] for start, end in pairwise((0, *cuts, len(entries)))]

    def cost(cuts: Sequence[int]) -> int:
        gaps = sum(_years_between(entries[at - 1].event, entries[at].event) for at in cuts)
        return max(map(_tall, columns(cuts))) - YEAR * gaps

    return columns(min(combinations(range(1, len(entries)), count - 1), key=cost))


def _at(frame: Frame, events: Sequence[Event], day: date) -> float:
    """Where a day stands on the line."""
    first, last = events[0].date.start.year, events[-1].date.start.year + 1
    passed = day.year - first + (day.timetuple().tm_yday - 1) / 366
    return RIM + passed / (last - first) * (frame.outer - 2 * RIM)


def _line(voice: Voice, frame: Frame, events: Sequence[Event]) -> list[Layer]:
    """The line with the years over it and a stroke an event."""
    first, last = events[0].date.start.year, events[-1].date.start.year + 1
    every = 20 if frame.layout.narrow else 10
    years = [year for year in range(first, last) if year % every == 0]
    at = {year: _at(frame, events, date(year, 1, 1)) for year in years}
    whole = {"x": RIM, "x2": frame.outer - RIM, "y": LINE, "y2": LINE}
    layers = [
        frame.rules([whole], palette.RULE, width=2),
        frame.rules(
            [{"x": x, "x2": x, "y": LINE - 18, "y2": LINE - 13} for x in at.values()],
            palette.MUTED,
        ),
        *frame.text(
            [{"x": x, "y": LINE - 28, "text": str(year)} for year, x in at.items()],
            palette.MUTED,
            align="center",
        ),
    ]
    for colour in dict.fromkeys(map(_colour, events)):
        strokes: list[Row] = [
            {
                "x": (x := _at(frame, events, event.date.start)),
                "x2": x,
                "y": LINE - 9,
                "y2": LINE + 9,
                "tip": f"{_head(voice, event)}: {event.title[voice.language]}",
            }
            for event in events
            if _colour(event) == colour
        ]
        layers.append(frame.rules(strokes, colour, width=2))
    return layers


def _ties(frame: Frame, events: Sequence[Event], column: Sequence[Entry], box: Box) -> list[Layer]:
    """From a stretch of the line to the column that tells of it."""
    start, end = (_at(frame, events, entry.event.date.start) for entry in (column[0], column[-1]))
    start, end = start - 2, end + 2
    corners = [
        (start, BRACKET - 4, start, BRACKET),
        (end, BRACKET - 4, end, BRACKET),
        (start, BRACKET, end, BRACKET),
        (start, BRACKET, box.x, TIE),
        (end, BRACKET, box.right, TIE),
        (box.x, TIE, box.right, TIE),
    ]
    rows = [{"x": x, "y": y, "x2": x2, "y2": y2} for x, y, x2, y2 in corners]
    return [frame.rules(rows, palette.MUTED)]


def _list(voice: Voice, frame: Frame, column: Sequence[Entry], box: Box) -> list[Layer]:
    """A column of events on a line of their own."""
    y = box.y
    dots: list[tuple[Entry, float]] = []
    layers: list[Layer] = []
    later: list[Row] = []
    for entry in column:
        if entry.later and entry is not column[0]:
            later.append({"x": box.x + INDENT, "y": y + LEADING / 2, "text": entry.later})
            y += LEADING + 6
        dots.append((entry, y + 9))
        layers += entry.date.at(frame, box.x + INDENT, y)
        layers += entry.says.at(frame, box.x + INDENT, y + entry.date.height)
        y += entry.date.height + entry.says.height + 8
    stem = {"x": box.x + 5, "x2": box.x + 5, "y": dots[0][1], "y2": dots[-1][1]}
    layers.insert(0, frame.rules([stem], palette.RULE, width=2))
    for colour in dict.fromkeys(_colour(entry.event) for entry in column):
        rows = [
            {"x": box.x + 5, "y": at, "event": entry.event.id}
            for entry, at in dots
            if _colour(entry.event) == colour
        ]
        layers.append(frame.dots(rows, colour, size=60))
    targets = [
        Box(box.x, at - 9, box.width, entry.height).row(
            tip=entry.event.text[voice.language], event=entry.event.id
        )
        for entry, at in dots
    ]
    layers += frame.text(later, palette.MUTED, size=SMALL)
    return [*layers, frame.bars(targets, "transparent")]
