"""Pages printed from a browser, and pages read without scripts: in both languages, light on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from tests.built import ARGUMENTS, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("print")]

PAGES = (
    "",
    "es/peru-enaco/",
    "data/people/",
    "es/data/review/",
    "es/timeline/",
    "questions/",
    "es/glossary/",
    "es/claims/",
)
"""A page of each kind."""

SCREEN_ONLY = (
    ".tabs",
    ".tools",
    ".aside",
    ".headerlink",
    ".chart-links",
    ".chart-cite",
    ".cite-how",
    ".card",
    ".front-contents",
    ".correct",
    ".next",
    ".md-search",
)


@pytest.fixture(name="address", scope="module")
def on_a_server() -> Iterator[str]:
    """The finished site on a local server."""
    with _served(built_site()) as found:
        yield found


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


@pytest.fixture(name="paper", scope="module")
def dark_page_for_print(browser: Browser) -> Page:
    """A page of a reader who prefers dark colours."""
    return browser.new_context(color_scheme="dark").new_page()


@pytest.mark.parametrize("path", PAGES)
def test_only_what_paper_can_use_is_printed(paper: Page, address: str, path: str) -> None:
    """No navigation, buttons or cards; what was folded is open; charts and words are there."""
    paper.goto(address + path)
    paper.emulate_media(media="print")
    for selector in SCREEN_ONLY:
        assert paper.locator(f"{selector}:visible").count() == 0, selector
    folded = paper.locator("article details:not(.cite-how):not(.chart-cite)")
    hidden = folded.evaluate_all(
        "all => all.filter(d => d.checkVisibility() && !d.lastElementChild.checkVisibility()).length"
    )
    assert hidden == 0, "something stays folded"
    pictures = paper.locator("figure.chart")
    for number in range(pictures.count()):
        assert pictures.nth(number).locator("svg:visible").count() == 1


@pytest.mark.parametrize("path", ["", "es/data/review/"])
def test_paper_is_light_whatever_the_reader_prefers(paper: Page, address: str, path: str) -> None:
    """Text is dark on white, and charts take their light colours, also from a dark screen."""
    paper.goto(address + path)
    paper.emulate_media(media="print", color_scheme="dark")
    values = paper.evaluate(
        "['--paper', '--ink', '--bo'].map(n => getComputedStyle(document.body)"
        ".getPropertyValue(n).trim())"
    )
    assert values == ["#fff", "#1d2420", "#0a6e58"]
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(29, 36, 32)"


def _printed(page: Page) -> str:
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)


def test_a_printed_chapter_says_all_it_says_on_the_screen(paper: Page, address: str) -> None:
    """Headings, a chart's table, addresses of sources and of the page are in the printed text."""
    paper.goto(f"{address}es/peru-enaco/")
    headings = paper.locator("article h2").all_inner_texts()
    first = paper.locator("figure.chart tbody tr").last.text_content() or ""
    links = paper.locator("ol.references a[href^=http]").first.get_attribute("href") or ""
    address_of_page = paper.locator("link[rel=canonical]").get_attribute("href") or ""
    text = _squeezed(_printed(paper))
    assert headings
    for said in (*headings, first, links, address_of_page):
        assert said
        assert _squeezed(said.replace("#", "")) in text.replace("#", ""), said


def _squeezed(text: str) -> str:
    """Without blanks, soft hyphens and hyphens: lines of paper break where they must."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_everything_can_be_read(browser: Browser, address: str, path: str) -> None:
    """Text, figures with their links, charts, tables and the link to the other language."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    expect(page.locator("h1").first).to_be_visible()
    figures = page.locator(
        "xpath=//article//a[contains(@class, 'figure')][not(ancestor::details)]"
        "[not(ancestor::*[contains(@class, 'card')])]"
    )
    assert all(figures.nth(n).is_visible() for n in range(min(figures.count(), 5)))
    pictures = page.locator("figure.chart")
    for number in range(pictures.count()):
        assert pictures.nth(number).locator("svg").first.is_visible()
        assert pictures.nth(number).locator("details summary").first.is_visible()
    page.locator("a.tool--language").click()
    other = path.removeprefix("es/") if path.startswith("es/") else f"es/{path}"
    # A click does not wait for the page it asks for to be laid out.
    expect(page).to_have_url(address + other)
    expect(page.locator("h1").first).to_be_visible()
    context.close()


def test_every_reference_of_the_site_is_reached_without_scripts(
    browser: Browser, address: str
) -> None:
    """A figure's link leads to its row, and the row's link to the source."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}leaf/")
    page.locator("article a.figure").first.click()
    expect(page).to_have_url(re.compile("/data/"))
    row = page.locator(":target")
    expect(row).to_be_visible()
    row.locator("a[href*='sources']").first.click()
    expect(page).to_have_url(re.compile("/sources/"))
    expect(page.locator(":target")).to_be_visible()


def test_the_style_of_print_is_sent_with_every_page() -> None:
    """No page of the site goes without it."""
    site: Path = built_site()
    pages = [file for file in site.rglob("*.html") if file.name == "index.html"]
    assert [p for p in pages if 'media="print"' not in p.read_text(encoding="utf-8")] == []
