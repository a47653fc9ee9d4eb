"""The drawings that are ready: a reader of the chart cache, without the libraries that draw.

An entry is valid when its checksum holds and its key is the one that data, modules, fonts and
libraries give now. Anything else (missing, half written, corrupted, out of date) is not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from factbook.charts.drawing import Drawing, canonical
from factbook.charts.keys import FOLDER, key_of, modules, visible
from factbook.dataset import Dataset
from factbook.model import Language

_CACHE = Path(".cache/charts")


def chart_ids(folder: Path = FOLDER) -> tuple[str, ...]:
    """The ids of all charts, from the listing of their folder."""
    return tuple(modules(folder))


def drawings(
    root: Path, dataset: Dataset, language: Language, *, folder: Path = FOLDER
) -> Mapping[str, Drawing]:
    """The valid drawings of a language by chart id."""
    ready: dict[str, Drawing] = {}
    for module in modules(folder).values():
        key = key_of(root, module, visible(dataset, module), language)
        if (drawing := read_entry(entry_path(root, module.id, language), key)) is not None:
            ready[module.id] = drawing
    return ready


def entry_path(root: Path, chart: str, language: Language) -> Path:
    """Where the entry of a chart in a language is kept."""
    return root / _CACHE / f"{chart}.{language.value}.json"


def entry_text(key: str, drawing: str) -> str:
    """An entry: the key, the checksum of both, and the drawing as its own JSON."""
    return canonical({"key": key, "checksum": _checksum(key, drawing), "drawing": drawing})


def read_entry(path: Path, key: str) -> Drawing | None:
    """The drawing of an entry, or None unless the entry is whole and has that key."""
    try:
        entry = json.loads(path.read_bytes())
        if entry["key"] != key or entry["checksum"] != _checksum(key, entry["drawing"]):
            return None
        return Drawing.from_json(entry["drawing"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _checksum(key: str, drawing: str) -> str:
    return hashlib.sha256(f"{key}\n{drawing}".encode()).hexdigest()
