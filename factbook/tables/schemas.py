"""JSON Schemas of the TOML files, made from their shapes: what an editor offers and underlines.

They say less than the check, which knows the other tables too; what they refuse, it refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from factbook.tables import shapes
from factbook.tables.fields import IDENTIFIER

SHAPES: Mapping[str, type[shapes.Shape]] = MappingProxyType(
    {
        "claims": shapes.ClaimShape,
        "derived": shapes.DerivationShape,
        "diagrams": shapes.DiagramShape,
        "events": shapes.EventShape,
        "indicators": shapes.IndicatorShape,
        "labels": shapes.LabelShape,
        "sources": shapes.SourceShape,
        "style": shapes.AvoidedShape,
        "sums": shapes.SumShape,
        "terms": shapes.TermShape,
    }
)
"""The shape of a record of each ``data/<name>.toml``."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors of TOML read."""


def schema_of(name: str) -> dict[str, Any]:
    """The schema of ``data/<name>.toml``: a table an id, each of one shape."""
    shape = SHAPES[name]
    record = shape.model_json_schema(ref_template="#/definitions/{model}")
    definitions = record.pop("$defs", {}) | {shape.__name__: record}
    return {
        "$schema": _DRAFT,
        "title": f"data/{name}.toml",
        "description": (shape.__doc__ or "").strip().replace("``", ""),
        "type": "object",
        "propertyNames": {"pattern": f"^{IDENTIFIER.pattern}$"},
        "additionalProperties": {"$ref": f"#/definitions/{shape.__name__}"},
        "definitions": {key: _tidied(value) for key, value in sorted(definitions.items())},
    }


def _tidied(part: Any) -> Any:
    """Without what says nothing in TOML: nulls, defaults, titles that repeat the key."""
    if isinstance(part, list):
        return [_tidied(item) for item in part]
    if not isinstance(part, dict):
        return part
    choices = [item for item in part.get("anyOf", ()) if item != {"type": "null"}]
    if len(choices) == 1:
        part = {key: value for key, value in part.items() if key != "anyOf"} | choices[0]
    return {key: _kept(key, value) for key, value in part.items() if not _is_noise(key, value)}


def _kept(key: str, value: Any) -> Any:
    if key == "properties":  # its keys are names of fields, not words of the schema
        return {name: _tidied(field) for name, field in value.items()}
    return value.replace("``", "") if key == "description" else _tidied(value)


def _is_noise(key: str, value: Any) -> bool:
    return key == "default" or (key == "title" and isinstance(value, str))
