"""What a finding rests on: one that may follow from a fault of the data is held back until that is mended.

All findings are told at once, and one fault gives one of them. So a call that asks for an unknown term
is told beside a spoiled observation, but not beside a spoiled glossary: that may be why the term is
unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factbook.checks.prose import Typed
from factbook.checks.references import FIGURE, FILES, LABELS_FILE
from factbook.dataset import Dataset
from factbook.errors import Finding
from factbook.rendering import Call, Rendering

_OBSERVATIONS = "data/observations/"
_DERIVED = "data/derived.toml"
_FIGURES = (
    *(FILES[kind] for kind in ("area", "unit", "producer", "source", FIGURE)),
    _DERIVED,
    LABELS_FILE,
)
"""What every figure that is printed rests on, beside its observations."""
_NUMBERS = ("data/names.csv", FILES["unit"])
_WORDS = (
    *("data/words.txt", "data/style.toml", "data/names.csv"),
    *(FILES[kind] for kind in ("area", "producer", "source", "term")),
)
"""Where words stand that no dictionary knows, or that are to be avoided."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """The files of the data that have findings, by their paths."""

    paths: frozenset[str]

    @classmethod
    def by(cls, found: Iterable[Finding]) -> Faulty:
        """Those that findings stand in."""
        return cls(frozenset(finding.place.path for finding in found))

    def has(self, *paths: str) -> bool:
        """Whether one of these has a finding."""
        return not self.paths.isdisjoint(paths)

    def lists(self, kind: str) -> bool:
        """Whether the codes of a kind stand in one of these."""
        return self.has(FILES[kind]) or (kind == FIGURE and self.has(_DERIVED))

    def calls(self, rendering: Rendering, dataset: Dataset) -> Iterator[Finding]:
        """The faults of a chapter's braces and calls that stand whatever becomes of these files."""
        held = {
            call.fault for call in rendering.calls if call.fault and self._may_fail(call, dataset)
        }
        return (finding for finding in rendering.findings if finding not in held)

    def _may_fail(self, call: Call, dataset: Dataset) -> bool:
        """Whether a call that fails may do so because of these files."""
        if call.misread or not self.paths:
            return False
        if call.unknown is not None:
            kind, name = call.unknown
            return self.lists(kind) or self.has(f"{_OBSERVATIONS}{name}.csv")
        figures = call.names & (dataset.indicators.keys() | dataset.derivations.keys())
        if not figures or self.has(*_FIGURES):
            return True
        behind = frozenset[str]().union(*map(dataset.indicators_behind, figures))
        return self.has(*(f"{_OBSERVATIONS}{indicator}.csv" for indicator in behind))

    def numbers(self, typed: Iterable[Typed]) -> Iterator[Typed]:
        """The numbers typed by hand that would be so whatever becomes of these files."""
        seen = any(path.startswith(_OBSERVATIONS) for path in self.paths)
        undated = seen or self.has(*_FIGURES, FILES["event"])
        if not self.has(*_NUMBERS):
            yield from (number for number in typed if not (number.year and undated))

    @property
    def destinations(self) -> bool:
        """Whether these may be why a page that figures lead to is asked for."""
        return self.has(FILES[FIGURE], FILES["theme"], _DERIVED)

    @property
    def anchors(self) -> bool:
        """Whether these may be why an anchor is missing."""
        return self.has(*(FILES[kind] for kind in ("claim", "event", "term")))

    @property
    def words(self) -> bool:
        """Whether these may be why a word is unknown or forbidden."""
        return self.has(*_WORDS)
