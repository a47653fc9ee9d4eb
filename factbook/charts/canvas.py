"""A picture without axes: a canvas measured in pixels, with texts, outlines and arrows on it.

Diagrams are drawn with the marks of :class:`~factbook.charts.theme.Frame` as charts are, and not as
SVG of their own: so they share the look, the cache, the colours on paper, the tooltips and the
tests of every other picture. What a canvas adds is arithmetic only, with the real widths of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factbook.charts import letters, palette
from factbook.charts.plot import Layout
from factbook.charts.rows import Row
from factbook.charts.theme import SMALL, Frame, Layer

LEADING = 16
"""From line to line, in pixels; :meth:`Frame.text` sets lines so far apart."""


def canvas(layout: Layout, height: float) -> Frame:
    """A frame without margins whose two lines count pixels from the top left corner."""
    tall = round(height)
    return Frame(layout, tall, x=(0, layout.width), y=(tall, 0), left=0, right=0, top=0, bottom=0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a canvas."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    def row(self, **more: object) -> Row:
        """The row by which a mark fills it."""
        return {"x": self.x, "x2": self.right, "y": self.y, "y2": self.bottom, **more}


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of one look, broken to fit their room."""

    lines: tuple[str, ...]
    colour: str
    size: float = SMALL
    bold: bool = False

    @property
    def height(self) -> int:
        """How tall they stand."""
        return LEADING * len(self.lines)

    def at(self, frame: Frame, x: float, y: float, *, align: str = "left") -> list[Layer]:
        """The lines drawn with their upper edge at ``y``."""
        if not self.lines:
            return []
        rows = [{"x": x, "y": y + 2, "text": "\n".join(self.lines)}]
        return frame.text(
            rows, self.colour, align=align, baseline="top", size=self.size, bold=self.bold
        )


def words(
    text: str, room: float, colour: str = palette.INK, *, size: float = SMALL, bold: bool = False
) -> Words:
    """A text in lines of at most ``room`` pixels."""
    return Words(letters.wrapped(text, room, size, bold=bold), colour, size, bold)


def stacked(
    frame: Frame, parts: Iterable[Words], x: float, y: float, *, gap: float = 2
) -> tuple[list[Layer], float]:
    """Texts one below the other from ``y``, and where the next would stand."""
    layers: list[Layer] = []
    for part in parts:
        layers += part.at(frame, x, y)
        y += part.height + (gap if part.lines else 0)
    return layers, y


def outline(
    frame: Frame, box: Box, colour: str, *, width: float = 1.5, dash: Sequence[float] = ()
) -> Layer:
    """The edge of a box."""
    corners = (
        (box.x, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
        (box.x, box.y),
    )
    return frame.path([{"x": x, "y": y} for x, y in corners], colour, width=width, dash=dash)


def arrow(
    frame: Frame,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    *,
    dash: Sequence[float] = (),
) -> list[Layer]:
    """A straight arrow to the right or downwards, its point at ``end``."""
    to = "right" if end[0] - start[0] > end[1] - start[1] else "down"
    back = (end[0] - 6, end[1]) if to == "right" else (end[0], end[1] - 6)
    line = {"x": start[0], "y": start[1], "x2": back[0], "y2": back[1]}
    tip = (end[0] - 4, end[1]) if to == "right" else (end[0], end[1] - 4)
    return [
        frame.rules([line], colour, width=1.5, dash=dash),
        frame.heads([{"x": tip[0], "y": tip[1]}], colour, to=to),
    ]
