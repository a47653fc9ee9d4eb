"""Where things lie: the projection of the maps, and whether a point lies within an outline."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, or the place on a map."""

PARALLEL = 11.0
"""The latitude, north or south, at which the maps are true in shape: the middle of both countries."""


def projected(point: Point) -> Point:
    """Put a point on the map: Lambert's cylindrical equal-area projection, in degrees of width.

    Areas keep their ratio everywhere, shapes are true at :data:`PARALLEL` and stretched by a few
    hundredths at the ends of both countries.
    """
    lon, lat = point
    scale = math.cos(math.radians(PARALLEL))
    return lon * scale, math.degrees(math.sin(math.radians(lat))) / scale


def lies_within(point: Point, rings: Iterable[Sequence[Point]], margin: float) -> bool:
    """Whether a point lies within one of the rings, or at most ``margin`` degrees outside."""
    return any(_encloses(ring, point) or _near(ring, point, margin) for ring in rings)


def _encloses(ring: Sequence[Point], point: Point) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def _near(ring: Sequence[Point], point: Point, margin: float) -> bool:
    return any(_distance(point, start, end) <= margin for start, end in pairwise(ring))


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the stretch between two others."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        share = (point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]
        share = min(1.0, max(0.0, share / length))
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))
