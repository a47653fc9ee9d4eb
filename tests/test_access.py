"""Pages that everybody can use: WCAG 2.2 AA as far as axe can tell, the keyboard, less motion.

Every page is seen in both languages. The suite looks at each once a language, so that of the two
one is light and one dark, one wide and one as narrow as at a zoom of 400 %. ``ACCESS=full``, which
``make audit`` sets, looks at every page in every combination.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.built import ARGUMENTS, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("access")]

Scheme = Literal["light", "dark"]

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
COMBINATIONS: tuple[tuple[Scheme, int], ...] = tuple(product(("light", "dark"), (1280, 320)))
FULL = os.environ.get("ACCESS") == "full"

# Rows of a table are made alike, and axe takes minutes on a thousand: of each long table the first
# ones are looked at. What can be opened is open, and the first figure has the focus and its card.
# Rows that wait for their layout are laid out, as after a link within the page: axe would measure
# them in the room kept for them, where nobody sees them.
PREPARE = """() => {
  document.documentElement.classList.add("is-led")
  for (const details of document.querySelectorAll("details")) details.open = true
  for (const table of document.querySelectorAll("article table"))
    [...table.querySelectorAll("tbody tr")].slice(8).forEach(row => row.remove())
  const many = [...document.querySelectorAll(".indicator")].slice(6)
  for (const section of many) { section.previousElementSibling.remove(); section.remove() }
  for (const kind of [".event", ".gloss", "ul.references > li", ".claim"])
    [...document.querySelectorAll(kind)].slice(12).forEach(item => item.remove())
  document.querySelector(".fact > .figure, .observations tr[id] a")?.focus()
}"""


@pytest.fixture(name="site", scope="module")
def finished_site() -> Path:
    """The finished site."""
    return built_site()


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


def _paths(site: Path) -> list[str]:
    """The addresses of all pages in English; a Spanish one has ``es/`` before it."""
    files = (file.relative_to(site) for file in site.rglob("index.html"))
    pages = sorted(f.as_posix().removesuffix("index.html") for f in files if f.parts[0] != "es")
    return [*(page for page in pages if not page.startswith("assets/")), "404.html"]


def _wanted(site: Path) -> dict[tuple[Scheme, int], list[str]]:
    """What to look at in each combination."""
    looked: dict[tuple[Scheme, int], list[str]] = {each: [] for each in COMBINATIONS}
    for number, path in enumerate(_paths(site)):
        for pages in looked.values() if FULL else (looked[COMBINATIONS[number % 4]],):
            pages.append(path)
        for pages in looked.values() if FULL else (looked[COMBINATIONS[3 - number % 4]],):
            pages.append(f"es/{path}")
    return looked


def _context(browser: Browser, scheme: Scheme, width: int) -> Any:
    return browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        bypass_csp=True,
        reduced_motion="reduce",
    )


def _violations(page: Page, path: str) -> list[str]:
    found = Axe().run(page, options=RULES)
    return [
        f"{path}: {v['id']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:200]}"
        for v in found.response["violations"]
    ]


@pytest.mark.parametrize(("scheme", "width"), COMBINATIONS)
def test_axe_finds_no_violation(site: Path, browser: Browser, scheme: Scheme, width: int) -> None:
    """No page breaks a rule that a machine can check, nor is it wider than a narrow window."""
    page = _context(browser, scheme, width).new_page()
    broken: list[str] = []
    with _served(site) as address:
        for path in _wanted(site)[scheme, width]:
            page.goto(address + path)
            page.evaluate(PREPARE)
            broken += _violations(page, path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                broken.append(f"{path}: wider than the window")
    page.context.close()
    assert broken == []


@pytest.mark.parametrize(("scheme", "width"), COMBINATIONS)
@pytest.mark.parametrize("language", ["", "es/"])
def test_the_open_search_breaks_no_rule(
    site: Path, browser: Browser, scheme: Scheme, width: int, language: str
) -> None:
    """With its results."""
    page = _context(browser, scheme, width).new_page()
    with _served(site) as address:
        page.goto(f"{address}{language}about/")
        page.click(".md-search__icon")
        page.keyboard.type("coca")
        page.locator(".md-search-result__link").first.wait_for()
        broken = _violations(page, language)
    page.context.close()
    assert broken == []


# The element that has the focus, and whether it or what stands for it shows that.
FOCUSED = """() => {
  const it = document.activeElement
  const drawn = e => { const s = getComputedStyle(e)
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none"
      // A point of a picture is ringed by a stroke, which it has with the focus only.
      || (e.matches("circle, path") && s.stroke !== "none" && parseFloat(s.strokeWidth) >= 2) }
  const shows = [it, it.nextElementSibling, it.parentElement, ...it.querySelectorAll("*")]
    .filter(Boolean).some(drawn)
  const box = it.getBoundingClientRect()
  it.dataset.visit = (+it.dataset.visit || 0) + 1
  return { name: it.outerHTML.slice(0, 120), body: it === document.body, shows,
    again: +it.dataset.visit > 1, seen: box.bottom > 0 && box.top < innerHeight }
}"""


@pytest.mark.parametrize(
    "path", ["", "es/side-by-side/", "explore/", "es/data/review/", "timeline/"]
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    site: Path, browser: Browser, path: str
) -> None:
    """Tab goes through the page without a trap; each stop is in view and marked."""
    page = _context(browser, "light", 1280).new_page()
    faults: list[str] = []
    with _served(site) as address:
        page.goto(address + path)
        reachable = page.evaluate(
            "[...document.querySelectorAll('article a[href], article summary')]"
            ".filter(e => e.checkVisibility({visibilityProperty: true})).length"
        )
        stops = 0
        for _ in range(min(reachable, 150)):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            if stop["body"]:
                break
            stops += 1
            faults += [
                f"{fault}: {stop['name']}"
                for fault, found in (("a trap", stop["again"]), ("no mark", not stop["shows"]),
                                     ("out of view", not stop["seen"]))
                if found
            ]  # fmt: skip
    page.context.close()
    assert faults == []
    assert stops >= min(reachable, 150) - 1


def test_who_wants_less_motion_gets_none(site: Path, browser: Browser) -> None:
    """No animation runs and nothing scrolls smoothly, on hover and on focus too."""
    # In one breath with the focus: on a busy machine it is over before one can look.
    moving = "figure => { figure.focus(); return document.getAnimations().length }"
    smooth = "getComputedStyle(document.documentElement).scrollBehavior"
    seen = {}
    with _served(site) as address:
        for motion in ("reduce", "no-preference"):
            page = browser.new_context(reduced_motion=motion).new_page()
            page.goto(f"{address}bolivia-cato/")
            figure = page.locator(".fact > .figure").first
            seen[motion] = (page.evaluate(smooth), figure.evaluate(moving) > 0)
            page.context.close()
    assert seen == {"reduce": ("auto", False), "no-preference": ("smooth", True)}


@pytest.mark.parametrize("language", ["", "es/"])
def test_a_figure_is_heard_as_a_sentence(site: Path, browser: Browser, language: str) -> None:
    """Its name is the number with its unit; what, where, when and who follow as its description."""
    page = _context(browser, "light", 1280).new_page()
    with _served(site) as address:
        page.goto(f"{address}{language}bolivia-cato/")
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["name"]["value"], node["description"]["value"])
        for node in nodes
        if node.get("role", {}).get("value") == "link"
        and "UNODC" in node.get("description", {}).get("value", "")
    ]
    page.context.close()
    assert len(heard) > 10
    for name, description in heard:
        assert "_" not in name + description and "/BO/" not in name + description
        assert len(description.split()) > 6
        assert name.split()[0].strip("~≈")[0] != "{"
