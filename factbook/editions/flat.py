"""The rows of the published tables: each function gives those of one table of :mod:`published`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Citation, Observation, Text

Row = list[str]


def observation_rows(dataset: Dataset, observations: Iterable[Observation]) -> Iterator[Row]:
    """Each observation with the labels of its codes."""
    for o in observations:
        indicator = dataset.indicators[o.indicator]
        source = dataset.sources[o.citation.source]
        yield [
            o.id,
            o.indicator,
            *_both(indicator.title),
            o.area,
            *_both(dataset.areas[o.area].name),
            str(o.period),
            *map(_number, o.magnitude),
            indicator.unit,
            o.qualifier.value,
            o.status.value,
            o.rank.value,
            source.producer,
            source.id,
            source.title,
            o.citation.locator,
            *_both(o.note),
        ]


def _observations(dataset: Dataset) -> Iterator[Row]:
    return observation_rows(dataset, dataset.observations)


def _derived(dataset: Dataset) -> Iterator[Row]:
    for derivation in dataset.derivations.values():
        for figure in dataset.derivable(derivation.id):
            yield [
                figure.id,
                *_both(derivation.label),
                derivation.formula,
                _inputs(figure),
                figure.area,
                str(figure.period),
                *map(_number, (figure.value, figure.low, figure.high)),
                figure.unit,
            ]


def _inputs(figure: Figure) -> str:
    return " ".join(f"{name}={given.id}" for name, given in figure.inputs)


def _indicators(dataset: Dataset) -> Iterator[Row]:
    for i in dataset.indicators.values():
        breaks = " ".join(f"{item.area}@{item.period}" for item in i.breaks)
        yield [
            i.id,
            i.theme,
            *_both(i.title),
            *_both(i.definition),
            *_both(i.note),
            i.unit,
            str(i.decimals),
            "true" if i.in_force else "false",
            " ".join(i.producers),
            breaks,
        ]


def _sources(dataset: Dataset) -> Iterator[Row]:
    for s in dataset.sources.values():
        yield [
            s.id,
            s.type,
            s.title,
            "; ".join(s.author),
            s.publisher or "",
            s.container_title or "",
            str(s.issued or ""),
            s.accessed or "",
            s.url or "",
            s.archived or "",
            s.language,
            s.producer,
            s.kind.value,
            *_both(s.note),
        ]


def _events(dataset: Dataset) -> Iterator[Row]:
    for e in dataset.events.values():
        cited = _cited(e.citations)
        topics = " ".join(e.topics)
        yield [e.id, str(e.date), e.area, topics, *_both(e.title), *_both(e.text), cited]


def _claims(dataset: Dataset) -> Iterator[Row]:
    for c in dataset.claims.values():
        yield [
            c.id,
            *_both(c.said),
            _cited(c.citations),
            c.verdict.value,
            *_both(c.reason),
            _cited(c.evidence),
            " ".join(c.observations),
        ]


def _areas(dataset: Dataset) -> Iterator[Row]:
    for area in dataset.areas.values():
        yield [area.code, area.kind.value, area.parent or "", *_both(area.name)]


def _units(dataset: Dataset) -> Iterator[Row]:
    for unit in dataset.units.values():
        yield [unit.code, *_both(unit.name), *_both(unit.pattern), unit.kind.value]


def _producers(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.producers.values():
        yield [p.code, p.group, *_both(p.name), *_both(p.short)]


ROWS: Mapping[str, Callable[[Dataset], Iterator[Row]]] = {
    "observations": _observations,
    "derived": _derived,
    "indicators": _indicators,
    "sources": _sources,
    "events": _events,
    "claims": _claims,
    "areas": _areas,
    "units": _units,
    "producers": _producers,
}
"""The rows of each published table that follows from the dataset alone."""


def _both(text: Text | None) -> tuple[str, str]:
    return (text.en, text.es) if text is not None else ("", "")


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _cited(citations: Iterable[Citation]) -> str:
    return "; ".join(f"{c.source}, {c.locator}" for c in citations)
