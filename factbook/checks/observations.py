"""Rules about observations: numbers that fit, ranks with a reason, rivals that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.dataset import Dataset
from factbook.derivations import InputSpec
from factbook.errors import FactbookError, Finding, LookupFailure, did_you_mean
from factbook.model import Derivation, Observation, Rank, UnitKind
from factbook.tables import Tables


def numbers_fit(tables: Tables) -> Iterator[Finding]:
    """A row has a value, or low and high; low <= value <= high; amounts are not negative."""
    kinds = {unit.code: unit.kind for unit in tables.units}
    units = {i.id: (i.unit, kinds.get(i.unit, UnitKind.CHANGE)) for i in tables.indicators}
    for o in tables.observations:
        if fault := _number_fault(o, *units.get(o.indicator, ("", UnitKind.CHANGE))):
            yield Finding(o.place, fault)


def _number_fault(o: Observation, unit: str, kind: UnitKind) -> str | None:
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
    if smallest < 0 and not kind.signed:
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


def formulas_work(tables: Tables, dataset: Dataset) -> Iterator[Finding]:
    """A derivation's formula can be read, uses all its inputs, and gives at least one figure."""
    broken: set[str] = set()
    for derivation in dataset.derivations.values():
        for key, message in _formula_faults(dataset, derivation):
            broken.add(derivation.id)
            place = tables.at(derivation.place, key)
            yield Finding(place, f"[{derivation.id}] {message}")
    for derivation in dataset.derivations.values():
        if _stands_on(dataset, derivation.id, broken):
            continue
        for message in dataset.uncomputable(derivation.id)[:1]:
            yield Finding(tables.at(derivation.place, "formula"), message)
            broken.add(derivation.id)
        if derivation.id not in broken and not dataset.derivable(derivation.id):
            elsewhere = dataset.areas_behind(derivation.id)
            allowed = any(dataset.makes_sense(derivation, area) for area in elsewhere)
            key = "areas" if elsewhere and not allowed else "inputs"
            message = f"[{derivation.id}] no area and period has all the inputs; mend the {key}"
            yield Finding(tables.at(derivation.place, key), message)
            broken.add(derivation.id)


def _formula_faults(dataset: Dataset, derivation: Derivation) -> Iterator[tuple[str, str]]:
    """The key of the record and the message of each fault of a formula by itself."""
    try:
        names = dataset.formula_of(derivation).names
    except FactbookError as error:
        yield "formula", str(error)
        return
    given = set(derivation.inputs)
    unused = sorted(given - names)
    if lacking := sorted(names - given):
        hint = did_you_mean(lacking[0], unused or given) or " Add it"
        key = "formula" if given else "inputs"
        yield key, f"the formula uses '{lacking[0]}', which is no input.{hint}"
    elif unused:
        yield f"inputs.{unused[0]}", f"the input '{unused[0]}' is not used; remove it"


def _stands_on(dataset: Dataset, name: str, broken: set[str]) -> bool:
    """Whether a derivation is broken or has one that is among its inputs, however far down."""
    if name in broken:
        return True
    inputs = (InputSpec.parse(spec).name for spec in dataset.derivations[name].inputs.values())
    return any(_stands_on(dataset, i, broken) for i in inputs if i in dataset.derivations)


def claims_name_figures(tables: Tables, dataset: Dataset) -> Iterator[Finding]:
    """The observations a claim is tested against exist."""
    for claim in dataset.claims.values():
        for name in claim.observations:
            try:
                dataset.named(name)
            except LookupFailure as error:
                place = tables.at(claim.place, "observations")
                yield Finding(place, f"[{claim.id}] '{name}': {error}")
