"""What a diagram of the data says, in one language: its texts with their figures filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factbook import citations, formatting, locators
from factbook.charts.drawing import Cell
from factbook.charts.plot import Voice, lowered
from factbook.figure import Figure
from factbook.model import Citation, Event, Remark, RemarkKind, Step, Text

DATE = "date"
COLUMNS = (
    Text("Step", "Paso"),
    Text("What", "Qué"),
    Text("In words", "En palabras"),
    Text("Figure or date", "Cifra o fecha"),
    Text("Source", "Fuente"),
)
HAPPENS = Text("What happens", "Qué ocurre")
SENTENCE = Text("Step {n}, {title}: {said}.", "Paso {n}, {title}: {said}.")
BESIDE = Text("{kind}: {said}.", "{kind}: {said}.")

Lanes = Mapping[RemarkKind, Text]
"""How a diagram calls the kinds of remarks, in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words: ``lead`` is the figure or date it begins with, ``rest`` all that follows.

    ``about`` is how exactly the lead is meant (*about*, *at least*); ``figures`` are the figures
    of the remark as printed.
    """

    about: str
    lead: str
    rest: str
    figures: tuple[tuple[Figure, str], ...]
    event: Event | None
    cited: tuple[Citation, ...]

    @property
    def text(self) -> str:
        """The whole as one text."""
        whole = f"{self.about}{self.lead}{self.rest}"
        return whole[:1].upper() + whole[1:]


def told(voice: Voice, remark: Remark) -> Told:
    """A remark with its marks filled in; raises LookupFailure for a figure that there is not."""
    figures = tuple((name, voice.dataset.named(ref)) for name, ref in remark.figures)
    printed = {name: voice.figure(figure) for name, figure in figures}
    event = voice.dataset.event(remark.event) if remark.event is not None else None
    if event is not None:
        printed[DATE] = formatting.period(event.date, voice.language)
    text = remark.text[voice.language]
    first = next((name for name in printed if text.startswith(f"{{{name}}}")), None)
    lead = printed[first] if first is not None else ""
    rest = text[len(first) + 2 :] if first is not None else text
    bare = {name: voice.figure(figure, qualifier=False) for name, figure in figures}
    number = bare.get(first or "", lead)
    return Told(
        about=lead.removesuffix(number),
        lead=number,
        rest=rest.format(**printed),
        figures=tuple((figure, printed[name]) for name, figure in figures),
        event=event,
        cited=remark.citations,
    )


def sentences(voice: Voice, steps: tuple[Step, ...], lanes: Lanes) -> tuple[str, ...]:
    """The way in sentences, those of a step together."""
    said: list[str] = []
    for n, step in enumerate(steps, start=1):
        title = lowered(step.title[voice.language])
        said.append(voice(SENTENCE, n=n, title=title, said=told(voice, step.says).text))
        for kind, remark in _ordered(step, lanes):
            said.append(voice(BESIDE, kind=voice(lanes[kind]), said=told(voice, remark).text))
    return tuple(said)


def table(voice: Voice, steps: tuple[Step, ...], lanes: Lanes) -> tuple[tuple[Cell, ...], ...]:
    """A row for each text, and a further one for each figure after its first."""
    rows: list[tuple[Cell, ...]] = []
    for step in steps:
        rows += _rows(voice, step, voice(HAPPENS), step.says)
        for kind, remark in _ordered(step, lanes):
            rows += _rows(voice, step, voice(lanes[kind]), remark)
    return tuple(rows)


def _ordered(step: Step, lanes: Lanes) -> list[tuple[RemarkKind, Remark]]:
    return sorted(step.remarks, key=lambda pair: list(lanes).index(pair[0]))


def _rows(voice: Voice, step: Step, kind: str, remark: Remark) -> list[tuple[Cell, ...]]:
    said = told(voice, remark)
    values = [Cell(printed, figure.id) for figure, printed in said.figures]
    if said.event is not None:
        values.append(Cell(formatting.period(said.event.date, voice.language), event=said.event.id))
    head = (Cell(step.title[voice.language]), Cell(kind), Cell(said.text))
    source = Cell("; ".join(_place(voice, citation) for citation in said.cited))
    return [(*head, value, source) for value in values] or [(*head, Cell(""), source)]


def _place(voice: Voice, citation: Citation) -> str:
    source = voice.dataset.source(citation.source)
    who = citations.attribution(source, voice.dataset.producers, voice.language)
    return f"{who}, {locators.printed(citation.locator, voice.language)}"
