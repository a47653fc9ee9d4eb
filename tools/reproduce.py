"""Builds the site twice under circumstances as unlike as possible; every byte has to be the same.

``make reproduce`` clones the last commit into two folders and builds each whole, PDF and offline
editions included. The second differs from the first in all that must not matter: the folder, the
time zone, the locale, the seed of hashes, the order in which folders are listed, the clock, and the
permissions of new files. It takes minutes; ``tests/test_reproducible.py`` does the same with the pages.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"

DISORDER = '''"""Lists folders in another order, and sets the clock ahead by four hundred days."""
import os
import time

_list, _scan, _time = os.listdir, os.scandir, time.time


class _Backwards:
    def __init__(self, *path):
        with _scan(*path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self._entries

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._entries = iter(())


os.listdir = lambda *path: sorted(_list(*path), reverse=True)
os.scandir = _Backwards
time.time = lambda: _time() + 400 * 86400
'''
"""A ``sitecustomize`` of Python, put into the project that is built in disorder."""


@dataclass(frozen=True)
class Circumstances:
    """Under what a site is built: more of the environment, the mask of permissions, the disorder."""

    environment: tuple[tuple[str, str], ...]
    umask: int
    disorder: bool


PLAIN = Circumstances((("TZ", "UTC"), ("LC_ALL", "C.UTF-8"), ("PYTHONHASHSEED", "0")), 0o022, False)
ODD = Circumstances(
    (
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "C"),
        ("LANG", "es_BO"),
        ("PYTHONHASHSEED", "4242"),
        ("COLUMNS", "40"),
    ),
    0o077,
    True,
)


def build(root: Path, circumstances: Circumstances, *arguments: str) -> Path:
    """Publish the project in ``root`` under the circumstances; return the folder of the site.

    Raises :class:`SystemExit` with what the build printed when it fails.
    """
    environment = os.environ | dict(circumstances.environment) | {"PYTHONPATH": str(root)}
    if circumstances.disorder:
        (root / "sitecustomize.py").write_text(DISORDER, encoding="utf-8")
    command = [sys.executable, "-m", "factbook", "publish", *arguments]
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        umask=circumstances.umask,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"the build in {root} failed:\n{done.stdout}{done.stderr}")
    return root / "site"


def differences(one: Path, other: Path) -> list[str]:
    """The files of two sites that differ, or that only one has, by their lists of checksums."""
    first, second = _sums(one), _sums(other)
    return sorted(path for path in first | second if first.get(path) != second.get(path))


def _sums(site: Path) -> dict[str, str]:
    lines = (site / SUMS).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Clone, build twice, compare; return 1 when a file differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep both builds in this new folder")
    parser.add_argument("--pages-only", action="store_true", help="leave out PDF and archive")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        sites = []
        for name, circumstances in (("one", PLAIN), ("other/far/away from here", ODD)):
            print(f"Building in {name}/", flush=True)
            _clone(folder / name)
            only = ["--pages-only"] if options.pages_only else []
            sites.append(build(folder / name, circumstances, *only))
        differing = differences(*sites)
        count = len(_sums(sites[0]))
    for path in differing:
        print(f"differs: {path}")
    print(f"{count - len(differing)} of {count} files are the same, byte by byte.")
    return 1 if differing else 0


def _clone(target: Path) -> None:
    source = Path(__file__).resolve().parents[1]
    subprocess.run(["git", "clone", "--quiet", str(source), str(target)], check=True)


if __name__ == "__main__":
    sys.exit(main())
