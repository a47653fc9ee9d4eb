"""The processes that draw: spawned, never forked, because a fork after first use hangs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Protocol, TypeVar

from factbook.charts.keys import ChartError

Progress = Callable[[int, int, str], None]
"""Told after each job how many are done, how many there are, and the name of the last."""


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
) -> None:
    """Do the jobs in processes of their own and ``keep`` the result of each as soon as it is there.

    Raises :class:`ChartError` with every fault, after all other jobs are done and kept.
    """
    if not jobs:
        return
    faults: set[str] = set()
    workers = min(processes or os.cpu_count() or 1, len(jobs))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        pending = {pool.submit(work, job): job for job in jobs}
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
    if faults:
        raise ChartError("\n".join(sorted(faults)))


def _as_they_end(pending: dict[Future[str], Job]) -> Iterator[tuple[Job, Future[str]]]:
    for future in as_completed(pending):
        yield pending[future], future
