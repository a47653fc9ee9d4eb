"""What passes by the reading of Markdown: finished HTML that the search leaves out as well.

Cards, charts and tables of observations are most of a page's HTML. Three parsers written in Python
read all of a page, that of Markdown, that of anchors and that of the search, and to none of them do
they say anything. So they are set aside before and put back after: half the time of a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

_OPENING = re.compile(r"<([a-z][a-z0-9]*)(?: [^<>]*)? data-search-exclude(?:[ =][^<>]*)?>")
_STAND_IN = re.compile(r"<!--aside (\d+)-->")
_ANCHOR = re.compile(r'<[^<>]* id="([^"<>]+)"')


def set_aside(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with a stand-in for each element that the search leaves out, and the elements.

    The HTML in the text is that of :mod:`factbook.markup.html`, in which no attribute has an angle
    bracket. An element that is not closed, which only an author can have written, stays.
    """
    parts: list[str] = []
    pieces: list[str] = []
    done = 0
    while match := _OPENING.search(markdown, done):
        end = _end(markdown, match)
        if end is None:
            parts.append(markdown[done : match.end()])
            done = match.end()
            continue
        parts += [markdown[done : match.start()], f"<!--aside {len(pieces)}-->"]
        pieces.append(markdown[match.start() : end])
        done = end
    return "".join([*parts, markdown[done:]]), tuple(pieces)


def put_back(content: str, pieces: Sequence[str]) -> str:
    """The HTML of a page with the elements in the place of their stand-ins.

    No-break spaces, which Markdown would take for blanks, are themselves again and weigh a third.
    """
    return _STAND_IN.sub(lambda match: pieces[int(match[1])].replace("&nbsp;", "\xa0"), content)


def anchors(pieces: Iterable[str]) -> set[str]:
    """The ids within the elements: where links may lead."""
    return {name for piece in pieces for name in _ANCHOR.findall(piece)}


def _end(markdown: str, opening: re.Match[str]) -> int | None:
    """Where an element ends: at the tag that closes it and not one of the same name in it."""
    depth = 0
    for tag in _tags(opening.group(1)).finditer(markdown, opening.start()):
        depth += -1 if tag.group().startswith("</") else 1
        if depth == 0:
            return tag.end()
    return None


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"</?{name}(?=[ >])[^<>]*>")
