"""Where in a source something stands: the grammar of locators, and how they read in each language.

Locators are written in one notation, English and plain (``paras. 2-3``), and printed in the reader's
language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from factbook.errors import FactbookError, did_you_mean
from factbook.formatting import DASH
from factbook.model import Language

_NUMBERED = {
    "p.": "p.",
    "pp.": "pp.",
    "para.": "párr.",
    "paras.": "párrs.",
    "table": "cuadro",
    "tables": "cuadros",
    "fig.": "fig.",
    "figs.": "figs.",
    "art.": "art.",
    "arts.": "arts.",
    "sec.": "sec.",
    "secs.": "secs.",
    "ch.": "cap.",
    "chs.": "caps.",
    "annex": "anexo",
    "annexes": "anexos",
    "note": "nota",
    "notes": "notas",
    "box": "recuadro",
    "boxes": "recuadros",
    "bullet": "viñeta",
    "bullets": "viñetas",
}
_PLURALS = {
    "p.": "pp.",
    "para.": "paras.",
    "table": "tables",
    "fig.": "figs.",
    "art.": "arts.",
    "sec.": "secs.",
    "ch.": "chs.",
    "annex": "annexes",
    "note": "notes",
    "box": "boxes",
    "bullet": "bullets",
}
_BARE = {
    "title": "título",
    "lead": "entradilla",
    "summary": "resumen",
    "abstract": "resumen",
    "caption": "pie de foto",
    "table": "cuadro",
    "fig.": "fig.",
    "annex": "anexo",
    "note": "nota",
    "box": "recuadro",
    "last paragraph": "último párrafo",
    "last bullet": "última viñeta",
    "last section": "última sección",
}
_FORMS = (
    " Write p., para., table, fig., art., sec., ch., annex, note, box or bullet with a number, or"
    " title, lead, summary, abstract, caption, last paragraph, last bullet or last section; put a"
    " heading of the source in double quotes"
)
_NUMBER = r"([0-9]+[a-z]?|[ivxlc]+|[IVXLC]+|[A-Z])(\.[0-9]+)*(\([0-9a-z]+\))*"
_NUMBERS = re.compile(rf"{_NUMBER}(?P<to>-{_NUMBER})?")


@lru_cache(maxsize=4096)
def fault_of(text: str) -> str | None:
    """Return what is wrong with a locator, and the remedy; None if it follows the grammar::

        locator = part, { ", ", part } ;
        part    = numbered, " ", number, [ "-", number ] | number, [ "-", number ]
                | bare | '"', heading of the source, '"' ;

    ``p. 4``, ``paras. 2-3``, ``paras. 1, 4``, ``art. 49(1)(c)``, ``table``, ``title``,
    ``"Community regulation", para. 2``. A number by itself continues a plural part before it.
    """
    if not text.strip():
        return "the locator is empty; say where in the source, like 'p. 4' or 'para. 2'"
    if text.count('"') % 2:
        return f"locator '{text}' has a quote that is never closed; close it"
    if re.search(r";|,(?! \S)", re.sub(r'"[^"]*"', "x", text)):
        return f"locator '{text}' has parts that are not joined by ', '; join them so"
    kind = ""
    for part in _parts(text):
        if fault := _part_error(part, kind):
            return f"locator {fault}"
        kind = part.rpartition(" ")[0] or (kind if _NUMBERS.fullmatch(part) else "")
    return None


def printed(text: str, language: Language) -> str:
    """Return a locator in the reader's language: ``paras. 2-3`` is ``párrs. 2–3`` in Spanish.

    Headings of the source stay in its language, between “ and ”. Raise
    :class:`~factbook.errors.FactbookError` for a locator outside the grammar of
    :func:`fault_of`.
    """
    if fault := fault_of(text):
        raise FactbookError(fault)
    return ", ".join(_part_printed(part, language) for part in _parts(text))


def numbered_words(language: Language) -> tuple[str, ...]:
    """Return the words that stand before a number in a locator: ``párr.``, ``cuadro``."""
    return tuple(_NUMBERED if language is Language.EN else dict.fromkeys(_NUMBERED.values()))


def _parts(text: str) -> list[str]:
    """Return the parts of a locator; a comma within quotes parts nothing."""
    return re.split(r', (?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def _part_error(part: str, before: str) -> str | None:
    """Return what is wrong with one part, where the part before it was of the kind ``before``."""
    if re.fullmatch(r'"[^"]*[^"\s][^"]*"', part) or part in _BARE:
        return None
    kind, _, numbers = part.rpartition(" ")
    found = _NUMBERS.fullmatch(numbers)
    if found and kind in _NUMBERED:
        if found["to"] and kind in _PLURALS:
            return f"'{part}' names several; write '{_PLURALS[kind]} {numbers}'"
        return None
    if found and not kind and before in _PLURALS.values():
        return None
    if found and not kind and before in _PLURALS:
        return f"'{part}' continues '{before}'; write '{_PLURALS[before]}' before the first number"
    remedy = did_you_mean(kind if found else part, {*_NUMBERED, *_BARE})
    return f"'{part}' is not in the grammar.{remedy or _FORMS}"


def _part_printed(part: str, language: Language) -> str:
    """Return one part of a locator in a language."""
    if part.startswith('"'):
        return f"“{part[1:-1]}”".replace("'", "’")
    english = language is Language.EN
    if part in _BARE:
        return part if english else _BARE[part]
    kind, _, numbers = part.rpartition(" ")
    shown = kind if english or not kind else _NUMBERED[kind]
    return f"{shown} {numbers.replace('-', DASH)}".lstrip()
