"""What tells programs of the site: the feed of changes, ``robots.txt`` and ``llms.txt``."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from factbook.changelog import FILES, Changes, read_changes
from factbook.chapters import Chapter
from factbook.history import history_of, instant
from factbook.identity import ABOUT, MAKERS, NAME
from factbook.markup.addresses import DATA_PAGES, page_url
from factbook.model import Language, Text
from factbook.published import FOLDER, PACKAGE, PACKAGE_HOLDS, SOURCES, SOURCES_HOLDS, TABLES
from factbook.release import LICENCE, Release

FEED = "feed.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FEED_TITLE = Text(f"{NAME.en}: changes", f"{NAME.es}: cambios")
_FEED_SAYS = Text(
    "What changes in the data and the texts, with the reason",
    "Qué cambia en los datos y en los textos, y por qué",
)
_VERSION = Text("Version {version}", "Versión {version}")
_TO_COME = Text("Since the last release", "Desde la última versión")
_WHAT = Text(
    f"{ABOUT.en} Every number is bound to an observation with its source, the place in it, and the"
    " sources that say otherwise. Figures that sources dispute are kept side by side.",
    f"{ABOUT.es} Cada número está unido a una observación con su fuente, el lugar en ella y las"
    " fuentes que dicen otra cosa. Las cifras en disputa se muestran una al lado de la otra.",
)
_CITING = Text(
    "For a figure, cite the source named in its row first, with the place in it, then this site"
    " with the address of the row. Each page of the data has entries for all of its figures as"
    " text, BibTeX, RIS and CSL-JSON. Do not give one number where the row shows that sources"
    " disagree; do not take a derived figure for an observed one.",
    "Para una cifra, cite primero la fuente que nombra su fila, con el lugar en ella, y luego este"
    " sitio con la dirección de la fila. Cada página de datos tiene entradas de todas sus cifras en"
    " texto, BibTeX, RIS y CSL-JSON. No dé un solo número donde la fila muestra que las fuentes"
    " discrepan; no tome una cifra calculada por una observada.",
)
_HEADS = {
    "pages": Text("Pages", "Páginas"),
    "data": Text("Data pages", "Páginas de datos"),
    "files": Text("Data files", "Archivos de datos"),
    "cite": Text("How to cite", "Cómo citar"),
    "more": Text("More", "Más"),
}
_LICENCE_SAYS = Text("the licence of text and data", "la licencia de textos y datos")
_OTHER = Text("the same in Spanish", "lo mismo en inglés")
_FEED_HOLDS = Text("changes, as an Atom feed", "los cambios, como fuente Atom")

Pages = Mapping[Language, Sequence[Chapter]]


def write_discovery(root: Path, site: Path, pages: Pages, release: Release) -> None:
    """Write the files into the finished ``site``; ``pages`` are those of each language."""
    history = history_of(root, release.date)
    for language in Language:
        folder = site if language is Language.EN else site / language.value
        changed = history.last([FILES[language]])
        feed = feed_of(read_changes(root, language), language, release, changed)
        (folder / FEED).write_bytes(feed)
        text = llms_text(pages[language], language, release)
        (folder / LLMS).write_text(text, encoding="utf-8")
    (site / ROBOTS).write_text(robots_text(release), encoding="utf-8")


def robots_text(release: Release) -> str:
    """Everybody may read everything; the sitemap of each language."""
    maps = [f"Sitemap: {release.address('sitemap.xml', language)}\n" for language in Language]
    return "User-agent: *\nAllow: /\n\n" + "".join(maps)


def feed_of(
    changes: Sequence[Changes], language: Language, release: Release, changed: int
) -> bytes:
    """The feed of a language (RFC 4287): an entry a release; ``changed`` dates what is to come."""
    address = release.address(FEED, language)
    days = [_updated(entry, changed) for entry in changes]
    feed = etree.Element(f"{{{_ATOM}}}feed", {_LANG: language.tag}, nsmap={None: _ATOM})
    _add(feed, "id", address)
    _add(feed, "title", _FEED_TITLE[language])
    _add(feed, "subtitle", _FEED_SAYS[language])
    _add(feed, "updated", max(days, default=instant(changed)))
    _add(feed, "rights", LICENCE)
    _add(_add(feed, "author"), "name", MAKERS[language])
    _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    home = release.address("", language)
    _add(feed, "link", rel="alternate", type="text/html", hreflang=language.tag, href=home)
    for entry, day in zip(changes, days, strict=True):
        _entry(feed, entry, day, address, home, language)
    etree.indent(feed)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _entry(
    feed: etree._Element, changes: Changes, day: str, address: str, home: str, language: Language
) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"{address}#{changes.version or 'unreleased'}")
    title = _VERSION if changes.version else _TO_COME
    _add(entry, "title", title[language].format(version=changes.version))
    _add(entry, "updated", day)
    _add(entry, "link", rel="alternate", type="text/html", href=home)
    items = "".join(f"<li>{_inline(item)}</li>" for item in changes.items)
    _add(entry, "content", f"<ul>{items}</ul>", type="html")


def _updated(changes: Changes, changed: int) -> str:
    return f"{changes.day}T00:00:00Z" if changes.day else instant(changed)


def _inline(text: str) -> str:
    """A line of the list as HTML: escaped, with what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def llms_text(pages: Sequence[Chapter], language: Language, release: Release) -> str:
    """What the site is and where everything lies, as language models read it (llmstxt.org)."""
    own = [page for page in pages if not page.path.startswith(f"{DATA_PAGES}/")]
    own.sort(key=lambda page: page.path != "index.md")
    data = [page for page in pages if page not in own]
    files = [(table.file, table.holds) for table in TABLES]
    files += [(SOURCES, SOURCES_HOLDS), (PACKAGE, PACKAGE_HOLDS)]
    listed = [_line(f, release.address(f"{FOLDER}/{f}"), holds[language]) for f, holds in files]
    more = [
        _line(LICENCE, LICENCE, _LICENCE_SAYS[language]),
        _line(FEED, release.address(FEED, language), _FEED_HOLDS[language]),
        _line(LLMS, release.address(LLMS, language.other), _OTHER[language]),
    ]
    parts = [
        f"# {NAME[language]}",
        f"> {_WHAT[language]}",
        _part("pages", language, [_page_line(page, language, release) for page in own]),
        _part("data", language, [_page_line(page, language, release) for page in data]),
        _part("files", language, listed),
        _part("cite", language, [_CITING[language]]),
        _part("more", language, more),
    ]
    return "\n\n".join(parts) + "\n"


def _part(name: str, language: Language, lines: Sequence[str]) -> str:
    return "\n".join([f"## {_HEADS[name][language]}", "", *lines])


def _page_line(page: Chapter, language: Language, release: Release) -> str:
    address = release.address(page_url(page.path, directories=True), language)
    return _line(page.title, address, str(page.front.get("description", "")))


def _line(name: str, address: str, says: str) -> str:
    return f"- [{_flat(name)}]({address}): {_flat(says)}"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("[", "(").replace("]", ")")
