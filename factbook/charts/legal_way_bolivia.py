"""Bolivia: the leaf's legal way from plot to consumer, who checks it and what leaves it."""

from __future__ import annotations

from factbook.charts import flow
from factbook.charts.plot import Chart, Voice, borne_out
from factbook.charts.series import middle
from factbook.dataset import Dataset
from factbook.model import Language, RemarkKind, Text

ID = "legal-way-bolivia"
INDICATORS = ("leaf-outside-market-share-published",)
RECORDS = ("diagrams",)

LEAK = ("leaf-outside-market-share-published", "BO-CHAPARE")

TITLE = Text(
    "In the Chapare most of the leaf leaves the lawful road before the market",
    "En el Chapare la mayor parte de la hoja deja el camino lícito antes del mercado",
)
SUBTITLE = Text(
    "The leaf’s legal way in Bolivia, from plot to consumer; each figure with its own year",
    "El camino legal de la hoja en Bolivia, de la parcela al consumidor; cada cifra con su año",
)
NOTE = Text(
    "Leaf that passes no lawful market is not thereby cocaine: part of it is chewed or brewed, and"
    " nobody measures how much.",
    "La hoja que no pasa por un mercado lícito no por eso es cocaína: una parte se masca o se toma"
    " en mate, y nadie mide cuánta.",
)
LANES = {
    RemarkKind.CHECK: Text("Who checks", "Quién controla"),
    RemarkKind.LEAK: Text("What leaves the way", "Qué se sale del camino"),
}


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the diagram; its title speaks of the latest share outside the markets."""
    voice = Voice(dataset, language)
    outside = dataset.series(*LEAK)
    borne_out(bool(outside) and middle(outside[-1]) > 50, TITLE.en)
    head = flow.Head(voice(TITLE), voice(SUBTITLE), voice(NOTE))
    return flow.chart(dataset, language, dataset.diagram(ID), head, LANES)
