"""Runs commands and says what each took: wall clock, processor, memory of the whole tree."""

from __future__ import annotations

import contextlib
import ctypes
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factbook.errors import FactbookError

_EVERY = 0.1
"""Seconds between two looks at the memory."""
_ADOPT = 36
"""``PR_SET_CHILD_SUBREAPER`` of ``linux/prctl.h``."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds of wall clock, seconds of processor, bytes of memory at the peak.

    The memory is the sum over the processes of the run, sampled; where the system does not tell, that
    of the largest one.
    """

    wall: float
    cpu: float
    memory: int

    def __add__(self, other: Run) -> Run:
        """Two runs one after the other."""
        return Run(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.memory for run in runs)),
    )


def run(command: Sequence[str], cwd: Path, more: Mapping[str, str]) -> Run:
    """Run a command to its end; FactbookError with its output when it fails."""
    with tempfile.TemporaryFile() as said, _adopting():
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=os.environ | more,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        ended = threading.Event()
        peak = [0]
        watch = threading.Thread(target=_watch, args=(process.pid, ended, peak))
        watch.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            left = _of_orphans(process.pid)
        finally:
            ended.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            output = said.read().decode(errors="replace")
            raise FactbookError(f"{' '.join(command)} in {cwd} failed:\n{output}")
    # The system's own figure is no less than what this process had when it started the other.
    memory = peak[0] or used.ru_maxrss * 1024
    return Run(wall, used.ru_utime + used.ru_stime + left, memory)


@contextlib.contextmanager
def _adopting() -> Iterator[None]:
    """While this holds, processes that lose their parent come to this one; only Linux can do that."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is None:
        yield
        return
    prctl(_ADOPT, 1)
    try:
        yield
    finally:
        prctl(_ADOPT, 0)


def _of_orphans(group: int) -> float:
    """Wait for what is left of a group of processes, as that which others were forked off; its seconds
    of processor, which are in nobody else's account.
    """
    seconds = 0.0
    with contextlib.suppress(ChildProcessError):
        while True:
            _, _, used = os.wait4(-group, 0)
            seconds += used.ru_utime + used.ru_stime
    return seconds


def _watch(session: int, ended: threading.Event, peak: list[int]) -> None:
    while not ended.wait(_EVERY):
        peak[0] = max(peak[0], _resident(session))


def _resident(session: int) -> int:
    """The memory of all processes of a session; 0 where there is no ``/proc``."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == session:
            pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE")


def interleaved(
    cases: Mapping[str, Callable[[int], Run]], rounds: int, tell: Callable[[str], None]
) -> dict[str, list[Run]]:
    """Measure the cases in turn, A B C A B C…, so that a busy machine is busy for all alike."""
    found: dict[str, list[Run]] = {name: [] for name in cases}
    for at in range(rounds):
        for name, case in cases.items():
            took = case(at)
            found[name].append(took)
            tell(f"{at + 1} of {rounds}, {name}: {took.wall:.1f} s ({took.cpu:.1f} s of processor)")
    return found


def ratios(ones: Iterable[Run], others: Iterable[Run]) -> tuple[float, float]:
    """The median of the ratios of each round, of wall clock and of processor time."""
    pairs = list(zip(ones, others, strict=True))
    return (
        statistics.median(one.wall / other.wall for one, other in pairs),
        statistics.median(one.cpu / other.cpu for one, other in pairs),
    )
