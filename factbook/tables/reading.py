"""Reads ``data/`` into records; collects every finding on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from factbook.errors import Finding, Place, did_you_mean
from factbook.model import Indicator, Observation, Outline, Position, Text
from factbook.tables import assembly, faults, geography, order, shapes
from factbook.tables.content import Tables
from factbook.tables.fields import IDENTIFIER
from factbook.tables.files import OBSERVATIONS, data_text, left_open
from factbook.tables.records import Record, records
from factbook.tables.rows import Row, rows
from factbook.tables.words import read_words

SUMS = "data/sums.toml"
"""What sums to what: like those that follow, a table that a dataset can do without."""
PLACES = "data/places.csv"
OUTLINES = "data/outlines.geojsonl"
DIAGRAMS = "data/diagrams.toml"
STYLE = "data/style.toml"

S = TypeVar("S", bound=shapes.Shape)
R = TypeVar("R")


@dataclass(slots=True)
class _Reader:
    """The findings of one reading; its methods return the good records and keep the bad ones' faults."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    untidy: list[Finding] = field(default_factory=list)
    left_open: list[Finding] = field(default_factory=list)
    lines: dict[Place, Mapping[str, int]] = field(default_factory=dict)

    def csv(self, path: str, shape: type[S], build: Callable[[S, Place], R]) -> tuple[R, ...]:
        text, found = data_text(self.root, path)
        self.findings += found
        if not text:
            return ()
        self.left_open += left_open(path, text)
        kept, found = rows(path, text, shapes.fields_of(shape))
        self.findings += found
        whole = not found
        built: list[R] = []
        for row in kept:
            if (record := self._shaped(shape, row)) is None:
                whole = False
            else:
                built.append(build(record, row.place))
        if found := order.doubled(kept, path):
            self.findings += found
        elif whole:
            self.untidy += order.disorder(kept, path)
        return tuple(built)

    def _shaped(self, shape: type[S], row: Row) -> S | None:
        try:
            return shape.model_validate(row.cells)
        except ValidationError as error:
            # One finding a row: the first fault often causes the others.
            _, message = faults.explained(error.errors()[0], shapes.fields_of(shape))
            self.findings.append(Finding(row.place, message))
            return None

    def toml(self, path: str, shape: type[S], build: Callable[[str, S, Place], R]) -> tuple[R, ...]:
        text, found = data_text(self.root, path)
        self.findings += found
        if not text:
            return ()
        self.left_open += left_open(path, text)
        kept, found = records(path, text)
        self.findings += found
        self.lines |= {record.place: record.lines for record in kept}
        built: list[R] = []
        for record in kept:
            if not IDENTIFIER.fullmatch(record.id):
                message = f"'{record.id}' is not an id; use lower case, digits and single hyphens"
                self.findings.append(Finding(record.place, message))
                continue
            try:
                built.append(build(record.id, shape.model_validate(record.content), record.place))
            except ValidationError as error:
                self._explain(error, record, shape)
        if len(built) == len(kept) and not found:
            self.untidy += order.record_disorder(kept)
        return tuple(built)

    def _explain(self, error: ValidationError, record: Record, shape: type[shapes.Shape]) -> None:
        for key, message in faults.faults(error.errors(), shapes.fields_of(shape)):
            self.findings.append(Finding(record.place_of(key), f"[{record.id}] {message}"))


