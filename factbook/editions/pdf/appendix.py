"""The appendices: data by indicator, made compact, and the charts in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from lxml.html import builder as make

from factbook.charts.drawing import Drawing
from factbook.editions.pdf import words
from factbook.editions.pdf.article import table_anchor
from factbook.editions.pdf.book import Book, Page, text_of
from factbook.model import Language

_DERIVED = "observations--derived"
_WHEN, _VALUE, _SOURCE, _NOTES = range(4)
_FORMULA = _SOURCE
"""The columns of a data page's table that paper keeps; the next one says where a figure is used."""

_GAP = "\u2002"


def data_appendix(book: Book, address: str) -> Any | None:
    """All data pages as one chapter: themes, indicators, rows; None without any."""
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
    listed = make.DIV(make.CLASS("rows"))
    part.append(listed)
    chapters = [page.article for page in book.pages if not page.is_data]
    _lead_to_first(pages, chapters)
    wanted = _linked(chapters)
    for page in pages:
        if page.article.find(".//table") is None:
            _alias(part, page)
            continue
        listed.extend(_theme(page, wanted))
    return part


def _linked(articles: Iterable[Any]) -> frozenset[str]:
    return frozenset(
        href[1:]
        for article in articles
        for href in article.xpath(".//a/@href")
        if href.startswith("#")
    )


def _lead_to_first(pages: Iterable[Page], chapters: Iterable[Any]) -> None:
    """Let links to all that is said of a place and period lead to the first of it."""
    first = {
        f"#{cell.get('id')}": f"#{cell.getparent().get('id')}"
        for page in pages
        for cell in page.article.xpath(".//tr[@id]/*[@id]")
    }
    for article in chapters:
        for link in article.xpath(".//a[@href]"):
            link.set("href", first.get(link.get("href"), link.get("href")))


def _alias(part: Any, page: Page) -> None:
    """A page without data is represented by the beginning of the appendix."""
    part.set("id", page.slug)


def _theme(page: Page, wanted: frozenset[str]) -> list[Any]:
    """A theme's heading and its indicators; tables become paragraphs, charts stay in chapters."""
    article = page.article
    for chart in article.find_class("chart"):
        chart.drop_tree()
    for table in article.xpath(".//table[contains(@class, 'observations')]"):
        _set(table, wanted)
    for heading in article.iter("h1", "h2", "h3", "h4"):
        heading.tag = f"h{int(heading.tag[1]) + 1}"
    for section in article.xpath(".//section"):
        section.drop_tag()
    heading = article.find(".//h2")
    heading.set("id", page.slug)
    return list(article)


def _set(table: Any, wanted: frozenset[str]) -> None:
    """Replace a table of observations by paragraphs; one of computed figures that no page prints
    goes, with the section around it.
    """
    derived = _DERIVED in table.get("class", "")
    rows = [row for row in table.iter("tr") if row.get("id")]
    if derived:
        rows = [row for row in rows if row.get("id") in wanted]
    if not rows:
        _drop_section(table)
        return
    before = table
    for paragraph in _paragraphs(rows, _computed if derived else _stated):
        before.addnext(paragraph)
        before = paragraph
    table.drop_tree()


def _paragraphs(rows: list[Any], say: Callable[[Any, str], list[Any]]) -> Iterator[Any]:
    """A paragraph for each place: its periods in order, rivals of one period side by side."""
    for place, of_place in groupby(rows, key=lambda row: text_of(row.getparent().find(".//th"))):
        entry = make.P(make.CLASS("place"), make.B(make.CLASS("place-name"), place + _GAP))
        for when, stated in groupby(of_place, key=lambda row: text_of(row[_WHEN])):
            for number, row in enumerate(stated):
                if number or len(entry) > 1:
                    _close(entry[-1])
                entry.extend(say(row, "" if number else when + _GAP))
        yield entry


def _close(last: Any) -> None:
    """A semicolon after what was said last, within its element: few pieces of text are quick to set."""
    if last.tail or len(last):
        last.tail = f"{last.tail or ''}; "
    else:
        last.text += "; "


def _stated(row: Any, when: str) -> list[Any]:
    """An observation: its value, who says so and where, and what there is to note."""
    rank = row.get("class", "")
    source = row[_SOURCE][0]
    # A row has no cells behind its last one that says something.
    if len(row) > _NOTES and (notes := text_of(row[_NOTES])):
        source.tail = f" ({notes})"
    value = _value(row, when, "span" if rank in {"is-rival", "is-deprecated"} else "b")
    if rank == "is-deprecated":
        value.set("class", "struck")
    return [value, source]


def _computed(row: Any, when: str) -> list[Any]:
    """A computed figure: its value, and what it is computed from."""
    value = _value(row, when, "b")
    value.tail = "= "
    formula = row[_FORMULA]
    formula.tag = "span"
    formula.set("class", "formula")
    return [value, formula]


def _value(row: Any, when: str, tag: str) -> Any:
    return make.E(tag, f"{when}{text_of(row[_VALUE])} ", id=row.get("id"))


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
    for position, cells in enumerate(zip(*drawing.rows, strict=True)):
        if position and any(cell.figure for cell in cells):
            head[position].set("class", "num")
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
