"""What the end of a line may not part: a number and its unit, *art.* and its number, *Lista* and *I*.

Authors and data type plain blanks there. The finished page gets no-break spaces, which the search,
the downloads and whatever else reads texts need not know of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from factbook.formatting import NO_BREAK
from factbook.locators import numbered_words
from factbook.model import Language, Text, Unit

_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = ("<script", "<style", "<pre", "<code")
_NAMES = Text(
    "article articles Article Law No. no. nos. paragraph Schedule Schedules",
    "artículo artículos Artículo Ley Lista Listas N.º n.º núm. pág. págs. párrafo",
)
"""Words before a number that are no abbreviations of locators: of laws, lists and their parts."""
_MEASURES = Text("kilos pounds", "kilos libras mil")
"""Words after a number that no unit of the data has as its name."""

_SHORT = 3


def unbroken(language: Language, units: Iterable[Unit]) -> Callable[[str], str]:
    """What puts no-break spaces into the text of HTML in a language, leaving tags as they are."""
    before, after = set(_NAMES[language].split()), set(_MEASURES[language].split())
    before.update(numbered_words(language))
    for unit in units:
        front, _, back = unit.pattern[language].partition("{n}")
        if any(map(str.isdigit, front)) or not (front or back):
            continue  # “1 in 85”, and what is only counted: its words stand beside years too
        before.update(front.split()[-1:])
        # “por ciento” begins with a word that stands beside years as well.
        after.update(word for word in unit.name[language].split()[:1] if len(word) > _SHORT)
        if not front:
            after.update(back.split()[:1])
    pattern = re.compile(
        rf"(?<!\w)(?:{_any(before)}) (?=\d|[IVX]+\b)"
        rf"|(?<=\d) (?=(?:{_any(after)})(?!\w))"
        r"|(?<!\w)(?:EE\. UU\.|s\. f\.)"
    )

    def joined(match: re.Match[str]) -> str:
        return match.group().replace(" ", NO_BREAK)

    def finished(markup: str) -> str:
        parts = _TAG.split(markup)
        for at in range(0, len(parts), 2):
            if " " in parts[at] and not (at and parts[at - 1].startswith(_VERBATIM)):
                parts[at] = pattern.sub(joined, parts[at])
        return "".join(parts)

    return finished


def _any(words: Iterable[str]) -> str:
    """What matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
