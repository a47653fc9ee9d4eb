"""The rule of the project: no number is typed by hand in a chapter.

Digits and number words are looked for in what is left of a page when macros, addresses, tags and
the proper names of ``data/names.csv`` are taken out. A year may stand where an observation or an
event used in the same section carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from factbook import formatting
from factbook.chapters import Chapter, Rendering, sections
from factbook.dataset import Dataset
from factbook.errors import Finding, Place
from factbook.model import Language, Observation, Rank

_HIDDEN = (
    re.compile(r"\{\{.*?\}\}", re.DOTALL),  # macros
    re.compile(r"<!--.*?-->", re.DOTALL),  # comments
    re.compile(r"</?[A-Za-z][^<>]*>"),  # tags with their attributes
    re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"),  # addresses of links
    re.compile(r"\{:?[^{}\n]*\}"),  # attribute lists
    re.compile(r"https?://\S+"),
    re.compile(r"&#?[A-Za-z0-9]+;"),  # entities
    re.compile(r"^[ \t]*\d+[.)](?=\s)", re.MULTILINE),  # marks of ordered lists
)
_DIGITS = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def numbers_are_bound(
    chapter: Chapter, rendering: Rendering, dataset: Dataset
) -> Iterator[Finding]:
    """A number in a chapter, in digits or words, comes from a macro."""
    text = _visible(chapter.body, dataset, chapter.language)
    for first, last, _ in sections(chapter.body):
        years = {
            year
            for call in rendering.calls
            if first <= call.line <= last
            for year in call.usage.years
        }
        lines = text.split("\n")[first - 1 : last]
        for number, line in enumerate(lines, start=first):
            yield from _line(chapter.place(number), line, years, dataset, chapter.language)
    yield from _front_matter(chapter, rendering, dataset)


def _front_matter(chapter: Chapter, rendering: Rendering, dataset: Dataset) -> Iterator[Finding]:
    years = set(rendering.usage.years)
    for key in ("title", "description"):
        text = _visible(str(chapter.front.get(key, "")), dataset, chapter.language)
        place = Place(chapter.file, _front_line(chapter, key))
        yield from _line(place, text, years, dataset, chapter.language)


def _front_line(chapter: Chapter, key: str) -> int:
    keys = list(chapter.front)
    return keys.index(key) + 2 if key in keys else 1


def _visible(text: str, dataset: Dataset, language: Language) -> str:
    """The text with everything blanked that is no prose; line ends stay, so that lines can be counted."""
    for pattern in _HIDDEN:
        text = pattern.sub(_blank, text)
    for name in sorted({n[language] for n in dataset.names}, key=len, reverse=True):
        flexible = r"\s+".join(re.escape(part) for part in name.split())
        text = re.sub(rf"(?<!\w){flexible}(?!\w)", _blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _line(
    place: Place, line: str, years: set[int], dataset: Dataset, language: Language
) -> Iterator[Finding]:
    for match in _DIGITS.finditer(line):
        typed = match.group()
        if _YEAR.fullmatch(typed):
            if int(typed) not in years:
                yield Finding(place, _year_message(typed, dataset))
        else:
            yield Finding(place, _message(typed, _value(typed, language), dataset))
    words = formatting.number_words(language)
    for match in _WORD.finditer(line):
        parts = match.group().casefold().split("-")
        if hits := [part for part in (match.group().casefold(), *parts) if part in words]:
            value = _value_of_word(hits[0], language)
            yield Finding(place, _message(match.group(), value, dataset))


def _year_message(typed: str, dataset: Dataset) -> str:
    events = [e.id for e in dataset.events.values() if int(typed) in e.date.years()]
    use = f'{{{{ when("{events[0]}") }}}}' if events else "{{ when(…) }} or {{ figure(…) }}"
    return (
        f"the year {typed} is typed by hand, and nothing used in this section carries it;"
        f" use {use}, or a figure of that year in the section"
    )


def _message(typed: str, value: Decimal | None, dataset: Dataset) -> str:
    candidates = [] if value is None else [o for o in dataset.observations if o.value == value]
    usable = [o for o in candidates if o.rank is not Rank.DEPRECATED]
    if usable:
        return f"'{typed}' is typed by hand; use {_call(usable[0], typed)}"
    return (
        f"'{typed}' is typed by hand; put the number into data/ and print it with"
        " {{ figure(…) }} or {{ derived(…) }}"
    )


def _call(observation: Observation, typed: str) -> str:
    words = "" if typed[0].isdigit() else ", words=True"
    arguments = f'"{observation.indicator}", "{observation.area}", "{observation.period}"{words}'
    return f"{{{{ figure({arguments}) }}}}, if that is what it means"


def _value(typed: str, language: Language) -> Decimal | None:
    plain = re.sub(r"[\u00a0\u202f]", "", typed)
    spanish = language is Language.ES
    plain = plain.replace(".", "").replace(",", ".") if spanish else plain.replace(",", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _value_of_word(word: str, language: Language) -> Decimal | None:
    for value in (*range(101), 1000):
        if formatting.words(value, language) == word:
            return Decimal(value)
    return None
