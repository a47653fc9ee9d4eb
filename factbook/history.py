"""When files were first and last changed, as the version control remembers it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class History:
    """The first and the last commit of each file, in seconds since 1970.

    A file that is not committed yet is of the date ``now``, which is that of the release; no file
    is newer than that.
    """

    spans: Mapping[str, tuple[int, int]]
    now: int

    def first(self, files: Iterable[str]) -> int:
        """When the first of ``files`` was committed."""
        return min((self._span(file)[0] for file in files), default=self.now)

    def last(self, files: Iterable[str]) -> int:
        """When the last change of any of ``files`` was committed."""
        return max((self._span(file)[1] for file in files), default=self.now)

    def _span(self, file: str) -> tuple[int, int]:
        first, last = self.spans.get(file, (self.now, self.now))
        return min(first, self.now), min(last, self.now)


def history_of(root: Path, now: int) -> History:
    """Read the commits below ``root`` in one go; outside version control every file is of ``now``."""
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "log"]
    command += ["--format=%x00%ct", "--name-only", "--relative", "--no-renames"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return History({}, now)
    return History(spans_of(said), now)


def spans_of(log: str) -> dict[str, tuple[int, int]]:
    """The first and the last date of each file in a log, each commit a NUL, seconds, and file names."""
    spans: dict[str, tuple[int, int]] = {}
    for commit in log.split("\0")[1:]:
        date, _, names = commit.partition("\n")
        moment = int(date)
        for name in filter(None, names.splitlines()):
            first, last = spans.get(name, (moment, moment))
            spans[name] = (min(first, moment), max(last, moment))
    return spans


def day(moment: int) -> str:
    """The day of a moment, as ISO 8601 writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def instant(moment: int) -> str:
    """The moment to the second, as ISO 8601 and Atom write it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
