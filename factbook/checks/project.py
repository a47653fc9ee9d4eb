"""Runs all rules over the project in stages and returns what it found and what it read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
from factbook.checks.grounds import Faulty
from factbook.checks.left_open import nothing_is_left_open
from factbook.checks.parity import Side, facts_are_the_same
from factbook.checks.wording import Prose, faults_of_words
from factbook.dataset import Dataset, dataset_of
from factbook.errors import Finding, Place
from factbook.memory import PACKAGE, Memory, made_beside, shelve, stamps
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
    before = shelve(root, memory)
    assert memory.shelf is not None and memory.texts is not None
    tables, dataset = dataset_of(root, memory)
    chapters, found = _chapters(root, memory)
    prose_of = Prose(tables, dataset, memory)
    pages_of = _rendered(prose_of, chapters)
    in_data = list(_data(tables, dataset, pages_of, memory))
    faulty = Faulty.by(in_data)
    found += in_data
    found += nothing_is_left_open(tables, chapters, _chart_modules(root))
    for page in pages_of:
        found += faulty.calls(page.rendering, dataset)
        language, numbers = page.chapter.language, faulty.numbers(prose_of.numbers(page))
        found += (prose.told(typed, language, dataset) for typed in numbers)
    failing = [finding for page in pages_of for finding in page.rendering.findings]
    found += _structure(tables, dataset, chapters, pages_of, (*found, *failing), faulty)
    if not Faulty.by(tables.findings).words:
        found += faults_of_words(root, prose_of, pages_of, (*found, *failing))
    pairs, unread = read_translations(root)
    found += unread
    # A project that never compared its languages keeps no account of them, and is told nothing.
    notices = tuple(_notices(pairs, chapters, found)) if pairs and not unread else ()
    usages = {page.chapter.file: page.rendering.usage for page in pages_of}
    if before == stamps(root / "data", PACKAGE):  # else it is not sure what results rest on
        memory.shelf.store()
        memory.texts.store()
    return Project(dataset, chapters, tuple(sorted(set(found))), notices, usages)


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
    found += _codes(tables, pages_of, Faulty.by(tables.findings))
    broken = {finding.place.path for finding in found}
    found += (finding for finding in tables.untidy if finding.place.path not in broken)
    places_of = {finding.place for finding in found}
    found += (slip for slip in _slips(tables) if slip.place not in places_of)
    if not places_of:
        records = partial(_records, tables, dataset, found)
        found += memory.kept("records", (dataset,), records, text="")
    return found


def _slips(tables: Tables) -> Iterable[Finding]:
    """Numbers and dates that can be read but not be meant, each by itself."""
    yield from plausible.decimals_fit(tables)
    # The newest evidence may be what cannot be read.
    if not Faulty.by(tables.findings).has(references.FILES["source"]):
        yield from plausible.periods_are_past(tables)
        yield from plausible.sources_are_out_when_read(tables)


def _records(tables: Tables, dataset: Dataset, slips: Collection[Finding]) -> tuple[Finding, ...]:
    """The faults of records that can be read, among each other."""
    found = [*observations.rivals_are_decided(dataset)]
    if not slips:  # else a wrong period may be why nothing is found
        found += observations.formulas_work(tables, dataset)
    if not found and not slips:
        found += observations.claims_name_figures(tables, dataset)
        found += diagrams.diagrams_name_figures(tables, dataset)
        found += diagrams.diagrams_type_no_number(tables, dataset)
    if not found:
        found += places.places_lie_in_their_country(dataset)
        found += _doubts(tables, dataset, slips)
    return tuple(found)


def _doubts(tables: Tables, dataset: Dataset, slips: Collection[Finding]) -> Iterable[Finding]:
    """Numbers that do not go together; a row at fault by itself is doubted no further."""
    found = list(plausible.breaks_are_marked(dataset))
    found += sums.sums_can_be_made(tables)
    doubts = [*plausible.rivals_are_near(dataset), *sums.sums_add_up(dataset)]
    doubts += areas.parts_fit_in_wholes(dataset)
    places = {finding.place for finding in (*found, *slips)}
    found += (finding for finding in first_doubts(doubts) if finding.place not in places)
    return found if found or slips else sums.exceptions_are_needed(dataset)


def _codes(tables: Tables, pages_of: Iterable[Side], unread: Faulty) -> Iterable[Finding]:
    """The faults of codes, but for those that stand in lists which are ``unread`` in part."""
    calls = [(page.chapter, call) for page in pages_of for call in page.rendering.calls]
    asked = [
        references.Reference(*call.unknown, chapter.place(call.line))
        for chapter, call in calls
        if call.unknown is not None
    ]
    named = {name for _, call in calls for name in call.names}
    kinds = {kind for kind in references.FILES if not unread.lists(kind)}
    renamed = references.renamed_codes(tables, asked, named, kinds)
    found = list(references.codes_are_known(tables, renamed, kinds))
    found += references.inputs_can_be_read(tables)
    found += references.ids_are_unique(tables)
    if not unread.has(references.LABELS_FILE):
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
    others: Collection[Finding],
    faulty: Faulty,
) -> Iterable[Finding]:
    """The faults of pages among each other, where the others found so far cannot be why."""
    broken = {finding.place.path for finding in others}
    lines = {finding.place for finding in others}
    if all(chapters.values()):
        yield from pages.pages_are_in_both_languages(chapters)
    whole = {
        language: tuple(chapter for chapter in read if chapter.file not in broken)
        for language, read in chapters.items()
    }
    astray = [*links.links_lead_somewhere(None if faulty.anchors else dataset, chapters)]
    yield from (finding for finding in astray if finding.place not in lines)
    if not faulty.destinations:
        found = pages.destinations_exist(dataset, {k: v for k, v in chapters.items() if v})
        yield from (finding for finding in found if finding.place.path not in broken)
    yield from pages.citations_end_in_references(whole)
    if any(path.endswith(".md") for path in broken):
        return
    yield from facts_are_the_same(pages_of)
    if not faulty.paths:
        cited = {name for page in pages_of for name in page.rendering.usage.of(Use.SOURCE)}
        yield from references.sources_are_used(tables, cited)
        yield from references.lists_are_used(tables)
