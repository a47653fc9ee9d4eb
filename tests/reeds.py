"""Records of an invented country where reeds grow, made in memory for tests of single rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factbook.errors import Place
from factbook.model import (
    Area,
    AreaKind,
    Indicator,
    Observation,
    Producer,
    Qualifier,
    Rank,
    Source,
    SourceKind,
    Status,
    Text,
    Unit,
    UnitKind,
)
from factbook.model import Citation as Cited
from factbook.periods import Period
from factbook.tables import Tables

WORD = Text("word", "palabra")
LIST = Place("data/indicators.toml", 7)
SUMS = Place("data/sums.toml", 3)


def number(text: str) -> Decimal | None:
    """Return the number of a cell, None for an empty one."""
    return Decimal(text) if text else None


def row(area: str, period: str, value: str, source: str = "un-2024", **given: Any) -> Observation:
    """Return an observation of the area under reeds; ``line`` is where it stands."""
    indicator = given.pop("indicator", "reed-area")
    place = Place(f"data/observations/{indicator}.csv", given.pop("line", 2))
    low, high = given.pop("low", ""), given.pop("high", "")
    known: dict[str, Any] = {
        "qualifier": Qualifier.EXACT,
        "status": Status.NORMAL,
        "rank": Rank.NORMAL,
        "note": None,
    }
    return Observation(
        indicator,
        area,
        Period.parse(period),
        number(value),
        number(low),
        number(high),
        citation=Cited(source, "p. 1"),
        place=place,
        **(known | given),
    )


def indicator(name: str = "reed-area", **given: Any) -> Indicator:
    """Return an indicator in hectares, the UN preferred to the ministry."""
    known: dict[str, Any] = {
        "theme": "area",
        "title": WORD,
        "definition": WORD,
        "note": None,
        "unit": "ha",
        "decimals": 0,
        "in_force": False,
        "producers": ("un", "ministry"),
        "breaks": (),
        "place": LIST,
    }
    return Indicator(id=name, **(known | given))


def source(name: str, producer: str, issued: str, accessed: str | None = "2024-11") -> Source:
    """Return a report."""
    return Source(
        id=name,
        type="report",
        title="Reeds",
        language="en",
        producer=producer,
        kind=SourceKind.PRIMARY,
        issued=Period.parse(issued),
        accessed=accessed,
    )


def area(code: str, parent: str | None = None) -> Area:
    """Return a region."""
    return Area(code, AreaKind.REGION, parent, WORD, Place("data/areas.csv"))


KINDS = {"ha": UnitKind.AMOUNT, "people": UnitKind.COUNT, "percent": UnitKind.CHANGE}


def tables(*rows: Observation, **given: Any) -> Tables:
    """Return the tables of an invented country with a north, a south and two zones."""
    known: dict[str, Any] = {
        "areas": (
            area("XA"),
            area("XA-N", "XA"),
            area("XA-S", "XA"),
            area("XA-Z-1", "XA-S"),
            area("XA-Z-2", "XA-S"),
        ),
        "units": tuple(
            Unit(code, WORD, Text("{n}", "{n}"), kind, Place("data/units.csv"))
            for code, kind in KINDS.items()
        ),
        "producers": tuple(
            Producer(code, "un", WORD, WORD, Place("data/producers.csv"))
            for code in ("un", "ministry")
        ),
        "indicators": (indicator(),),
        "sources": (
            source("un-2024", "un", "2024"),
            source("ministry-2024", "ministry", "2024-06"),
            source("daily-2024", "ministry", "2024-07"),
        ),
        "observations": rows,
    }
    return Tables(**(known | given))
