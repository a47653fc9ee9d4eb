"""How a substance's listing is changed under the treaty, and where the coca leaf's case stopped."""

from __future__ import annotations

from factbook.charts import flow
from factbook.charts.plot import Chart, Voice, borne_out
from factbook.dataset import Dataset
from factbook.model import Language, RemarkKind, Text

ID = "scheduling-change"
INDICATORS = ()
RECORDS = ("diagrams",)

VOTE = "vote"

TITLE = Text(
    "Every step but the vote: how far the coca leaf’s case came",
    "Todos los pasos menos la votación: hasta dónde llegó el caso de la hoja",
)
SUBTITLE = Text(
    "How a listing is changed under the 1961 Single Convention, and what became of Bolivia’s request",
    "Cómo se cambia una lista en la Convención Única de 1961 y qué fue del pedido de Bolivia",
)
NOTE = Text(
    "That no vote followed is inferred from the treaty’s rule and the silence of the reports; no"
    " official record of it was read.",
    "Que no hubo votación se infiere de la regla del tratado y del silencio de los informes; no se"
    " leyó un acta oficial.",
)
LANES = {
    RemarkKind.CHECK: Text("Who acts", "Quién actúa"),
    RemarkKind.CASE: Text("The coca leaf’s case", "El caso de la hoja de coca"),
}


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the diagram; its title holds while the vote, and only the vote, was not reached."""
    voice = Voice(dataset, language)
    diagram = dataset.diagram(ID)
    borne_out([step.id for step in diagram.steps if not step.reached] == [VOTE], TITLE.en)
    head = flow.Head(voice(TITLE), voice(SUBTITLE), voice(NOTE))
    return flow.chart(dataset, language, diagram, head, LANES)
