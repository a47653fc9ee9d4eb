"""Texts that the renderer need not measure: two thirds of the time of a picture.

Vega finds out how wide each text is, opening fonts for it, to know the bounds of what it draws. Our
texts have their places by arithmetic (:mod:`factbook.charts.letters`) and our pictures their sizes,
so nobody asks for these bounds. It measures no text whose size is not above zero
(``vega-scenegraph/src/util/text.js``), and writes the size down as it was given. So the
renderer is given sizes below zero, and what it wrote is turned back.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import Any

from factbook.errors import ChartError

_RISES = {"alphabetic": 0.0, "bottom": -0.21, "middle": 0.30, "top": 0.79}
"""How far below its place a text stands, in its size, by its baseline; Vega rounds the product
(``offset`` in the same file)."""


def unmeasured(spec: dict[str, Any]) -> dict[str, Any]:
    """Turn the sizes of all texts of a Vega-Lite specification below zero, in place; return it.

    Raises :class:`ChartError` for a text whose baseline depends on the height of its line.
    """
    for mark in _texts(spec):
        size, baseline = mark.get("fontSize"), mark.get("baseline", "alphabetic")
        if size is None:
            continue
        if baseline not in _RISES:
            raise ChartError(f"a text has the baseline '{baseline}'; known: {', '.join(_RISES)}")
        rise = _RISES[baseline]
        mark["fontSize"] = -size
        mark["dy"] = mark.get("dy", 0) + _rounded(rise * size) - _rounded(rise * -size)
    return spec


def readable(size: str) -> str:
    """The ``font-size`` of a picture as it was meant."""
    return size.removeprefix("-")


def _texts(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    mark = part.get("mark")
    if isinstance(mark, dict) and mark.get("type") == "text":
        yield mark
    for name in ("layer", "concat", "hconcat", "vconcat"):
        for inner in part.get(name, ()):
            yield from _texts(inner)


def _rounded(number: float) -> int:
    """As JavaScript rounds: halves go up."""
    return floor(number + 0.5)
