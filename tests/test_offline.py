"""The offline edition: one archive, read from a disk by a real browser, asking nothing of the net."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from factbook.editions.offline import NAME, checksums, write_archive
from factbook.editions.offline_start import START, start_page
from factbook.editions.pdf.imprint import Imprint
from factbook.editions.shelf import fill_places, item_of, write_shelf
from factbook.model import Language
from factbook.release import Release

ROOT = Path(__file__).parents[1]
ARCHIVE = ROOT / "site" / "editions" / f"{NAME}.zip"
LIMIT = 25_000_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IMPRINT = Imprint("1.2.3", 1_790_000_000, "abc", "0" * 64, "2026-11", "https://example.org/")


def test_archive_has_the_same_bytes_whatever_the_disk_says(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        (folder / "es").mkdir(parents=True)
        (folder / "index.html").write_text("a")
        (folder / "es" / "index.html").write_text("b")
        os.utime(folder / "index.html", (len(name), 1e9 if name == "one" else 1e8))
        write_archive(folder, tmp_path / f"{name}.zip", 1_790_000_000)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == [f"{NAME}/es/index.html", f"{NAME}/index.html"]
        assert archive.infolist()[0].date_time[:3] == (2026, 9, 21)


def test_checksums_name_every_file_but_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text("old")
    assert checksums(tmp_path) == f"{hashlib.sha256(b'a').hexdigest()}  a.txt\n"


def test_start_page_speaks_both_languages_and_says_how_to_check() -> None:
    page = start_page(IMPRINT)
    for said in (
        'lang="es-419"',
        "Version 1.2.3",
        "Versión 1.2.3",
        "sha256sum",
        "shasum",
        "Get-FileHash",
    ):
        assert said in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_list_of_editions_is_computed_from_the_files(tmp_path: Path) -> None:
    (tmp_path / "editions").mkdir()
    (tmp_path / "es" / "about").mkdir(parents=True)
    (tmp_path / "editions" / "x.pdf").write_bytes(b"x" * 1_260_000)
    place = '<p>a</p><div class="editions" data-editions></div>'
    (tmp_path / "es" / "about" / "index.html").write_text(place)
    release = Release("1.2.3", 1_790_000_000)
    item = item_of(tmp_path, "editions/x.pdf", Language.ES, 12, release)
    assert fill_places(tmp_path, [item]) == 1
    page = (tmp_path / "es" / "about" / "index.html").read_text()
    assert 'href="../../editions/x.pdf"' in page
    assert "1,3&nbsp;MB" in page
    assert item.sha256 in page
    assert "21 de septiembre de 2026" in page


def test_a_chapter_links_to_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "editions" / "es").mkdir(parents=True)
    (tmp_path / "es" / "leaf").mkdir(parents=True)
    (tmp_path / "editions" / "es" / "leaf.pdf").write_bytes(b"x" * 260_000)
    (tmp_path / "es" / "leaf" / "index.html").write_text("<article><p>a</p></article>b")
    (tmp_path / "index.html").write_text('<div class="editions" data-editions></div>')
    release = Release("1.2.3", 1_790_000_000)
    chapter = item_of(
        tmp_path,
        "editions/es/leaf.pdf",
        Language.ES,
        7,
        release,
        chapter="La hoja",
        page="leaf/index.html",
    )
    assert write_shelf(tmp_path, [chapter]) == 1
    assert (tmp_path / "es" / "leaf" / "index.html").read_text() == (
        '<article><p>a</p><p class="offprint"><a href="../../editions/es/leaf.pdf" download>'
        "Este capítulo en PDF</a> (7 páginas, 0,3&nbsp;MB)</p>\n</article>b"
    )
    assert "La hoja" not in (tmp_path / "index.html").read_text(), "other language's chapters"
    assert '"chapter": "La hoja"' in (tmp_path / "editions" / "index.json").read_text()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ARCHIVE.is_file():
        pytest.skip("needs a built site: make site")
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder / NAME


@pytest.mark.site
def test_archive_is_small_and_whole(unpacked: Path) -> None:
    assert ARCHIVE.stat().st_size < LIMIT
    assert checksums(unpacked) == (unpacked / "SHA256SUMS").read_text()
    for name in ("index.html", "es/index.html", START, "VERSION", "editions/hoja-y-ley.pdf"):
        assert (unpacked / name).is_file(), name


@pytest.mark.site
def test_each_chapter_leads_to_its_own_pdf_in_the_archive(unpacked: Path) -> None:
    for folder, language in ((unpacked, "en"), (unpacked / "es", "es")):
        files = sorted((unpacked / "editions" / language).glob("*.pdf"))
        assert len(files) > 6
        for file in files:
            page = (folder / f"{file.stem}.html").read_text()
            assert len(re.findall(rf'<p class="offprint"><a href="[^"]*{file.name}"', page)) == 1, (
                file
            )
        assert all(
            f"editions/{language}/{f.name}" in (folder / "about.html").read_text() for f in files
        )


@pytest.mark.site
def test_no_page_loads_anything_from_elsewhere(unpacked: Path) -> None:
    loads = re.compile(r'<(?:script|img|iframe)[^>]*\ssrc="?(?:https?:)?//|<link[^>]*href="?//')
    sheets = re.compile(r'<link[^>]*rel="?(?:stylesheet|preload|icon)[^>]*href="?https?:')
    for page in unpacked.rglob("*.html"):
        text = page.read_text()
        assert not loads.search(text), page
        assert not sheets.search(text), page
    for style in unpacked.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//", style.read_text()), style


@pytest.mark.site
def test_links_between_pages_lead_to_files(unpacked: Path) -> None:
    for page in unpacked.rglob("*.html"):
        for href in re.findall(r'<a [^>]*?href="([^"#:?]+)["#?]', page.read_text()):
            assert (page.parent / href).is_file(), f"{page.relative_to(unpacked)}: {href}"


class Visit:
    """A page opened from the disk, with everything it asked for and complained about."""

    def __init__(self, browser: Any, scheme: str = "light") -> None:
        self.page = browser.new_context(color_scheme=scheme).new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def check(self) -> None:
        allowed = ("file:", "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(allowed)] == []
        assert self.complaints == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize(
    ("start", "word", "reached"),
    [("index.html", "chapare", "/index.html"), ("es/index.html", "cato", "/es/")],
)
def test_search_finds_and_the_hit_opens(
    unpacked: Path, browser: Any, start: str, word: str, reached: str
) -> None:
    visit = Visit(browser)
    page = visit.page
    page.goto((unpacked / start).as_uri())
    page.locator("label.md-search__icon").click()
    page.keyboard.type(word)
    hit = page.locator(".md-search-result__link").first
    hit.wait_for(state="visible", timeout=20_000)
    target = hit.get_attribute("href")
    assert target is not None
    assert ("/es/" in target) == start.startswith("es/")
    hit.click()
    page.wait_for_url(lambda url: url.startswith("file:") and url != (unpacked / start).as_uri())
    assert word in page.locator("article").inner_text().lower()
    visit.check()


@pytest.mark.site
@pytest.mark.browser
def test_dark_colours_language_link_and_charts(unpacked: Path, browser: Any) -> None:
    visit = Visit(browser, "dark")
    page = visit.page
    page.goto((unpacked / "bolivia-cato.html").as_uri())
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", paper)[:3])) < 60
    assert page.locator("figure.chart svg").count() > 0
    page.locator("a.tool--language").click()
    page.wait_for_url("**/es/bolivia-cato.html")
    assert page.locator("html").get_attribute("lang", timeout=5000).startswith("es")
    visit.check()


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize("start", ["leaf.html", "es/leaf.html"])
def test_pages_are_set_in_our_letters(unpacked: Path, browser: Any, start: str) -> None:
    visit = Visit(browser)
    visit.page.goto((unpacked / start).as_uri())
    faces = visit.page.evaluate(
        """async () => {
          await document.fonts.ready;
          return [...document.fonts].map(face => [face.family.replaceAll('"', ''), face.status]);
        }"""
    )
    ours = {(family, status) for family, status in faces if family.startswith("Hoja")}
    assert {("Hoja Sans", "loaded"), ("Hoja Serif", "loaded")} <= ours
    assert {status for _, status in ours} <= {"loaded", "unloaded"}
    visit.check()


@pytest.mark.site
@pytest.mark.browser
def test_pages_read_without_script(unpacked: Path, browser: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    for name in (START, "index.html", "es/peru-enaco.html"):
        page.goto((unpacked / name).as_uri())
        expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("figure.chart svg").first).to_be_visible()
