"""What a row or record may contain: pydantic models at the border, and their errors in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import ErrorDetails, PydanticCustomError

from factbook.errors import PeriodError, did_you_mean
from factbook.formatting import locator_errors
from factbook.model import AreaKind, Qualifier, Rank, SourceKind, Status, Text, Verdict
from factbook.periods import Period

IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_AREA = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")

THEMES = (
    "area",
    "eradication",
    "leaf",
    "markets",
    "prices",
    "people",
    "cocaine",
    "conflict",
    "review",
    "money",
)
TOPICS = (
    "treaty",
    "law",
    "who-review",
    "politics",
    "violence",
    "market",
    "eradication",
    "monitoring",
)


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("ours", "{message}", {"message": message})


def _number(cell: object) -> Decimal | None:
    """A decimal number as typed: no thousands sign, decimal point, no unit, no exponent."""
    if cell == "":
        return None
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell):
        raise _wrong(
            f"'{cell}' is not a plain number; write digits with a decimal point,"
            " no thousands sign and no unit (29900 or 0.5)"
        )
    return Decimal(cell)


def _period(cell: object) -> Period:
    if not isinstance(cell, str):
        raise _wrong(f"'{cell}' is not a date in quotation marks; write \"2022\"")
    try:
        return Period.parse(cell)
    except PeriodError as error:
        raise _wrong(str(error)) from None


def _identifier(cell: str) -> str:
    if not IDENTIFIER.fullmatch(cell):
        raise _wrong(f"'{cell}' is not an id; use lower case, digits and single hyphens")
    return cell


def _area_code(cell: str) -> str:
    if not _AREA.fullmatch(cell):
        raise _wrong(f"'{cell}' is not an area code; use a code of data/areas.csv")
    return cell


def _locator(cell: str) -> str:
    if fault := locator_errors(cell):
        raise _wrong(fault)
    return cell


def _note(cell: object) -> Text | None:
    """A note in both languages: ``English | Español``."""
    if cell == "":
        return None
    parts = [part.strip() for part in str(cell).split(" | ")]
    if len(parts) != 2 or not all(parts):
        raise _wrong("a note needs both languages: write 'English text | Texto en español'")
    return Text(parts[0], parts[1])


def _text(value: object) -> Text:
    if not isinstance(value, dict):
        raise _wrong("needs both languages: give .en and .es")
    for language in ("en", "es"):
        if not isinstance(value.get(language), str) or not value[language].strip():
            raise _wrong(f"the text '.{language}' is missing or empty; write it")
    if extra := sorted(set(value) - {"en", "es"}):
        raise _wrong(f"unknown language '.{extra[0]}'; give .en and .es only")
    return Text(value["en"], value["es"])


Number = Annotated[Decimal | None, BeforeValidator(_number)]
When = Annotated[Period, BeforeValidator(_period)]
Id = Annotated[str, AfterValidator(_identifier)]
AreaCode = Annotated[str, AfterValidator(_area_code)]
Filled = Annotated[str, Field(min_length=1)]
Locator = Annotated[str, AfterValidator(_locator)]
Note = Annotated[Text | None, BeforeValidator(_note)]
Both = Annotated[Text, BeforeValidator(_text)]


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
    pattern_en: Annotated[str, Field(pattern=r"^[^{}]*\{n\}[^{}]*$")]
    pattern_es: Annotated[str, Field(pattern=r"^[^{}]*\{n\}[^{}]*$")]


class ProducerRow(Shape):
    """A row of ``producers.csv``."""

    code: Id
    group: Filled
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

    theme: Literal[THEMES]  # type: ignore[valid-type]
    title: Both
    definition: Both
    note: Both | None = None
    unit: Id
    decimals: Annotated[int, Field(ge=0, le=6)]
    in_force: bool = Field(default=False, alias="in-force")
    producers: tuple[Id, ...]
    breaks: tuple[BreakShape, ...] = ()


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
    accessed: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$")] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    url: Annotated[str, Field(pattern=r"^https?://[^\s\"'<>]+$")] | None = Field(
        default=None, alias="URL"
    )
    archived: Annotated[str, Field(pattern=r"^https?://[^\s\"'<>]+$")] | None = None
    producer: Id
    kind: SourceKind
    note: Both | None = None


class DerivationShape(Shape):
    """A record of ``derived.toml``."""

    theme: Literal[THEMES]  # type: ignore[valid-type]
    label: Both
    note: Both | None = None
    unit: Id
    decimals: Annotated[int, Field(ge=0, le=6)]
    formula: Filled
    inputs: Mapping[str, Filled]
    areas: Annotated[tuple[Filled, ...], Field(min_length=1)]


class EventShape(Shape):
    """A record of ``events.toml``."""

    date: When
    area: AreaCode
    topics: Annotated[tuple[Literal[TOPICS], ...], Field(min_length=1)]  # type: ignore[valid-type]
    title: Both
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


class LabelShape(Shape):
    """A record of ``labels.toml``: a word of the interface; ``{n}`` and other marks stay as they are."""

    en: Filled
    es: Filled


def fields_of(shape: type[Shape]) -> tuple[str, ...]:
    """The names under which a file gives the fields of ``shape``, in their order."""
    return tuple(field.alias or name for name, field in shape.model_fields.items())


def explained(details: ErrorDetails, known: Iterable[str]) -> tuple[str, str]:
    """Return the dotted key and the message of one pydantic error, in words for a contributor."""
    key = ".".join(str(part) for part in details["loc"])
    given: Any = details.get("input")
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return key, f"'{key}' is missing; add it"
        case "extra_forbidden":
            hint = did_you_mean(key.rpartition(".")[2], known)
            return key, f"unknown field '{key}'.{hint} Remove it or mend its name"
        case "enum" | "literal_error":
            expected = str(context.get("expected", "")).replace(" or ", ", ")
            choices = [part.strip("' ") for part in expected.split(",")]
            return key, (
                f"'{given}' is not a {key}.{did_you_mean(str(given), choices)}"
                f" Use one of: {', '.join(choice or '(blank)' for choice in choices)}"
            )
        case "string_too_short":
            return key, f"'{key}' is empty; fill it in"
        case "too_short":
            return key, f"'{key}' is empty; give at least one"
        case "ours":
            return key, f"{key}: {context.get('message')}"
        case _:
            return key, f"{key}: '{given}' does not fit ({details['msg'].lower()})"
