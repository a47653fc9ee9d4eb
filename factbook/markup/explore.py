"""The page on which readers choose a series: the form and list in it, and the data that it draws.

Without a script the page is a list of every series with a link to its rows; the form is hidden.
The data is a script, not a file to fetch, because from a disk no page may fetch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from factbook import formatting
from factbook.charts.drawing import Drawing
from factbook.errors import LookupFailure
from factbook.figure import observation_anchor
from factbook.markup.addresses import DATA_PAGES, data_page
from factbook.markup.data_pages import breaks_of
from factbook.markup.figures import Page, country_class, observation_text, says_who
from factbook.markup.html import element, escape, joined
from factbook.markup.unbroken import unbroken
from factbook.model import AreaKind, Indicator, Language, Observation, Rank, Status
from factbook.periods import Period
from factbook.published import OBSERVATIONS

EXPLORE = "explore.md"
SERIES = f"{DATA_PAGES}/series.js"
"""The file of an edition with the data of the page."""

_WORDS = (
    "explore-deprecated",
    "explore-disagrees",
    "explore-empty",
    "explore-keys",
    "explore-open",
    "explore-selection",
    "explore-table",
    "explore-values-n-many",
    "explore-values-n-one",
)
"""The words that the script prints."""
_GROUP = {Language.EN: (",", 4), Language.ES: (formatting.NARROW, 5)}
_POINT = {Language.EN: ".", Language.ES: ","}
_STANDING = ("preferred", "rival", "same", "deprecated")


def form_html(page: Page) -> str:
    """The form, hidden until a script fills it, and the places for chart, table and messages."""
    choose = [
        _field(page, "explore-what", element("select", name="what")),
        element(
            "fieldset",
            element("legend", escape(page.label("explore-places")))
            + element("div", class_="explore-places"),
        ),
        element(
            "div",
            _field(page, "explore-from", element("select", name="from"))
            + _field(page, "explore-to", element("select", name="to")),
            class_="explore-years",
        ),
        element(
            "label",
            element("input", type="checkbox", name="others", checked=True)
            + " "
            + escape(page.label("explore-others")),
            class_="explore-others",
        ),
    ]
    buttons = element("button", escape(page.label("explore-download")), type="button", name="save")
    buttons += " " + element(
        "button", escape(page.label("explore-link")), type="button", name="link"
    )
    form = element(
        "form", joined(choose), class_="explore-form", aria_label=page.label("explore-form")
    )
    shown = [
        form,
        element("p", "", class_="explore-said", role="status"),
        element("figure", "", class_="chart explore-chart"),
        element("p", buttons, class_="explore-actions"),
        element("div", "", class_="explore-table"),
    ]
    return element("div", joined(shown), class_="explore", hidden=True, data_search_exclude=True)


def _field(page: Page, label: str, control: str) -> str:
    return element("label", element("span", escape(page.label(label))) + control)


def series_html(page: Page, title: str, indicators: Iterable[Indicator]) -> str:
    """The series of a theme as a list: each a link to its rows, with how much there is.

    ``title`` is the theme's, by which the form groups its series.
    """
    items: list[str] = []
    for indicator in indicators:
        rows = page.dataset.by_indicator.get(indicator.id, ())
        if not rows:
            continue
        address = page.addresses.to(data_page(indicator.theme), indicator.id)
        link = element("a", escape(indicator.title[page.language]), href=address)
        years = sorted({year for row in rows for year in row.period.years()})
        span = f"{years[0]}{formatting.DASH}{years[-1]}" if len(years) > 1 else str(years[0])
        parts = [
            page.dataset.units[indicator.unit].name[page.language],
            page.counted("explore-places-n", len({row.area for row in rows})),
            span,
            page.counted("explore-values-n", len(rows)),
        ]
        # Lines break between the parts only, behind a dot.
        held = (element("span", escape(part)) for part in parts)
        says = element("span", f"{formatting.NO_BREAK}· ".join(held), class_="explore-says")
        items.append(element("li", f"{link} {says}", data_series=indicator.id))
    return element("ul", joined(items), class_="explore-list", data_theme=title)


def charts_html(
    page: Page, charts: Mapping[str, Drawing | None], where: Mapping[str, Sequence[tuple[str, str]]]
) -> str:
    """Charts as a list of links to where they stand; those that stand nowhere are left out."""
    items: list[str] = []
    for name, drawing in charts.items():
        if drawing is None or not where.get(name):
            continue
        path, title = where[name][0]
        link = element("a", escape(drawing.title), href=page.addresses.to(path, f"chart-{name}"))
        says = element("span", escape(title), class_="explore-says")
        items.append(element("li", f"{link} {says}", id=f"chart-{name}"))
    return element("ul", joined(items), class_="explore-list")


def series_script(page: Page) -> str:
    """Every observation for drawing, as a script."""
    dataset = page.dataset
    seen = {o.area for o in dataset.observations}
    areas = {
        code: [
            area.name[page.language],
            country_class(page, code, "area").strip(),
            1 if area.kind is AreaKind.COUNTRY else 0,
        ]
        for code, area in dataset.areas.items()
        if code in seen
    }
    content = {
        "words": {
            name.removeprefix("explore-"): dataset.labels[name][page.language] for name in _WORDS
        }
        | {
            name: page.label(f"column-{name}")
            for name in ("place", "period", "value", "source", "notes")
        },
        "status": {s.value: page.label(f"status-{s}") for s in Status if s is not Status.NORMAL},
        "number": {"group": _GROUP[page.language], "point": _POINT[page.language]},
        "columns": list(_columns()),
        "last": max((year for o in dataset.observations for year in o.period.years()), default=0),
        "areas": areas,
        "series": {
            known.id: _series(page, known)
            for known in dataset.indicators.values()
            if dataset.by_indicator.get(known.id)
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.leafAndLaw = window.leafAndLaw || {{}}\nleafAndLaw.series = {text}\n"


def _columns() -> Iterable[str]:
    """The columns of a downloaded selection, named as in the published table."""
    names = {"id", "indicator", "area", "period", "value", "low", "high", "unit", "source"}
    return [column for column in OBSERVATIONS.header if column in names]


def _series(page: Page, indicator: Indicator) -> dict[str, object]:
    language = page.language
    breaks: dict[str, list[list[object]]] = {}
    for item, text in breaks_of(page, indicator):
        breaks.setdefault(item.area, []).append([item.period.start.year, text])
    return {
        "title": indicator.title[language],
        "says": indicator.definition[language],
        "unit": page.dataset.units[indicator.unit].name[language],
        "code": indicator.unit,
        "breaks": breaks,
        "rows": _rows(page, indicator),
    }


def _rows(page: Page, indicator: Indicator) -> list[list[object]]:
    """The observations by area, period and standing, numbers as texts so that no digit is lost.

    A row is (area, period, its text, first year, last year, value, low, high, text, standing,
    source, who says it, anchor, status); a year is a fraction where a date is within it, and the
    last one empty where the period is open.
    """
    hold = unbroken(page.language, page.dataset.units.values())
    rows: list[tuple[tuple[object, ...], list[object]]] = []
    for o in page.dataset.by_indicator[indicator.id]:
        first, last = span(o.period)
        standing = _standing(page, o)
        row: list[object] = [
            o.area,
            str(o.period),
            formatting.opening(formatting.period(o.period, page.language)),
            first,
            last,
            *("" if number is None else f"{number:f}" for number in o.magnitude),
            observation_text(page, o),
            _STANDING.index(standing),
            o.citation.source,
            hold(says_who(page, o.citation.source, o.citation.locator)),
            observation_anchor(o),
            "" if o.status is Status.NORMAL else o.status.value,
        ]
        key = (o.area, o.period, _STANDING.index(standing), o.citation.source)
        rows.append((key, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _standing(page: Page, observation: Observation) -> str:
    """How a value stands among those of its place and period."""
    if observation.rank is Rank.DEPRECATED:
        return "deprecated"
    stated = page.dataset.stated(observation.indicator, observation.area, observation.period)
    try:
        best = page.dataset.preferred(stated)
    except LookupFailure:
        return "rival"
    if observation is best:
        return "preferred"
    return "same" if observation.magnitude == best.magnitude else "rival"


def span(period: Period) -> tuple[float | None, float | None]:
    """Where a period lies on an axis of years: a whole year at its number, a day of it near it.

    An interval reaches from its first to its last year; an open end is None.
    """
    ends = [None if end is None else end for end in (period.first, period.last)]
    if not period.is_interval and ends[0] is not None and not ends[0].decade:
        moment = ends[0]
        if moment.month is None:
            return float(moment.start.year), float(moment.start.year)
        middle = (_fraction(moment.start) + _fraction(moment.end)) / 2
        return round(middle, 2), round(middle, 2)
    first = None if ends[0] is None else float(period.start.year)
    last = None if ends[1] is None or period.end is None else float(period.end.year)
    return first, last


def _fraction(day: date) -> float:
    """A day on the axis: the year's number stands in the middle of its days."""
    return day.year - 0.5 + (day.timetuple().tm_yday - 0.5) / 366
