"""The offline edition: both languages, the data and the PDFs in one archive that needs no server."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from factbook.editions.downloads import write_usage
from factbook.editions.offline_start import START, start_page, version_text
from factbook.editions.pdf.build import EDITIONS
from factbook.editions.pdf.imprint import imprint_of
from factbook.editions.shelf import Item, fill_places, link_chapters
from factbook.errors import FactbookError
from factbook.identity import STEM
from factbook.markup.pictures import CHARTS
from factbook.model import Language
from factbook.release import Release

NAME = f"{STEM.en}-offline"
"""The archive's name without extension, and the folder that it unpacks to."""

SUMS = "SHA256SUMS"
ENVIRONMENT = {"DIRECTORY_URLS": "false", "OFFLINE": "true"}
"""What makes the site engine build pages for a disk: addresses of files, the search index as script."""

STYLES = "assets/stylesheets/leaf-and-law.css"
LATE = "font-display: optional"
"""What the styles say of letters that come late over a line."""

_HOSTED_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json")
_SERVER_LINK = re.compile(r'href="(?P<path>[^":#?]+)/(?P<rest>#[^"]*)?"')
_EARLIEST = 315_532_800
"""1 January 1980: an archive knows no earlier date."""

PageBuilder = Callable[[Path, Mapping[str, str]], Path]
"""Builds the pages of both languages below a folder, with more environment; returns their root."""


def build_offline(
    root: Path,
    site: Path,
    stage: Path,
    release: Release,
    items: Sequence[Item],
    build_pages: PageBuilder,
    downloads: Callable[[Path], None],
) -> str:
    """Write the archive into ``site/editions``, where the PDFs already are; return its path.

    The files of charts are those of the finished ``site``, and ``downloads`` writes those of the data;
    ``items`` are the editions that its own pages list and that go into it: the PDFs.
    """
    folder = build_pages(stage / "offline", ENVIRONMENT)
    for language in Language:
        part = "" if language is Language.EN else language.value
        own = folder / part
        shutil.copytree(site / part / CHARTS, own / CHARTS, dirs_exist_ok=True)
        for name in _HOSTED_ONLY:
            (own / name).unlink(missing_ok=True)
    downloads(folder)
    write_usage(folder)
    for item in items:
        (folder / item.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / item.path, folder / item.path)
    link_chapters(folder, [replace(item, page=_on_disk(item.page)) for item in items])
    fill_places(folder, items)
    _name_files(folder)
    _wait_for_letters(folder / STYLES)
    imprint = imprint_of(root, site, release)
    (folder / START).write_text(start_page(imprint), encoding="utf-8")
    (folder / "VERSION").write_text(version_text(imprint), encoding="utf-8")
    (folder / SUMS).write_text(checksums(folder), encoding="utf-8")
    path = f"{EDITIONS}/{NAME}.zip"
    write_archive(folder, site / path, release.date)
    return path


def _on_disk(page: str | None) -> str | None:
    """The file of a page on a disk (``leaf.html``) by its file on a server (``leaf/index.html``)."""
    return page and re.sub(r"(?<=[^/])/index\.html$", ".html", page)


def _name_files(folder: Path) -> None:
    """Let links written for a server (``leaf/``) name the file that a disk needs (``leaf.html``)."""
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")

        def named(match: re.Match[str], page: Path = page) -> str:
            path = match["path"]
            for file in (f"{path}.html", f"{path}/index.html"):
                if (page.parent / file).is_file():
                    return f'href="{file}{match["rest"] or ""}"'
            return match[0]

        mended = _SERVER_LINK.sub(named, text)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def _wait_for_letters(styles: Path) -> None:
    """From a disk no letters come late, but they are asked for only when a page is laid out.

    Raises :class:`FactbookError` where the styles say nothing of it: they have changed.
    """
    text = styles.read_text(encoding="utf-8")
    if LATE not in text:
        raise FactbookError(f"{STYLES} has no '{LATE}'; see factbook/editions/offline.py")
    styles.write_text(text.replace(LATE, "font-display: swap"), encoding="utf-8")


def checksums(folder: Path) -> str:
    """One line for each file below ``folder``, as ``sha256sum`` writes and reads it."""
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n"
        for name, file in _files(folder)
        if name != SUMS
    )


def write_archive(folder: Path, target: Path, epoch: int) -> None:
    """Pack ``folder``: the same files and the same date give the same bytes."""
    moment = datetime.fromtimestamp(max(epoch, _EARLIEST), UTC)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, file in _files(folder):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever system packs it
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, file.read_bytes(), compresslevel=9)


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = [(f.relative_to(folder).as_posix(), f) for f in folder.rglob("*") if f.is_file()]
    if not found:
        raise FactbookError("the offline edition has no pages")
    return sorted(found)
