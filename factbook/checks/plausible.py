"""Rules about likely slips: of a unit, of a decimal point, of a year, of a break's mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from factbook.checks.doubts import Doubt, explained, shown
from factbook.dataset import Dataset
from factbook.errors import Finding, LookupFailure
from factbook.model import Indicator, Observation, Rank, Status
from factbook.periods import Period
from factbook.tables import Tables

FARTHEST = Decimal(2)
"""How many times as large a rival may be without a word of explanation.

The smallest slip of a unit in this field is a pound taken for a kilogram, 2.2 times; the counts of
the UN and of the United States, made by different methods, are up to 1.9 times apart.
"""


def decimals_fit(tables: Tables) -> Iterator[Finding]:
    """No value has more decimals than its indicator prints, unless a note says why."""
    known = {indicator.id: indicator for indicator in tables.indicators}
    whole = {unit.code for unit in tables.units if unit.kind.whole}
    for indicator in tables.indicators:
        if indicator.unit in whole and indicator.decimals:
            message = f"[{indicator.id}] '{indicator.unit}' are whole; set decimals = 0"
            yield Finding(tables.at(indicator.place, "decimals"), message)
    for o in tables.observations:
        given = known.get(o.indicator)
        if given is None or o.note is not None:
            continue
        for number in (o.value, o.low, o.high):
            if number is not None and _decimals(number) > given.decimals:
                yield Finding(o.place, _more_decimals(number, given))
                break


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _more_decimals(number: Decimal, indicator: Indicator) -> str:
    return (
        f"{number} has more decimals than '{indicator.id}' prints ({indicator.decimals}); check"
        " the decimal point, raise 'decimals' in data/indicators.toml, or say in the note that it"
        " is printed rounded"
    )


def periods_are_past(tables: Tables) -> Iterator[Finding]:
    """No number is older than what it tells: the source's date, and that of the newest evidence.

    A goal or forecast may lie behind its source's date if the note says what it is; nothing may
    lie behind the day on which a source was last read. No clock is asked.
    """
    read = [Period.parse(s.accessed) for s in tables.sources if s.accessed]
    newest = max((p.end for p in read if p.end is not None), default=None)
    issued = {s.id: s.issued for s in tables.sources}
    for o in tables.observations:
        if newest is not None and o.period.start > newest:
            message = f"{o.period} begins after the newest evidence ({newest}); mend the period"
            yield Finding(o.place, message)
        elif _foretold(o, issued.get(o.citation.source)):
            yield Finding(o.place, _too_early(o, issued[o.citation.source]))
    for event in tables.events:
        if newest is not None and event.date.start > newest:
            message = f"[{event.id}] {event.date} lies after the newest evidence ({newest})"
            yield Finding(tables.at(event.place, "date"), f"{message}; mend the date")


def sources_are_out_when_read(tables: Tables) -> Iterator[Finding]:
    """No source was published after the day on which it was read."""
    for source in tables.sources:
        if source.issued is None or not source.accessed:
            continue
        last = Period.parse(source.accessed).end
        if last is not None and source.issued.start > last:
            message = (
                f"[{source.id}] was published {source.issued}, after it was read"
                f" ({source.accessed}); mend one of the dates"
            )
            yield Finding(tables.at(source.place, "issued"), message)


def _foretold(observation: Observation, issued: Period | None) -> bool:
    end: date | None = issued.end if issued is not None else None
    return observation.note is None and end is not None and observation.period.start > end


def _too_early(observation: Observation, issued: Period | None) -> str:
    return (
        f"{observation.period} begins after its source appeared ({observation.citation.source},"
        f" {issued}); mend the period, or say in the note that it is a goal or forecast"
    )


def breaks_are_marked(dataset: Dataset) -> Iterator[Finding]:
    """The first value at or after a break has the status ``break``, and no other value has it."""
    for indicator in dataset.indicators.values():
        rows = dataset.by_indicator.get(indicator.id, ())
        firsts: set[tuple[str, Period]] = set()
        for item in indicator.breaks:
            later = [o for o in rows if o.area == item.area and _counts_from(o, item.period)]
            start = f"[{indicator.id}] the break of {item.period} in {item.area}"
            if not later:
                message = f"{start} stands before no value; add the value or remove the break"
                yield Finding(indicator.place, message)
                continue
            first = min(o.period for o in later)
            firsts.add((item.area, first))
            here = [o for o in later if o.period == first]
            if not any(o.status is Status.BREAK for o in here):
                message = f"is the first value after the break of {item.period} in"
                remedy = f"{message} data/indicators.toml; give it the status 'break'"
                yield Finding(here[0].place, remedy)
        yield from _unlisted(rows, firsts)


def _counts_from(observation: Observation, period: Period) -> bool:
    return observation.rank is not Rank.DEPRECATED and observation.period.start >= period.start


def _unlisted(rows: Sequence[Observation], firsts: set[tuple[str, Period]]) -> Iterator[Finding]:
    for o in rows:
        if o.status is Status.BREAK and (o.area, o.period) not in firsts:
            message = (
                f"has the status 'break', but [{o.indicator}] lists no break for {o.area} in"
                f" {o.period}; add it to 'breaks' in data/indicators.toml, or take the status away"
            )
            yield Finding(o.place, message)


def rivals_are_near(dataset: Dataset) -> Iterator[Doubt]:
    """Rivals twice as large as one another, or of opposite sign, are explained.

    A note or the status ``disputed`` on one of the two explains them. Where no rival is preferred,
    that is reported instead.
    """
    seen: set[tuple[str, str, Period]] = set()
    for o in dataset.observations:
        key = (o.indicator, o.area, o.period)
        if key in seen:
            continue
        seen.add(key)
        stated = [s for s in dataset.stated(*key) if s.rank is not Rank.DEPRECATED]
        if len(stated) > 1 and _is_decided(dataset, stated):
            yield from _far(stated)


def _is_decided(dataset: Dataset, stated: Sequence[Observation]) -> bool:
    try:
        dataset.preferred(tuple(stated))
    except LookupFailure:
        return False
    return True


def _far(stated: Sequence[Observation]) -> Iterator[Doubt]:
    """One doubt at most: about the row that is far from most others, else about the later one."""
    far = {o: [r for r in stated if r is not o and _are_far(o, r)] for o in stated}
    odd = max(stated, key=lambda o: (len(far[o]), o.place))
    if far[odd]:
        rival = far[odd][0]
        message = (
            f"{shown(odd)} is far from the {shown(rival)} of {rival.citation.source}"
            f" ({_how_far(odd, rival)}); check the unit, and if both are meant, say why in the"
            " note of one or give one the status 'disputed'"
        )
        yield Doubt(Finding(odd.place, message), frozenset(o.id for o in stated))


def _are_far(one: Observation, other: Observation) -> bool:
    if explained(one, other):
        return False
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    if high < other_low:
        low, high = high, other_low
    elif other_high < low:
        low, high = other_high, low
    else:
        return False
    small, large = sorted((abs(low), abs(high)))
    return low * high <= 0 or large > small * FARTHEST


def _how_far(one: Observation, other: Observation) -> str:
    small, large = sorted((_doubled(one), _doubled(other)), key=abs)
    if small * large <= 0:
        return "not even of the same sign" if small else "one of them is zero"
    return f"{large / small:.1f} times"


def _doubled(observation: Observation) -> Decimal:
    """Twice the value, or twice the middle of a range: a ratio does not mind."""
    low, high = _ends(observation)
    return low + high


def _ends(observation: Observation) -> tuple[Decimal, Decimal]:
    """The value twice, or where only a range is given, its two ends."""
    low = observation.low if observation.value is None else observation.value
    high = observation.high if observation.value is None else observation.value
    assert low is not None and high is not None
    return low, high
