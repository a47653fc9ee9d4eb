"""A figure: a number fit to print, observed or computed, and the anchors of its row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factbook.intervals import Interval
from factbook.model import Citation, Derivation, Observation, Qualifier, Status, Text
from factbook.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """A number fit to print: observed (``observation``) or computed (``derivation`` and ``inputs``).

    ``rivals`` are the observations of the same indicator, area and period that say otherwise,
    without the deprecated ones.
    """

    id: str
    label: Text
    theme: str
    area: str
    period: Period
    unit: str
    decimals: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    status: Status
    observation: Observation | None = None
    derivation: Derivation | None = None
    inputs: tuple[tuple[str, Figure], ...] = ()
    rivals: tuple[Observation, ...] = ()
    result: Interval | None = None
    """The exact result of a computation; ``value``, ``low`` and ``high`` are it, rounded once."""

    @property
    def anchor(self) -> str:
        """The HTML id under which a data page holds this figure."""
        if self.observation is not None:
            return observation_anchor(self.observation)
        return f"derived_{self.id.partition('/')[0]}_{self.area}_{self.period.anchor}"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Who says it: one place, or for a computed figure those of all its inputs, each once."""
        if self.observation is not None:
            return (self.observation.citation,)
        return tuple(
            dict.fromkeys(citation for _, figure in self.inputs for citation in figure.citations)
        )

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations it stands on, each once."""
        if self.observation is not None:
            return (self.observation,)
        return tuple(dict.fromkeys(o for _, figure in self.inputs for o in figure.observations))


def observation_anchor(observation: Observation) -> str:
    """The HTML id of an observation's row: its key joined by underscores, which no id contains."""
    parts = (observation.indicator, observation.area, observation.period.anchor)
    return "_".join((*parts, observation.citation.source))


def rivals_anchor(indicator: str, area: str, period: Period) -> str:
    """The HTML id of the place where all values of one (indicator, area, period) stand together."""
    return f"rivals_{indicator}_{area}_{period.anchor}"


def exact(figure: Figure) -> Interval:
    """The exact numbers behind a figure, as a formula wants them."""
    if figure.result is not None:
        return figure.result
    return Interval.of(figure.value, figure.low, figure.high)
