"""The rule of the two editions: a page states the same facts in both languages, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factbook.chapters import Chapter, sections
from factbook.errors import Finding
from factbook.model import Language
from factbook.rendering import Rendering
from factbook.vocabulary import Use

_LEVEL = re.compile(r"^(#{1,6})\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Side:
    """A page in one language and what rendering it gave."""

    chapter: Chapter
    rendering: Rendering


def facts_are_the_same(sides: Iterable[Side]) -> Iterator[Finding]:
    """Both languages of a page have the same headings in the same order, and under each of them the
    same figures, events, claims, charts and sources.
    """
    by_path: dict[str, dict[Language, Side]] = {}
    for side in sides:
        by_path.setdefault(side.chapter.path, {})[side.chapter.language] = side
    for pair in by_path.values():
        if len(pair) == len(Language):
            yield from _compared(pair[Language.EN], pair[Language.ES])


def _compared(english: Side, spanish: Side) -> Iterator[Finding]:
    levels = [_LEVEL.findall(side.chapter.body) for side in (english, spanish)]
    if levels[0] != levels[1]:
        message = (
            f"has {len(levels[1])} headings ({_outline(levels[1])}) where {english.chapter.file}"
            f" has {len(levels[0])} ({_outline(levels[0])}); give both the same structure"
        )
        yield Finding(spanish.chapter.place(1), message)
        return
    for mine, other in ((english, spanish), (spanish, english)):
        for here, there in zip(_used(mine), _used(other), strict=True):
            for name in sorted(here.names - there.names):
                message = (
                    f"uses {name}, which {other.chapter.file}:{other.chapter.place(there.line).line}"
                    " does not in the same section; use it in both or in neither"
                )
                yield Finding(mine.chapter.place(here.lines[name]), message)


@dataclass(frozen=True, slots=True)
class _Section:
    line: int
    lines: dict[str, int]

    @property
    def names(self) -> set[str]:
        return set(self.lines)


def _used(side: Side) -> list[_Section]:
    found: list[_Section] = []
    for first, last, _ in sections(side.chapter.body):
        lines: dict[str, int] = {}
        for call in side.rendering.calls:
            if first <= call.line <= last:
                for kind, name in call.usage.seen:
                    if kind is not Use.TERM:
                        lines.setdefault(f"the {kind} '{name}'", call.line)
        found.append(_Section(first, lines))
    return found


def _outline(levels: list[str]) -> str:
    return " ".join(levels) or "none"
