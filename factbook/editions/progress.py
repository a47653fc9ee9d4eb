"""How a long piece of work tells how far it is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Steps:
    """Numbered steps of one piece of work, printed as they begin and end."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._console = Console(file=self._stream, highlight=False, soft_wrap=True)
        self._total = total
        self._number = 0

    def begin(self, what: str) -> None:
        """Announce the next step."""
        self._number += 1
        self._console.print(f"\\[{self._number}/{self._total}] {what}")

    def say(self, text: str) -> None:
        """Print a line that belongs to the current step."""
        self._console.print(f"      {text}", markup=False)

    @contextmanager
    def counting(self, what: str) -> Iterator[_Counter]:
        """Count pieces of work: a bar on a terminal, a line each quarter elsewhere."""
        if not self._console.is_terminal:
            yield _Counter(self, what, None)
            return
        columns = (TextColumn("      {task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._console, transient=True) as bar:
            yield _Counter(self, what, bar)


class _Counter:
    """Receives (done, total, name) and shows it."""

    def __init__(self, steps: Steps, what: str, bar: Progress | None) -> None:
        self._steps, self._what, self._bar = steps, what, bar
        self._task = bar.add_task(what) if bar is not None else None
        self._quarter = 0

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that ``done`` of ``total`` pieces are ready, the last of them ``name``."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=name)
            return
        quarter = 4 * done // total if total else 4
        if quarter > self._quarter:
            self._quarter = quarter
            self._steps.say(f"{self._what}: {done} of {total}")
