"""The chart cache: what is drawn and ready, read and kept without the libraries that draw.

An entry is valid when its checksum holds and its key is the one that data, modules, fonts and
libraries give now. Anything else (missing, half written, corrupted, out of date) is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from factbook.charts.drawing import Drawing, canonical
from factbook.charts.keys import FOLDER, key_of, modules, seen_by, shared
from factbook.dataset import Dataset
from factbook.model import Language

CACHE = Path(".cache/charts")


def chart_ids(folder: Path = FOLDER) -> tuple[str, ...]:
    """The ids of all charts, from the listing of their folder."""
    return tuple(modules(folder))


def drawings(
    root: Path, dataset: Dataset, language: Language, *, folder: Path = FOLDER
) -> Mapping[str, Drawing]:
    """The valid drawings of a language by chart id."""
    ready: dict[str, Drawing] = {}
    around = shared(root)
    for module in modules(folder).values():
        seen, told = seen_by(dataset, module)
        key = key_of(root, module, seen, language, around, told)
        if (drawing := read_entry(entry_path(root, module.id, language), key)) is not None:
            ready[module.id] = drawing
    return ready


def entry_path(root: Path, chart: str, language: Language) -> Path:
    """Where the entry of a chart in a language is kept."""
    return root / CACHE / f"{chart}.{language.value}.json"


def pixels_path(root: Path, name: str) -> Path:
    """Where the entry of a picture in pixels is kept."""
    return root / CACHE / "pixels" / f"{name.replace('/', '+')}.json"


def entry_text(key: str, content: str) -> str:
    """An entry: the key, the checksum of both, and the content (a drawing is its own JSON)."""
    return canonical({"key": key, "checksum": _checksum(key, content), "drawing": content})


def read_entry(path: Path, key: str) -> Drawing | None:
    """The drawing of an entry, or None unless the entry is whole and has that key."""
    content = read_content(path, key)
    try:
        return None if content is None else Drawing.from_json(content)
    except (ValueError, KeyError, TypeError):
        return None


def read_content(path: Path, key: str) -> str | None:
    """The content of an entry, or None unless the entry is whole and has that key."""
    try:
        entry = json.loads(path.read_bytes())
        content = entry["drawing"]
        whole = entry["key"] == key and entry["checksum"] == _checksum(key, content)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(content) if whole else None


def keep_entry(path: Path, key: str, content: str) -> None:
    """Write an entry whole or not at all: beside its place, then moved into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(entry_text(key, content))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _checksum(key: str, content: str) -> str:
    return hashlib.sha256(f"{key}\n{content}".encode()).hexdigest()
