"""What a visit costs: bytes as a host sends them compressed, and requests, measured in a browser."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Route, sync_playwright

from tests.built import ARGUMENTS, ROOT, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("site")]

CHAPTERS = ("leaf", "bolivia-cato", "peru-enaco", "peru-eradication", "who-review", "side-by-side")
FIRST, NEXT, FONTS, REQUESTS = 200_000, 60_000, 60_000, 15

WATCH = """
window.shifted = 0
new PerformanceObserver(list => list.getEntries().forEach(entry => { shifted += entry.value }))
  .observe({ type: "layout-shift", buffered: true })
"""


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


def _weight(file: Path) -> int:
    """The bytes a host sends: fonts and pictures as they are, the rest by gzip."""
    data = file.read_bytes()
    if file.suffix in {".woff2", ".png"}:
        return len(data)
    return len(gzip.compress(data, 6, mtime=0))


def _asked(browser: Browser, address: str, *paths: str) -> list[list[str]]:
    """What the browser asks for on each of a row of pages, as paths of the site, caching as it does."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    found = []
    for path in paths:
        asked.clear()
        page.goto(address + path, wait_until="networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(200)
        found.append([url for url in asked if not url.startswith(("data:", "blob:"))])
    return found


def _file(site: Path, address: str, url: str) -> Path:
    assert url.startswith(address), f"another host: {url}"
    path = site / url.removeprefix(address).partition("#")[0].partition("?")[0]
    return path / "index.html" if path.is_dir() else path


@pytest.mark.parametrize(
    "path",
    [f"{language}{name}" for language in ("", "es/") for name in CHAPTERS],
)
def test_a_chapter_read_next_stays_within_its_budget(path: str) -> None:
    """What another page costs is its own HTML: the rest is there already."""
    assert _weight(built_site() / path / "index.html") <= NEXT


@pytest.mark.parametrize("language", ["", "es/"])
def test_a_visit_stays_within_its_budget(browser: Browser, language: str) -> None:
    """First visit under 200 kB and 15 requests, fonts under 60 kB, the next page under 60 kB."""
    site = built_site()
    over: list[str] = []
    with _served(site) as address:
        for name in CHAPTERS:
            path = f"{language}{name}/"
            first, second = _asked(browser, address, path, f"{language}questions/")
            files = [_file(site, address, url) for url in first]
            total = sum(map(_weight, files))
            fonts = sum(_weight(file) for file in files if file.suffix == ".woff2")
            known = set(files)
            new = [f for f in (_file(site, address, url) for url in second) if f not in known]
            later = sum(map(_weight, new))
            costs = {"first": (total, FIRST), "fonts": (fonts, FONTS), "next": (later, NEXT),
                     "requests": (len(files), REQUESTS - 1)}  # fmt: skip
            over += [f"{path} {k}: {n:,} > {most:,}" for k, (n, most) in costs.items() if n > most]
    assert over == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_under_the_reader(browser: Browser, width: int) -> None:
    """Pictures that wait for their layout keep their room: scrolled through, a page shifts < 0.02.

    It is read on a slow device, which shows a page while it still reads it.
    """
    moved = {}
    with _served(built_site()) as address:
        for path in ("", "side-by-side/", "es/bolivia-cato/", "data/markets/"):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.add_init_script(WATCH)
            slow = page.context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(address + path, wait_until="networkidle")
            page.wait_for_load_state("load")
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            height = page.evaluate("document.documentElement.scrollHeight")
            for _ in range(0, height, 700):
                page.evaluate("scrollBy(0, 700)")
                page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            assert page.evaluate("scrollY") > height / 2
            moved[path] = page.evaluate("shifted")
            page.close()
    assert {path: shift for path, shift in moved.items() if shift >= 0.02} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_letters_that_come_late_move_nothing(browser: Browser, width: int) -> None:
    """On a slow line a page is read in the letters of the device; ours are there for the next."""
    with _served(built_site()) as address:
        for path in ("", "es/bolivia-cato/"):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.add_init_script(WATCH)
            page.route("**/*.woff2", _late)
            page.goto(address + path, wait_until="networkidle")
            assert page.evaluate("document.fonts.size") > 2
            assert page.evaluate("shifted") < 0.02
            page.close()


def _late(route: Route) -> None:
    """Answer when the page has been shown for a while."""
    route.request.frame.page.wait_for_timeout(600)
    route.continue_()


def test_the_search_loads_its_index_when_it_is_wanted(browser: Browser) -> None:
    """Nor the theme's script: not on opening a page; on reaching the field, and then it finds."""
    site = built_site()
    with _served(site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        page.on("request", lambda r: asked.append(r.url))
        page.goto(f"{address}bolivia-cato/", wait_until="networkidle")
        assert not any("search" in url.rpartition("/")[2] for url in asked if "demand" not in url)
        assert not any("bundle" in url for url in asked)
        page.click(".md-search__icon")
        page.keyboard.type("cato")
        page.locator(".md-search-result__link").first.wait_for()
        assert any("search_index" in url for url in asked)


def test_the_longest_tables_stay_bearable() -> None:
    """A page of data, which grows with every source, is at most 640 kB, 74 kB as it is sent."""
    files = sorted(built_site().glob("**/data/*/index.html"))
    sizes = {str(file): (file.stat().st_size, _weight(file)) for file in files}
    assert len(sizes) >= 20
    assert {f: s for f, s in sizes.items() if s[0] > 640_000 or s[1] > 74_000} == {}


def test_the_fonts_hold_every_character_of_the_pages() -> None:
    """What a page prints is in the roman and the sans; what it prints in italics, in the italic."""
    from fontTools.ttLib import TTFont

    fonts = ROOT / "overrides" / "assets" / "fonts"
    known = {
        name: set(TTFont(fonts / f"hoja-{name}.woff2").getBestCmap())
        for name in ("serif", "sans", "serif-italic")
    }
    missing: dict[str, str] = {}
    for file in built_site().rglob("*.html"):
        tree = html.fromstring(file.read_bytes())
        for extra in tree.xpath("//script | //style"):
            extra.drop_tree()
        slanted = "".join(e.text_content() for e in tree.xpath("//em | //i | //cite"))
        for name, text in (("serif", tree.text_content()), ("sans", tree.text_content()),
                           ("serif-italic", slanted)):  # fmt: skip
            for character in set(text) - {"\n", "\t", "\u2060", "\u200b"}:
                if ord(character) not in known[name]:
                    missing[f"{character} U+{ord(character):04X} {name}"] = file.parent.name
    assert missing == {}
