"""Writes a document as PDF/UA-1: fonts and pictures from the project, nothing from elsewhere."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from factbook.charts.drawing import Drawing
from factbook.editions.pdf.lines import filled
from factbook.editions.pdf.pagination import estimated
from factbook.editions.pdf.repair import finish
from factbook.editions.pdf.shaping import shared
from factbook.editions.pdf.streams import joined
from factbook.editions.pdf.styles import own_styles
from factbook.editions.pdf.tags import completed
from factbook.errors import FactbookError

FONTS = (
    ("Hoja Sans", "HojaSans-Regular.ttf", 400, "normal"),
    ("Hoja Sans", "HojaSans-SemiBold.ttf", 600, "normal"),
    ("Hoja Serif", "HojaSerif-Regular.ttf", 400, "normal"),
    ("Hoja Serif", "HojaSerif-Italic.ttf", 400, "italic"),
    ("Hoja Serif", "HojaSerif-SemiBold.ttf", 600, "normal"),
    ("Hoja Serif", "HojaSerif-SemiBoldItalic.ttf", 600, "italic"),
)
NO_PANGO = (
    "the PDF editions need the system library Pango, which is not here; install it (Debian and"
    " Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install"
    " pango) and build again"
)


def require_pango() -> None:
    """Raise :class:`FactbookError` where Pango is missing: minutes before the first PDF is laid out."""
    try:
        import weasyprint.text.ffi  # noqa: F401
    except OSError:
        raise FactbookError(NO_PANGO) from None


def font_faces() -> str:
    """The style rules that name the fonts' files."""
    return "".join(
        f"@font-face {{ font-family: '{family}'; src: url(font:{file});"
        f" font-weight: {weight}; font-style: {style}; }}\n"
        for family, file, weight, style in FONTS
    )


@dataclass(frozen=True, slots=True)
class Materials:
    """What a document may load: the folder of fonts, the charts by id, the folder of pictures."""

    fonts: Path
    drawings: Mapping[str, Drawing]
    images: Path


def write_pdf(html: str, target: Path, materials: Materials) -> int:
    """Lay out ``html`` and write it to ``target``; return the number of pages.

    Raises :class:`FactbookError` where Pango is missing or the document has a fault.
    """
    require_pango()
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fetch = _fetcher(materials)
    part = target.with_suffix(".part")
    with _faults() as faults, shared():
        with estimated(), filled():
            document = _parsed(HTML, html, fetch).render(
                font_config=FontConfiguration(), pdf_variant="pdf/ua-1", optimize_images=False
            )
        with completed() as margins, joined():
            identifier = hashlib.sha256(html.encode("utf-8")).digest()[:16]
            document.write_pdf(
                part,
                pdf_identifier=identifier,
                pdf_variant="pdf/ua-1",
                uncompressed_pdf=True,  # the last pass compresses
            )
    if faults:
        part.unlink(missing_ok=True)
        raise FactbookError("\n".join(f"{target.name}: {fault}" for fault in dict.fromkeys(faults)))
    finish(part, target, margins.marks)
    part.unlink()
    return len(document.pages)


def _parsed(kind: Any, html: str, fetch: Any) -> Any:
    """The document as WeasyPrint holds it; ours is well-formed, which spares its forgiving parser."""
    from cssselect2 import ElementWrapper

    class Document(kind):  # type: ignore[misc]
        """With fewer styles of the engine's own."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [own_styles()]

    document = Document.__new__(Document)
    document.base_url = "book:"
    document.url_fetcher = fetch
    document.media_type = "print"
    tree = ElementTree.fromstring(html)
    document.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
    document.etree_element = tree
    return document


def _fetcher(materials: Materials) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Gives fonts, charts and own pictures; refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The resource of one of our own addresses."""
            scheme, _, name = url.partition(":")
            name = name.lstrip("/")
            if scheme == "font":
                return URLFetcherResponse(url, (materials.fonts / name).read_bytes())
            if scheme == "chart" and name in materials.drawings:
                kind = {"Content-Type": "image/svg+xml"}
                return URLFetcherResponse(url, materials.drawings[name].paper.encode("utf-8"), kind)
            if scheme == "image":
                kind = {"Content-Type": "image/svg+xml"} if name.endswith(".svg") else {}
                return URLFetcherResponse(url, (materials.images / name).read_bytes(), kind)
            raise ValueError(f"the PDF may not load {url}")

    return Fetcher(allowed_protocols=("font", "chart", "image", "data"))


@contextmanager
def _faults() -> Iterator[list[str]]:
    """What WeasyPrint complains about: errors only, its notes on style rules are not for readers."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler = Collector(level=logging.ERROR)
    before, logger.propagate = logger.propagate, False
    kept, logger.handlers = logger.handlers, [handler]
    try:
        yield found
    finally:
        logger.handlers = kept
        logger.propagate = before
