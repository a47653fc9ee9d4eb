"""The timeline: a choice of place and topic that needs no script, and everything without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from factbook.dataset import Dataset
from factbook.markup import timelines
from factbook.markup.addresses import Addresses
from factbook.markup.figures import Page as Where
from factbook.model import Language
from factbook.tables import read_tables
from tests.built import ARGUMENTS, built_site, chromium
from tests.miniature import REAL
from tests.test_site import _served

in_browser = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("site")]


@pytest.fixture(name="real", scope="module")
def real_dataset() -> Dataset:
    """The dataset of the project."""
    return Dataset(read_tables(REAL))


@pytest.fixture(name="address", scope="module")
def served_site() -> Iterator[str]:
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


@pytest.fixture(name="bare")
def page_without_scripts(browser: Browser, address: str) -> Iterator[Page]:
    """The timeline with scripts off."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(address + "timeline/")
    yield page
    context.close()


def written(dataset: Dataset, language: Language) -> str:
    """The page of the timeline as Markdown."""
    where = Where(dataset, language, Addresses("timeline.md", True, ""))
    return timelines.timeline_page(where, dataset.events.values())


def test_no_events_are_no_rules(mini_dataset: Dataset) -> None:
    """A timeline without events has a choice of nothing, and hides nothing."""
    where = Where(mini_dataset, Language.EN, Addresses("timeline.md", True, ""))
    assert "<style>" not in timelines.timeline_page(where, ())


def test_every_event_stands_once_with_its_anchor_in_the_order_of_time(real: Dataset) -> None:
    """No event is lost between the years, and none comes before an earlier one."""
    anchors = re.findall(r'id="event-([\w-]+)"', written(real, Language.EN))
    assert sorted(anchors) == sorted(real.events)
    assert anchors == [event.id for event in timelines.in_order(real.events.values())]


def test_places_share_the_events_and_topics_count_those_that_have_them(real: Dataset) -> None:
    """The counts of places add up to all; an event of two topics counts in both."""
    text = written(real, Language.ES)
    counts = {
        (name, value): int(count)
        for name, value, count in re.findall(
            r'name="(\w+)" value="([\w-]+)"[^>]*><span>[^<]*<span class="choice-count">(\d+)', text
        )
    }
    places = [n for (name, value), n in counts.items() if name == "place" and value != "all"]
    assert sum(places) == counts["place", "all"] == counts["topic", "all"] == len(real.events)
    for topic in {t for event in real.events.values() for t in event.topics}:
        assert counts["topic", topic] == sum(topic in e.topics for e in real.events.values())


def test_a_crowded_decade_stands_under_its_years(real: Dataset) -> None:
    """Headings name a decade, or a year of one with too many events, in the page's language."""
    english = re.findall(r"^## (.+) \{: #([\w-]+) \}$", written(real, Language.EN), re.MULTILINE)
    assert ("1960s", "years-1960") in english
    assert ("2025", "year-2025") in english
    assert not any(name == "2020s" for name, _ in english)
    assert "## Años 1960 {: #years-1960 }" in written(real, Language.ES)


def test_what_a_topic_asks_for_has_no_choice(real: Dataset) -> None:
    """In a chapter the events of a topic stand as a plain list without anchors."""
    where = Where(real, Language.EN, Addresses("leaf.md", True, ""))
    text = timelines.timeline_html(where, real.events.values())
    assert "<input" not in text and "id=" not in text and "data-" not in text


