"""Rules about sums: where the parts and the total are both published, they agree within rounding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from factbook.checks.doubts import Doubt
from factbook.dataset import Dataset
from factbook.errors import Finding
from factbook.figure import Figure
from factbook.model import Sum
from factbook.periods import Period
from factbook.tables import Tables

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """A total and its parts in one period, each with a value."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def period(self) -> Period:
        """The period of the total, which is that of all parts."""
        return self.total.period

    @property
    def sum(self) -> Decimal:
        """The parts added up."""
        return sum((_value(part) for part in self.parts), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """How far the parts are from the total, without sign."""
        return abs(_value(self.total) - self.sum)


def sums_can_be_made(tables: Tables) -> Iterator[Finding]:
    """A sum is of indicators in one unit, and a star in it stands for at least one area."""
    units = {indicator.id: indicator.unit for indicator in tables.indicators}
    codes = [area.code for area in tables.areas]
    computed = {derivation.id for derivation in tables.derivations}
    for record in tables.sums:
        names = (record.total, *record.parts)
        if fault := next(filter(None, (_fault(name, codes, computed) for name in names)), None):
            yield Finding(tables.at(record.place, "parts"), f"[{record.id}] {fault}")
        used = sorted({units.get(name.partition("/")[0], "") for name in names} - {""})
        if len(used) > 1:
            message = f"[{record.id}] adds up {' and '.join(used)}; sum what has one unit"
            yield Finding(tables.at(record.place, "parts"), message)


def _fault(name: str, codes: Iterable[str], computed: Collection[str]) -> str | None:
    indicator, _, area = name.partition("/")
    if indicator in computed:
        return f"'{indicator}' is computed from others; sum indicators only"
    start = area.removesuffix("*")
    if area != start and not any(_begins(code, start) for code in codes):
        return f"no area's code begins with '{start}'; mend '{name}'"
    return None


def _begins(code: str, start: str) -> bool:
    return code.startswith(start) and code != start


def sums_add_up(dataset: Dataset) -> Iterator[Doubt]:
    """The parts of a sum make up its total within its tolerance, but for the listed exceptions."""
    for record in dataset.sums.values():
        excepted = {exemption.period for exemption in record.exceptions}
        for made in comparisons(dataset, record):
            if made.difference > record.tolerance and made.period not in excepted:
                observation = made.total.observation
                assert observation is not None
                about = frozenset({made.total.id, *(part.id for part in made.parts)})
                yield Doubt(Finding(observation.place, _message(record, made)), about)


def _message(record: Sum, made: Comparison) -> str:
    listed = " + ".join(f"{_name(record, part)} {part.value}" for part in made.parts[:_SHOWN])
    if (more := len(made.parts) - _SHOWN) > 0:
        listed += f" and {more} more"
    return (
        f"{made.total.area} in {made.period} is {made.total.value}, but its parts sum to"
        f" {made.sum} ({listed}; {record.tolerance} may be rounding); mend the number that is"
        f" wrong, or list {made.period} with the reason under 'exceptions' of [{record.id}]"
        " in data/sums.toml"
    )


def _name(record: Sum, part: Figure) -> str:
    """A part by its area if all parts are of the total's indicator, else by its indicator."""
    indicator = part.id.partition("/")[0]
    return part.area if record.total.startswith(f"{indicator}/") else indicator


def exceptions_are_needed(dataset: Dataset) -> Iterator[Finding]:
    """A sum compares something, and each of its exceptions excuses a difference."""
    for record in dataset.sums.values():
        made = {c.period: c for c in comparisons(dataset, record)}
        if not made:
            message = "compares nothing: no period has the total and all parts; mend the names"
            yield Finding(record.place, f"[{record.id}] {message}")
        for exemption in record.exceptions if made else ():
            period = exemption.period
            if period not in made or made[period].difference <= record.tolerance:
                message = f"the exception for {period} excuses nothing; remove it"
                yield Finding(record.place, f"[{record.id}] {message}")


def comparisons(dataset: Dataset, record: Sum) -> Iterator[Comparison]:
    """Each period in which the total and all parts have a value."""
    groups = [_part(dataset, record, name) for name in record.parts]
    for period, total in _series(dataset, record, *record.total.split("/")).items():
        if record.periods and period not in record.periods:
            continue
        present = [[series[period] for series in group if period in series] for group in groups]
        if all(present):
            yield Comparison(total, tuple(part for group in present for part in group))


def _part(dataset: Dataset, record: Sum, name: str) -> list[Mapping[Period, Figure]]:
    """The series behind a part: one, or one for each area that a star stands for."""
    indicator, _, area = name.partition("/")
    if not area.endswith("*"):
        return [_series(dataset, record, indicator, area)]
    start = area.removesuffix("*")
    codes = sorted({o.area for o in dataset.by_indicator.get(indicator, ())})
    matching = [code for code in codes if _begins(code, start)]
    return [_series(dataset, record, indicator, code) for code in matching]


def _series(dataset: Dataset, record: Sum, indicator: str, area: str) -> Mapping[Period, Figure]:
    found = dataset.series(indicator, area, producers=record.producers)
    return {f.period: f for f in found if f.value is not None}


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value
