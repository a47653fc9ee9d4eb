"""The published files beside the pages: the dataset as tables, its sources, where figures are used."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from lxml import html as lxml_html

from factbook import citations, formatting
from factbook.charts.drawing import Drawing
from factbook.citation_formats import FORMATS, Work, entry, gathered
from factbook.dataset import Dataset
from factbook.editions.flat import ROWS, observation_rows
from factbook.editions.package import descriptor
from factbook.figure import Figure
from factbook.markup.addresses import DATA_PAGES, Addresses
from factbook.markup.citing import CITATIONS, citations_of, derived_work, entries_script, work_of
from factbook.markup.citing import ROWS as ROWS_OF_CITATIONS
from factbook.markup.data_pages import download_of
from factbook.markup.explore import SERIES, series_script
from factbook.markup.figures import Page
from factbook.markup.pictures import CHARTS
from factbook.memory import Shelf
from factbook.model import Language
from factbook.published import FOLDER, OBSERVATIONS, PACKAGE, SOURCES, TABLES, USAGE
from factbook.release import Release


def write_downloads(
    site: Path,
    dataset: Dataset,
    release: Release,
    asked: Iterable[str] = (),
    shelf: Shelf | None = None,
) -> None:
    """Write the dataset's files into ``site/data``, but for :func:`write_usage`.

    ``asked`` are the ids of figures on pages and in charts: some computed ones exist only because
    these ask for them. A ``shelf`` whose ground holds the data may have the citations already.
    """
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if table is not USAGE:
            _write_csv(folder / table.file, table.header, ROWS[table.name](dataset))
    for indicator, observations in dataset.by_indicator.items():
        file = site / download_of(indicator)
        file.parent.mkdir(exist_ok=True)
        _write_csv(file, OBSERVATIONS.header, observation_rows(dataset, observations))
    entries = [citations.csl_json(source) for source in dataset.sources.values()]
    _write_json(folder / SOURCES, entries, sort_keys=True)
    _write_json(folder / PACKAGE, descriptor(release))
    asked = sorted(set(asked))
    depends = "\n".join((repr(release), *asked))
    for language in Language:
        make = partial(citation_files, dataset, language, release, asked)
        name = f"citations in {language.value}"
        files = make() if shelf is None else shelf.kept(name, depends, make)
        edition = site if language is Language.EN else site / language.value
        for path, text in files.items():
            (edition / path).parent.mkdir(parents=True, exist_ok=True)
            (edition / path).write_text(text, encoding="utf-8")


def write_usage(site: Path, shelf: Shelf | None = None) -> None:
    """Write which figures the finished pages of ``site`` print, and in which sentences.

    A ``shelf`` may have what pages that did not change print.
    """
    _write_csv(site / FOLDER / USAGE.file, USAGE.header, usage(site, shelf))


def citation_files(
    dataset: Dataset, language: Language, release: Release, asked: Iterable[str]
) -> dict[str, str]:
    """How to cite each figure, and all series as a script: texts by their path in the edition.

    Entries stand once in a file a theme and format, for programs, and once in a script an indicator,
    for the buttons of the rows. ``asked`` is as for :func:`write_downloads`.
    """
    page = Page(dataset, language, Addresses(f"{DATA_PAGES}/index.md"))
    files = {SERIES: series_script(page)}
    entries = citations.references_html(dataset.sources.values(), language)
    themes: dict[str, list[Work]] = {}
    for observation in dataset.observations:
        theme = dataset.indicators[observation.indicator].theme
        source = entries[observation.citation.source]
        themes.setdefault(theme, []).append(work_of(page, observation, release, source))
    for figure in _computed(dataset, asked):
        themes.setdefault(figure.theme, []).append(derived_work(page, figure, release))
    for theme, works in themes.items():
        made = [(work, {form: entry(work, form) for form in FORMATS}) for work in works]
        for form in FORMATS:
            files[citations_of(theme, form)] = gathered((forms[form] for _, forms in made), form)
        for name, own in _by_indicator(made).items():
            files[f"{CITATIONS}/{ROWS_OF_CITATIONS}/{name}.js"] = entries_script(name, own)
    return files


def _by_indicator(
    made: Iterable[tuple[Work, Mapping[str, str]]],
) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    series: dict[str, dict[str, Mapping[str, str]]] = {}
    for work, forms in made:
        series.setdefault(work.id.partition("/")[0], {})[work.key] = forms
    return series


def _computed(dataset: Dataset, asked: Iterable[str]) -> list[Figure]:
    """Every computed figure that has a row, in the order of derivations, areas and periods."""
    found = {f.id: f for name in dataset.derivations for f in dataset.derivable(name)}
    for name in sorted(set(asked)):
        derivation, area, *rest = name.split("/")
        if derivation in dataset.derivations and name not in found:
            found[name] = dataset.derived(derivation, area, "/".join(rest))
    order = list(dataset.derivations)
    return sorted(
        found.values(), key=lambda f: (order.index(f.id.partition("/")[0]), f.area, f.period)
    )


def _write_json(file: Path, content: object, *, sort_keys: bool = False) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=sort_keys) + "\n"
    file.write_text(text, encoding="utf-8")


def write_charts(site: Path, drawings: Mapping[str, Drawing], pixels: Mapping[str, bytes]) -> None:
    """Write each chart's pictures and table into the folder of charts of one language's ``site``.

    ``pixels`` are the PNG pictures by chart id.
    """
    folder = site / CHARTS
    folder.mkdir(parents=True, exist_ok=True)
    for drawing in drawings.values():
        (folder / f"{drawing.id}.svg").write_text(drawing.download, encoding="utf-8")
        (folder / f"{drawing.id}.png").write_bytes(pixels[drawing.id])
        cells = ([cell.text for cell in row] for row in drawing.rows)
        _write_csv(folder / f"{drawing.id}.csv", drawing.columns, cells)


def usage(site: Path, shelf: Shelf | None = None) -> Iterator[list[str]]:
    """Each printed figure of the finished pages with the sentence it stands in.

    Yields (figure id, page address, language, sentence), sorted by page, once for each sentence.
    """
    for file in sorted(site.rglob("*.html")):
        page = file.relative_to(site).as_posix()
        language = Language.ES if page.startswith("es/") else Language.EN
        address = page.removesuffix("index.html")
        if "/data/" in f"/{page}":
            continue
        seen: set[tuple[str, str]] = set()
        text = file.read_text(encoding="utf-8")
        read = partial(printed, text)
        for name, sentence in read() if shelf is None else shelf.kept(page, text, read):
            if (name, sentence) not in seen:
                seen.add((name, sentence))
                yield [name, address, language.value, sentence]


_MARK = "\ufffc"
_NO_PROSE = ("card", "cite", "visually-hidden")
_BLOCKS = ("p", "li", "td", "th", "dd", "h1", "h2", "h3", "h4", "figcaption")


def printed(page: str) -> list[tuple[str, str]]:
    """Each figure in the article of an HTML page, with the sentence or table cell it stands in.

    Without cards and the numbers of references, which would tie a sentence to the next one.
    """
    found: list[tuple[str, str]] = []
    tree = lxml_html.fromstring(page)
    hidden = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in _NO_PROSE)
    for extra in tree.xpath(f"//*[{hidden}]"):
        extra.drop_tree()
    for data in tree.xpath("//article//data[@data-observation or @data-derived]"):
        name = data.get("data-observation") or data.get("data-derived")
        block = next((a for a in data.iterancestors() if a.tag in _BLOCKS), data)
        shown = data.text or ""
        data.text = f"{_MARK}{shown}"
        text = " ".join(block.text_content().split())
        data.text = shown
        found.append((str(name), formatting.sentence_around(text, _MARK)))
    return found


def _write_csv(file: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    file.write_text(buffer.getvalue(), encoding="utf-8")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises."""
    if cell.startswith(("=", "@", "\t")) or (cell[:1] in ("+", "-") and not cell[1:2].isdigit()):
        return f"'{cell}"
    return cell
