"""The rule about skeletons: what their writer has yet to fill in is named, place by place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from factbook.chapters import Chapter
from factbook.errors import Finding, Place
from factbook.model import Language
from factbook.tables import Tables
from factbook.tables.files import left_open

Text = tuple[str, str]
"""A path and the text of the file there."""


def nothing_is_left_open(
    tables: Tables, chapters: Mapping[Language, Sequence[Chapter]], modules: Iterable[Text] = ()
) -> Iterator[Finding]:
    """No ``TODO:`` is left in the tables, the chapters and the chart modules."""
    yield from tables.left_open
    for chapter in (chapter for pages in chapters.values() for chapter in pages):
        for key, value in chapter.front.items():
            for finding in left_open(chapter.file, str(value)):
                place = Place(chapter.file, chapter.lines.get(key, 1))
                yield Finding(place, finding.message)
        for finding in left_open(chapter.file, re.sub(r"<!--|-->", "", chapter.body)):
            yield Finding(chapter.place(finding.place.line), finding.message)
    for path, text in modules:
        yield from left_open(path, text)
