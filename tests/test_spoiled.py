"""One thing spoiled anywhere is one finding, at the right place; the commands end with 1."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.miniature import MINI, REAL, after, checked

TABLES = sorted(path.relative_to(MINI).as_posix() for path in MINI.glob("data/**/*.csv"))
RECORDS = sorted(path.relative_to(MINI).as_posix() for path in MINI.glob("data/*.toml"))


@dataclass(frozen=True)
class Spoil:
    """A file with one line changed: what it says then, and where the finding must stand."""

    path: str
    line: int
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def expect_one(root: Path, spoil: Spoil) -> str:
    """Assert that the spoiled file gives one finding, in its line, and return the message."""
    code, found = after(root, spoil.path, spoil.text)
    assert [(spoil.path, spoil.line)] == [(path, line) for path, line, _ in found], (spoil, found)
    assert code == 1
    return found[0][2]


def test_the_small_project_is_sound(project: Path) -> None:
    """Nothing is found before anything is spoiled."""
    assert checked(project) == (0, [])


# Cells of CSV files

GARBAGE = {
    "code": ["", "garb age", "Ärda", "a,b"],
    "list": ["", "themes", "Theme"],
    "kind": ["", "kingdom", "Country"],
    "parent": ["XZ", "001 ", "?"],
    "name": ["", " Ardania", "two\nlines"],
    "short": ["", "x "],
    "pattern": ["", "ha", "{m} ha", "{n} {n}", "{n"],
    "group": ["", "goverment"],
    "area": ["", "XZ", "xa", "XA V", "001/2"],
    "period": [
        "",
        "2022-02-30",
        "2022-13",
        "22",
        "2022/2021",
        "2022/2022",
        "soon",
        "2022 ",
        "0000",
    ],
    "value": ["1,234", "12 ha", "NaN", "inf", "1e3", "-5", "+5", "007", ".5", "5.", "٣", "0x10"],
    "low": ["1.234,5", "NaN", "999999", "-1"],
    "high": ["NaN", "12 ha", "1"],
    "qualifier": ["", "abuot", "Exact", "~"],
    "status": ["", "norml", "?"],
    "rank": ["prefered", "1", "preferred "],
    "source": ["", "cenzus-2021", "Census-2021", "census_2021", "nobody"],
    "locator": ["", "page 4", "p.4", "somewhere", 'p. 4 "'],
    "note": ["only one language", "one | ", " | dos", "a | b | c"],
}


def garbage(column: str) -> list[str]:
    """Return what may not stand in a column."""
    return GARBAGE.get(column) or GARBAGE[column.partition("_")[0]]


def spoiled_cells(path: str) -> Iterator[Spoil]:
    """Yield the file with each of its cells replaced by each thing that is wrong there."""
    rows = list(csv.reader(io.StringIO((MINI / path).read_text())))
    for number, row in enumerate(rows[1:], start=1):
        for column, (name, cell) in enumerate(zip(rows[0], row, strict=True)):
            wrongs = garbage(name)
            # All that is wrong in a column for its first rows, then one wrong thing a cell.
            for wrong in wrongs if number < 2 else [wrongs[(number + column) % len(wrongs)]]:
                if wrong == cell or is_harmless(dict(zip(rows[0], row, strict=True)), name, wrong):
                    continue
                changed = [*row[:column], wrong, *row[column + 1 :]]
                text = written([*rows[:number], changed, *rows[number + 1 :]])
                yield Spoil(path, number + 1, text, f"{name}={wrong!r}")


def is_harmless(row: dict[str, str], name: str, wrong: str) -> bool:
    """Whether the value is right here after all."""
    if name == "high":
        return wrong == "1" and not row["value"] and not row["low"]
    return name == "low" and wrong == "999999" and not row["value"] and not row["high"]


def written(rows: list[list[str]]) -> str:
    """Return rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def cases(spoils: Iterator[Spoil]) -> list[object]:
    """Return spoils as parameters that are called by what they are."""
    return [pytest.param(spoil, id=str(spoil)) for spoil in spoils]


@pytest.mark.parametrize("spoil", [case for path in TABLES for case in cases(spoiled_cells(path))])
def test_a_spoiled_cell_is_one_finding(project: Path, spoil: Spoil) -> None:
    """Any cell of any table, replaced by what may not stand there, is named with its line."""
    expect_one(project, spoil)


# Codes of lists, used by several places

