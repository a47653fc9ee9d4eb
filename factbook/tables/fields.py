"""What a field may contain: types with the check and the words of each fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from factbook import locators
from factbook.errors import PeriodError
from factbook.model import Text
from factbook.periods import Period

IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_AREA = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What no text contains."""


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
    if fault := locators.fault_of(cell):
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
    if hidden := CONTROL.search(text):
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
Tolerance = Annotated[
    Decimal, BeforeValidator(_tolerance), WithJsonSchema({"type": "number", "minimum": 0})
]
Locator = Annotated[
    str,
    AfterValidator(_locator),
    _schema('Where in the source: p. 4, para. 2, table 3, art. 26, "Heading", para. 2.'),
]
Note = Annotated[Text | None, BeforeValidator(_note)]
Both = Annotated[Text, BeforeValidator(_text), WithJsonSchema(_BOTH)]
PartOfSum = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[A-Z0-9-]+\*?$")]
