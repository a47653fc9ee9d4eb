"""Chapters taken out of a finished PDF: the same pages, with the colophon, as a file of their own.

Nothing is laid out again: pages, tags and numbers are those of the whole, so that a page is cited
alike in both. What the other pages hold (their tags, anchors, bookmarks) is left out; a link to
one of them leads to the same place on the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factbook.editions.pdf.article import SEPARATOR
from factbook.errors import FactbookError

COLOPHON = "colophon"
"""The anchor of the part that closes every offprint."""


_DRAWS = re.compile(rb"(/\S+)\s+Do\b")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter to take out: its anchor in the document, its title, where its page is in the
    language's folder of the site, and where on the web.
    """

    slug: str
    title: str
    page: str
    address: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a document is wanted outside it: its title, its chapters, and the address of each
    of its pages on the web by the anchor it has in the document.
    """

    title: str
    chapters: tuple[Chapter, ...]
    addresses: Mapping[str, str]


def write_offprints(book: Path, folder: Path, contents: Contents) -> dict[str, int]:
    """Write each chapter of ``book`` to ``folder`` as ``<slug>.pdf``; return their numbers of pages.

    Raises :class:`FactbookError` where the book has no such chapter.
    """
    import pikepdf

    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with pikepdf.open(book) as pdf:
        whole = _Whole(pdf)
        for chapter in contents.chapters:
            counts[chapter.slug] = whole.take(chapter, contents, folder / f"{chapter.slug}.pdf")
    return counts


class _Whole:
    """The open document. Its lists are cut to a chapter, saved, and cut anew from what they were."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        root = pdf.Root
        self._pages = list(root.Pages.Kids)
        self._number = {page.objgen: number for number, page in enumerate(self._pages)}
        self._elements = list(root.StructTreeRoot.K[0].K)
        marks = list(root.StructTreeRoot.ParentTree.Nums)
        self._marks = dict(zip(map(int, marks[::2]), marks[1::2], strict=True))
        names = list(root.Names.Dests.Names)
        self._names = {str(n): d for n, d in zip(names[::2], names[1::2], strict=True)}
        self._drawn = dict(self._pages[0].Resources.get("/XObject", {}))
        with pdf.open_outline() as outline:
            self._bookmarks = list(outline.root)
        self._starts = sorted({self._page_of(mark.destination) for mark in self._bookmarks})

    def take(self, chapter: Chapter, contents: Contents, target: Path) -> int:
        """Write the chapter and the colophon to ``target``; return the number of pages."""
        import pikepdf

        numbers = [*self._extent(chapter.slug), *self._extent(COLOPHON)]
        pages = [self._pages[number] for number in numbers]
        kept = {page.objgen for page in pages}
        names = {name: place for name, place in self._names.items() if place[0].objgen in kept}
        for page in pages:
            for note in page.get("/Annots", []):
                _turn_outward(note, names, contents, chapter)
        root = self._pdf.Root
        root.Pages.Kids, root.Pages.Count = pikepdf.Array(pages), len(pages)
        root.StructTreeRoot.K[0].K = pikepdf.Array(
            [element for element in self._elements if element.Pg.objgen in kept]
        )
        root.StructTreeRoot.ParentTree.Nums = pikepdf.Array(self._marks_of(pages))
        root.Names.Dests.Names = pikepdf.Array(
            [part for name, place in names.items() for part in (pikepdf.String(name), place)]
        )
        pages[0].Resources.XObject = pikepdf.Dictionary(self._drawn_on(pages))
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(_labels(numbers)))
        with self._pdf.open_outline() as outline:
            outline.root[:] = [
                m for m in self._bookmarks if self._page_of(m.destination) in numbers
            ]
        self._name(f"{chapter.title} · {contents.title}")
        self._pdf.save(
            target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return len(pages)

    def _page_of(self, destination: Any) -> int:
        return self._number[destination[0].objgen]

    def _extent(self, slug: str) -> range:
        if slug not in self._names:
            raise FactbookError(f"the PDF has no part '{slug}' to take out")
        first = self._page_of(self._names[slug])
        following = (start for start in self._starts if start > first)
        return range(first, next(following, len(self._pages)))

    def _marks_of(self, pages: Sequence[Any]) -> Iterator[Any]:
        """The part of the parent tree that these pages and their links use."""
        keys = {int(page.StructParents) for page in pages}
        keys |= {int(note.StructParent) for page in pages for note in page.get("/Annots", [])}
        for key in sorted(keys):
            yield key
            yield self._marks[key]

    def _drawn_on(self, pages: Sequence[Any]) -> dict[str, Any]:
        """The pictures that these pages draw, with those inside them; all pages share one list."""
        used: dict[str, Any] = {}
        waiting = [page.Contents for page in pages]
        while waiting:
            for name in map(bytes.decode, _DRAWS.findall(waiting.pop().read_bytes())):
                if name in self._drawn and name not in used:
                    used[name] = self._drawn[name]
                    waiting.append(used[name])
        return used

    def _name(self, title: str) -> None:
        self._pdf.docinfo["/Title"] = title
        with self._pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title


def _turn_outward(note: Any, kept: Mapping[str, Any], contents: Contents, chapter: Chapter) -> None:
    """Let a link to a page that is not taken lead to the web."""
    import pikepdf

    name = str(note.get("/Dest", ""))
    if not name or name in kept:
        return
    page, _, inside = name.partition(SEPARATOR)
    if page in contents.addresses:
        address = contents.addresses[page] + (f"#{inside}" if inside else "")
    else:  # a chart's table, which on the web is with the chart
        address = f"{chapter.address}#{name.replace('chart-table-', 'chart-')}"
    del note["/Dest"]
    note["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))


def _labels(numbers: Sequence[int]) -> Iterator[Any]:
    """Page labels: the numbers that are printed on the pages."""
    import pikepdf

    for position, number in enumerate(numbers):
        if position == 0 or number != numbers[position - 1] + 1:
            yield position
            yield pikepdf.Dictionary(S=pikepdf.Name.D, St=number + 1)
