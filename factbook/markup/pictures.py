"""A chart on a page: caption, inline pictures, source line, description, table, downloads."""

from __future__ import annotations

import re

from factbook import citations, formatting
from factbook.charts.drawing import Cell, Drawing
from factbook.markup.chart_citing import chart_anchor, cite_html, permalink
from factbook.markup.corrections import correct_link, form_address
from factbook.markup.figures import Page
from factbook.markup.html import element, escape, joined
from factbook.markup.records import TIMELINE
from factbook.release import Release

CHARTS = "charts"
"""The folder of an edition in which a chart's downloads lie."""

_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def chart_html(page: Page, drawing: Drawing, figures: dict[str, str], release: Release) -> str:
    """The whole ``<figure>`` of a chart.

    ``figures`` gives for each figure id the address of its row on a data page; ``release`` is what
    a citation names. The pictures are ready SVG; everything else is escaped here.
    """
    caption = element("p", escape(drawing.title), class_="chart-title", id=f"{drawing.id}-title")
    caption += element("p", escape(drawing.subtitle), class_="chart-subtitle")
    parts = [element("figcaption", caption)]
    for layout, svg in (("wide", drawing.wide), ("narrow", drawing.narrow)):
        classes = f"chart-picture chart-picture--{layout}"
        parts.append(element("div", svg, class_=classes, style=_shape(svg)))
    if drawing.note:
        parts.append(element("p", escape(drawing.note), class_="chart-note"))
    parts.append(element("p", escape(source_line(page, drawing)), class_="chart-source"))
    tools = (
        _more(page, drawing),
        _table(page, drawing, figures),
        cite_html(page, drawing, release),
        _files(page, drawing, release),
    )
    parts.append(element("div", joined(tools), class_="chart-tools"))
    return element(
        "figure",
        joined(parts),
        class_="chart",
        id=chart_anchor(drawing.id),
        data_search_exclude=True,
    )


def _shape(picture: str) -> str:
    """The room a picture takes, known before the browser lays it out, which it does when it is near."""
    match = _SIZE.search(picture)
    assert match, "charts/svg.py gives every picture its view box"
    return f"aspect-ratio:{match[1]}/{match[2]}"


def source_line(page: Page, drawing: Drawing) -> str:
    """Who says what the chart plots, computed from the plotted figures.

    A single source is named; of many, their producers: the table leads to each value's own source.
    """
    sources = [page.dataset.source(name) for name in drawing.sources]
    if len(sources) == 1:
        label = citations.attribution(sources[0], page.dataset.producers, page.language)
        return page.label("chart-sources-one", sources=label)
    producers = dict.fromkeys(source.producer for source in sources)
    names = [page.dataset.producers[code].short[page.language] for code in producers]
    listed = formatting.joined(names, page.language)
    return page.label("chart-sources-many", sources=listed, n=len(sources))


def _more(page: Page, drawing: Drawing) -> str:
    summary = element("summary", escape(page.label("chart-description")))
    text = joined(element("p", escape(sentence)) for sentence in drawing.description)
    body = element("div", text, class_="chart-description", id=f"{drawing.id}-description")
    return element("details", summary + body, class_="chart-more")


def _table(page: Page, drawing: Drawing, figures: dict[str, str]) -> str:
    head = joined(element("th", escape(column), scope="col") for column in drawing.columns)
    rows = joined(element("tr", _row(page, row, figures)) for row in drawing.rows)
    table = element("caption", escape(f"{drawing.title}. {drawing.subtitle}"))
    table += element("thead", element("tr", head)) + element("tbody", rows)
    region = element(
        "div",
        element("table", table),
        class_="table-scroll",
        tabindex="0",
        role="region",
        aria_label=page.label("chart-region", title=drawing.title),
    )
    summary = element("summary", escape(page.label("chart-table")))
    return element("details", summary + region, class_="chart-table")


def _row(page: Page, row: tuple[Cell, ...], figures: dict[str, str]) -> str:
    cells = ""
    for position, cell in enumerate(row):
        content = escape(cell.text)
        if cell.figure in figures:
            content = element("a", content, class_="figure", href=figures[cell.figure])
        elif cell.event is not None:
            address = page.addresses.to(TIMELINE, f"event-{cell.event}")
            content = element("a", content, class_="when", href=address)
        if position == 0:
            cells += element("th", content, scope="row")
        else:
            cells += element("td", content, class_="num" if cell.figure else None)
    return cells


def _files(page: Page, drawing: Drawing, release: Release) -> str:
    """The chart to take along: its numbers, its pictures, its address."""
    summary = element("summary", escape(page.label("chart-files")))
    return element("details", summary + _links(page, drawing, release), class_="chart-files")


def _links(page: Page, drawing: Drawing, release: Release) -> str:
    file = f"{CHARTS}/{drawing.id}"
    files = (("chart-data", "csv"), ("chart-picture", "svg"), ("chart-pixels", "png"))
    links = [
        element(
            "a",
            escape(page.label(key)),
            href=page.addresses.to_file(f"{file}.{ending}"),
            download=True,
        )
        for key, ending in files
    ]
    links.append(
        element(
            "a",
            escape(page.label("chart-link")),
            href=permalink(page, drawing, release),
            rel="bookmark",
            aria_label=page.label("chart-link-title", title=drawing.title),
        )
    )
    if page.repository:
        address = form_address(page.repository, page.language, f"chart-{drawing.id}")
        links.append(correct_link(page.label("correct"), address, about=drawing.title))
    return element("ul", joined(element("li", link) for link in links), class_="chart-links")
