"""TOML read into tables that know the line of each key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tomli  # as tomllib, compiled

from factbook.errors import Finding, Place

_HEADER = re.compile(r"^\[([A-Za-z0-9_.\-]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"^([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*)\s*=")
_WHERE = re.compile(r"\(at line (\d+), column \d+\)")
_END = re.compile(r"\s*\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Record:
    """One table of a TOML file: its id, its content, its place and the line of each key."""

    id: str
    content: dict[str, Any]
    place: Place
    lines: dict[str, int]

    def place_of(self, key: str) -> Place:
        """The place of ``key`` (``title.en``), of its parts or nearest parent, or of the record."""
        return place_of(self.place, self.lines, key)


def place_of(record: Place, lines: Mapping[str, int], key: str) -> Place:
    """The place of ``key`` in a record whose keys stand in ``lines``; see :class:`Record`."""
    while key:
        if (line := lines.get(key)) is not None:  # its parts, if it has any, stand below
            return Place(record.path, line)
        parts = [line for name, line in lines.items() if f"{name}.".startswith(f"{key}.")]
        if parts:
            return Place(record.path, min(parts))
        key = key.rpartition(".")[0]
    return record


def records(path: str, text: str) -> tuple[list[Record], list[Finding]]:
    """Return the tables ``[id]`` of the TOML ``text`` in their order, and the findings."""
    try:
        document = tomli.loads(text)
    except (ValueError, RecursionError) as error:  # too many digits or brackets, too
        return [], [_syntax(path, text, str(error))]
    headers, keys = _lines(text)
    kept: list[Record] = []
    found: list[Finding] = []
    for name, content in document.items():
        place = Place(path, headers.get(name, keys.get("", {}).get(name, 1)))
        if isinstance(content, dict) and name in headers:
            kept.append(Record(name, content, place, keys.get(name, {})))
        else:
            message = f"'{name}' stands outside a table; put it under a line like [some-id]"
            found.append(Finding(place, message))
    return kept, found


def _syntax(path: str, text: str, message: str) -> Finding:
    where = _WHERE.search(message)
    line = _unfinished(text) or (int(where.group(1)) if where else text.count("\n"))
    reason = _END.sub("", _WHERE.sub("", message)).strip()
    reason = reason[:1].lower() + reason[1:]
    return Finding(
        Place(path, max(line, 1)),
        f"is not valid TOML ({reason}); check quotation marks, brackets and doubled keys",
    )


def _unfinished(text: str) -> int | None:
    """The line of the first header or key that cannot be read by itself; None if all can.

    What is left open (a quotation mark, a bracket) is noticed further down; it stands here.
    """
    rows = text.split("\n")
    starts = [n for n, row in enumerate(rows) if row[:1] == "[" or _KEY.match(row)]
    for start, end in pairwise([*starts, len(rows)]):
        try:
            tomli.loads("\n".join(rows[start:end]))
        except (ValueError, RecursionError) as error:
            where = _WHERE.search(str(error))
            line = start + int(where.group(1)) if where else start + 1
            return line if line <= end and rows[line - 1].strip() else start + 1
    return None


def _lines(text: str) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """The line of each table header, and of each key by table.

    tomllib keeps no positions. Our files keep strings on one line, so that a line scan is exact;
    sub-tables ``[id.inputs]`` count their keys to ``id`` with the dotted name.
    """
    headers: dict[str, int] = {}
    keys: dict[str, dict[str, int]] = {}
    table = prefix = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table, _, rest = header.group(1).partition(".")
            prefix = f"{rest}." if rest else ""
            headers.setdefault(table, number)
            if rest:
                keys.setdefault(table, {}).setdefault(rest, number)
        elif key := _KEY.match(line):
            keys.setdefault(table, {}).setdefault(prefix + key.group(1), number)
    return headers, keys
