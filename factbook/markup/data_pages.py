"""The data pages: each indicator with all its observations, each derived figure with its formula."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from factbook import formatting
from factbook.errors import LookupFailure
from factbook.figure import Figure, observation_anchor, rivals_anchor
from factbook.markup.addresses import DATA_PAGES
from factbook.markup.corrections import correct_link, edit_address
from factbook.markup.figures import (
    Page,
    Style,
    figure_link,
    figure_text,
    formula_html,
    observation_text,
    rival_mark,
    says_who_html,
)
from factbook.markup.html import element, escape, joined
from factbook.markup.records import SOURCES, reference_anchor
from factbook.markup.sparks import series_name, series_row
from factbook.model import Break, Derivation, Indicator, Observation, Rank, Status
from factbook.periods import Period

_LINE = re.compile(r' data-line="(\d+)"')

Uses = Mapping[str, Sequence[tuple[str, str]]]
"""For each figure id, the pages that print it: (Markdown path, title)."""


def indicator_html(page: Page, indicator: Indicator, uses: Uses) -> str:
    """An indicator whole: title, definition, method, breaks and the table of its observations."""
    language = page.language
    parts = [
        element("p", escape(indicator.definition[language]), class_="indicator-definition"),
        element("p", escape(_method(page, indicator)), class_="indicator-note"),
    ]
    parts += [
        element("p", escape(text), class_="indicator-break")
        for _, text in breaks_of(page, indicator)
    ]
    parts.append(observations_html(page, indicator, uses))
    file = page.addresses.to_file(download_of(indicator.id), shared=True)
    link = element("a", escape(page.label("indicator-download")), href=file, download=True)
    edit = _editor(page, indicator)
    if edit is not None:
        link += " " + correct_link(page.label("correct"), edit)
    parts.append(element("p", link, class_="indicator-download"))
    return _section(joined(parts), data_indicator=indicator.id, data_edit=edit)


def _section(content: str, **says: str | None) -> str:
    """A section with the number of its rows, by which the style sheet keeps room for it."""
    rows = f"--rows:{content.count('<tr')}"
    return element("section", content, class_="indicator", style=rows, **says)


def _editor(page: Page, indicator: Indicator) -> str | None:
    """The file of an indicator's rows in the repository's editor; each row knows its line of it."""
    rows = page.dataset.by_indicator.get(indicator.id, ())
    if not page.repository or not rows:
        return None
    return edit_address(page.repository, rows[0].place).partition("#")[0]


def download_of(indicator: str) -> str:
    """The file of an indicator's observations in the published site, shared by both languages."""
    return f"{DATA_PAGES}/observations/{indicator}.csv"


def _method(page: Page, indicator: Indicator) -> str:
    language = page.language
    unit = page.dataset.units[indicator.unit].name[language]
    parts = [page.label("indicator-unit", unit=unit) + "."]
    if indicator.note is not None:
        parts.append(indicator.note[language])
    rows = page.dataset.by_indicator.get(indicator.id, ())
    present = {page.dataset.producer_of(observation) for observation in rows}
    ordered = [code for code in indicator.producers if code in present]
    if len(ordered) > 1:
        names = [page.dataset.producers[code].short[language] for code in ordered]
        parts.append(page.label("indicator-order", producers=", ".join(names)) + ".")
    return " ".join(parts)


def breaks_of(page: Page, indicator: Indicator) -> Iterable[tuple[Break, str]]:
    """The breaks in an indicator's series, each with what it says to readers."""
    for item in indicator.breaks:
        area = page.dataset.areas[item.area].name[page.language]
        period = formatting.period(item.period, page.language)
        if item.note is None:
            yield item, page.label("break-bare", period=period, area=area)
        else:
            note = item.note[page.language]
            yield item, page.label("break-from", period=period, area=area, note=note)


