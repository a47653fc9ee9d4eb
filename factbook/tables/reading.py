"""Reads ``data/`` into records; collects every finding on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from factbook.errors import Finding, Place, did_you_mean
from factbook.model import (
    Area,
    Avoided,
    Break,
    Citation,
    Claim,
    Code,
    Derivation,
    Diagram,
    Event,
    Exemption,
    Indicator,
    Observation,
    Outline,
    Position,
    Producer,
    Remark,
    RemarkKind,
    Source,
    Step,
    Sum,
    Term,
    Text,
    Unit,
)
from factbook.tables import geography, shapes
from factbook.tables.files import data_text, left_open
from factbook.tables.records import Record, place_of, records
from factbook.tables.rows import Row, rows
from factbook.tables.words import read_words

OBSERVATIONS = "data/observations"
SUMS = "data/sums.toml"
"""What sums to what; like ``PLACES`` and ``OUTLINES``, a table that a dataset can do without."""
PLACES = "data/places.csv"
OUTLINES = "data/outlines.geojsonl"
"""What sums to what: a table that a dataset can do without."""
DIAGRAMS = "data/diagrams.toml"
"""How things go: another one; a chart whose diagram is gone says so itself."""
STYLE = "data/style.toml"
"""The words that the guide avoids: a table that a dataset can do without."""

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
        if found := _doubled(kept, path):
            self.findings += found
        elif whole:
            self.untidy += _order(kept, path)
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
        self.left_open += left_open(path, text)
        kept, found = records(path, text)
        self.findings += found
        self.lines |= {record.place: record.lines for record in kept}
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
            self.untidy += _record_order(kept)
        return tuple(built)

    def _explain(self, error: ValidationError, record: Record, shape: type[shapes.Shape]) -> None:
        for key, message in shapes.faults(error.errors(), shapes.fields_of(shape)):
            self.findings.append(Finding(record.place_of(key), f"[{record.id}] {message}"))


def read_tables(root: Path) -> Tables:
    """Read ``root/data`` whole. Never raises for a fault in the data: see :attr:`Tables.findings`."""
    reader = _Reader(root)
    areas = reader.csv("data/areas.csv", shapes.AreaRow, _area)
    units = reader.csv("data/units.csv", shapes.UnitRow, _unit)
    producers = reader.csv("data/producers.csv", shapes.ProducerRow, _producer)
    names = reader.csv("data/names.csv", shapes.NameRow, lambda r, _: Text(r.name_en, r.name_es))
    codes = reader.csv("data/codes.csv", shapes.CodeRow, _code)
    indicators = reader.toml("data/indicators.toml", shapes.IndicatorShape, _indicator)
    sources = reader.toml("data/sources.toml", shapes.SourceShape, _source)
    derivations = reader.toml("data/derived.toml", shapes.DerivationShape, _derivation)
    sums = reader.toml(SUMS, shapes.SumShape, _sum) if (root / SUMS).exists() else ()
    events = reader.toml("data/events.toml", shapes.EventShape, _event)
    claims = reader.toml("data/claims.toml", shapes.ClaimShape, _claim)
    terms = reader.toml("data/terms.toml", shapes.TermShape, _term)
    drawn = (root / DIAGRAMS).exists()
    diagrams = reader.toml(DIAGRAMS, shapes.DiagramShape, _diagram) if drawn else ()
    style = reader.toml(STYLE, shapes.AvoidedShape, _avoided) if (root / STYLE).exists() else ()
    labels = reader.toml("data/labels.toml", shapes.LabelShape, _label)
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
    read = reader.csv(path, shapes.ObservationRow, _observed(indicator))
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


_KEYS = {"data/names.csv": ("name_en",), "data/codes.csv": ("list", "code")}


def _columns(path: str) -> tuple[str, ...]:
    """The columns by which the rows of a file are known and sorted."""
    if path.startswith(OBSERVATIONS):
        return ("area", "period", "source")
    return _KEYS.get(path, ("code",))


def _doubled(kept: list[Row], path: str) -> list[Finding]:
    """No two rows have the same key."""
    found: list[Finding] = []
    first_seen: dict[tuple[str, ...], int] = {}
    for row in kept:
        key = tuple(row.cells[column] for column in _columns(path))
        if key in first_seen:
            message = f"{', '.join(key)} stands already in line {first_seen[key]}; keep one row"
            found.append(Finding(row.place, message))
        first_seen.setdefault(key, row.place.line)
    return found


def _order(kept: list[Row], path: str) -> list[Finding]:
    """Rows are sorted by their key, so that two people's additions do not collide."""
    columns = _columns(path)
    keys = [tuple(row.cells[column] for column in columns) for row in kept]
    if (at := _misplaced(keys)) is None:
        return []
    message = f"{', '.join(keys[at])} is out of order; sort the rows by {', '.join(columns)}"
    return [Finding(kept[at].place, message)]


