"""Skeletons of new records, chapters and charts: sound but for what their writer must fill in.

Each place left open carries the mark ``TODO:``, which the check names. Nothing is overwritten, and
nothing is written unless everything can be.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from factbook.charts.series import pointlike, yearly
from factbook.dataset import Dataset
from factbook.errors import FactbookError, FindingsError, did_you_mean
from factbook.model import AreaKind, CodeList, Language
from factbook.tables import Tables, read_tables
from factbook.tables.fields import IDENTIFIER
from factbook.tables.records import records
from factbook.tables.shapes import ObservationRow, fields_of

_TEMPLATES = Path(__file__).parent / "templates"
_CHARTS = "factbook/charts"
_MOST_AREAS = 3
_MOST_LISTED = 50
_CONFIGURATIONS = {Language.EN: "mkdocs.yml", Language.ES: "mkdocs.es.yml"}


@dataclass(slots=True)
class Skeleton:
    """What is to be written (path and whole text), and what its author does next."""

    files: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    next: list[str] = field(default_factory=list)

    def write(self, root: Path) -> str:
        """Write it all and return what to tell; raises where a new file exists already."""
        for path in self.files:
            if path not in self.changed and (root / path).exists():
                raise FactbookError(f"{path} exists already; choose another name, or edit it")
        for path, text in self.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        told = [f"{'added to' if path in self.changed else 'wrote'} {path}" for path in self.files]
        steps = [f"{number}. {step}" for number, step in enumerate(self.next, start=1)]
        return "\n".join([*told, "Next:", *steps])


def new_indicator(
    root: Path, name: str, *, theme: str | None, unit: str | None, producers: tuple[str, ...] = ()
) -> Skeleton:
    """A record of ``indicators.toml`` and an observation table with its header.

    Raises :class:`FactbookError` for a bad or taken name and for codes that stand in no list.
    """
    tables = _tables(root)
    _free(name, tables)
    themes = [code.code for code in tables.codes if code.list is CodeList.THEME]
    theme = _known("theme", theme, themes)
    unit = _known("unit", unit, [record.code for record in tables.units])
    makers = [record.code for record in tables.producers]
    named = ", ".join(f'"{_known("producer", code, makers)}"' for code in producers)
    record = _filled("indicator.toml", id=name, theme=theme, unit=unit, producers=named)
    table = f"data/observations/{name}.csv"
    made = _added(root, "data/indicators.toml", name, record)
    made.files[table] = ",".join(fields_of(ObservationRow)) + "\n"
    made.next = [
        f"fill in what is marked TODO in data/indicators.toml under [{name}]",
        f"add rows to {table}; data/README.md explains the columns",
        *([] if producers else ["name under 'producers' whose value goes first"]),
        "run 'make check'; it names every place that is left open",
    ]
    return made


def new_source(
    root: Path,
    name: str,
    *,
    producer: str | None,
    type: str = "webpage",  # noqa: A002
    kind: str = "primary",
    language: str = "en",
) -> Skeleton:
    """A record of ``sources.toml``; its producer must stand in ``producers.csv``."""
    tables = _tables(root)
    _well_named(name)
    _not_in("data/sources.toml", name, {record.id: record.place.line for record in tables.sources})
    known = [record.code for record in tables.producers]
    producer = _known("producer", producer, known)
    fields = {"type": type, "kind": kind, "language": language, "producer": producer}
    made = _added(root, "data/sources.toml", name, _filled("source.toml", id=name, **fields))
    made.next = [
        f"write its title in data/sources.toml under [{name}], and publisher, issued, accessed,"
        " URL where it has them",
        f'cite it: as the source of a row, or in a chapter with {{{{ cite("{name}", "p. 1") }}}}',
        "run 'make check'",
    ]
    return made


def new_chapter(root: Path, name: str) -> Skeleton:
    """A page in both languages, and its line in the navigation of both."""
    _well_named(name)
    made = Skeleton()
    by_hand: list[str] = []
    for language in Language:
        template = _TEMPLATES / f"chapter.{language.value}.md"
        path = f"docs/{language.value}/{name}.md"
        made.files[path] = template.read_text(encoding="utf-8")
        configuration = _CONFIGURATIONS[language]
        file = root / configuration
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if (grown := _in_navigation(text, f"{name}.md")) is None:
            by_hand.append(configuration)
        else:
            made.files[configuration] = grown
            made.changed.add(configuration)
    made.next = [
        "write both pages where they are marked TODO; the same sections, figures and sources in"
        " both languages",
        *(f"add '- {name}.md' under 'nav:' in {file}" for file in by_hand),
        *([] if by_hand else ["move its line under 'nav:' in both files to where it belongs"]),
        "run 'make check', and see it with 'make serve'",
    ]
    return made


def new_chart(root: Path, name: str, *, indicator: str | None) -> Skeleton:
    """A chart module that draws a yearly series of ``indicator``, and a test of it."""
    _well_named(name)
    stem = name.replace("-", "_")
    if keyword.iskeyword(stem):
        raise FactbookError(f"'{name}' is a word of Python; choose another name for the chart")
    dataset = Dataset(_tables(root))
    known = _known("indicator", indicator, list(dataset.indicators))
    title = dataset.indicator(known).title.en
    words = {"id": name, "stem": stem, "indicator": known, "title": title}
    words["imported"] = ", ".join(sorted((stem, "keys")))
    areas = _areas(dataset, known)
    words["areas"] = ", ".join(f'"{code}"' for code in areas) + ("," if len(areas) == 1 else "")
    made = Skeleton(
        {
            f"{_CHARTS}/{stem}.py": _filled("chart.py.txt", **words),
            f"tests/test_chart_{stem}.py": _filled("test_chart.py.txt", **words),
        }
    )
    made.next = [
        f"write its title where {_CHARTS}/{stem}.py is marked TODO",
        f'print it in a chapter of both languages: {{{{ chart("{name}") }}}}',
        "see it with 'make serve', which follows you while you shape the picture",
        f"put it in order with 'make format', and run its test: uv run pytest tests/test_chart_{stem}.py",
    ]
    return made


def _areas(dataset: Dataset, indicator: str) -> list[str]:
    """The places with the longest yearly series, countries first."""
    codes = sorted({o.area for o in dataset.by_indicator.get(indicator, ())})
    found = {c: len(pointlike(yearly(dataset.series(indicator, c)))) for c in codes}
    long = [code for code in codes if found[code] > 1]
    if not long:
        raise FactbookError(
            f"the indicator '{indicator}' has no place with two yearly values; this chart draws a"
            " series"
        )
    countries = [c for c in long if dataset.areas[c].kind is AreaKind.COUNTRY]
    return sorted(countries or long, key=lambda code: -found[code])[:_MOST_AREAS]


def _tables(root: Path) -> Tables:
    tables = read_tables(root)
    if tables.findings:
        raise FindingsError(tables.findings)
    return tables


def _well_named(name: str) -> None:
    if not IDENTIFIER.fullmatch(name):
        raise FactbookError(
            f"'{name}' is not an id; use lower case, digits and single hyphens, first a letter"
        )


def _free(name: str, tables: Tables) -> None:
    _well_named(name)
    lines = {record.id: record.place.line for record in tables.indicators}
    _not_in("data/indicators.toml", name, lines)
    lines = {record.id: record.place.line for record in tables.derivations}
    _not_in("data/derived.toml", name, lines)


def _not_in(path: str, name: str, lines: Mapping[str, int]) -> None:
    if name in lines:
        raise FactbookError(f"[{name}] stands already in {path}:{lines[name]}; edit it there")


def _known(kind: str, code: str | None, known: list[str]) -> str:
    if code is None:
        raise FactbookError(f"name its {kind} with --{kind}; known are {_listed(known)}")
    if code not in known:
        hint = did_you_mean(code, known) or f" Known: {_listed(known)}"
        raise FactbookError(f"unknown {kind} '{code}'.{hint}")
    return code


def _listed(known: list[str]) -> str:
    more = f" and {len(known) - _MOST_LISTED} more" if len(known) > _MOST_LISTED else ""
    return ", ".join(known[:_MOST_LISTED]) + more


def _filled(template: str, **words: str) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)


def _added(root: Path, path: str, name: str, record: str) -> Skeleton:
    """The file with the record in the order of ids, above the comments of the one behind it."""
    text = (root / path).read_text(encoding="utf-8")
    lines = text.split("\n")
    after = [r.place.line for r in records(path, text)[0] if r.id > name]
    if not after:
        return Skeleton({path: f"{text}\n{record}"}, {path})
    at = min(after) - 1
    while at > 0 and lines[at - 1].startswith("#"):
        at -= 1
    if at == 0 and not lines[0].startswith("["):  # what stands above the first is of the file
        at = min(after) - 1
    return Skeleton({path: "\n".join([*lines[:at], *record.split("\n"), *lines[at:]])}, {path})


def _in_navigation(text: str, page: str) -> str | None:
    """The configuration with the page at the end of the first section, or None without one."""
    match = re.search(r"^nav:\n(?:.*\n)*?(?P<section>  - [^\n]+:\n(?:      - .+\n)+)", text, re.M)
    if match is None:
        return None
    return f"{text[: match.end()]}      - {page}\n{text[match.end() :]}"
