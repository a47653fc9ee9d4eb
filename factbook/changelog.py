"""The list of changes: releases of the project, newest first, as readers and feeds are told of them.

Each language has its file, ``CHANGELOG.md`` and ``CHANGELOG.es.md``, with the same releases. A
release is a heading ``## 1.2.0 (2026-03-01)``; what is to come stands under ``## Unreleased``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factbook.errors import Finding, FindingsError, Place
from factbook.model import Language, Text

FILES = Text("CHANGELOG.md", "CHANGELOG.es.md")
UNRELEASED = Text("Unreleased", "Sin publicar")

_HEADING = re.compile(r"^##\s+(?P<name>.*?)\s*$")
_RELEASE = re.compile(r"(?P<version>\d+\.\d+\.\d+) \((?P<day>\d{4}-\d{2}-\d{2})\)")
_ITEM = re.compile(r"^[-*]\s+(?P<text>.*)$")


@dataclass(frozen=True, slots=True)
class Changes:
    """What one release changed; ``version`` and ``day`` are None for what is not released yet."""

    version: str | None
    day: str | None
    items: tuple[str, ...]


def read_changes(root: Path, language: Language) -> tuple[Changes, ...]:
    """Read the list of a language; raise :class:`FindingsError` for what cannot be read."""
    name = FILES[language]
    try:
        text = (root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        message = f"cannot be read; add it with '## {UNRELEASED[language]}' and a list of changes"
        raise FindingsError([Finding(Place(name), message)]) from None
    return changes_of(text, name, language)


def changes_of(text: str, name: str, language: Language) -> tuple[Changes, ...]:
    """The releases of a text; ``name`` is its file, for findings."""
    found: list[Changes] = []
    faults: list[Finding] = []
    for line, heading, items in _sections(text):
        match = _RELEASE.fullmatch(heading)
        if heading == UNRELEASED[language]:
            found.append(Changes(None, None, items))
        elif match is None or not _is_day(match["day"]):
            message = f"'{heading}' is no release; write '## 1.2.0 (2026-03-01)'"
            faults.append(Finding(Place(name, line), message))
        else:
            found.append(Changes(match["version"], match["day"], items))
    if faults:
        raise FindingsError(faults)
    return tuple(found)


def _sections(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Each heading of the second level with its line and the items of its list."""
    lines = text.splitlines()
    heads = [(n, m["name"]) for n, line in enumerate(lines) if (m := _HEADING.match(line))]
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    for (start, name), end in zip(heads, ends, strict=True):
        items: list[str] = []
        for line in lines[start + 1 : end]:
            if match := _ITEM.match(line):
                items.append(match["text"].strip())
            elif items and line.strip():
                items[-1] += f" {line.strip()}"
        yield start + 1, name, tuple(items)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
