"""Rules about codes and names: what is used is known, and every source that is known is used."""

from __future__ import annotations

import difflib
import re
from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factbook.derivations import InputSpec
from factbook.errors import Finding, LookupFailure, Place, did_you_mean
from factbook.markup.labels import LABELS, marks
from factbook.model import Claim, CodeList, Derivation, Diagram, Remark
from factbook.tables import Tables

FIGURE = "indicator"
"""The kind of indicators and derivations: formulas and claims name both alike."""

TERM = "term"


@dataclass(frozen=True, slots=True)
class Reference:
    """A code of some kind, used at a place."""

    kind: str
    code: str
    place: Place


def references(tables: Tables) -> Iterator[Reference]:
    """Every use of a code in the tables."""
    for o in tables.observations:
        yield Reference("area", o.area, o.place)
        yield Reference("source", o.citation.source, o.place)
    for position in tables.positions:
        yield Reference("area", position.area, position.place)
        yield Reference("source", position.citation.source, position.place)
    for outline in tables.outlines:
        yield Reference("source", outline.source, outline.place)
    for area in tables.areas:
        if area.parent is not None:
            yield Reference("area", area.parent, area.place)
    for indicator in tables.indicators:
        yield Reference("theme", indicator.theme, tables.at(indicator.place, "theme"))
        yield Reference("unit", indicator.unit, tables.at(indicator.place, "unit"))
        for producer in indicator.producers:
            yield Reference("producer", producer, tables.at(indicator.place, "producers"))
        for item in indicator.breaks:
            yield Reference("area", item.area, tables.at(indicator.place, "breaks"))
    for maker in tables.producers:
        yield Reference("group", maker.group, maker.place)
    for source in tables.sources:
        yield Reference("producer", source.producer, tables.at(source.place, "producer"))
    for derivation in tables.derivations:
        yield from _computed(tables, derivation)
    yield from _added(tables)
    yield from _stories(tables)


def _computed(tables: Tables, derivation: Derivation) -> Iterator[Reference]:
    yield Reference("theme", derivation.theme, tables.at(derivation.place, "theme"))
    yield Reference("unit", derivation.unit, tables.at(derivation.place, "unit"))
    for code in derivation.areas:
        place = tables.at(derivation.place, "areas")
        yield Reference("area", code.removesuffix("/*"), place)
    for key, spec in derivation.inputs.items():
        place = tables.at(derivation.place, f"inputs.{key}")
        try:
            wanted = InputSpec.parse(spec)
        except LookupFailure:
            continue  # inputs_can_be_read says so
        yield Reference(FIGURE, wanted.name, place)
        if wanted.producer is not None:
            yield Reference("producer", wanted.producer, place)
        if wanted.area is not None:
            yield Reference("area", wanted.area, place)
        if wanted.source is not None:
            yield Reference("source", wanted.source, place)


def _added(tables: Tables) -> Iterator[Reference]:
    for record in tables.sums:
        for producer in record.producers:
            yield Reference("producer", producer, tables.at(record.place, "producers"))
        for name in (record.total, *record.parts):
            place = tables.at(record.place, "total" if name == record.total else "parts")
            indicator, _, area = name.partition("/")
            yield Reference(FIGURE, indicator, place)
            if not area.endswith("*"):
                yield Reference("area", area, place)


def _stories(tables: Tables) -> Iterator[Reference]:
    for event in tables.events:
        yield Reference("area", event.area, tables.at(event.place, "area"))
        for topic in event.topics:
            yield Reference("topic", topic, tables.at(event.place, "topics"))
        for citation in event.citations:
            yield Reference("source", citation.source, tables.at(event.place, "citations"))
    for claim in tables.claims:
        for citation in claim.citations:
            yield Reference("source", citation.source, tables.at(claim.place, "citations"))
        for citation in claim.evidence:
            yield Reference("source", citation.source, tables.at(claim.place, "evidence"))
        yield from _tested(tables, claim)
    for term in tables.terms:
        if term.area is not None:
            yield Reference("area", term.area, tables.at(term.place, "area"))
        for citation in term.citations:
            yield Reference("source", citation.source, tables.at(term.place, "citations"))
    for diagram in tables.diagrams:
        yield from _drawn(tables, diagram)


def _tested(tables: Tables, claim: Claim) -> Iterator[Reference]:
    place = tables.at(claim.place, "observations")
    for name in claim.observations:
        yield from _figure(name, place)


def _figure(name: str, place: Place) -> Iterator[Reference]:
    """What the name of a figure is made of: ``indicator/area/period[/source]``."""
    head, *rest = name.split("/")
    yield Reference(FIGURE, head, place)
    if rest:
        yield Reference("area", rest[0], place)
    if len(rest) > 2 and rest[-1][:1].isalpha():
        yield Reference("source", rest[-1], place)


def _drawn(tables: Tables, diagram: Diagram) -> Iterator[Reference]:
    if diagram.area is not None:
        yield Reference("area", diagram.area, tables.at(diagram.place, "area"))
    for step in diagram.steps:
        key = f"steps.{step.id}"
        for term in step.terms:
            yield Reference("term", term, tables.at(diagram.place, f"{key}.terms"))
        yield from _said(tables, diagram, key, step.says)
        for kind, remark in step.remarks:
            yield from _said(tables, diagram, f"{key}.{kind}", remark)


