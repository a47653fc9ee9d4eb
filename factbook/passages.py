"""Every text that people wrote for readers, with its place: in chapters, in the data, in the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from factbook.chapters import Chapter
from factbook.errors import Place
from factbook.model import Language, Text
from factbook.rendering import Rendering
from factbook.tables import Tables
from factbook.visible import visible

_FOREIGN = re.compile(r"<(?P<tag>\w+)\b[^>]*\blang=[^>]*>.*?</(?P=tag)>", re.DOTALL)
"""Words that their markup calls words of another language."""
_ADDRESS = re.compile(r"\w+://\S+")
_SAID = "said"
"""The key of what a tested claim says, which is not in our words."""
_MARK = re.compile(r"\{\w*\}")
"""The marks of labels and diagrams, which pages fill in."""
_FIELD = re.compile(r"\{[^{}]*\}")
"""The fields of a text of the program, which charts and pages fill in."""
_GAP = r"(?:\s|\#[^\n]*\n)*"
_LITERAL = r"""f?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_LITERALS = f"(?:{_LITERAL}{_GAP})+"
_COLUMN = rf"_(?:must|may|one_of|both)\({_GAP}{_LITERAL},"
_SAYS = re.compile(
    rf"(?<!\w)(?:Text\(|{_COLUMN}){_GAP}(?P<en>{_LITERALS}),{_GAP}(?P<es>{_LITERALS}){_GAP}[,)]"
)
"""A text in both languages as modules spell it out: ``Text("Year", "Año")``, or the columns of
:mod:`factbook.published`, ``_must("year", "Year", "Año")``. Reading it so takes
a tenth of the time of parsing the module, and imports neither it nor what it draws with."""

_HEADER = re.compile(r"\[(?P<key>[\w-]+)\]")
_ENTRY = re.compile(r"(?P<language>en|es) = \"(?P<text>.*)\"$")
_SPEAKS = re.compile(r"^\s*\"(?P<listed>en|es)\": \{|<section lang=\"(?P<marked>en|es)\b")
_LISTED = re.compile(r"\s*\"(?P<key>[\w.-]+)\": \"(?P<text>[^\"]*)\",?$")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|</?[a-z][^>]*>")
_OTHER = {Language.EN: Language.ES, Language.ES: Language.EN}


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of a chapter or a text of the data, without what is no prose.

    ``of_others`` marks what others are reported to have said.
    """

    place: Place
    language: Language
    text: str
    of_others: bool = False

    def __reduce__(self) -> tuple[type[Passage], tuple[Place, Language, str, bool]]:
        """As :meth:`Place.__reduce__`."""
        return Passage, (self.place, self.language, self.text, self.of_others)


def of_chapter(
    chapter: Chapter, rendering: Rendering, names: tuple[Text, ...]
) -> Iterator[Passage]:
    """The lines of a chapter, its title and description, and what its calls are told to show."""
    language = chapter.language
    body = _FOREIGN.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), chapter.body)
    for number, line in enumerate(visible(body, names, language).split("\n"), start=1):
        yield Passage(chapter.place(number), language, line)
    for call in rendering.calls:
        if call.shown:
            shown = visible(call.shown, names, language)
            yield Passage(chapter.place(call.line), language, shown)
    for key in ("title", "description"):
        text = visible(str(chapter.front.get(key, "")), names, language)
        yield Passage(Place(chapter.file, chapter.lines.get(key, 1)), language, text)


def of_data(tables: Tables) -> Iterator[Passage]:
    """The texts of the data: titles, definitions, notes, events, claims, diagrams, codes, labels.

    Names of places, producers and units are left out; they are names, of which dictionaries know
    nothing.
    """
    records: Iterable[Any] = (
        *tables.indicators,
        *tables.derivations,
        *tables.sums,
        *tables.events,
        *tables.claims,
        *tables.terms,
        *tables.diagrams,
        *tables.sources,
        *tables.observations,
        *tables.positions,
        *tables.codes,
    )
    for record in records:
        for key, text in _texts(record):
            yield from _both(tables, record.place, key, text)
    for name, label in tables.labels:
        for key, text in _texts(label):
            yield from _both(tables, tables.label_places[name], key, text)


def of_program(modules: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    """The texts that modules spell out (path and source of each): of charts, editions, feeds.

    ``{fields}`` are left out, as what they are filled with is checked where it stands.
    """
    for path, source in modules:
        for match in _SAYS.finditer(source):
            for language in Language:
                line = source.count("\n", 0, match.start(language.value)) + 1
                text = "".join(map(_meant, re.findall(_LITERAL, match[language.value])))
                yield Passage(Place(path, line), language, _FIELD.sub(" ", text))


def of_identity(files: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    """What the site is about and called (``data/site.toml``), without the names of its files."""
    for path, source in files:
        key = ""
        for number, line in enumerate(source.split("\n"), start=1):
            if match := _HEADER.match(line):
                key = match["key"]
            elif key != "file" and (match := _ENTRY.match(line)):
                yield Passage(Place(path, number), Language(match["language"]), match["text"])


def of_templates(templates: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    """What the templates of the site say, path and source of each.

    That is the list of words of each language (``"en": {"toc": "On this page", …}``), where
    ``own.other…`` is said in the other one, and sections that are marked with their language.
    """
    for path, source in templates:
        language: Language | None = None
        for number, line in enumerate(source.split("\n"), start=1):
            if match := _SPEAKS.search(line):
                language = Language(match["listed"] or match["marked"])
            elif language is not None and (match := _LISTED.match(line)):
                spoken = _OTHER[language] if match["key"].startswith("own.other") else language
                yield Passage(Place(path, number), spoken, match["text"])
            elif language is not None and "<" in line:
                yield Passage(Place(path, number), language, _TEMPLATE.sub(" ", line))
            if "</section>" in line or line.strip() in {"}", "},"}:
                language = None


def _meant(literal: str) -> str:
    """What a literal of Python stands for; the fields of an f-string stay as they are."""
    return str(ast.literal_eval(literal.removeprefix("f")))


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, Text]]:
    """The texts of a record by the dotted key they stand under, those of its parts too."""
    if isinstance(value, Text):
        yield key, Text(_MARK.sub(" ", value.en), _MARK.sub(" ", value.es))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, key)
    elif is_dataclass(value):
        kind: type = type(value)
        for field in _with_texts(kind):
            part = getattr(value, field)
            if part is None or part == ():
                continue
            name = f"{key}.{getattr(value, 'id', '')}.{field}" if key else field
            yield from _texts(part, name.replace("..", "."))


@cache
def _with_texts(kind: type) -> tuple[str, ...]:
    """The fields of a record that may hold a text, by their types: of an observation only its note."""
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _may_hold_text(hints[field.name]))


def _may_hold_text(hint: Any) -> bool:
    if hint is Text:
        return True
    if parts := get_args(hint):
        return any(map(_may_hold_text, parts))
    return is_dataclass(hint) and isinstance(hint, type) and bool(_with_texts(hint))


def _both(tables: Tables, record: Place, key: str, text: Text) -> Iterator[Passage]:
    """A text of the data in both languages; it is plain, but for addresses."""
    for language in Language:
        place = tables.at(record, f"{key}.{language.value}" if key else language.value)
        shown = text[language]
        if "://" in shown:
            shown = _ADDRESS.sub(" ", shown)
        yield Passage(place, language, shown, of_others=key == _SAID)
