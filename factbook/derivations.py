"""How a derivation names its inputs, for which periods it holds, and the figure it gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from factbook.errors import LookupFailure, PeriodError
from factbook.figure import Figure
from factbook.formulas import Formula, parse
from factbook.intervals import Interval
from factbook.model import Derivation, Qualifier, Status
from factbook.periods import Period


@dataclass(frozen=True, slots=True)
class InputSpec:
    """The name of an input of a formula: ``indicator[:producer][@shift][/area/period[/source]]``.

    ``coca-area`` is the indicator in the area and period asked for; ``coca-area@-1`` a year
    earlier; ``coca-area:us`` as the producer *us* states it; ``coca-area/BO/2015`` one named
    observation, where ``*`` stands for the area or period asked for. A derivation can stand in
    place of an indicator.
    """

    name: str
    producer: str | None
    shift: int
    area: str | None
    period: Period | None
    source: str | None

    @classmethod
    def parse(cls, spec: str) -> InputSpec:
        """Read the notation; raises :class:`LookupFailure` with the remedy."""
        head, *rest = spec.split("/")
        head, _, shift = head.partition("@")
        name, _, producer = head.partition(":")
        remedy = (
            "write 'indicator', 'indicator@-1', 'indicator:producer' or 'indicator/area/period'"
        )
        try:
            years = int(shift) if shift else 0
        except ValueError:
            raise LookupFailure(
                f"input '{spec}': '{shift}' is no number of years; {remedy}"
            ) from None
        source = rest.pop() if len(rest) > 2 and rest[-1][:1].isalpha() else None
        if not name or len(rest) == 1:
            raise LookupFailure(f"input '{spec}' is incomplete; {remedy}")
        area = rest[0] if rest and rest[0] != "*" else None
        when = "/".join(rest[1:])
        try:
            period = Period.parse(when) if when not in ("", "*") else None
        except PeriodError as error:
            raise LookupFailure(f"input '{spec}': {error}") from None
        return cls(name, producer or None, years, area, period, source)

    def period_for(self, asked: Period) -> Period:
        """The period this input is wanted for when the figure is asked for ``asked``."""
        period = self.period or asked
        return period.shift(self.shift) if self.shift else period


def check_period(derivation: Derivation, asked: Period) -> None:
    """A change since a base year has no figure before it; one of fixed periods belongs to its last."""
    specs = [input_spec(spec) for spec in derivation.inputs.values()]
    fixed = [spec.period for spec in specs if spec.period is not None]
    if not fixed:
        return
    last = max(fixed)
    if len(fixed) == len(specs) and asked != last:
        raise LookupFailure(f"'{derivation.id}' is computed for {last} only; ask for that")
    if asked.start <= last.start and asked != last:
        raise LookupFailure(f"'{derivation.id}' starts from {last}; ask for a later period")


@lru_cache(maxsize=512)
def input_spec(spec: str) -> InputSpec:
    """The parsed input; each is parsed once. Raises LookupFailure."""
    return InputSpec.parse(spec)


@lru_cache(maxsize=512)
def read_formula(text: str) -> Formula:
    """The parsed formula; each is parsed once. Raises FormulaError."""
    return parse(text)


def computed(
    derivation: Derivation,
    area: str,
    period: Period,
    inputs: tuple[tuple[str, Figure], ...],
    result: Interval,
) -> Figure:
    """The figure that a derivation gives for these inputs; its value is the result, rounded once."""
    exact = all(figure.qualifier is Qualifier.EXACT for _, figure in inputs)
    value, low, high = result.rounded(derivation.decimals)
    return Figure(
        id=f"{derivation.id}/{area}/{period}",
        label=derivation.label,
        theme=derivation.theme,
        area=area,
        period=period,
        unit=derivation.unit,
        decimals=derivation.decimals,
        value=value,
        low=None if result.is_exact else low,
        high=None if result.is_exact else high,
        qualifier=Qualifier.EXACT if exact else Qualifier.ABOUT,
        status=Status.NORMAL,
        derivation=derivation,
        inputs=inputs,
        result=result,
        rivals=tuple(dict.fromkeys(rival for _, figure in inputs for rival in figure.rivals)),
    )
