"""The rules of prose, page by page, with what earlier checks found of the same prose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from factbook import identity, passages
from factbook.checks import prose, quotation, spelling, style
from factbook.checks.parity import Side
from factbook.dataset import Dataset
from factbook.errors import Finding, Place
from factbook.memory import Memory
from factbook.tables import Tables

Result = TypeVar("Result")
Worded = tuple[tuple[spelling.Spoken, ...], tuple[Finding, ...]]
"""Passages with their words, and the findings of the words they choose."""
Reader = Callable[[Iterable[tuple[str, str]]], Iterable[passages.Passage]]


@dataclass(frozen=True)
class Prose:
    """What rules of prose find in a page, kept while its text, what its calls show, and words are the same.

    An edit of the data leaves that to most pages; so it stands on a shelf of its own.
    """

    tables: Tables
    dataset: Dataset
    memory: Memory

    def read(self, page: Side) -> None:
        """Find all there is in a page, for whoever asks later; not where its calls are at fault."""
        if not page.rendering.findings:
            for rule in (self.numbers, self.of_page, self.length):
                rule(page)

    def numbers(self, page: Side) -> tuple[prose.Typed, ...]:
        """The numbers that are typed by hand."""
        names, units = self.tables.names, self.tables.units
        make = partial(prose.numbers_typed, page.chapter, page.rendering, names, units)
        return self._kept("numbers", page, lambda: tuple(make()))

    def length(self, page: Side) -> tuple[Finding, ...]:
        """What is too long."""
        make = partial(style.chapters_are_short, page.chapter, page.rendering)
        return self._kept("length", page, lambda: tuple(make()))

    def of_page(self, page: Side) -> Worded:
        """What readers see of a page, and the findings of the words it chooses."""
        make = partial(passages.of_chapter, page.chapter, page.rendering, self.tables.names)
        return self._kept("words", page, partial(_worded, self.tables, make))

    def of_others(self, name: str, read: Reader, files: Iterable[tuple[str, str]]) -> Worded:
        """The same of files of some other kind, each with its path and source."""
        given = tuple(files)
        make = partial(_worded, self.tables, partial(read, given))
        return self.memory.stood(f"words of {name}", (repr(given), self._guide), make)

    def of_data(self) -> Worded:
        """The same of the data."""
        said = self.memory.kept("texts of data", (self.dataset,), self._texts_of_data)
        make = partial(_worded, self.tables, lambda: said)
        return self.memory.stood("words of data", (repr(said), self._guide), make)

    def _texts_of_data(self) -> tuple[passages.Passage, ...]:
        return tuple(passages.of_data(self.tables))

    def _kept(self, kind: str, page: Side, make: Callable[[], Result]) -> Result:
        file = page.chapter.file
        called = self.memory.kept(f"calls of {file}", (page.rendering,), partial(_shown, page))
        basis = (page.chapter.text, called, self._guide)
        return self.memory.stood(f"{kind} of {file}", basis, make)

    @cached_property
    def _guide(self) -> str:
        """All of the data that rules of prose ask for."""
        return repr((self.tables.names, self.tables.units, self.tables.style))


def _shown(page: Side) -> str:
    """What rules of prose ask of a rendering: what its calls print and explain, and where they fail."""
    drawn = page.rendering
    calls = [(c.line, c.shown, c.printed, sorted(c.usage.years)) for c in drawn.calls]
    return repr((calls, [str(finding) for finding in drawn.findings], drawn.readable))


def faults_of_words(
    root: Path, prose_of: Prose, pages_of: Iterable[Side], others: Collection[Finding]
) -> Iterable[Finding]:
    """The faults of words, in lines without ``others``: what is out of place may be no word.

    Where braces are at fault that may be all of a page.
    """
    lines = {finding.place for finding in others}
    broken = {finding.place.path for finding in others}
    unread = {page.chapter.file for page in pages_of if not page.rendering.readable}
    said_elsewhere = (
        prose_of.of_data(),
        prose_of.of_others("program", passages.of_program, _program(root)),
        prose_of.of_others("templates", passages.of_templates, _templates(root)),
        prose_of.of_others("identity", passages.of_identity, _identity(root)),
    )
    worded = [*said_elsewhere, *map(prose_of.of_page, pages_of)]
    texts: list[spelling.Spoken] = []
    for said, ill_chosen in worded:
        texts += (spoken for spoken in said if _stands_apart(spoken[0].place, lines, unread))
        yield from (found for found in ill_chosen if _stands_apart(found.place, lines, unread))
    yield from spelling.words_are_spelt(prose_of.tables, texts)
    for page in pages_of:
        if page.chapter.file not in broken:
            yield from prose_of.length(page)


def _stands_apart(place: Place, lines: Collection[Place], unread: Collection[str]) -> bool:
    return place not in lines and place.path not in unread


def _worded(tables: Tables, make: Callable[[], Iterable[passages.Passage]]) -> Worded:
    """Passages with their words, and the findings of the words they choose."""
    said = tuple(make())
    chosen = style.words_are_chosen(tables.style, said)
    return tuple(map(spelling.spoken, said)), (*chosen, *quotation.quotations_are_marked(said))


def _program(root: Path) -> Iterable[tuple[str, str]]:
    """The modules of the project that say something, with their paths as findings name them."""
    for path in sorted((root / "factbook").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "Text(" in source:
            yield path.relative_to(root).as_posix(), source


def _templates(root: Path) -> Iterable[tuple[str, str]]:
    """The templates of the site's pages."""
    for path in sorted((root / "overrides").rglob("*.html")):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def _identity(root: Path) -> Iterable[tuple[str, str]]:
    """What the site is about and called; projects without a site of their own have no such file."""
    path = root / identity.FILE
    if path.is_file():
        yield identity.FILE, path.read_text(encoding="utf-8")
