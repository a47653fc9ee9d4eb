"""Runs the site engine for both languages side by side, each in a process of its own.

On Linux the processes are forked off this one, so that they have what it read of the project
(:data:`factbook.memory.OWN`) and need not read it again.
"""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import MappingProxyType, TracebackType

from factbook.children import end_with_parent
from factbook.editions.complaints import complaints
from factbook.errors import FactbookError, Finding, FindingsError, Place
from factbook.model import Language
from factbook.release import release_of

CONFIGURATION = {Language.EN: "mkdocs.yml", Language.ES: "mkdocs.es.yml"}

# Elsewhere a fork is not safe: the libraries of macOS start threads.
if sys.platform == "linux":
    from multiprocessing.context import ForkProcess as Process
else:
    from multiprocessing.context import SpawnProcess as Process


class Engines:
    """Two engines at work: started on entering, ended on leaving, whatever happens between."""

    def __init__(
        self, root: Path, stage: Path, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """``stage`` is an empty folder for the pages; ``more`` is for the engines' environment."""
        self._root, self._stage, self._more = root, stage, more
        self._running: dict[Language, BaseProcess] = {}

    def __enter__(self) -> Engines:
        """Start both. Raises :class:`FindingsError` where a configuration is missing."""
        missing = [f for f in CONFIGURATION.values() if not (self._root / f).is_file()]
        if missing:
            message = "the file is missing; restore it from version control"
            raise FindingsError([Finding(Place(file), message) for file in missing])
        self._stage.mkdir(exist_ok=True)
        for language, configuration in CONFIGURATION.items():
            target, said = self._stage / language.value, self._said(language)
            process = engine(self._root, configuration, target, said, self._more)
            self._running[language] = process
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End what still runs."""
        for process in self._running.values():
            process.terminate()
            process.join()

    def finished(self) -> Path:
        """Wait for both; return the folder of the finished pages, the Spanish ones in its ``es``.

        Raises :class:`FactbookError` with all that either complained of.
        """
        faults: list[str] = []
        for language, process in self._running.items():
            process.join()
            if process.exitcode != 0:
                file = CONFIGURATION[language]
                said = self._said(language).read_text(encoding="utf-8", errors="replace")
                text = (self._root / file).read_text("utf-8")
                faults += complaints(said, language, file, text)
        if faults:
            raise FactbookError("\n".join(faults))
        site = self._stage / Language.EN.value
        shutil.move(self._stage / Language.ES.value, site / Language.ES.value)
        teach_search(site)
        return site

    def _said(self, language: Language) -> Path:
        """The file that holds what the engine of a language says."""
        return self._stage / f"{language.value}.log"


def engine(
    root: Path, configuration: str, target: Path, said: Path, more: Mapping[str, str]
) -> BaseProcess:
    """Start the site engine; it writes pages into ``target`` and what it says into ``said``."""
    environment = engine_environment(root) | {"SITE_DIR": str(target), **more}
    process = Process(target=_run, args=(root, configuration, said, environment))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # What waits there would be written once more by the process.
    process.start()
    return process


def _run(root: Path, configuration: str, said: Path, environment: Mapping[str, str]) -> None:
    """What the process does: the engine's own command, with the streams turned to a file."""
    end_with_parent()
    # It stays open: what ends the process is said last.
    stream = said.open("w", encoding="utf-8")
    os.dup2(stream.fileno(), 1)
    os.dup2(stream.fileno(), 2)
    sys.stdout = sys.stderr = stream
    os.chdir(root)
    os.environ.update(environment)
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    sys.argv = ["mkdocs", "build", "--strict", "-f", configuration]
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)


def engine_environment(root: Path) -> dict[str, str]:
    """The environment in which the site engine finds the project and its release."""
    release = release_of(root)
    return os.environ | {
        "SOURCE_DATE_EPOCH": str(release.date),
        "REPOSITORY_URL": release.repository,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONPATH": str(root),
    }


def teach_search(site: Path) -> None:
    """Let the theme's search find words without their accents: our script goes before its worker."""
    own = (Path(__file__).parent / "search.js").read_text(encoding="utf-8")
    workers = list(site.rglob("assets/javascripts/workers/search.*.js"))
    if not workers:
        raise FactbookError("the theme has no search worker where it was; see editions/engines.py")
    for worker in workers:
        worker.write_text(own + worker.read_text(encoding="utf-8"), encoding="utf-8")
