"""One side of a comparison: a state of the dataset and its chapters, read by today's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from factbook.chapters import Chapter, read_chapters
from factbook.charts.store import chart_ids
from factbook.checks.references import codes_are_known, inputs_can_be_read
from factbook.dataset import Dataset
from factbook.errors import FactbookError, Finding, FindingsError
from factbook.model import Language
from factbook.rendering import Rendering, rendering
from factbook.tables import Tables, read_tables
from factbook.vocabulary import Edition


@dataclass(frozen=True, slots=True)
class Side:
    """A state of the project: what it is called, its records and its pages."""

    name: str
    tables: Tables
    dataset: Dataset
    chapters: Mapping[Language, tuple[Chapter, ...]]

    def renderings(self) -> Iterator[tuple[Chapter, Rendering]]:
        """Each page that authors write, rendered without pictures and long lists."""
        for language, chapters in self.chapters.items():
            edition = Edition(self.dataset, language, dict.fromkeys(chart_ids()), draft=True)
            for chapter in chapters:
                if not chapter.path.startswith("data/"):
                    yield chapter, rendering(chapter, edition)


def side_of(root: Path, name: str) -> Side:
    """Read the files in ``root`` as they are; raises :class:`FindingsError` for faults in data."""
    tables = read_tables(root)
    if found := _faults(tables):
        raise FindingsError(found)
    return _side(root, name, tables)


def earlier_side(root: Path, name: str, later: Side) -> Side:
    """Read the files of an earlier revision; the words of the interface are those of ``later``.

    Raises :class:`FactbookError` where today's rules cannot read them.
    """
    tables = replace(read_tables(root), labels=later.tables.labels)
    if found := _faults(tables):
        raise FactbookError(
            f"the data of '{name}' cannot be read as today's is ({len(found)} findings, first"
            f" {found[0]}); compare with a later revision"
        )
    return _side(root, name, tables)


def _side(root: Path, name: str, tables: Tables) -> Side:
    chapters = {language: read_chapters(root, language)[0] for language in Language}
    return Side(name, tables, Dataset(tables), chapters)


def _faults(tables: Tables) -> list[Finding]:
    """What makes the dataset unusable; lesser faults are the business of ``check``."""
    found = [f for f in tables.findings if f.place.path != "data/labels.toml"]
    return found or [*codes_are_known(tables, {}), *inputs_can_be_read(tables)]
