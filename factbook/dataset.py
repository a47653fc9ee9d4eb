"""The dataset: immutable indexes over the records, lookup, rivals, series and derived figures.

Nothing here reads a file or formats a number. A lookup that fails raises :class:`LookupFailure`
with a message for the author who asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from factbook.derivations import check_period, computed, input_spec, read_formula
from factbook.errors import FormulaError, LookupFailure, Misspoken, PeriodError, did_you_mean
from factbook.figure import Figure, exact
from factbook.formulas import Formula
from factbook.memory import Memory, stamps
from factbook.model import (
    Area,
    Claim,
    CodeList,
    Derivation,
    Diagram,
    Event,
    Indicator,
    Observation,
    Outline,
    Position,
    Producer,
    Rank,
    Source,
    SourceKind,
    Sum,
    Term,
    Text,
    Unit,
)
from factbook.periods import Period
from factbook.tables import Tables, read_tables

_Record = TypeVar("_Record")
_Key = TypeVar("_Key")

_KINDS = tuple(SourceKind)


class Uncomputable(LookupFailure):
    """A derived figure whose inputs exist, but whose formula gives no result for them."""


class UnknownName(LookupFailure):
    """A name that stands in no list; ``kind`` (*area*, *source* …) and ``name`` say which."""

    def __init__(self, kind: str, name: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.name = name


class Dataset:
    """All records with indexes for lookup. Read-only after construction."""

    def __init__(self, tables: Tables) -> None:
        self.areas: Mapping[str, Area] = _index(tables.areas, lambda record: record.code)
        self.units: Mapping[str, Unit] = _index(tables.units, lambda record: record.code)
        self.producers: Mapping[str, Producer] = _index(tables.producers, lambda r: r.code)
        self.indicators: Mapping[str, Indicator] = _index(tables.indicators, lambda r: r.id)
        self.sources: Mapping[str, Source] = _index(tables.sources, lambda record: record.id)
        self.derivations: Mapping[str, Derivation] = _index(tables.derivations, lambda r: r.id)
        self.sums: Mapping[str, Sum] = _index(tables.sums, lambda record: record.id)
        self.events: Mapping[str, Event] = _index(tables.events, lambda record: record.id)
        self.claims: Mapping[str, Claim] = _index(tables.claims, lambda record: record.id)
        self.terms: Mapping[str, Term] = _index(tables.terms, lambda record: record.id)
        self.positions: Mapping[str, Position] = _index(tables.positions, lambda p: p.area)
        self.outlines: Mapping[str, Outline] = _index(tables.outlines, lambda o: o.code)
        self.diagrams: Mapping[str, Diagram] = _index(tables.diagrams, lambda record: record.id)
        self.names: tuple[Text, ...] = tables.names
        self.topics = {c.code: c.name for c in tables.codes if c.list is CodeList.TOPIC}
        self.labels: Mapping[str, Text] = MappingProxyType(dict(tables.labels))
        self.observations: tuple[Observation, ...] = tables.observations
        self._series_of: dict[str, tuple[tuple[Figure, ...], tuple[str, ...]]] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._areas: dict[str, tuple[str, ...]] = {}
        self._tables = tables
        self._derived: dict[tuple[str, str, Period], Figure] = {}

    # Observations

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations of each indicator, in the order of its file."""
        return _grouped(self.observations, lambda o: o.indicator)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], tuple[Observation, ...]]:
        return _grouped(self.observations, lambda o: (o.indicator, o.area))

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str, Period], tuple[Observation, ...]]:
        return _grouped(self.observations, lambda o: (o.indicator, o.area, o.period))

    def stated(self, indicator: str, area: str, period: Period) -> tuple[Observation, ...]:
        """All observations of exactly this indicator, area and period, deprecated ones included."""
        return self._by_key.get((indicator, area, period), ())

    def figure(
        self, indicator: str, area: str, period: str | int | Period, *, source: str | None = None
    ) -> Figure:
        """Return the figure for an indicator, area and period.

        Without ``source`` the preferred observation is chosen (see :meth:`preferred`). A period
        inside the period of an indicator *in force* (a legal ceiling) finds that period's row.
        Raises :class:`LookupFailure` when there is none, or when rivals leave no preferred one.
        """
        known = self._known_indicator(indicator)
        self._known_area(area)
        stated = self._stated_or_covering(known, area, period_of(period))
        chosen = self.preferred(stated) if source is None else self._by_source(stated, source)
        rivals = tuple(
            other
            for other in stated
            if other.rank is not Rank.DEPRECATED and other.magnitude != chosen.magnitude
        )
        return Figure(
            id=chosen.id,
            label=known.title,
            theme=known.theme,
            area=area,
            period=chosen.period,
            unit=known.unit,
            decimals=known.decimals,
            value=chosen.value,
            low=chosen.low,
            high=chosen.high,
            qualifier=chosen.qualifier,
            status=chosen.status,
            observation=chosen,
            rivals=rivals,
        )

    def _stated_or_covering(
        self, indicator: Indicator, area: str, period: Period
    ) -> tuple[Observation, ...]:
        if stated := self.stated(indicator.id, area, period):
            return stated
        here = self._by_place.get((indicator.id, area), ())
        if indicator.in_force:
            covering = [o for o in here if o.period.covers(period)]
            if covering:
                return tuple(o for o in covering if o.period == covering[0].period)
        raise LookupFailure(self._no_figure(indicator.id, area, period))

    def _no_figure(self, indicator: str, area: str, period: Period) -> str:
        asked = f"there is no figure '{indicator}' for {area} in {period}."
        # Computing every figure there may be fails this way thousands of times.
        if (indicator, area) not in self._known:
            self._known[(indicator, area)] = self._what_is_known(indicator, area)
        return f"{asked} {self._known[(indicator, area)]}"

    def _what_is_known(self, indicator: str, area: str) -> str:
        here = sorted(o.period for o in self._by_place.get((indicator, area), ()))
        if here:
            return f"Known periods for {area}: {', '.join(dict.fromkeys(map(str, here)))}"
        return f"Known areas: {', '.join(self._areas_of(indicator)) or 'none'}"

    def _areas_of(self, indicator: str) -> tuple[str, ...]:
        if indicator not in self._areas:
            stated = self.by_indicator.get(indicator, ())
            self._areas[indicator] = tuple(sorted({o.area for o in stated}))
        return self._areas[indicator]

    def _by_source(self, stated: tuple[Observation, ...], source: str) -> Observation:
        for observation in stated:
            if observation.citation.source == source:
                return observation
        given = [o.citation.source for o in stated]
        raise LookupFailure(
            f"the source '{source}' does not state this figure."
            f"{did_you_mean(source, given)} Sources that do: {', '.join(given)}"
        )

    def preferred(self, stated: tuple[Observation, ...]) -> Observation:
        """Choose among observations of one key: by rank, else by the order of producers.

        Among observations of the best producer with the same value, the producer's own text goes
        before a report of it, then the id decides. Raises :class:`LookupFailure` naming the rivals
        when nothing decides, or when all are deprecated.
        """
        candidates = [o for o in stated if o.rank is not Rank.DEPRECATED]
        if not candidates:
            raise LookupFailure(f"all values of {_key(stated[0])} are deprecated; name a source")
        if len(candidates) == 1:
            return candidates[0]
        if marked := [o for o in candidates if o.rank is Rank.PREFERRED]:
            best = marked
        else:
            order = {o: self._producer_order(o) for o in candidates}
            top = min(order.values())
            best = [o for o in candidates if order[o] == top]
        if len({o.magnitude for o in best}) > 1:
            listed = "; ".join(f"{o.citation.source}: {_shown(o)}" for o in best)
            raise LookupFailure(
                f"{_key(best[0])} has rival values and none is preferred ({listed})."
                " Rank one 'preferred' in the table, or name a source"
            )
        return min(best, key=self._directness)

    def _producer_order(self, observation: Observation) -> int:
        producers = self.indicators[observation.indicator].producers
        producer = self.producer_of(observation)
        return producers.index(producer) if producer in producers else len(producers)

    def _directness(self, observation: Observation) -> tuple[int, str]:
        source = self.sources.get(observation.citation.source)
        kind = _KINDS.index(source.kind) if source else len(_KINDS)
        return kind, observation.citation.source

    def producer_of(self, observation: Observation) -> str:
        """The code of the producer behind an observation ('' for an unknown source)."""
        source = self.sources.get(observation.citation.source)
        return source.producer if source else ""

    def series(
        self, indicator: str, area: str, *, producers: Iterable[str] = ()
    ) -> tuple[Figure, ...]:
        """One figure a period, in the order of time; of ``producers`` only, when any are named.

        Periods without a preferred value, and those whose values are all deprecated, are left out.
        """
        known = self._known_indicator(indicator)
        wanted = set(producers)
        kept: list[Figure] = []
        for period in sorted({o.period for o in self._by_place.get((indicator, area), ())}):
            stated = tuple(
                o
                for o in self.stated(indicator, area, period)
                if not wanted or self.producer_of(o) in wanted
            )
            try:
                source = self.preferred(stated).citation.source if stated else None
            except LookupFailure:
                continue
            if source is not None:
                kept.append(self.figure(known.id, area, period, source=source))
        return tuple(kept)

    def misfit(self, observation: Observation) -> Text | None:
        """Why the published parts do not make up this total, where the list of sums says so."""
        name = f"{observation.indicator}/{observation.area}"
        producer = self.producer_of(observation)
        for record in self.sums.values():
            if record.total == name and (not record.producers or producer in record.producers):
                for exemption in record.exceptions:
                    if exemption.period == observation.period:
                        return exemption.reason
        return None

    # Derived figures

    def derived(self, name: str, area: str, period: str | int | Period) -> Figure:
        """Compute a derived figure for an area and period, with the interval carried along.

        Raises :class:`LookupFailure` when an input is missing or a formula leads back to itself.
        """
        self.derivation(name)
        self._known_area(area)
        return self._derive(name, area, period_of(period), ())

    def _derive(self, name: str, area: str, period: Period, trail: tuple[str, ...]) -> Figure:
        if (done := self._derived.get((name, area, period))) is not None:
            return done
        if name in trail:
            raise LookupFailure(f"'{name}' leads back to itself ({' -> '.join((*trail, name))})")
        derivation = self.derivations[name]
        if not self.makes_sense(derivation, area):
            listed = ", ".join(derivation.areas)
            raise LookupFailure(f"'{name}' is not computed for {area}; its areas are {listed}")
        check_period(derivation, period)
        try:
            formula = read_formula(derivation.formula)
            inputs = tuple(
                (key, self._input(spec, area, period, (*trail, name)))
                for key, spec in derivation.inputs.items()
            )
            result = formula.evaluate({key: exact(figure) for key, figure in inputs})
        except FormulaError as error:
            raise Uncomputable(f"'{name}' for {area} in {period}: {error}") from None
        figure = computed(derivation, area, period, inputs, result)
        self._derived[(name, area, period)] = figure
        return figure

    def _input(self, spec: str, area: str, period: Period, trail: tuple[str, ...]) -> Figure:
        wanted = input_spec(spec)
        try:
            when = wanted.period_for(period)
        except PeriodError as error:
            raise LookupFailure(f"input '{spec}': {error}") from None
        where = wanted.area or area
        if wanted.name in self.derivations:
            return self._derive(wanted.name, where, when, trail)
        if wanted.producer is None:
            return self.figure(wanted.name, where, when, source=wanted.source)
        known = self._known_indicator(wanted.name)
        stated = tuple(
            o
            for o in self._stated_or_covering(known, where, when)
            if self.producer_of(o) == wanted.producer
        )
        if not stated:
            raise LookupFailure(
                f"'{wanted.name}' for {where} in {when}: nothing by '{wanted.producer}'"
            )
        source = self.preferred(stated).citation.source
        return self.figure(wanted.name, where, when, source=source)

    def derivable(self, name: str) -> tuple[Figure, ...]:
        """Every figure a derivation gives, for all areas and periods whose inputs exist."""
        return self._derivable(name)[0]

    def uncomputable(self, name: str) -> tuple[str, ...]:
        """Where a derivation's inputs exist and its formula fails all the same, and why."""
        return self._derivable(name)[1]

    def _derivable(self, name: str) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
        # Pages, checks and downloads each ask for all of them.
        if name not in self._series_of:
            self._series_of[name] = self._derive_all(name)
        return self._series_of[name]

    def _derive_all(self, name: str) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
        derivation = self.derivations[name]
        behind = [
            o for spec in derivation.inputs.values() for o in self._observations_behind(spec, ())
        ]
        named = {code for code in derivation.areas if code in self.areas}
        keys = {(o.area, o.period) for o in behind}
        periods = {o.period for o in behind}
        periods |= {
            spec.period
            for spec in map(input_spec, derivation.inputs.values())
            if spec.period is not None
        }
        keys |= {(area, period) for area in named for period in periods}
        figures: list[Figure] = []
        failures: list[str] = []
        for area, period in sorted(keys, key=lambda key: (key[0], key[1])):
            if not self.makes_sense(derivation, area):
                continue
            try:
                figures.append(self._derive(name, area, period, ()))
            except Uncomputable as error:
                failures.append(str(error))
            except LookupFailure:
                continue
        return tuple(figures), tuple(failures)

    def areas_behind(self, name: str) -> set[str]:
        """The areas for which each input of a derivation has observations, of whatever period."""
        specs = self.derivations[name].inputs.values()
        behind = [{o.area for o in self._observations_behind(spec, ())} for spec in specs]
        return set.intersection(*behind) if behind else set()

    def makes_sense(self, derivation: Derivation, area: str) -> bool:
        """Whether the derivation names ``area``, or an area that contains it as ``CODE/*``."""
        if area in derivation.areas:
            return True
        within = {code.removesuffix("/*") for code in derivation.areas if code.endswith("/*")}
        code = self.areas[area].parent if area in self.areas else None
        seen: set[str] = set()
        while code is not None and code not in seen:
            if code in within:
                return True
            seen.add(code)
            code = self.areas[code].parent if code in self.areas else None
        return False

    def _observations_behind(self, spec: str, trail: tuple[str, ...]) -> tuple[Observation, ...]:
        wanted = input_spec(spec)
        if wanted.name in self.derivations and wanted.name not in trail:
            return tuple(
                o
                for inner in self.derivations[wanted.name].inputs.values()
                for o in self._observations_behind(inner, (*trail, wanted.name))
            )
        return self.by_indicator.get(wanted.name, ())

    def formula_of(self, derivation: Derivation) -> Formula:
        """The parsed formula of a derivation; raises FormulaError."""
        return read_formula(derivation.formula)

    # Records by id

    def _known_indicator(self, indicator: str) -> Indicator:
        if isinstance(indicator, str) and indicator in self.derivations:
            raise LookupFailure(f"'{indicator}' is computed; write derived(\"{indicator}\", …)")
        return _get(self.indicators, indicator, "indicator")

    def _known_area(self, area: str) -> Area:
        return _get(self.areas, area, "area")

    def indicator(self, name: str) -> Indicator:
        """The indicator of that id, or LookupFailure with near names."""
        return self._known_indicator(name)

    def derivation(self, name: str) -> Derivation:
        """The derivation of that id, or LookupFailure with near ids."""
        if isinstance(name, str) and name in self.indicators:
            raise LookupFailure(f"'{name}' is not derived; write figure(\"{name}\", …)")
        if isinstance(name, str) and name not in self.derivations:
            hint = did_you_mean(name, self.derivations)
            raise UnknownName("indicator", name, f"there is no derived figure '{name}'.{hint}")
        return _get(self.derivations, name, "derived figure")

    def area(self, code: str) -> Area:
        """The area of that code, or LookupFailure with near codes."""
        return self._known_area(code)

    def producer(self, code: str) -> Producer:
        """The producer of that code, or LookupFailure with near codes."""
        return _get(self.producers, code, "producer")

    def source(self, name: str) -> Source:
        """The source of that id, or LookupFailure with near ids."""
        return _get(self.sources, name, "source")

    def event(self, name: str) -> Event:
        """The event of that id, or LookupFailure with near ids."""
        return _get(self.events, name, "event")

    def claim(self, name: str) -> Claim:
        """The claim of that id, or LookupFailure with near ids."""
        return _get(self.claims, name, "claim")

    def term(self, name: str) -> Term:
        """The glossary term of that id, or LookupFailure with near ids."""
        return _get(self.terms, name, "term")

    def diagram(self, name: str) -> Diagram:
        """The diagram of that id, or LookupFailure with near ids."""
        return _get(self.diagrams, name, "diagram")

    def named(self, name: str) -> Figure:
        """The figure of a name as claims and diagrams write it: ``indicator/area/period[/source]``.

        Raises :class:`LookupFailure` when the name is written otherwise or nothing has it.
        """
        head, *rest = name.split("/")
        if len(rest) < 2:
            raise LookupFailure("write 'indicator/area/period'")
        if head in self.derivations:
            return self.derived(head, rest[0], "/".join(rest[1:]))
        source = rest.pop() if len(rest) > 2 and rest[-1][:1].isalpha() else None
        return self.figure(head, rest[0], "/".join(rest[1:]), source=source)

    def indicators_behind(self, name: str) -> frozenset[str]:
        """The indicators that a figure of an indicator or derivation of this name rests on."""
        if name not in self.derivations:
            return frozenset({name})
        inputs = (input_spec(spec).name for spec in self.derivations[name].inputs.values())
        return frozenset().union(*(self.indicators_behind(part) for part in inputs))

    def country_of(self, area: str) -> str | None:
        """The code of the country an area lies in, or None for groups and the world."""
        seen: set[str] = set()
        code: str | None = area
        while code is not None and code in self.areas and code not in seen:
            seen.add(code)
            if self.areas[code].kind.value == "country":
                return code
            code = self.areas[code].parent
        return None

    def restricted(self, indicators: Iterable[str]) -> Dataset:
        """The dataset with the observations of ``indicators`` only: what a chart is given.

        Asking it for another indicator fails, so that a chart's declared inputs are all it uses.
        """
        wanted = set(indicators)
        for name in sorted(wanted):
            self._known_indicator(name)
        t = self._tables
        return Dataset(
            Tables(
                areas=t.areas,
                units=t.units,
                producers=t.producers,
                names=t.names,
                codes=t.codes,
                indicators=tuple(i for i in t.indicators if i.id in wanted),
                sources=t.sources,
                observations=tuple(o for o in t.observations if o.indicator in wanted),
                derivations=t.derivations,
                events=t.events,
                claims=t.claims,
                terms=t.terms,
                positions=t.positions,
                outlines=t.outlines,
                diagrams=t.diagrams,
                labels=t.labels,
            )
        )


