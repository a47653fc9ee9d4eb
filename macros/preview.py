"""The warm engine of the live preview: both languages loaded once, pages built one by one.

It is a process of its own, started by ``factbook.editions.preview``, which asks it things in lines of
JSON and reads its answers, also lines of JSON. It ends when nobody asks any more. What it writes of a
page is, byte for byte, what a whole build writes.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from factbook.charts.asked import DrawnWhenAsked
from factbook.charts.drawing import Drawing
from factbook.charts.keys import modules
from factbook.charts.processes import started
from factbook.charts.render import render
from factbook.charts.store import drawings
from factbook.charts.worker import warm
from factbook.checks import check_project
from factbook.dataset import Dataset
from factbook.edition import edition_of
from factbook.editions.engines import teach_search
from factbook.errors import ChartError, FactbookError
from factbook.frame import frame_of
from factbook.memory import Memory
from factbook.model import Language
from factbook.vocabulary import Edition
from macros.warm import STAGE, Site


class _Complaints(logging.Handler):
    """Collects the warnings of the engine, which stop a whole build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@dataclass
class Engine:
    """Both languages, what is remembered of the project, and the processes that draw."""

    root: Path
    target: Path
    pool: Executor = field(default_factory=started)
    memory: Memory = field(default_factory=Memory)
    sites: dict[Language, Site] = field(default_factory=dict)
    _modules: Mapping[str, str] = field(default_factory=dict)
    _drawn: list[str] = field(default_factory=list)
    _fault: ChartError | None = None

    def follow(self) -> dict[str, Any]:
        """Read what was edited; check, and build the chapters and draw the charts that were edited.

        The answer has ``findings`` and nothing else; or ``pages``, all there are, of which ``built``
        are up to date; and ``drawn``, the charts drawn anew.
        """
        project = check_project(self.root, self.memory)
        if project.findings:
            return {"findings": [str(finding) for finding in project.findings]}
        if edited := self._edited_charts():
            self.draw(project.dataset, edited)
        built: list[str] = []
        for language in Language:
            edition = edition_of(self.root, language, memory=self.memory)
            charts = DrawnWhenAsked(edition.charts, partial(self._drawings, edition))
            frame = frame_of(self.root, replace(edition, charts=charts), self.memory)
            site = self.sites.get(language)
            if site is None or site.frame.chapters.keys() != frame.chapters.keys():
                self.sites[language] = Site(self.root, language, frame)
                continue
            changed = site.follow(frame)
            built += [name for name, page in site.pages.items() if page.file.src_uri in changed]
        pages = [name for site in self.sites.values() for name in site.pages]
        return self.build(built) | {"pages": pages}

    def _edited_charts(self) -> list[str]:
        """The charts whose modules were edited since they were last asked for; none at the start."""
        before, now = self._modules, {name: module.digest for name, module in modules().items()}
        self._modules = now
        return [name for name in now if before and before.get(name) != now[name]]

    def draw(
        self, dataset: Dataset, charts: Iterable[str], languages: Iterable[Language] = Language
    ) -> None:
        """Draw those of ``charts`` that are out of date; raises :class:`ChartError`."""
        try:
            drawn = render(self.root, dataset, languages=languages, charts=charts, pool=self.pool)
        except ChartError as error:
            # A process that died takes its pool with it.
            self.pool.shutdown(wait=False, cancel_futures=True)
            self.pool = started()
            self._fault = error
            raise
        self._drawn += drawn

    def _drawings(self, edition: Edition, charts: Collection[str]) -> Mapping[str, Drawing]:
        self.draw(edition.dataset, sorted(charts), (edition.language,))
        return drawings(self.root, edition.dataset, edition.language)

    def templates(self) -> dict[str, Any]:
        """Read the templates afresh; no page is built by this."""
        for site in self.sites.values():
            site.load_templates()
        return {}

    def build(self, names: Iterable[str]) -> dict[str, Any]:
        """Build pages, named by their paths in the site, and put each in its place in one move.

        Pages that are gone are passed over. An engine that was started afresh, as after a commit,
        reads the project first.
        """
        if not self.sites:
            answer = self.follow()
            return answer if "findings" in answer else answer | self.build(names)
        complaints = _Complaints()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(complaints)
        self._fault, built = None, list[str]()
        try:
            for name in names:
                sites = (site for site in self.sites.values() if name in site.pages)
                if (site := next(sites, None)) is None:
                    continue
                page = site.pages[name]
                source = f"docs/{site.language.value}/{page.file.src_uri}"
                html = self._built(site, page)
                if complaints.lines:
                    return {"findings": [f"{source}:1: {line}" for line in complaints.lines]}
                _put(self.target / name, html)
                built.append(name)
        finally:
            logger.removeHandler(complaints)
        drawn, self._drawn = self._drawn, []
        return {"built": built, "drawn": drawn}

    def _built(self, site: Site, page: Any) -> str:
        """The HTML of a page, with drawings that are up to date."""
        edition = site.frame.edition
        if isinstance(edition.charts, DrawnWhenAsked):
            shown = edition.charted.items()
            path = page.file.src_uri
            edition.charts.wanted = [n for n, pages in shown if path in dict(pages)]
        try:
            return site.build(page)
        finally:
            if self._fault is not None:  # the engine wraps what macros raise in words of its own
                raise self._fault

    def assets(self) -> dict[str, Any]:
        """Put all that is no page where pages find it: a start, until there is a whole build."""
        for site in self.sites.values():
            site.files.copy_static_files()
        english = self.root / STAGE / Language.EN.value
        spanish = self.root / STAGE / Language.ES.value
        shutil.copytree(english, self.target, dirs_exist_ok=True)
        shutil.copytree(spanish, self.target / Language.ES.value, dirs_exist_ok=True)
        teach_search(self.target)
        return {}


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def answer(engine: Engine, question: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one request; whatever goes wrong is a finding, and the engine lives on."""
    try:
        match question:
            case {"do": "follow"}:
                return engine.follow()
            case {"do": "templates"}:
                return engine.templates()
            case {"do": "assets"}:
                return engine.assets()
            case {"do": "build", "pages": names}:
                return engine.build(names)
            case _:
                raise FactbookError(f"the engine does not know how to {question}")
    except FactbookError as error:
        return {"findings": str(error).splitlines()}
    except Exception as error:  # a template or the engine itself: the author learns what it says
        return {"findings": [f"{_place_of(engine.root, error)}{type(error).__name__}: {error}"]}


def _place_of(root: Path, error: Exception) -> str:
    """Where in the project an error arose, if it did there."""
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(root) and not file.is_relative_to(root / ".venv"):
            places.append(f"{file.relative_to(root).as_posix()}:{trace.tb_lineno}: ")
        trace = trace.tb_next
    named = getattr(error, "filename", None), getattr(error, "lineno", None)
    if all(named) and Path(str(named[0])).is_relative_to(root):
        places.append(f"{Path(str(named[0])).relative_to(root).as_posix()}:{named[1]}: ")
    return places[-1] if places else ""


def main(root: Path, target: Path) -> None:
    """Answer one line after another until there are no more."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not stand between the answers
    engine = Engine(root, target)
    for _ in range(os.cpu_count() or 1):
        engine.pool.submit(warm)
    try:
        for line in sys.stdin:
            print(json.dumps(answer(engine, json.loads(line))), file=channel, flush=True)
    finally:
        engine.pool.shutdown(wait=False, cancel_futures=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
