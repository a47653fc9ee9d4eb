"""The processes that draw, forked off one that has loaded the libraries and drawn nothing.

They are not forked off this one: a fork hangs after the renderer's first use. Each would load the
libraries anew if it were spawned, for as long as it then takes to draw ten charts.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import forkserver, get_context, resource_tracker
from typing import Protocol, TypeVar

from factbook.children import end_with_parent
from factbook.errors import ChartError

Progress = Callable[[int, int, str], None]
"""Told after each job how many are done, how many there are, and the name of the last."""

_LIBRARIES = ["altair", "lxml.etree", "PIL.Image", "uharfbuzz", "vl_convert"]
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(_LIBRARIES)


class Named(Protocol):
    """A job that progress and faults can name."""

    @property
    def name(self) -> str:
        """The name of the job."""


Job = TypeVar("Job", bound=Named)


def done(
    work: Callable[[Job], str],
    jobs: Sequence[Job],
    processes: int | None,
    progress: Progress | None,
    keep: Callable[[Job, str], None],
    pool: Executor | None = None,
) -> None:
    """Do the jobs in processes of their own and ``keep`` the result of each as soon as it is there.

    The processes end with the work, unless they are those of a ``pool`` that the caller keeps.
    Raises :class:`ChartError` with every fault, after all other jobs are done and kept.
    """
    if not jobs:
        return
    faults: set[str] = set()
    workers = min(processes or os.cpu_count() or 1, len(jobs))
    with nullcontext(pool) if pool is not None else started(workers) as at_work:
        pending = {at_work.submit(work, job): job for job in jobs}
        try:
            for count, (job, future) in enumerate(_as_they_end(pending), start=1):
                try:
                    keep(job, future.result())
                except ChartError as error:
                    faults.add(str(error))
                except BrokenProcessPool:
                    faults.add(
                        f"'{job.name}': the process that draws it died (out of memory?); try again"
                    )
                if progress is not None:
                    progress(count, len(jobs), job.name)
        finally:
            for future in pending:  # whatever stops this, what has not begun will not
                future.cancel()
    if faults:
        raise ChartError("\n".join(sorted(faults)))


def load_ahead() -> None:
    """Have the libraries loaded beside whatever comes next, as long as nobody draws; once a process.

    Whoever stops a build by Ctrl-C stops this process; those that draw end with it and have nothing
    to say of it, so they and the one they are forked off are not told.
    """
    resource_tracker.ensure_running()  # it would let the signal through again
    told = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, told)


def started(processes: int | None = None) -> Executor:
    """A pool of processes that draw; who starts it shuts it down."""
    load_ahead()
    return ProcessPoolExecutor(
        processes or os.cpu_count(), mp_context=_CONTEXT, initializer=end_with_parent
    )


def _as_they_end(pending: dict[Future[str], Job]) -> Iterator[tuple[Job, Future[str]]]:
    for future in as_completed(pending):
        yield pending[future], future
