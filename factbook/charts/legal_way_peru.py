"""Peru: the leaf's legal way from register to consumer, who checks it and what leaves it."""

from __future__ import annotations

from factbook.charts import flow
from factbook.charts.plot import Chart, Voice, borne_out, required
from factbook.charts.series import by_year, middle, yearly
from factbook.dataset import Dataset
from factbook.model import Language, RemarkKind, Text

ID = "legal-way-peru"
INDICATORS = ("legal-demand", "enaco-purchases")
RECORDS = ("diagrams",)

COUNTRY = "PE"

TITLE = Text(
    "The lawful road has one door, and most leaf that Peruvians use goes round it",
    "El camino lícito tiene una puerta, y la mayor parte de la hoja que usan los peruanos no pasa"
    " por ella",
)
SUBTITLE = Text(
    "The leaf’s legal way in Peru, from register to consumer; each figure with its own year",
    "El camino legal de la hoja en el Perú, del padrón al consumidor; cada cifra con su año",
)
NOTE = Text(
    "Leaf that ENACO does not buy is not thereby diverted to cocaine. Harvest and lawful use are"
    " estimates.",
    "La hoja que ENACO no compra no por eso se desvía a la cocaína. La cosecha y el uso lícito son"
    " estimaciones.",
)
LANES = {
    RemarkKind.CHECK: Text("Who checks", "Quién controla"),
    RemarkKind.LEAK: Text("What leaves the way", "Qué se sale del camino"),
}


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the diagram; its title holds while ENACO buys less than half of the lawful use.

    That is, in the latest year that has both figures.
    """
    voice = Voice(dataset, language)
    demand, bought = (by_year(yearly(dataset.series(name, COUNTRY))) for name in INDICATORS)
    years = demand.keys() & bought.keys()
    required(sorted(years), "a year with lawful use and purchases")
    year = max(years)
    borne_out(2 * middle(bought[year]) < middle(demand[year]), TITLE.en)
    head = flow.Head(voice(TITLE), voice(SUBTITLE), voice(NOTE))
    return flow.chart(dataset, language, dataset.diagram(ID), head, LANES)
