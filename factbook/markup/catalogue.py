"""What the index of the data pages says of the dataset as a whole: its files, and schema.org's words."""

from __future__ import annotations

from factbook.identity import DATASET, DATASET_HOLDS, NAME
from factbook.markup.figures import Page
from factbook.markup.html import element, escape, joined
from factbook.markup.structured import jsonld_html
from factbook.model import AreaKind, Language
from factbook.published import (
    FOLDER,
    PACKAGE,
    PACKAGE_HOLDS,
    SOURCES,
    SOURCES_HOLDS,
    TABLES,
)
from factbook.release import LICENCE, Release


def downloads_html(page: Page) -> str:
    """A list of the published files: the name, a link, and what it holds."""
    files = [(table.file, table.holds) for table in TABLES]
    files += [(SOURCES, SOURCES_HOLDS), (PACKAGE, PACKAGE_HOLDS)]
    items: list[str] = []
    for file, holds in files:
        address = page.addresses.to_file(f"{FOLDER}/{file}", shared=True)
        link = element("a", escape(file), href=address, download=True)
        items.append(element("li", f"{link}: {escape(holds[page.language])}"))
    return element("ul", joined(items), class_="downloads")


def dataset_jsonld(page: Page, release: Release) -> str:
    """The dataset as JSON-LD, for the index of the data."""
    return jsonld_html(_jsonld(page, release))


def _jsonld(page: Page, release: Release) -> dict[str, object]:
    dataset, language = page.dataset, page.language
    other = language.other
    seen = {o.area for o in dataset.observations}
    countries = (a for a in dataset.areas.values() if a.kind is AreaKind.COUNTRY and a.code in seen)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": release.address(f"{FOLDER}/{PACKAGE}"),
        "name": DATASET[language],
        "alternateName": DATASET[other],
        "description": DATASET_HOLDS[language],
        "url": release.address(f"{FOLDER}/", language),
        "version": release.version,
        "dateModified": release.created[:10],
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": [known.tag for known in Language],
        "creator": {
            "@type": "Organization",
            "name": NAME[language],
            "url": release.address("", language),
        },
        "temporalCoverage": _years(page),
        "spatialCoverage": [{"@type": "Place", "name": a.name[language]} for a in countries],
        "variableMeasured": [i.title[language] for i in dataset.indicators.values()],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.title[language],
                "description": table.holds[language],
                "encodingFormat": "text/csv",
                "contentUrl": release.address(f"{FOLDER}/{table.file}"),
            }
            for table in TABLES
        ],
    }


def _years(page: Page) -> str:
    """The years from the first to the last that an observation touches, as an interval."""
    years = {year for o in page.dataset.observations for year in o.period.years()}
    return f"{min(years)}/{max(years)}" if years else ""
