"""What there is to take away: size, pages, date and checksum of each edition, computed from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

from factbook import formatting
from factbook.errors import FactbookError
from factbook.identity import NAME
from factbook.model import Language, Text
from factbook.periods import parse
from factbook.release import Release

INDEX = "editions/index.json"
PLACE = re.compile(r'<div class="editions" data-editions(?:="")?></div>')
"""What an author writes, on a line of its own, where the list of editions is to stand:
``<div class="editions" data-editions></div>``."""

_PDF = Text("{title}, PDF in English", "{title}, PDF en inglés")
_PDF_ES = Text("{title}, PDF in Spanish", "{title}, PDF en español")
_ZIP = Text("The whole site for reading offline", "El sitio completo para leer sin conexión")
_CHAPTER = Text("This chapter as PDF", "Este capítulo en PDF")
_CHAPTERS = Text(
    "Each chapter is also a file of its own:", "Cada capítulo es también un archivo aparte:"
)
_PAGES = Text("{pages} pages", "{pages} páginas")
_CAPTION = Text("Editions to take away", "Ediciones para llevar")
_COLUMNS = (
    Text("Edition", "Edición"),
    Text("Size", "Tamaño"),
    Text("Pages", "Páginas"),
    Text("Date", "Fecha"),
    Text("SHA-256", "SHA-256"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One edition: its path in the site and what can be said of the file. One of a single chapter
    has the chapter's title and its page in the language's folder.
    """

    path: str
    language: str | None
    pages: int | None
    bytes: int
    date: str
    sha256: str
    chapter: str | None = None
    page: str | None = None


def item_of(
    site: Path,
    path: str,
    language: Language | None,
    pages: int | None,
    release: Release,
    *,
    chapter: str | None = None,
    page: str | None = None,
) -> Item:
    """Examine a finished file of a release."""
    data = (site / path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    name = language.value if language is not None else None
    return Item(path, name, pages, len(data), release.created, sha256, chapter, page)


def write_shelf(site: Path, items: Sequence[Item]) -> int:
    """Write the index, the list into each page that has a place for it, and into each chapter the
    link to its own file; return the number of places.
    """
    records = [asdict(item) for item in items]
    text = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    (site / INDEX).write_text(text, encoding="utf-8")
    link_chapters(site, items)
    return fill_places(site, items)


def link_chapters(site: Path, items: Iterable[Item]) -> None:
    """Write into each chapter that has a file of its own the link to it."""
    for item in items:
        if item.page is not None:
            _link_chapter(site, item, item.page)


def _link_chapter(site: Path, item: Item, page: str) -> None:
    """Put the link to a chapter's own file at the end of its article."""
    language = Language(item.language or "")
    name = page if language is Language.EN else f"{language}/{page}"
    text = (site / name).read_text(encoding="utf-8")
    before, end, after = text.rpartition("</article>")
    if not end:
        raise FactbookError(f"{name}: the page has no </article>; the link to its PDF ends it")
    href = "../" * name.count("/") + item.path
    link = f'<a href="{escape(href)}" download>{escape(_CHAPTER[language])}</a>'
    said = f'<p class="offprint">{link} ({_extent(item, language)})</p>\n'
    (site / name).write_text(f"{before}{said}{end}{after}", encoding="utf-8")


def _extent(item: Item, language: Language) -> str:
    """How many pages and how many megabytes."""
    pages = _PAGES[language].format(pages=item.pages)
    return f"{escape(pages)}, {_megabytes(item, language)}"


def _megabytes(item: Item, language: Language) -> str:
    size = formatting.number(Decimal(f"{item.bytes / 1e6:.1f}"), language, decimals=1)
    return f"{size}&nbsp;MB"


def fill_places(site: Path, items: Sequence[Item]) -> int:
    """Put the list of editions where pages have a place for it; return the number of such pages."""
    filled = 0
    for file in sorted(site.rglob("*.html")):
        page = file.read_text(encoding="utf-8")
        if not PLACE.search(page):
            continue
        name = file.relative_to(site)
        language = Language.ES if name.parts[0] == Language.ES.value else Language.EN
        up = "../" * (len(name.parts) - 1)
        shelf = shelf_html(items, language, up)
        before, after = PLACE.split(page, maxsplit=1)
        file.write_text(f"{before}{shelf}{after}", encoding="utf-8")
        filled += 1
    return filled


def shelf_html(items: Sequence[Item], language: Language, up: str = "") -> str:
    """The list of editions as a table; ``up`` leads from the page to the root of the site."""
    head = "".join(f'<th scope="col">{escape(column[language])}</th>' for column in _COLUMNS)
    rows = "".join(_row(item, language, up) for item in items if item.chapter is None)
    caption = escape(_CAPTION[language])
    return (
        '<div class="editions"><div class="table-scroll" tabindex="0" role="region"'
        f' aria-label="{caption}"><table class="data-table"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_chapters(items, language, up)}</div>"
    )


def _chapters(items: Sequence[Item], language: Language, up: str) -> str:
    """The chapters of the page's own language, one by one."""
    listed = "".join(
        f'<li><a href="{escape(up + item.path)}" download>{escape(item.chapter)}</a>'
        f" ({_extent(item, language)})</li>"
        for item in items
        if item.chapter is not None and item.language == language
    )
    return f"<p>{escape(_CHAPTERS[language])}</p><ul>{listed}</ul>" if listed else ""


def _row(item: Item, language: Language, up: str) -> str:
    pages = str(item.pages) if item.pages is not None else "–"
    date = formatting.period(parse(item.date[:10]), language)
    link = f'<a href="{escape(up + item.path)}" download>{escape(_name(item)[language])}</a>'
    return (
        f'<tr><th scope="row">{link}</th><td class="num">{_megabytes(item, language)}</td>'
        f'<td class="num">{pages}</td><td>{escape(date)}</td>'
        f"<td><code>{item.sha256}</code></td></tr>"
    )


def _name(item: Item) -> Text:
    if item.path.endswith(".zip"):
        return _ZIP
    text = _PDF if item.language == Language.EN.value else _PDF_ES
    title = NAME.en if item.language == Language.EN.value else NAME.es
    return Text(text.en.format(title=title), text.es.format(title=title))
