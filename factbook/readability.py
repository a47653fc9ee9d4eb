"""How a chapter reads, in numbers: a report on matters of taste, which fails nothing.

English is measured by Flesch's reading ease (1948) and the grade of Kincaid and others (1975),
Spanish by the indices of Fernández Huerta (1959) and Szigriszt Pazos (1993), the latter on the
INFLESZ scale of Barrio Cantalejo (2008). All stand on syllables a word and words a sentence; higher
is easier, but for the grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factbook.chapters import Chapter
from factbook.errors import FactbookError
from factbook.model import Language
from factbook.reading import Paragraph, Sentence, paragraphs
from factbook.rendering import Rendering

_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_SILENT = re.compile(r"(?<=[qg])u(?=[eiéí])|y(?=[aeiouáéíóú])")
_NUCLEI = re.compile(r"[iuü]?[aeoáéó](?:[iuüy](?![aeoáéó]))?|[íú]|[iuü]+")
_INFLESZ = ((80, "very easy"), (65, "easy"), (55, "normal"), (40, "rather hard"))
_LINE = (
    "{page:<22} {lang:<3} {words:>6} {sentences:>5} {mean:>6} {longest:>8} {ease:>6} {second:>7}"
    " {figures:>6} {cites:>6} {bare:>5}"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted in the running text of one chapter, figures filled in."""

    chapter: Chapter
    paragraphs: tuple[Paragraph, ...]
    syllables: int

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences in their order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph.sentences]

    @property
    def words(self) -> int:
        """The count of its words."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def bare(self) -> list[Paragraph]:
        """The paragraphs of two sentences or more that neither cite a source nor print a figure."""
        return [
            p for p in self.paragraphs if len(p.sentences) > 1 and not p.figures and not p.citations
        ]

    @property
    def indices(self) -> tuple[float, float]:
        """Reading ease and grade (English); Fernández Huerta and Szigriszt Pazos (Spanish)."""
        a_word = self.syllables / self.words
        a_sentence = self.words / len(self.sentences)
        if self.chapter.language is Language.EN:
            ease = 206.835 - 84.6 * a_word - 1.015 * a_sentence
            return ease, 0.39 * a_sentence + 11.8 * a_word - 15.59
        return 206.84 - 60 * a_word - 1.02 * a_sentence, 206.835 - 62.3 * a_word - a_sentence


def measure(chapter: Chapter, rendering: Rendering) -> Measure | None:
    """Measure a chapter; None where it has no running text. Raises FactbookError without syllapy."""
    read = paragraphs(chapter, rendering)
    words = [word for p in read for sentence in p.sentences for word in sentence.words]
    if not words:
        return None
    syllables = spanish_syllables if chapter.language is Language.ES else _english_syllables
    return Measure(chapter, read, sum(max(1, syllables(word)) for word in words))


def _english_syllables(word: str) -> int:
    try:
        import syllapy
    except ImportError:
        raise FactbookError(
            "the report needs the tools of contributors; run it with 'make read'"
        ) from None
    return sum(int(syllapy.count(part)) for part in re.findall(r"[A-Za-zÀ-ÿ]+", word))


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word: one a vowel, but i and u beside another vowel, unaccented.

    After the Ortografía of the academies: a strong vowel (a, e, o) makes a syllable, two of them
    make two, an accented í or ú stands by itself.
    """
    plain = _SILENT.sub("", word.casefold())
    return sum(len(_NUCLEI.findall(group)) for group in _VOWELS.findall(plain))


def table(measures: Iterable[Measure]) -> Iterator[str]:
    """The lines of a table of chapters, each language under the other."""
    yield _LINE.format(
        page="page",
        lang="",
        words="words",
        sentences="sent.",
        mean="w/sent",
        longest="longest",
        ease="ease",
        second="second",
        figures="figs",
        cites="cites",
        bare="bare",
    )
    for m in measures:
        ease, second = m.indices
        yield _LINE.format(
            page=m.chapter.path,
            lang=m.chapter.language,
            words=m.words,
            sentences=len(m.sentences),
            mean=f"{m.words / len(m.sentences):.1f}",
            longest=max(len(s.words) for s in m.sentences),
            ease=f"{ease:.0f}",
            second=f"{second:.0f}",
            figures=sum(p.figures for p in m.paragraphs),
            cites=sum(p.citations for p in m.paragraphs),
            bare=len(m.bare),
        )
    yield ""
    yield "ease: Flesch (en), Fernández Huerta (es)."
    yield "second: grade of Flesch-Kincaid (en), Szigriszt Pazos (es)."
    yield "bare: paragraphs of several sentences with neither figure nor citation."


def details(found: Measure, longest: int = 10) -> Iterator[str]:
    """The longest sentences of a chapter and its bare paragraphs, each with its place."""
    by_length: Sequence[Sentence] = sorted(found.sentences, key=lambda s: -len(s.words))[:longest]
    for sentence in by_length:
        place = found.chapter.place(sentence.line)
        yield f"{place}: {len(sentence.words)} words: {sentence.text[:90]}"
    for paragraph in found.bare:
        start = paragraph.sentences[0].text[:80]
        yield f"{found.chapter.place(paragraph.line)}: neither figure nor citation: {start}"
    if found.chapter.language is Language.ES:
        _, perspicuity = found.indices
        band = next((name for least, name in _INFLESZ if perspicuity >= least), "very hard")
        yield f"{found.chapter.file}: {band} on the INFLESZ scale ({perspicuity:.0f})"
