"""Builds the whole site beside ``site/`` and swaps it in only when everything succeeded."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from factbook.charts.pixels import in_pixels
from factbook.charts.processes import Progress, load_ahead
from factbook.charts.raster import Sheet
from factbook.charts.render import expected, render
from factbook.checks import Project, check_project
from factbook.edition import drawings_of
from factbook.editions.discovery import write_discovery
from factbook.editions.downloads import write_charts, write_downloads, write_usage
from factbook.editions.engines import Engines
from factbook.editions.offline import build_offline
from factbook.editions.pdf.build import build_pdfs
from factbook.editions.pdf.render import require_pango
from factbook.editions.policy import add_policies
from factbook.editions.progress import Steps
from factbook.editions.shelf import item_of, write_shelf
from factbook.editions.social import cards, write_cards
from factbook.errors import FactbookError, FindingsError
from factbook.memory import OWN, PACKAGE, Shelf, ground, stamps
from factbook.model import Language
from factbook.release import release_of
from factbook.vocabulary import Use


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
        if expected(root):
            load_ahead()
        before = stamps(root / "data", PACKAGE)
        steps.begin("Checking data and chapters")
        project = check_project(root, OWN)
        if project.findings:
            raise FindingsError(project.findings)
        if editions:
            require_pango()
        steps.begin("Drawing charts")
        with steps.counting("charts") as count:
            drawn = render(root, project.dataset, progress=count)
        steps.say(f"{len(drawn)} drawn anew" if drawn else "all are up to date")
        for language in Language:
            drawings_of(root, project.dataset, language, OWN)  # for the engines, who inherit them
        steps.begin("Building the pages in English and Spanish, writing data and pictures")
        with Engines(root, stage / "pages") as engines, steps.counting("pictures") as count:
            beside = stage / "beside"
            shelf = Shelf(root / ".cache" / "downloads", ground(root, root / "data"))
            downloads = _downloads(root, project, shelf)
            _beside_pages(root, beside, project, downloads, count)
            if before == stamps(root / "data", PACKAGE):  # else it is not sure what it rests on
                shelf.store()
            site = engines.finished()
        shutil.copytree(beside, site, dirs_exist_ok=True, copy_function=shutil.move)
        used = Shelf(root / ".cache" / "usage", ground(root))
        write_usage(site, used)
        used.store()
        if editions:
            steps.begin("Making the PDF and offline editions")
            _editions(root, stage, site, downloads, steps, paper)
        add_policies(site)
        _write_checksums(site)
        return _swap(root, site, root / target)


def _pages(root: Path, stage: Path, more: Mapping[str, str]) -> Path:
    """Build the pages of both languages in ``stage``; ``more`` is for the engines' environment."""
    with Engines(root, stage, more) as engines:
        return engines.finished()


def _downloads(root: Path, project: Project, shelf: Shelf) -> Callable[[Path], None]:
    """What writes the files of the data into a site, with the figures that pages and charts ask for."""
    charts = (drawings_of(root, project.dataset, lang, OWN).values() for lang in Language)
    asked = {name for drawings in charts for drawing in drawings for name in drawing.figures}
    asked.update(name for usage in project.usages.values() for name in usage.of(Use.FIGURE))
    release = release_of(root)
    return lambda site: write_downloads(site, project.dataset, release, asked, shelf)


def _beside_pages(
    root: Path,
    site: Path,
    project: Project,
    downloads: Callable[[Path], None],
    progress: Progress,
) -> None:
    """Write what pages link to and where they are shared: data, charts, pictures."""
    release = release_of(root)
    drawn = {language: drawings_of(root, project.dataset, language, OWN) for language in Language}
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
        folder.mkdir(exist_ok=True)
        own = {name: pixels[f"{lang}/{name}"] for lang, name in sheets if lang is language}
        write_charts(folder, charts, own)
        write_cards(folder, {name: own[name] for name in own if name not in charts})
    downloads(site)
    write_discovery(root, site, project.chapters, release)


def _editions(
    root: Path,
    stage: Path,
    site: Path,
    downloads: Callable[[Path], None],
    steps: Steps,
    paper: str,
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
    pages = partial(_pages, root)
    archive = build_offline(root, site, stage, release, items, pages, downloads)
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
