"""The same commit gives the same bytes, wherever, whenever and in whatever order it is built.

``make reproduce`` does it with the PDF and offline editions; see ``tools/reproduce.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.built import ROOT, built_site
from tools.reproduce import DISORDER, ODD, build, differences

_LEFT = shutil.ignore_patterns(".venv", ".build", ".cache", "site", "__pycache__")


@pytest.mark.site
@pytest.mark.xdist_group("reproduce")
def test_a_site_built_under_other_circumstances_has_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed, order of files, clock, mask of permissions.

    Nothing is taken from a cache: charts and pictures are drawn again.
    """
    here = built_site()
    there = tmp_path / "another folder" / "far away"
    shutil.copytree(ROOT, there, ignore=_LEFT, copy_function=shutil.copyfile)

    assert differences(here, build(there, ODD, "--pages-only")) == []


def test_the_disorder_is_real(tmp_path: Path) -> None:
    """Under it Python lists folders backwards, by whatever function, and lives a year later."""
    (tmp_path / "sitecustomize.py").write_text(DISORDER)
    (tmp_path / "files").mkdir()
    for name in "bac":
        (tmp_path / "files" / name).write_text("")
    code = (
        "import os, pathlib, sys, time\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "print(*os.listdir(folder), *(e.name for e in os.scandir(folder)),"
        " *(f for _, _, files in os.walk(folder) for f in files))\n"
        "print(time.time() - time.clock_gettime(time.CLOCK_REALTIME) > 365 * 86400)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "files")],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said == "c b a c b a c b a\nTrue\n"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, []),
        ({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, ["b"]),
        ({"a": "1"}, {"a": "1", "c": "2"}, ["c"]),
        ({"a": "1", "c": "2"}, {"a": "1"}, ["c"]),
    ],
)
def test_a_difference_is_found(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], found: list[str]
) -> None:
    """A file with other bytes, or one that only one site has, is named."""
    for name, sums in (("one", one), ("other", other)):
        (tmp_path / name).mkdir()
        lines = [f"{digest}  {path}\n" for path, digest in sums.items()]
        (tmp_path / name / "SHA256SUMS").write_text("".join(lines))

    assert differences(tmp_path / "one", tmp_path / "other") == found
