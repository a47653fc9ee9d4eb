"""A drawn chart as plain data: pictures, words and table, without the library that drew it.

A :class:`Drawing` is all that pages and editions need. It is written to the cache as JSON by
:mod:`factbook.charts.render` and read back by :mod:`factbook.charts.store`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from factbook.model import Language


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a chart's table: the text as printed, and the id of the figure or event it tells."""

    text: str
    figure: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in one language.

    ``description`` is the long description, a sentence each; ``figures`` and ``events`` are the ids
    of everything plotted; ``sources`` the ids of their sources in the order of first use, and of
    what else the picture says. ``wide`` and ``narrow``
    are inline SVG coloured by CSS variables, two layouts of one picture, as short as they can be: every
    page that holds them pays for each byte. The page gives the ids
    ``<id>-title`` and ``<id>-description`` to what names and describes them. ``paper`` is the wide
    picture in the literal colours of the light scheme, for print; ``download`` is the same with
    title, subtitle and source line inside.
    """

    id: str
    language: Language
    title: str
    subtitle: str
    note: str | None
    description: tuple[str, ...]
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: str
    narrow: str
    paper: str
    download: str
    events: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write the drawing as JSON: one spelling for one drawing."""
        return canonical(
            {
                "id": self.id,
                "language": self.language.value,
                "title": self.title,
                "subtitle": self.subtitle,
                "note": self.note,
                "description": self.description,
                "figures": self.figures,
                "events": self.events,
                "sources": self.sources,
                "columns": self.columns,
                "rows": [
                    [[cell.text, cell.figure, cell.event] for cell in row] for row in self.rows
                ],
                "wide": self.wide,
                "narrow": self.narrow,
                "paper": self.paper,
                "download": self.download,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Drawing:
        """Read what :meth:`to_json` wrote; ValueError, KeyError or TypeError for other text."""
        return cls.from_record(json.loads(text))

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Drawing:
        """Build the drawing from the parsed JSON."""
        return cls(
            id=record["id"],
            language=Language(record["language"]),
            title=record["title"],
            subtitle=record["subtitle"],
            note=record["note"],
            description=tuple(record["description"]),
            figures=tuple(record["figures"]),
            events=tuple(record["events"]),
            sources=tuple(record["sources"]),
            columns=tuple(record["columns"]),
            rows=tuple(tuple(Cell(*parts) for parts in row) for row in record["rows"]),
            wide=record["wide"],
            narrow=record["narrow"],
            paper=record["paper"],
            download=record["download"],
        )


def canonical(value: object) -> str:
    """JSON with one spelling: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
