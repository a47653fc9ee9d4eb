"""Rules about diagrams: their figures exist, their texts use them, and no number is typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbook import formatting
from factbook.dataset import Dataset
from factbook.errors import Finding, LookupFailure, did_you_mean
from factbook.model import Diagram, Language, Remark
from factbook.tables import Tables

DATE = "date"
"""The mark that stands for the date of a remark's event."""

_MARK = re.compile(r"\{([^{}]*)\}")
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_WORD = re.compile(r"[^\W\d_]+")


def texts_use_their_figures(tables: Tables) -> Iterator[Finding]:
    """A text of a diagram has a mark for each of its figures, and no other; ``{date}`` needs an event.

    What is wrong in both languages most often is wrong under ``figures``, and one finding.
    """
    for diagram, key, remark in _remarks(tables):
        if any(name == DATE for name, _ in remark.figures):
            message = f"[{diagram.id}] no figure may be called '{DATE}'; it marks the event's date"
            yield Finding(tables.at(diagram.place, f"{key}.figures"), message)
            continue
        told: set[str] = set()
        for language in Language:
            place = tables.at(diagram.place, f"{key}.text.{language}")
            for fault in _faults(remark, remark.text[language]):
                if fault not in told:
                    told.add(fault)
                    yield Finding(place, f"[{diagram.id}] {fault}")


def _faults(remark: Remark, text: str) -> Iterator[str]:
    figures = {name for name, _ in remark.figures}
    allowed = figures | ({DATE} if remark.event is not None else set())
    marks = set(_MARK.findall(text))
    if set("{}") & set(_MARK.sub("", text)):
        yield "a brace stands alone in the text; write {name}"
        return
    for mark in sorted(marks - allowed):
        given = "its event under 'event'" if mark == DATE else "its figure under 'figures'"
        remedy = did_you_mean(mark, allowed) or f" Name {given}"
        yield f"nothing is known of '{{{mark}}}'.{remedy}"
    for name in sorted(figures - marks if marks <= allowed else ()):
        yield f"the text does not use '{{{name}}}'; use or remove it"


def texts_rest_on_something(tables: Tables) -> Iterator[Finding]:
    """What a diagram says has a figure, an event or a citation.

    A text with a mark that nothing stands behind has its own finding.
    """
    for diagram, key, remark in _remarks(tables):
        marked = any(_MARK.search(remark.text[language]) for language in Language)
        if not (marked or remark.figures or remark.event or remark.citations):
            place = tables.at(diagram.place, f"{key}.text")
            yield Finding(place, f"[{diagram.id}] the text rests on nothing; add 'citations'")


def diagrams_name_figures(tables: Tables, dataset: Dataset) -> Iterator[Finding]:
    """The figures that a diagram names exist."""
    for diagram, key, remark in _remarks(tables):
        for _, name in remark.figures:
            try:
                dataset.named(name)
            except LookupFailure as error:
                place = tables.at(diagram.place, f"{key}.figures")
                yield Finding(place, f"[{diagram.id}] '{name}': {error}")


def diagrams_type_no_number(tables: Tables, dataset: Dataset) -> Iterator[Finding]:
    """A number in a diagram is a figure; a year may stand where a figure or event of its text has it.

    A text that names a figure in vain is not asked.
    """
    for diagram, key, remark in _remarks(tables):
        try:
            years = {str(year) for year in _years(dataset, remark)}
        except LookupFailure:
            continue
        for language in Language:
            text = _MARK.sub(" ", remark.text[language])
            for name in dataset.names:
                text = text.replace(name[language], " ")
            typed = [digits for digits in _DIGITS.findall(text) if digits not in years]
            words = formatting.number_words(language)
            typed += [word for word in _WORD.findall(text) if word.lower() in words]
            for number in typed:
                place = tables.at(diagram.place, f"{key}.text.{language}")
                message = (
                    f"[{diagram.id}] '{number}' is typed by hand; name its figure under 'figures'"
                    " and write {name} in its place"
                )
                yield Finding(place, message)


def _years(dataset: Dataset, remark: Remark) -> set[int]:
    periods = [dataset.named(name).period for _, name in remark.figures]
    if remark.event is not None:
        periods.append(dataset.event(remark.event).date)
    return {year for period in periods for year in period.years()}


def _remarks(tables: Tables) -> Iterator[tuple[Diagram, str, Remark]]:
    """Every text of every diagram, with the key under which it stands."""
    for diagram in tables.diagrams:
        for step in diagram.steps:
            yield diagram, f"steps.{step.id}", step.says
            for kind, remark in step.remarks:
                yield diagram, f"steps.{step.id}.{kind}", remark
