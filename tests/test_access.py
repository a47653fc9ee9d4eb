"""Pages that everybody can use, as far as axe can tell: WCAG 2.2 AA, both languages, both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.built import ARGUMENTS, built_site, chromium
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("access")]

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


# One page of each kind: axe takes seconds on a page, and minutes on the longest tables.
SAMPLE = (
    "",
    "es/bolivia-cato/",
    "side-by-side/",
    "es/claims/",
    "questions/",
    "es/glossary/",
    "data/",
    "es/data/people/",
    "data/review/",
    "404.html",
)


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


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_violation(
    site: Path, browser: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    """No kind of page breaks a rule that a machine can check."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    broken: list[str] = []
    with _served(site) as address:
        for path in SAMPLE:
            page.goto(address + path)
            found = Axe().run(page, options=RULES)
            broken += [
                f"{path}: {v['id']} ({len(v['nodes'])})" for v in found.response["violations"]
            ]
    assert broken == []
