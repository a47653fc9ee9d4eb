"""The published files beside the pages: the dataset as tables, its sources, where figures are used."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from lxml import html as lxml_html

from factbook import citations, formatting
from factbook.charts.drawing import Drawing
from factbook.dataset import Dataset
from factbook.markup.data_pages import download_of
from factbook.markup.pictures import CHARTS
from factbook.model import Language, Observation

COLUMNS = (
    "id",
    "indicator",
    "indicator_en",
    "indicator_es",
    "area",
    "area_en",
    "area_es",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "qualifier",
    "status",
    "rank",
    "producer",
    "source",
    "source_title",
    "locator",
    "note_en",
    "note_es",
)


def write_downloads(site: Path, dataset: Dataset) -> None:
    """Write the dataset's files into ``site/data``; ``site`` holds the finished pages."""
    folder = site / "data"
    folder.mkdir(parents=True, exist_ok=True)
    _write_csv(folder / "observations.csv", COLUMNS, map(_row(dataset), dataset.observations))
    for indicator, observations in dataset.by_indicator.items():
        file = site / download_of(indicator)
        file.parent.mkdir(exist_ok=True)
        _write_csv(file, COLUMNS, map(_row(dataset), observations))
    entries = [citations.csl_json(source) for source in dataset.sources.values()]
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "sources.json").write_text(text, encoding="utf-8")
    _write_csv(folder / "usage.csv", ("figure", "page", "language", "sentence"), usage(site))


def write_charts(site: Path, drawings: Mapping[str, Drawing]) -> None:
    """Write each chart's picture and table into the folder of charts of one language's ``site``."""
    folder = site / CHARTS
    folder.mkdir(parents=True, exist_ok=True)
    for drawing in drawings.values():
        (folder / f"{drawing.id}.svg").write_text(drawing.download, encoding="utf-8")
        cells = ([cell.text for cell in row] for row in drawing.rows)
        _write_csv(folder / f"{drawing.id}.csv", drawing.columns, cells)


def _row(dataset: Dataset) -> Callable[[Observation], list[str]]:
    def row(o: Observation) -> list[str]:
        indicator = dataset.indicators[o.indicator]
        area = dataset.areas[o.area]
        source = dataset.sources[o.citation.source]
        return [
            o.id,
            o.indicator,
            indicator.title.en,
            indicator.title.es,
            o.area,
            area.name.en,
            area.name.es,
            str(o.period),
            *("" if n is None else f"{n:f}" for n in o.magnitude),
            indicator.unit,
            o.qualifier.value,
            o.status.value,
            o.rank.value,
            source.producer,
            source.id,
            source.title,
            o.citation.locator,
            o.note.en if o.note else "",
            o.note.es if o.note else "",
        ]

    return row


def usage(site: Path) -> Iterator[list[str]]:
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
        for name, sentence in _printed(file.read_text(encoding="utf-8")):
            if (name, sentence) not in seen:
                seen.add((name, sentence))
                yield [name, address, language.value, sentence]


_MARK = "\ufffc"
_BLOCKS = ("p", "li", "td", "th", "dd", "h1", "h2", "h3", "h4", "figcaption")


def _printed(page: str) -> Iterator[tuple[str, str]]:
    tree = lxml_html.fromstring(page)
    for extra in tree.xpath(
        "//*[contains(concat(' ', @class, ' '), ' card ') or contains(@class, 'visually-hidden')]"
    ):
        extra.drop_tree()
    for data in tree.xpath("//article//data[@data-observation or @data-derived]"):
        name = data.get("data-observation") or data.get("data-derived")
        block = next((a for a in data.iterancestors() if a.tag in _BLOCKS), data)
        shown = data.text or ""
        data.text = f"{_MARK}{shown}"
        text = " ".join(block.text_content().split())
        data.text = shown
        yield str(name), formatting.sentence_around(text, _MARK)


def _write_csv(file: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    file.write_text(buffer.getvalue(), encoding="utf-8")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises."""
    if cell[:1] in "=@\t" or (cell[:1] in "+-" and not cell[1:2].isdigit()):
        return f"'{cell}"
    return cell
