"""Where areas stand (``places.csv``) and what they are drawn in (``outlines.geojsonl``)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ValidationError, model_validator

from factbook.errors import Finding, Place
from factbook.model import Citation, Outline, OutlineKind, Position, Precision, Text
from factbook.tables import faults, fields, shapes

Ring = tuple[tuple[float, float], ...]

REMEDY = "make the file again with tools/outlines.py"


def _degrees(limit: int) -> Any:
    """A check that a number of degrees is given and lies within the limit on either side."""

    def check(value: Decimal | None) -> Decimal:
        if value is None:
            raise fields.wrong(
                "is empty; write degrees with a decimal point, south and west negative"
            )
        if abs(value) > limit:
            raise fields.wrong(f"'{value}' is beyond {limit} degrees; mend it")
        return value

    return check


class PlaceRow(shapes.Shape):
    """A row of ``places.csv``; how a point was found may be left out for an exact one only."""

    code: fields.AreaCode
    lat: Annotated[fields.Number, AfterValidator(_degrees(90))]
    lon: Annotated[fields.Number, AfterValidator(_degrees(180))]
    precision: Precision
    source: fields.Id
    locator: fields.Locator
    note: fields.Note

    @model_validator(mode="after")
    def says_how(self) -> PlaceRow:
        """A point that only stands for its area has a note that says how it was chosen."""
        if self.precision is not Precision.EXACT and self.note is None:
            raise fields.wrong(
                f"a position that is '{self.precision}' needs a note that says how it was found"
            )
        return self


def position(row: PlaceRow, place: Place) -> Position:
    """The record of a row."""
    return Position(
        area=row.code,
        lat=float(row.lat or 0),
        lon=float(row.lon or 0),
        precision=row.precision,
        citation=Citation(row.source, row.locator),
        note=row.note,
        place=place,
    )


def _rings(geometry: object) -> tuple[Ring, ...]:
    """The outer rings of a GeoJSON geometry of the type MultiPolygon."""
    if not isinstance(geometry, Mapping) or geometry.get("type") != "MultiPolygon":
        raise fields.wrong("is no MultiPolygon")
    try:
        rings = tuple(
            tuple((float(x), float(y)) for x, y in polygon[0])
            for polygon in geometry["coordinates"]
        )
    except (KeyError, IndexError, TypeError, ValueError):
        raise fields.wrong("has coordinates that cannot be read") from None
    if not rings:
        raise fields.wrong("has no ring")
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise fields.wrong("has a ring that is not closed")
        if not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
            raise fields.wrong("has a point that is not on earth")
    return rings


class OutlineProperties(shapes.Shape):
    """The properties of a feature."""

    code: fields.AreaCode
    kind: OutlineKind
    name_en: fields.Filled
    name_es: fields.Filled
    source: fields.Id


class OutlineFeature(shapes.Shape):
    """A line of ``outlines.geojsonl``: a GeoJSON feature."""

    type: Literal["Feature"]
    properties: OutlineProperties
    geometry: Annotated[tuple[Ring, ...], BeforeValidator(_rings)]


def outlines(path: str, text: str) -> tuple[tuple[Outline, ...], list[Finding]]:
    """Return the outlines of a file of GeoJSON features, one a line, and its findings."""
    found: list[Finding] = []
    kept: dict[str, Outline] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        place = Place(path, number)
        try:
            outline = _outline(line, place)
        except json.JSONDecodeError as error:
            message = f"is not valid JSON ({error.msg.lower()}, column {error.colno}); {REMEDY}"
            found.append(Finding(place, message))
        except ValidationError as error:
            _, message = faults.explained(error.errors()[0], shapes.fields_of(OutlineFeature))
            found.append(Finding(place, f"{message}; {REMEDY}"))
        else:
            if outline.code in kept:
                message = f"'{outline.code}' stands already in line {kept[outline.code].place.line}"
                found.append(Finding(place, f"{message}; keep one"))
            kept.setdefault(outline.code, outline)
    return tuple(kept.values()), found


def _outline(line: str, place: Place) -> Outline:
    feature = OutlineFeature.model_validate(json.loads(line))
    said = feature.properties
    return Outline(
        code=said.code,
        kind=said.kind,
        name=Text(said.name_en, said.name_es),
        rings=feature.geometry,
        source=said.source,
        place=place,
    )
