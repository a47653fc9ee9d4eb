"""Doubts: findings about numbers that do not go together, of which any may be the wrong one.

A slip of the unit in one row sets it against its rivals, its sum and its whole at once. Each doubt
names the observations it rests on, so that only the first one about them is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factbook.errors import Finding
from factbook.model import Observation, Status


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding, and the ids of the observations that it puts in doubt."""

    finding: Finding
    about: frozenset[str]


def first_doubts(doubts: Iterable[Doubt]) -> Iterator[Finding]:
    """The findings of those doubts that are about nothing doubted before."""
    doubted: set[str] = set()
    for doubt in doubts:
        if not doubted & doubt.about:
            yield doubt.finding
        doubted |= doubt.about


def explained(*observations: Observation) -> bool:
    """Whether a note or the status ``disputed`` on one of them tells why they differ."""
    return any(o.note is not None or o.status is Status.DISPUTED for o in observations)


def shown(observation: Observation) -> str:
    """The number of an observation as it stands in the table."""
    if observation.value is not None:
        return str(observation.value)
    return f"{observation.low} to {observation.high}"
