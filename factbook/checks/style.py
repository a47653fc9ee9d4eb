"""The rules of the editorial guide that can be told by counting: length, and words to avoid.

The guide stands in CONTRIBUTING.md; the words to avoid, with the remedy of each, in
``data/style.toml``. What is a matter of taste is told by ``python -m factbook read``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from factbook.chapters import Chapter
from factbook.errors import Finding
from factbook.model import Avoided, Language
from factbook.passages import Passage
from factbook.reading import paragraphs
from factbook.rendering import Rendering

LONGEST_CHAPTER = {Language.EN: 2000, Language.ES: 2200}
"""Words in the running text of a chapter: ten minutes for a reader who knows nothing."""
LONGEST_SENTENCE = {Language.EN: 40, Language.ES: 45}
"""Words in a sentence, figures filled in. Spanish needs a tenth more words for the same."""
_CHAPTER = 'class="minute"'
"""What makes a page a chapter: it opens with *In one minute*."""
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|‘[^’]*’(?!\w)")


def chapters_are_short(chapter: Chapter, rendering: Rendering) -> Iterator[Finding]:
    """A chapter has at most 2,000 words in English and 2,200 in Spanish, a sentence 40 and 45."""
    read = paragraphs(chapter, rendering)
    words = sum(len(sentence.words) for paragraph in read for sentence in paragraph.sentences)
    most = LONGEST_CHAPTER[chapter.language]
    if _CHAPTER in chapter.body and words > most:
        message = f"has {words} words, more than {most}; shorten it, or move a part"
        yield Finding(chapter.place(1), message)
    longest = LONGEST_SENTENCE[chapter.language]
    for paragraph in read:
        for sentence in paragraph.sentences:
            if (count := len(sentence.words)) > longest:
                start = " ".join(sentence.text.split()[:4])
                message = f"the sentence “{start} …” has {count} words, more than {longest}; cut it"
                yield Finding(chapter.place(sentence.line), message)


def words_are_chosen(style: Iterable[Avoided], passages: Iterable[Passage]) -> Iterator[Finding]:
    """A text has no word that the guide avoids, but in quotations and in what others claim."""
    rules = {
        language: [avoided for avoided in style if avoided.language is language]
        for language in Language
    }
    for passage in passages:
        if passage.of_others or not (known := tuple(rules[passage.language])):
            continue
        folded = " ".join(passage.text.casefold().split())
        if not any(beginning in folded for beginning in _beginnings(known)):
            continue
        text = _QUOTED.sub(lambda match: " " * len(match.group()), passage.text)
        for match in _pattern(known).finditer(text):
            name = match.lastgroup or ""
            remedy = _remedies(known)[name]
            message = f"'{match.group()}' is a word that the guide avoids; {remedy}"
            yield Finding(passage.place, message)


@cache
def _pattern(style: tuple[Avoided, ...]) -> re.Pattern[str]:
    """What finds the words of all records at once, each record a group."""
    groups = (f"(?P<r{at}>{'|'.join(map(_word, a.words))})" for at, a in enumerate(style))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _beginnings(style: tuple[Avoided, ...]) -> frozenset[str]:
    """What a text must hold for any of the words to be in it: each up to its star; quick to look for."""
    words = (" ".join(word.split()) for avoided in style for word in avoided.words)
    return frozenset(word.casefold().partition("*")[0] for word in words)


def _word(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split()).replace(r"\*", r"\w*")


def _remedies(style: tuple[Avoided, ...]) -> Mapping[str, str]:
    return {f"r{at}": avoided.remedy for at, avoided in enumerate(style)}
