"""Rules about observations: numbers that fit, ranks with a reason, rivals that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.dataset import Dataset
from factbook.errors import FactbookError, Finding, LookupFailure
from factbook.formulas import parse
from factbook.model import Observation, Rank
from factbook.tables import Tables

_MAY_BE_NEGATIVE = frozenset(
    {"ha-change", "percent", "percentage-points", "pen", "pen-million", "ratio", "usd-million"}
)


def numbers_fit(tables: Tables) -> Iterator[Finding]:
    """A row has a value, or low and high; low <= value <= high; amounts are not negative."""
    units = {indicator.id: indicator.unit for indicator in tables.indicators}
    for o in tables.observations:
        if fault := _number_fault(o, units.get(o.indicator, "")):
            yield Finding(o.place, fault)


def _number_fault(o: Observation, unit: str) -> str | None:
    if o.value is None and (o.low is None or o.high is None):
        return "has no value; give value, or both low and high"
    if o.low is not None and o.high is not None and o.low > o.high:
        return f"low ({o.low}) is above high ({o.high}); exchange or mend them"
    if o.value is not None:
        if o.low is not None and o.value < o.low:
            return f"value ({o.value}) is below low ({o.low}); mend one of them"
        if o.high is not None and o.value > o.high:
            return f"value ({o.value}) is above high ({o.high}); mend one of them"
    smallest = min(n for n in (o.value, o.low, o.high) if n is not None)
    if smallest < 0 and unit not in _MAY_BE_NEGATIVE:
        return f"{smallest} is negative, which '{unit}' cannot be; remove the minus"
    return None


def ranks_have_reasons(tables: Tables) -> Iterator[Finding]:
    """A row ranked preferred or deprecated says why in its note."""
    for o in tables.observations:
        if o.rank is not Rank.NORMAL and o.note is None:
            yield Finding(o.place, f"is ranked {o.rank} without a reason; say why in the note")


def rivals_are_decided(dataset: Dataset) -> Iterator[Finding]:
    """Where values differ, the order of producers or a rank says which one is preferred."""
    seen: set[tuple[str, str, str]] = set()
    for o in dataset.observations:
        key = (o.indicator, o.area, str(o.period))
        if key in seen:
            continue
        seen.add(key)
        stated = dataset.stated(o.indicator, o.area, o.period)
        if all(entry.rank is Rank.DEPRECATED for entry in stated):
            continue
        try:
            dataset.preferred(stated)
        except LookupFailure as error:
            yield Finding(o.place, str(error))


def producers_are_ordered(dataset: Dataset) -> Iterator[Finding]:
    """Where two producers state different values, the indicator orders at least one of them."""
    for indicator in dataset.indicators.values():
        rows = dataset.by_indicator.get(indicator.id, ())
        if not rows:
            message = f"[{indicator.id}] has no observations; add rows or remove the indicator"
            yield Finding(indicator.place, message)


def formulas_work(dataset: Dataset) -> Iterator[Finding]:
    """A derivation's formula can be read, uses all its inputs, and gives at least one figure."""
    for derivation in dataset.derivations.values():
        try:
            formula = parse(derivation.formula)
        except FactbookError as error:
            yield Finding(derivation.place, f"[{derivation.id}] {error}")
            continue
        given = set(derivation.inputs)
        for name in sorted(formula.names - given):
            message = f"[{derivation.id}] the formula uses '{name}', which is no input; add it"
            yield Finding(derivation.place, message)
        for name in sorted(given - formula.names):
            message = f"[{derivation.id}] the input '{name}' is not used; remove it"
            yield Finding(derivation.place, message)
        if formula.names == given and not dataset.derivable(derivation.id):
            message = f"[{derivation.id}] no area and period has all the inputs; mend the inputs"
            yield Finding(derivation.place, message)


def claims_name_figures(dataset: Dataset) -> Iterator[Finding]:
    """The observations a claim is tested against exist."""
    for claim in dataset.claims.values():
        for name in claim.observations:
            try:
                _named(dataset, name)
            except LookupFailure as error:
                yield Finding(claim.place, f"[{claim.id}] '{name}': {error}")


def _named(dataset: Dataset, name: str) -> None:
    head, *rest = name.split("/")
    if len(rest) < 2:
        raise LookupFailure("write 'indicator/area/period'")
    if head in dataset.derivations:
        dataset.derived(head, rest[0], "/".join(rest[1:]))
        return
    source = rest.pop() if len(rest) > 2 and rest[-1][:1].isalpha() else None
    dataset.figure(head, rest[0], "/".join(rest[1:]), source=source)
