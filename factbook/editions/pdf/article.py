"""From an article of the site to one for paper: what only serves a screen goes, anchors get long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.html import builder as make

from factbook.charts.drawing import Drawing
from factbook.editions.pdf import words
from factbook.editions.pdf.book import Page, text_of
from factbook.model import Language

SEPARATOR = "--"
_SCREEN_ONLY = (
    "card",
    "headerlink",
    "front-contents",
    "chart-links",
    "indicator-download",
    "next",
    "editions",
    "cite-how",
    "correct",
    "timeline-choice",
)
_KEPT = frozenset({"id", "class", "href", "lang", "scope", "colspan", "rowspan", "title", "start"})
_DISSOLVED = (
    "data",
    "span[@class='fact']",
    "ul[contains(@class, 'references--all')]//span[contains(@class, 'ref-')]",
)
"""Elements that change nothing on paper; the fewer pieces a line has, the quicker it is set."""


def anchor(page: str, name: str = "") -> str:
    """The anchor in the document of an anchor ``name`` on the page with that slug."""
    return f"{page}{SEPARATOR}{name}" if name else page


def prepare(page: Page, drawings: Mapping[str, Drawing], language: Language) -> None:
    """Change the page's article in place: no cards, charts as pictures, details open, long anchors."""
    article = page.article
    for name in _SCREEN_ONLY:
        for found in article.xpath(f".//*[{_has_class(name)}]"):
            found.drop_tree()
    for found in article.xpath(".//script|.//style|.//nav|.//template|.//comment()"):
        found.drop_tree()
    for figure in article.xpath(f".//figure[{_has_class('chart')}]"):
        _replace(figure, chart(figure.get("id", "").removeprefix("chart-"), drawings, language))
    for mark in article.xpath(f".//*[{_has_class('visually-hidden')}]"):
        mark.drop_tree()
    for verdict in article.xpath(f".//a//span[{_has_class('verdict')}]"):
        verdict.getparent().set("class", verdict.get("class"))
        verdict.drop_tag()
    _marks(article)
    _tables(article)
    _details(article)
    _lists(article)
    for kind in _DISSOLVED:
        for found in article.xpath(f".//{kind}"):
            found.drop_tag()
    _attributes(article, page.slug)
    level_headings(article)


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _replace(old: Any, new: Any) -> None:
    new.tail = old.tail
    old.getparent().replace(old, new)


def chart(name: str, drawings: Mapping[str, Drawing], language: Language) -> Any:
    """A chart for paper: headline, picture with its description, note, and where its table is."""
    drawing = drawings[name]
    parts = [
        make.P(make.CLASS("chart-title"), drawing.title),
        make.P(make.CLASS("chart-subtitle"), drawing.subtitle),
        make.P(
            make.CLASS("chart-picture"),
            make.IMG(src=f"chart:{name}", alt=description(drawing)),
        ),
    ]
    if drawing.note:
        parts.append(make.P(make.CLASS("chart-note"), drawing.note))
    link = make.A(words.TABLE_LINK[language], href=f"#{table_anchor(name)}")
    link.set("class", "xref")
    parts.append(make.P(make.CLASS("chart-source"), link))
    return make.DIV(make.CLASS("chart"), *parts, id=f"chart-{name}")


def table_anchor(name: str) -> str:
    """The anchor of a chart's table in the appendix."""
    return f"chart-table-{name}"


def description(drawing: Drawing) -> str:
    """A chart in words: what it shows and how it runs."""
    return f"{drawing.title}. {drawing.subtitle}. {' '.join(drawing.description)}"


def _marks(article: Any) -> None:
    """Marks of sources side by side get a comma between; two of one source become one."""
    for mark in article.xpath(f".//sup[{_has_class('cite')}]"):
        before = mark.getprevious()
        if before is None or before.get("class") != "cite" or (before.tail or "").strip():
            continue
        if text_of(before).lstrip(",") == text_of(mark):
            before.tail = mark.tail
            mark.getparent().remove(mark)
        else:
            before.tail = None
            mark.text = f",{mark.text or ''}"


def _tables(article: Any) -> None:
    for region in article.xpath(f".//div[{_has_class('table-scroll')}]"):
        region.drop_tag()
    for caption in article.xpath(".//caption[not(normalize-space())]"):
        caption.drop_tree()
    # A corner without text is no heading of anything.
    for cell in article.xpath(".//th[not(normalize-space())]"):
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    for cell in article.xpath(".//thead//th[not(@scope)]"):
        cell.set("scope", "col")
    for cell in article.xpath(".//th[not(@scope)]"):
        cell.set("scope", "row")


def _details(article: Any) -> None:
    for details in article.xpath(".//details"):
        details.tag = "div"
        details.set("class", "opened")
        if (summary := details.find("summary")) is not None:
            summary.tag = "p"
            summary.set("class", "opened-title")


def _lists(article: Any) -> None:
    """Definition lists become paragraphs: the tags of a PDF have no pair of term and text."""
    for listed in article.xpath(".//dl"):
        listed.tag = "div"
        listed.set("class", f"definitions {listed.get('class', '')}".strip())
    for term in article.xpath(".//dt"):
        term.tag = "p"
        term.set("class", f"definition-term {term.get('class', '')}".strip())
    for text in article.xpath(".//dd"):
        text.tag = "div" if text.xpath("./p|./ul|./ol|./div|./table") else "p"
        text.set("class", f"definition {text.get('class', '')}".strip())
    for event in article.xpath(f".//li[{_has_class('event')}]"):
        for when in event.xpath("./time|./span"):
            when.tag = "p"
            when.set("class", "event-when")
    etree.strip_tags(article, "time")


def _attributes(article: Any, slug: str) -> None:
    for found in article.iter(etree.Element):
        for name in list(found.attrib):
            if name not in _KEPT and not (found.tag == "img" and name in {"src", "alt"}):
                del found.attrib[name]
        if name := found.get("id"):
            found.set("id", anchor(slug, name))


def level_headings(article: Any) -> None:
    """Let no heading skip a level: the first is 1, and none is more than one below the last."""
    last = 0
    for heading in article.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        last = min(int(heading.tag[1]), last + 1)
        heading.tag = f"h{last}"
        for link in heading.xpath(".//a[not(@href)]"):
            link.drop_tag()


def short_title(page: Page) -> str:
    """The page's title for the running head."""
    return text_of(page.article.find(".//h1"))
