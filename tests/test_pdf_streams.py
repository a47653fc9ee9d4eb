"""Drawn pages are kept as one text each, and the file is the same as without that."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from factbook.editions.pdf.render import NO_PANGO
from factbook.editions.pdf.streams import joined

HTML_OF_TWO_PAGES = """<html lang="en"><title>Reeds</title><style>@page { size: A6 }
  h1 { break-before: page; border-bottom: 0.3pt solid } p { color: #123456; opacity: 0.5 }</style>
  <h1>One</h1><p>Reeds grow <em>slowly</em>, 12.5 of them.</p><h1>Two</h1><p>They bend.</p></html>"""


@pytest.fixture(autouse=True)
def _pango() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)


def written(how: AbstractContextManager[None]) -> bytes:
    """The file, with pages kept in one way or the other."""
    from weasyprint import HTML

    with how:
        made: bytes = HTML(string=HTML_OF_TWO_PAGES).write_pdf(
            pdf_identifier=b"0" * 16, pdf_variant="pdf/ua-1", uncompressed_pdf=True
        )
    return made


def test_the_file_is_the_same_to_the_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert written(joined()) == written(nullcontext())


def test_a_drawn_page_is_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.document import Page

    drawn: list[tuple[int, Any]] = []
    plain = Page.paint

    def noted(page: Any, stream: Any, scale: float = 1) -> None:
        plain(page, stream, scale)
        drawn.append((len(stream.stream), stream))

    monkeypatch.setattr(Page, "paint", noted)
    written(joined())
    assert len(drawn) == 2
    for pieces, stream in drawn:
        assert pieces > 20
        assert len(stream.stream) < 5  # what follows the drawing, if anything, is a handful
    assert Page.paint is noted
