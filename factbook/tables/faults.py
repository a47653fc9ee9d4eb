"""What a reader of the data is told of a row or record that does not fit its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from factbook.errors import did_you_mean
from factbook.tables.fields import CONTROL

_LONGEST_ECHO = 80
"""So many characters of a wrong value are repeated in the message about it."""


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
    return key, CONTROL.sub(" ", message)


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
