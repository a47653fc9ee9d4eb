"""The plain arithmetic of series: years, runs between breaks, gaps, who counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from factbook.dataset import Dataset
from factbook.errors import FactbookError, LookupFailure
from factbook.figure import Figure
from factbook.model import Status

OTHERS = ("us",)
_YEAR = re.compile(r"\d{4}[~?]?")


def when(figure: Figure) -> str:
    """The year of a yearly figure, without the marks of its period."""
    return str(year_of(figure))


def year_of(figure: Figure) -> int:
    """The year of a yearly figure."""
    year = figure.period.start.year if _all_months(figure) else figure.period.year
    if year is None:
        raise FactbookError(f"'{figure.id}' is not a yearly figure and has no place on a year axis")
    return year


def yearly(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of whole years, in the order of time, without parts of years and intervals."""
    return tuple(f for f in figures if _YEAR.fullmatch(f.period.text))


def whole_years(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of whole years, or of all months of a year where nothing else is known of it."""
    kept: dict[int, Figure] = {}
    for figure in figures:
        if _YEAR.fullmatch(figure.period.text) or _all_months(figure):
            year = year_of(figure)
            if year not in kept or kept[year].period.is_interval:
                kept[year] = figure
    return tuple(kept[year] for year in sorted(kept))


def _all_months(figure: Figure) -> bool:
    period = figure.period
    first, last = period.first, period.last
    if first is None or last is None or first.year != last.year:
        return False
    return (first.month, last.month) == (1, 12) and first.day is None and last.day is None


def middle(figure: Figure) -> Decimal:
    """The value, or the middle of a figure given only as a range."""
    if figure.value is not None:
        return figure.value
    if figure.low is None or figure.high is None:
        raise FactbookError(f"'{figure.id}' has neither a value nor a whole range")
    return (figure.low + figure.high) / 2


def pointlike(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that have a value of their own, not only a range."""
    return tuple(figure for figure in figures if figure.value is not None)


def runs(dataset: Dataset, figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """Split a yearly series where no line may go: at a missing year and at a break in method."""
    found: list[list[Figure]] = []
    for figure in figures:
        joined = (
            found
            and year_of(found[-1][-1]) + 1 == year_of(figure)
            and figure.status is not Status.BREAK
            and not _breaks_at(dataset, figure)
        )
        if joined:
            found[-1].append(figure)
        else:
            found.append([figure])
    return tuple(tuple(run) for run in found)


def _breaks_at(dataset: Dataset, figure: Figure) -> bool:
    if figure.observation is None:
        return False
    indicator = dataset.indicators[figure.observation.indicator]
    return any(
        b.area == figure.area and b.period.start.year == year_of(figure) for b in indicator.breaks
    )


def steady(dataset: Dataset, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The series from its first two neighbouring years on, without what is quoted from before."""
    for at, run in enumerate(parts := runs(dataset, figures)):
        if len(run) > 1:
            return tuple(figure for part in parts[at:] for figure in part)
    return ()


def break_years(dataset: Dataset, figures: Sequence[Figure]) -> tuple[int, ...]:
    """The years from which a series is counted in another way (its first year is none)."""
    return tuple(
        year_of(figure)
        for figure in figures[1:]
        if figure.status is Status.BREAK or _breaks_at(dataset, figure)
    )


def gaps(figures: Sequence[Figure]) -> tuple[int, ...]:
    """The years without a figure between the first and the last."""
    have = {year_of(figure) for figure in figures}
    return tuple(year for year in range(min(have), max(have) + 1) if year not in have)


def counts(dataset: Dataset, indicator: str, area: str) -> tuple[Figure, ...]:
    """The yearly series by everyone but the United States, preferred producers first."""
    makers = [name for name in dataset.producers if name not in OTHERS]
    return pointlike(yearly(dataset.series(indicator, area, producers=makers)))


def other_counts(dataset: Dataset, indicator: str, area: str) -> tuple[Figure, ...]:
    """The yearly estimates by the United States, ranges included."""
    return yearly(dataset.series(indicator, area, producers=OTHERS))


def in_force(dataset: Dataset, indicator: str, area: str, period: str) -> Figure | None:
    """The figure that holds in a period, or None."""
    try:
        return dataset.figure(indicator, area, period)
    except LookupFailure:
        return None


def by_year(figures: Iterable[Figure]) -> dict[int, Figure]:
    """The figures of a yearly series by year."""
    return {year_of(figure): figure for figure in figures}
