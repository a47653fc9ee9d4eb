"""What ``data/`` says, as one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factbook.errors import Finding, Place
from factbook.model import (
    Area,
    Avoided,
    Claim,
    Code,
    Derivation,
    Diagram,
    Event,
    Indicator,
    Observation,
    Outline,
    Position,
    Producer,
    Source,
    Sum,
    Term,
    Text,
    Unit,
)
from factbook.tables.records import place_of


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything ``data/`` says, in the order of the files, and what is wrong with it.

    Records with a fault are left out, so that the rest can still be checked.
    """

    areas: tuple[Area, ...] = ()
    units: tuple[Unit, ...] = ()
    producers: tuple[Producer, ...] = ()
    names: tuple[Text, ...] = ()
    codes: tuple[Code, ...] = ()
    words: frozenset[str] = frozenset()
    style: tuple[Avoided, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()
    observations: tuple[Observation, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    sums: tuple[Sum, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    terms: tuple[Term, ...] = ()
    positions: tuple[Position, ...] = ()
    outlines: tuple[Outline, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    labels: tuple[tuple[str, Text], ...] = ()
    findings: tuple[Finding, ...] = ()
    label_places: Mapping[str, Place] = field(default_factory=dict)
    left_open: tuple[Finding, ...] = ()
    """What a skeleton left for its writer to fill in."""
    untidy: tuple[Finding, ...] = ()
    """Files out of order: a code mistyped in a sorted file is that, not a matter of order."""
    lines: Mapping[Place, Mapping[str, int]] = field(default_factory=dict)
    """The line of each key of the TOML record that stands at a place."""

    def at(self, record: Place, key: str) -> Place:
        """The place of ``key`` (``unit``, ``title.en``) of the record that stands at ``record``."""
        return place_of(record, self.lines.get(record, {}), key)
