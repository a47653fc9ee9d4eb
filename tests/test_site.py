"""The finished site in a real browser: every page, both languages, no other host, no error."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.built import ARGUMENTS, ROOT, built_site, chromium

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("site")]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Keep the test output readable."""


@pytest.fixture(scope="module")
def site() -> Path:
    """The finished site."""
    return built_site()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site on a local server, under a sub-path as project pages have it."""
    with _served(site) as found:
        yield found


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


def _pages(site: Path) -> list[str]:
    files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return [file.removesuffix("index.html") for file in files if not file.endswith("404.html")]


_LEFT = "net::ERR_ABORTED"


class Watch:
    """What a page did that it must not: other hosts, errors in the console, failed requests."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        page.on("request", lambda r: self._request(r.url, address))
        page.on("console", lambda m: m.type in {"error", "warning"} and self._say(m.text))
        page.on("pageerror", lambda e: self._say(str(e)))
        page.on("response", lambda r: r.status >= 400 and self._say(f"{r.status} {r.url}"))
        # A page that is left cancels what it was still fetching; that is no fault.
        page.on("requestfailed", lambda r: r.failure != _LEFT and self._say(f"failed {r.url}"))

    def _request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self._say(f"another host: {url}")

    def _say(self, text: str) -> None:
        self.faults.append(text)


def test_every_page_loads_without_another_host_an_error_or_a_404(
    site: Path, address: str, browser: Browser
) -> None:
    """No page of either language asks another host, logs an error, or misses a file."""
    page = browser.new_page()
    watch = Watch(page, address)
    for path in _pages(site):
        page.goto(address + path, wait_until="networkidle")
    assert watch.faults == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(site: Path, address: str, browser: Browser, width: int) -> None:
    """No page is wider than the window, from a small phone to a desktop."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for path in _pages(site):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []


def test_links_inside_the_site_lead_somewhere(site: Path) -> None:
    """Every relative link of every page names a file, and every fragment an id on its page."""
    ids: dict[Path, set[str]] = {}
    trees = {file: html.fromstring(file.read_bytes()) for file in site.rglob("*.html")}
    for file, tree in trees.items():
        ids[file] = {element.get("id") for element in tree.xpath("//*[@id]")}
    broken = []
    for file, tree in trees.items():
        if file.name == "404.html":
            continue
        for link in {a.get("href") for a in tree.xpath("//a[@href]")}:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, fragment = link.partition("#")
            target = (file.parent / path).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (fragment and fragment not in ids.get(target, {fragment})):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert broken == []


def test_ids_are_unique_on_each_page(site: Path) -> None:
    """No page holds an id twice."""
    doubled = []
    for file in site.rglob("*.html"):
        names = [e.get("id") for e in html.fromstring(file.read_bytes()).xpath("//*[@id]")]
        doubled += [f"{file.relative_to(site)}: {n}" for n in set(names) if names.count(n) > 1]
    assert doubled == []


def test_no_template_syntax_reaches_a_reader(site: Path) -> None:
    """No page shows braces of a macro or an error page of the macros plugin."""
    shown = [
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if re.search(r"\{\{|\{%|Macro Rendering Error", file.read_text(encoding="utf-8"))
    ]
    assert shown == []


def test_the_language_button_leads_to_the_same_page_and_back(
    site: Path, address: str, browser: Browser
) -> None:
    """From each English page the button leads to its Spanish page, and from there back."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for path in [p for p in _pages(site) if not p.startswith("es/")]:
        page.goto(address + path)
        page.click(".tool--language")
        page.wait_for_url(f"{address}es/{path}")
        assert page.get_attribute("html", "lang") == "es-419"
        page.click(".tool--language")
        page.wait_for_url(address + path)
        assert page.get_attribute("html", "lang") == "en"


def test_each_page_names_both_languages_to_search_engines(site: Path) -> None:
    """hreflang en, es-419 and x-default, reciprocal and absolute."""
    for path in _pages(site):
        tree = html.fromstring((site / path / "index.html").read_bytes())
        links = {
            link.get("hreflang"): link.get("href")
            for link in tree.xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')]")
            if link.get("hreflang")
        }
        assert set(links) == {"en", "es-419", "x-default"}, path
        same = path.removeprefix("es/")
        assert links["en"].endswith("/" + same) and "/es/" not in links["en"]
        assert links["es-419"].endswith("/es/" + same)
        assert links["x-default"] == links["en"]


