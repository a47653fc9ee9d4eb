"""The finished site for tests that look at it: built once, shared by all test processes."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from factbook.release import source_date

ROOT = Path(__file__).parent.parent
TARGET = ".build/tested"
_INPUTS = (
    "data",
    "docs",
    "factbook",
    "macros",
    "overrides",
    "fonts",
    "mkdocs.yml",
    "mkdocs.es.yml",
)


@cache
def built_site() -> Path:
    """Return the folder of the site, built anew when anything it is made from is newer."""
    (ROOT / ".build").mkdir(exist_ok=True)
    with (ROOT / ".build" / "tested.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site = ROOT / TARGET
        sums = site / "SHA256SUMS"
        if not sums.exists() or sums.stat().st_mtime < _newest():
            command = [
                sys.executable,
                "-m",
                "factbook",
                "publish",
                "--pages-only",
                "--target",
                TARGET,
            ]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        return site


def _newest() -> float:
    times = []
    for name in _INPUTS:
        path = ROOT / name
        files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file()]
        times += [f.stat().st_mtime for f in files if "__pycache__" not in f.parts]
    # Pages carry the dates of commits: a commit makes a site stale that was built before it.
    return max(*times, source_date(ROOT))


def chromium() -> str:
    """The browser's program: ``CHROMIUM``, or the system's."""
    import shutil

    named = os.environ.get("CHROMIUM")
    found = named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    assert found, "no Chromium; 'make test' finds or installs it, or set CHROMIUM"
    return found


ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