def period_of(period: str | int | Period) -> Period:
    """Accept a year, a text or a period; raises :class:`LookupFailure` for anything else."""
    if isinstance(period, Period):
        return period
    try:
        return Period.parse(str(period))
    except PeriodError as error:
        raise Misspoken(str(error)) from None


def _shown(observation: Observation) -> str:
    if observation.value is not None:
        return str(observation.value)
    return f"{observation.low} to {observation.high}"


def _key(observation: Observation) -> str:
    return f"{observation.indicator}/{observation.area}/{observation.period}"


def _get(index: Mapping[str, _Record], name: str, kind: str) -> _Record:
    if not isinstance(name, str):
        raise Misspoken(f"{name!r} is not the name of {_article(kind)}; write it in quotes")
    if name in index:
        return index[name]
    raise UnknownName(kind, name, f"unknown {kind} '{name}'.{did_you_mean(name, index)}")


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _index(records: Iterable[_Record], key: Callable[[_Record], str]) -> Mapping[str, _Record]:
    return MappingProxyType({key(record): record for record in records})


def _grouped(
    observations: Iterable[Observation], key: Callable[[Observation], _Key]
) -> Mapping[_Key, tuple[Observation, ...]]:
    groups: dict[_Key, list[Observation]] = defaultdict(list)
    for observation in observations:
        groups[key(observation)].append(observation)
    return MappingProxyType({name: tuple(group) for name, group in groups.items()})


def dataset_of(root: Path, memory: Memory) -> tuple[Tables, Dataset]:
    """The tables of ``root`` and their dataset: the same two while no file of the data changes."""
    state = stamps(root / "data")
    # The shelf may be that of a moment before: it has these tables only if they were read in this state.
    tables = memory.kept("tables", state, partial(read_tables, root), text=repr(state))
    return tables, memory.kept("dataset", state, partial(Dataset, tables))