LISTED = [
    ("data/areas.csv", 3, "XA,", ("XC,", "XAA,", "QQ,")),
    ("data/areas.csv", 4, "XA-N,", ("XA-M,", "ZZ,")),
    ("data/producers.csv", 2, "census,", ("cenzus,", "zzz,", "a,")),
    ("data/producers.csv", 3, "crown,", ("crowm,", "aaa,")),
    ("data/units.csv", 2, "ha,", ("hb,", "zzz,")),
    ("data/units.csv", 7, "t-per-ha,", ("a,",)),
    ("data/codes.csv", 4, "group,press,", ("group,aaa,",)),
    ("data/codes.csv", 5, "theme,area,", ("theme,arae,", "theme,zzz,")),
    ("data/codes.csv", 7, "topic,law,", ("topic,zzz,",)),
]
HEADERS = [
    ("data/sources.toml", "census-2022", ("cenzus-2022", "zzz", "aaa")),
    ("data/sources.toml", "guild-2022", ("guild-2023", "aaa")),
    ("data/indicators.toml", "crop-area", ("crop-aera", "zzz", "aaa")),
    ("data/derived.toml", "limit-use", ("limit-usage", "zzz", "aaa")),
    ("data/derived.toml", "yield", ("yeild", "aaa")),
    ("data/events.toml", "edict-2017", ("edict-2018", "zzz")),
    ("data/claims.toml", "limit-kept", ("limit-keept", "aaa")),
    ("data/terms.toml", "corm", ("korm", "zzz")),
    ("data/labels.toml", "card-source", ("card-surce", "zzz")),
    ("data/labels.toml", "pages-many", ("pages-some",)),
]


def renamed() -> Iterator[Spoil]:
    """Yield files in which a code has another, well-formed name than where it is used."""
    for path, line, good, wrongs in LISTED:
        rows = lines_of(path)
        assert rows[line - 1].startswith(good)
        for wrong in wrongs:
            yield changed(path, line, wrong + rows[line - 1].removeprefix(good), wrong)
    for path, good, wrongs in HEADERS:
        line = lines_of(path).index(f"[{good}]") + 1
        for wrong in wrongs:
            yield changed(path, line, f"[{wrong}]", f"[{wrong}]")
            yield changed(path, line, f"[{wrong}", f"[{wrong}")
        yield changed(path, line, f"[{good.upper()}]", "capitals")
        yield changed(path, line, f"[{good}_x]", "underscore")


def lines_of(path: str) -> list[str]:
    """Return the lines of a file of the small project."""
    root = REAL if path == "data/labels.toml" else MINI
    return (root / path).read_text().split("\n")


def changed(path: str, line: int, text: str, what: str, *, found_at: int | None = None) -> Spoil:
    """Return the spoil of a file with another text in a line."""
    rows = lines_of(path)
    whole = "\n".join([*rows[: line - 1], text, *rows[line:]])
    return Spoil(path, found_at or line, whole, what)


@pytest.mark.parametrize("spoil", cases(renamed()))
def test_a_renamed_code_is_one_finding_in_its_list(project: Path, spoil: Spoil) -> None:
    """A code renamed in its list is named there, not wherever it is used."""
    expect_one(project, spoil)


def test_a_renamed_code_tells_what_it_was(project: Path) -> None:
    """The message names the old code, how often it is used and where."""
    rows = lines_of("data/producers.csv")
    message = expect_one(
        project, changed("data/producers.csv", 5, rows[4].replace("guild,", "gild,"), "gild")
    )

    expected = (
        "nothing uses the producer 'gild', but 'guild', which is in no list, is used (first in"
        " data/derived.toml:32); if it was renamed by mistake, name it so again"
    )
    assert expected == message


# Keys of TOML files

KEY = re.compile(r"^(?P<key>[A-Za-z-]+(\.(?:en|es))?) = (?P<value>.*)$")
OPTIONAL = {"author", "publisher", "container-title", "issued", "accessed", "URL", "archived"}
OPTIONAL |= {"note.en", "note.es", "in-force", "breaks", "aliases", "evidence", "observations"}


