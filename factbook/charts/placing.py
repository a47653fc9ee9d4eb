"""Room for labels: each text beside its point, where it covers neither a mark nor another text.

Pure geometry in pixels of the plot, so that a label's place follows from the data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its left upper to its right lower corner, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def wider(self, by: float) -> Box:
        """The same with so much more room at its left and right."""
        return Box(self.left - by, self.top, self.right + by, self.bottom)

    def within(self, width: float, height: float) -> bool:
        """Whether it lies in a plot of that size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Wish:
    """A text that wants a place: its point, its size, and whether it must be printed."""

    text: str
    at: Point
    size: tuple[float, float]
    needed: bool = False


APART = 2
"""What keeps two texts on one line from being read as one, in pixels."""

_UNREAD = 25
"""How many bits of a line a text rather covers than another text: neither of them could be read."""

# Around a point, best place first: right, left, above, below, then the corners.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


def placed(
    wishes: Sequence[Wish],
    *,
    room: tuple[float, float],
    lines: Iterable[Sequence[Point]] = (),
    away: float = 6,
) -> dict[str, Point]:
    """The centre of each text that finds a free place; needed ones first, and always.

    ``lines`` are paths that no text may cover. A text without a free place is left out, unless it
    is needed: then it takes the place with the fewest things under it.
    """
    marks = [_around(wish.at, away - 2) for wish in wishes]
    marks += [_around(point, 1) for line in lines for point in _along(line)]
    taken: list[Box] = []
    found: dict[str, Point] = {}
    for wish in sorted(wishes, key=lambda wish: not wish.needed):
        choices = [box for box in _beside(wish, away) if box.within(*room)]
        cost = {box: _covered(box, marks) + _UNREAD * _covered(box, taken) for box in choices}
        if not cost:
            continue
        best = min(choices, key=lambda box: cost[box])
        if cost[best] and not wish.needed:
            continue
        taken.append(best.wider(APART))
        found[wish.text] = ((best.left + best.right) / 2, (best.top + best.bottom) / 2)
    return found


def _covered(box: Box, others: Iterable[Box]) -> int:
    return sum(box.meets(other) for other in others)


def _around(point: Point, far: float) -> Box:
    x, y = point
    return Box(x - far, y - far, x + far, y + far)


def _along(line: Sequence[Point], step: float = 4) -> list[Point]:
    """Points on a path, one every few pixels."""
    found: list[Point] = []
    for (x, y), (x2, y2) in pairwise(line):
        count = int(max(abs(x2 - x), abs(y2 - y)) / step) + 1
        found += [(x + (x2 - x) * at / count, y + (y2 - y) * at / count) for at in range(count)]
    return found


def _beside(wish: Wish, away: float) -> list[Box]:
    (x, y), (width, height) = wish.at, wish.size
    boxes = []
    for across, down in _SIDES:
        far = away if not (across and down) else away * 0.6
        cx, cy = x + across * (far + width / 2), y + down * (far + height / 2)
        boxes.append(Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2))
    return boxes
