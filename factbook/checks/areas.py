"""The rule about areas: a part has no more than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.checks.doubts import Doubt, explained, shown
from factbook.dataset import Dataset
from factbook.errors import Finding
from factbook.model import Observation, Rank


def parts_fit_in_wholes(dataset: Dataset) -> Iterator[Doubt]:
    """An amount in an area is at most the largest that is stated for an area that contains it.

    A note or the status ``disputed`` on either side explains the contrary.
    """
    for part in dataset.observations:
        unit = dataset.units[dataset.indicators[part.indicator].unit]
        if not unit.kind.additive or part.rank is Rank.DEPRECATED:
            continue
        for code in _above(dataset, part.area):
            wholes = dataset.stated(part.indicator, code, part.period)
            wholes = tuple(w for w in wholes if w.rank is not Rank.DEPRECATED)
            if not wholes or explained(part, *wholes):
                continue
            whole = max(wholes, key=_most)
            if _least(part) > _most(whole):
                yield Doubt(
                    Finding(part.place, _message(part, whole)), frozenset({part.id, whole.id})
                )


def _message(part: Observation, whole: Observation) -> str:
    return (
        f"{part.area} has {shown(part)}, more than the {shown(whole)} of {whole.area}, which"
        f" contains it ({whole.citation.source}); mend one of them, or say in a note how that"
        " can be"
    )


def _above(dataset: Dataset, code: str) -> Iterator[str]:
    seen = {code}
    above = dataset.areas[code].parent
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = dataset.areas[above].parent


def _least(observation: Observation) -> float:
    return float(min(n for n in (observation.value, observation.low) if n is not None))


def _most(observation: Observation) -> float:
    return float(max(n for n in (observation.value, observation.high) if n is not None))
