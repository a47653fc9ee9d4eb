"""Chapters as readers meet them: figures filled in, cut into paragraphs and sentences."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factbook.chapters import Chapter
from factbook.rendering import Rendering

_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_CITED = re.compile(r"<sup class=\"cite\">.*?</sup>")
_HIDDEN = re.compile(
    r"<span class=\"visually-hidden\">.*?</span>|<span aria-hidden=[^>]*>.*?</span>"
)
_CARD = '<span class="card'
_BLOCK = re.compile(r"<(?:details|div|dl|figure|nav|ol|script|section|style|table|ul)\b")
_TAG = re.compile(r"<[^>]*>")
_MARKUP = re.compile(r"\{:?[^{}\n]*\}|(?<=\])\([^()\s]*\)|[*_`\[\]]")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_NO_PROSE = re.compile(r"^\s*(?:\||:?-{3,}|<!--)")
_END = re.compile(r"[.!?…]+[”’\"')»*]*(?=\s+[“‘\"'(«¿¡*]*[A-ZÁÉÍÓÚÑ0-9])")
_SHORT = re.compile(r"(?:^|[\s(])(?:[A-Z]|art|arts|Dr|EE|núm|No|p|pp|para|paras|St|UU|vol)\.$")
WORD = re.compile(r"[^\W_]+(?:[.,'’\u00a0\u202f\u2011-][^\W_]+)*")
"""A word as counted: a number with its groups is one, and so is what a hyphen joins."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as rendered, and the line of the chapter's body where it begins."""

    line: int
    text: str

    @property
    def words(self) -> list[str]:
        """Its words in their order."""
        return WORD.findall(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The sentences between two blank lines, and how often sources are cited in them."""

    line: int
    sentences: tuple[Sentence, ...]
    figures: int
    citations: int


def paragraphs(chapter: Chapter, rendering: Rendering) -> tuple[Paragraph, ...]:
    """The paragraphs of a chapter's running text: no headings, tables, charts or lists of sources."""
    body = _filled(chapter, rendering)
    found: list[Paragraph] = []
    begun: list[tuple[int, str]] = []
    for number, row in enumerate([*body.split("\n"), ""], start=1):
        if row.strip() and not _NO_PROSE.match(row) and not row.startswith("#"):
            begun.append((number, row))
        elif begun:
            found += _paragraph(begun)
            begun = []
    return tuple(found)


def _paragraph(rows: list[tuple[int, str]]) -> Iterator[Paragraph]:
    sentences: list[Sentence] = []
    for number, row in rows:
        text = _MARKUP.sub("", html.unescape(_TAG.sub("", _CITED.sub("", _ITEM.sub("", row)))))
        sentences += (Sentence(number, part) for part in _split(" ".join(text.split())))
    if any(sentence.words for sentence in sentences):
        whole = "\n".join(row for _, row in rows)
        figures, cited = whole.count('class="figure'), len(_CITED.findall(whole))
        kept = tuple(sentence for sentence in sentences if sentence.words)
        yield Paragraph(rows[0][0], kept, figures, cited)


def _split(text: str) -> Iterator[str]:
    """The sentences of a line; a point behind an abbreviation or initial ends none."""
    start = 0
    for match in _END.finditer(text):
        if not _SHORT.search(text[start : match.start() + 1]):
            yield text[start : match.end()].strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _filled(chapter: Chapter, rendering: Rendering) -> str:
    """The body with each call replaced by what it shows in the line; what it prints as a block is not."""
    printed = iter(rendering.calls)

    def shown(match: re.Match[str]) -> str:
        call = next(printed, None)
        text = call.printed if call is not None else ""
        if _BLOCK.match(text) or "\n" in text:
            text = ""
        text = _HIDDEN.sub("", text.split(_CARD)[0])
        # Calls hold no line ends but those of the author, which keep the count of lines.
        return text + "\n" * match.group().count("\n")

    return _CALL.sub(shown, chapter.body)