def observations_html(page: Page, indicator: Indicator, uses: Uses) -> str:
    """The table of all observations of an indicator, one body a place; each row has its anchor.

    The place stands once, as the heading of its rows, and what every row would repeat is left to
    the style sheet and to ``share.js``: the longest of these tables have hundreds of rows.
    """
    rows = sorted(page.dataset.by_indicator.get(indicator.id, ()), key=lambda o: (o.area, o.period))
    names = ("column-period", "column-value", "column-source", "column-notes", "column-used")
    bodies: list[str] = []
    for area, series in groupby(rows, key=lambda o: o.area):
        content = [series_row(page, indicator, area, len(names))]
        for _, group in groupby(series, key=lambda o: o.period):
            content += _group(page, tuple(group), uses)
        bodies.append(_body(page, area, content))
    return _counted_on(_observations(page, indicator.title[page.language], names, bodies))


def _counted_on(table: str) -> str:
    """The table with the line of a row only where it is not the one after that of the row before.

    ``share.js`` counts on: rows stand nearly in the order of their file.
    """
    before = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal before
        follows, before = int(match[1]) == before + 1, int(match[1])
        return "" if follows else match[0]

    return _LINE.sub(kept, table)


def _observations(
    page: Page, title: str, names: Sequence[str], bodies: Iterable[str], class_: str = ""
) -> str:
    labels = [page.label(name) for name in names]
    head = joined(element("th", escape(label), scope="col") for label in labels)
    caption = escape(page.label("table-of", title=title))
    table = element("caption", caption, class_="visually-hidden")
    table += element("thead", element("tr", head)) + joined(bodies)
    # Where rows are stacked, the last cell alone does not speak for itself: its label is there too.
    used = f"--used:{json.dumps(labels[-1], ensure_ascii=False)}"
    return element(
        "table", table, class_=f"observations{class_}", style=used, data_search_exclude=True
    )


def _body(page: Page, area: str, rows: Iterable[str]) -> str:
    """The rows of a place, in its country's colour."""
    country = page.dataset.country_of(area)
    return element("tbody", joined(rows), class_=country.lower() if country else None)


def _group(page: Page, stated: tuple[Observation, ...], uses: Uses) -> Iterable[str]:
    """The rows of one area and period: the preferred value first, then rivals, then deprecated."""
    try:
        best = page.dataset.preferred(stated)
    except LookupFailure:
        best = None
    ordered = sorted(stated, key=lambda o: _standing(o, best))
    for number, observation in enumerate(ordered):
        anchor = None
        if number == 0 and len(ordered) > 1:
            anchor = rivals_anchor(observation.indicator, observation.area, observation.period)
        yield _row(page, observation, best, uses, anchor)


def _standing(observation: Observation, best: Observation | None) -> tuple[int, str]:
    if observation is best:
        return 0, ""
    return (2 if observation.rank is Rank.DEPRECATED else 1), observation.citation.source


def _row(
    page: Page,
    observation: Observation,
    best: Observation | None,
    uses: Uses,
    anchor: str | None,
) -> str:
    name = observation_anchor(observation)
    shown = escape(observation_text(page, observation))
    cells = [
        element("td", escape(_when(page, observation.period)), id=anchor),
        element("td", element("a", shown, href=f"#{name}")),
        element("td", _source(page, observation)),
        element("td", escape(_notes(page, observation, best))),
        element("td", _used(page, uses.get(observation.id, ()))),
    ]
    rank = _rank_class(observation, best)
    return element(
        "tr",
        _cells(cells),
        id=name,
        class_=None if rank == "preferred" else f"is-{rank}",
        data_line=str(observation.place.line) if page.repository else None,
    )


def _rank_class(observation: Observation, best: Observation | None) -> str:
    if observation.rank is Rank.DEPRECATED:
        return "deprecated"
    if observation is best:
        return "preferred"
    return "same" if best and observation.magnitude == best.magnitude else "rival"


def _source(page: Page, observation: Observation) -> str:
    source, locator = observation.citation.source, observation.citation.locator
    address = page.addresses.to(SOURCES, reference_anchor(source))
    return element("a", says_who_html(page, source, locator), href=address)


def _notes(page: Page, observation: Observation, best: Observation | None) -> str:
    """How a value stands, what the data say of it, and what does not add up: a sentence each."""
    said = ["; ".join(_told(page, observation, best))]
    if observation.note is not None:
        said.append(observation.note[page.language])
    if observation is best and (reason := page.dataset.misfit(observation)) is not None:
        said.append(page.label("sum-exception", reason=reason[page.language]))
    sentences = [formatting.opening(text) for text in said if text]
    ended = [text if text.endswith(".") else f"{text}." for text in sentences[:-1]]
    return " ".join((*ended, *sentences[-1:]))