def _said(tables: Tables, diagram: Diagram, key: str, remark: Remark) -> Iterator[Reference]:
    for _, name in remark.figures:
        yield from _figure(name, tables.at(diagram.place, f"{key}.figures"))
    if remark.event is not None:
        yield Reference("event", remark.event, tables.at(diagram.place, f"{key}.event"))
    for citation in remark.citations:
        place = tables.at(diagram.place, f"{key}.citations")
        yield Reference("source", citation.source, place)


FILES = {
    "area": "data/areas.csv",
    "unit": "data/units.csv",
    "producer": "data/producers.csv",
    "source": "data/sources.toml",
    FIGURE: "data/indicators.toml",
    **{name.value: "data/codes.csv" for name in CodeList},
    "event": "data/events.toml",
    "claim": "data/claims.toml",
    "term": "data/terms.toml",
}
"""The list in which the codes of each kind stand."""

LABELS_FILE = "data/labels.toml"


def codes_are_known(
    tables: Tables,
    renamed: Mapping[tuple[str, str], Finding],
    kinds: Collection[str] = FILES.keys(),
) -> Iterator[Finding]:
    """A code that is used in the tables stands in its list.

    Only codes of these ``kinds`` are looked up: the lists of others could not be read whole. Where
    the list is at fault (``renamed``), that is one finding there instead of one a use.
    """
    yield from renamed.values()
    known = _known(tables)
    for reference in references(tables):
        kind, code = reference.kind, reference.code
        if kind not in kinds or code in known[kind] or (kind, code) in renamed:
            continue
        hint = did_you_mean(code, known[kind]) or f" Add it to {FILES[kind]}"
        yield Finding(reference.place, f"unknown {kind} '{code}'.{hint}")


def renamed_codes(
    tables: Tables,
    asked: Iterable[Reference] = (),
    named: Collection[str] = (),
    kinds: Collection[str] = FILES.keys(),
) -> Mapping[tuple[str, str], Finding]:
    """The unknown codes (kind, code) for which their list is at fault, with the finding there.

    Only codes of these ``kinds`` are looked up, as by :func:`codes_are_known`.
    ``asked`` is what chapters ask for in vain, ``named`` all that they name. A list is at fault
    when it holds a code that nothing uses in the very place of a code, or much like one, that it
    lacks and that several places use; or a single place, if the list is out of order there.
    Terms that nothing uses are no sign (the glossary prints them all): a term's list is at fault
    only if it is out of order, or if several pages use what is like no other term.
    """
    lists = _lists(tables)
    known = _known(tables)
    uses: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for reference in (*references(tables), *asked):
        uses[(reference.kind, reference.code)].append(reference.place)
    found: dict[tuple[str, str], Finding] = {}
    for (kind, code), places in uses.items():
        if kind not in kinds or code in known[kind]:
            continue
        unused = {name for name in known[kind] if (kind, name) not in uses and name not in named}
        used_by = {_page(place) for place in places} if kind == TERM else places
        for codes in lists[kind]:
            renamed = _renamed(code, list(codes), unused, few=len(used_by) < 2, kind=kind)
            if renamed is None:
                continue
            message = (
                f"nothing uses the {kind} '{renamed}', but '{code}', which is in no list, is used"
                f" (first in {min(places)}); if it was renamed by mistake, name it so again"
            )
            found[(kind, code)] = Finding(known[kind][renamed], message)
    return found


def _page(place: Place) -> str:
    """The page a place stands on, the same for both languages."""
    return re.sub("^docs/[a-z]+/", "", place.path)


def _renamed(
    code: str, known: Sequence[str], unused: Collection[str], *, few: bool, kind: str
) -> str | None:
    """The unused code that stands where ``code`` would."""
    nearest = max(known, key=lambda name: _likeness(code, name), default=None)
    for at, name in enumerate(known):
        if name not in unused:
            continue
        before = known[at - 1] if at else ""
        after = known[at + 1] if at + 1 < len(known) else None
        in_place = before < code and (after is None or code < after)
        in_order = before < name and (after is None or name < after)
        like = name == nearest and _likeness(code, name) >= 0.6
        if in_place and not in_order:
            return name
        if not few and (like or (in_place and kind != TERM)):
            return name
    return None


def _likeness(code: str, name: str) -> float:
    return difflib.SequenceMatcher(None, code, name).ratio()


def _known(tables: Tables) -> dict[str, dict[str, Place]]:
    """The codes of each kind with their places."""
    return {kind: dict(ChainMap(*lists)) for kind, lists in _lists(tables).items()}