@pytest.mark.parametrize(("start", "word"), [("", "cato"), ("es/", "erradicación")])
def test_search_finds_in_the_readers_language(
    address: str, browser: Browser, start: str, word: str
) -> None:
    """Search has an index of its own for each language, and its hits stay in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + start)
    page.click(".md-search__icon")
    page.keyboard.type(word)
    hit = page.locator(".md-search-result__link").first
    hit.wait_for()
    found = hit.get_attribute("href")
    assert found
    hit.click()
    page.wait_for_url(lambda url: url.startswith(found.partition("?")[0]))
    assert page.get_attribute("html", "lang") == ("es-419" if start else "en")
    expect(page.locator("article")).to_contain_text(word, ignore_case=True)


def test_a_figure_shows_its_card_on_focus_and_leads_to_its_row(
    address: str, browser: Browser
) -> None:
    """By keyboard alone: the card names the source; Enter leads to the observation."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "bolivia-cato/")
    figure = page.locator("article p a.figure[href*='coca-area_BO_2024']").first
    figure.scroll_into_view_if_needed()
    card = page.locator(f"[id='{figure.get_attribute('aria-describedby')}']")
    expect(card).to_be_hidden()
    page.keyboard.press("Tab")
    figure.focus()
    expect(card).to_be_visible()
    assert "UNODC" in card.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/area/#coca-area_BO_2024_*")
    expect(page.locator(":target")).to_have_count(1)


def test_a_row_offers_the_line_where_it_is_corrected(address: str, browser: Browser) -> None:
    """Pointed at or reached by keyboard, also where the script has to count on to the line."""
    page = browser.new_page()
    page.goto(f"{address}data/area/")
    rows = page.locator("[data-indicator=coca-area] .observations tr[id]")
    counted = page.locator("[data-indicator=coca-area] .observations tr[id]:not([data-line])")
    for row in (rows.first, counted.first, counted.last, rows.last):
        row.locator("td:nth-child(2) a").first.focus()
        link = row.locator("a.correct")
        file, _, line = str(link.get_attribute("href")).partition("#L")
        assert file.endswith("/edit/main/data/observations/coca-area.csv")
        cells = (ROOT / "data/observations/coca-area.csv").read_text().splitlines()[int(line) - 1]
        _, area, _, source = str(row.get_attribute("id")).split("_")
        assert cells.startswith(f"{area},") and f",{source}," in cells
    page.close()


def test_the_site_can_be_read_without_scripts(address: str, browser: Browser) -> None:
    """Text, figures, charts and language links work with scripts off."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + "es/bolivia-cato/")
    assert page.locator("article h1").inner_text()
    assert page.locator("article a.figure").count() > 20
    assert page.locator("figure.chart svg:visible").count() >= 1
    page.click(".tool--language")
    page.wait_for_url(address + "bolivia-cato/")


def test_the_error_page_speaks_both_languages(site: Path) -> None:
    """The 404 page served for any address says it in English and in Spanish."""
    text = html.fromstring((site / "404.html").read_bytes()).text_content()
    assert "Español" in text or "español" in text
    assert html.fromstring((site / "404.html").read_bytes()).xpath(
        "//*[@lang='es-419' or @lang='es']"
    )


def test_every_hosted_page_has_a_policy_that_allows_our_host_only(site: Path) -> None:
    """The content-security policy names no other host and no eval."""
    for file in site.rglob("*.html"):
        tree = html.fromstring(file.read_bytes())
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "http" not in policy.replace("https://leaf", "")
        assert "unsafe-eval" not in policy
        assert policy.startswith("default-src 'none'")


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    """No src, stylesheet or url() of any published file names a host."""
    named = []
    for file in site.rglob("*.html"):
        tree = html.fromstring(file.read_bytes())
        sources = tree.xpath(
            "//@src | //link[@rel='stylesheet' or @rel='preload' or @rel='icon']/@href"
        )
        named += [f"{file.name}: {s}" for s in sources if re.match(r"(https?:)?//", s)]
    for file in site.rglob("*.css"):
        found = re.findall(r"url\(\s*['\"]?(?:https?:)?//[^)]*", file.read_text(encoding="utf-8"))
        named += [f"{file.name}: {s}" for s in found]
    assert named == []


def test_each_language_has_its_own_search_index_and_sitemap(site: Path) -> None:
    """Two indexes, each with pages of its language only."""
    english = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    spanish = json.loads((site / "es/search/search_index.json").read_text(encoding="utf-8"))
    assert english["config"]["lang"] == ["en"]
    assert spanish["config"]["lang"] == ["es"]
    assert (site / "sitemap.xml").is_file() and (site / "es/sitemap.xml").is_file()
