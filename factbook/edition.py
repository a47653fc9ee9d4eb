"""Puts together what the pages of one language share: data, drawings, references, uses of figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from factbook import citations
from factbook.chapters import chapters_of
from factbook.charts.drawing import Drawing
from factbook.charts.keys import FOLDER
from factbook.charts.store import CACHE, chart_ids, drawings
from factbook.dataset import Dataset, dataset_of
from factbook.errors import FindingsError
from factbook.memory import Basis, Memory, shelve, stamps
from factbook.model import Language
from factbook.release import release_of
from factbook.rendering import draft_of, scan_for
from factbook.vocabulary import Edition, Use


def edition_of(
    root: Path, language: Language, *, directories: bool = True, memory: Memory | None = None
) -> Edition:
    """Read the project and return the edition of ``language``.

    Charts that are known but not drawn are given as None. Raises :class:`FindingsError` when the
    tables cannot be read; all other rules are the business of ``factbook.checks``. With the
    ``memory`` of an earlier reading, what has not changed since is not made again.
    """
    memory = Memory() if memory is None else memory
    shelve(root, memory)
    tables, dataset = dataset_of(root, memory)
    if tables.findings:
        raise FindingsError(tables.findings)
    drawn = drawings_of(root, dataset, language, memory)
    charts = dict.fromkeys(chart_ids()) | dict(drawn)
    chapters, _ = chapters_of(root, language, memory)
    uses = scan_for((Use.FIGURE, Use.CHART), chapters, draft_of(dataset, language), memory)
    return Edition(
        dataset,
        language,
        charts,
        uses=uses[Use.FIGURE],
        charted=uses[Use.CHART],
        titles={chapter.path: chapter.title for chapter in chapters},
        entries=memory.kept(
            f"references in {language}",
            (dataset,),
            lambda: citations.references_html(dataset.sources.values(), language),
        ),
        directories=directories,
        release=release_of(root),
    )


def drawings_of(
    root: Path, dataset: Dataset, language: Language, memory: Memory
) -> Mapping[str, Drawing]:
    """The valid drawings of a language by chart id, read once while nothing they depend on changes."""
    name = f"drawings in {language}"
    return memory.kept(
        name, (dataset, *drawn_from(root)), partial(drawings, root, dataset, language)
    )


def drawn_from(root: Path) -> Basis:
    """The state of all files that drawings depend on, beside the data, and of the drawings."""
    return stamps(root / CACHE, FOLDER, root / "fonts")
