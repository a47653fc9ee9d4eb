"""Reading ``data/``: what becomes a record, and that no bytes ever raise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factbook.errors import Place
from factbook.model import Language, Qualifier, Rank, Status, Text
from factbook.periods import Period
from factbook.tables import read_tables
from factbook.tables.records import records
from factbook.tables.rows import rows

HEADER = "area,period,value,low,high,qualifier,status,rank,source,locator,note"


def test_a_row_becomes_an_observation(mini: Path) -> None:
    """A row is read into a record that knows its place."""
    read = next(o for o in read_tables(mini).observations if o.status is Status.ESTIMATED)

    assert read.id == "crop-area/XA/2022/census-2022"
    assert (read.value, read.low, read.high) == (Decimal(4500), Decimal(4100), Decimal(4900))
    assert (read.qualifier, read.rank, read.period) == (
        Qualifier.ABOUT,
        Rank.NORMAL,
        Period("2022"),
    )
    assert (read.citation.source, read.citation.locator) == ("census-2022", "p. 4")
    assert read.note == Text("With a range", "Con un rango")
    assert read.place == Place("data/observations/crop-area.csv", 6)


def test_numbers_keep_their_digits(mini: Path) -> None:
    """A number is what was typed, to the last digit."""
    file = mini / "data/observations/harvest.csv"
    file.write_text(file.read_text().replace("6.3", "6.30"))

    tables = read_tables(mini)

    assert str(next(o.value for o in tables.observations if o.indicator == "harvest")) == "6.30"


def test_a_record_of_toml_knows_the_lines_of_its_keys(mini: Path) -> None:
    """The line of a key is found, of part of a key too; else that of its record."""
    tables = read_tables(mini)
    place = next(i.place for i in tables.indicators if i.id == "crop-area")

    assert place == Place("data/indicators.toml", 3)
    lines = [tables.at(place, key).line for key in ("unit", "title", "title.es", "none", "unit.x")]
    assert lines == [11, 5, 6, 3, 11]


def test_texts_are_in_both_languages(mini: Path) -> None:
    """A title is read in both languages."""
    title = next(i.title for i in read_tables(mini).indicators if i.id == "legal-limit")

    assert (title[Language.EN], title[Language.ES]) == ("Legal limit", "Límite legal")


def test_faulty_rows_are_left_out_and_the_rest_is_read(mini: Path) -> None:
    """One fault does not hide the other rows, nor other faults."""
    file = mini / "data/observations/crop-area.csv"
    file.write_text(file.read_text().replace("2019,3800", "2019,x").replace("2021,4200", "2021,y"))

    tables = read_tables(mini)

    assert len(tables.findings) == 2
    assert len(tables.observations) == 16


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("XZ", "XA", "XB"), 2),
        (("XA", "XZ", "XB"), 3),
        (("XA", "XB", "A"), 4),
        (("XB", "XA"), 2),
    ],
)
def test_the_row_out_of_order_is_named(mini: Path, keys: tuple[str, ...], line: int) -> None:
    """Of rows that are not sorted, the one is named whose move mends the order."""
    file = mini / "data/observations/harvest-sold.csv"
    row = "{},2022,2.1,,,exact,normal,,crown-edict,annex 2,Foretold | Previsto\n"
    file.write_text(f"{HEADER}\n" + "".join(row.format(key) for key in keys))

    assert [finding.place.line for finding in read_tables(mini).untidy] == [line]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(
        ["data/units.csv", "data/terms.toml", "data/observations/harvest.csv", "data/labels.toml"]
    ),
    content=st.binary(max_size=200),
)
@example(path="data/terms.toml", content=b'[a]\nterm.en = """\n')
@example(path="data/terms.toml", content=b"[a]\n[a.b]\n[[a]]\n")
@example(path="data/terms.toml", content=b'["a b"]\nx = 1\n')
@example(path="data/terms.toml", content=b"a = [[[[[[\n")
@example(path="data/terms.toml", content=b"[a]\nb = " + b"[" * 5000 + b"]" * 5000 + b"\n")
@example(path="data/terms.toml", content=b"[a]\nb = " + b"9" * 5000 + b"\n")
@example(path="data/units.csv", content=b"code," + b"x" * 200_000 + b"\n")
@example(path="data/units.csv", content=b'"\n')
@example(path="data/units.csv", content=b'code,"name_en\n')
def test_any_bytes_are_findings_and_never_raise(mini: Path, path: str, content: bytes) -> None:
    """Whatever a file holds, reading it gives findings in that file."""
    file = mini / path
    good = file.read_bytes()
    file.write_bytes(content)
    try:
        assert path in {finding.place.path for finding in read_tables(mini).findings}
    finally:
        file.write_bytes(good)


@given(st.text(max_size=200))
def test_any_text_is_read_as_rows_or_findings(text: str) -> None:
    """A text that is no CSV gives findings with a line of the text."""
    kept, found = rows("x.csv", text, ("a", "b"))

    assert all(set(row.cells) == {"a", "b"} for row in kept)
    assert all(
        1 <= finding.place.line <= text.count("\n") + text.count("\r") + 2 for finding in found
    )


@given(st.text("[]a=\"'.{},1\n #", max_size=80))
def test_any_text_is_read_as_records_or_findings(text: str) -> None:
    """A text that is no TOML is one finding; whatever it is, lines are lines of the text."""
    kept, found = records("x.toml", text)

    assert all(1 <= finding.place.line <= text.count("\n") + 1 for finding in found)
    assert all(1 <= record.place.line <= text.count("\n") + 1 for record in kept)
