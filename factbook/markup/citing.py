"""How to cite one observation: as text, BibTeX, RIS and CSL-JSON, each naming its own address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from factbook import citations, formatting, locators
from factbook.citation_formats import FORMATS, MEDIA_TYPES, Work, cited, gathered
from factbook.figure import Figure, observation_anchor
from factbook.identity import MAKERS, NAME
from factbook.markup.addresses import DATA_PAGES, data_page, page_url
from factbook.markup.figures import (
    Page,
    figure_text,
    formula_text,
    observation_text,
    says_who,
    what,
)
from factbook.markup.html import element, escape, joined, plain
from factbook.model import Indicator, Observation, Rank
from factbook.release import Release

HOW = "cite"
"""The HTML id of the place on a data page that says how to cite its figures."""

CITATIONS = f"{DATA_PAGES}/citations"
"""The folder of an edition in which the entries of all figures lie."""

ROWS = "rows"
"""The folder beside those files that holds the entries of each indicator as a script."""


def citations_of(theme: str, form: str) -> str:
    """The file of an edition that holds the entries of a theme in a format."""
    return f"{DATA_PAGES}/citations/{theme}.{form}"


def work_of(page: Page, observation: Observation, release: Release, entry: str) -> Work:
    """The observation as a work to cite; ``entry`` is its source's bibliography entry as HTML."""
    title, stated = _title(page, observation), _stated(page, observation, entry)
    address = _address(page, observation, release)
    via = page.label("cite-via", site=NAME[page.language], version=release.version)
    issued = citations.csl_json(page.dataset.sources[observation.citation.source]).get("issued")
    return Work(
        id=observation.id,
        key=observation_anchor(observation),
        type="dataset",
        text=f"{title}. {stated} {via}. {address}",
        title=title,
        authors=tuple(_authors(page, observation)),
        issued=issued if isinstance(issued, Mapping) else None,
        stated=stated,
        site=NAME[page.language],
        version=release.version,
        version_text=page.label("cite-version", version=release.version),
        language=page.language.tag,
        url=address,
    )


def derived_work(page: Page, figure: Figure, release: Release) -> Work:
    """A computed figure as a work to cite: ours, with its formula and the sources of its inputs."""
    title = f"{what(page, figure)}: {figure_text(page, figure)}"
    sources = "; ".join(says_who(page, c.source, c.locator) for c in figure.citations)
    stated = page.label("cite-computed", formula=formula_text(page, figure), sources=sources)
    path = page_url(data_page(figure.theme), directories=True)
    address = f"{release.address(path, page.language)}#{figure.anchor}"
    makers, version = MAKERS[page.language], page.label("cite-version", version=release.version)
    site = NAME[page.language]
    year, month, day = map(int, release.created[:10].split("-"))
    return Work(
        id=figure.id,
        key=figure.anchor,
        type="dataset",
        text=f"{makers}. {title}. {stated} {site}, {version}. {address}",
        title=title,
        authors=({"literal": makers},),
        issued={"date-parts": [[year, month, day]]},
        stated=stated,
        site=site,
        version=release.version,
        version_text=version,
        language=page.language.tag,
        url=address,
    )


def entries_script(name: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    """The entries of an indicator or derivation as a script that hands them to the page.

    ``entries`` are, by the anchor of the row, those of each format. A script and not JSON, because
    from a disk no page may fetch a file.
    """
    alone = {
        key: {form: gathered([text], form) for form, text in forms.items()}
        for key, forms in entries.items()
    }
    text = json.dumps(alone, ensure_ascii=False, separators=(",", ":"))
    return f"leafAndLaw.cite({json.dumps(name)},{text})\n"


def cite_html(
    page: Page,
    theme: str,
    example: Indicator,
    release: Release,
    entries: Mapping[str, str],
) -> str:
    """How to cite a figure of a theme: the newest one of an indicator, and the files with all."""
    newest = _newest(page.dataset.by_indicator.get(example.id, ()))
    if newest is None:
        return ""
    parts = [
        element("summary", escape(page.label("cite-how"))),
        element("p", escape(page.label("cite-example"))),
        forms_html(page, work_of(page, newest, release, entries[newest.citation.source])),
        element("p", f"{escape(page.label('cite-all'))} {_links(page, theme)}"),
    ]
    rows = page.addresses.to_file(f"{DATA_PAGES}/citations/{ROWS}/")
    return element(
        "details",
        joined(parts),
        class_="cite-how",
        id=HOW,
        data_entries=rows,
        data_search_exclude=True,
    )


def work_html(page: Page, summary: str, work: Work) -> str:
    """How to cite one work, closed until asked for; it needs neither a server nor a script."""
    body = element("summary", escape(summary)) + forms_html(page, work)
    return element("details", body, class_="cite-how", data_search_exclude=True)


def forms_html(page: Page, work: Work) -> str:
    """The citation in every format under its name; a script may add buttons that copy it."""
    rows: list[str] = []
    for form, name in form_names(page).items():
        text = escape(cited([work], form).rstrip("\n")).replace("\n", "&#10;")
        code = element("pre", element("code", text), class_="cite-form")
        rows.append(element("dt", escape(name)) + element("dd", code, data_form=form))
    return element("dl", joined(rows), class_="cite-forms")


def form_names(page: Page) -> dict[str, str]:
    """The formats and how readers know them."""
    return dict(zip(FORMATS, (page.label("cite-text"), "BibTeX", "RIS", "CSL-JSON"), strict=True))


def _newest(observations: Iterable[Observation]) -> Observation | None:
    kept = [o for o in observations if o.rank is not Rank.DEPRECATED]
    return max(kept, key=lambda o: o.period, default=None)


def _links(page: Page, theme: str) -> str:
    links = (
        element(
            "a",
            escape(name),
            href=page.addresses.to_file(citations_of(theme, form)),
            type=MEDIA_TYPES[form],
            download=True,
        )
        for form, name in form_names(page).items()
    )
    return ", ".join(links) + "."


def _title(page: Page, observation: Observation) -> str:
    """``Area under coca, Bolivia, 2022: 29,900 ha``."""
    indicator = page.dataset.indicators[observation.indicator]
    area = page.dataset.areas[observation.area].name[page.language]
    when = formatting.period(observation.period, page.language)
    value = observation_text(page, observation)
    return f"{indicator.title[page.language]}, {area}, {when}: {value}"


def _stated(page: Page, observation: Observation, entry: str) -> str:
    """The source's entry in the bibliography as text, and the place in it."""
    where = locators.printed(observation.citation.locator, page.language)
    return f"{plain(entry).rstrip()} {formatting.opening(where)}."


def _authors(page: Page, observation: Observation) -> list[Mapping[str, str]]:
    """The source's authors, else who published it, else where it appeared, else the producer."""
    source = page.dataset.sources[observation.citation.source]
    if named := citations.authors(source):
        return named
    producer = formatting.opening(page.dataset.producers[source.producer].name[page.language])
    return [{"literal": source.publisher or source.container_title or producer}]


def _address(page: Page, observation: Observation, release: Release) -> str:
    theme = page.dataset.indicators[observation.indicator].theme
    path = page_url(data_page(theme), directories=True)
    return f"{release.address(path, page.language)}#{observation_anchor(observation)}"