class TestInTheBrowser:
    """With scripts off, by keyboard, on paper, and shared by its address."""

    pytestmark = in_browser

    def test_place_and_topic_together(self, bare: Page, real: Dataset) -> None:
        """Only events of both are left; years without any go, from the contents too."""
        everything = bare.locator(".event:visible").count()
        assert everything == len(real.events)
        bare.check("#place-PE", force=True)
        bare.check("#topic-law", force=True)
        wanted = {
            f"event-{e.id}"
            for e in real.events.values()
            if real.country_of(e.area) == "PE" and "law" in e.topics
        }
        shown = bare.locator(".event:visible").all()
        assert {event.get_attribute("id") for event in shown} == wanted
        headings = [h.get_attribute("id") for h in bare.locator("article h2:visible").all()]
        lists = bare.locator("article h2:visible + .timeline").all()
        assert len(lists) == len(headings)
        assert all(listed.locator(".event:visible").count() for listed in lists)
        entries = bare.locator(".aside a[href^='#year']:visible").all()
        assert [entry.get_attribute("href") for entry in entries] == [f"#{h}" for h in headings]
        bare.check("#place-all", force=True)
        bare.check("#topic-all", force=True)
        assert bare.locator(".event:visible").count() == everything

    def test_the_count_is_told(self, bare: Page) -> None:
        """The page says how many of all events are left."""
        bare.check("#topic-monitoring", force=True)
        shown = bare.locator(".event:visible").count()
        total = bare.locator(".event").count()
        told = bare.locator(".timeline-shown").evaluate(
            "e => getComputedStyle(e, '::after').content"
        )
        assert told == f'"{shown} of {total} events"'

    def test_by_keyboard_alone(self, bare: Page) -> None:
        """Tab reaches each group, arrows choose in it, and the focus is seen."""
        bare.locator("#place-all").focus()
        bare.keyboard.press("ArrowRight")
        assert bare.locator("#place-BO").is_checked()
        assert (
            bare.locator("#place-BO + span").evaluate("e => getComputedStyle(e).outlineStyle")
            == "solid"
        )
        bare.keyboard.press("Tab")
        assert bare.locator("#topic-all").evaluate("e => e === document.activeElement")
        assert bare.locator(".event[data-place='PE']:visible").count() == 0

    def test_every_button_has_a_name_and_every_group_a_legend(self, bare: Page) -> None:
        """A screen reader hears the group, the choice and its count."""
        assert bare.get_by_role("group", name="Place").get_by_role("radio").count() >= 3
        assert bare.get_by_role("radio", name=re.compile(r"^Bolivia \d+$")).count() == 1

    def test_paper_shows_everything(self, bare: Page) -> None:
        """What was chosen on the screen takes nothing from the print."""
        bare.check("#place-PE", force=True)
        bare.emulate_media(media="print")
        assert bare.locator(".event:visible").count() == bare.locator(".event").count()
        assert not bare.locator(".timeline-choice").is_visible()

    def test_the_choice_is_kept_in_the_address(self, browser: Browser, address: str) -> None:
        """With scripts the address says what is chosen, and opens with it."""
        page = browser.new_page()
        page.goto(address + "es/timeline/")
        page.check("#topic-law", force=True)
        assert page.url.endswith("/es/timeline/?topic=law")
        page.goto(address + "timeline/?place=BO&topic=law")
        assert page.locator("#place-BO").is_checked() and page.locator("#topic-law").is_checked()
        page.check("#place-all", force=True)
        page.check("#topic-all", force=True)
        assert page.url.endswith("/timeline/")

    def test_a_linked_event_is_shown_whatever_is_chosen(
        self, browser: Browser, address: str, real: Dataset
    ) -> None:
        """A link from a chapter finds its event."""
        (name, *_) = [e.id for e in real.events.values() if real.country_of(e.area) == "BO"]
        page = browser.new_page()
        page.goto(f"{address}timeline/?place=PE#event-{name}")
        assert page.locator(f"#event-{name}").is_visible()

    def test_without_has_there_is_no_choice(self) -> None:
        """The buttons are shown only where the browser can follow them."""
        sheet = (REAL / "overrides/assets/stylesheets/pieces.css").read_text("utf-8")
        before, after = sheet.split("@supports selector(:has(a)) {", 1)
        assert ".timeline-choice {\n  display: none;\n}" in before
        assert ".timeline-choice {\n      display: block;" in after


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("path", ["bolivia-cato/", "es/peru-enaco/"])
def test_a_term_is_explained_by_a_tap(browser: Browser, address: str, path: str) -> None:
    """On a phone the first tap shows the definition within the screen, a tap beside puts it away."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + path)
    for at in (0, 3, 7):
        term = page.locator("article a.term").nth(at)
        term.scroll_into_view_if_needed()
        card = page.locator(f"[id='{term.get_attribute('aria-describedby')}']")
        expect(card).to_be_hidden()
        term.tap()
        expect(card).to_be_visible()
        assert page.url == address + path
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert len(card.locator(".card-what").inner_text()) > 20
        more = card.locator("a.card-more")
        expect(more).to_be_visible()
        page.locator("h1").tap()
        expect(card).to_be_hidden()
    term.tap()
    more.tap()
    page.wait_for_url("**/glossary/#term-*")
    context.close()
    assert Path(built_site()).is_dir()
