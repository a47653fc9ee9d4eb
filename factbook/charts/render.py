"""The only writer of drawings: draws what is missing from the cache, in processes of its own.

Processes are spawned, never forked: a fork after the first use of the renderer hangs. Each chart in
each language is one job; the result depends on neither order nor number of processes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from factbook.charts.keys import FOLDER, ChartError, fonts, key_of, modules, visible
from factbook.charts.store import entry_path, entry_text, read_entry
from factbook.charts.worker import Job, draw
from factbook.dataset import Dataset
from factbook.errors import did_you_mean
from factbook.model import Language

Progress = Callable[[int, int, str], None]
"""Told after each drawing how many are done, how many there are, and the name of the last."""


def render(
    root: Path,
    dataset: Dataset,
    *,
    languages: Iterable[Language] = tuple(Language),
    charts: Iterable[str] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    folder: Path = FOLDER,
) -> tuple[str, ...]:
    """Draw every chart that has no valid entry; return the names (``chart.language``) drawn.

    ``charts`` limits the work to some. Raises :class:`ChartError` naming every chart that failed,
    after all others were drawn and stored.
    """
    jobs = _missing(root, dataset, tuple(languages), charts, folder)
    failures = [fault for fault in _drawn(root, jobs, processes, progress) if fault is not None]
    if failures:
        raise ChartError("\n".join(sorted(set(failures))))
    return tuple(job.name for job in jobs)


def _missing(
    root: Path,
    dataset: Dataset,
    languages: tuple[Language, ...],
    charts: Iterable[str] | None,
    folder: Path,
) -> list[Job]:
    known = modules(folder)
    wanted = tuple(known) if charts is None else tuple(charts)
    files = fonts(root)
    jobs: list[Job] = []
    for chart in wanted:
        if chart not in known:
            raise ChartError(f"unknown chart '{chart}'.{did_you_mean(chart, known)}")
        module = known[chart]
        seen = visible(dataset, module)
        for language in languages:
            key = key_of(root, module, seen, language)
            if read_entry(entry_path(root, chart, language), key) is None:
                jobs.append(Job(chart, language, key, module, seen, files))
    if jobs and not files:
        raise ChartError("there are no fonts (fonts/*.ttf) to lay out the charts with")
    return jobs


def _drawn(
    root: Path, jobs: list[Job], processes: int | None, progress: Progress | None
) -> Iterable[str | None]:
    """Draw the jobs and store each as it is done; yield its fault or None."""
    if not jobs:
        return
    workers = min(processes or os.cpu_count() or 1, len(jobs))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        pending = {pool.submit(draw, job): job for job in jobs}
        for done, future in enumerate(as_completed(pending), start=1):
            job = pending[future]
            yield _stored(root, job, future)
            if progress is not None:
                progress(done, len(jobs), job.name)


def _stored(root: Path, job: Job, future: Future[str]) -> str | None:
    try:
        drawing = future.result()
    except ChartError as error:
        return str(error)
    except BrokenProcessPool:
        return f"chart '{job.chart}': the process that draws it died (out of memory?); try again"
    path = entry_path(root, job.chart, job.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(entry_text(job.key, drawing))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return None
