"""Peru: what the state company buys against legal demand and the harvest, in one year."""

from __future__ import annotations

from factbook import formatting
from factbook.charts import palette
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, lowered, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import by_year, middle, yearly
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "enaco-bottleneck"
INDICATORS = ("leaf-output", "legal-demand", "enaco-purchases")

COUNTRY = "PE"

TITLE = Text(
    "Of every 100 kilos of leaf grown in Peru, ENACO bought about {share}",
    "De cada 100 kilos de hoja cosechados en el Perú, ENACO compró cerca de {share}",
)
SUBTITLE = Text(
    "Harvest, legal demand and purchases of the state company, tonnes of dried leaf, {year}",
    "Cosecha, demanda legal y compras de la empresa estatal, toneladas de hoja seca, {year}",
)
NAMES = (
    Text("Grown in the whole country", "Cosechada en todo el país"),
    Text("Legal demand", "Demanda legal"),
    Text("Bought by ENACO", "Comprada por ENACO"),
)
OF_HARVEST = Text("{n}% of the harvest", "{n}\N{NO-BREAK SPACE}% de la cosecha")
NOTE = Text(
    "Latest year with all three figures. Legal demand is estimated from household surveys. Most"
    " traditional use is supplied outside ENACO, so what it does not buy is not thereby diverted."
    " {harvest}",
    "Último año con los tres datos. La demanda legal se estima con encuestas de hogares. La mayor"
    " parte del uso tradicional se abastece fuera de ENACO; lo que no compra no por eso se desvía."
    " {harvest}",
)
HARVEST = Text("The harvest figure: {note}.", "El dato de cosecha: {note}.")
SENTENCE = Text(
    "{name}: {value} in {year}, {share} of the harvest.",
    "{name}: {value} en {year}, {share} de la cosecha.",
)
WHOLE = Text("{name}: {value} in {year}.", "{name}: {value} en {year}.")
PERCENT = Text("{n}%", "{n}\N{NO-BREAK SPACE}%")
DEMAND_MET = Text(
    "ENACO’s purchases covered {share} of the legal demand.",
    "Las compras de ENACO cubrieron {share} de la demanda legal.",
)
COLUMNS = (
    Text("Measure", "Medida"),
    Text("Tonnes", "Toneladas"),
    Text("Share of the harvest (%)", "Parte de la cosecha (%)"),
)
COLOURS = (palette.COLOMBIA, palette.INK, palette.PERU)


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its three indicators."""
    voice = Voice(dataset, language)
    found = [by_year(yearly(dataset.series(name, COUNTRY))) for name in INDICATORS]
    years = set(found[0]).intersection(*found[1:])
    required(sorted(years), "a year with harvest, demand and purchases")
    year = max(years)
    figures = tuple(series[year] for series in found)
    harvest, demand, bought = figures
    hundredth = round(100 * middle(bought) / middle(harvest))
    if hundredth < 1:
        raise FactbookError("ENACO's share is below one in a hundred; write another title")
    note = harvest.observation.note if harvest.observation is not None else None
    return Chart(
        title=voice(TITLE, share=formatting.words(hundredth, language)),
        subtitle=voice(SUBTITLE, year=year),
        note=voice(
            NOTE, harvest=voice(HARVEST, note=lowered(note[language])) if note is not None else ""
        ).strip(),
        description=(
            voice(WHOLE, name=voice(NAMES[0]), value=voice.figure(harvest), year=year),
            *(
                voice(
                    SENTENCE,
                    name=voice(name),
                    value=voice.figure(figure),
                    year=year,
                    share=voice(PERCENT, n=_share(voice, figure, harvest)),
                )
                for name, figure in zip(NAMES[1:], figures[1:], strict=True)
            ),
            voice(DEMAND_MET, share=voice(PERCENT, n=_share(voice, bought, demand))),
        ),
        figures=figures,
        columns=tuple(voice(column) for column in COLUMNS),
        rows=tuple(
            (Cell(voice(name)), voice.cell(figure), Cell(_share(voice, figure, harvest)))
            for name, figure in zip(NAMES, figures, strict=True)
        ),
        spec=lambda layout: _spec(voice, figures, layout),
    )


def _share(voice: Voice, part: Figure, whole: Figure) -> str:
    """Per cent: whole ones from ten on, one decimal below."""
    share = 100 * middle(part) / middle(whole)
    return voice.number(share, 0 if share >= 10 else 1)


def _spec(voice: Voice, figures: tuple[Figure, ...], layout: Layout) -> Picture:
    pitch = 78
    frame = Frame(
        layout,
        height=pitch * len(figures) + 16,
        x=(0, amount(figures[0])),
        y=(len(figures), 0),
        left=1,
        right=1,
        top=8,
        bottom=8,
    )
    layers: list[Layer] = []
    for at, (figure, name, colour) in enumerate(zip(figures, NAMES, COLOURS, strict=True)):
        layers += _bar(voice, frame, figure, figures[0], voice(name), colour, at)
    return frame.finish(layers)


def _bar(
    voice: Voice, frame: Frame, figure: Figure, whole: Figure, name: str, colour: str, at: int
) -> list[Layer]:
    top, bottom = at + 0.36, at + 0.78
    bar: Row = {
        "x": 0,
        "x2": amount(figure),
        "y": top,
        "y2": bottom,
        "tip": voice.tip(figure, name),
        "figure": figure.id,
    }
    value = voice.figure(figure, qualifier=False)
    line = (top + bottom) / 2
    layers = [
        frame.bars([bar], colour),
        *frame.text(
            [{"x": 0, "y": top - 0.08, "text": name}],
            palette.INK,
            baseline="bottom",
            size=LABEL + 1,
        ),
    ]
    if figure is whole:
        inside = {"x": amount(figure) - frame.dx(10), "y": line, "text": value}
        return [
            *layers,
            *frame.text([inside], palette.PAPER, align="right", size=LABEL + 3, bold=True),
        ]
    right = amount(figure) + frame.dx(8)
    beside = {"x": right, "y": line, "text": value}
    share = {
        "x": right + frame.dx(12 + 7.8 * len(value)),
        "y": line,
        "text": voice(OF_HARVEST, n=_share(voice, figure, whole)),
    }
    return [
        *layers,
        *frame.text([beside], colour, size=LABEL + 3, bold=True),
        *frame.text([share], palette.MUTED),
    ]
