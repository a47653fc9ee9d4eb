"""Rules about links inside the site: the page exists, and so does the anchor."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from factbook.chapters import Chapter
from factbook.dataset import Dataset
from factbook.errors import Finding, did_you_mean
from factbook.markup.records import CLAIMS, GLOSSARY, TIMELINE
from factbook.model import Language

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^()\s]+)[^()]*\)")
_ANCHOR = re.compile(r"\{:?[^{}\n]*#(?P<name>[\w-]+)[^{}\n]*\}")
_OUTSIDE = ("http://", "https://", "mailto:", "#", "/")


def links_lead_somewhere(
    dataset: Dataset | None, chapters: Mapping[Language, Sequence[Chapter]]
) -> Iterator[Finding]:
    """A link to a page names a Markdown file of the same language; its anchor stands there.

    Without a ``dataset`` no anchor of a record is asked for.
    """
    for pages in chapters.values():
        known = {chapter.path: chapter for chapter in pages}
        for chapter in pages:
            for number, line in enumerate(chapter.body.split("\n"), start=1):
                for match in _LINK.finditer(line):
                    if fault := _fault(match["target"], chapter, known, dataset):
                        yield Finding(chapter.place(number), fault)


def _fault(
    target: str, chapter: Chapter, known: Mapping[str, Chapter], dataset: Dataset | None
) -> str | None:
    page, _, anchor = target.partition("#")
    if target.startswith(_OUTSIDE) or not page.endswith(".md"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), page))
    if path not in known:
        return f"the link '{target}' leads to no page.{did_you_mean(path, known)}"
    names = _anchors(known[path], dataset)
    if anchor and names is not None and anchor not in names:
        return f"the page {path} has no anchor '#{anchor}'.{did_you_mean(anchor, names)}"
    return None


def _anchors(chapter: Chapter, dataset: Dataset | None) -> set[str] | None:
    """The anchors a page surely has; None where headings without a name make them, unchecked here.

    The site engine checks those: it turns headings into anchors itself.
    """
    given = {match["name"] for match in _ANCHOR.finditer(chapter.body)}
    if dataset is None:
        return None
    match chapter.path:
        case path if path == CLAIMS:
            return given | {f"claim-{name}" for name in dataset.claims}
        case path if path == TIMELINE:
            return given | {f"event-{name}" for name in dataset.events}
        case path if path == GLOSSARY:
            return given | {f"term-{name}" for name in dataset.terms}
        case _:
            return None
