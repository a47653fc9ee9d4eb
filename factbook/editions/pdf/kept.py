"""Finished PDFs kept between builds, under a key of everything they are made from.

The document itself is in the key, and with it the revision and the checksum of the data that its
colophon prints; so are the pictures, the fonts, the program and the libraries that set it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from factbook.charts.drawing import Drawing

_CACHE = Path(".cache/pdf")
_ENTRY = "entry.json"
_LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "cssselect2", "tinycss2", "fonttools", "lxml")


def key_of(html: str, drawings: Mapping[str, Drawing], folders: Iterable[Path]) -> str:
    """The key of a document: its text, its charts, every file of ``folders``, the libraries."""
    from weasyprint.text.ffi import pango

    digest = hashlib.sha256(html.encode())
    for name in sorted(drawings):
        digest.update(f"{name}\n{drawings[name].paper}\n".encode())
    for folder in (*folders, Path(__file__).parent):
        for file in sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".pyc"):
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"pango {pango.pango_version()}\n".encode())
    return digest.hexdigest()


def take(root: Path, name: str, key: str, target: Path) -> dict[str, int] | None:
    """Copy the kept files into ``target``; return their numbers of pages by path, or None unless
    all are there and whole and have that key.
    """
    folder = root / _CACHE / name
    try:
        entry = json.loads((folder / _ENTRY).read_bytes())
        if entry["key"] != key:
            return None
        sums = {path: _sum(folder / path) for path in entry["sums"]}
        pages = {path: int(entry["pages"][path]) for path in sums}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if sums != entry["sums"]:
        return None
    for path in sums:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, target / path)
    return pages


def keep(root: Path, name: str, key: str, source: Path, pages: Mapping[str, int]) -> None:
    """Keep the files of ``source`` whose numbers of pages are given by path, in place of older ones;
    the entry comes last, so that a killed build leaves none behind that looks whole.
    """
    parent = root / _CACHE
    parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=parent))
    for path in pages:
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, made / path)
    entry = {"key": key, "sums": {path: _sum(made / path) for path in pages}, "pages": dict(pages)}
    (made / _ENTRY).write_text(json.dumps(entry, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(parent / name, ignore_errors=True)
    made.rename(parent / name)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
