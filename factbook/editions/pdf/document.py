"""The whole document of a language: cover, contents, chapters, appendices, imprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.html import builder as make

from factbook.charts.drawing import Drawing
from factbook.editions.pdf import words
from factbook.editions.pdf.appendix import chart_appendix, data_appendix
from factbook.editions.pdf.article import prepare
from factbook.editions.pdf.book import Book, Page, text_of
from factbook.editions.pdf.imprint import Imprint
from factbook.editions.pdf.links import SAYS, drop_unused_anchors, rewrite
from factbook.editions.pdf.offprint import COLOPHON, Chapter, Contents
from factbook.markup.addresses import page_url
from factbook.model import Language

HOME = "index.md"
LANGUAGE_TAGS = {Language.EN: "en", Language.ES: "es-419"}
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_HELD = "–\u2060"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def document_html(
    book: Book, drawings: Mapping[str, Drawing], imprint: Imprint, stylesheet: str
) -> str:
    """The document as well-formed HTML; the book's articles are used up in making it."""
    language = book.language
    for page in book.pages:
        prepare(page, drawings, language)
    rewrite(book, imprint.address)
    appendix = data_appendix(book, imprint.address)
    chapters = [_chapter(page) for page in book.pages if not page.is_data]
    used = _charts_used(chapters)
    _once(chapters, used, drawings, language)
    body = make.BODY(_cover(imprint, language))
    parts = list(chapters)
    if appendix is not None:
        parts.append(appendix)
    if used:
        parts.append(chart_appendix(drawings, used, language))
    parts.append(_imprint(imprint, language))
    body.append(_contents(parts, language))
    if used:
        body.append(_chart_list(drawings, used, chapters, language))
    body.extend(parts)
    _describe_links(body)
    drop_unused_anchors(body, frozenset({COLOPHON, *(page.slug for page in book.pages)}))
    _hold_ranges(body)
    root = make.HTML(_head(imprint, language, stylesheet), body, lang=LANGUAGE_TAGS[language])
    return str(etree.tostring(root, encoding="unicode"))


def contents_of(book: Book, imprint: Imprint) -> Contents:
    """What offprints need to know of a book that was made into a document: its title, its chapters,
    where its pages are on the web. A page is a chapter unless it is the first, data or sources.
    """
    home = imprint.home(book.language)
    addresses = {page.slug: home + page_url(page.path, directories=True) for page in book.pages}
    chapters = tuple(
        Chapter(page.slug, page.title, page.file, addresses[page.slug])
        for page in book.pages
        if not page.is_data and page.path != HOME and not _is_reference(page)
    )
    return Contents(words.TITLE[book.language], chapters, addresses)


def _is_reference(page: Page) -> bool:
    return bool(page.article.find_class("references--all"))


def _hold_ranges(body: Any) -> None:
    """A line may end after any dash, but not within a range of years or pages.

    A word joiner forbids it. It leaves no trace: no glyph is set for it, so nobody copies it.
    """
    for element in body.iter(etree.Element):
        element.text = element.text and _RANGE.sub(_HELD, element.text)
        element.tail = element.tail and _RANGE.sub(_HELD, element.tail)


def _head(imprint: Imprint, language: Language, stylesheet: str) -> Any:
    title = f"{words.TITLE[language]}: {words.SUBTITLE[language]}"
    head = make.HEAD(make.TITLE(title), make.STYLE(stylesheet))
    facts = {
        "author": words.TITLE[language],
        "description": words.SUBTITLE[language],
        "dcterms.created": imprint.moment,
        "dcterms.modified": imprint.moment,
        "generator": f"{words.TITLE[Language.EN]} {imprint.version}",
    }
    for name, content in facts.items():
        head.append(make.META(name=name, content=content))
    return head


def _cover(imprint: Imprint, language: Language) -> Any:
    cover = make.DIV(
        make.CLASS("cover"),
        make.P(make.CLASS("cover-title"), words.TITLE[language]),
        make.P(make.CLASS("cover-subtitle"), words.SUBTITLE[language]),
        make.P(make.CLASS("cover-promise"), words.PROMISE[language]),
    )
    facts = [words.ISSUED[language].format(date=imprint.date(language))]
    if until := imprint.until(language):
        facts.append(words.DATA_AS_OF[language].format(date=until))
    facts.append(words.VERSION[language].format(version=imprint.version))
    facts.append(imprint.address.removeprefix("https://").rstrip("/"))
    cover.extend(make.P(make.CLASS("cover-fact"), fact) for fact in facts)
    cover.set("data-foot", " · ".join((words.TITLE[language], imprint.date(language), facts[-1])))
    return cover


def _chapter(page: Page) -> Any:
    chapter = page.article
    chapter.set("id", page.slug)
    kind = "reference" if _is_reference(page) else "chapter"
    name = "page page--home" if page.path == HOME else f"page page--{kind}"
    chapter.set("class", name)
    return chapter


