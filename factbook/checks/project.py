"""Runs all rules over the project in stages and returns what it found and what it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from factbook.chapters import Chapter, chapters_of
from factbook.charts.keys import modules
from factbook.checks import (
    areas,
    diagrams,
    links,
    observations,
    pages,
    places,
    plausible,
    prose,
    references,
    sums,
)
from factbook.checks.doubts import first_doubts
from factbook.checks.left_open import nothing_is_left_open
from factbook.checks.parity import Side, facts_are_the_same
from factbook.checks.wording import Prose, faults_of_words
from factbook.dataset import Dataset, dataset_of
from factbook.errors import Finding, Place
from factbook.memory import PACKAGE, Memory, Shelf, ground, made_beside, stamps
from factbook.model import Language
from factbook.rendering import draft_of, drafted
from factbook.tables import Tables
from factbook.translations import Pairs, read_translations, stale
from factbook.vocabulary import Usage, Use


@dataclass(frozen=True, slots=True)
class Project:
    """The project as read: the dataset, the chapters, and every finding in both.

    ``notices`` are told and stop nothing: paragraphs that one language has changed and the other not.
    ``usages`` tells what each chapter uses, by its file.
    """

    dataset: Dataset
    chapters: Mapping[Language, tuple[Chapter, ...]]
    findings: tuple[Finding, ...]
    notices: tuple[Finding, ...] = ()
    usages: Mapping[str, Usage] = field(default_factory=dict)


def check_project(root: Path, memory: Memory | None = None) -> Project:
    """Read ``root`` and apply every rule. Never raises for a fault in data or chapters.

    With the ``memory`` of an earlier check, what has not changed since is not looked at again; the
    findings are the same.
    """
    memory = Memory() if memory is None else memory
    if not (root / "data").is_dir():
        message = "the folder is missing; run this in the project's folder, or name it with --root"
        return Project(Dataset(Tables()), {}, (Finding(Place("data"), message),))
    before = stamps(root / "data", PACKAGE)
    memory.shelf = memory.kept("shelf", before, partial(_shelf, root))
    memory.texts = memory.kept("shelf of prose", stamps(PACKAGE), partial(_shelf_of_prose, root))
    tables, dataset = dataset_of(root, memory)
    chapters, found = _chapters(root, memory)
    prose_of = Prose(tables, dataset, memory)
    pages_of = [] if tables.findings else _rendered(prose_of, chapters)
    in_data = list(_data(tables, dataset, pages_of, memory))
    found += in_data
    found += nothing_is_left_open(tables, chapters, _chart_modules(root))
    # Without sound data a failing lookup or an unexplained year says nothing about the page.
    if not in_data:
        for page in pages_of:
            found += page.rendering.findings
            language = page.chapter.language
            found += (prose.told(typed, language, dataset) for typed in prose_of.numbers(page))
    found += _structure(tables, dataset, chapters, pages_of, found, sound=not in_data)
    if not tables.findings:
        found += faults_of_words(root, prose_of, pages_of, found)
    pairs, unread = read_translations(root)
    found += unread
    # A project that never compared its languages keeps no account of them, and is told nothing.
    notices = tuple(_notices(pairs, chapters, found)) if pairs and not unread else ()
    usages = {page.chapter.file: page.rendering.usage for page in pages_of}
    if before == stamps(root / "data", PACKAGE):  # else it is not sure what results rest on
        memory.shelf.store()
        memory.texts.store()
    return Project(dataset, chapters, tuple(sorted(set(found))), notices, usages)


def _shelf(root: Path) -> Shelf:
    """What earlier checks found of the same data with the same program."""
    return Shelf(root / ".cache" / "check", ground(root, root / "data"))


def _shelf_of_prose(root: Path) -> Shelf:
    """What earlier checks found of the same prose with the same program, whatever the data."""
    return Shelf(root / ".cache" / "prose", ground(root))


def _chart_modules(root: Path) -> Iterable[tuple[str, str]]:
    """The chart modules with their paths as findings name them."""
    for module in modules().values():
        inside = module.path.is_relative_to(root)
        path = module.path.relative_to(root) if inside else module.path
        yield path.as_posix(), module.path.read_text(encoding="utf-8")


def _chapters(
    root: Path, memory: Memory
) -> tuple[dict[Language, tuple[Chapter, ...]], list[Finding]]:
    read = {language: chapters_of(root, language, memory) for language in Language}
    found = [finding for _, findings in read.values() for finding in findings]
    return {language: chapters for language, (chapters, _) in read.items()}, found


def _rendered(prose_of: Prose, chapters: Mapping[Language, Iterable[Chapter]]) -> list[Side]:
    """All pages; where nothing is known of them, half of the work is done by a process beside."""

    def of(language: Language) -> list[Side]:
        draft = draft_of(prose_of.dataset, language)
        return [Side(chapter, drafted(chapter, draft, memory)) for chapter in chapters[language]]

    def read_too() -> None:
        for page in of(Language.ES):
            prose_of.read(page)

    memory = prose_of.memory
    if memory.shelf is None or memory.texts is None or not memory.shelf.empty:
        return [page for language in Language for page in of(language)]
    taken = made_beside(read_too, memory.shelf, memory.texts)
    english = of(Language.EN)
    for page in english:
        prose_of.read(page)
    taken()
    return [*english, *of(Language.ES)]


def _data(
    tables: Tables, dataset: Dataset, pages_of: Iterable[Side], memory: Memory
) -> Iterable[Finding]:
    """The faults of the data: rows that cannot be read, then rows that do not fit one another."""
    found = [*tables.findings, *observations.numbers_fit(tables)]
    found += observations.ranks_have_reasons(tables)
    if not tables.findings:
        found += _codes(tables, pages_of)
    broken = {finding.place.path for finding in found}
    found += (finding for finding in tables.untidy if finding.place.path not in broken)
    if not found:
        found += memory.kept("records", (dataset,), partial(_records, tables, dataset), text="")
    return found


def _records(tables: Tables, dataset: Dataset) -> tuple[Finding, ...]:
    """The faults of records that can be read, among each other."""
    found = [*observations.rivals_are_decided(dataset)]
    found += observations.formulas_work(tables, dataset)
    if not found:
        found += observations.claims_name_figures(tables, dataset)
        found += places.places_lie_in_their_country(dataset)
        found += diagrams.diagrams_name_figures(tables, dataset)
        found += diagrams.diagrams_type_no_number(tables, dataset)
        found += _slips(tables, dataset)
    return tuple(found)


def _slips(tables: Tables, dataset: Dataset) -> Iterable[Finding]:
    """Numbers that can be read but not be meant; a row at fault by itself is doubted no further."""
    found = [*plausible.decimals_fit(tables), *plausible.periods_are_past(tables)]
    found += plausible.sources_are_out_when_read(tables)
    found += plausible.breaks_are_marked(dataset)
    found += sums.sums_can_be_made(tables)
    doubts = [*plausible.rivals_are_near(dataset), *sums.sums_add_up(dataset)]
    doubts += areas.parts_fit_in_wholes(dataset)
    places = {finding.place for finding in found}
    found += (finding for finding in first_doubts(doubts) if finding.place not in places)
    return found or sums.exceptions_are_needed(dataset)


def _codes(tables: Tables, pages_of: Iterable[Side]) -> Iterable[Finding]:
    calls = [(page.chapter, call) for page in pages_of for call in page.rendering.calls]
    asked = [
        references.Reference(*call.unknown, chapter.place(call.line))
        for chapter, call in calls
        if call.unknown is not None
    ]
    named = {name for _, call in calls for name in call.names}
    renamed = references.renamed_codes(tables, asked, named)
    found = list(references.codes_are_known(tables, renamed))
    found += references.inputs_can_be_read(tables)
    found += references.ids_are_unique(tables)
    found += references.labels_are_complete(tables)
    found += diagrams.texts_use_their_figures(tables)
    found += diagrams.texts_rest_on_something(tables)
    return found or references.nothing_contains_itself(tables)


def _notices(
    pairs: Pairs, chapters: Mapping[Language, tuple[Chapter, ...]], found: Iterable[Finding]
) -> Iterable[Finding]:
    """What one language has changed and the other not, of pages that have no fault in either."""
    broken = {finding.place.path for finding in found}
    spanish = {chapter.path: chapter for chapter in chapters[Language.ES]}
    for english in chapters[Language.EN]:
        other = spanish.get(english.path)
        if other is not None and not broken & {english.file, other.file}:
            yield from stale(pairs, english, other)


def _structure(
    tables: Tables,
    dataset: Dataset,
    chapters: Mapping[Language, tuple[Chapter, ...]],
    pages_of: Iterable[Side],
    found: Iterable[Finding],
    *,
    sound: bool,
) -> Iterable[Finding]:
    """The faults of pages among each other; a page that has a fault already is not asked for more."""
    broken = {finding.place.path for finding in found}
    if all(chapters.values()):
        yield from pages.pages_are_in_both_languages(chapters)
    if not sound:
        return
    whole = {
        language: tuple(chapter for chapter in read if chapter.file not in broken)
        for language, read in chapters.items()
    }
    for finding in pages.destinations_exist(dataset, {k: v for k, v in chapters.items() if v}):
        if finding.place.path not in broken:
            yield finding
    for finding in links.links_lead_somewhere(dataset, chapters):
        if finding.place.path not in broken:
            yield finding
    yield from pages.citations_end_in_references(whole)
    if not any(path.endswith(".md") for path in broken):
        yield from facts_are_the_same(pages_of)
        cited = {name for page in pages_of for name in page.rendering.usage.of(Use.SOURCE)}
        yield from references.sources_are_used(tables, cited)
        yield from references.lists_are_used(tables)
