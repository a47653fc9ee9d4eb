"""What a chart module returns, and how it speaks. No drawing library is imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from factbook import formatting
from factbook.charts.drawing import Cell
from factbook.charts.series import when
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.figure import Figure
from factbook.model import Citation, Event, Language, Text


@dataclass(frozen=True, slots=True)
class Layout:
    """One of the two forms of a picture: its name and its width in pixels."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether this is the layout for phones."""
        return self.width < 500


WIDE = Layout("wide", 680)
NARROW = Layout("narrow", 340)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language: its words, its table, the figures it plots, and how it is drawn."""

    title: str
    subtitle: str
    note: str | None
    description: tuple[str, ...]
    figures: tuple[Figure, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spec: Callable[[Layout], Any]
    """Draws the picture in a layout: an Altair chart finished by ``theme``."""
    events: tuple[Event, ...] = ()
    """The events it plots."""
    citations: tuple[Citation, ...] = ()
    """Where else its words come from."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a chart speaks: numbers, names and sentences in one language."""

    dataset: Dataset
    language: Language

    def __call__(self, text: Text, **parts: object) -> str:
        """The text in this language, its ``{names}`` filled in."""
        return text[self.language].format(**parts)

    def area(self, code: str) -> str:
        """The name of an area."""
        return self.dataset.area(code).name[self.language]

    def number(self, value: Decimal, decimals: int = 0) -> str:
        """A bare number."""
        return formatting.number(value, self.language, decimals=decimals)

    def amount(self, value: Decimal, unit: str, decimals: int = 0) -> str:
        """A number with its unit."""
        number = self.number(value, decimals)
        pattern = self.dataset.units[unit].pattern[self.language]
        return pattern.replace(" ", formatting.NO_BREAK).replace("{n}", number)

    def figure(
        self,
        figure: Figure,
        *,
        unit: bool = True,
        qualifier: bool = True,
        decimals: int | None = None,
    ) -> str:
        """A figure as the pages print it; fewer ``decimals`` for a label."""
        return formatting.quantity(
            self.dataset.units[figure.unit],
            self.language,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            qualifier=figure.qualifier,
            decimals=figure.decimals if decimals is None else decimals,
            with_unit=unit,
            with_qualifier=qualifier,
        )

    def producer(self, figure: Figure) -> str:
        """The short name of who stands behind an observed figure."""
        source = self.dataset.source(figure.citations[0].source)
        return self.dataset.producers[source.producer].short[self.language]

    def tip(self, figure: Figure, name: str = "") -> str:
        """What hovering over a mark says: name, period, value and producer."""
        dated = self.dated(figure)
        head = f"{name}, {dated}" if name else dated
        return f"{head}: {self.figure(figure)} ({self.producer(figure)})"

    def dated(self, figure: Figure) -> str:
        """The year of a yearly figure, any other period as the language writes it."""
        try:
            return when(figure)
        except FactbookError:
            return formatting.period(figure.period, self.language)

    def cell(self, figure: Figure | None) -> Cell:
        """The figure as a cell of the table: without unit, empty for None."""
        if figure is None:
            return Cell("")
        return Cell(self.figure(figure, unit=False), figure.id)

    def listed(self, parts: Sequence[str]) -> str:
        """The parts as a list in a sentence."""
        return formatting.joined(parts, self.language)


def lowered(note: str) -> str:
    """A note that goes on in the middle of a sentence."""
    return note[:1].lower() + note[1:]


def required(figures: Sequence[object], what: str) -> None:
    """Stop a chart that has nothing to draw: an error that says what it cannot do without."""
    if not figures:
        raise FactbookError(f"there is nothing to plot: no figures for {what}")


def borne_out(holds: bool, title: str) -> None:
    """Stop a chart whose title the data no longer bear out."""
    if not holds:
        raise FactbookError(f"the data no longer bear out the title '{title}'; write another one")
