"""Chapters taken out of the whole PDF: the same pages, sound by themselves, links turned outward."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factbook.editions.pdf.document import contents_of, document_html
from factbook.editions.pdf.gate import faults
from factbook.editions.pdf.offprint import Chapter, Contents, write_offprints
from factbook.editions.pdf.render import NO_PANGO, font_faces, write_pdf
from factbook.errors import FactbookError
from factbook.model import Language
from tests.test_pdf import CHAPTER, DATA, DRAWING, IMPRINT, MATERIALS, SECOND, STYLES, Book, _page

pikepdf = pytest.importorskip("pikepdf")
WEB = "https://example.org/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contents, dict[str, int]]:
    """A folder with the whole and its chapters, what they are, and their numbers of pages."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)
    folder = tmp_path_factory.mktemp("offprints")
    pages = (_page("one.md", CHAPTER), _page("two.md", SECOND), _page("data/area.md", DATA))
    book = Book(Language.EN, pages)
    styles = "@page { size: letter; }" + font_faces() + STYLES.read_text(encoding="utf-8")
    html = document_html(book, {"falling": DRAWING}, IMPRINT, styles)
    contents = contents_of(book, IMPRINT)
    write_pdf(html, folder / "whole.pdf", MATERIALS)
    return folder, contents, write_offprints(folder / "whole.pdf", folder, contents)


def test_every_chapter_is_taken_and_sound(
    made: tuple[Path, Contents, dict[str, int]],
) -> None:
    folder, contents, pages = made
    assert [(chapter.slug, chapter.title, chapter.page) for chapter in contents.chapters] == [
        ("one", "One", "one/index.html"),
        ("two", "Two", "two/index.html"),
    ]
    for slug, count in pages.items():
        file = folder / f"{slug}.pdf"
        assert faults(file) == []
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == count == 2, "the chapter and the colophon"
            assert str(pdf.docinfo.Title) == f"{slug.title()} · Leaf & Law"
            with pdf.open_outline() as outline:
                assert [mark.title for mark in outline.root] == [slug.title(), "Colophon"]


def test_pages_keep_their_numbers_and_their_paper(
    made: tuple[Path, Contents, dict[str, int]],
) -> None:
    folder, *_ = made
    with pikepdf.open(folder / "whole.pdf") as whole, pikepdf.open(folder / "two.pdf") as taken:
        labels = [page.label for page in taken.pages]
        assert labels[-1] == str(len(whole.pages))
        same = whole.pages[int(labels[0]) - 1]
        assert same.Contents.read_bytes() == taken.pages[0].Contents.read_bytes()
        width, height = (float(side) for side in taken.pages[0].MediaBox[2:])
        assert (round(width), round(height)) == (612, 792)


def _links(file: Path) -> dict[str, str]:
    with pikepdf.open(file) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        return {str(note.Contents): _leads(note) for note in notes}


def _leads(note: Any) -> str:
    return str(note.get("/Dest", "")) or str(note.A.URI)


def test_links_stay_inside_or_lead_to_the_web(
    made: tuple[Path, Contents, dict[str, int]],
) -> None:
    folder, *_ = made
    links = _links(folder / "one.pdf")
    assert links["Source: Diario, p. 1"] == "one--ref-s"
    assert links["12 ha: its row in the data"] == f"{WEB}data/area/#area_X_2020_s"
    assert links["the other chapter, in this document"] == f"{WEB}two/#part"
    assert links["In words and numbers, in this document"] == f"{WEB}one/#chart-falling"


def test_the_whole_is_left_as_it_was_and_taking_again_gives_the_same_bytes(
    made: tuple[Path, Contents, dict[str, int]], tmp_path: Path
) -> None:
    folder, contents, _ = made
    before = (folder / "whole.pdf").read_bytes()
    write_offprints(folder / "whole.pdf", tmp_path, contents)
    assert (folder / "whole.pdf").read_bytes() == before
    assert (tmp_path / "two.pdf").read_bytes() == (folder / "two.pdf").read_bytes()


def test_a_chapter_holds_nothing_of_the_others(
    made: tuple[Path, Contents, dict[str, int]],
) -> None:
    folder, *_ = made
    with pikepdf.open(folder / "two.pdf") as pdf:
        kinds = [str(o.get("/S")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        assert "/Figure" not in kinds
        assert "/XObject" not in pdf.pages[0].Resources or not pdf.pages[0].Resources.XObject


def test_a_chapter_that_is_not_in_the_book_is_named(
    made: tuple[Path, Contents, dict[str, int]], tmp_path: Path
) -> None:
    folder, *_ = made
    wanted = Contents("Leaf & Law", (Chapter("three", "Three", "three/index.html", WEB),), {})
    with pytest.raises(FactbookError, match="the PDF has no part 'three' to take out"):
        write_offprints(folder / "whole.pdf", tmp_path, wanted)
