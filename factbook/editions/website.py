"""Builds the whole site beside ``site/`` and swaps it in only when everything succeeded."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType

from factbook.charts.pixels import Sheet, in_pixels
from factbook.charts.processes import Progress
from factbook.charts.render import render
from factbook.charts.store import drawings
from factbook.checks import Project, check_project
from factbook.editions.complaints import complaints
from factbook.editions.discovery import write_discovery
from factbook.editions.downloads import write_charts, write_downloads
from factbook.editions.offline import build_offline
from factbook.editions.pdf.build import build_pdfs
from factbook.editions.pdf.render import require_pango
from factbook.editions.policy import add_policies
from factbook.editions.progress import Steps
from factbook.editions.shelf import item_of, write_shelf
from factbook.editions.social import cards, write_cards
from factbook.errors import FactbookError, Finding, FindingsError, Place
from factbook.model import Language
from factbook.release import release_of

CONFIGURATION = {Language.EN: "mkdocs.yml", Language.ES: "mkdocs.es.yml"}


def build_site(
    root: Path, steps: Steps, *, target: str = "site", editions: bool = True, paper: str = ""
) -> Path:
    """Check, draw, build both languages and the downloads; return the folder of the finished site.

    ``target`` is that folder, relative to ``root``; ``editions`` says whether to make the PDF and
    offline editions too, ``paper`` what the PDFs are for. Raises :class:`FindingsError` for faults in
    data or chapters and :class:`FactbookError` for anything else that stops the build; the last
    good site stays untouched.
    """
    with _only_build(root), _staging(root, root / target) as stage:
        steps.begin("Checking data and chapters")
        project = check_project(root)
        if project.findings:
            raise FindingsError(project.findings)
        if editions:
            require_pango()
        steps.begin("Drawing charts")
        with steps.counting("charts") as count:
            drawn = render(root, project.dataset, progress=count)
        steps.say(f"{len(drawn)} drawn anew" if drawn else "all are up to date")
        steps.begin("Building the pages in English and Spanish")
        site = _pages(root, stage)
        steps.begin("Writing data and pictures")
        with steps.counting("pictures") as count:
            _beside_pages(root, site, project, count)
        if editions:
            steps.begin("Making the PDF and offline editions")
            _editions(root, stage, site, project, steps, paper)
        add_policies(site)
        _write_checksums(site)
        return _swap(root, site, root / target)


def _pages(root: Path, stage: Path, more: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Build both languages at once, each in a process of its own; ``more`` is for its environment."""
    for file in CONFIGURATION.values():
        if not (root / file).is_file():
            message = "the file is missing; restore it from version control"
            raise FindingsError([Finding(Place(file), message)])
    started = [
        (language, _engine(root, CONFIGURATION[language], stage / language.value, more))
        for language in Language
    ]
    faults: list[str] = []
    for language, process in started:
        output, _ = process.communicate()
        if process.returncode != 0:
            file = CONFIGURATION[language]
            faults += complaints(output, language, file, (root / file).read_text("utf-8"))
    if faults:
        raise FactbookError("\n".join(faults))
    site = stage / Language.EN.value
    shutil.move(stage / Language.ES.value, site / Language.ES.value)
    _teach_search(site)
    return site


def _teach_search(site: Path) -> None:
    """Let the theme's search find words without their accents: our script goes before its worker."""
    own = (Path(__file__).parent / "search.js").read_text(encoding="utf-8")
    workers = list(site.rglob("assets/javascripts/workers/search.*.js"))
    if not workers:
        raise FactbookError("the theme has no search worker where it was; see _teach_search")
    for worker in workers:
        worker.write_text(own + worker.read_text(encoding="utf-8"), encoding="utf-8")


def _engine(
    root: Path, configuration: str, target: Path, more: Mapping[str, str]
) -> subprocess.Popen[str]:
    environment = engine_environment(root) | {"SITE_DIR": str(target), **more}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", configuration]
    return subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


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


def _beside_pages(root: Path, site: Path, project: Project, progress: Progress) -> None:
    """Write what pages link to and where they are shared: data, charts, pictures."""
    release = release_of(root)
    drawn = {language: drawings(root, project.dataset, language) for language in Language}
    sheets: dict[tuple[Language, str], Sheet] = {}
    for language, charts in drawn.items():
        for name, drawing in charts.items():
            sheets[language, name] = Sheet(drawing.download, scale=2)
        for name, card in cards(project, charts, language, release).items():
            sheets[language, name] = Sheet(card)
    pixels = in_pixels(
        root, {f"{lang}/{name}": sheet for (lang, name), sheet in sheets.items()}, progress=progress
    )
    for language, charts in drawn.items():
        folder = site if language is Language.EN else site / language.value
        own = {name: pixels[f"{lang}/{name}"] for lang, name in sheets if lang is language}
        write_charts(folder, charts, own)
        write_cards(folder, {name: own[name] for name in own if name not in charts})
    charted = (drawing for charts in drawn.values() for drawing in charts.values())
    plotted = {name for drawing in charted for name in drawing.figures}
    write_downloads(site, project.dataset, release, plotted)
    write_discovery(root, site, project.chapters, release)


def _editions(
    root: Path, stage: Path, site: Path, project: Project, steps: Steps, paper: str
) -> None:
    """Make the PDFs and the offline archive from the finished pages, and list them in the pages."""
    release = release_of(root)
    with steps.counting("steps of the PDFs") as count:
        pdfs = build_pdfs(root, site, release, paper=paper, progress=count)
    steps.say(", ".join(f"{pdf.path}: {pdf.pages} pages" for pdf in pdfs if not pdf.chapter))
    items = [
        item_of(
            site, pdf.path, pdf.language, pdf.pages, release, chapter=pdf.chapter, page=pdf.page
        )
        for pdf in pdfs
    ]
    whole = [item for item in items if item.chapter is None]
    pages = partial(_pages, root)
    archive = build_offline(root, site, stage, project.dataset, release, whole, pages)
    steps.say(f"{archive}: {(site / archive).stat().st_size / 1e6:.1f} MB")
    write_shelf(site, [*items, item_of(site, archive, None, None, release)])


def _write_checksums(site: Path) -> None:
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(site).as_posix()}\n"
        for file in sorted(site.rglob("*"))
        if file.is_file()
    ]
    (site / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


@contextmanager
def _only_build(root: Path) -> Iterator[None]:
    """One build at a time; the lock goes with the process, so a killed build leaves none behind."""
    folder = root / ".build"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise FactbookError(f"cannot write into {folder.name}/ ({error.strerror})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FactbookError("another build is running; wait for it and try again") from None
        yield


@contextmanager
def _staging(root: Path, site: Path) -> Iterator[Path]:
    """A folder beside the site, gone when the build ends; first mends what a killed build left.

    That is its unfinished stage, and the last good site where it was moved aside and not yet
    replaced: it is put back before anything else can fail.
    """
    if _aside(root, site).exists() and not site.exists():
        _aside(root, site).rename(site)
    for left in (_aside(root, site), *(root / ".build").glob("stage-*")):
        shutil.rmtree(left, ignore_errors=True)
    stage = Path(tempfile.mkdtemp(prefix="stage-", dir=root / ".build"))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _aside(root: Path, site: Path) -> Path:
    """Where the last good site lies while the new one takes its place."""
    return root / ".build" / f"last-{site.name}"


def _swap(root: Path, built: Path, site: Path) -> Path:
    """Put the finished site in place; the old one is moved aside first and removed last."""
    old = _aside(root, site)
    built.chmod(0o755)
    if site.exists():
        site.rename(old)
    try:
        built.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return site
