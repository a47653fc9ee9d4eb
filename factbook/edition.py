"""Puts together what the pages of one language share: data, drawings, references, uses of figures."""

from __future__ import annotations

from pathlib import Path

from factbook import citations
from factbook.chapters import read_chapters, scan_for
from factbook.charts.store import chart_ids, drawings
from factbook.dataset import Dataset
from factbook.errors import FindingsError
from factbook.model import Language
from factbook.release import release_of
from factbook.tables import read_tables
from factbook.vocabulary import Edition, Use


def edition_of(root: Path, language: Language, *, directories: bool = True) -> Edition:
    """Read the project and return the edition of ``language``.

    Charts that are known but not drawn are given as None. Raises :class:`FindingsError` when the
    tables cannot be read; all other rules are the business of ``factbook.checks``.
    """
    tables = read_tables(root)
    if tables.findings:
        raise FindingsError(tables.findings)
    dataset = Dataset(tables)
    charts = dict.fromkeys(chart_ids()) | dict(drawings(root, dataset, language))
    chapters, _ = read_chapters(root, language)
    draft = Edition(dataset, language, charts, draft=True)
    uses = scan_for((Use.FIGURE, Use.CHART), chapters, draft)
    return Edition(
        dataset,
        language,
        charts,
        uses=uses[Use.FIGURE],
        charted=uses[Use.CHART],
        titles={chapter.path: chapter.title for chapter in chapters},
        entries=citations.references_html(dataset.sources.values(), language),
        directories=directories,
        release=release_of(root),
    )
