"""Where figures that change are printed: sentences before and after, charts, pages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import markdown

from factbook.charts.keys import modules
from factbook.diff.figures import Difference, key_of
from factbook.diff.side import Side
from factbook.editions.downloads import printed
from factbook.model import Language
from factbook.rendering import Rendering
from factbook.vocabulary import Use

_EXTENSIONS = ("attr_list", "md_in_html", "tables", "def_list", "footnotes")
_LONGEST_KEPT = 40
"""A table cell or heading up to this length says too little by itself; its figure is named."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a page prints it, and the keys of the figures in it."""

    text: str
    keys: frozenset[str]

    @property
    def short(self) -> bool:
        """Whether it is a cell or a heading, which says little without its figure's name."""
        return len(self.text) <= _LONGEST_KEPT


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence before and after; one of them is None where it is new or gone."""

    before: Sentence | None
    after: Sentence | None

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the figures in either."""
        return frozenset().union(*(s.keys for s in (self.before, self.after) if s is not None))


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that prints figures that change: what reads otherwise, what stays, its charts."""

    file: str
    language: Language
    title: str
    reworded: tuple[Reworded, ...]
    unchanged: int
    charts: tuple[str, ...]


def page_changes(before: Side, after: Side, data: Difference) -> tuple[PageChange, ...]:
    """The pages of both languages that print a figure or chart that changes, in order."""
    touched = charts_of(data)
    old = {chapter.file: rendered for chapter, rendered in before.renderings()}
    found: list[PageChange] = []
    for chapter, rendered in after.renderings():
        change = PageChange(
            chapter.file,
            chapter.language,
            chapter.title,
            *_sentences(old.get(chapter.file), rendered, data.keys),
            tuple(name for name in rendered.usage.of(Use.CHART) if name in touched),
        )
        if change.reworded or change.unchanged or change.charts:
            found.append(change)
    return tuple(found)


def charts_of(data: Difference) -> frozenset[str]:
    """The charts that read an indicator whose rows change, or a kind of record that does."""
    kinds = {records.table for records in data.records}
    return frozenset(
        module.id
        for module in modules().values()
        if data.indicators.intersection(module.indicators) or kinds.intersection(module.records)
    )


def _sentences(
    old: Rendering | None, new: Rendering, keys: frozenset[str]
) -> tuple[tuple[Reworded, ...], int]:
    """What reads otherwise on a page, and how many sentences with such figures read the same."""
    before = list(_affected(old, keys)) if old is not None else []
    after = list(_affected(new, keys))
    same = {s.text for s in before} & {s.text for s in after}
    left = [s for s in before if s.text not in same]
    changed: list[Reworded] = []
    for sentence in (s for s in after if s.text not in same):
        match = _nearest(sentence, left)
        if match is not None:
            left.remove(match)
        changed.append(Reworded(match, sentence))
    changed += [Reworded(sentence, None) for sentence in left]
    return tuple(changed), len(same)


def _affected(page: Rendering, keys: frozenset[str]) -> Iterator[Sentence]:
    """The sentences of a page that print a figure of ``keys``, each once."""
    if not any(key_of(name) in keys for name in page.usage.of(Use.FIGURE)):
        return
    body = markdown.markdown(page.markdown, extensions=_EXTENSIONS)
    named: dict[str, set[str]] = {}
    for name, text in printed(f"<article>{body}</article>"):
        named.setdefault(text, set()).add(key_of(name))
    for text, found in named.items():
        if found & keys:
            yield Sentence(text, frozenset(found & keys))


def _nearest(sentence: Sentence, known: Iterable[Sentence]) -> Sentence | None:
    """The sentence that prints most of the same figures, and reads most like it."""
    sharing = [s for s in known if s.keys & sentence.keys]
    if not sharing:
        return None
    return max(sharing, key=lambda s: (len(s.keys & sentence.keys), _likeness(s, sentence)))


def _likeness(one: Sentence, other: Sentence) -> float:
    return difflib.SequenceMatcher(None, one.text, other.text).ratio()


def pages_with(charts: Iterable[str], pages: Iterable[PageChange]) -> Mapping[str, list[str]]:
    """For each chart, the files of the pages that print it."""
    known = tuple(pages)
    return {name: [p.file for p in known if name in p.charts] for name in sorted(charts)}
