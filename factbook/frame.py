"""What stands around the text of a page: records for search engines, how to cite and pass it on.

The templates of the site ask for it by the page's Markdown path; see ``overrides/main.html``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from factbook.chapters import Chapter, chapters_of
from factbook.history import History, day, history_of
from factbook.markup.addresses import DATA_PAGES, Addresses
from factbook.markup.aside import put_back
from factbook.markup.figures import Page
from factbook.markup.sharing import page_end_html
from factbook.markup.structured import About, jsonld_html, records_of
from factbook.markup.unbroken import unbroken
from factbook.memory import Memory
from factbook.vocabulary import Edition

_BARE_LINK = re.compile(r'<a (?![^>]*\brel=)([^>]*\bhref="https?://)')


@dataclass(frozen=True)
class Frame:
    """The frame of all pages of an edition; ``chapters`` are its pages by their Markdown path."""

    edition: Edition
    chapters: Mapping[str, Chapter]
    history: History

    def head(self, path: str, content: str, pieces: Sequence[str] = ()) -> str:
        """The records of the page as JSON-LD; ``content`` and ``pieces`` are as for :meth:`text`."""
        page, about, whole = self._page(path), self._about(path), put_back(content, pieces)
        records = records_of(page, about, self._titles, self.edition.release, whole)
        return jsonld_html({"@context": "https://schema.org", "@graph": records})

    def text(self, content: str, pieces: Sequence[str] = ()) -> str:
        """The finished HTML of a page: whole again, links to other sites marked, numbers held to units.

        ``pieces`` are what was set aside of it (:mod:`factbook.markup.aside`); authors write no marks.
        """
        whole = put_back(content, pieces)
        return self._unbroken(_BARE_LINK.sub(r'<a rel="noopener external" \1', whole))

    def end(self, path: str) -> str:
        """How to cite the page and to pass it on, for its end."""
        return page_end_html(self._page(path), self._about(path), self.edition.release)

    def modified(self, path: str) -> str:
        """The day on which the page's text or one of its figures was last changed."""
        return day(self.history.last(self._files(path)))

    def _about(self, path: str) -> About:
        chapter = self.chapters[path]
        description = str(chapter.front.get("description", ""))
        first = day(self.history.first([chapter.file]))
        return About(path, chapter.title, description, first, self.modified(path))

    def _files(self, path: str) -> list[str]:
        """The files that a page is made of: its text, and the tables of the figures it prints."""
        return [self.chapters[path].file, *self._tables.get(path, ())]

    @cached_property
    def _tables(self) -> Mapping[str, list[str]]:
        tables: dict[str, dict[str, None]] = {}
        dataset = self.edition.dataset
        for figure, pages in self.edition.uses.items():
            indicator = figure.partition("/")[0]
            if indicator in dataset.indicators:
                for path, _ in pages:
                    tables.setdefault(path, {})[_table(indicator)] = None
        for known in dataset.indicators.values():
            path = f"{DATA_PAGES}/{known.theme}.md"
            tables.setdefault(path, {})[_table(known.id)] = None
        return {path: list(names) for path, names in tables.items()}

    @cached_property
    def _unbroken(self) -> Callable[[str], str]:
        return unbroken(self.edition.language, self.edition.dataset.units.values())

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {path: chapter.title for path, chapter in self.chapters.items()}

    def _page(self, path: str) -> Page:
        language = self.edition.language
        addresses = Addresses(path, self.edition.directories)
        return Page(self.edition.dataset, language, addresses)


def frame_of(root: Path, edition: Edition, memory: Memory | None = None) -> Frame:
    """Read the pages of an edition and when they were changed: the latter once a release."""
    memory = Memory() if memory is None else memory
    chapters, _ = chapters_of(root, edition.language, memory)
    moment = edition.release.date
    history = memory.kept("history", (edition.release,), partial(history_of, root, moment))
    return Frame(edition, {chapter.path: chapter for chapter in chapters}, history)


def _table(indicator: str) -> str:
    return f"data/observations/{indicator}.csv"
