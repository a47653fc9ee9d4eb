"""What the site is about and called: the texts of ``data/site.toml``, the one place they stand in.

They are read once, from the project that this package is part of: names are constants to the rest
of the program, and a site about another topic changes a file of data and no Python.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from factbook.errors import Finding, FindingsError, Place
from factbook.model import Text

FILE = "data/site.toml"
KEYS = ("about", "dataset", "dataset-holds", "file", "makers", "name", "tagline")


def read_identity(root: Path) -> dict[str, Text]:
    """The texts of ``root/data/site.toml`` by key; raises :class:`FindingsError` for its faults."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        records = tomllib.loads(text)
    except OSError:
        raise FindingsError([_finding("", "", "the file is missing; restore it")]) from None
    except ValueError as error:
        raise FindingsError([_finding("", "", f"is not valid TOML ({error})")]) from None
    found = [
        _finding(text, key, f"[{key}] needs 'en' and 'es', each a text in quotation marks")
        for key in KEYS
        if not _is_text(records.get(key))
    ]
    found += [
        _finding(text, key, f"nothing prints [{key}]; known are {', '.join(KEYS)}")
        for key in records.keys() - set(KEYS)
    ]
    if found:
        raise FindingsError(found)
    return {key: Text(record["en"], record["es"]) for key, record in records.items()}


def _is_text(record: Any) -> bool:
    if not isinstance(record, dict) or set(record) != {"en", "es"}:
        return False
    return all(isinstance(text, str) and text.strip() for text in record.values())


def _finding(text: str, key: str, message: str) -> Finding:
    lines = text.split("\n")
    line = next((n for n, row in enumerate(lines, start=1) if row == f"[{key}]"), 1)
    return Finding(Place(FILE, line), message)


_TEXTS = read_identity(Path(__file__).parent.parent)

ABOUT = _TEXTS["about"]
"""What the site is, in a sentence."""

DATASET = _TEXTS["dataset"]
DATASET_HOLDS = _TEXTS["dataset-holds"]

STEM = _TEXTS["file"]
"""What the editions' files are called, without extension; the English one names the dataset too."""

MAKERS = _TEXTS["makers"]
NAME = _TEXTS["name"]
TAGLINE = _TEXTS["tagline"]
