"""Dates and intervals: the subset of EDTF, levels 0 and 1, in which the dataset states time.

The notation is that of the Extended Date/Time Format (ISO 8601-2:2019; Library of Congress):

- a year, month or day: ``2022``, ``2022-06``, ``2022-06-30``;
- the same, about or uncertain: ``2004~``, ``2004?``;
- a decade: ``196X``;
- an interval, closed or open: ``2018/2021``, ``2021-01/2021-10``, ``2017/..``, ``../1988``.

One period has one spelling, so that a period can be part of a key: ``2022/2022`` is refused.
How a period reads in a language is the business of :mod:`factbook.formatting`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, total_ordering

from factbook.errors import PeriodError

_DATE = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?(?P<mark>[~?]?)", re.ASCII
)
_DECADE = re.compile(r"(?P<century>\d{3})X", re.ASCII)
_OPEN = ".."
_FORMS = (
    "write a year (2022), a month (2022-06), a day (2022-06-30), a decade (196X), "
    "an interval (2018/2021) or an open one (2017/.. or ../1988); ~ means about, ? uncertain"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One date as exactly as it is known: a decade, a year, a month or a day.

    ``year`` is the first year of a decade; ``mark`` is ``~`` (about), ``?`` (uncertain) or empty.
    """

    year: int
    month: int | None = None
    day: int | None = None
    decade: bool = False
    mark: str = ""

    @property
    def start(self) -> date:
        """The first day of the date."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def end(self) -> date:
        """The last day of the date."""
        year = self.year + 9 if self.decade else self.year
        month = self.month or 12
        return date(year, month, self.day or calendar.monthrange(year, month)[1])


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A date or an interval, made from its EDTF text, equal and hashed by that text.

    No unchecked period can exist: making one raises :class:`~factbook.errors.PeriodError` for a
    text outside the subset. Periods sort by start, then by end (open last), then by text.

    ``first`` and ``last`` are the two ends, None where the interval is open; a single date has the
    same one twice. ``start`` of an interval open to the past is the first day of the calendar;
    ``end`` of one open to the future is None.
    """

    text: str
    first: Moment | None = field(init=False, repr=False, compare=False)
    last: Moment | None = field(init=False, repr=False, compare=False)
    start: date = field(init=False, repr=False, compare=False)
    end: date | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = _ends(self.text)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)
        object.__setattr__(self, "start", first.start if first else date.min)
        object.__setattr__(self, "end", last.end if last else None)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period that ``text`` writes; raise ``PeriodError`` naming fault and remedy."""
        return parse(text)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, bool, date, str]:
        return (self.start, self.end is None, self.end or self.start, self.text)

    @property
    def is_interval(self) -> bool:
        """Whether the period has two ends, one of which may be open."""
        return "/" in self.text

    @property
    def about(self) -> bool:
        """Whether an end of the period is approximate (``~``)."""
        return "~" in self.text

    @property
    def uncertain(self) -> bool:
        """Whether an end of the period is uncertain (``?``)."""
        return "?" in self.text

    @property
    def year(self) -> int | None:
        """The year of a year, month or day; None for a decade or an interval."""
        if self.is_interval or self.first is None or self.first.decade:
            return None
        return self.first.year

    @property
    def anchor(self) -> str:
        """The text made safe for an HTML id; two different periods have two different anchors."""
        safe = self.text.replace("/", "to").replace(_OPEN, "")
        return safe.replace("~", "a").replace("?", "u")

    def covers(self, other: Period) -> bool:
        """Whether every day of ``other`` is a day of this period."""
        if self.start > other.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)

    def years(self) -> range:
        """Return the calendar years touched; an open end adds none to the year of the other."""
        end = self.end or self.start
        start = self.start if self.first else end
        return range(start.year, end.year + 1)

    def shift(self, years: int) -> Period:
        """Return the year so many years later (earlier if negative).

        Raise ``PeriodError`` unless the period is a plain year, or if the calendar ends before.
        """
        if re.fullmatch(r"\d{4}", self.text) is None:
            raise PeriodError(f"'{self}' cannot be moved by years; only a plain year like 2022 can")
        year = self.start.year + years
        if not date.min.year <= year <= date.max.year:
            raise PeriodError(
                f"'{self}' moved by {years} years leaves the calendar; use fewer years"
            )
        return parse(f"{year:04d}")


@cache
def parse(text: str) -> Period:
    """Return the period that ``text`` writes; raise ``PeriodError`` naming fault and remedy."""
    return Period(text)


def _ends(text: str) -> tuple[Moment | None, Moment | None]:
    """Return both ends of the period, None for an open one."""
    if (closed := re.sub(r"\s", "", text)) != text:
        raise PeriodError(f"'{text}' has a space in it; write '{closed}'")
    parts = text.split("/")
    if len(parts) == 1:
        moment = _moment(text, text)
        return (moment, moment)
    if len(parts) > 2:
        raise PeriodError(f"'{text}' has more than one /; an interval has two ends, like 2018/2021")
    if parts == [_OPEN, _OPEN]:
        raise PeriodError(
            f"'{text}' is open at both ends; write the one that is known, like 2017/.."
        )
    first, last = (None if part == _OPEN else _moment(part, text) for part in parts)
    _check_interval(text, first, last)
    return (first, last)


def _moment(part: str, text: str) -> Moment:
    """Return the date that ``part`` of ``text`` writes."""
    if found := _DECADE.fullmatch(part):
        if part != text:
            raise PeriodError(f"'{text}' has a decade in an interval; write years, like 1960/1979")
        year = int(found["century"]) * 10
        _check_date(text, year, None, None)
        return Moment(year, decade=True)
    found = _DATE.fullmatch(part)
    if found is None:
        raise PeriodError(f"'{text}' is not a period; {_FORMS}")
    year = int(found["year"])
    month = int(found["month"]) if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    _check_date(text, year, month, day)
    return Moment(year, month, day, mark=found["mark"])


def _check_date(text: str, year: int, month: int | None, day: int | None) -> None:
    """Raise ``PeriodError`` if the calendar has no such date."""
    if year == 0:
        raise PeriodError(f"'{text}' has the year 0, which is not in the calendar; check it")
    if month is None:
        return
    if not 1 <= month <= 12:
        raise PeriodError(f"'{text}' has the month {month:02d}; months go from 01 to 12")
    length = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= length:
        within = f"{year:04d}-{month:02d}"
        raise PeriodError(
            f"'{text}' has the day {day:02d}; the days of {within} go from 01 to {length}"
        )


def _check_interval(text: str, first: Moment | None, last: Moment | None) -> None:
    """Raise ``PeriodError`` unless the interval's ends stand apart and in order."""
    if first is None or last is None or first.end < last.start:
        return
    left, right = text.split("/")
    if last.end < first.start:
        raise PeriodError(f"'{text}' ends before it begins; write '{right}/{left}'")
    if first.start == last.start and first.end == last.end:
        raise PeriodError(f"'{text}' begins and ends on the same date; write '{left}'")
    raise PeriodError(
        f"'{text}' has one end inside the other; write both as exactly, like 2021-01/2021-10"
    )
