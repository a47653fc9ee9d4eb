"""Two yearly figures of one place taken together: the pairs, and what may be compared in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TypeAlias

from factbook.charts.series import by_year, counts, middle, runs, whole_years, year_of
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Qualifier

ERADICATION = "eradication"
AREA = "coca-area"


@dataclass(frozen=True, slots=True)
class Year:
    """A year of one place: what was pulled out in it and what stood at its end."""

    pulled: Figure
    standing: Figure

    @property
    def year(self) -> int:
        """The year."""
        return year_of(self.standing)

    @property
    def text(self) -> str:
        """The year as a label."""
        return str(self.year)


Change: TypeAlias = tuple[Year, Year]


def years_of(dataset: Dataset, code: str) -> tuple[Year, ...]:
    """The years of a country that have both figures, parts of years left out."""
    pulled = by_year(whole_years(dataset.series(ERADICATION, code)))
    return tuple(
        Year(pulled[year_of(f)], f) for f in counts(dataset, AREA, code) if year_of(f) in pulled
    )


def joined_years(dataset: Dataset, years: Sequence[Year]) -> list[list[Year]]:
    """Neighbouring years whose figures can be joined: exact ones, counted in one way."""
    found: list[list[Year]] = []
    points = {year.year: year for year in years if year.pulled.value is not None}
    for run in runs(dataset, [year.standing for year in points.values()]):
        found.append([points[year_of(f)] for f in run])
    return found


def changes(dataset: Dataset, years: Sequence[Year]) -> list[Change]:
    """Every year with the one before, where both figures of both can be compared."""
    return [pair for run in joined_years(dataset, years) for pair in pairwise(run)]


def opposite(pairs: Sequence[Change]) -> list[Change]:
    """The changes in which one figure rose and the other fell."""
    return [
        (a, b)
        for a, b in pairs
        if (middle(b.pulled) - middle(a.pulled)) * (middle(b.standing) - middle(a.standing)) < 0
    ]


def contrast(places: Iterable[Sequence[Year]], *, alike: Decimal) -> Change | None:
    """The two years of one place with nearly the same eradication and the most unlike areas.

    ``alike`` is how far apart, as a share, the two may be. The year with less standing is first; a
    figure that is only a lower bound or a range is compared with none.
    """
    found = [
        (a, b) if middle(a.standing) < middle(b.standing) else (b, a)
        for years in places
        for a, b in combinations([year for year in years if _firm(year)], 2)
        if abs(middle(a.pulled) - middle(b.pulled)) <= alike * middle(a.pulled)
    ]
    return max(
        found, key=lambda pair: middle(pair[1].standing) / middle(pair[0].standing), default=None
    )


def _firm(year: Year) -> bool:
    return year.pulled.value is not None and year.pulled.qualifier is not Qualifier.AT_LEAST
