"""The pages that references print: right whatever was estimated, and seldom set twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from pypdf import PdfReader

from factbook.editions.pdf import pagination, render
from factbook.editions.pdf.pagination import estimated
from factbook.editions.pdf.render import NO_PANGO, Materials, font_faces, write_pdf
from factbook.errors import FactbookError

ROOT = Path(__file__).parents[1]
MATERIALS = Materials(ROOT / "fonts", {}, ROOT / "overrides" / "assets" / "images")
STYLES = """
@page { size: 100mm 100mm; margin: 10mm }
html { font: 400 10pt "Hoja Serif" }
div { break-before: page }
a::after { content: " [p. " target-counter(attr(href), page) "]"; font-feature-settings: "tnum" }
"""


@pytest.fixture(autouse=True)
def _pango() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)


def _document(body: str) -> str:
    title = "<title>T</title>"
    style = f"<style>{font_faces()}{STYLES}</style>"
    return f'<html lang="en"><head>{title}{style}</head><body>{body}</body></html>'


def _texts(target: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]


def _chapters(heights: list[int]) -> str:
    """A first page that refers to every chapter, and chapters that refer back and on; a height in
    millimetres is what no estimate from the length of text can know.
    """
    count = len(heights)
    entries = "".join(f'<p><a href="#c{n}" data-says="to {n}">C{n}</a></p>' for n in range(count))
    chapters = "".join(
        f'<div id="c{n}"><h1>Chapter {n}</h1><p style="height: {height}mm">to'
        f' <a href="#c{(n + 1) % count}" data-says="on">next</a></p></div>'
        for n, height in enumerate(heights)
    )
    return entries + chapters


def _faulty(texts: list[str]) -> Iterator[str]:
    """Every printed number that is not the page of its chapter."""
    starts = {
        int(found[1]): page
        for page, text in enumerate(texts, 1)
        if (found := re.search(r"Chapter (\d+)", text))
    }
    for text in texts:
        for chapter, page in re.findall(r"C(\d+) \[p\. (\d+)\]", text):
            if starts[int(chapter)] != int(page):
                yield f"C{chapter} is on {starts[int(chapter)]}, not {page}"
        if found := re.search(r"Chapter (\d+) to next \[p\. (\d+)\]", text):
            following = starts[(int(found[1]) + 1) % len(starts)]
            if following != int(found[2]):
                yield f"chapter {found[1]} says {found[2]} for {following}"


@pytest.mark.parametrize(
    "heights",
    [
        [10, 10, 10],
        [70, 400, 10, 300],  # nine pages are more than any estimate
        [900, 10, 900, 10],  # the numbers have another number of digits than estimated
        [10] * 12,  # more digits as the document goes on
    ],
)
def test_every_number_is_the_page_of_its_target(heights: list[int], tmp_path: Path) -> None:
    write_pdf(_document(_chapters(heights)), tmp_path / "a.pdf", MATERIALS)
    texts = _texts(tmp_path / "a.pdf")
    assert sum(text.count("[p. ") for text in texts) == 2 * len(heights)
    assert list(_faulty(texts)) == []


@pytest.mark.parametrize("characters", [1, 40, 1_000_000])
def test_the_result_is_the_same_whatever_the_estimate(
    characters: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = _document(_chapters([900, 10, 500, 10, 10]))
    write_pdf(html, tmp_path / "a.pdf", MATERIALS)
    monkeypatch.setattr(pagination, "_TEXT", characters)
    write_pdf(html, tmp_path / "b.pdf", MATERIALS)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_reference_to_something_on_no_page_is_a_fault(tmp_path: Path) -> None:
    body = '<p><a href="#gone" data-says="to it">it</a></p><p id="gone" style="display: none">x</p>'
    with pytest.raises(FactbookError, match=r"^a\.pdf: .*#gone"):
        write_pdf(_document(body), tmp_path / "a.pdf", MATERIALS)


def test_numbers_of_as_many_digits_as_estimated_set_no_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.layout import page

    made: list[int] = []
    plain = page.remake_page

    def counted(index: int, *rest: object) -> object:
        made.append(index)
        return plain(index, *rest)

    monkeypatch.setattr(page, "remake_page", counted)
    html = _document(_chapters([100, 100, 100]))  # two pages each, one estimated
    write_pdf(html, tmp_path / "a.pdf", MATERIALS)
    assert made == list(range(len(_texts(tmp_path / "a.pdf"))))
    made.clear()
    monkeypatch.setattr(render, "estimated", nullcontext)
    write_pdf(html, tmp_path / "b.pdf", MATERIALS)
    assert len(made) > len(_texts(tmp_path / "b.pdf"))
    assert _texts(tmp_path / "a.pdf") == _texts(tmp_path / "b.pdf")


def test_afterwards_documents_are_laid_out_as_before() -> None:
    from weasyprint import layout

    plain = layout.make_all_pages
    with pytest.raises(ValueError, match="x"), estimated():
        assert layout.make_all_pages is not plain
        raise ValueError("x")
    assert layout.make_all_pages is plain
