"""The project's own words, which no dictionary has: ``data/words.txt``, one a line, in order."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from factbook.errors import Finding, Place
from factbook.tables.files import data_text

WORDS = "data/words.txt"
_WORD = re.compile(r"[^\W\d_]+")


def read_words(root: Path) -> tuple[frozenset[str], list[Finding], list[Finding]]:
    """The words, the findings of lines that are no word, and those of lines out of order.

    A dataset without the file has no words of its own. Lines that begin with # are remarks.
    """
    if not (root / WORDS).exists():
        return frozenset(), [], []
    text, found = data_text(root, WORDS)
    rows = [
        (n, row) for n, row in enumerate(text.splitlines(), start=1) if row[:1] not in ("", "#")
    ]
    for number, row in rows:
        if not _WORD.fullmatch(row):
            message = f"'{row}' is not one word; write a single word a line, letters only"
            found.append(Finding(Place(WORDS, number), message))
    return frozenset(row for _, row in rows), found, [] if found else _order(rows)


def _order(rows: list[tuple[int, str]]) -> list[Finding]:
    """Words are sorted as a dictionary sorts them, each once, so that additions do not collide."""
    for (_, before), (number, word) in pairwise(rows):
        place = Place(WORDS, number)
        if word == before:
            return [Finding(place, f"'{word}' stands there twice; keep one")]
        if _key(word) < _key(before):
            message = f"'{word}' is out of order; sort the words without regard to accents and case"
            return [Finding(place, message)]
    return []


def _key(word: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), word
