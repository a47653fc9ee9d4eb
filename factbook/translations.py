"""Which paragraphs changed in one language since the other was last brought up to date.

``docs/translations.csv`` remembers each pair of paragraphs by a digest of their text as it was when
somebody last compared them, so that no version history is needed. Figures count for nothing: they
come from the data, in both languages at once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from factbook.chapters import Chapter, sections
from factbook.errors import FactbookError, Finding, Place, did_you_mean
from factbook.model import Language
from factbook.tables.files import data_text

FILE = "docs/translations.csv"
COMMAND = "python -m factbook translated"
_HEADER = ("page", "en", "es")
_DIGEST = re.compile(r"[0-9a-f]{8}|")
_FIGURE = re.compile(r"\{\{\s*(?:figure|derived|rivals)\(.*?\)\s*\}\}")
_NO_PROSE = re.compile(r"\{\{.*?\}\}|\{:.*?\}|<[^>]*>")
_ITEM = re.compile(r"(?:[-*]|\d+\.)\s")
_NAMES = {Language.EN: "English", Language.ES: "Spanish"}

Pairs = Mapping[str, Sequence[tuple[str, str]]]
"""The digests of English and Spanish of each paragraph, by page; one is empty where a side has more."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or item of a list: its first line in the body, its section, its digest."""

    line: int
    section: int
    digest: str


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a chapter in their order; what holds no prose of its own is none."""
    found: list[Paragraph] = []
    rows = body.split("\n")
    for section, (first, last, _) in enumerate(sections(body)):
        begun: list[str] = []
        start = first
        for number in range(first, last + 2):
            row = rows[number - 1] if number <= last else ""
            if begun and (not row.strip() or _ITEM.match(row) or begun[0].startswith("#")):
                if (digest := _digest(" ".join(begun))) is not None:
                    found.append(Paragraph(start, section, digest))
                begun = []
            if row.strip():
                start = start if begun else number
                begun.append(row)
    return tuple(found)


def _digest(text: str) -> str | None:
    """A digest of a text that stays the same when figures change; None where there is no prose."""
    plain = " ".join(_FIGURE.sub("#", text).split())
    if not re.search(r"[^\W\d_]", _NO_PROSE.sub("", plain)):
        return None
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:8]


def read_translations(root: Path) -> tuple[Pairs, list[Finding]]:
    """What ``docs/translations.csv`` remembers, and the lines of it that cannot be read."""
    if not (root / FILE).exists():
        return {}, []
    text, found = data_text(root, FILE)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        good = len(row) == 3 and all(map(_DIGEST.fullmatch, row[1:])) and any(row[1:])
        if number == 1 and tuple(row) == _HEADER:
            continue
        if not good:
            message = f"is no line 'page,digest,digest'; run '{COMMAND} --all' to write it anew"
            found.append(Finding(Place(FILE, number), message))
            break
        pairs.setdefault(row[0], []).append((row[1], row[2]))
    return pairs, found


def stale(pairs: Pairs, english: Chapter, spanish: Chapter) -> Iterator[Finding]:
    """What has changed in a page since both languages were compared, in words, with its place.

    Both chapters have the same sections; another rule sees to that.
    """
    if english.path not in pairs:
        message = f"the languages were never compared; do so, then run '{COMMAND} {english.path}'"
        yield Finding(english.place(1), message)
        return
    sides = {Language.EN: _Side(english, 0, pairs), Language.ES: _Side(spanish, 1, pairs)}
    changed = {language: side.changes() for language, side in sides.items()}
    for language, side in sides.items():
        others = {section for section, _, _ in changed[language.other]}
        told: set[int] = set()
        for section, line, old in changed[language]:
            if section not in others:
                yield side.alone(line, old, sides[language.other], section)
            elif language is Language.EN and section not in told:
                told.add(section)
                yield _both(side, sides[Language.ES], section)


class _Side:
    """One language of a page, and the digests remembered of it."""

    def __init__(self, chapter: Chapter, column: int, pairs: Pairs) -> None:
        self.chapter = chapter
        self.now = paragraphs(chapter.body)
        self.rows = [pair for pair in pairs[chapter.path] if pair[column]]
        self.column = column

    def changes(self) -> list[tuple[int, int, int | None]]:
        """Section, line and remembered row of each paragraph that is changed, new or gone."""
        old = [row[self.column] for row in self.rows]
        new = [paragraph.digest for paragraph in self.now]
        found: list[tuple[int, int, int | None]] = []
        for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, False).get_opcodes():
            if kind == "equal":
                continue
            for at in range(j, j_end):
                before = i + at - j
                p = self.now[at]
                found.append((p.section, p.line, before if before < i_end else None))
            if i_end - i > j_end - j:  # more were there than are now
                near = self.now[max(0, min(j_end, len(self.now)) - 1)] if self.now else None
                found.append((near.section, -near.line, None) if near else (0, -1, None))
        return found

    def alone(self, line: int, row: int | None, other: _Side, section: int) -> Finding:
        """The notice of a paragraph that changed while its section in the other language did not."""
        names = _NAMES[self.chapter.language], _NAMES[other.chapter.language]
        what = f"this {names[0]} paragraph is new or changed"
        if line < 0:
            line, what = -line, f"a paragraph of the {names[0]} is gone from hereabouts"
        there = other.place_of(self.rows[row] if row is not None else None, section)
        message = (
            f"{what}, and the {names[1]} ({there}) is as it was; bring that up to date,"
            f" then run '{COMMAND} {self.chapter.path}'"
        )
        return Finding(self.chapter.place(line), message)

    def place_of(self, row: tuple[str, str] | None, section: int) -> Place:
        """Where the paragraph of a remembered pair stands now, or else its section."""
        for paragraph in self.now:
            if row is not None and paragraph.digest == row[self.column]:
                return self.chapter.place(paragraph.line)
        return self.chapter.place(sections(self.chapter.body)[section][0])


def _both(english: _Side, spanish: _Side, section: int) -> Finding:
    here, there = (side.place_of(None, section) for side in (english, spanish))
    message = (
        f"this section has changed in English and in Spanish ({there}); see that both still say"
        f" the same, then run '{COMMAND} {english.chapter.path}'"
    )
    return Finding(here, message)


def mark(
    root: Path, chapters: Mapping[Language, Sequence[Chapter]], pages: Sequence[str]
) -> dict[str, int]:
    """Remember that both languages of ``pages`` (all, if none is named) say the same now.

    Returns the number of pairs by page. Raises :class:`FactbookError` for a page that is not there or
    has other headings in Spanish than in English.
    """
    sides = {language: {c.path: c for c in chapters[language]} for language in Language}
    known = sorted(sides[Language.EN].keys() & sides[Language.ES].keys())
    if missing := [page for page in pages if page not in known]:
        raise FactbookError(
            f"no page '{missing[0]}' in both languages.{did_you_mean(missing[0], known)}"
        )
    old, _ = read_translations(root)
    pairs = {page: list(rows) for page, rows in old.items() if page in known}
    for page in pages or known:
        pairs[page] = _paired(sides[Language.EN][page], sides[Language.ES][page])
    rows = [(page, *pair) for page in sorted(pairs) for pair in pairs[page]]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_HEADER, *rows])
    (root / FILE).write_text(text.getvalue(), encoding="utf-8")
    return {page: len(pairs[page]) for page in pages or known}


def _paired(english: Chapter, spanish: Chapter) -> list[tuple[str, str]]:
    """The paragraphs of both languages side by side, section by section."""
    if len(sections(english.body)) != len(sections(spanish.body)):
        raise FactbookError(
            f"{english.path}: the languages have other headings; run 'python -m factbook check' first"
        )
    sides = [paragraphs(chapter.body) for chapter in (english, spanish)]
    pairs: list[tuple[str, str]] = []
    for section in range(len(sections(english.body))):
        mine, others = ([p.digest for p in side if p.section == section] for side in sides)
        pairs += ((en, es) for en, es in zip_longest(mine, others, fillvalue=""))
    return pairs
