"""The small project of an invented country, in which tests may spoil and change what they like."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

from factbook import citations
from factbook.__main__ import main
from factbook.charts.store import chart_ids
from factbook.dataset import Dataset
from factbook.model import Language
from factbook.tables import read_tables
from factbook.vocabulary import Edition

Found = list[tuple[str, int, str]]
"""Findings by path, line and message."""

REAL = Path(__file__).parent.parent
MINI = Path(__file__).parent / "data" / "mini"


def copy_of_mini(target: Path) -> Path:
    """Copy the small project to ``target``, with the words of the interface of the real one."""
    shutil.copytree(MINI, target)
    for name in ("labels.toml", "words.txt"):
        shutil.copy(REAL / "data" / name, target / "data" / name)
    return target


def edition_of_mini(root: Path, language: Language) -> Edition:
    """Return the edition of a small project, with its bibliography and without pictures."""
    dataset = Dataset(read_tables(root))
    charts = dict.fromkeys(chart_ids())
    entries = citations.references_html(dataset.sources.values(), language)
    return Edition(dataset, language, charts, entries=entries)


def checked(root: Path) -> tuple[int, Found]:
    """Run ``check`` and return its exit code and the parts of each line of its output."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        code = main(["--root", str(root), "check"])
    found: Found = []
    for line in printed.getvalue().splitlines() if code else ():
        match = re.fullmatch(r"([^:]+):(\d+): (.+)", line)
        assert match, f"no finding: {line!r}"
        found.append((match[1], int(match[2]), match[3]))
    return code, found


def after(root: Path, path: str, content: bytes | str) -> tuple[int, Found]:
    """Check the project with ``content`` in place of a file, and mend it again."""
    file = root / path
    good = file.read_bytes()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        return checked(root)
    finally:
        file.write_bytes(good)