def read_tables(root: Path) -> Tables:
    """Read ``root/data`` whole. Never raises for a fault in the data: see :attr:`Tables.findings`."""
    reader = _Reader(root)
    areas = reader.csv("data/areas.csv", shapes.AreaRow, assembly.area)
    units = reader.csv("data/units.csv", shapes.UnitRow, assembly.unit)
    producers = reader.csv("data/producers.csv", shapes.ProducerRow, assembly.producer)
    names = reader.csv("data/names.csv", shapes.NameRow, lambda r, _: Text(r.name_en, r.name_es))
    codes = reader.csv("data/codes.csv", shapes.CodeRow, assembly.code)
    indicators = reader.toml("data/indicators.toml", shapes.IndicatorShape, assembly.indicator)
    sources = reader.toml("data/sources.toml", shapes.SourceShape, assembly.source)
    derivations = reader.toml("data/derived.toml", shapes.DerivationShape, assembly.derivation)
    sums = reader.toml(SUMS, shapes.SumShape, assembly.sum_of) if (root / SUMS).exists() else ()
    events = reader.toml("data/events.toml", shapes.EventShape, assembly.event)
    claims = reader.toml("data/claims.toml", shapes.ClaimShape, assembly.claim)
    terms = reader.toml("data/terms.toml", shapes.TermShape, assembly.term)
    drawn = (root / DIAGRAMS).exists()
    diagrams = reader.toml(DIAGRAMS, shapes.DiagramShape, assembly.diagram) if drawn else ()
    style = (
        reader.toml(STYLE, shapes.AvoidedShape, assembly.avoided) if (root / STYLE).exists() else ()
    )
    labels = reader.toml("data/labels.toml", shapes.LabelShape, assembly.label)
    observations = _observations(reader, indicators)
    words, found, untidy = read_words(root)
    reader.findings += found
    reader.untidy += untidy
    positions, outlines = _geography(reader)
    return Tables(
        areas=areas,
        units=units,
        producers=producers,
        names=names,
        codes=codes,
        words=words,
        style=style,
        indicators=indicators,
        sources=sources,
        observations=observations,
        derivations=derivations,
        sums=sums,
        events=events,
        claims=claims,
        terms=terms,
        positions=positions,
        outlines=outlines,
        diagrams=diagrams,
        labels=tuple((name, text) for name, text, _ in labels),
        label_places={name: place for name, _, place in labels},
        findings=tuple(reader.findings),
        left_open=tuple(reader.left_open),
        untidy=tuple(reader.untidy),
        lines=reader.lines,
    )


def _geography(reader: _Reader) -> tuple[tuple[Position, ...], tuple[Outline, ...]]:
    """Read where areas stand and the outlines they are drawn in, if the dataset has them."""
    positions: tuple[Position, ...] = ()
    outlines: tuple[Outline, ...] = ()
    if (reader.root / PLACES).exists():
        positions = reader.csv(PLACES, geography.PlaceRow, geography.position)
    if (reader.root / OUTLINES).exists():
        text, found = data_text(reader.root, OUTLINES)
        reader.findings += found
        outlines, found = geography.outlines(OUTLINES, text)
        reader.findings += found
    return positions, outlines


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
    bare: list[Indicator] = []
    broken = any(f.place.path == "data/indicators.toml" for f in reader.findings)
    for indicator in indicators:
        name = f"{indicator.id}.csv"
        if name not in files:
            bare.append(indicator)
            continue
        del files[name]
        read += _table(reader, f"{OBSERVATIONS}/{name}", indicator.id)
    reader.findings += _unpaired(bare, () if broken else tuple(files))
    return tuple(read)


def _table(reader: _Reader, path: str, indicator: str) -> tuple[Observation, ...]:
    before = len(reader.findings)
    read = reader.csv(path, shapes.ObservationRow, assembly.observed(indicator))
    if not read and len(reader.findings) == before:
        message = f"has no observations; add rows, or remove it and [{indicator}]"
        reader.findings.append(Finding(Place(path), f"{message} in data/indicators.toml"))
    return read


def _unpaired(bare: Sequence[Indicator], files: Sequence[str]) -> Iterable[Finding]:
    """Each indicator has its table and each table its indicator; one renamed is one finding."""
    if len(bare) == len(files) == 1:
        message = (
            f"[{bare[0].id}] has no table, and {OBSERVATIONS}/{files[0]} has no indicator;"
            " give both the same name"
        )
        yield Finding(bare[0].place, message)
        return
    for indicator in bare:
        message = f"[{indicator.id}] has no table; add {OBSERVATIONS}/{indicator.id}.csv"
        yield Finding(indicator.place, message)
    for name in files:
        known = [indicator.id for indicator in bare]
        stem = name.removesuffix(".csv")
        message = (
            f"belongs to no indicator.{did_you_mean(stem, known)} Describe [{stem}]"
            " in data/indicators.toml, or remove the file"
        )
        yield Finding(Place(f"{OBSERVATIONS}/{name}"), message)
