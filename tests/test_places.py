"""Where areas stand and what they are drawn in: read, doubted, and found when spoiled."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from factbook.dataset import Dataset
from factbook.geography import lies_within, projected
from factbook.model import Language, OutlineKind, Precision, Text
from factbook.tables import read_tables
from tests.miniature import REAL, after, checked

PLACES = "data/places.csv"
OUTLINES = "data/outlines.geojsonl"

ROWS = """\
code,lat,lon,precision,source,locator,note
XA,-5.5,-50,exact,census-2021,table 1,
XA-N,-4.5,-50.25,seat,census-2021,table 1,The largest village | El pueblo mayor
"""
SQUARE = [[-51, -6], [-49, -6], [-49, -4], [-51, -4], [-51, -6]]
AGAIN = "make the file again with tools/outlines.py"


def feature(code: str = "XA", ring: object = SQUARE, **more: object) -> str:
    """A line of the outlines."""
    properties = {
        "code": code,
        "kind": "country",
        "name_en": "Almond",
        "name_es": "Almendra",
        "source": "census-2021",
    }
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return json.dumps({"type": "Feature", "properties": properties | more, "geometry": geometry})


@pytest.fixture
def placed(mini: Path) -> Path:
    """The small project, with positions and the outline of its country, a square."""
    (mini / PLACES).write_text(ROWS)
    (mini / OUTLINES).write_text(feature() + "\n")
    return mini


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("XA,-5.5", "XZ,-5.5", 2, "unknown area 'XZ'. Add it to data/areas.csv"),
        ("XA,-5.5", "XA,", 2,
         "lat: is empty; write degrees with a decimal point, south and west negative"),
        ("-5.5,-50,", "-95.5,-50,", 2, "lat: '-95.5' is beyond 90 degrees; mend it"),
        ("-5.5,-50,", "-5.5,-250,", 2, "lon: '-250' is beyond 180 degrees; mend it"),
        ("-5.5,-50,", '"-5,5",-50,', 2,
         "lat: '-5,5' is not a plain number; write digits with a decimal point, no thousands sign"
         " and no unit (29900 or 0.5)"),
        ("-5.5,-50,", "-50,-5.5,", 2,
         "XA lies outside Almond at -50, -5.5; mend 'lat' and 'lon' (south and west are negative)"),
        ("-5.5,-50,", "5.5,-50,", 2,
         "XA lies outside Almond at 5.5, -50; mend 'lat' and 'lon' (south and west are negative)"),
        (",exact,", ",roughly,", 2,
         "'roughly' does not fit 'precision'. Use one of: exact, seat, approximate"),
        (",exact,", ",approximate,", 2,
         "a position that is 'approximate' needs a note that says how it was found"),
        ("XA,-5.5,-50,exact,census-2021", "XA,-5.5,-50,exact,census-2012", 2, None),
        ("table 1,\n", "somewhere,\n", 2, None),
        ("The largest village | El pueblo mayor", "The largest village", 3,
         "note: a note needs both languages: write 'English text | Texto en español'"),
        ("XA-N,", "XA,", 3, "XA stands already in line 2; keep one row"),
        ("code,lat,lon", "code,lon,lat", 1,
         "the columns are in another order or doubled. The first line must be:"
         " code,lat,lon,precision,source,locator,note"),
    ],
)  # fmt: skip
def test_a_spoiled_position_is_one_finding(
    placed: Path, good: str, bad: str, line: int, message: str | None
) -> None:
    """What spoils a position is found once, in its line."""
    assert good in ROWS
    code, found = after(placed, PLACES, ROWS.replace(good, bad, 1))

    assert code == 1
    assert [finding[:2] for finding in found] == [(PLACES, line)], found
    assert message in (None, found[0][2])


@pytest.mark.parametrize(
    ("spoiled", "line", "message"),
    [
        ("{", 1, f"is not valid JSON (expecting property name enclosed in double quotes,"
                 f" column 2); {AGAIN}"),
        (feature()[:-1], 1, f"is not valid JSON (expecting ',' delimiter, column"
                            f" {len(feature())}); {AGAIN}"),
        (feature(kind="county"), 1,
         "'county' does not fit 'properties kind'. Did you mean 'country'? Use one of: country,"
         f" lake; {AGAIN}"),
        (feature(name_es=""), 1, f"'properties.name_es' is empty; fill it in; {AGAIN}"),
        (feature(ring=SQUARE[:-1]), 1, f"geometry: has a ring that is not closed; {AGAIN}"),
        (feature(ring=SQUARE[:2]), 1, f"geometry: has a ring that is not closed; {AGAIN}"),
        (feature(ring=[["a", 1]] * 5), 1,
         f"geometry: has coordinates that cannot be read; {AGAIN}"),
        (feature(ring=[[500, 1]] * 5), 1, f"geometry: has a point that is not on earth; {AGAIN}"),
        (feature().replace("MultiPolygon", "Point"), 1, f"geometry: is no MultiPolygon; {AGAIN}"),
        (feature() + "\n" + feature(), 2, "'XA' stands already in line 1; keep one"),
        (feature(source="census-2012"), 1, None),
    ],
)  # fmt: skip
def test_a_spoiled_outline_is_one_finding(
    placed: Path, spoiled: str, line: int, message: str | None
) -> None:
    """What spoils an outline is found once, in its line."""
    code, found = after(placed, OUTLINES, spoiled + "\n")

    assert code == 1
    assert [finding[:2] for finding in found] == [(OUTLINES, line)], found
    assert message in (None, found[0][2])


def test_a_dataset_can_do_without_places(placed: Path) -> None:
    """Positions and outlines are sound as they are, and not missed."""
    assert checked(placed) == (0, [])
    (placed / PLACES).unlink()
    (placed / OUTLINES).unlink()
    assert checked(placed) == (0, [])


def test_positions_and_outlines_are_records(placed: Path) -> None:
    """What is read knows its area, its source and its line."""
    dataset = Dataset(read_tables(placed))
    north = dataset.positions["XA-N"]

    assert (north.lat, north.lon, north.precision) == (-4.5, -50.25, Precision.SEAT)
    assert north.note == Text("The largest village", "El pueblo mayor")
    assert (north.citation.source, north.place.line) == ("census-2021", 3)
    outline = dataset.outlines["XA"]
    assert (outline.kind, outline.name[Language.ES]) == (OutlineKind.COUNTRY, "Almendra")
    assert outline.rings == (tuple((float(x), float(y)) for x, y in SQUARE),)


def test_the_projection_keeps_areas() -> None:
    """A square degree loses width on the globe as it loses height on the map, and both do so."""

    def area(lat: float) -> float:
        (west, south), (east, north) = projected((0, lat)), projected((1, lat + 1))
        return (east - west) * (north - south)

    on_globe = [math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat)) for lat in (-20, -1)]
    assert area(-20) / area(-1) == pytest.approx(on_globe[0] / on_globe[1])


def test_within_is_within_or_near() -> None:
    """A point is judged by the ring, and by the margin around it."""
    ring = [(float(x), float(y)) for x, y in SQUARE]

    assert lies_within((-50, -5), [ring], 0)
    assert not lies_within((-48.9, -5), [ring], 0.05)
    assert lies_within((-48.9, -5), [ring], 0.15)
    assert not lies_within((-50, -5), [], 1)


def test_the_real_outlines_are_of_two_whole_countries() -> None:
    """Both countries and the lake are there, and neighbours to tell them apart."""
    dataset = Dataset(read_tables(REAL))

    assert {"BO", "PE", "BR", "TITICACA"} <= set(dataset.outlines)
    for code in ("BO", "PE"):
        (ring,) = dataset.outlines[code].rings
        assert ring[0] == ring[-1] and len(ring) > 100
