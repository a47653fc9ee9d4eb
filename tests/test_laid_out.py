"""Where things come to stand in the window: rows that addresses lead to, marks beside their words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.built import ARGUMENTS, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("site")]

LONGEST = "data/area/"

# A row deep in the page, and its distance from the top of the window once nothing moves.
DEEP = "(rows => rows[Math.floor(rows.length * 0.8)].id)(document.querySelectorAll('.observations tr[id]'))"
PLACE = """async id => {
  const row = document.getElementById(id)
  let now, before
  do {
    before = now
    await new Promise(done => setTimeout(done, 200))
    now = row.getBoundingClientRect().top
  } while (now !== before)
  return now / innerHeight
}"""
# Sections whose reserved room is far from the room their rows take.
GUESSES = """() => {
  const sections = [...document.querySelectorAll('.indicator')]
  const heights = () => sections.reduce((sum, section) => sum + section.offsetHeight, 0)
  const guessed = heights()
  document.head.append(Object.assign(document.createElement('style'),
    { textContent: '.indicator.indicator { content-visibility: visible !important }' }))
  return [sections.length, guessed / heights()]
}"""
# Marks of citations and rivals on another line than the last word before them, or away from it.
STRAY = """() => {
  const boxes = node => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(box => box.width > 1)
  }
  return [...document.querySelectorAll("article td .cite, article td .rival")].filter(mark => {
    const sign = boxes(mark.querySelector("[aria-hidden], a").firstChild)[0]
    const word = boxes(mark.previousSibling).pop()
    return Math.abs(word.top + word.bottom - sign.top - sign.bottom) > 24
      || Math.abs(sign.left - word.right) > 5
  }).map(mark => mark.parentElement.textContent)
}"""


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


@pytest.fixture(name="page", params=[390, 1280])
def page_of_a_width(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as wide as a phone, then as a desktop; it jumps to where it is led, with no way there."""
    size = {"width": request.param, "height": 800}
    page = browser.new_page(viewport=size, reduced_motion="reduce")
    yield page
    page.close()


def test_the_address_of_a_row_arrives_on_the_longest_page(page: Page) -> None:
    """Opened with it, and followed from the head of the page: the row is at the top of the window."""
    with _served(built_site()) as address:
        page.goto(address + LONGEST)
        row = page.evaluate(DEEP)
        page.evaluate("id => { location.hash = id }", row)
        assert 0 <= page.evaluate(PLACE, row) < 0.3
        page.goto("about:blank")
        page.goto(f"{address}{LONGEST}#{row}")
        assert 0 <= page.evaluate(PLACE, row) < 0.3


def test_going_back_from_a_row_leads_to_where_the_reader_was(page: Page) -> None:
    """The room that waits for rows changes nothing about the history of a visit."""
    with _served(built_site()) as address:
        page.goto(address + LONGEST)
        row = page.evaluate(DEEP)
        for _ in range(10):
            page.evaluate("scrollBy({ top: 400, behavior: 'instant' })")
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        read = page.evaluate("document.elementFromPoint(innerWidth / 3, 400).closest('[id]').id")
        before = page.evaluate(PLACE, read)
        page.evaluate("id => { location.hash = id }", row)
        assert not 0 <= page.evaluate(PLACE, read) < 1
        page.go_back()
        assert page.evaluate(PLACE, read) == pytest.approx(before, abs=0.25)


def test_rows_far_from_the_window_wait_but_not_for_paper(page: Page) -> None:
    """Of the longest page little is laid out on arrival; printed, all of it."""
    waiting = """[...document.querySelectorAll('.indicator')].filter(section =>
      !section.lastElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""
    with _served(built_site()) as address:
        page.goto(address + LONGEST)
        sections = page.locator(".indicator").count()
        assert page.evaluate(waiting) > sections / 2
        page.emulate_media(media="print")
        page.wait_for_function(f"({waiting}) === 0")


@pytest.mark.parametrize("path", [LONGEST, "es/data/prices/", "data/markets/", "es/data/people/"])
def test_the_room_kept_for_rows_is_about_what_they_take(page: Page, path: str) -> None:
    """Or the bar beside the page would mislead, and a reading position return elsewhere."""
    with _served(built_site()) as address:
        page.goto(address + path)
        sections, share = page.evaluate(GUESSES)
    assert sections > 5
    assert 0.75 < share < 1.35


@pytest.mark.parametrize("path", ["side-by-side/", "es/side-by-side/", "disagreement/"])
def test_a_mark_in_a_table_stands_beside_what_it_marks(page: Page, path: str) -> None:
    """Never alone on the next line, though it is as large as a finger needs."""
    with _served(built_site()) as address:
        page.goto(address + path)
        marks = page.locator("article td").locator(".cite, .rival").count()
        stray = page.evaluate(STRAY)
    assert marks > 3
    assert stray == []
