"""The rule of spelling: every word is in a dictionary of its language, or is the project's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from factbook.dictionaries import misspelt
from factbook.errors import Finding
from factbook.model import Language, Text
from factbook.passages import Passage
from factbook.tables import Tables
from factbook.tables.words import WORDS

_WORD = re.compile(r"(?<![\w@/.\\-])[^\W\d_]+(?:['’\u2010\u2011-][^\W\d_]+)*(?![\w@\\/]|\.\w)")
_PARTS = re.compile(r"[\u2010\u2011-]")
_SHORTEST = 3
"""Words of fewer letters are units, initials and abbreviations, of which dictionaries know little."""


Spoken: TypeAlias = tuple[Passage, tuple[str, ...]]
"""A passage and its words that can be looked up."""


def spoken(passage: Passage) -> Spoken:
    """A passage with its words."""
    return passage, _words(passage.text, passage.language)


def words_are_spelt(tables: Tables, texts: Iterable[Spoken]) -> Iterator[Finding]:
    """A word stands in a dictionary of its language, in ``data/words.txt``, or in a proper name.

    Abbreviations in capitals and words of fewer than three letters are not looked up. A word is
    reported once in a file, where it first stands.
    """
    own = _own(tables)
    said = tuple(texts)
    for language in Language:
        here = [spoken for spoken in said if spoken[0].language is language]
        words = {word for _, found in here for word in found}
        wrong = misspelt({word for word in words if not _is_own(word, own)}, language)
        used = words - wrong.keys()
        told: set[tuple[str, str]] = set()
        for passage, word in ((passage, word) for passage, found in here for word in found):
            if word in wrong and (word, passage.place.path) not in told:
                told.add((word, passage.place.path))
                yield Finding(passage.place, _message(word, language, wrong[word], used))


def _message(word: str, language: Language, near: tuple[str, ...], used: set[str]) -> str:
    name = {"en": "English", "es": "Spanish"}[language.value]
    # A word that the project uses elsewhere is the likeliest meant; a dictionary's list is long.
    ranked = sorted(near, key=lambda candidate: (candidate not in used, candidate))[:3]
    hint = " Did you mean " + " or ".join(f"'{n}'" for n in ranked) + "?" if ranked else ""
    return (
        f"'{word}' is in no {name} dictionary.{hint} Mend it, or add it to {WORDS} if it is right"
    )


def _words(text: str, language: Language) -> tuple[str, ...]:
    """The words of a text that can be looked up, those joined by hyphens one by one."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        for word in _PARTS.split(match.group()):
            if "’" in word or "'" in word:
                word = word.replace("’", "'")
                if language is Language.EN:
                    word = word.removesuffix("s").removesuffix("'") if word[-2:] == "'s" else word
            if len(word) >= _SHORTEST and not word.removesuffix("s").isupper():
                found.append(word)
    return tuple(found)


def _is_own(word: str, own: frozenset[str]) -> bool:
    """Whether it is a word of the project; one that begins a sentence may have a capital."""
    return word in own or word[:1].lower() + word[1:] in own


def _own(tables: Tables) -> frozenset[str]:
    """The words of the project: the listed ones, and all that stand in names."""
    texts: list[Text] = [*tables.names, *(term.term for term in tables.terms)]
    texts += (area.name for area in tables.areas)
    texts += (name for producer in tables.producers for name in (producer.name, producer.short))
    names = [alias for term in tables.terms for alias in term.aliases]
    for source in tables.sources:
        names += (*source.author, source.publisher or "", source.container_title or "")
    names += (text[language] for text in texts for language in Language)
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return frozenset(words | tables.words)
