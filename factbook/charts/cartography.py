"""A map: outlines, circles sized by area, lettered marks, cities, and the keys that explain them."""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factbook.charts import palette
from factbook.charts.plot import Layout
from factbook.charts.rows import Row
from factbook.charts.sheets import NARROW, RIGHT, WIDE, Sheet, Side
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.geography import Point, projected
from factbook.model import Outline, OutlineKind

SQUARE = 5.2
"""Half the side of the square that marks a protected area on the wide map."""
DOT = 2.2
FINEST = 1.6
"""Outlines have no points nearer to one another than this, in pixels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map: its code, its name, where it stands, and the value it stands for, if any."""

    code: str
    name: str
    point: Point
    country: str = ""
    value: Decimal = Decimal(0)
    tip: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the keys say, how numbers are written, and the names of what has an outline."""

    zones: str
    parks: str
    sizes: str
    number: Callable[[Decimal], str]
    outline: Callable[[Outline], str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a map shows; zones come in the order of their size."""

    outlines: tuple[Outline, ...]
    zones: tuple[Mark, ...]
    parks: tuple[Mark, ...]
    cities: tuple[Mark, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Map:
    """A ground on a sheet, in its frame; its methods are the layers, bottom first."""

    ground: Ground
    sheet: Sheet
    frame: Frame

    def spot(self, point: Point) -> tuple[float, float]:
        """Where a point of the earth stands on the frame's number lines."""
        return projected(point)

    def pixel(self, across: float, down: float) -> tuple[float, float]:
        """Where a pixel, counted from the top left corner, stands on the frame's number lines."""
        return self.frame.x[0] + self.frame.dx(across), self.frame.y[1] - self.frame.dy(down)

    def radius(self, value: Decimal) -> float:
        """The radius of the circle whose area stands for a value."""
        return self.sheet.largest * math.sqrt(value / self.ground.zones[0].value)

    def land(self) -> Iterator[Layer]:
        """The neighbours, the countries that have zones, and the lake upon them."""
        home = {mark.country for mark in self.ground.zones}
        kinds: dict[str, list[Row]] = {"near": [], "home": [], "lake": []}
        for outline in self.ground.outlines:
            kind = "home" if outline.code in home else "near"
            kind = "lake" if outline.kind is OutlineKind.LAKE else kind
            for at, ring in enumerate(outline.rings):
                run = f"{outline.code}{at}"
                kinds[kind] += [{"x": x, "y": y, "run": run} for x, y in self._drawn(ring)]
        yield self.frame.shape(kinds["near"], "none", palette.RULE, cut=True)
        yield self.frame.shape(kinds["home"], palette.RAISED, palette.MUTED)
        yield self.frame.shape(kinds["lake"], palette.PAPER, palette.MUTED, width=0.6)

    def _drawn(self, ring: Iterable[Point]) -> Iterator[tuple[float, float]]:
        """The points of a ring that are far enough from the last one to be seen."""
        last: tuple[float, float] | None = None
        finest = self.frame.dx(FINEST)
        for point in ring:
            x, y = self.spot(point)
            if last is None or math.dist(last, (x, y)) >= finest:
                last = (x, y)
                yield round(x, 3), round(y, 3)

    def circles(self) -> Iterator[Layer]:
        """The zones, large ones under small ones, in the colour of their country."""
        for zone in self.ground.zones:
            x, y = self.spot(zone.point)
            reach = round(self.radius(zone.value), 2)
            row = {"x": x, "y": y, "r": reach, "tip": zone.tip, "figure": zone.figure}
            yield self.frame.discs([row], palette.COUNTRIES[zone.country], opacity=0.5)

    def marks(self) -> Iterator[Layer]:
        """A square for each protected area, a dot for each city."""
        half = SQUARE if not self.sheet.numbered else SQUARE / 2.2
        dx, dy = self.frame.dx(half), self.frame.dy(half)
        squares: list[Row] = []
        for park in self.ground.parks:
            x, y = self.spot(park.point)
            said = {"tip": park.tip, "figure": park.figure}
            squares.append({"x": x - dx, "x2": x + dx, "y": y - dy, "y2": y + dy, **said})
        dots = [dict(zip("xy", self.spot(city.point), strict=True)) for city in self.ground.cities]
        yield self.frame.boxes(squares, palette.PAPER, palette.INK)
        yield self.frame.discs([{**dot, "r": DOT, "tip": ""} for dot in dots], palette.INK)

    def names(self) -> Iterator[Layer]:
        """The names or numbers of zones, the letters of protected areas, the names of cities."""
        numbered = self.sheet.numbered
        for at, zone in enumerate(self.ground.zones, start=1):
            reach = self.radius(zone.value)
            large = reach > (8 if numbered else 12)
            if zone.code in self.sheet.unnamed:
                continue
            if numbered and large:
                yield from self._centred(zone, str(at))
            else:
                text = str(at) if numbered else self._said(zone, large)
                yield from self._beside(zone, text, reach, bold=numbered or large)
        for letter, park in zip(string.ascii_lowercase, self.ground.parks, strict=False):
            if numbered:
                yield from self._beside(park, letter, SQUARE / 2.2)
            else:
                yield from self._centred(park, letter)
        for city in self.ground.cities:
            yield from self._beside(city, city.name, DOT, muted=True)

    def _said(self, zone: Mark, large: bool) -> str:
        """The name of a zone, an addition in parentheses on a line of its own; large ones' value."""
        name = zone.name.replace(" (", "\n(")
        return f"{name}: {self.ground.words.number(zone.value)}" if large else name

    def _centred(self, mark: Mark, text: str) -> Iterator[Layer]:
        side = self.sheet.sides.get(mark.code, Side(0))
        x, y = self.spot(mark.point)
        row = {"x": x + self.frame.dx(side.dx), "y": y - self.frame.dy(side.dy), "text": text}
        yield from self.frame.text([row], palette.INK, align="center", size=self._size, bold=True)

    def _beside(
        self, mark: Mark, text: str, reach: float, *, bold: bool = False, muted: bool = False
    ) -> Iterator[Layer]:
        side = self.sheet.sides.get(mark.code, RIGHT)
        across = {"left": reach, "right": -reach, "center": 0}[side.align] + side.dx
        x, y = self.spot(mark.point)
        row = {"x": x + self.frame.dx(across), "y": y - self.frame.dy(side.dy), "text": text}
        colour = palette.MUTED if muted else palette.INK
        yield from self.frame.text(
            [row],
            colour,
            align=side.align,
            size=self._size,
            bold=bold,
            halo=len(text) > 2,  # a number is read through a border
        )

    @property
    def _size(self) -> float:
        return 11 if self.sheet.numbered else 12

    def lands(self) -> Iterator[Layer]:
        """The names of countries and waters."""
        home = {mark.country for mark in self.ground.zones}
        for outline in self.ground.outlines:
            if outline.code in self.sheet.ground:
                x, y = self.spot(self.sheet.ground[outline.code])
                row = {"x": x, "y": y, "text": self.ground.words.outline(outline)}
                large = outline.code in home
                yield from self.frame.text(
                    [row],
                    palette.COUNTRIES[outline.code] if large else palette.MUTED,
                    align="center",
                    size=LABEL + 2 if large else self._size,
                    bold=large,
                )

    def margin(self) -> Iterator[Layer]:
        """What covers the outlines where the keys stand under the map."""
        if self.sheet.below:
            left, bottom = self.pixel(0, self.frame.height)
            right, top = self.pixel(self.frame.outer, self.frame.height - self.sheet.below)
            box = {"x": left, "x2": right, "y": bottom, "y2": top, "tip": ""}
            yield self.frame.bars([box], palette.PAPER)

    def sizes(self) -> Iterator[Layer]:
        """Circles within one another that tell how much an area stands for."""
        across, down = self.sheet.sizes_at
        last = 0.0
        for value in steps(self.ground.zones[0].value):
            r = self.radius(value)
            if last and 2 * (last - r) < 11:
                continue  # its label would stand on the last one
            last = r
            x, y = self.pixel(across, down - r)
            top = self.pixel(0, down - 2 * r)[1]
            start = self.pixel(across, 0)[0]
            end = self.pixel(across + self.sheet.largest + 6, 0)[0]
            yield self.frame.ring({"x": x, "y": y, "r": r}, palette.MUTED)
            yield self.frame.rules([{"x": start, "x2": end, "y": top, "y2": top}], palette.RULE)
            label = {"x": end + self.frame.dx(4), "y": top, "text": self.ground.words.number(value)}
            yield from self.frame.text([label], palette.MUTED, size=self._size)
        x, y = self.pixel(across - self.sheet.largest, down + 14)
        row = {"x": x, "y": y, "text": self.ground.words.sizes}
        yield from self.frame.text([row], palette.MUTED, size=self._size)

    def keys(self) -> Iterator[Layer]:
        """What letters, and numbers if there are any, stand for."""
        parks = [park.name for park in self.ground.parks]
        zones = [zone.name for zone in self.ground.zones]
        keys = (
            (self.ground.words.parks, list(zip(string.ascii_lowercase, parks, strict=False))),
            (self.ground.words.zones, [(str(at), name) for at, name in enumerate(zones, start=1)]),
        )
        for begin, (head, items) in zip(self.sheet.keys_at, keys, strict=False):
            yield from self._key(begin, head, items)

    def _key(
        self, begin: tuple[float, float], head: str, items: Sequence[tuple[str, str]]
    ) -> Iterator[Layer]:
        across, down = begin
        height = math.ceil(len(items) / len(self.sheet.columns))
        marks: list[Row] = []
        names: list[Row] = []
        for at, (mark, name) in enumerate(items):
            column = across + self.sheet.columns[at // height]
            x, y = self.pixel(column, down + (at % height + 1) * self.sheet.pitch + 3)
            marks.append({"x": x + self.frame.dx(12), "y": y, "text": mark})
            names.append({"x": x + self.frame.dx(20), "y": y, "text": name})
        x, y = self.pixel(across, down)
        title = {"x": x, "y": y, "text": head}
        yield from self.frame.text([title], palette.MUTED, size=self._size)
        yield from self.frame.text(marks, palette.INK, align="right", size=self._size, bold=True)
        yield from self.frame.text(names, palette.INK, size=self._size)


def steps(most: Decimal) -> tuple[Decimal, ...]:
    """Three round values for a key of sizes, the largest at most ``most``, each a fifth of it or so."""
    ten = Decimal(10) ** (len(str(int(most))) - 1)
    top = max(ten * step for step in (1, 2, 5) if ten * step <= most)
    return top, top / 4, top / 20


def picture(ground: Ground, layout: Layout) -> Picture:
    """The map in a layout, with its keys."""
    sheet = NARROW if layout.narrow else WIDE
    west, south, east, north = sheet.window
    left, bottom = projected((west, south))
    right, top = projected((east, north))
    height = round(layout.width * (top - bottom) / (right - left))
    frame = Frame(
        layout,
        height=height + sheet.below,
        x=(left, right),
        y=(bottom - sheet.below / height * (top - bottom), top),
        left=0,
        right=0,
        top=0,
        bottom=0,
    )
    drawn = Map(ground, sheet, frame)
    return frame.finish(
        *drawn.land(),
        *drawn.lands(),
        *drawn.circles(),
        *drawn.marks(),
        *drawn.names(),
        *drawn.margin(),
        *drawn.sizes(),
        *drawn.keys(),
    )
