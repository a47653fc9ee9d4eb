"""Reads ``data/`` into records; collects every finding on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from factbook.errors import Finding, Place
from factbook.model import (
    Area,
    Break,
    Citation,
    Claim,
    Derivation,
    Event,
    Indicator,
    Observation,
    Producer,
    Source,
    Term,
    Text,
    Unit,
)
from factbook.tables import shapes
from factbook.tables.files import data_text
from factbook.tables.records import Record, records
from factbook.tables.rows import Row, rows

OBSERVATIONS = "data/observations"

S = TypeVar("S", bound=shapes.Shape)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything ``data/`` says, in the order of the files, and what is wrong with it.

    Records with a fault are left out, so that the rest can still be checked.
    """

    areas: tuple[Area, ...] = ()
    units: tuple[Unit, ...] = ()
    producers: tuple[Producer, ...] = ()
    names: tuple[Text, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()
    observations: tuple[Observation, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    terms: tuple[Term, ...] = ()
    labels: tuple[tuple[str, Text], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Reader:
    """The findings of one reading; its methods return the good records and keep the bad ones' faults."""

    root: Path
    findings: list[Finding] = field(default_factory=list)

    def csv(self, path: str, shape: type[S], build: Callable[[S, Place], R]) -> tuple[R, ...]:
        text, found = data_text(self.root, path)
        self.findings += found
        if not text:
            return ()
        kept, found = rows(path, text, shapes.fields_of(shape))
        self.findings += found
        whole = not found
        built: list[R] = []
        for row in kept:
            if (record := self._shaped(shape, row)) is None:
                whole = False
            else:
                built.append(build(record, row.place))
        if whole:
            self.findings += _order(kept, path)
        return tuple(built)

    def _shaped(self, shape: type[S], row: Row) -> S | None:
        try:
            return shape.model_validate(row.cells)
        except ValidationError as error:
            # One finding a row: the first fault often causes the others.
            _, message = shapes.explained(error.errors()[0], shapes.fields_of(shape))
            self.findings.append(Finding(row.place, message))
            return None

    def toml(self, path: str, shape: type[S], build: Callable[[str, S, Place], R]) -> tuple[R, ...]:
        text, found = data_text(self.root, path)
        self.findings += found
        if not text:
            return ()
        kept, found = records(path, text)
        self.findings += found
        built: list[R] = []
        for record in kept:
            if not shapes.IDENTIFIER.fullmatch(record.id):
                message = f"'{record.id}' is not an id; use lower case, digits and single hyphens"
                self.findings.append(Finding(record.place, message))
                continue
            try:
                built.append(build(record.id, shape.model_validate(record.content), record.place))
            except ValidationError as error:
                self._explain(error, record, shape)
        if len(built) == len(kept) and not found:
            self.findings += _record_order(kept)
        return tuple(built)

    def _explain(self, error: ValidationError, record: Record, shape: type[shapes.Shape]) -> None:
        for details in error.errors():
            key, message = shapes.explained(details, shapes.fields_of(shape))
            place = record.place_of(key)
            self.findings.append(Finding(place, f"[{record.id}] {message}"))


def read_tables(root: Path) -> Tables:
    """Read ``root/data`` whole. Never raises for a fault in the data: see :attr:`Tables.findings`."""
    reader = _Reader(root)
    areas = reader.csv("data/areas.csv", shapes.AreaRow, _area)
    units = reader.csv("data/units.csv", shapes.UnitRow, _unit)
    producers = reader.csv("data/producers.csv", shapes.ProducerRow, _producer)
    names = reader.csv("data/names.csv", shapes.NameRow, lambda r, _: Text(r.name_en, r.name_es))
    indicators = reader.toml("data/indicators.toml", shapes.IndicatorShape, _indicator)
    sources = reader.toml("data/sources.toml", shapes.SourceShape, _source)
    derivations = reader.toml("data/derived.toml", shapes.DerivationShape, _derivation)
    events = reader.toml("data/events.toml", shapes.EventShape, _event)
    claims = reader.toml("data/claims.toml", shapes.ClaimShape, _claim)
    terms = reader.toml("data/terms.toml", shapes.TermShape, _term)
    labels = reader.toml("data/labels.toml", shapes.LabelShape, _label)
    observations = _observations(reader, indicators)
    return Tables(
        areas=areas,
        units=units,
        producers=producers,
        names=names,
        indicators=indicators,
        sources=sources,
        observations=observations,
        derivations=derivations,
        events=events,
        claims=claims,
        terms=terms,
        labels=labels,
        findings=tuple(reader.findings),
    )


def _observations(reader: _Reader, indicators: Iterable[Indicator]) -> tuple[Observation, ...]:
    """Read one CSV for each indicator; a file without an indicator is a finding, and the reverse.

    When ``indicators.toml`` itself has findings, files without an indicator are not reported: the
    fault stands there.
    """
    folder = reader.root / OBSERVATIONS
    if not folder.is_dir():
        place = Place(OBSERVATIONS)
        reader.findings.append(Finding(place, "the folder is missing; restore it"))
        return ()
    files = {file.name: file for file in sorted(folder.iterdir())}
    read: list[Observation] = []
    broken = any(f.place.path == "data/indicators.toml" for f in reader.findings)
    for indicator in indicators:
        name = f"{indicator.id}.csv"
        if name not in files:
            message = f"[{indicator.id}] has no table; add {OBSERVATIONS}/{name}"
            reader.findings.append(Finding(indicator.place, message))
            continue
        del files[name]
        read += reader.csv(f"{OBSERVATIONS}/{name}", shapes.ObservationRow, _observed(indicator.id))
    for name in () if broken else files:
        message = (
            f"belongs to no indicator; describe [{name.removesuffix('.csv')}]"
            " in data/indicators.toml, or remove the file"
        )
        reader.findings.append(Finding(Place(f"{OBSERVATIONS}/{name}"), message))
    return tuple(read)


def _order(kept: list[Row], path: str) -> list[Finding]:
    """Rows are sorted by their key, so that two people's additions do not collide; keys are unique."""
    observed = path.startswith(OBSERVATIONS)
    columns = ("area", "period", "source") if observed else ("code", "name_en")
    found: list[Finding] = []
    last: tuple[str, ...] = ()
    first_seen: dict[tuple[str, ...], int] = {}
    for row in kept:
        key = tuple(row.cells[column] for column in columns if column in row.cells)
        key = key if observed else key[:1]
        if key in first_seen:
            message = f"{', '.join(key)} stands already in line {first_seen[key]}; keep one row"
            found.append(Finding(row.place, message))
        elif key < last:
            message = f"{', '.join(key)} is out of order; sort the rows by {_listed(columns, row)}"
            found.append(Finding(row.place, message))
            return found
        first_seen.setdefault(key, row.place.line)
        last = key
    return found


def _listed(columns: tuple[str, ...], row: Row) -> str:
    present = [column for column in columns if column in row.cells]
    return ", ".join(present if len(present) != 2 else present[:1])


def _record_order(kept: list[Record]) -> list[Finding]:
    """Records are sorted by id."""
    for before, after in pairwise(kept):
        if after.id < before.id:
            message = f"[{after.id}] is out of order; sort the records by their id"
            return [Finding(after.place, message)]
    return []


def _area(row: shapes.AreaRow, place: Place) -> Area:
    return Area(row.code, row.kind, row.parent or None, Text(row.name_en, row.name_es), place)


def _unit(row: shapes.UnitRow, place: Place) -> Unit:
    name, pattern = Text(row.name_en, row.name_es), Text(row.pattern_en, row.pattern_es)
    return Unit(row.code, name, pattern, place)


def _producer(row: shapes.ProducerRow, place: Place) -> Producer:
    name, short = Text(row.name_en, row.name_es), Text(row.short_en, row.short_es)
    return Producer(row.code, row.group, name, short, place)


def _indicator(name: str, shape: shapes.IndicatorShape, place: Place) -> Indicator:
    return Indicator(
        id=name,
        theme=shape.theme,
        title=shape.title,
        definition=shape.definition,
        note=shape.note,
        unit=shape.unit,
        decimals=shape.decimals,
        in_force=shape.in_force,
        producers=shape.producers,
        breaks=tuple(Break(item.area, item.period, item.note) for item in shape.breaks),
        place=place,
    )


def _observed(indicator: str) -> Callable[[shapes.ObservationRow, Place], Observation]:
    def build(row: shapes.ObservationRow, place: Place) -> Observation:
        return Observation(
            indicator=indicator,
            area=row.area,
            period=row.period,
            value=row.value,
            low=row.low,
            high=row.high,
            qualifier=row.qualifier,
            status=row.status,
            rank=row.rank,
            citation=Citation(row.source, row.locator),
            note=row.note,
            place=place,
        )

    return build


def _source(name: str, shape: shapes.SourceShape, place: Place) -> Source:
    return Source(
        id=name,
        type=shape.type,
        title=shape.title,
        language=shape.language,
        producer=shape.producer,
        kind=shape.kind,
        author=shape.author,
        publisher=shape.publisher,
        container_title=shape.container_title,
        issued=shape.issued,
        accessed=shape.accessed,
        url=shape.url,
        archived=shape.archived,
        note=shape.note,
        place=place,
    )


def _derivation(name: str, shape: shapes.DerivationShape, place: Place) -> Derivation:
    return Derivation(
        id=name,
        theme=shape.theme,
        label=shape.label,
        note=shape.note,
        unit=shape.unit,
        decimals=shape.decimals,
        formula=shape.formula,
        inputs=dict(shape.inputs),
        areas=shape.areas,
        place=place,
    )


def _citations(given: Iterable[shapes.CitationShape]) -> tuple[Citation, ...]:
    return tuple(Citation(item.source, item.locator) for item in given)


def _event(name: str, shape: shapes.EventShape, place: Place) -> Event:
    return Event(
        id=name,
        date=shape.date,
        area=shape.area,
        topics=tuple(shape.topics),
        title=shape.title,
        text=shape.text,
        citations=_citations(shape.citations),
        place=place,
    )


def _claim(name: str, shape: shapes.ClaimShape, place: Place) -> Claim:
    return Claim(
        id=name,
        said=shape.said,
        citations=_citations(shape.citations),
        verdict=shape.verdict,
        reason=shape.reason,
        evidence=_citations(shape.evidence),
        observations=shape.observations,
        place=place,
    )


def _term(name: str, shape: shapes.TermShape, place: Place) -> Term:
    return Term(
        id=name,
        area=shape.area,
        term=shape.term,
        definition=shape.definition,
        aliases=shape.aliases,
        citations=_citations(shape.citations),
        place=place,
    )


def _label(name: str, shape: shapes.LabelShape, place: Place) -> tuple[str, Text]:
    return name, Text(shape.en, shape.es)
