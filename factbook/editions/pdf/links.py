"""Links inside the document: from addresses of the site to anchors, each with a description."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from factbook.editions.pdf import words
from factbook.editions.pdf.article import anchor
from factbook.editions.pdf.book import Book, text_of
from factbook.markup.addresses import page_url
from factbook.model import Language, Text

SAYS = "data-says"
"""The attribute that carries a link's description to the file."""

_KINDS: Mapping[str, Text] = {
    "figure": words.GO_TO_FIGURE,
    "rival": words.GO_TO_FIGURE,
    "term": words.GO_TO_TERM,
    "when": words.GO_TO_EVENT,
    "verdict": words.GO_TO_CLAIM,
}


def rewrite(book: Book, address: str) -> None:
    """Point every link of the book at its anchor in the document, or at the site on the web."""
    pages = {page_url(page.path, directories=True): page.slug for page in book.pages}
    known = set(pages.values())
    for page in book.pages:
        known.update(page.article.xpath(".//@id"))
    home = address if book.language is Language.EN else f"{address}{book.language}/"
    for page in book.pages:
        here = page_url(page.path, directories=True)
        for link in page.article.xpath(".//a[@href]"):
            link.set("href", _target(link.get("href"), here, pages, known, home))
            _describe(link, here, book.language)


def _target(href: str, here: str, pages: Mapping[str, str], known: set[str], home: str) -> str:
    parts = urlsplit(href)
    if parts.scheme:
        return href
    if not parts.path:
        url = here
    else:
        url = posixpath.normpath(posixpath.join("/", here, unquote(parts.path))).lstrip("/")
        outside = posixpath.normpath(posixpath.join(here, unquote(parts.path))).startswith("..")
        if outside:
            return posixpath.join(home, here, href)
        if parts.path.endswith("/") or url in {"", "."}:
            url = f"{url}/".lstrip("/") if url not in {"", "."} else ""
    if url not in pages:
        return home + url + (f"#{parts.fragment}" if parts.fragment else "")
    name = anchor(pages[url], unquote(parts.fragment))
    if name in known:
        return f"#{name}"
    if name.startswith("chart-table-") or href.startswith("#chart-table-"):
        return href
    return f"#{pages[url]}"


def _describe(link: Any, here: str, language: Language) -> None:
    """Give the link its description; a link of running text to another page shows the page's number."""
    classes = set((link.get("class") or "").split())
    text = text_of(link)
    title = link.attrib.pop("title", "")
    href = link.get("href")
    if not text and not len(link):
        link.drop_tag()
        return
    kind = next((_KINDS[name] for name in _KINDS if name in classes), None)
    parent = link.getparent()
    in_mark = parent is not None and parent.tag == "sup"
    if not href.startswith("#"):
        said = words.GO_TO_WEB[language].format(text=text)
    elif in_mark:
        said = words.GO_TO_SOURCE[language].format(text=title or text)
    elif kind is not None:
        said = kind[language].format(text=title or text)
    else:
        said = words.GO_TO_PAGE[language].format(text=text)
    link.set(SAYS, said)
    if href.startswith("#") and not classes and not in_mark and _in_prose(link, here):
        link.set("class", "xref")


def _in_prose(link: Any, here: str) -> bool:
    """Whether the link stands in running text, where a page number helps and does not crowd."""
    for parent in link.iterancestors():
        if parent.tag in {"table", "h1", "h2", "h3", "h4"}:
            return False
    page = here.rstrip("/").replace("/", "-") or "index"
    target = link.get("href")[1:].split("--")[0]
    return bool(target != page)


def drop_unused_anchors(root: Any, kept: frozenset[str]) -> None:
    """Remove anchors that no link of the document leads to."""
    used = {href[1:] for href in root.xpath(".//a/@href") if href.startswith("#")} | kept
    for found in root.iter(etree.Element):
        if found.get("id") and found.get("id") not in used:
            del found.attrib["id"]
