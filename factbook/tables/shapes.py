"""What a row or record may contain: pydantic models at the border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from factbook.model import (
    AreaKind,
    CodeList,
    Language,
    Qualifier,
    Rank,
    SourceKind,
    Status,
    UnitKind,
    Verdict,
)
from factbook.tables.fields import (
    Address,
    AreaCode,
    Both,
    Day,
    Decimals,
    Filled,
    Id,
    LanguageTag,
    Locator,
    Note,
    Number,
    PartOfSum,
    Pattern,
    Tolerance,
    When,
)


class Shape(BaseModel):
    """The base of all shapes: closed (an unknown field is a fault) and frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )


class AreaRow(Shape):
    """A row of ``areas.csv``."""

    code: AreaCode
    kind: AreaKind
    parent: str
    name_en: Filled
    name_es: Filled


class UnitRow(Shape):
    """A row of ``units.csv``; a pattern holds the mark ``{n}`` once."""

    code: Id
    name_en: Filled
    name_es: Filled
    pattern_en: Pattern
    pattern_es: Pattern
    kind: UnitKind


class CodeRow(Shape):
    """A row of ``codes.csv``: what themes, topics and groups of producers there are."""

    list: CodeList
    code: Id
    name_en: Filled
    name_es: Filled


class ProducerRow(Shape):
    """A row of ``producers.csv``."""

    code: Id
    group: Id
    name_en: Filled
    name_es: Filled
    short_en: Filled
    short_es: Filled


class NameRow(Shape):
    """A row of ``names.csv``: a proper name with a numeral in it, which chapters may print."""

    name_en: Filled
    name_es: Filled


class ObservationRow(Shape):
    """A row of ``observations/<indicator>.csv``."""

    area: AreaCode
    period: When
    value: Number
    low: Number
    high: Number
    qualifier: Qualifier
    status: Status
    rank: Rank
    source: Id
    locator: Locator
    note: Note


class BreakShape(Shape):
    """A break in an indicator's series."""

    area: AreaCode
    period: When
    note: Both | None = None


class IndicatorShape(Shape):
    """A record of ``indicators.toml``."""

    theme: Id
    title: Both
    definition: Both
    note: Both | None = None
    unit: Id
    decimals: Decimals
    in_force: bool = Field(default=False, alias="in-force", strict=True)
    producers: tuple[Id, ...]
    breaks: tuple[BreakShape, ...] = ()
    due_after: int | None = Field(default=None, alias="due-after", strict=True, ge=1, le=240)


class ExemptionShape(Shape):
    """A period in which a sum does not hold."""

    period: When
    reason: Both


class SumShape(Shape):
    """A record of ``sums.toml``; a part's area may end in ``*``."""

    what: Both
    total: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[A-Z0-9-]+$")]
    parts: Annotated[tuple[PartOfSum, ...], Field(min_length=1)]
    producers: tuple[Id, ...] = ()
    tolerance: Tolerance
    periods: tuple[When, ...] = ()
    exceptions: tuple[ExemptionShape, ...] = ()


class CitationShape(Shape):
    """A place in a source."""

    source: Id
    locator: Locator


class SourceShape(Shape):
    """A record of ``sources.toml``."""

    type: Literal[
        "report",
        "article-newspaper",
        "article-journal",
        "article-magazine",
        "webpage",
        "post-weblog",
        "book",
        "chapter",
        "legislation",
        "treaty",
        "broadcast",
        "speech",
        "dataset",
        "interview",
        "entry-encyclopedia",
    ]
    title: Filled
    author: tuple[Filled, ...] = ()
    publisher: Filled | None = None
    container_title: Filled | None = Field(default=None, alias="container-title")
    issued: When | None = None
    accessed: Day | None = None
    language: LanguageTag
    url: Address | None = Field(default=None, alias="URL")
    archived: Address | None = None
    producer: Id
    kind: SourceKind
    note: Both | None = None


class DerivationShape(Shape):
    """A record of ``derived.toml``."""

    theme: Id
    label: Both
    note: Both | None = None
    unit: Id
    decimals: Decimals
    formula: Filled
    inputs: Mapping[str, Filled]
    areas: Annotated[tuple[Filled, ...], Field(min_length=1)]


class EventShape(Shape):
    """A record of ``events.toml``; ``road`` names it in the picture of the leaf's road."""

    date: When
    area: AreaCode
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]
    title: Both
    road: Both | None = None
    text: Both
    citations: Annotated[tuple[CitationShape, ...], Field(min_length=1)]


class ClaimShape(Shape):
    """A record of ``claims.toml``."""

    said: Both
    citations: Annotated[tuple[CitationShape, ...], Field(min_length=1)]
    verdict: Verdict
    reason: Both
    evidence: tuple[CitationShape, ...] = ()
    observations: tuple[Filled, ...] = ()


class TermShape(Shape):
    """A record of ``terms.toml``."""

    area: AreaCode | None = None
    term: Both
    definition: Both
    aliases: tuple[Filled, ...] = ()
    citations: tuple[CitationShape, ...] = ()


class RemarkShape(Shape):
    """A text of a diagram, its figures by the names of its marks, the event it dates."""

    text: Both
    figures: Mapping[Id, Filled] = Field(default_factory=dict)
    event: Id | None = None
    citations: tuple[CitationShape, ...] = ()


class StepShape(RemarkShape):
    """A step of a diagram, with what is said beside it."""

    title: Both
    terms: tuple[Id, ...] = ()
    reached: bool = Field(default=True, strict=True)
    check: RemarkShape | None = None
    leak: RemarkShape | None = None
    case: RemarkShape | None = None


class DiagramShape(Shape):
    """A record of ``diagrams.toml``; its steps stand in the order of the file."""

    area: AreaCode | None = None
    steps: Annotated[Mapping[Id, StepShape], Field(min_length=2)]


class LabelShape(Shape):
    """A record of ``labels.toml``: a word of the interface; ``{n}`` and other marks stay as they are."""

    en: Filled
    es: Filled


class AvoidedShape(Shape):
    """A record of ``style.toml``: words that the guide avoids, and what to do instead."""

    language: Language
    words: Annotated[tuple[Filled, ...], Field(min_length=1)]
    remedy: Filled


def fields_of(shape: type[Shape]) -> tuple[str, ...]:
    """The names under which a file gives the fields of ``shape``, in their order."""
    return tuple(field.alias or name for name, field in shape.model_fields.items())
