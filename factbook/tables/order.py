"""Rows and records stand once and in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from factbook.errors import Finding
from factbook.tables.files import OBSERVATIONS
from factbook.tables.records import Record
from factbook.tables.rows import Row

_KEYS = {"data/names.csv": ("name_en",), "data/codes.csv": ("list", "code")}


def _columns(path: str) -> tuple[str, ...]:
    """The columns by which the rows of a file are known and sorted."""
    if path.startswith(OBSERVATIONS):
        return ("area", "period", "source")
    return _KEYS.get(path, ("code",))


def doubled(kept: list[Row], path: str) -> list[Finding]:
    """No two rows have the same key."""
    found: list[Finding] = []
    first_seen: dict[tuple[str, ...], int] = {}
    for row in kept:
        key = tuple(row.cells[column] for column in _columns(path))
        if key in first_seen:
            message = f"{', '.join(key)} stands already in line {first_seen[key]}; keep one row"
            found.append(Finding(row.place, message))
        first_seen.setdefault(key, row.place.line)
    return found


def disorder(kept: list[Row], path: str) -> list[Finding]:
    """Rows are sorted by their key, so that two people's additions do not collide."""
    columns = _columns(path)
    keys = [tuple(row.cells[column] for column in columns) for row in kept]
    if (at := _misplaced(keys)) is None:
        return []
    message = f"{', '.join(keys[at])} is out of order; sort the rows by {', '.join(columns)}"
    return [Finding(kept[at].place, message)]


def record_disorder(kept: list[Record]) -> list[Finding]:
    """Records are sorted by id."""
    if (at := _misplaced([(record.id,) for record in kept])) is None:
        return []
    message = f"[{kept[at].id}] is out of order; sort the records by their id"
    return [Finding(kept[at].place, message)]


def _misplaced(keys: Sequence[tuple[str, ...]]) -> int | None:
    """The first place that breaks the order, counted from 0: what the fewest moves would mend."""
    ends: list[tuple[str, ...]] = []  # the smallest end of a sorted run of each length
    lengths: list[int] = []
    for key in keys:
        length = bisect_right(ends, key)
        ends[length : length + 1] = [key]
        lengths.append(length)
    wanted = len(ends) - 1
    kept: set[int] = set()
    limit: tuple[str, ...] | None = None
    for at in range(len(keys) - 1, -1, -1):
        if lengths[at] == wanted and (limit is None or keys[at] <= limit):
            kept.add(at)
            wanted, limit = wanted - 1, keys[at]
    return next((at for at in range(len(keys)) if at not in kept), None)
