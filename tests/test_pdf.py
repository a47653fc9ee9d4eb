"""The PDF editions: what a screen reader finds in them, and that the gate sees what is missing."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from factbook.charts.drawing import Cell, Drawing
from factbook.editions.pdf import render
from factbook.editions.pdf.article import level_headings, prepare
from factbook.editions.pdf.book import Book, Page
from factbook.editions.pdf.document import document_html
from factbook.editions.pdf.gate import faults
from factbook.editions.pdf.imprint import Imprint
from factbook.editions.pdf.render import NO_PANGO, Materials, font_faces, write_pdf
from factbook.errors import FactbookError
from factbook.model import Language

pikepdf = pytest.importorskip("pikepdf")

ROOT = Path(__file__).parents[1]
STYLES = ROOT / "factbook" / "editions" / "pdf" / "print.css"
LIMIT = 8_000_000
IMPRINT = Imprint("1.2.3", 1_790_000_000, "f" * 40, "0" * 64, "2026-11", "https://example.org/")
PAPER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><title>T</title>'
    '<rect width="30" height="20" fill="#0A6E58"/>'
    '<text x="2" y="28" font-family="Hoja Sans, sans-serif" font-size="8">12</text></svg>'
)
DRAWING = Drawing(
    id="falling",
    language=Language.EN,
    title="It falls",
    subtitle="Area, hectares",
    note=None,
    description=("From 12 to 3.",),
    figures=(),
    sources=(),
    columns=("Year", "Area"),
    rows=((Cell("2020"), Cell("12 ha", "x")),),
    wide="",
    narrow="",
    paper=PAPER,
    download="",
)
MATERIALS = Materials(
    ROOT / "fonts", {"falling": DRAWING}, ROOT / "overrides" / "assets" / "images"
)
CHAPTER = """
<article><h1 id="one">One<a class="headerlink" href="#one" title="Link">#</a></h1>
<p>In <span class="fact"><a class="figure" href="../data/area/#area_X_2020_s" aria-describedby="c1">
<data value="12">12&nbsp;ha</data></a><span class="card" id="c1">A card</span></span>, says
<cite lang="es">El diario</cite>.<sup class="cite"><a href="#ref-s" title="Diario, p. 1">1</a></sup>
See <a href="../two/#part">the other chapter</a> or <a href="https://example.org/x">the web</a>.</p>
<figure class="chart" id="chart-falling"><figcaption>It falls</figcaption></figure>
<h4>Too deep</h4>
<p>From <b>2018–2021</b> on p. 4–5, A–B.</p>
<details><summary>More</summary><p>Hidden words</p></details>
<h2 id="references">References</h2><ol class="references"><li id="ref-s">Diario.</li></ol></article>
"""
SECOND = """
<article><h1 id="two">Two</h1><h2 id="part">Part</h2><p>Text.</p>
<dl><div class="gloss" id="term-x"><dt>Cato</dt><dd>A plot.</dd></div></dl></article>
"""
DATA = """
<article><h1 id="area">Area</h1><h2 id="area-x">Area under coca</h2><section class="indicator">
<p class="indicator-definition">Land.</p>
<table class="observations"><caption class="visually-hidden">All</caption>
<thead><tr><th scope="col">When</th><th scope="col">Value</th>
<th scope="col">Source</th><th scope="col">Notes</th><th scope="col">Used on</th></tr></thead>
<tbody><tr class="series"><th scope="rowgroup" colspan="5">X</th></tr>
<tr id="area_X_2020_s"><td id="rivals_area_X_2020">2020</td><td>12 ha</td>
<td><a href="../../one/#ref-s">Diario, p. 1</a></td><td>a note</td>
<td><a href="../../one/">One</a></td></tr>
<tr id="area_X_2020_t" class="is-rival"><td>2020</td><td>9 ha</td>
<td><a href="../../one/#ref-s">Revista, p. 2</a></td></tr>
<tr id="area_X_2021_s" class="is-deprecated"><td>2021</td><td>3 ha</td>
<td><a href="../../one/#ref-s">Diario, p. 3</a></td><td>a misprint</td><td></td></tr>
</tbody></table></section>
<h3>Change</h3><section class="indicator"><table class="observations observations--derived">
<tbody><tr class="series"><th scope="rowgroup" colspan="4">X</th></tr>
<tr id="derived_change_X_2021"><td>2021</td><td>-25%</td>
<td><span class="formula">9 / 12</span></td><td></td></tr></tbody></table></section></article>
"""


def _page(path: str, article: str) -> Page:
    return Page(path, lxml_html.fromstring(article))


def _html() -> str:
    pages = (_page("one.md", CHAPTER), _page("two.md", SECOND), _page("data/area.md", DATA))
    styles = font_faces() + STYLES.read_text(encoding="utf-8")
    return document_html(Book(Language.EN, pages), {"falling": DRAWING}, IMPRINT, styles)


def _write(html: str, target: Path) -> int:
    return write_pdf(html, target, MATERIALS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)
    target = tmp_path_factory.mktemp("pdf") / "small.pdf"
    _write(_html(), target)
    return target


def test_a_small_document_has_no_fault(small: Path) -> None:
    assert faults(small) == []


def test_the_same_pages_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    _write(_html(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == small.read_bytes()


def _elements(pdf: Any) -> Iterator[Any]:
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        yield element
        kids = element.get("/K", [])
        waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_words_for_figures_languages_and_links_are_in_the_file(small: Path) -> None:
    with pikepdf.open(small) as pdf:
        elements = list(_elements(pdf))
        alts = [str(e.Alt) for e in elements if e.get("/S") == "/Figure"]
        assert alts == ["It falls. Area, hectares. From 12 to 3."]
        assert "es" in {str(e.Lang) for e in elements if "/Lang" in e}
        says = [str(note.Contents) for page in pdf.pages for note in page.get("/Annots", [])]
        assert "12 ha: its row in the data" in says
        assert "Source: Diario, p. 1" in says
        assert str(pdf.Root.Lang) == "en"


def test_running_heads_are_no_content(small: Path) -> None:
    with pikepdf.open(small) as pdf:
        content = pdf.pages[-1].Contents.read_bytes()
        assert content.count(b"/Artifact BMC") >= 2
        parents = {e.objgen for e in _elements(pdf)}
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        for position in range(len(pdf.pages)):
            for element in nums[2 * position + 1]:
                assert element is None or element.objgen in parents


def test_screen_only_pieces_are_left_out_and_the_rest_is_opened() -> None:
    page = _page("one.md", CHAPTER)
    prepare(page, {"falling": DRAWING}, Language.EN)
    text = page.article.text_content()
    assert "A card" not in text
    assert "#" not in text
    assert "Hidden words" in text


def test_links_lead_to_anchors_of_the_document() -> None:
    html = _html()
    assert 'href="#data-area--area_X_2020_s"' in html
    assert 'href="#two--part"' in html
    assert 'href="https://example.org/x"' in html
    assert 'id="two--part"' in html


def _appendix() -> Any:
    (found,) = lxml_html.fromstring(_html()).find_class("rows")
    return found


def test_the_appendix_says_every_observation_with_its_source_and_rivals() -> None:
    (place,) = _appendix().find_class("place")
    assert place.text_content() == (
        "X\u20022020\u200212 ha Diario, p. 1 (a note); 9 ha Revista, p. 2;"
        " 2021\u20023 ha Diario, p. 3 (a misprint)"
    )
    assert [found.text_content() for found in place.find_class("struck")] == ["2021\u20023 ha "]
    assert len(place.xpath("./b")) == 2, "the place and the preferred value are set apart"


def test_headings_of_columns_stand_over_their_numbers() -> None:
    (table,) = lxml_html.fromstring(_html()).find_class("observations--chart")
    assert [(th.text, th.get("class")) for th in table.iter("th")] == [
        ("Year", None),
        ("Area", "num"),
        ("2020", None),
    ]


def test_a_computed_figure_that_no_chapter_prints_goes_with_its_heading() -> None:
    assert "Change" not in _appendix().text_content()


def test_a_mark_of_rivals_leads_to_the_first_of_them() -> None:
    mark = '<a class="rival" href="../data/area/#rivals_area_X_2020">*</a>'
    pages = (
        _page("one.md", CHAPTER.replace("<details>", f"<p>{mark}</p><details>")),
        _page("data/area.md", DATA),
    )
    html = document_html(Book(Language.EN, pages), {"falling": DRAWING}, IMPRINT, "")
    (found,) = lxml_html.fromstring(html).find_class("rival")
    assert found.get("href") == "#data-area--area_X_2020_s"


@pytest.mark.parametrize(
    ("marks", "printed"),
    [
        ("<sup class='cite'>1</sup><sup class='cite'>2</sup>", "a1,2"),
        ("<sup class='cite'>1</sup> b<sup class='cite'>2</sup>", "a1 b2"),
        ("<sup class='cite'>1</sup><sup class='cite'>1</sup> c", "a1 c"),
    ],
)
def test_marks_of_sources_have_a_comma_only_side_by_side(marks: str, printed: str) -> None:
    page = _page("one.md", f"<article><h1>One</h1><p>a{marks}</p></article>")
    prepare(page, {}, Language.EN)
    assert page.article.find("p").text_content() == printed


def test_no_line_ends_within_a_range() -> None:
    """Of digits, before, in and after elements; between letters a line may end."""
    assert "<p>From <b>2018–\u20602021</b> on p. 4–\u20605, A–B.</p>" in _html()


def test_levels_of_headings_are_not_skipped() -> None:
    article = lxml_html.fromstring("<div><h1>a</h1><h4>b</h4><h5>c</h5><h2>d</h2></div>")
    level_headings(article)
    assert [heading.tag for heading in article] == ["h1", "h2", "h3", "h2"]


def _without(key: str, kind: str) -> Callable[[Any], None]:
    def spoil(pdf: Any) -> None:
        for element in _elements(pdf):
            if element.get("/S") == kind:
                holder = element.A if key == "/Scope" else element
                del holder[key]

    return spoil


def _no_language(pdf: Any) -> None:
    del pdf.Root["/Lang"]


def _skipped(pdf: Any) -> None:
    for element in _elements(pdf):
        if element.get("/S") == "/H2":
            element.S = pikepdf.Name("/H4")


def _silent_links(pdf: Any) -> None:
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            del note["/Contents"]


def _fonts_away(pdf: Any) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        for part in font.get("/DescendantFonts", [font]):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in part.FontDescriptor:
                    del part.FontDescriptor[key]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_without("/Alt", "/Figure"), "no alternative text"),
        (_without("/Scope", "/TH"), "no scope"),
        (_no_language, "no language"),
        (_skipped, "a heading of level 4"),
        (_silent_links, "no description"),
        (_fonts_away, "not embedded"),
    ],
)
def test_the_gate_sees(
    small: Path, tmp_path: Path, spoil: Callable[[Any], None], message: str
) -> None:
    with pikepdf.open(small) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "spoiled.pdf")
    found = faults(tmp_path / "spoiled.pdf")
    assert any(message in fault for fault in found), found


def test_a_picture_from_elsewhere_is_refused(tmp_path: Path) -> None:
    html = (
        '<html lang="en"><head><title>T</title></head><body><h1>T</h1>'
        '<p><img src="https://example.org/x.png" alt="X"/></p></body></html>'
    )
    with pytest.raises(FactbookError, match="may not load"):
        _write(html, tmp_path / "x.pdf")


def test_without_pango_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = __import__

    def missing(name: str, *arguments: Any, **options: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return plain(name, *arguments, **options)

    monkeypatch.setattr("builtins.__import__", missing)
    with pytest.raises(FactbookError) as failure:
        render.write_pdf("", tmp_path / "x.pdf", MATERIALS)
    assert "apt install" in str(failure.value)
    assert "\n" not in str(failure.value)
    importlib.invalidate_caches()


@pytest.mark.site
@pytest.mark.parametrize("name", ["leaf-and-law", "hoja-y-ley"])
def test_the_real_editions_have_no_fault(name: str) -> None:
    file = ROOT / "site" / "editions" / f"{name}.pdf"
    if not file.is_file():
        pytest.skip("needs a built site: make site")
    assert file.stat().st_size < LIMIT
    assert faults(file) == []
