"""The pages of one language in the order of the navigation, read from the finished site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from lxml import etree
from lxml import html as lxml_html

from factbook.errors import FactbookError
from factbook.markup.addresses import DATA_PAGES, page_url
from factbook.model import Language

CONFIGURATION = {Language.EN: "mkdocs.yml", Language.ES: "mkdocs.es.yml"}
LEFT_OUT = "paper"
"""A page whose front matter says ``paper: false`` stays out of the PDF."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its Markdown path in the language's folder, and its article."""

    path: str
    article: Any

    @property
    def slug(self) -> str:
        """A name for anchors: letters, digits and hyphens."""
        return self.path.removesuffix(".md").replace("/", "-")

    @property
    def file(self) -> str:
        """The page's file in the language's folder of the site."""
        return file_of(self.path)

    @property
    def title(self) -> str:
        """The text of the page's first heading."""
        heading = self.article.find(".//h1")
        return text_of(heading) if heading is not None else self.slug

    @property
    def is_data(self) -> bool:
        """Whether the page lists data rather than telling something."""
        return posixpath.dirname(self.path) == DATA_PAGES


@dataclass(frozen=True, slots=True)
class Book:
    """All pages of a language, as they were built."""

    language: Language
    pages: tuple[Page, ...]
    left_out: frozenset[str] = field(default_factory=frozenset)


def read_book(root: Path, site: Path, language: Language) -> Book:
    """Read the pages of ``site`` that the navigation names, in its order."""
    pages: list[Page] = []
    left_out: set[str] = set()
    folder = site if language is Language.EN else site / language.value
    for path in page_paths(root, language):
        if _is_left_out(root / "docs" / language.value / path):
            left_out.add(path)
            continue
        pages.append(Page(path, article_of(folder / file_of(path))))
    return Book(language, tuple(pages), frozenset(left_out))


def file_of(path: str) -> str:
    """The file of a Markdown path in the language's folder of the site."""
    address = page_url(path, directories=True)
    return address if address.endswith(".html") else f"{address}index.html"


def page_paths(root: Path, language: Language) -> tuple[str, ...]:
    """The Markdown paths that a language's navigation names."""
    text = (root / CONFIGURATION[language]).read_text(encoding="utf-8")
    navigation = yaml.load(text, Loader=_Loader).get("nav") or []
    return tuple(_paths(navigation))


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads the engine's configuration; values from the environment are of no interest here."""


def _nothing(*_: Any) -> None:
    return None


_Loader.add_multi_constructor("!", _nothing)


def _paths(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _paths(value)
    elif isinstance(node, list):
        for value in node:
            yield from _paths(value)


def _is_left_out(file: Path) -> bool:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return False
    front = re.match(r"\A---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    return front is not None and re.search(rf"^{LEFT_OUT}:\s*false\s*$", front[1], re.M) is not None


def article_of(file: Path) -> Any:
    """The article of a finished page."""
    try:
        tree = lxml_html.fromstring(file.read_text(encoding="utf-8"))
    except (OSError, etree.ParserError):
        raise FactbookError(f"the PDF needs the page {file.name}, which was not built") from None
    article = tree.find(".//article")
    if article is None:
        raise FactbookError(f"{file}: the page has no <article>; the PDF is made from it")
    return article


def text_of(element: Any) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text_content().split())