def _lists(tables: Tables) -> dict[str, list[dict[str, Place]]]:
    """The lists of each kind: codes with their places, in the order of the list."""
    return {
        "area": [{record.code: record.place for record in tables.areas}],
        "unit": [{record.code: record.place for record in tables.units}],
        "producer": [{record.code: record.place for record in tables.producers}],
        "source": [{record.id: record.place for record in tables.sources}],
        FIGURE: [
            {record.id: record.place for record in tables.indicators},
            {record.id: record.place for record in tables.derivations},
        ],
        "event": [{record.id: record.place for record in tables.events}],
        "claim": [{record.id: record.place for record in tables.claims}],
        **{
            name.value: [
                {record.code: record.place for record in tables.codes if record.list is name}
            ]
            for name in CodeList
        },
        TERM: [{record.id: record.place for record in tables.terms}],
    }


def sources_are_used(tables: Tables, cited: Iterable[str] = ()) -> Iterator[Finding]:
    """A source is cited in the tables, by an observation or a record, or by a chapter (``cited``)."""
    used = {r.code for r in references(tables) if r.kind == "source"} | set(cited)
    for source in tables.sources:
        if source.id not in used:
            message = f"the source '{source.id}' is used nowhere; cite it or remove it"
            yield Finding(source.place, message)


_NEEDED = ("producer", "unit", *(name.value for name in CodeList))


def lists_are_used(tables: Tables) -> Iterator[Finding]:
    """A unit, a producer, a theme, a topic and a group that stand in a list are used in the tables."""
    used = {(reference.kind, reference.code) for reference in references(tables)}
    lists = _lists(tables)
    for kind in _NEEDED:
        for code, place in (item for codes in lists[kind] for item in codes.items()):
            if (kind, code) not in used:
                yield Finding(place, f"nothing uses the {kind} '{code}'; use it or remove it")


def inputs_can_be_read(tables: Tables) -> Iterator[Finding]:
    """An input of a derivation is written ``indicator[:producer][@shift][/area/period[/source]]``."""
    for derivation in tables.derivations:
        for key, spec in derivation.inputs.items():
            try:
                InputSpec.parse(spec)
            except LookupFailure as error:
                place = tables.at(derivation.place, f"inputs.{key}")
                yield Finding(place, f"[{derivation.id}] {error}")


def ids_are_unique(tables: Tables) -> Iterator[Finding]:
    """A derivation is not called like an indicator: chapters and formulas use one space of names."""
    indicators = {indicator.id for indicator in tables.indicators}
    for derivation in tables.derivations:
        if derivation.id in indicators:
            message = f"'{derivation.id}' is also an indicator; give the derived figure another id"
            yield Finding(derivation.place, message)


def nothing_contains_itself(tables: Tables) -> Iterator[Finding]:
    """No area lies within itself, and no derivation is an input of itself, by whatever way round."""
    parents = {area.code: [area.parent] if area.parent else [] for area in tables.areas}
    places = {area.code: area.place for area in tables.areas}
    for circle in _circles(parents):
        message = f"'{circle[0]}' contains itself ({' in '.join(circle)}); mend one 'parent'"
        yield Finding(places[circle[0]], message)
    inputs = {
        derivation.id: [InputSpec.parse(spec).name for spec in derivation.inputs.values()]
        for derivation in tables.derivations
    }
    places = {d.id: tables.at(d.place, "inputs") for d in tables.derivations}
    for circle in _circles(inputs):
        message = f"[{circle[0]}] leads back to itself ({' -> '.join(circle)}); mend the inputs"
        yield Finding(places[circle[0]], message)


def _circles(arrows: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The ways that lead back to where they began; what stands on one is not reported again."""
    reported: set[str] = set()
    for name in arrows:
        if name not in reported and (circle := _circle(arrows, name)) is not None:
            reported.update(circle)
            yield circle


def _circle(arrows: Mapping[str, Sequence[str]], start: str) -> list[str] | None:
    """The shortest way from ``start`` back to it, with both ends; None if there is none."""
    trails = [[start]]
    seen: set[str] = set()
    for trail in trails:
        for name in arrows.get(trail[-1], ()):
            if name == start:
                return [*trail, start]
            if name not in seen:
                seen.add(name)
                trails.append([*trail, name])
    return None


def labels_are_complete(tables: Tables) -> Iterator[Finding]:
    """``labels.toml`` holds every label that pages print and no other, each with its marks.

    A label that is missing beside one that no page prints most often is that one, mistyped.
    """
    present = {name for name, _ in tables.labels}
    missing = [name for name in LABELS if name not in present]
    unknown = sorted(present - set(LABELS))
    for name in unknown:
        lacking = f" '{missing[0]}' is missing." if missing else " Remove it"
        hint = did_you_mean(name, missing) or lacking
        yield Finding(tables.label_places[name], f"no page prints the label '{name}'.{hint}")
    for name in missing if not unknown else ():
        message = f"the label '{name}' is missing; add [{name}] with en and es"
        yield Finding(Place(LABELS_FILE), message)
    for name, text in tables.labels:
        for language, words in (("en", text.en), ("es", text.es)):
            if name in LABELS and marks(words) != LABELS[name]:
                expected = ", ".join(f"{{{mark}}}" for mark in sorted(LABELS[name])) or "none"
                place = tables.at(tables.label_places[name], language)
                yield Finding(place, f"[{name}] '{words}' must have the marks: {expected}")
