"""``datapackage.json``: what the published tables hold, after Data Package 2.0.

Titles and descriptions are in English; the same in Spanish stands beside them under ``title_es``
and ``description_es``, keys of ours that the standard allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from factbook.identity import DATASET, DATASET_HOLDS, NAME, STEM
from factbook.model import Text
from factbook.published import PACKAGE, SOURCES, TABLES, Column, Table
from factbook.release import LICENCE, Release

_PROFILES = "https://datapackage.org/profiles/2.0"


def descriptor(release: Release) -> dict[str, Any]:
    """The descriptor of the package of all published tables."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": STEM.en,
        "id": release.address(f"data/{PACKAGE}"),
        **_named(DATASET, DATASET_HOLDS),
        "homepage": release.address("data/"),
        "version": release.version,
        "created": release.created,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": LICENCE,
                "title": "Creative Commons Attribution 4.0 International",
            }
        ],
        "contributors": [{"title": f"{NAME.en} / {NAME.es}", "roles": ["creator", "publisher"]}],
        "sources": [
            {"title": "The works that each row of observations.csv names", "path": SOURCES}
        ],
        "resources": [*map(_resource, TABLES), _works()],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": table.file,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_named(table.title, table.holds),
        "schema": _schema(table),
    }


def _works() -> dict[str, Any]:
    """The sources as CSL-JSON: a file beside the tables."""
    title = Text("Sources as CSL-JSON", "Fuentes en CSL-JSON")
    return {
        "name": "sources-csl",
        "path": SOURCES,
        "scheme": "file",
        "format": "json",
        "mediatype": "application/vnd.citationstyles.csl+json",
        "encoding": "utf-8",
        **_named(
            title,
            Text("the works, for a reference manager", "las obras, para un gestor de referencias"),
        ),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key is not None:
        schema["primaryKey"] = [table.key]
    if keys := list(_foreign_keys(table)):
        schema["foreignKeys"] = keys
    return schema


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == table.key:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = [str(choice) for choice in column.choices]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        "description": column.says.en,
        "description_es": column.says.es,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: Table) -> Iterable[dict[str, Any]]:
    """The columns that point to another table; a table that points to itself is named by ''."""
    for column in table.columns:
        if column.refers:
            name, _, field = column.refers.partition(".")
            resource = "" if name == table.name else name
            yield {
                "fields": [column.name],
                "reference": {"resource": resource, "fields": [field]},
            }


def _named(title: Text, holds: Text) -> dict[str, str]:
    return {
        "title": title.en,
        "title_es": title.es,
        "description": holds.en,
        "description_es": holds.es,
    }
