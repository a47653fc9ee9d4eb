"""Runs all rules over the project in stages and returns what it found and what it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from factbook.chapters import Chapter, Rendering, read_chapters, rendering
from factbook.charts.store import chart_ids
from factbook.checks import links, observations, pages, prose, references
from factbook.dataset import Dataset
from factbook.errors import Finding
from factbook.model import Language
from factbook.tables import Tables, read_tables
from factbook.vocabulary import Edition, Use


@dataclass(frozen=True, slots=True)
class Project:
    """The project as read: the dataset, the chapters, and every finding in both."""

    dataset: Dataset
    chapters: Mapping[Language, tuple[Chapter, ...]]
    findings: tuple[Finding, ...]


def check_project(root: Path) -> Project:
    """Read ``root`` and apply every rule. Never raises for a fault in data or chapters."""
    tables = read_tables(root)
    dataset = Dataset(tables)
    found: list[Finding] = list(tables.findings)
    found += _tables(tables)
    if not found:
        found += _dataset(dataset)
    whole = not found
    chapters: dict[Language, tuple[Chapter, ...]] = {}
    for language in Language:
        chapters[language], findings = read_chapters(root, language)
        found += findings
    cited: set[str] = set()
    renderings: list[tuple[Chapter, Rendering]] = []
    for language in Language:
        edition = Edition(dataset, language, dict.fromkeys(chart_ids()), draft=True)
        for chapter in chapters[language]:
            done = rendering(chapter, edition)
            renderings.append((chapter, done))
            cited |= set(done.usage.of(Use.SOURCE))
            # Without sound data a failing lookup or an unexplained year says nothing about the page.
            if whole:
                found += done.findings
                found += prose.numbers_are_bound(chapter, done, dataset)
    found += pages.pages_are_in_both_languages(chapters)
    if whole:
        found += pages.destinations_exist(dataset, chapters)
        found += links.links_lead_somewhere(dataset, chapters)
        found += pages.citations_end_in_references(chapters)
        if not _has_call_findings(renderings):
            found += references.sources_are_used(tables, cited)
    return Project(dataset, chapters, tuple(sorted(set(found))))


def _tables(tables: Tables) -> Iterable[Finding]:
    yield from observations.numbers_fit(tables)
    yield from observations.ranks_have_reasons(tables)
    if not any(f.place.path.endswith((".csv", ".toml")) for f in tables.findings):
        yield from references.codes_are_known(tables)
        yield from references.inputs_are_known(tables)
        yield from references.ids_are_unique(tables)


def _dataset(dataset: Dataset) -> Iterable[Finding]:
    yield from observations.rivals_are_decided(dataset)
    yield from observations.producers_are_ordered(dataset)
    yield from observations.formulas_work(dataset)
    yield from observations.claims_name_figures(dataset)


def _has_call_findings(renderings: Iterable[tuple[Chapter, Rendering]]) -> bool:
    return any(done.findings for _, done in renderings)