def keys(path: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the name and the value of each key of a TOML file."""
    for line, text in enumerate(lines_of(path), start=1):
        if match := KEY.match(text):
            yield line, match["key"], match["value"]


def sampled(path: str) -> list[tuple[int, str, str]]:
    """Return the keys of a file; of the many labels, which are all alike, the first ones."""
    return list(keys(path))[: 6 if path == "data/labels.toml" else None]


def misspelled() -> Iterator[Spoil]:
    """Yield files in which a key is misspelled, or is another word altogether."""
    for path in (*RECORDS, "data/labels.toml"):
        for line, key, value in sampled(path):
            wrongs = (key[:-1] + "q", key[1:], "zzz", f"{key.upper()}X")
            for wrong in (wrongs[line % 4], wrongs[(line + 1) % 4]):
                yield changed(path, line, f"{wrong} = {value}", f"{key} -> {wrong}")
            if "." in key:
                yield changed(path, line, f"{key[0]}{key} = {value}", f"{key} -> {key[0]}{key}")


@pytest.mark.parametrize("spoil", cases(misspelled()))
def test_a_misspelled_key_is_one_finding(project: Path, spoil: Spoil) -> None:
    """A misspelled key is named in its line, and what it should be is not reported as missing."""
    expect_one(project, spoil)


WRONG_TYPES = {
    '"': ["5", "true", "[]", "{}", "2022-01-01", '""', '" space"', '"two\\nlines"', '"\\u0007"'],
    "[": ['"text"', "5", "[5]", '[""]', "{}", "true"],
    "{": ['"text"', "5", "[]", "{ a = 5 }"],
    "0": ['"0"', "0.5", "-1", "7", "true", "[]"],
    "t": ['"true"', "1", "[]"],
}
WRONG_VALUES = {
    "theme": ["aera"],
    "unit": ["hx", "HA"],
    "producers": ['["cenzus"]', '["Census"]'],
    "producer": ["nobody", "Census Office"],
    "kind": ["primry"],
    "type": ["raport"],
    "language": ["Spanish", "e"],
    "URL": ["census.example", "ftp://census.example", "https://census example"],
    "archived": ["census.example"],
    "issued": ["2022-02-30", "March 2022", "2023/2022"],
    "accessed": ["2022-02-30", "2022/2023", "yesterday"],
    "date": ["2017-02-30", "May 2017"],
    "area": ["XQ", "xa"],
    "topics": ['["lawx"]', "[]"],
    "verdict": ["maybe"],
    "citations": ['[{ source = "nobody", locator = "p. 1" }]', '[{ source = "census-2022" }]',
                  '[{ source = "census-2022", locator = "page" }]', '[{ sorce = "x" }]'],
    "evidence": ['[{ source = "nobody", locator = "p. 1" }]'],
    "observations": ['["crop-aera/XA/2022"]', '["crop-area/XQ/2022"]', '["crop-area/XA/1822"]',
                     '["crop-area"]', '["crop-area/XA/2022/nobody"]', '["crop-area/XA/2022-02-30"]'],
    "breaks": ['[{ area = "XQ", period = "2020" }]', '[{ area = "XA", period = "2020-13" }]',
               '[{ area = "XA" }]', '[{ area = "XA", period = "2020", note.en = "x" }]'],
    "areas": ['["XQ"]', '["XA", "XQ/*"]', "[]"],
    "formula": ["1 +", "(new", "nwe / old", "new old", "new ** old", "__import__", "1,5 * new"],
    "inputs": ['{ new = "crop-aera" }', '{ new = "crop-area@x" }', '{ new = "crop-area/XA" }',
               '{ new = "crop-area:nobody" }', '{ new = "crop-area/XA/2022-13" }', "{}"],
}  # fmt: skip


def mistyped() -> Iterator[Spoil]:
    """Yield files in which a key has a value of another type, or one that may not stand there."""
    for path in (*RECORDS, "data/labels.toml"):
        if path.endswith("sums.toml"):
            continue
        for line, key, value in sampled(path):
            kind = "0" if value[0].isdigit() else "t" if value in ("true", "false") else value[0]
            wrongs = WRONG_TYPES[kind]
            for wrong in {wrongs[line % len(wrongs)]: 1, wrongs[(line * 2 + 1) % len(wrongs)]: 1}:
                if is_right(key, wrong):
                    continue
                yield changed(path, line, f"{key} = {wrong}", f"{key} = {wrong}")
            for wrong in WRONG_VALUES.get(key, ()) if line < 40 else ():
                text = f'{key} = "{wrong}"' if kind == '"' else f"{key} = {wrong}"
                yield changed(path, line, text, f"{key} = {wrong}")


def is_right(key: str, value: str) -> bool:
    """Whether a value is allowed for a key after all."""
    return value == "[]" and key in OPTIONAL


@pytest.mark.parametrize("spoil", cases(mistyped()))
def test_a_wrong_value_is_one_finding(project: Path, spoil: Spoil) -> None:
    """A value of the wrong type, or one that may not stand there, is named in the line of its key."""
    expect_one(project, spoil)


def removed() -> Iterator[tuple[str, int, int, str]]:
    """Yield path, first and last line of each record, and the key that is taken out of it."""
    for path in (*RECORDS, "data/labels.toml"):
        rows = lines_of(path)
        for line, key, _ in sampled(path):
            term = path.endswith("terms.toml") and key in ("area", "citations")
            term |= path.endswith("diagrams.toml") and key in ("area", "terms", "reached")
            if key in OPTIONAL - {"note.en", "note.es"} or term:
                continue
            start = max(n for n, row in enumerate(rows[:line], start=1) if row.startswith("["))
            ends = [n for n, row in enumerate(rows, start=1) if n > line and row.startswith("[")]
            yield path, start, (ends or [len(rows) + 1])[0] - 2, f"{line} {key}"


@pytest.mark.parametrize(("path", "first", "last", "what"), list(removed()))
def test_a_missing_key_is_one_finding(
    project: Path, path: str, first: int, last: int, what: str
) -> None:
    """A key that is taken out is missed in its record, a language beside the other one."""
    line, key = int(what.split()[0]), what.split()[1]
    rows = lines_of(path)
    code, found = after(project, path, "\n".join([*rows[: line - 1], *rows[line:]]))

    assert code == 1
    assert len(found) == 1, found
    assert path == found[0][0]
    assert first <= found[0][1] < last
    assert key.partition(".")[2] in found[0][2]
