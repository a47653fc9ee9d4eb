"""The appendices: data by indicator, made compact, and the charts in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml.html import builder as make

from factbook.charts.drawing import Drawing
from factbook.editions.pdf import words
from factbook.editions.pdf.article import table_anchor
from factbook.editions.pdf.book import Book, Page, text_of
from factbook.model import Language

_DERIVED = "observations--derived"


def data_appendix(book: Book, address: str) -> Any | None:
    """All data pages as one chapter: themes, indicators, a compact table each; None without any."""
    pages = [page for page in book.pages if page.is_data]
    if not pages:
        return None
    language = book.language
    home = address if language is Language.EN else f"{address}{language}/"
    lead = words.APPENDIX_LEAD[language].format(address=f"{home}data/")
    part = make.DIV(
        make.CLASS("page appendix"),
        make.H1(words.APPENDIX[language], id="appendix"),
        make.P(make.CLASS("lead"), lead),
    )
    wanted = _linked(page.article for page in book.pages if not page.is_data)
    for page in pages:
        if page.article.find(".//table") is None:
            _alias(part, page)
            continue
        _shorten(page, wanted)
        part.append(_theme(page))
    return part


def _linked(articles: Iterable[Any]) -> frozenset[str]:
    return frozenset(
        href[1:]
        for article in articles
        for href in article.xpath(".//a/@href")
        if href.startswith("#")
    )


def _alias(part: Any, page: Page) -> None:
    """A page without data is represented by the beginning of the appendix."""
    part.set("id", page.slug)


def _theme(page: Page) -> Any:
    article = page.article
    article.tag = "div"
    article.set("class", "theme")
    article.set("id", page.slug)
    for heading in article.iter("h1", "h2", "h3", "h4"):
        heading.tag = f"h{int(heading.tag[1]) + 1}"
    return article


def _shorten(page: Page, wanted: frozenset[str]) -> None:
    """Leave out small charts and uses, join source and notes, keep computed figures that are printed."""
    for table in page.article.xpath(".//table[contains(@class, 'observations')]"):
        derived = _DERIVED in table.get("class", "")
        for line in table.xpath(".//tr[contains(concat(' ', @class, ' '), ' series ')]"):
            line.drop_tree()
        for row in table.iter("tr"):
            cells = row.xpath("./th|./td")
            cells[-1].drop_tree()
            if not derived:
                _join(cells[-3], cells[-2])
            for cell in row.xpath("./td//span[@class='formula-inputs']"):
                cell.drop_tree()
            if derived and row.get("id") and row.get("id") not in wanted:
                row.drop_tree()
        if (caption := table.find("caption")) is not None:
            caption.drop_tree()
        if derived and table.find("tbody/tr") is None:
            _drop_section(table)
    for entry in page.article.xpath(".//*[contains(@class, 'derived-entry')]"):
        _drop_entry(entry, wanted)


def _join(source: Any, notes: Any) -> None:
    """One cell for the source and the notes."""
    if said := text_of(notes):
        mark = make.SPAN(make.CLASS("note"), f" {said}")
        source.append(mark)
    notes.drop_tree()


def _drop_entry(entry: Any, wanted: frozenset[str]) -> None:
    if entry.get("id") in wanted:
        return
    parent = entry.getparent()
    entry.drop_tree()
    if len(parent) == 0:
        _drop_section(parent)


def _drop_section(inside: Any) -> None:
    """Remove the section around ``inside``, with the heading before it."""
    section = next((a for a in inside.iterancestors() if a.tag == "section"), inside)
    heading = section.getprevious()
    if heading is not None and heading.tag in {"h1", "h2", "h3"}:
        heading.drop_tree()
    section.drop_tree()


def chart_appendix(drawings: Mapping[str, Drawing], used: Iterable[str], language: Language) -> Any:
    """Each chart's description and table, under its headline."""
    part = make.DIV(
        make.CLASS("page appendix"),
        make.H1(words.TABLES[language], id="chart-tables"),
        make.P(make.CLASS("lead"), words.TABLES_LEAD[language]),
    )
    for name in used:
        drawing = drawings[name]
        part.append(make.H2(drawing.title, id=table_anchor(name)))
        part.append(make.P(make.CLASS("indicator-note"), drawing.subtitle))
        part.append(make.P(make.CLASS("indicator-definition"), " ".join(drawing.description)))
        part.append(_table(drawing))
    return part


def _table(drawing: Drawing) -> Any:
    head = make.TR(*(make.TH(column, scope="col") for column in drawing.columns))
    rows = []
    for cells in drawing.rows:
        row = make.TR()
        for position, cell in enumerate(cells):
            made = make.TH(cell.text, scope="row") if position == 0 else make.TD(cell.text)
            if position and cell.figure:
                made.set("class", "num")
            row.append(made)
        rows.append(row)
    table = make.TABLE(make.THEAD(head), make.TBODY(*rows))
    table.set("class", "observations observations--chart")
    return table