def _charts_used(chapters: list[Any]) -> dict[str, str]:
    """Each chart by id with the anchor of its first place in a chapter, or else in the opening."""
    places: dict[str, str] = {}
    for chapter in [*chapters[1:], *chapters[:1]]:
        for chart in chapter.find_class("chart"):
            places.setdefault(chart.get("id").split("--chart-")[1], chart.get("id"))
    return places


def _once(
    chapters: list[Any],
    used: Mapping[str, str],
    drawings: Mapping[str, Drawing],
    language: Language,
) -> None:
    """Print each chart once; elsewhere a line leads to it."""
    for chapter in chapters:
        for chart in chapter.find_class("chart"):
            name = chart.get("id").split("--chart-")[1]
            if used[name] == chart.get("id"):
                continue
            text = words.CHART_ELSEWHERE[language].format(title=drawings[name].title)
            link = make.A(text, href=f"#{used[name]}")
            link.set("class", "xref")
            link.set(SAYS, words.GO_TO_PAGE[language].format(text=text))
            line = make.P(make.CLASS("chart-elsewhere"), link)
            line.tail = chart.tail
            chart.getparent().replace(chart, line)


def _contents(parts: list[Any], language: Language) -> Any:
    contents = make.DIV(make.CLASS("contents"), make.H1(words.CONTENTS[language], id="contents"))
    listed = make.DIV(make.CLASS("contents-list"))
    listed.set("data-tag", "TOC")
    for part in parts:
        for heading, level in _listed(part):
            target = heading.get("id") or part.get("id")
            listed.append(_entry(target, text_of(heading), level, language))
    contents.append(listed)
    return contents


def _listed(part: Any) -> Iterator[tuple[Any, int]]:
    """The headings of a part that the contents name: its title, and the sections of a chapter."""
    title = part.find(".//h1")
    if title is not None:
        yield title, 1
    classes = part.get("class", "")
    if "page--chapter" not in classes and "appendix" not in classes:
        return
    if part.find_class("observations--chart") or part.find_class("claim"):
        return
    for heading in part.iter("h2"):
        inside = heading.getparent().get("class", "")
        follows = heading.getnext()
        closing = follows is not None and "references" in follows.get("class", "")
        if "minute" not in inside and not closing:
            yield heading, 2


def _entry(target: str, text: str, level: int, language: Language) -> Any:
    link = make.A(text, href=f"#{target}")
    link.set(SAYS, words.GO_TO_PAGE[language].format(text=text))
    entry = make.P(make.CLASS(f"entry entry--{level}"), link)
    entry.set("data-tag", "TOCI")
    return entry


def _chart_list(
    drawings: Mapping[str, Drawing],
    used: Mapping[str, str],
    chapters: list[Any],
    language: Language,
) -> Any:
    listed = make.DIV(make.CLASS("contents-list"))
    listed.set("data-tag", "TOC")
    for chapter in chapters:
        for chart in chapter.find_class("chart"):
            name = chart.get("id").split("--chart-")[1]
            if used[name] == chart.get("id"):
                listed.append(_entry(used[name], drawings[name].title, 2, language))
    heading = make.H1(words.CHARTS[language], id="charts")
    return make.DIV(make.CLASS("contents contents--charts"), heading, listed)


def _imprint(imprint: Imprint, language: Language) -> Any:
    address = imprint.home(language)
    cited = words.CITE_WHOLE[language].format(
        title=words.TITLE[language],
        subtitle=words.SUBTITLE[language],
        year=imprint.year,
        version=imprint.version,
        date=imprint.date(language),
        address=address,
    )
    revision = imprint.revision or words.NO_REVISION[language]
    return make.DIV(
        make.CLASS("page imprint"),
        make.H1(words.COLOPHON[language], id=COLOPHON),
        make.H2(words.CITE[language]),
        make.P(cited),
        make.P(words.CITE_FIGURE[language].format(address=f"{address}data/")),
        make.H2(words.LICENCE[language]),
        make.P(words.LICENCE_SAYS[language].format(licence=_LICENCE)),
        make.H2(words.COLOPHON[language]),
        make.P(words.COLOPHON_SAYS[language].format(address=address)),
        make.P(words.TAGGED[language]),
        make.P(words.OFFPRINT[language]),
        make.P(f"{words.REVISION[language]}: ", make.CODE(revision)),
        make.P(f"{words.CHECKSUM[language]}: ", make.CODE(imprint.data_sha256)),
    )


def _describe_links(body: Any) -> None:
    """Every link has a description, on all it is made of: any part may end up as the link's area."""
    for link in body.iter("a"):
        says = link.get(SAYS) or text_of(link) or link.get("href", "")
        for part in link.iter(etree.Element):
            part.set(SAYS, says)
    for found in body.iter(etree.Element):
        found.attrib.pop("title", None)
