"""Builds the PDF editions of both languages at once, each in a process of its own."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from queue import Queue

from factbook.charts.store import drawings
from factbook.dataset import Dataset
from factbook.editions.pdf.book import read_book
from factbook.editions.pdf.document import document_html
from factbook.editions.pdf.gate import faults
from factbook.editions.pdf.imprint import STEMS, imprint_of
from factbook.editions.pdf.render import font_faces, write_pdf
from factbook.editions.pdf.telling import STEPS, Message, Progress, Telling, follow
from factbook.errors import FactbookError
from factbook.model import Language
from factbook.release import Release
from factbook.tables import read_tables

EDITIONS = "editions"
"""The folder of the site in which the editions lie."""

_STYLES = Path(__file__).with_name("print.css")
_PAPERS = {"a4": "A4", "letter": "letter"}


@dataclass(frozen=True, slots=True)
class Built:
    """A written PDF: its path relative to the site, and its number of pages."""

    path: str
    language: Language
    pages: int


def build_pdfs(
    root: Path, site: Path, release: Release, *, paper: str = "", progress: Progress | None = None
) -> tuple[Built, ...]:
    """Write the PDF of each language into ``site/editions``; ``site`` holds pages and data files.

    ``progress`` is told of each step. ``paper`` is ``a4`` (the default, or what the environment's
    ``PAPER`` says) or ``letter``.
    Raises :class:`FactbookError` with every fault found in the files.
    """
    paper = (paper or os.environ.get("PAPER", "a4")).lower()
    if paper not in _PAPERS:
        raise FactbookError(f"unknown paper '{paper}'; known: {', '.join(_PAPERS)}")
    (site / EDITIONS).mkdir(exist_ok=True)
    context = get_context("spawn")
    with (
        context.Manager() as manager,
        ProcessPoolExecutor(len(Language), mp_context=context) as pool,
    ):
        queue: Queue[Message] = manager.Queue()
        started = [
            pool.submit(build_pdf, root, site, language, release, paper, queue)
            for language in Language
        ]
        follow(queue, started, progress)
        try:
            return tuple(future.result() for future in started)
        except BrokenProcessPool:
            raise FactbookError("the process that writes the PDF died (out of memory?)") from None


def build_pdf(
    root: Path, site: Path, language: Language, release: Release, paper: str, queue: Queue[Message]
) -> Built:
    """Write one language's PDF and examine it; each step is told on ``queue``."""
    telling = Telling(queue, language)
    telling.listen()
    os.environ["SOURCE_DATE_EPOCH"] = str(release.date)
    gc.disable()  # the process ends with the file; looking for garbage takes a fifth of its time
    tables = read_tables(root)
    drawn = drawings(root, Dataset(tables), language)
    styles = f"@page {{ size: {_PAPERS[paper]}; }}\n{font_faces()}"
    styles += _STYLES.read_text(encoding="utf-8")
    html = document_html(
        read_book(root, site, language), drawn, imprint_of(root, site, release), styles
    )
    path = f"{EDITIONS}/{STEMS[language]}.pdf"
    count = write_pdf(
        html,
        site / path,
        fonts=root / "fonts",
        drawings=drawn,
        assets=root / "overrides" / "assets",
    )
    telling.tell(STEPS)
    if found := faults(site / path):
        raise FactbookError("\n".join(f"{path}: {fault}" for fault in found[:20]))
    return Built(path, language, count)