def _record_order(kept: list[Record]) -> list[Finding]:
    """Records are sorted by id."""
    if (at := _misplaced([(record.id,) for record in kept])) is None:
        return []
    message = f"[{kept[at].id}] is out of order; sort the records by their id"
    return [Finding(kept[at].place, message)]


def _misplaced(keys: Sequence[tuple[str, ...]]) -> int | None:
    """The first place that breaks the order, counted from 0: what the fewest moves would mend."""
    ends: list[tuple[str, ...]] = []  # the smallest end of a sorted run of each length
    lengths: list[int] = []
    for key in keys:
        length = bisect_right(ends, key)
        ends[length : length + 1] = [key]
        lengths.append(length)
    wanted = len(ends) - 1
    kept: set[int] = set()
    limit: tuple[str, ...] | None = None
    for at in range(len(keys) - 1, -1, -1):
        if lengths[at] == wanted and (limit is None or keys[at] <= limit):
            kept.add(at)
            wanted, limit = wanted - 1, keys[at]
    return next((at for at in range(len(keys)) if at not in kept), None)


def _area(row: shapes.AreaRow, place: Place) -> Area:
    return Area(row.code, row.kind, row.parent or None, Text(row.name_en, row.name_es), place)


def _unit(row: shapes.UnitRow, place: Place) -> Unit:
    name, pattern = Text(row.name_en, row.name_es), Text(row.pattern_en, row.pattern_es)
    return Unit(row.code, name, pattern, row.kind, place)


def _code(row: shapes.CodeRow, place: Place) -> Code:
    return Code(row.list, row.code, Text(row.name_en, row.name_es), place)


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
        due_after=shape.due_after,
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


def _sum(name: str, shape: shapes.SumShape, place: Place) -> Sum:
    return Sum(
        id=name,
        what=shape.what,
        total=shape.total,
        parts=shape.parts,
        producers=shape.producers,
        tolerance=shape.tolerance,
        periods=shape.periods,
        exceptions=tuple(Exemption(item.period, item.reason) for item in shape.exceptions),
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
        road=shape.road,
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


def _diagram(name: str, shape: shapes.DiagramShape, place: Place) -> Diagram:
    steps = tuple(_step(step, given) for step, given in shape.steps.items())
    return Diagram(id=name, area=shape.area, steps=steps, place=place)


def _step(name: str, shape: shapes.StepShape) -> Step:
    given = ((kind, getattr(shape, kind.value)) for kind in RemarkKind)
    return Step(
        id=name,
        title=shape.title,
        says=_remark(shape),
        terms=shape.terms,
        reached=shape.reached,
        remarks=tuple((kind, _remark(remark)) for kind, remark in given if remark is not None),
    )


def _remark(shape: shapes.RemarkShape) -> Remark:
    return Remark(
        text=shape.text,
        figures=tuple(shape.figures.items()),
        event=shape.event,
        citations=_citations(shape.citations),
    )


def _label(name: str, shape: shapes.LabelShape, place: Place) -> tuple[str, Text, Place]:
    return name, Text(shape.en, shape.es), place


def _avoided(name: str, shape: shapes.AvoidedShape, place: Place) -> Avoided:
    return Avoided(name, shape.language, shape.words, shape.remedy, place)
