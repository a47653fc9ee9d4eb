"""How to cite one observation: as text, as BibTeX and as CSL-JSON, each naming its own address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from factbook import citations, formatting
from factbook.figure import observation_anchor
from factbook.markup.addresses import DATA_PAGES, data_page, page_url
from factbook.markup.figures import Page, observation_text
from factbook.markup.html import element, escape, joined, plain
from factbook.model import Indicator, Observation, Rank
from factbook.release import NAME, Release

FORMATS = ("txt", "bib", "json")
"""The formats of the files that hold an entry for each observation of a theme."""

_TEX = {ord(character): f"\\{character}" for character in "&%$#_{}"}
_TEX |= {ord("~"): "\\textasciitilde{}", ord("^"): "\\textasciicircum{}"}
_TEX |= {ord("\\"): "\\textbackslash{}", 0xA0: "~", 0x202F: "~"}


def citations_of(theme: str, form: str) -> str:
    """The file of an edition that holds the entries of a theme in a format."""
    return f"{DATA_PAGES}/citations/{theme}.{form}"


def citation_text(page: Page, observation: Observation, release: Release, entry: str) -> str:
    """The citation as one line of text; ``entry`` is the source's bibliography entry as HTML."""
    via = page.label("cite-via", site=NAME[page.language], version=release.version)
    address = _address(page, observation, release)
    return f"{_title(page, observation)}. {_stated(page, observation, entry)} {via}. {address}"


def bibtex(page: Page, observation: Observation, release: Release, entry: str) -> str:
    """The citation as an entry of BibTeX in UTF-8; its key is the anchor of the observation."""
    source = page.dataset.sources[observation.citation.source]
    people = [_bib_name(name) for name in _authors(page, observation)]
    site = f"{NAME[page.language]}, {page.label('cite-version', version=release.version)}"
    year = source.issued.year if source.issued is not None else None
    fields = {
        "author": " and ".join(people),
        "title": f"{{{_tex(_title(page, observation))}}}",
        "year": str(year) if year is not None else "",
        "howpublished": _tex(_stated(page, observation, entry)),
        "note": _tex(site),
        "url": _address(page, observation, release),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@misc{{{observation_anchor(observation)},\n" + ",\n".join(lines) + "\n}"


def csl_item(
    page: Page, observation: Observation, release: Release, entry: str
) -> dict[str, object]:
    """The citation as an item of CSL-JSON, a data set that appeared in this site."""
    issued = citations.csl_json(page.dataset.sources[observation.citation.source]).get("issued")
    item: dict[str, object] = {
        "id": observation.id,
        "type": "dataset",
        "title": _title(page, observation),
        "author": _authors(page, observation),
        "issued": issued,
        "container-title": NAME[page.language],
        "version": release.version,
        "note": _stated(page, observation, entry),
        "language": page.language.tag,
        "URL": _address(page, observation, release),
    }
    return {key: value for key, value in item.items() if value}


def entries_of(
    page: Page,
    observations: Iterable[Observation],
    release: Release,
    entries: Mapping[str, str],
    form: str,
) -> str:
    """The text of a file: an entry for each observation, in one of :data:`FORMATS`."""
    known = [(o, entries[o.citation.source]) for o in observations]
    if form == "json":
        return _json([csl_item(page, o, release, entry) for o, entry in known]) + "\n"
    if form == "bib":
        return "\n\n".join(bibtex(page, o, release, entry) for o, entry in known) + "\n"
    return "\n".join(citation_text(page, o, release, entry) for o, entry in known) + "\n"


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
    entry = entries[newest.citation.source]
    parts = [
        element("summary", escape(page.label("cite-how"))),
        element("p", escape(page.label("cite-example"))),
        element("p", escape(citation_text(page, newest, release, entry)), class_="cite-text"),
        _code(bibtex(page, newest, release, entry)),
        _code(_json([csl_item(page, newest, release, entry)])),
        element("p", f"{escape(page.label('cite-all'))} {_links(page, theme)}"),
    ]
    return element("details", joined(parts), class_="cite-how", data_search_exclude=True)


def _newest(observations: Iterable[Observation]) -> Observation | None:
    kept = [o for o in observations if o.rank is not Rank.DEPRECATED]
    return max(kept, key=lambda o: o.period, default=None)


def _code(text: str) -> str:
    return element("pre", element("code", escape(text).replace("\n", "&#10;")))


def _links(page: Page, theme: str) -> str:
    names = (page.label("cite-text"), "BibTeX", "CSL-JSON")
    files = (page.addresses.to_file(citations_of(theme, form)) for form in FORMATS)
    links = (
        element("a", escape(name), href=file, download=True)
        for name, file in zip(names, files, strict=True)
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
    where = formatting.locator(observation.citation.locator, page.language)
    return f"{plain(entry).rstrip()} {where[:1].upper()}{where[1:]}."


def _authors(page: Page, observation: Observation) -> list[Mapping[str, str]]:
    """The source's authors, else who published it, else where it appeared, else the producer."""
    source = page.dataset.sources[observation.citation.source]
    if named := citations.authors(source):
        return named
    producer = page.dataset.producers[source.producer].name[page.language]
    return [{"literal": source.publisher or source.container_title or producer}]


def _bib_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    return f"{_tex(name['family'])}, {_tex(name['given'])}"


def _address(page: Page, observation: Observation, release: Release) -> str:
    theme = page.dataset.indicators[observation.indicator].theme
    path = page_url(data_page(theme), directories=True)
    return f"{release.address(path, page.language)}#{observation_anchor(observation)}"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
