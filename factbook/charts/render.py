"""Draws what is missing from the cache of drawings, in processes of its own.

Each chart in each language is one job; the result depends on neither order nor number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from factbook.charts.keys import FOLDER, fonts, key_of, modules, seen_by, shared
from factbook.charts.processes import Progress, done
from factbook.charts.store import CACHE, entry_path, keep_entry, read_entry
from factbook.charts.worker import Job, draw
from factbook.dataset import Dataset
from factbook.errors import ChartError, did_you_mean
from factbook.model import Language


def render(
    root: Path,
    dataset: Dataset,
    *,
    languages: Iterable[Language] = tuple(Language),
    charts: Iterable[str] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    folder: Path = FOLDER,
    pool: Executor | None = None,
) -> tuple[str, ...]:
    """Draw every chart that has no valid entry; return the names (``chart.language``) drawn.

    ``charts`` limits the work to some; a ``pool`` that is kept saves the start of processes.
    Raises :class:`ChartError` naming every chart that failed,
    after all others were drawn and stored.
    """
    jobs = _missing(root, dataset, tuple(languages), charts, folder)

    def keep(job: Job, drawing: str) -> None:
        keep_entry(entry_path(root, job.chart, job.language), job.key, drawing)

    done(draw, jobs, processes, progress, keep, pool)
    if charts is None and (root / CACHE).is_dir():
        os.utime(root / CACHE)
    return tuple(job.name for job in jobs)


def expected(root: Path, folder: Path = FOLDER) -> bool:
    """Whether there may be something to draw, by the ages of files alone: it takes milliseconds.

    The folder of drawings is as old as the last time that none was missing.
    """
    ready = root / CACHE
    if not ready.is_dir():
        return bool(modules(folder))
    program = (*FOLDER.parent.rglob("*.py"), *folder.glob("*.py"))
    inputs = (*(root / "data").rglob("*.*"), *program, *fonts(root))
    return any(file.lstat().st_mtime_ns > ready.stat().st_mtime_ns for file in inputs)


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
    around = shared(root)
    jobs: list[Job] = []
    for chart in wanted:
        if chart not in known:
            raise ChartError(f"unknown chart '{chart}'.{did_you_mean(chart, known)}")
        module = known[chart]
        seen, told = seen_by(dataset, module)
        for language in languages:
            key = key_of(root, module, seen, language, around, told)
            if read_entry(entry_path(root, chart, language), key) is None:
                jobs.append(Job(chart, language, key, module, seen, files))
    if jobs and not files:
        raise ChartError("there are no fonts (fonts/*.ttf) to lay out the charts with")
    return jobs
