"""What a chart module returns, and the plain arithmetic of series: years, runs, steps.

No drawing library is imported here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from factbook import formatting
from factbook.charts.drawing import Cell
from factbook.dataset import Dataset, Figure
from factbook.errors import FactbookError, LookupFailure
from factbook.model import Language, Qualifier, Status, Text

OTHERS = ("us",)
_OUTSIDE = (*OTHERS, "incb", "ngo", "press")
_YEAR = re.compile(r"\d{4}[~?]?")


@dataclass(frozen=True, slots=True)
class Layout:
    """One of the two forms of a picture: its name and its width in pixels."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether this is the layout for phones."""
        return self.width < 500


WIDE = Layout("wide", 680)
NARROW = Layout("narrow", 340)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language: its words, its table, the figures it plots, and how it is drawn."""

    title: str
    subtitle: str
    note: str | None
    description: tuple[str, ...]
    figures: tuple[Figure, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spec: Callable[[Layout], Any]
    """Draws the picture in a layout: an Altair chart finished by ``theme``."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a chart speaks: numbers, names and sentences in one language."""

    dataset: Dataset
    language: Language

    def __call__(self, text: Text, **parts: object) -> str:
        """The text in this language, its ``{names}`` filled in."""
        return text[self.language].format(**parts)

    def area(self, code: str) -> str:
        """The name of an area."""
        return self.dataset.area(code).name[self.language]

    def number(self, value: Decimal, decimals: int = 0) -> str:
        """A bare number."""
        return formatting.number(value, self.language, decimals=decimals)

    def amount(self, value: Decimal, unit: str, decimals: int = 0) -> str:
        """A number with its unit."""
        number = self.number(value, decimals)
        pattern = self.dataset.units[unit].pattern[self.language]
        return pattern.replace(" ", formatting.NO_BREAK).replace("{n}", number)

    def figure(self, figure: Figure, *, unit: bool = True, qualifier: bool = True) -> str:
        """A figure as the pages print it."""
        return formatting.quantity(
            self.dataset.units[figure.unit],
            self.language,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            qualifier=figure.qualifier,
            decimals=figure.decimals,
            with_unit=unit,
            with_qualifier=qualifier,
        )

    def producer(self, figure: Figure) -> str:
        """The short name of who stands behind an observed figure."""
        source = self.dataset.source(figure.citations[0].source)
        return self.dataset.producers[source.producer].short[self.language]

    def tip(self, figure: Figure, name: str = "") -> str:
        """What hovering over a mark says: name, year, value and producer."""
        head = f"{name}, {when(figure)}" if name else when(figure)
        return f"{head}: {self.figure(figure)} ({self.producer(figure)})"

    def cell(self, figure: Figure | None) -> Cell:
        """The figure as a cell of the table: without unit, empty for None."""
        if figure is None:
            return Cell("")
        return Cell(self.figure(figure, unit=False), figure.id)

    def listed(self, parts: Sequence[str]) -> str:
        """The parts as a list in a sentence."""
        if len(parts) < 2:
            return "".join(parts)
        last = self(_AND)
        # Spanish writes e before the sound i; names of places here do not need it, words may.
        if self.language is Language.ES and re.match(r"h?i(?![aeo])", parts[-1].lower()):
            last = " e "
        return ", ".join(parts[:-1]) + last + parts[-1]


_AND = Text(" and ", " y ")


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


def lowered(note: str) -> str:
    """A note that goes on in the middle of a sentence."""
    return note[:1].lower() + note[1:]


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
    """The yearly series as surveys and governments of the region count it."""
    makers = [p for p in dataset.indicator(indicator).producers if p not in _OUTSIDE]
    return pointlike(yearly(dataset.series(indicator, area, producers=makers)))


def other_counts(dataset: Dataset, indicator: str, area: str) -> tuple[Figure, ...]:
    """The yearly estimates by the United States, ranges included."""
    return yearly(dataset.series(indicator, area, producers=OTHERS))


def exact_enough(figure: Figure) -> bool:
    """Whether a figure is a point, not a bound such as *at least*."""
    return figure.qualifier in (Qualifier.EXACT, Qualifier.ABOUT)


def in_force(dataset: Dataset, indicator: str, area: str, period: str) -> Figure | None:
    """The figure that holds in a period, or None."""
    try:
        return dataset.figure(indicator, area, period)
    except LookupFailure:
        return None


def by_year(figures: Iterable[Figure]) -> dict[int, Figure]:
    """The figures of a yearly series by year."""
    return {year_of(figure): figure for figure in figures}


def required(figures: Sequence[object], what: str) -> None:
    """Stop a chart that has nothing to draw: an error that says what it cannot do without."""
    if not figures:
        raise FactbookError(f"there is nothing to plot: no figures for {what}")


def borne_out(holds: bool, title: str) -> None:
    """Stop a chart whose title the data no longer bear out."""
    if not holds:
        raise FactbookError(f"the data no longer bear out the title '{title}'; write another one")
