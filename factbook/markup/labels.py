"""The words of the interface that pages need: the names of ``data/labels.toml`` and their marks."""

from __future__ import annotations

import string
from collections.abc import Mapping
from types import MappingProxyType

from factbook.model import Status, Verdict

_PLAIN = """
    card-formula card-others card-source card-sources card-status card-used
    chart-data chart-description chart-files chart-link chart-picture chart-pixels chart-table
    cite-all cite-chart cite-chart-kind cite-example cite-how cite-page cite-text
    claim-evidence claim-said-by
    column-notes column-period column-place column-source column-used column-value
    correct
    explore-deprecated explore-disagrees explore-download
    explore-empty explore-form explore-from explore-keys explore-link explore-open
    explore-others explore-places explore-selection explore-table explore-to explore-what
    indicator-download no-value page-end rank-deprecated rank-preferred rank-rival
    share-letter share-link
    spark-stops
    timeline-all timeline-choice timeline-elsewhere timeline-place timeline-topic
"""
_MARKED = {
    "break-bare": "period area",
    "break-from": "period area note",
    "chart-link-title": "title",
    "chart-region": "title",
    "chart-sources-many": "sources n",
    "chart-sources-one": "sources",
    "cite-computed": "formula sources",
    "cite-version": "version",
    "cite-via": "site version",
    "disagree-many": "n",
    "disagree-one": "",
    "explore-places-n-many": "n",
    "explore-places-n-one": "n",
    "explore-values-n-many": "n",
    "explore-values-n-one": "n",
    "figure-range": "range",
    "indicator-order": "producers",
    "indicator-unit": "unit",
    "pages-many": "n",
    "pages-one": "n",
    "reference-producer": "producer",
    "spark-extremes": "least least_year most most_year",
    "spark-level": "value",
    "spark-span": "title area first last",
    "sum-exception": "reason",
    "table-of": "title",
    "timeline-decade": "year",
    "timeline-shown": "n total",
}

LABELS: Mapping[str, frozenset[str]] = MappingProxyType(
    dict.fromkeys(_PLAIN.split(), frozenset[str]())
    | {f"status-{status}": frozenset[str]() for status in Status if status is not Status.NORMAL}
    | {f"verdict-{verdict}": frozenset[str]() for verdict in Verdict}
    | {name: frozenset(marks.split()) for name, marks in _MARKED.items()}
)
"""Every label that pages print, with the marks that are filled in."""


def marks(text: str) -> frozenset[str] | None:
    """The marks ``{n}`` in the text of a label, or None where the braces cannot be read."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(form or turn for _, _, form, turn in parts):
        return None
    return frozenset(name for _, name, _, _ in parts if name is not None)
