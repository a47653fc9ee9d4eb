"""The data pages: each indicator with all its observations, each derived figure with its formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from factbook import formatting
from factbook.errors import LookupFailure, Place
from factbook.figure import Figure, observation_anchor, rivals_anchor
from factbook.markup.addresses import DATA_PAGES
from factbook.markup.corrections import correct_link, edit_address
from factbook.markup.figures import (
    Page,
    Style,
    country_class,
    figure_link,
    figure_text,
    formula_html,
    observation_text,
    rival_mark,
    says_who,
)
from factbook.markup.html import element, escape, joined
from factbook.markup.records import SOURCES, reference_anchor
from factbook.markup.sparks import series_row
from factbook.model import Break, Derivation, Indicator, Observation, Rank, Status
from factbook.periods import Period

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
    parts.append(element("p", link, class_="indicator-download"))
    return element("section", joined(parts), class_="indicator", data_indicator=indicator.id)


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
    """The table of all observations of an indicator; each row carries its anchor."""
    names = ("place", "period", "value", "source", "notes", "used")
    labels = {name: page.label(f"column-{name}") for name in names}
    head = joined(element("th", escape(labels[name]), scope="col") for name in names)
    rows: list[str] = []
    ordered = sorted(
        page.dataset.by_indicator.get(indicator.id, ()), key=lambda o: (o.area, o.period)
    )
    for area, series in groupby(ordered, key=lambda o: o.area):
        rows.append(series_row(page, indicator, area, len(names)))
        for _, group in groupby(series, key=lambda o: o.period):
            rows += _group(page, tuple(group), labels, uses)
    caption = escape(page.label("table-of", title=indicator.title[page.language]))
    table = element("caption", caption, class_="visually-hidden")
    table += element("thead", element("tr", head)) + element("tbody", joined(rows))
    return element("table", table, class_="observations", data_search_exclude=True)


def _group(
    page: Page, stated: tuple[Observation, ...], labels: Mapping[str, str], uses: Uses
) -> Iterable[str]:
    """The rows of one area and period: the preferred value first, then rivals, then deprecated."""
    try:
        best = page.dataset.preferred(stated)
    except LookupFailure:
        best = None
    anchored = False
    for observation in sorted(stated, key=lambda o: _standing(o, best)):
        anchor = None
        if not anchored:
            anchor = rivals_anchor(observation.indicator, observation.area, observation.period)
            anchored = True
        yield _row(page, observation, best, labels, uses, anchor)


def _standing(observation: Observation, best: Observation | None) -> tuple[int, str]:
    if observation is best:
        return 0, ""
    return (2 if observation.rank is Rank.DEPRECATED else 1), observation.citation.source


def _row(
    page: Page,
    observation: Observation,
    best: Observation | None,
    labels: Mapping[str, str],
    uses: Uses,
    anchor: str | None,
) -> str:
    area = escape(page.dataset.areas[observation.area].name[page.language])
    name = observation_anchor(observation)
    data = element("data", escape(observation_text(page, observation)), value=_machine(observation))
    value = element("a", data, class_="row-link", href=f"#{name}")
    cells = [
        element("th", area, scope="row", data_label=labels["place"], id=anchor),
        _cell("period", labels, escape(formatting.period(observation.period, page.language))),
        _cell("value", labels, value, class_="num"),
        _cell("source", labels, _source(page, observation) + _correct(page, observation.place)),
        _cell("notes", labels, escape(_notes(page, observation, best))),
        _cell("used", labels, _used(page, uses.get(observation.id, ()))),
    ]
    classes = f"observation observation--{_rank_class(observation, best)}"
    classes += country_class(page, observation.area, "observation")
    return element("tr", joined(cells), id=name, class_=classes)


def _cell(name: str, labels: Mapping[str, str], content: str, class_: str | None = None) -> str:
    return element("td", content, data_label=labels[name], class_=class_)


def _rank_class(observation: Observation, best: Observation | None) -> str:
    if observation.rank is Rank.DEPRECATED:
        return "deprecated"
    if observation is best:
        return "preferred"
    return "same" if best and observation.magnitude == best.magnitude else "rival"


def _machine(observation: Observation) -> str:
    if observation.value is not None:
        return f"{observation.value:f}"
    return f"{observation.low:f}/{observation.high:f}"


def _correct(page: Page, place: Place) -> str:
    """A link to the very line in the repository, behind a space."""
    if not page.repository:
        return ""
    return " " + correct_link(page.label("correct"), edit_address(page.repository, place))


def _source(page: Page, observation: Observation) -> str:
    source, locator = observation.citation.source, observation.citation.locator
    address = page.addresses.to(SOURCES, reference_anchor(source))
    return element("a", escape(says_who(page, source, locator)), href=address)


def _notes(page: Page, observation: Observation, best: Observation | None) -> str:
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
    if observation.note is not None:
        parts.append(observation.note[page.language])
    if observation is best and (reason := page.dataset.misfit(observation)) is not None:
        parts.append(page.label("sum-exception", reason=reason[page.language]))
    return "; ".join(parts)


def _used(page: Page, pages: Sequence[tuple[str, str]]) -> str:
    return ", ".join(
        element("a", escape(title), href=page.addresses.to(path)) for path, title in pages
    )


def derived_html(page: Page, derivation: Derivation, figures: Sequence[Figure], uses: Uses) -> str:
    """A derived figure for every area and period it exists for, with its formula and inputs."""
    names = ("place", "period", "value", "formula", "used")
    labels = {
        name: page.label("card-formula" if name == "formula" else f"column-{name}")
        for name in names
    }
    head = joined(element("th", escape(labels[name]), scope="col") for name in names)
    rows = joined(_derived_row(page, figure, labels, uses) for figure in figures)
    title = derivation.label[page.language]
    table = element(
        "caption", escape(page.label("table-of", title=title)), class_="visually-hidden"
    )
    table += element("thead", element("tr", head)) + element("tbody", rows)
    note = ""
    if derivation.note is not None:
        note = element("p", escape(derivation.note[page.language]), class_="indicator-note")
    content = note + element(
        "table", table, class_="observations observations--derived", data_search_exclude=True
    )
    if link := _correct(page, derivation.place):
        content += element("p", link, class_="indicator-download")
    return element("section", content, class_="indicator", data_derived=derivation.id)


def _derived_row(page: Page, figure: Figure, labels: Mapping[str, str], uses: Uses) -> str:
    area = escape(page.dataset.areas[figure.area].name[page.language])
    formula = element("span", formula_html(page, figure), class_="formula")
    value = element("data", escape(figure_text(page, figure)), value=f"{figure.value}")
    cells = [
        element("th", area, scope="row", data_label=labels["place"]),
        _cell("period", labels, escape(formatting.period(figure.period, page.language))),
        _cell("value", labels, value, class_="num"),
        _cell("formula", labels, formula),
        _cell("used", labels, _used(page, uses.get(figure.id, ()))),
    ]
    classes = "observation observation--derived" + country_class(page, figure.area, "observation")
    return element("tr", joined(cells), id=figure.anchor, class_=classes)


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
        cells = element("th", escape(formatting.period(period, page.language)), scope="row")
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
