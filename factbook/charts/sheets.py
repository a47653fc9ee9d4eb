"""The two layouts of the map: its window, and on which side of its mark each name stands.

Nothing here is data: codes that are unknown are passed over, and a mark without an entry has its name
to the right. A test measures that no name covers another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factbook.geography import Point


@dataclass(frozen=True, slots=True)
class Side:
    """Where a name stands: pixels from the edge of its mark (its middle if centred), and how."""

    dx: float
    dy: float = 0
    align: str = "left"


RIGHT = Side(4)
LEFT = Side(-4, 0, "right")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layout: the window (west, south, east, north) in degrees and the largest circle's radius.

    With ``numbered`` zones bear numbers instead of names; ``below`` is the room for keys under the
    map. ``sides`` are by area code; a number within its circle is moved from the middle by them.
    What ``unnamed`` holds has no room for its name.
    """

    window: tuple[float, float, float, float]
    largest: float
    numbered: bool
    below: int
    keys_at: tuple[tuple[float, float], ...]
    """Where the key of the protected areas begins, and that of the numbered zones."""
    columns: tuple[float, ...]
    """Where the columns of a key begin, in pixels from its own beginning."""
    pitch: float
    sizes_at: tuple[float, float]
    unnamed: frozenset[str]
    sides: Mapping[str, Side]
    ground: Mapping[str, Point]
    """Where the names of countries and waters stand."""


WIDE = Sheet(
    window=(-82.2, -23.2, -57.2, 0.4),
    largest=27,
    numbered=False,
    below=0,
    keys_at=((452, 34),),
    columns=(0,),
    pitch=17,
    sizes_at=(58, 560),
    unnamed=frozenset({"PE-Z-CAMANTI"}),
    sides={
        "PE-Z-HUALLAGA": LEFT,
        "PE-Z-AGUAYTIA": Side(-1, 15, "right"),
        "PE-Z-CALLERIA": Side(3, -8),
        "PE-Z-BAJO-UCAYALI": Side(4, 5),
        "PE-Z-MARANON": RIGHT,
        "PE-Z-ALTO-CHICAMA": LEFT,
        "PE-VRAEM": Side(-4, 8, "right"),
        "PE-Z-LA-CONVENCION-LARES": Side(-10, -24),
        "PE-Z-KOSNIPATA": Side(-15, -13),
        "PE-Z-SAN-GABAN": Side(1, 14, "right"),
        "PE-Z-INAMBARI-TAMBOPATA": Side(3, 24, "right"),
        "BO-YUNGAS": Side(3, -10),
        "BO-NLP": Side(4, 3),
        "BO-CHAPARE": Side(4, -13),
        "PE-CITY-AYACUCHO": Side(-3, 9, "right"),
        "PE-CITY-CUSCO": LEFT,
        "PE-CITY-LIMA": LEFT,
        "BO-E-LA-PAZ": Side(0, 13, "right"),
        "BO-CITY-COCHABAMBA": Side(0, 13, "center"),
    },
    ground={
        "PE": (-74.0, -5.0),
        "BO": (-62.6, -19.2),
        "BR": (-63.6, -8.9),
        "CO": (-72.6, -0.5),
        "EC": (-78.6, -1.0),
        "CL": (-69.3, -21.8),
        "AR": (-65.2, -22.75),
        "PY": (-59.9, -21.0),
        "TITICACA": (-71.6, -16.35),
    },
)

NARROW = Sheet(
    window=(-81.7, -23.0, -57.3, 0.2),
    largest=17,
    numbered=True,
    below=284,
    keys_at=((8, 528), (8, 342)),
    columns=(0, 190),
    pitch=13.4,
    sizes_at=(24, 292),
    unnamed=frozenset(),
    sides={
        "PE-Z-HUALLAGA": Side(-3, 0, "right"),
        "PE-Z-AGUAYTIA": Side(-2, 9, "right"),
        "PE-Z-CALLERIA": Side(4, -6),
        "PE-Z-BAJO-UCAYALI": Side(3, 4),
        "BO-YUNGAS": Side(4, 1),
        "BO-CHAPARE": Side(-2, -3),
        "PE-CITY-IQUITOS": Side(-3, 0, "right"),
        "PE-Z-ALTO-CHICAMA": Side(-3, 0, "right"),
        "PE-Z-LA-CONVENCION-LARES": Side(0, -11, "center"),
        "PE-Z-KOSNIPATA": Side(0, -11, "center"),
        "PE-Z-CAMANTI": Side(0, -9),
        "PE-Z-SAN-GABAN": Side(0, 10, "center"),
        "PE-CITY-AYACUCHO": Side(-2, 9, "right"),
        "PE-CITY-CUSCO": Side(-2, 6, "right"),
        "PE-CITY-LIMA": Side(-3, 0, "right"),
        "BO-E-LA-PAZ": Side(0, 11, "right"),
        "BO-CITY-COCHABAMBA": Side(4, 11, "right"),
        "PE-CORDILLERA-AZUL": Side(-3, 0, "right"),
        "PE-SAN-MATIAS": Side(-3, 2, "right"),
        "PE-BAHUAJA-SONENE": Side(2, -1),
        "BO-APOLOBAMBA": Side(2, 3),
        "BO-COTAPATA": Side(0, -8, "center"),
        "BO-CARRASCO": Side(0, 10, "center"),
        "PE-Z-CONTAMANA": Side(0, -9, "center"),
        "PE-Z-YAGUAS": Side(-3, 3, "right"),
        "PE-Z-TAHUAMANU": Side(0, -8, "center"),
        "BO-AMBORO": Side(0, -9, "center"),
    },
    ground={
        "PE": (-75.0, -5.0),
        "BO": (-64.6, -20.7),
        "BR": (-62.6, -7.0),
        "CO": (-72.2, -0.9),
        "EC": (-78.7, -1.2),
        "CL": (-69.9, -21.9),
    },
)
