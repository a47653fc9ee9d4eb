"""What differs between two states of the dataset: numbers, computed figures, other records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TypeVar

from factbook.dataset import Dataset
from factbook.errors import LookupFailure
from factbook.figure import Figure
from factbook.model import Observation
from factbook.tables import Tables

R = TypeVar("R")

RECORDS = (
    "indicators",
    "derivations",
    "sources",
    "events",
    "claims",
    "terms",
    "diagrams",
    "sums",
    "areas",
    "units",
    "producers",
)
"""The tables besides observations in which a change is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number before and after; one of them is None where the row was added or removed."""

    id: str
    before: Figure | None
    after: Figure | None

    @property
    def figure(self) -> Figure:
        """The figure as it is, or as it was where it is gone."""
        figure = self.after or self.before
        assert figure is not None
        return figure

    @property
    def key(self) -> str:
        """``indicator/area/period``: what the rivals of a number share."""
        return key_of(self.id)


@dataclass(frozen=True, slots=True)
class Records:
    """The ids of one table's records that were added, removed and changed."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in the data: rows, which row is preferred, computed figures, other records.

    ``preferred`` are the figures that pages print another row for, or the same in another unit or
    with other decimals; their ids are keys.
    """

    observations: tuple[Change, ...]
    preferred: tuple[Change, ...]
    derived: tuple[Change, ...]
    records: tuple[Records, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The key of each figure that changes."""
        every = (*self.observations, *self.preferred, *self.derived)
        return frozenset(change.key for change in every)

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators whose rows or definitions change."""
        rows = (*self.observations, *self.preferred)
        named = {change.id.partition("/")[0] for change in rows}
        for table in self.records:
            if table.table == "indicators":
                named.update(table.added, table.changed)
        return frozenset(named)


def key_of(name: str) -> str:
    """The ``indicator/area/period`` of a figure's id; a period may hold a slash, a source none."""
    parts = name.split("/")
    return "/".join(parts[:-1] if parts[-1][:1].isalpha() else parts)


def difference(before: Dataset, after: Dataset, tables: tuple[Tables, Tables]) -> Difference:
    """Compare two states; ``tables`` are theirs, in the same order."""
    records = (
        _records(table, getattr(tables[0], table), getattr(tables[1], table)) for table in RECORDS
    )
    return Difference(
        _observations(before, after),
        _preferred(before, after),
        _derived(before, after),
        tuple(found for found in records if found),
    )


def _observations(before: Dataset, after: Dataset) -> tuple[Change, ...]:
    old = {o.id: o for o in before.observations}
    new = {o.id: o for o in after.observations}
    changed = [
        name for name in sorted({*old, *new}) if _said(old.get(name)) != _said(new.get(name))
    ]
    return tuple(
        Change(name, _figure(before, old.get(name)), _figure(after, new.get(name)))
        for name in changed
    )


def _figure(dataset: Dataset, o: Observation | None) -> Figure | None:
    if o is None:
        return None
    return dataset.figure(o.indicator, o.area, o.period, source=o.citation.source)


def _preferred(before: Dataset, after: Dataset) -> tuple[Change, ...]:
    """The figures that are printed on both sides, but from another row or in another way."""
    old, new = _choices(before), _choices(after)
    return tuple(
        Change(key, old[key], new[key])
        for key in sorted(old.keys() & new.keys())
        if (old[key].id, *_style(old[key])) != (new[key].id, *_style(new[key]))
    )


def _choices(dataset: Dataset) -> Mapping[str, Figure]:
    """The figure that pages print for each indicator, area and period, where one is preferred."""
    chosen: dict[str, Figure] = {}
    for o in dataset.observations:
        key = key_of(o.id)
        if key not in chosen:
            with suppress(LookupFailure):
                chosen[key] = dataset.figure(o.indicator, o.area, o.period)
    return chosen


def _style(figure: Figure) -> tuple[str, int]:
    return figure.unit, figure.decimals


def _derived(before: Dataset, after: Dataset) -> tuple[Change, ...]:
    old, new = _computed(before), _computed(after)
    changes = (Change(name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
    return tuple(change for change in changes if _number(change.before) != _number(change.after))


def _computed(dataset: Dataset) -> Mapping[str, Figure]:
    return {figure.id: figure for name in dataset.derivations for figure in dataset.derivable(name)}


def _number(figure: Figure | None) -> object:
    if figure is None:
        return None
    return figure.value, figure.low, figure.high, figure.unit, figure.qualifier


def _records(table: str, before: Iterable[R], after: Iterable[R]) -> Records:
    old, new = ({_name(record): record for record in records} for records in (before, after))
    both = sorted(old.keys() & new.keys())
    return Records(
        table,
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        tuple(name for name in both if _said(old[name]) != _said(new[name])),
    )


def _name(record: object) -> str:
    return str(getattr(record, "id", None) or getattr(record, "code"))  # noqa: B009


def _said(record: object) -> object:
    """What a record says, without the line it stands on."""
    if record is None:
        return None
    kept = (f.name for f in fields(record) if f.name != "place")  # type: ignore[arg-type]
    return tuple(getattr(record, name) for name in kept)