def _told(page: Page, observation: Observation, best: Observation | None) -> list[str]:
    parts: list[str] = []
    rank = _rank_class(observation, best)
    if observation.rank is Rank.PREFERRED:
        parts.append(page.label("rank-preferred"))
    elif rank in {"rival", "deprecated"}:
        parts.append(page.label(f"rank-{rank}"))
    if observation.value is not None and observation.low is not None:
        unit = page.dataset.units[page.dataset.indicators[observation.indicator].unit]
        shown = formatting.quantity(
            unit,
            page.language,
            value=None,
            low=observation.low,
            high=observation.high if observation.high is not None else observation.value,
            qualifier=observation.qualifier,
            decimals=page.dataset.indicators[observation.indicator].decimals,
            with_qualifier=False,
        )
        parts.append(page.label("figure-range", range=shown))
    if observation.status is not Status.NORMAL:
        parts.append(page.label(f"status-{observation.status}"))
    return parts


def _when(page: Page, period: Period) -> str:
    """A period as it opens a row."""
    return formatting.opening(formatting.period(period, page.language))


def _used(page: Page, pages: Sequence[tuple[str, str]]) -> str:
    return ", ".join(
        element("a", escape(title), href=page.addresses.to(path)) for path, title in pages
    )


def derived_html(page: Page, derivation: Derivation, figures: Sequence[Figure], uses: Uses) -> str:
    """A derived figure for every area and period it exists for, with its formula and inputs."""
    names = ("column-period", "column-value", "card-formula", "column-used")
    bodies: list[str] = []
    for area, series in groupby(figures, key=lambda figure: figure.area):
        rows = [series_name(page, area, len(names))]
        rows += [_derived_row(page, figure, uses) for figure in series]
        bodies.append(_body(page, area, rows))
    content = ""
    if derivation.note is not None:
        content = element("p", escape(derivation.note[page.language]), class_="indicator-note")
    title = derivation.label[page.language]
    content += _observations(page, title, names, bodies, " observations--derived")
    if page.repository:
        link = correct_link(page.label("correct"), edit_address(page.repository, derivation.place))
        content += element("p", link, class_="indicator-download")
    return _section(content, data_derived=derivation.id)


def _derived_row(page: Page, figure: Figure, uses: Uses) -> str:
    cells = [
        element("td", escape(_when(page, figure.period))),
        element("td", escape(figure_text(page, figure))),
        element("td", formula_html(page, figure)),
        element("td", _used(page, uses.get(figure.id, ()))),
    ]
    return element("tr", _cells(cells), id=figure.anchor)


def _cells(cells: list[str]) -> str:
    """The cells of a row without the empty ones at its end, of which there are thousands."""
    while cells[-1] == "<td></td>":
        cells.pop()
    return joined(cells)


def table_html(
    page: Page, title: str, columns: Sequence[tuple[str, Mapping[Period, Figure]]]
) -> str:
    """A wide table: one row a period, one column a series; a gap says so.

    ``columns`` are (heading, figures by period).
    """
    periods = sorted({period for _, figures in columns for period in figures})
    head = element("th", escape(page.label("column-period")), scope="col") + joined(
        element("th", escape(heading), scope="col", class_="num") for heading, _ in columns
    )
    rows: list[str] = []
    for period in periods:
        cells = element("th", escape(_when(page, period)), scope="row")
        for _, figures in columns:
            cells += element("td", _table_cell(page, figures.get(period)), class_="num")
        rows.append(element("tr", cells))
    table = element("caption", escape(title)) + element("thead", element("tr", head))
    table += element("tbody", joined(rows))
    region = element("table", table, class_="data-table", data_search_exclude=True)
    return element(
        "div", region, class_="table-scroll", tabindex="0", role="region", aria_label=title
    )


def _table_cell(page: Page, figure: Figure | None) -> str:
    if figure is None:
        return element("span", escape(page.label("no-value")), class_="gap")
    return figure_link(page, figure, Style(unit=False)) + rival_mark(page, figure)
