"""A way in steps, drawn: boxes with arrows between them, and what is said beside each step.

Wide, the steps go from left to right and each kind of remark has a lane of its own under them; on a
phone they go from top to bottom with their remarks under each. What leaves the way does so by a
dashed arrow. Where a case stopped before the end, a bar stands across the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factbook.charts import palette
from factbook.charts.canvas import Box, Words, arrow, canvas, outline, words
from factbook.charts.plot import Chart, Layout, Voice, required
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.charts.told import COLUMNS, Lanes, Told, sentences, table, told
from factbook.dataset import Dataset
from factbook.model import Diagram, Language, RemarkKind, Step

GAP = 24
"""Between two boxes: room for an arrow."""
PAD = 6
LEAD = 17
STEM = 10
INDENT = 28
BAR = 11
"""Half the length of the bar across the way."""
OUT = 22
"""The length of the arrows by which something leaves the way."""
DASH = (4, 3)


@dataclass(frozen=True, slots=True)
class Head:
    """The words over a way."""

    title: str
    subtitle: str
    note: str | None


def chart(
    dataset: Dataset, language: Language, diagram: Diagram, head: Head, lanes: Lanes
) -> Chart:
    """The chart of a diagram; ``lanes`` names the kinds of remarks it has, in their order."""
    voice = Voice(dataset, language)
    required(diagram.steps, diagram.id)
    said = [told(voice, remark) for step in diagram.steps for remark in step.texts]
    return Chart(
        title=head.title,
        subtitle=head.subtitle,
        note=head.note,
        description=sentences(voice, diagram.steps, lanes),
        figures=tuple(figure for part in said for figure, _ in part.figures),
        events=tuple(part.event for part in said if part.event is not None),
        citations=tuple(citation for part in said for citation in part.cited),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=table(voice, diagram.steps, lanes),
        spec=lambda layout: _spec(voice, diagram, lanes, layout),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """A remark broken to its room: what it begins with stands out, the rest follows."""

    told: Told
    parts: tuple[Words, ...]
    width: float

    @property
    def height(self) -> float:
        """How tall it stands."""
        return sum(_tall(part) for part in self.parts)

    def at(self, voice: Voice, frame: Frame, x: float, y: float) -> list[Layer]:
        """The block drawn from ``y`` down, each figure and date with its tip."""
        layers: list[Layer] = []
        for part in self.parts:
            layers += part.at(frame, x, y)
            layers += self._targets(voice, frame, part, x, y)
            y += _tall(part)
        return layers

    def _targets(self, voice: Voice, frame: Frame, part: Words, x: float, y: float) -> list[Layer]:
        rows = []
        for at, line in enumerate(part.lines):
            box = Box(x, y + at * _tall(part) / len(part.lines), self.width, 16)
            for figure, printed in self.told.figures:
                if _stands_in(printed, line):
                    label = figure.label[voice.language]
                    rows.append(box.row(tip=voice.tip(figure, label), figure=figure.id))
        if self.told.event is not None and part is self.parts[0]:
            event = self.told.event
            box = Box(x, y, self.width, 16)
            rows.append(box.row(tip=event.text[voice.language], event=event.id))
        return [frame.bars([row], "transparent") for row in rows]


def _stands_in(printed: str, line: str) -> bool:
    """Whether a line holds a figure: its number and unit, which no line break parts."""
    return printed.split(" ")[-1] in line.split(" ")


def _tall(part: Words) -> float:
    return len(part.lines) * 21 if part.size == LEAD else part.height


def _block(voice: Voice, said: Told, room: float, colour: str = palette.INK) -> Block:
    if not said.lead:
        return Block(said, (words(said.text, room),), room)
    size = LEAD if said.figures else LABEL
    rest = said.rest.removeprefix(":").strip()
    rest = _capital(rest) if said.rest.startswith(":") else rest
    whole = words(_capital(said.about + said.lead), room, colour, size=size, bold=True)
    if not said.about or len(whole.lines) == 1:
        return Block(said, (whole, words(rest, room)), room)
    about = words(_capital(said.about).rstrip(), room, colour, bold=True)
    lead = words(said.lead, room, colour, size=size, bold=True)
    return Block(said, (about, lead, words(rest, room)), room)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _colour(diagram: Diagram) -> str:
    return palette.COUNTRIES.get(diagram.area or "", palette.INK)


def _kinds(diagram: Diagram, lanes: Lanes) -> list[RemarkKind]:
    used = {kind for step in diagram.steps for kind, _ in step.remarks}
    return [kind for kind in lanes if kind in used]


def _spec(voice: Voice, diagram: Diagram, lanes: Lanes, layout: Layout) -> Picture:
    draw = _down if layout.narrow else _across
    measured = draw(voice, canvas(layout, 10), diagram, lanes)[1]
    frame = canvas(layout, measured)
    return frame.finish(draw(voice, frame, diagram, lanes)[0])


def _box(voice: Voice, frame: Frame, step: Step, box: Box, colour: str) -> list[Layer]:
    """The box of a step with its title; its tip explains the terms."""
    terms = [voice.dataset.term(name) for name in step.terms]
    tip = " ".join(f"{t.term[voice.language]}: {t.definition[voice.language]}" for t in terms)
    title = _title(voice, step, box.width)
    edge = (
        outline(frame, box, colour)
        if step.reached
        else outline(frame, box, palette.MUTED, dash=DASH)
    )
    layers = [edge, *title.at(frame, box.x + PAD, box.y + (box.height - title.height) / 2)]
    fill = frame.bars([box.row(tip=tip)], colour, opacity=0.14 if step.reached else 0)
    return [fill, *layers]


# From left to right


def _across(
    voice: Voice, frame: Frame, diagram: Diagram, lanes: Lanes
) -> tuple[list[Layer], float]:
    """The layers, and how tall they stand."""
    steps, colour = diagram.steps, _colour(diagram)
    room = (frame.outer - 2 - (len(steps) - 1) * GAP) / len(steps)
    titles = [_title(voice, step, room) for step in steps]
    tall = max(title.height for title in titles) + 2 * PAD
    boxes = [Box(1 + at * (room + GAP), 1, room, tall) for at in range(len(steps))]
    layers: list[Layer] = []
    for step, box in zip(steps, boxes, strict=True):
        layers += _box(voice, frame, step, box, colour)
    for at, step in enumerate(steps[1:]):
        before, box = boxes[at], boxes[at + 1]
        start, end = (before.right + 3, 1 + tall / 2), (box.x - 2, 1 + tall / 2)
        layers += _onward(frame, start, end, reached=step.reached)
    says = [_block(voice, told(voice, step.says), room, colour) for step in steps]
    y = 9.0 + tall
    for block, box in zip(says, boxes, strict=True):
        layers += block.at(voice, frame, box.x, y)
    y += max(block.height for block in says) + 14
    for kind in _kinds(diagram, lanes):
        drawn, y = _lane(voice, frame, diagram, kind, voice(lanes[kind]), boxes, y)
        layers += drawn
    return layers, y


def _title(voice: Voice, step: Step, room: float) -> Words:
    ink = palette.INK if step.reached else palette.MUTED
    return words(step.title[voice.language], room - 2 * PAD, ink, size=LABEL, bold=True)


def _onward(
    frame: Frame, start: tuple[float, float], end: tuple[float, float], *, reached: bool
) -> list[Layer]:
    """The arrow to the next step; a bar stands across it where the case came no further."""
    if reached:
        return arrow(frame, start, end, palette.INK)
    layers = arrow(frame, start, end, palette.MUTED, dash=DASH)
    x, y = end
    if x - start[0] > y - start[1]:
        bar = {"x": x - 14, "x2": x - 14, "y": y - BAR, "y2": y + BAR}
    else:
        bar = {"x": x - BAR, "x2": x + BAR, "y": y - 14, "y2": y - 14}
    return [*layers, frame.rules([bar], palette.INK, width=4)]


def _lane(
    voice: Voice,
    frame: Frame,
    diagram: Diagram,
    kind: RemarkKind,
    name: str,
    boxes: Sequence[Box],
    y: float,
) -> tuple[list[Layer], float]:
    """The remarks of one kind under a rule with their name; and where the next lane begins."""
    rule = {"x": 0, "x2": frame.outer, "y": y, "y2": y}
    layers = [frame.rules([rule], palette.RULE)]
    layers += words(name, frame.outer, palette.MUTED, bold=True).at(frame, 1, y + 6)
    top = y + 28 + (OUT if kind is RemarkKind.LEAK else 0)
    lowest = top
    for step, box in zip(diagram.steps, boxes, strict=True):
        remark = dict(step.remarks).get(kind)
        if remark is None:
            continue
        if kind is RemarkKind.LEAK:
            away = (box.x + 5, top - OUT - 2), (box.x + 5, top - 4)
            layers += arrow(frame, *away, palette.INK, dash=DASH)
        block = _block(voice, told(voice, remark), box.width, _colour(diagram))
        layers += block.at(voice, frame, box.x, top)
        lowest = max(lowest, top + block.height)
    return layers, lowest + 14


# From top to bottom


def _down(voice: Voice, frame: Frame, diagram: Diagram, lanes: Lanes) -> tuple[list[Layer], float]:
    """The layers, and how tall they stand."""
    colour, y = _colour(diagram), 1.0
    layers: list[Layer] = []
    stem = 0.0
    for step in diagram.steps:
        if stem:
            layers += _onward(frame, (STEM, stem), (STEM, y - 2), reached=step.reached)
        title = _title(voice, step, frame.outer - 2)
        box = Box(1, y, frame.outer - 2, title.height + 2 * PAD)
        layers += _box(voice, frame, step, box, colour)
        stem, y = box.bottom + 3, box.bottom + 8
        room = frame.outer - INDENT - 2
        block = _block(voice, told(voice, step.says), room, colour)
        layers += block.at(voice, frame, INDENT, y)
        y += block.height + 8
        for kind in lanes:
            if (remark := dict(step.remarks).get(kind)) is None:
                continue
            name = words(voice(lanes[kind]), room, palette.MUTED, bold=True)
            layers += name.at(frame, INDENT, y)
            if kind is RemarkKind.LEAK:
                line = (STEM + 3, y + 9), (INDENT - 3, y + 9)
                layers += arrow(frame, *line, palette.INK, dash=(3, 2))
            block = _block(voice, told(voice, remark), room, colour)
            layers += block.at(voice, frame, INDENT, y + name.height)
            y += name.height + block.height + 8
        y += 10
    return layers, y - 12
