"""Synthetic projects of any size, made from the miniature country of the tests; seeded.

A project holds the program as it is, so that what is measured is what people run. It has the same
shape at every size: a chapter prints 25 numbers and a table, and its charts; an indicator has its own
areas and years, a hundred rows share a source, and every fifth indicator has a computed figure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import ceil
from pathlib import Path
from string import Template

from factbook.model import Language
from tests.miniature import REAL
from tests.second_site import NAVIGATION, copy_of_engine

SEED = 1961
NUMBERS_A_CHAPTER = 25
ROWS_A_SOURCE = 100
INDICATORS_A_THEME = 10
LAST_YEAR = 2022

_TEMPLATE = REAL / "factbook/contributing/templates/chart.py.txt"
_CONFIGURATIONS = {Language.EN: "mkdocs.yml", Language.ES: "mkdocs.es.yml"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much a synthetic project holds, beside what the miniature country has already."""

    name: str
    chapters: int
    charts: int
    rows: int

    @property
    def areas(self) -> int:
        """The areas of one indicator: few in a small dataset, more in a large one."""
        return 10 if self.rows < 5_000 else 20 if self.rows < 50_000 else 50

    @property
    def years(self) -> int:
        """The years of one indicator in one area."""
        return 10 if self.rows < 5_000 else 20

    @property
    def indicators(self) -> int:
        """As many as hold the rows."""
        return ceil(self.rows / (self.areas * self.years))

    @property
    def themes(self) -> int:
        """Each is a data page."""
        return ceil(self.indicators / INDICATORS_A_THEME)


SMALL = Size("small", 5, 12, 1_000)
MEDIUM = Size("medium", 50, 120, 1_000)
LARGE = Size("large", 300, 600, 1_000)
MANY = Size("10,000 rows", 5, 12, 10_000)
MOST = Size("100,000 rows", 5, 12, 100_000)


def synthetic(target: Path, size: Size) -> Path:
    """Write the project of a size to ``target``, which must not exist; the same every time."""
    root = copy_of_engine(target)
    _areas(root, size)
    _sources(root, size)
    _indicators(root, size)
    _observations(root, size)
    _charts(root, size)
    pages = [*_theme_pages(root, size), *_chapters(root, size)]
    _configurations(root, pages)
    return root


def indicator(number: int) -> str:
    """The id of an indicator."""
    return f"made-{number:04d}"


def area(number: int) -> str:
    """The code of an area."""
    return f"XA-P{number:03d}"


def _theme(number: int) -> str:
    return f"made-{number // INDICATORS_A_THEME:03d}"


def _source(number: int) -> str:
    return f"made-{number:04d}"


def _chart(number: int) -> str:
    return f"made-{number:04d}"


def _append(file: Path, lines: list[str]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)


def _sort_rows(file: Path, columns: int) -> None:
    """Rows in order of their first cells, as the check wants them."""
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    rows.sort(key=lambda row: row.split(",")[:columns])
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def _areas(root: Path, size: Size) -> None:
    file = root / "data/areas.csv"
    _append(
        file,
        [
            f"{area(n)},department,XA,Ardania {_letters(n)},Ardania {_letters(n)}"
            for n in range(size.areas)
        ],
    )
    _sort_rows(file, 1)


