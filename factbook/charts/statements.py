"""All that is stated of one indicator in one place: years, parts of years, other values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factbook.charts.series import pointlike, year_of, yearly
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Observation, Rank
from factbook.periods import Period


@dataclass(frozen=True, slots=True)
class Statements:
    """What is stated of one indicator in one place.

    ``years`` are whole years; ``parts`` are counts since January of years without a whole;
    ``others`` are rival values of these and whatever was deprecated.
    """

    indicator: str
    area: str
    years: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    others: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        return (*self.years, *self.parts, *self.others)


def statements(dataset: Dataset, indicator: str, area: str) -> Statements:
    """Everything with a value of its own; of several parts of a year the longest."""
    whole = pointlike(yearly(dataset.series(indicator, area)))
    have = {year_of(f) for f in whole}
    parts: dict[int, Figure] = {}
    for figure in pointlike(dataset.series(indicator, area)):
        if _is_part(figure.period) and start_year(figure.period) not in have:
            parts[start_year(figure.period)] = (
                figure  # periods come by their end, so the longest stays
            )
    shown = {f.id for f in (*whole, *parts.values())}
    others = tuple(
        dataset.figure(indicator, area, o.period, source=o.citation.source)
        for o in dataset.by_indicator[indicator]
        if o.area == area and o.id not in shown and _rivals(o, (*whole, *parts.values()))
    )
    return Statements(indicator, area, whole, tuple(parts.values()), others)


def start_year(period: Period) -> int:
    """The year in which a period begins."""
    return period.start.year


def _rivals(other: Observation, shown: Iterable[Figure]) -> bool:
    """Whether it states another value for the time of a shown one, or one that was contradicted."""
    return other.rank is Rank.DEPRECATED or any(other in figure.rivals for figure in shown)


def _is_part(period: Period) -> bool:
    """Whether it is a count since January of a part of one year."""
    first, last = period.first, period.last
    if first is None or last is None or not period.is_interval or first.year != last.year:
        return False
    return first.month == 1
