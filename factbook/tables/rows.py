"""CSV with an exact header, read into rows that know their line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from factbook.errors import Finding, Place, did_you_mean

MAXIMUM_CELL = 4_000
"""Characters in one cell: the longest note has a few hundred."""


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: where it stands and its cells by column name."""

    place: Place
    cells: dict[str, str]


def rows(path: str, text: str, columns: tuple[str, ...]) -> tuple[list[Row], list[Finding]]:
    """Return the rows of the CSV ``text`` and its findings.

    ``columns`` are the names the header must have, in this order. A row with a fault is left out.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    found: list[Finding] = []
    kept: list[Row] = []
    line = 1
    try:
        for number, cells in enumerate(reader):
            place = Place(path, line)
            line = reader.line_num + 1
            if number == 0:
                if finding := _header(place, cells, columns):
                    return [], [finding]
            elif finding := _row(place, cells, columns):
                found.append(finding)
            else:
                kept.append(Row(place, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        message = f"is not valid CSV ({error}); check the quotation marks of this line"
        found.append(Finding(Place(path, line), message))
    return kept, found


def _header(place: Place, cells: list[str], columns: tuple[str, ...]) -> Finding | None:
    if tuple(cells) == columns:
        return None
    expected = ",".join(columns)
    extra = [cell for cell in cells if cell not in columns]
    missing = [column for column in columns if column not in cells]
    if extra:
        fault = f"unknown column '{extra[0]}'.{did_you_mean(extra[0], columns)}"
    elif missing:
        fault = f"the column '{missing[0]}' is missing."
    else:
        fault = "the columns are in another order or doubled."
    return Finding(place, f"{fault} The first line must be: {expected}")


def _row(place: Place, cells: list[str], columns: tuple[str, ...]) -> Finding | None:
    if len(cells) != len(columns):
        return Finding(
            place,
            f"has {len(cells)} cells where the header has {len(columns)};"
            " check the commas (a text with a comma needs quotation marks)",
        )
    for column, cell in zip(columns, cells, strict=True):
        if "\n" in cell:
            return Finding(place, f"'{column}' runs over several lines; keep it on one line")
        if cell != cell.strip():
            return Finding(place, f"'{column}' has a space at its start or end; delete it")
        if len(cell) > MAXIMUM_CELL:
            return Finding(place, f"'{column}' has {len(cell)} characters; {MAXIMUM_CELL} at most")
    return None
