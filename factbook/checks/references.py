"""Rules about codes: every code that is used is known, every source and unit that is known is used."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factbook.dataset import InputSpec
from factbook.errors import Finding, LookupFailure, Place, did_you_mean
from factbook.tables import Tables


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
    for area in tables.areas:
        if area.parent is not None:
            yield Reference("area", area.parent, area.place)
    for indicator in tables.indicators:
        yield Reference("unit", indicator.unit, indicator.place)
        for producer in indicator.producers:
            yield Reference("producer", producer, indicator.place)
        for item in indicator.breaks:
            yield Reference("area", item.area, indicator.place)
    for source in tables.sources:
        yield Reference("producer", source.producer, source.place)
    for derivation in tables.derivations:
        yield Reference("unit", derivation.unit, derivation.place)
    yield from _stories(tables)


def _stories(tables: Tables) -> Iterator[Reference]:
    for event in tables.events:
        yield Reference("area", event.area, event.place)
        yield from (Reference("source", c.source, event.place) for c in event.citations)
    for claim in tables.claims:
        cited = (*claim.citations, *claim.evidence)
        yield from (Reference("source", c.source, claim.place) for c in cited)
    for term in tables.terms:
        if term.area is not None:
            yield Reference("area", term.area, term.place)
        yield from (Reference("source", c.source, term.place) for c in term.citations)


_FILES = {
    "area": "data/areas.csv",
    "unit": "data/units.csv",
    "producer": "data/producers.csv",
    "source": "data/sources.toml",
}


def codes_are_known(tables: Tables) -> Iterator[Finding]:
    """A code that is used stands in its list.

    When several places use one unknown code and its list holds an unused code much like it, the
    list is at fault: one finding there instead of one at each use.
    """
    known = _known(tables)
    uses: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for reference in references(tables):
        uses[(reference.kind, reference.code)].append(reference.place)
    for (kind, code), places in uses.items():
        if code in known[kind]:
            continue
        used = {name for other, name in uses if other == kind}
        if len(places) > 1 and (renamed := _renamed(code, known[kind], used)) is not None:
            message = (
                f"the {kind} '{renamed}' is used by nothing, but {len(places)} records use"
                f" '{code}'; if the code was changed by mistake, change it back"
            )
            yield Finding(known[kind][renamed], message)
            continue
        for place in places:
            hint = did_you_mean(code, known[kind]) or f" Add it to {_FILES[kind]}"
            yield Finding(place, f"unknown {kind} '{code}'.{hint}")


def _known(tables: Tables) -> dict[str, dict[str, Place]]:
    return {
        "area": {record.code: record.place for record in tables.areas},
        "unit": {record.code: record.place for record in tables.units},
        "producer": {record.code: record.place for record in tables.producers},
        "source": {record.id: record.place for record in tables.sources},
    }


def _renamed(code: str, known: Iterable[str], used: set[str]) -> str | None:
    unused = [name for name in known if name not in used]
    near = difflib.get_close_matches(code, unused, n=1, cutoff=0.5)
    return near[0] if near else None


def sources_are_used(tables: Tables, cited: Iterable[str] = ()) -> Iterator[Finding]:
    """A source is cited by an observation, an event, a claim, a term or a chapter (``cited``)."""
    used = {r.code for r in references(tables) if r.kind == "source"} | set(cited)
    for source in tables.sources:
        if source.id not in used:
            message = f"the source '{source.id}' is used nowhere; cite it or remove it"
            yield Finding(source.place, message)


def inputs_are_known(tables: Tables) -> Iterator[Finding]:
    """A derivation's formula and inputs name each other, and each input an indicator or derivation."""
    names = {i.id for i in tables.indicators} | {d.id for d in tables.derivations}
    producers = {p.code for p in tables.producers}
    for derivation in tables.derivations:
        for key, spec in derivation.inputs.items():
            try:
                wanted = InputSpec.parse(spec)
            except LookupFailure as error:
                yield Finding(derivation.place, f"[{derivation.id}] {error}")
                continue
            if wanted.name not in names:
                hint = did_you_mean(wanted.name, names)
                message = (
                    f"[{derivation.id}] input '{key}': unknown indicator '{wanted.name}'.{hint}"
                )
                yield Finding(derivation.place, message)
            if wanted.producer is not None and wanted.producer not in producers:
                hint = did_you_mean(wanted.producer, producers)
                message = (
                    f"[{derivation.id}] input '{key}': unknown producer '{wanted.producer}'.{hint}"
                )
                yield Finding(derivation.place, message)


def ids_are_unique(tables: Tables) -> Iterator[Finding]:
    """A derivation is not called like an indicator: chapters and formulas use one space of names."""
    indicators = {indicator.id for indicator in tables.indicators}
    for derivation in tables.derivations:
        if derivation.id in indicators:
            message = f"'{derivation.id}' is also an indicator; give the derived figure another id"
            yield Finding(derivation.place, message)
