"""How to cite a chart, as every work of ours is cited, and how to link to it."""

from __future__ import annotations

from factbook import formatting
from factbook.charts.drawing import Drawing
from factbook.charts.worker import source_line
from factbook.citation_formats import Work
from factbook.identity import MAKERS, NAME
from factbook.markup.addresses import page_url
from factbook.markup.citing import forms_html
from factbook.markup.figures import Page
from factbook.markup.html import element, escape
from factbook.periods import parse
from factbook.release import LICENCE_NAME, Release


def chart_anchor(chart: str) -> str:
    """The anchor of a chart on the pages that print it."""
    return f"chart-{chart}"


def permalink(page: Page, drawing: Drawing, release: Release) -> str:
    """The full address of the chart on this page of the hosted site."""
    path = page_url(page.addresses.page, directories=True)
    return f"{release.address(path, page.language)}#{chart_anchor(drawing.id)}"


def chart_work(page: Page, drawing: Drawing, release: Release) -> Work:
    """A chart as a work to cite: ours, with who counted what it plots, and its licence."""
    makers, site = MAKERS[page.language], NAME[page.language]
    version = page.label("cite-version", version=release.version)
    title = f"{drawing.title}. {drawing.subtitle}"
    kind = page.label("cite-chart-kind")
    counted = source_line(page.dataset, drawing.sources, page.language).rstrip(".")
    stated = f"{counted}. {LICENCE_NAME}."
    day = release.created[:10]
    dated = formatting.period(parse(day), page.language)
    address = permalink(page, drawing, release)
    return Work(
        id=chart_anchor(drawing.id),
        key=chart_anchor(drawing.id),
        type="graphic",
        text=f"{makers}. {title} [{kind}]. {site}, {version}, {dated}. {stated} {address}",
        title=title,
        authors=({"literal": makers},),
        issued={"date-parts": [[int(part) for part in day.split("-")]]},
        stated=stated,
        site=site,
        version=release.version,
        version_text=version,
        language=page.language.tag,
        url=address,
    )


def cite_html(page: Page, drawing: Drawing, release: Release) -> str:
    """The citation in every format, in a part that is closed at first."""
    summary = element("summary", escape(page.label("cite-chart")))
    forms = forms_html(page, chart_work(page, drawing, release))
    return element("details", summary + forms, class_="chart-cite")
