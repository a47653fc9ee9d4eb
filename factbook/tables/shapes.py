"""What a row or record may contain: pydantic models at the border, and their errors in our words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from factbook.errors import PeriodError, did_you_mean
from factbook.formatting import locator_errors
from factbook.model import (
    AreaKind,
    CodeList,
    Language,
    Qualifier,
    Rank,
    SourceKind,
    Status,
    Text,
    UnitKind,
    Verdict,
)
from factbook.periods import Period

IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_AREA = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_ECHO = 80
"""So many characters of a wrong value are repeated in the message about it."""


def wrong(message: str, at: str = "", *, absent: bool = False) -> PydanticCustomError:
    """A fault in our words; ``at`` is the key within the value at which it stands."""
    context = {"message": message, "at": at, "absent": absent}
    return PydanticCustomError("ours", "{message}", context)


def _number(cell: object) -> Decimal | None:
    """A decimal number as typed: no thousands sign, decimal point, no unit, no exponent."""
    if cell == "":
        return None
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell):
        raise wrong(
            f"'{cell}' is not a plain number; write digits with a decimal point,"
            " no thousands sign and no unit (29900 or 0.5)"
        )
    return Decimal(cell)


def _period(cell: object) -> Period:
    """A date or interval of the subset of EDTF that the project uses."""
    if not isinstance(cell, str):
        raise wrong(f"'{cell}' is not a date in quotation marks; write \"2022\"")
    try:
        return Period.parse(cell)
    except PeriodError as error:
        raise wrong(str(error)) from None


def _tolerance(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise wrong(f"'{value}' is no tolerance; write a number from 0, without quotation marks")
    return Decimal(str(value))


def _identifier(cell: str) -> str:
    """An id is lower case, digits and single hyphens, and begins with a letter."""
    if not IDENTIFIER.fullmatch(cell):
        raise wrong(f"'{cell}' is not an id; use lower case, digits and single hyphens")
    return cell


def _area_code(cell: str) -> str:
    """A code of an area is capitals, digits and single hyphens."""
    if not _AREA.fullmatch(cell):
        raise wrong(f"'{cell}' is not an area code; use a code of data/areas.csv")
    return cell


def _locator(cell: str) -> str:
    """A locator is of a small grammar, which is translated: ``p. 4``, ``para. 2``, ``art. 26``."""
    if fault := locator_errors(cell):
        raise wrong(fault)
    return cell


def _note(cell: object) -> Text | None:
    """A note in both languages: ``English | Español``."""
    if cell == "":
        return None
    parts = [part.strip() for part in str(cell).split(" | ")]
    if len(parts) != 2 or not all(parts):
        raise wrong("a note needs both languages: write 'English text | Texto en español'")
    return Text(parts[0], parts[1])


def _text(value: object) -> Text:
    """A text stands in both languages, ``.en`` and ``.es``, on one line each."""
    if not isinstance(value, dict):
        raise wrong("needs both languages: give .en and .es")
    if extra := sorted(set(value) - {"en", "es"}):
        raise wrong(f"unknown language '.{extra[0]}'; give .en and .es only", extra[0])
    for language in ("en", "es"):
        if language not in value:
            raise wrong(f"the text '.{language}' is missing; write it", absent=True)
        text = value[language]
        if not isinstance(text, str):
            raise wrong(f"'.{language}' must be a text in quotation marks", language)
        if fault := _line_fault(text):
            raise wrong(f"'.{language}' {fault}", language)
    return Text(value["en"], value["es"])


def _line_fault(text: str) -> str | None:
    """A text is one line, not empty, without spaces at its ends."""
    if not text:
        return "is empty; write it"
    if hidden := _CONTROL.search(text):
        return f"has the control character U+{ord(hidden.group()):04X}; delete it"
    return "has a space at its start or end; delete it" if text != text.strip() else None


def _line(text: str) -> str:
    if fault := _line_fault(text):
        raise wrong(f"the text {fault}")
    return text


def _like(pattern: str, remedy: str) -> Callable[[str], str]:
    """A check that a text fits ``pattern`` whole."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise wrong(f"'{text}' {remedy}")
        return text

    return check


def _day(text: str) -> str:
    """The day, month or year on which a source was read."""
    if not re.fullmatch(r"[0-9-]+", text):
        raise wrong(f"'{text}' is not a date; write 2026-11-30, 2026-11 or 2026")
    return str(_period(text))


def _schema(description: str, **more: Any) -> WithJsonSchema:
    """What an editor is told of a text; the validator beside it is the rule."""
    return WithJsonSchema({"type": "string", "description": description, **more})


_BOTH = {
    "type": "object",
    "description": "A text in both languages: .en and .es, one line each.",
    "properties": {code: {"type": "string", "minLength": 1} for code in ("en", "es")},
    "required": ["en", "es"],
    "additionalProperties": False,
}

