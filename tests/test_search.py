"""Search finds what readers look for, by the words they would use, accents or none, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.built import ARGUMENTS, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("site")]

ENGLISH = {
    "cato": "bolivia-cato",
    "social control": "bolivia-cato",
    "acullico": "glossary leaf",
    "chewing": "questions leaf",
    "VRAEM": "questions glossary peru-eradication",
    "coca tea": "questions leaf",
    "mate de coca": "questions leaf glossary",
    "who owns ENACO": "peru-enaco",
    "ENACO monopoly": "peru-enaco",
    "DEA": "glossary bolivia-cato",
    "UNODC 2022": "disagreement data/area data/eradication",
    "price of the leaf": "peru-enaco data/prices",
    "Law 906": "leaf bolivia-cato glossary",
    "legal ceiling": "bolivia-cato",
    "how many hectares": "peru-eradication data/area",
    "Schedule I": "questions leaf",
    "WHO decision": "questions who-review",
    "cocaine in the leaf": "questions leaf",
    "eradication 2024": "peru-eradication data/eradication",
    "Sacaba massacre": "bolivia-cato disagreement",
    "protected areas": "data/area data/eradication",
    "two counts US and UN": "disagreement questions",
    "register of growers": "peru-enaco",
    "how to cite": "about",
    "download the data": "data",
    "misquoted claims": "claims",
    "Vizcatan": "timeline",
}
SPANISH = {
    "cato": "bolivia-cato",
    "control social": "bolivia-cato",
    "acullico": "glossary leaf",
    "chaccheo": "glossary leaf",
    "VRAEM": "questions glossary peru-eradication",
    "mate de coca": "questions leaf",
    "precio de la hoja": "peru-enaco data/prices",
    "quien es dueño de ENACO": "peru-enaco",
    "DEA": "glossary bolivia-cato sources",
    "UNODC 2022": "disagreement data/area data/eradication",
    "ley 906": "leaf bolivia-cato glossary",
    "tope": "bolivia-cato",
    "padron": "peru-enaco",
    "padrón": "peru-enaco",
    "erradicacion 2024": "peru-eradication data/eradication",
    "cocaina en la hoja": "questions leaf",
    "revision de la OMS": "who-review questions",
    "lista I": "questions leaf",
    "masacre de Sacaba": "bolivia-cato disagreement",
    "areas protegidas": "data/area data/eradication",
    "cuantas hectareas hay": "peru-eradication data/area",
    "sindicato": "bolivia-cato",
    "como citar": "about",
    "descargar datos": "data",
    "Villa Fatima": "data/markets glossary bolivia-cato",
    "narcotrafico": "data/conflict glossary",
}
"""What is asked, and the pages of which one must be among the first three found."""


@pytest.fixture(name="page", scope="module")
def page_with_search() -> Iterator[Page]:
    """A page of a headless browser."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as browser,
    ):
        yield _wide(browser)


def _wide(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1280, "height": 800})


@pytest.fixture(name="address", scope="module")
def served_site() -> Iterator[str]:
    """The finished site on a local server."""
    with _served(built_site()) as found:
        yield found


@pytest.mark.parametrize(("start", "asked"), [("", ENGLISH), ("es/", SPANISH)], ids=["en", "es"])
def test_readers_find_the_page_they_mean(
    page: Page, address: str, start: str, asked: dict[str, str]
) -> None:
    """One of the pages that answer is among the first three."""
    page.goto(address + start)
    page.click(".md-search__icon")
    missed = []
    for words, wanted in asked.items():
        found = _found(page, words)[:3]
        if not {f"/{start}{name}/" for name in wanted.split()} & set(found):
            missed.append(f"{words}: {', '.join(found)}")
    assert missed == []


def test_nonsense_finds_nothing(page: Page, address: str) -> None:
    """A word that stands nowhere has no hits."""
    page.goto(address)
    page.click(".md-search__icon")
    assert _found(page, "cato")
    field = page.locator(".md-search__input")
    field.fill("xqzwv")
    field.dispatch_event("keyup")
    page.locator(".md-search-result__item").first.wait_for(state="detached")


def _found(page: Page, words: str) -> list[str]:
    """The pages found, best first."""
    field, hits = page.locator(".md-search__input"), page.locator(".md-search-result__item")
    for text in ("", words):
        field.fill(text)
        field.dispatch_event("keyup")
        hits.first.wait_for(state="attached" if text else "detached")
    links = hits.locator("a.md-search-result__link:first-of-type")
    links.first.wait_for(state="attached")
    addresses = links.evaluate_all("links => links.map(link => link.href)")
    pages = [urlsplit(address).path for address in addresses]
    return list(dict.fromkeys(pages))
