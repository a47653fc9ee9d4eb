"""Plain rows for the marks of :class:`~factbook.charts.theme.Frame`, made from figures.

Every row that stands for a figure carries its id in ``figure``, so that a test can tell what a
picture plots.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from factbook.charts.plot import Voice
from factbook.charts.series import middle, pointlike, runs, year_of
from factbook.dataset import Dataset
from factbook.figure import Figure

Row: TypeAlias = Mapping[str, Any]

_PARENTHESIS = re.compile(r" \([^)]*\)$")


def amount(figure: Figure) -> float:
    """The number a mark stands at: the value, or the middle of a range."""
    return float(middle(figure))


def points(voice: Voice, figures: Iterable[Figure], name: str = "") -> list[Row]:
    """One point a figure that has a value, with its tooltip."""
    return [
        {"x": year_of(f), "y": amount(f), "tip": voice.tip(f, name), "figure": f.id}
        for f in pointlike(figures)
    ]


def joined(dataset: Dataset, figures: Sequence[Figure]) -> list[Row]:
    """The points of a line, each run of neighbouring and comparable years numbered."""
    return [
        {"x": year_of(f), "y": amount(f), "run": at, "figure": f.id}
        for at, run in enumerate(runs(dataset, figures))
        for f in run
    ]


def alone(dataset: Dataset, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures no line leads to: neighbours missing or not comparable."""
    return tuple(run[0] for run in runs(dataset, figures) if len(run) == 1)


def ranges(voice: Voice, figures: Iterable[Figure], name: str = "") -> list[Row]:
    """A vertical line for each figure that is given as a range only."""
    return [
        {
            "x": year_of(f),
            "x2": year_of(f),
            "y": float(f.low),
            "y2": float(f.high),
            "tip": voice.tip(f, name),
            "figure": f.id,
        }
        for f in figures
        if f.value is None and f.low is not None and f.high is not None
    ]


def columns(
    voice: Voice, figures: Iterable[Figure], *, wide: float = 0.7, shift: float = 0, name: str = ""
) -> list[Row]:
    """A column from zero for each figure; one that is only a range ends at its lower bound."""
    return [
        {
            "x": year_of(f) + shift - wide / 2,
            "x2": year_of(f) + shift + wide / 2,
            "y": 0,
            "y2": float(f.value if f.value is not None else f.low or 0),
            "tip": voice.tip(f, name),
            "figure": f.id,
        }
        for f in figures
    ]


def uncertain(
    voice: Voice, figures: Iterable[Figure], *, wide: float = 0.7, name: str = ""
) -> list[Row]:
    """The part of a column between the bounds of a figure that is only a range."""
    return [
        {**row, "x": row["x"] - wide / 2, "x2": row["x"] + wide / 2}
        for row in ranges(voice, figures, name)
    ]


def ticks(voice: Voice, top: int, step: int) -> dict[float, str]:
    """The values from zero to ``top`` by ``step``, written as the language writes them."""
    return {float(y): voice.number(Decimal(y)) for y in range(0, top + 1, step)}


def heights(figures: Iterable[Figure]) -> list[float]:
    """Every value and upper bound of the figures, for an axis that has room for them all."""
    return [float(n) for f in figures for n in (f.value, f.high) if n is not None]


def short(name: str) -> str:
    """A name without what stands in parentheses behind it."""
    return _PARENTHESIS.sub("", name)


def top(amounts: Iterable[float], step: int) -> int:
    """The first whole step at or above the highest amount: where an axis from zero may end."""
    return math.ceil(max(amounts) / step) * step
