"""Builds the PDF editions of both languages at once, each in a process of its own."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.managers import SyncManager
from pathlib import Path
from queue import Queue

from factbook.charts.drawing import Drawing
from factbook.charts.store import drawings
from factbook.children import end_with_parent
from factbook.dataset import Dataset
from factbook.editions.pdf.book import read_book
from factbook.editions.pdf.document import contents_of, document_html
from factbook.editions.pdf.gate import faults
from factbook.editions.pdf.imprint import STEMS, Imprint, imprint_of
from factbook.editions.pdf.kept import keep, key_of, take
from factbook.editions.pdf.offprint import Contents, write_offprints
from factbook.editions.pdf.render import Materials, font_faces, write_pdf
from factbook.editions.pdf.telling import STEPS, Message, Progress, Telling, follow
from factbook.errors import FactbookError
from factbook.model import Language
from factbook.release import Release
from factbook.tables import read_tables

EDITIONS = "editions"
"""The folder of the site in which the editions lie."""

_STYLES = Path(__file__).with_name("print.css")
PAPERS = {"a4": "A4", "letter": "letter"}
"""The names of papers, and what a style sheet calls them."""


@dataclass(frozen=True, slots=True)
class Built:
    """A written PDF: its path relative to the site, and its number of pages. One of a single
    chapter has the chapter's title and the path of its page in the language's folder.
    """

    path: str
    language: Language
    pages: int
    chapter: str | None = None
    page: str | None = None


def build_pdfs(
    root: Path, site: Path, release: Release, *, paper: str = "", progress: Progress | None = None
) -> tuple[Built, ...]:
    """Write the PDFs of each language, whole and by chapter, into ``site/editions``; ``site`` holds
    pages and data files.

    ``progress`` is told of each step. ``paper`` is ``a4`` (the default, or what the environment's
    ``PAPER`` says) or ``letter``.
    Raises :class:`FactbookError` with every fault found in the files.
    """
    paper = (paper or os.environ.get("PAPER", "a4")).lower()
    if paper not in PAPERS:
        raise FactbookError(f"unknown paper '{paper}'; known: {', '.join(PAPERS)}")
    (site / EDITIONS).mkdir(exist_ok=True)
    context = get_context("spawn")
    manager = SyncManager(ctx=context)
    manager.start(end_with_parent)
    with (
        manager,
        ProcessPoolExecutor(len(Language), mp_context=context, initializer=end_with_parent) as pool,
    ):
        queue: Queue[Message] = manager.Queue()
        started = [
            pool.submit(build_pdf, root, site, language, release, paper, queue)
            for language in Language
        ]
        follow(queue, started, progress)
        try:
            return tuple(built for future in started for built in future.result())
        except BrokenProcessPool:
            raise FactbookError("the process that writes the PDF died (out of memory?)") from None


def build_pdf(
    root: Path, site: Path, language: Language, release: Release, paper: str, queue: Queue[Message]
) -> tuple[Built, ...]:
    """Write one language's PDF and those of its chapters, and examine them; each step is told on
    ``queue``. Files of an earlier build are taken when nothing they are made from has changed.
    """
    telling = Telling(queue, language)
    telling.listen()
    os.environ["SOURCE_DATE_EPOCH"] = str(release.date)
    gc.disable()  # the process ends with the file; looking for garbage takes a fifth of its time
    drawn = drawings(root, Dataset(read_tables(root)), language)
    html, contents = _document(root, site, language, drawn, imprint_of(root, site, release), paper)
    materials = Materials(root / "fonts", drawn, root / "overrides" / "assets" / "images")
    folder, name = site / EDITIONS, STEMS[language]
    key = key_of(html, drawn, (materials.fonts, materials.images))
    pages = take(root, f"{name}-{paper}", key, folder)
    if pages is None:
        pages = _written(html, contents, materials, folder, language)
        telling.tell(STEPS)
        _examine(folder, pages)
        keep(root, f"{name}-{paper}", key, folder, pages)
    return tuple(_built(pages, contents, language))


def _document(
    root: Path,
    site: Path,
    language: Language,
    drawn: Mapping[str, Drawing],
    imprint: Imprint,
    paper: str,
) -> tuple[str, Contents]:
    """The document and what offprints need of it; the pages it is made of are let go with this."""
    styles = f"@page {{ size: {PAPERS[paper]}; }}\n{font_faces()}"
    styles += _STYLES.read_text(encoding="utf-8")
    book = read_book(root, site, language)
    html = document_html(book, drawn, imprint, styles)
    return html, contents_of(book, imprint)


def _written(
    html: str, contents: Contents, materials: Materials, folder: Path, language: Language
) -> dict[str, int]:
    """Write the whole and its chapters into ``folder``; return numbers of pages by path."""
    whole = f"{STEMS[language]}.pdf"
    pages = {whole: write_pdf(html, folder / whole, materials)}
    taken = write_offprints(folder / whole, folder / language.value, contents)
    return pages | {f"{language.value}/{slug}.pdf": count for slug, count in taken.items()}


def _examine(folder: Path, pages: Iterable[str]) -> None:
    found = [f"{EDITIONS}/{path}: {fault}" for path in pages for fault in faults(folder / path)]
    if found:
        raise FactbookError("\n".join(found[:20]))


def _built(pages: Mapping[str, int], contents: Contents, language: Language) -> Iterator[Built]:
    whole = f"{STEMS[language]}.pdf"
    yield Built(f"{EDITIONS}/{whole}", language, pages[whole])
    for chapter in contents.chapters:
        path = f"{language.value}/{chapter.slug}.pdf"
        yield Built(f"{EDITIONS}/{path}", language, pages[path], chapter.title, chapter.page)
