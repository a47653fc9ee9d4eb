"""Rules about pages: both languages, data pages for every theme, places that figures link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from factbook.chapters import Chapter
from factbook.dataset import Dataset
from factbook.errors import Finding, Place
from factbook.markup.addresses import data_page
from factbook.markup.records import CLAIMS, GLOSSARY, SOURCES, TIMELINE
from factbook.model import Language

Chapters = Mapping[Language, Sequence[Chapter]]


def pages_are_in_both_languages(chapters: Chapters) -> Iterator[Finding]:
    """A page exists in both languages, under the same path."""
    paths = {language: {c.path: c for c in pages} for language, pages in chapters.items()}
    for language, pages in paths.items():
        for path, chapter in pages.items():
            if path not in paths[language.other]:
                other = PurePosixPath("docs") / language.other.value / path
                message = f"has no counterpart; add {other}, or remove this page"
                yield Finding(Place(chapter.file), message)


def destinations_exist(dataset: Dataset, chapters: Chapters) -> Iterator[Finding]:
    """The pages that figures, citations, events and terms lead to exist, and hold what they must."""
    themes = {i.theme for i in dataset.indicators.values()}
    themes |= {d.theme for d in dataset.derivations.values()}
    wanted = {data_page(theme): f'{{{{ theme("{theme}") }}}}' for theme in sorted(themes)}
    wanted |= {
        SOURCES: "{{ sources() }}",
        TIMELINE: "{{ timeline() }}",
        GLOSSARY: "{{ glossary() }}",
        CLAIMS: "{{ claims() }}",
    }
    for language, pages in chapters.items():
        bodies = {chapter.path: chapter for chapter in pages}
        for path, call in wanted.items():
            file = f"docs/{language.value}/{path}"
            if path not in bodies:
                yield Finding(Place(file), f"the page is missing; add it with {call}")
            elif call not in bodies[path].body:
                yield Finding(Place(file), f"does not print what other pages link to; add {call}")


def citations_end_in_references(
    chapters: Chapters,
) -> Iterator[Finding]:
    """A page that cites prints its references."""
    for chapter in (chapter for pages in chapters.values() for chapter in pages):
        if "{{ cite(" in chapter.body and "{{ references() }}" not in chapter.body:
            message = "cites sources but prints no list; end the page with {{ references() }}"
            yield Finding(Place(chapter.file), message)
