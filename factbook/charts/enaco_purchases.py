"""Peru: the leaf the state company buys, through the few years for which a figure is public."""

from __future__ import annotations

from typing import Any

from factbook import formatting
from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import middle, year_of, yearly
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "enaco-purchases"
INDICATORS = ("enaco-purchases",)

COUNTRY = "PE"

TITLE = Text(
    "ENACO bought less than half as much leaf in {last} as in {first}",
    "ENACO compró en {last} menos de la mitad de la hoja que en {first}",
)
SUBTITLE = Text(
    "Leaf bought by the state company in a year, tonnes; {count} public figures, {first} to {last}",
    "Hoja comprada por la empresa estatal en un año, toneladas; {count} datos públicos, {first} a"
    " {last}",
)
NAME = Text("Leaf bought by ENACO", "Hoja comprada por ENACO")
NOTE = Text(
    "Only years with a figure have a column; no series is published. {about}{rival}",
    "Solo tienen columna los años con dato; no se publica una serie. {about}{rival}",
)
ABOUT = Text(
    "The column at {year} is paler because its source gives no exact date. ",
    "La columna de {year} es más clara porque su fuente no da fecha exacta. ",
)
RIVAL = Text(
    "An open circle is what another source says of the same year.",
    "Un círculo abierto es lo que otra fuente dice del mismo año.",
)
OTHERS = Text("For {year} another source says {value}.", "Para {year}, otra fuente dice {value}.")
COLUMNS = (
    Text("Year", "Año"),
    Text("Leaf bought (t)", "Hoja comprada (t)"),
    Text("Another source says (t)", "Otra fuente dice (t)"),
)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from one indicator."""
    voice = Voice(dataset, language)
    figures = yearly(dataset.series(INDICATORS[0], COUNTRY))
    required(figures, "purchases of ENACO")
    borne_out(2 * middle(figures[-1]) < middle(figures[0]), TITLE.en)
    rivals = tuple(
        dataset.figure(INDICATORS[0], COUNTRY, rival.period, source=rival.citation.source)
        for figure in figures
        for rival in figure.rivals
    )
    undated = [str(year_of(f)) for f in figures if f.period.about]
    return Chart(
        title=voice(TITLE, first=year_of(figures[0]), last=year_of(figures[-1])),
        subtitle=voice(
            SUBTITLE, count=len(figures), first=year_of(figures[0]), last=year_of(figures[-1])
        ),
        note=voice(
            NOTE,
            about=voice(ABOUT, year=voice.listed(undated)) if undated else "",
            rival=voice(RIVAL) if rivals else "",
        ).strip(),
        description=(
            *describe.series(voice, figures, voice(NAME)),
            *(voice(OTHERS, year=year_of(f), value=voice.figure(f)) for f in rivals),
        ),
        figures=(*figures, *rivals),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=tuple(
            (
                Cell(formatting.period(figure.period, language)),
                voice.cell(figure),
                voice.cell(next((r for r in rivals if r.period == figure.period), None)),
            )
            for figure in figures
        ),
        spec=lambda layout: _spec(voice, figures, rivals, layout),
    )


def _spec(
    voice: Voice, figures: tuple[Figure, ...], rivals: tuple[Figure, ...], layout: Layout
) -> Picture:
    first, last = year_of(figures[0]), year_of(figures[-1])
    top = rows.top(rows.heights((*figures, *rivals)), 1_000)
    frame = Frame(
        layout,
        height=280 if layout.narrow else 320,
        x=(first - 0.8, last + 0.6),
        y=(0, 1.15 * top),
        left=42,
        right=44,
    )
    dated = [f for f in figures if not f.period.about]
    undated = [f for f in figures if f.period.about]
    return frame.finish(
        frame.grid(rows.ticks(voice, top, 1_000)),
        frame.years(year for year in range(first, last + 1) if year % 5 == 0),
        frame.bars(rows.columns(voice, dated, wide=0.75), palette.PERU),
        frame.bars(rows.columns(voice, undated, wide=0.75), palette.PERU, opacity=0.5),
        frame.dots(rows.points(voice, rivals), palette.INK, hollow=True),
        _labels(voice, frame, figures),
    )


def _labels(voice: Voice, frame: Frame, figures: tuple[Figure, ...]) -> list[Layer]:
    above: list[Row] = [
        {
            "x": year_of(figure),
            "y": amount(figure) + frame.dy(5),
            "text": voice.figure(figure, unit=False, qualifier=False),
        }
        for figure in figures[:-1]
    ]
    last = figures[-1]
    beside = {
        "x": year_of(last) + 0.4 + frame.dx(5),
        "y": amount(last),
        "text": voice.figure(last, unit=False, qualifier=False),
    }
    look: dict[str, Any] = {"size": LABEL, "bold": True}
    return [
        *frame.text(above, palette.PERU, align="center", baseline="bottom", **look),
        *frame.text([beside], palette.PERU, baseline="top", **look),
    ]
