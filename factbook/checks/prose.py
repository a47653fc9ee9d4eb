"""The rule of the project: no number is typed by hand in a chapter.

Digits and number words are looked for in what readers see of a page: not in macros, addresses,
anchors and the proper names of ``data/names.csv``, but in link titles, alternative texts and code. A
year may stand where an observation or an event used in the same section carries it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from factbook import formatting
from factbook.chapters import Chapter, sections
from factbook.dataset import Dataset
from factbook.errors import FactbookError, Finding, Place
from factbook.model import Language, Observation, Rank, Text, Unit
from factbook.rendering import Rendering
from factbook.visible import visible

_SPACES = " \u00a0\u2009\u202f"
_DIGITS = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?(?![\d-])"  # a date
    rf"|(?<![\d.,])\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?!\d)(?:[.,]\d+)?"  # groups
    r"|\d(?:[\d.,]*\d)?"
    r"|[¼-¾⅐-⅞①-⓿]"
)
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_JOINTS = {Language.EN: ("and", "a"), Language.ES: ("y",)}
"""Words that join the words of one number."""
_ONES = {Language.EN: ("one",), Language.ES: ("un", "uno", "una")}
"""Words that are part of a number beside another one, and no number by themselves."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand, as it stands there; ``year`` marks one that only has to be explained."""

    place: Place
    text: str
    year: bool = False


def numbers_are_bound(
    chapter: Chapter, rendering: Rendering, dataset: Dataset
) -> Iterator[Finding]:
    """A number in a chapter, in digits or words, comes from a macro.

    Where a call fails, the years that it would have explained are not asked for.
    """
    found = numbers_typed(chapter, rendering, dataset.names, dataset.units.values())
    return (told(typed, chapter.language, dataset) for typed in found)


def told(typed: Typed, language: Language, dataset: Dataset) -> Finding:
    """The finding of a typed number: the macro that prints what the dataset knows of it."""
    if typed.year:
        message = _year_message(typed.text, dataset)
    elif typed.text[0].isalpha():
        message = _message(typed.text, _value_of(typed.text, dataset, language), dataset)
    else:
        message = _message(typed.text, _value(typed.text, language), dataset)
    return Finding(typed.place, message)


def numbers_typed(
    chapter: Chapter, rendering: Rendering, names: tuple[Text, ...], units: Collection[Unit]
) -> Iterator[Typed]:
    """The numbers that :func:`numbers_are_bound` finds; of the data it needs names and units only."""
    if not rendering.readable:
        return
    language = chapter.language
    lines = visible(chapter.body, names, language).split("\n")
    for first, last, _ in sections(chapter.body):
        calls = [call for call in rendering.calls if first <= call.line <= last]
        years = {year for call in calls for year in call.usage.years}
        failed = any(
            first <= f.place.line - chapter.first_line + 1 <= last for f in rendering.findings
        )
        for number, line in enumerate(lines[first - 1 : last], start=first):
            place = chapter.place(number)
            yield from _line(place, line, None if failed else years, units, language)
    for call in rendering.calls:
        shown = visible(call.shown, names, language)
        yield from _line(chapter.place(call.line), shown, None, units, language)
    years = set(rendering.usage.years)
    for key in ("title", "description"):
        text = visible(str(chapter.front.get(key, "")), names, language).replace("\n", " ")
        place = Place(chapter.file, chapter.lines.get(key, 1))
        yield from _line(place, text, None if rendering.findings else years, units, language)


def _line(
    place: Place, line: str, years: set[int] | None, units: Collection[Unit], language: Language
) -> Iterator[Typed]:
    """The numbers typed in a line; no ``years`` means that any year may stand there."""
    for match in _DIGITS.finditer(line):
        typed = match.group()
        if _YEAR.fullmatch(typed) and not _counts(line, match, units, language):
            if years is not None and int(typed) not in years:
                yield Typed(place, typed, year=True)
        else:
            yield Typed(place, typed)
    for typed in _phrases(line, language):
        yield Typed(place, typed)


def _counts(line: str, match: re.Match[str], units: Collection[Unit], language: Language) -> bool:
    """Whether what looks like a year has a unit beside it: ``2000 ha``, ``US$ 1500``."""
    before, after = line[: match.start()], line[match.end() :]
    for unit in units:
        front, _, back = unit.pattern[language].partition("{n}")
        front, back = front.strip(), back.strip()
        if front and re.search(rf"(?<!\w){re.escape(front)}\s*$", before):
            return True
        if back and re.match(rf"\s*{re.escape(back)}(?!\w)", after):
            return True
    return False


def _phrases(line: str, language: Language) -> Iterator[str]:
    """The numbers in words of a line, each with all its words: ``thirty thousand``."""
    words = formatting.number_words(language)
    begun: list[re.Match[str]] = []
    last: re.Match[str] | None = None
    reach = 0  # the end of the number so far, and of a joint behind it
    for match in _WORD.finditer(line):
        folded = match.group().casefold()
        apart = bool(line[reach : match.start()].strip(" \u00a0"))
        one, last = last, match if folded in _ONES[language] else None
        if one is not None and line[one.end() : match.start()].strip(" \u00a0"):
            one = None
        if begun and not apart and folded in _ONES[language]:
            begun.append(match)
            reach = match.end()
        elif folded in words or any(part in words for part in _HYPHEN.split(folded)):
            if begun and apart:
                yield line[begun[0].start() : begun[-1].end()]
                begun = []
            begun += [one, match] if one is not None and not begun else [match]
            reach = match.end()
        elif begun and not apart and folded in _JOINTS[language]:
            reach = match.end()
    if begun:
        yield line[begun[0].start() : begun[-1].end()]


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
    plain = re.sub(rf"[{_SPACES}'’]", "", typed)
    spanish = language is Language.ES
    plain = plain.replace(".", "").replace(",", ".") if spanish else plain.replace(",", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _value_of(typed: str, dataset: Dataset, language: Language) -> Decimal | None:
    """The value of a number in words, if it is one of the dataset's or a small one."""
    values = {int(o.value) for o in dataset.observations if o.value is not None}
    return _spelled(frozenset(values), language).get(typed.casefold())


@cache
def _spelled(values: frozenset[int], language: Language) -> Mapping[str, Decimal]:
    forms: dict[str, Decimal] = {}
    for value in sorted(values | set(range(101))):
        for style in ({}, {"feminine": True}, {"before_noun": True}):
            try:
                forms.setdefault(formatting.words(value, language, **style), Decimal(value))
            except FactbookError:
                continue
    return forms