def _letters(number: int) -> str:
    """A name of two capitals, which is no word to be spelt."""
    return chr(65 + number // 26) + chr(65 + number % 26)


def _sources(root: Path, size: Size) -> None:
    file = root / "data/sources.toml"
    head, *records = re.split(r"^(?=\[)", file.read_text(encoding="utf-8"), flags=re.M)
    for n in range(ceil(size.rows / ROWS_A_SOURCE)):
        records.append(
            f'[{_source(n)}]\ntype = "report"\ntitle = "Saffron census"\n'
            f'publisher = "Census Office of Ardania"\nissued = "2023"\naccessed = "2026-11-20"\n'
            f'language = "en"\nURL = "https://census.example/{n}"\nproducer = "census"\n'
            'kind = "primary"\n\n'
        )
    file.write_text(head + _in_order(records), encoding="utf-8")


def _in_order(records: Iterable[str]) -> str:
    """TOML records in the order of their ids, an empty line between them."""
    stripped = (record.strip("\n") + "\n" for record in records)
    return "\n".join(sorted(stripped, key=lambda record: record.partition("]")[0]))


def _indicators(root: Path, size: Size) -> None:
    made, derived = [], []
    for n in range(size.indicators):
        made.append(
            f'\n[{indicator(n)}]\ntheme = "{_theme(n)}"\n'
            'title.en = "Area under saffron"\ntitle.es = "Superficie de azafrán"\n'
            'definition.en = "Land on which saffron stands."\n'
            'definition.es = "Tierra en la que hay azafrán."\n'
            'unit = "ha"\ndecimals = 0\nproducers = ["census"]'
        )
        if n % 5 == 0:
            derived.append(
                f'\n[made-change-{n:04d}]\ntheme = "{_theme(n)}"\n'
                'label.en = "Change of the area"\nlabel.es = "Cambio de la superficie"\n'
                'unit = "percent"\ndecimals = 1\nformula = "100 * (new / old - 1)"\n'
                f'inputs = {{ new = "{indicator(n)}", old = "{indicator(n)}@-1" }}\n'
                'areas = ["XA/*"]'
            )
    for name, records in (("indicators", made), ("derived", derived)):
        file = root / f"data/{name}.toml"
        head, *own = re.split(r"^(?=\[)", file.read_text(encoding="utf-8"), flags=re.M)
        file.write_text(head + _in_order((*own, *records)), encoding="utf-8")


def _observations(root: Path, size: Size) -> None:
    chance = random.Random(SEED)
    row = 0
    for n in range(size.indicators):
        lines = ["area,period,value,low,high,qualifier,status,rank,source,locator,note"]
        for place, back in product(range(size.areas), range(size.years)):
            year = LAST_YEAR - size.years + 1 + back
            source = _source(row // ROWS_A_SOURCE)
            value = chance.randint(1_000, 9_999)
            page = row % ROWS_A_SOURCE + 1
            lines.append(f"{area(place)},{year},{value},,,exact,normal,,{source},p. {page},")
            row += 1
            if row == size.rows:
                break
        text = "\n".join(lines) + "\n"
        (root / f"data/observations/{indicator(n)}.csv").write_text(text, encoding="utf-8")


def _charts(root: Path, size: Size) -> None:
    template = Template(_TEMPLATE.read_text(encoding="utf-8").replace("# TODO: ", "# "))
    for n in range(size.charts):
        words = {"id": _chart(n), "indicator": indicator(n % size.indicators), "title": "Saffron"}
        words["areas"] = ", ".join(f'"{area((n + k) % size.areas)}"' for k in range(3))
        module = root / f"factbook/charts/{_chart(n).replace('-', '_')}.py"
        module.write_text(template.substitute(words), encoding="utf-8")


_TITLES = {Language.EN: "Saffron", Language.ES: "Azafrán"}
_SENTENCES = {
    Language.EN: "Saffron stood on {} of the fields, says the census.",
    Language.ES: "Había azafrán en {} de los campos, dice el censo.",
}
_SECTIONS = {Language.EN: ("Fields", "References"), Language.ES: ("Campos", "Referencias")}


def _theme_pages(root: Path, size: Size) -> Iterator[str]:
    _append(
        root / "data/codes.csv",
        [f"theme,{_theme(n * INDICATORS_A_THEME)},saffron,azafrán" for n in range(size.themes)],
    )
    _sort_rows(root / "data/codes.csv", 2)
    for n in range(size.themes):
        theme = _theme(n * INDICATORS_A_THEME)
        for language in Language:
            body = f'{{{{ theme("{theme}") }}}}\n'
            _page(root, language, f"data/{theme}.md", body)
        yield f"data/{theme}.md"


def _chapters(root: Path, size: Size) -> Iterator[str]:
    chance = random.Random(SEED + 1)
    charts = iter(range(size.charts))
    for n in range(size.chapters):
        share = size.charts * (n + 1) // size.chapters - size.charts * n // size.chapters
        here = list(islice(charts, share))
        calls = []
        for _ in range(NUMBERS_A_CHAPTER):
            made = indicator(chance.randrange(max(1, size.indicators - 1)))
            year = LAST_YEAR - chance.randrange(size.years)
            calls.append(
                f'{{{{ figure("{made}", "{area(chance.randrange(size.areas))}", {year}) }}}}'
            )
        for language in Language:
            _page(root, language, f"chapter-{n:03d}.md", _prose(language, calls, here))
        yield f"chapter-{n:03d}.md"


def _prose(language: Language, calls: list[str], charts: list[int]) -> str:
    section, references = _SECTIONS[language]
    lines = [f"## {section}", ""]
    for at, call in enumerate(calls):
        lines += [_SENTENCES[language].format(call), *([""] if at % 5 == 4 else [])]
    lines += [f'{{{{ table("{indicator(0)}", ["{area(0)}", "{area(1)}"]) }}}}', ""]
    for chart in charts:
        lines += [f'{{{{ chart("{_chart(chart)}") }}}}', ""]
    return "\n".join([*lines, f"## {references}", "", "{{ references() }}", ""])


def _page(root: Path, language: Language, path: str, body: str) -> None:
    title = _TITLES[language]
    head = f"---\ntitle: {title}\ndescription: {title}.\n---\n\n# {title}\n\n"
    (root / "docs" / language.value / path).write_text(head + body, encoding="utf-8")


def _configurations(root: Path, pages: list[str]) -> None:
    navigation = NAVIGATION.replace("  - Farming: farming.md\n", "  - farming.md\n")
    navigation += "".join(f"  - {page}\n" for page in pages)
    for name in _CONFIGURATIONS.values():
        text = (REAL / name).read_text(encoding="utf-8")
        text = re.sub(r"^nav:\n(?:[ #].*\n)+", navigation, text, flags=re.M)
        (root / name).write_text(text, encoding="utf-8")


def edit_chapter(root: Path, path: str, at: int) -> None:
    """Change the text of one English chapter; no two edits in a row leave the same."""
    file = root / "docs/en" / path
    text = file.read_text(encoding="utf-8").partition("\n<!-- edited")[0]
    file.write_text(f"{text}\n<!-- edited{' again' * at} -->\n", encoding="utf-8")


def edit_value(root: Path, at: int) -> None:
    """Change one value of the first indicator."""
    file = root / f"data/observations/{indicator(0)}.csv"
    head, first, rest = file.read_text(encoding="utf-8").split("\n", 2)
    cells = first.split(",")
    cells[2] = str(5_000 + at)
    file.write_text("\n".join([head, ",".join(cells), rest]), encoding="utf-8")