Number = Annotated[Decimal | None, BeforeValidator(_number)]
When = Annotated[
    Period,
    BeforeValidator(_period),
    _schema("A date or interval: 2022, 2022-06-30, 2018/2021, 2017/..; ~ about, ? uncertain."),
]
Id = Annotated[
    str,
    AfterValidator(_identifier),
    _schema("An id: lower case, digits, single hyphens.", pattern=f"^{IDENTIFIER.pattern}$"),
]
AreaCode = Annotated[
    str,
    AfterValidator(_area_code),
    _schema("A code of data/areas.csv.", pattern=f"^{_AREA.pattern}$"),
]
Filled = Annotated[str, Field(min_length=1), AfterValidator(_line)]
Pattern = Annotated[
    str, AfterValidator(_like(r"[^{}]*\{n\}[^{}]*", "must hold the mark {n} once, and no other"))
]
Address = Annotated[
    str,
    AfterValidator(_like(r"https?://[^\s\"'<>]+", "is not a web address; write https://…")),
    _schema("The publisher's own address.", pattern="^https?://[^\\s\"'<>]+$"),
]
LanguageTag = Annotated[
    str,
    AfterValidator(_like("[a-z]{2,3}(-[A-Za-z0-9]+)*", "is not a language code; write en or es")),
    _schema("The language of the work: en, es.", pattern="^[a-z]{2,3}(-[A-Za-z0-9]+)*$"),
]
Day = Annotated[
    str,
    AfterValidator(_day),
    _schema("When it was read: 2026-11-30, 2026-11 or 2026.", pattern="^[0-9-]+$"),
]
Decimals = Annotated[int, Field(strict=True, ge=0, le=6)]
Locator = Annotated[
    str,
    AfterValidator(_locator),
    _schema('Where in the source: p. 4, para. 2, table 3, art. 26, "Heading", para. 2.'),
]
Note = Annotated[Text | None, BeforeValidator(_note)]
Both = Annotated[Text, BeforeValidator(_text), WithJsonSchema(_BOTH)]
PartOfSum = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[A-Z0-9-]+\*?$")]


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
    tolerance: Annotated[
        Decimal, BeforeValidator(_tolerance), WithJsonSchema({"type": "number", "minimum": 0})
    ]
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


def faults(errors: Sequence[ErrorDetails], known: Sequence[str]) -> list[tuple[str, str]]:
    """The dotted key and the message of each fault of one record.

    A field that is missing beside an unknown one most often is that one, mistyped: the unknown one
    is named, with what is missing.
    """
    unknown = [error for error in errors if error["type"] == "extra_forbidden"]
    missing = [error for error in errors if _is_absent(error)] if unknown else []
    faulty = {error["loc"][0] for error in errors if len(error["loc"]) > 1}
    told: list[tuple[str, str]] = []
    for error in errors:
        emptied = error["type"] == "too_short" and error["loc"][0] in faulty
        if error in missing or emptied:  # follows from another fault
            continue
        beside = sorted(str(m["loc"][-1]) for m in missing if len(m["loc"]) == len(error["loc"]))
        told.append(explained(error, beside or known))
    return told


def _is_absent(error: ErrorDetails) -> bool:
    return error["type"] == "missing" or bool(error.get("ctx", {}).get("absent"))


def explained(details: ErrorDetails, known: Iterable[str]) -> tuple[str, str]:
    """The dotted key and the message of one pydantic error, in words for a contributor."""
    key, message = _explained(details, known)
    return key, _CONTROL.sub(" ", message)


def _explained(details: ErrorDetails, known: Iterable[str]) -> tuple[str, str]:
    key = ".".join(str(part) for part in details["loc"])
    given = _clipped(details.get("input"))
    context: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return key, f"'{key}' is missing; add it"
        case "extra_forbidden":
            hint = did_you_mean(key.rpartition(".")[2], known) or f" Known: {', '.join(known)}."
            return key, f"unknown field '{key}'.{hint} Remove it or mend its name"
        case "enum" | "literal_error":
            expected = str(context.get("expected", "")).replace(" or ", ", ")
            choices = [part.strip("' ") for part in expected.split(",")]
            field = " ".join(part for part in key.split(".") if not part.isdigit())
            return key, (
                f"'{given}' does not fit '{field}'.{did_you_mean(given, choices)}"
                f" Use one of: {', '.join(choice or '(blank)' for choice in choices)}"
            )
        case "string_too_short":
            return key, f"'{key}' is empty; fill it in"
        case "too_short":
            return key, f"'{key}' is empty; give at least one"
        case "ours":
            at = context.get("at")
            message = str(context.get("message"))
            return f"{key}.{at}" if at else key, f"{key}: {message}" if key else message
        case kind if kind in _WANTED:
            return key, f"{key}: '{given}' does not fit; write {_WANTED[kind]}"
        case _:
            return key, f"{key}: '{given}' does not fit ({details['msg'].lower()})"


_WANTED = {
    "string_type": "a text in quotation marks",
    "tuple_type": "a list in square brackets",
    "bool_type": "true or false, without quotation marks",
    "int_type": "a whole number, without quotation marks",
    "mapping_type": 'names and inputs in braces: { a = "…" }',
    "model_type": 'names and values in braces: { source = "…", locator = "…" }',
}
"""What belongs where something of another type stands."""


def _clipped(given: object) -> str:
    text = str(given)
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
