"""Puts rows and records that fit their shapes together as records of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from factbook.errors import Place
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
from factbook.tables import shapes


def area(row: shapes.AreaRow, place: Place) -> Area:
    """A place, from its row."""
    return Area(row.code, row.kind, row.parent or None, Text(row.name_en, row.name_es), place)


def unit(row: shapes.UnitRow, place: Place) -> Unit:
    """A unit of measure and how a number of it is written."""
    name, pattern = Text(row.name_en, row.name_es), Text(row.pattern_en, row.pattern_es)
    return Unit(row.code, name, pattern, row.kind, place)


def code(row: shapes.CodeRow, place: Place) -> Code:
    """A code of a closed list and its names."""
    return Code(row.list, row.code, Text(row.name_en, row.name_es), place)


def producer(row: shapes.ProducerRow, place: Place) -> Producer:
    """Who makes figures, from its row."""
    name, short = Text(row.name_en, row.name_es), Text(row.short_en, row.short_es)
    return Producer(row.code, row.group, name, short, place)


def indicator(name: str, shape: shapes.IndicatorShape, place: Place) -> Indicator:
    """What is measured, from its record."""
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


def observed(indicator: str) -> Callable[[shapes.ObservationRow, Place], Observation]:
    """Makes the observations of one indicator from the rows of its table."""

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


def source(name: str, shape: shapes.SourceShape, place: Place) -> Source:
    """A work that is cited."""
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


def derivation(name: str, shape: shapes.DerivationShape, place: Place) -> Derivation:
    """A figure of ours that is computed from others."""
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


def sum_of(name: str, shape: shapes.SumShape, place: Place) -> Sum:
    """What sums to what, and how nearly."""
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


def citations(given: Iterable[shapes.CitationShape]) -> tuple[Citation, ...]:
    """Sources with the places in them."""
    return tuple(Citation(item.source, item.locator) for item in given)


def event(name: str, shape: shapes.EventShape, place: Place) -> Event:
    """Something that happened, with who says so."""
    return Event(
        id=name,
        date=shape.date,
        area=shape.area,
        topics=tuple(shape.topics),
        title=shape.title,
        text=shape.text,
        citations=citations(shape.citations),
        place=place,
        road=shape.road,
    )


def claim(name: str, shape: shapes.ClaimShape, place: Place) -> Claim:
    """Something that is said in public, and what came of testing it."""
    return Claim(
        id=name,
        said=shape.said,
        citations=citations(shape.citations),
        verdict=shape.verdict,
        reason=shape.reason,
        evidence=citations(shape.evidence),
        observations=shape.observations,
        place=place,
    )


def term(name: str, shape: shapes.TermShape, place: Place) -> Term:
    """A word of the glossary."""
    return Term(
        id=name,
        area=shape.area,
        term=shape.term,
        definition=shape.definition,
        aliases=shape.aliases,
        citations=citations(shape.citations),
        place=place,
    )


def diagram(name: str, shape: shapes.DiagramShape, place: Place) -> Diagram:
    """How something goes, step by step."""
    steps = tuple(step(key, given) for key, given in shape.steps.items())
    return Diagram(id=name, area=shape.area, steps=steps, place=place)


def step(name: str, shape: shapes.StepShape) -> Step:
    """One step of a diagram, with all that is remarked on it."""
    given = ((kind, getattr(shape, kind.value)) for kind in RemarkKind)
    return Step(
        id=name,
        title=shape.title,
        says=remark(shape),
        terms=shape.terms,
        reached=shape.reached,
        remarks=tuple((kind, remark(said)) for kind, said in given if said is not None),
    )


def remark(shape: shapes.RemarkShape) -> Remark:
    """What is said of a step, and by whom."""
    return Remark(
        text=shape.text,
        figures=tuple(shape.figures.items()),
        event=shape.event,
        citations=citations(shape.citations),
    )


def label(name: str, shape: shapes.LabelShape, place: Place) -> tuple[str, Text, Place]:
    """A word of the interface, and where it stands in the file."""
    return name, Text(shape.en, shape.es), place


def avoided(name: str, shape: shapes.AvoidedShape, place: Place) -> Avoided:
    """Words that the guide avoids."""
    return Avoided(name, shape.language, shape.words, shape.remedy, place)
