"""Writes the JSON Schemas of the TOML files into ``data/schemas/``, where editors find them."""

from __future__ import annotations

import json
from pathlib import Path

from factbook.tables.schemas import SHAPES, schema_of

FOLDER = "data/schemas"


def schema_text(name: str) -> str:
    """The schema of ``data/<name>.toml`` as the text of its file."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> tuple[str, ...]:
    """Write every schema that is missing or out of date; return the files written."""
    written: list[str] = []
    for name in SHAPES:
        path, text = f"{FOLDER}/{name}.json", schema_text(name)
        file = root / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            written.append(path)
    return tuple(written)
