"""Puts together what the pages of one language share: data, drawings, references, uses of figures."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from factbook import citations
from factbook.chapters import read_chapters, scan
from factbook.charts.store import chart_ids, drawings
from factbook.dataset import Dataset
from factbook.errors import FindingsError
from factbook.model import Language, Source
from factbook.tables import read_tables
from factbook.vocabulary import Edition


def edition_of(root: Path, language: Language, *, directories: bool = True) -> Edition:
    """Read the project and return the edition of ``language``.

    Charts that are known but not drawn are given as None. Raises :class:`FindingsError` when the
    tables cannot be read; all other rules are the business of ``factbook.checks``.
    """
    tables = read_tables(root)
    if tables.findings:
        raise FindingsError(tables.findings)
    dataset = Dataset(tables)
    charts = dict.fromkeys(chart_ids()) | dict(drawings(root, dataset, language))
    chapters, _ = read_chapters(root, language)
    draft = Edition(dataset, language, charts, draft=True)
    return Edition(
        dataset,
        language,
        charts,
        uses=scan(chapters, draft),
        entries=bibliography(root, dataset, language),
        directories=directories,
    )


def bibliography(root: Path, dataset: Dataset, language: Language) -> Mapping[str, str]:
    """The bibliography entry of every source as HTML, by id.

    Formatting one takes milliseconds and there are hundreds, so entries are kept in
    ``.cache/references.<language>.json`` under a key of everything they depend on.
    """
    file = root / ".cache" / f"references.{language}.json"
    kept = _kept(file)
    style = _style_key()
    keys = {name: _key(source, style) for name, source in dataset.sources.items()}
    missing = [source for name, source in dataset.sources.items() if keys[name] not in kept]
    if missing:
        made = citations.references_html(missing, language)
        kept |= {keys[name]: entry for name, entry in made.items()}
        _keep(file, {key: kept[key] for key in keys.values()})
    return {name: kept[key] for name, key in keys.items()}


def _style_key() -> str:
    digest = hashlib.sha256(Path(citations.__file__).read_bytes())
    for file in sorted((Path(citations.__file__).parent / "csl").iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _key(source: Source, style: str) -> str:
    fields = (
        source.id,
        source.type,
        source.title,
        source.language,
        source.author,
        source.publisher,
        source.container_title,
        str(source.issued),
        source.accessed,
        source.url,
        source.archived,
        style,
    )
    return hashlib.sha256(repr(fields).encode()).hexdigest()


def _kept(file: Path) -> dict[str, str]:
    """What an earlier build kept; a missing or damaged file is an empty one."""
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    sound = isinstance(kept, dict) and all(isinstance(value, str) for value in kept.values())
    return kept if sound else {}


def _keep(file: Path, entries: Mapping[str, str]) -> None:
    """Write the entries whole or not at all: builds run side by side and may be killed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(entries, stream, ensure_ascii=False, sort_keys=True)
    os.replace(name, file)
