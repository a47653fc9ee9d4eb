"""The page on which readers choose: from a server and from a disk, by keyboard, by address, in print."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright

from factbook.markup.explore import span
from factbook.periods import parse
from tests.built import ARGUMENTS, ROOT, built_site, chromium
from tests.test_site import Watch, _served

browsed = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("explore")]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2022", (2022.0, 2022.0)),
        ("2018/2021", (2018.0, 2021.0)),
        ("2017/..", (2017.0, None)),
        ("../2011", (None, 2011.0)),
        ("2022-01-01", (2021.5, 2021.5)),
        ("2022-12-31", (2022.5, 2022.5)),
    ],
)
def test_a_period_lies_on_the_axis_of_years(
    text: str, ends: tuple[float | None, float | None]
) -> None:
    """A year stands at its number, its days around it; an open end is None."""
    assert span(parse(text)) == ends


@pytest.fixture(name="site", scope="module")
def finished_site() -> Path:
    """The finished site."""
    return built_site()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site on a local server."""
    with _served(site) as found:
        yield found


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


@pytest.fixture
def page(browser: Browser) -> Page:
    """A page of a desktop that may copy and download."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    return context.new_page()


def _read(site: Path, page: str = "") -> dict[str, list[list[Any]]]:
    text = (site / page / "data" / "series.js").read_text(encoding="utf-8")
    found = json.loads(text[text.index('{"') :])["series"]
    return {name: series["rows"] for name, series in found.items()}


@pytest.mark.usefixtures("page")
class TestBuilt:
    """The finished page."""

    pytestmark = browsed

    def test_it_holds_every_observation(self, site: Path) -> None:
        """The data that it draws is the published table, row for row, in both languages."""
        with (site / "data" / "observations.csv").open(encoding="utf-8") as file:
            published = {row["id"]: row["value"] for row in csv.DictReader(file)}
        for folder in ("", "es"):
            drawn = {
                "/".join([name, row[0], row[1], row[10]]): row[5]
                for name, rows in _read(site, folder).items()
                for row in rows
            }
            assert drawn == published

    @pytest.mark.parametrize("start", ["explore/", "es/explore/"])
    def test_a_selection_in_the_address_is_shown_and_leads_to_its_rows(
        self, site: Path, address: str, page: Page, start: str
    ) -> None:
        """Chart and table print the same values, each a link to a row that exists."""
        watch = Watch(page, address)
        page.goto(f"{address}{start}#series=coca-area&places=BO,PE&years=2015-2020")
        page.wait_for_selector(".explore-svg")
        assert page.input_value("[name=what]") == "coca-area"
        links = page.locator(".explore-table td a").all()
        wanted = [
            row
            for row in _read(site)["coca-area"]
            if row[0] in ("BO", "PE") and float(row[3]) >= 2014.5 and float(row[4]) <= 2020.5
        ]
        assert len(links) == len(wanted)
        here = site / start
        for link in links:
            path, _, anchor = (link.get_attribute("href") or "").partition("#")
            row = html.fromstring((here / path / "index.html").read_bytes()).get_element_by_id(
                anchor
            )
            assert (link.text_content() or "").strip() in row.text_content()
        assert page.locator(".explore-point").count() > 0
        assert watch.faults == []

    def test_a_choice_is_kept_in_the_address_and_announced(self, address: str, page: Page) -> None:
        """Opening the address again gives the same selection."""
        page.goto(f"{address}explore/#series=coca-area&places=PE&years=2010-2020")
        page.wait_for_selector(".explore-svg")
        before = page.locator(".explore-said").inner_text()
        page.check("[name=place][value=BO]")
        page.select_option("[name=from]", "2015")
        page.uncheck("[name=others]")
        assert page.url.endswith("#series=coca-area&places=PE,BO&years=2015-2020&others=no")
        said = page.locator(".explore-said").inner_text()
        assert said != before
        assert page.locator(".explore-said").get_attribute("role") == "status"
        page.reload()
        page.wait_for_selector(".explore-svg")
        assert page.locator(".explore-said").inner_text() == said
        page.click("[name=link]")
        shared = "/explore/#series=coca-area&places=PE,BO&years=2015-2020&others=no"
        page.wait_for_function(
            "end => navigator.clipboard.readText().then(text => text.endsWith(end))", arg=shared
        )

    @pytest.mark.parametrize("address_of", ["#series=nothing", "#series=__proto__", "#charts"])
    def test_an_address_that_means_nothing_gives_the_first_series(
        self, address: str, page: Page, address_of: str
    ) -> None:
        """No error, whatever stands behind the sign."""
        watch = Watch(page, address)
        page.goto(f"{address}explore/{address_of}")
        page.wait_for_selector(".explore-svg")
        assert watch.faults == []

    def test_the_file_is_the_selection(self, address: str, page: Page, tmp_path: Path) -> None:
        """As many rows as the table, with exact values and ids."""
        page.goto(f"{address}explore/#series=coca-area&places=BO&years=2015-2016")
        page.wait_for_selector(".explore-svg")
        with page.expect_download() as given:
            page.click("[name=save]")
        assert given.value.suggested_filename == "coca-area_BO_2015_2016.csv"
        given.value.save_as(tmp_path / "x.csv")
        rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()))
        assert len(rows) == page.locator(".explore-table tbody tr").count() > 0
        assert {row["area"] for row in rows} == {"BO"}
        assert {row["standing"] for row in rows} <= {"preferred", "rival", "same", "deprecated"}
        assert all(row["id"].startswith("coca-area/BO/201") for row in rows)

    def test_values_are_reached_by_keys(self, address: str, page: Page) -> None:
        """One stop for the whole chart; arrows move, the card shows, Enter opens the row."""
        page.goto(f"{address}explore/#series=coca-area&places=BO&years=2015-2020")
        page.wait_for_selector(".explore-svg")
        assert page.locator(".explore-point[tabindex='0']").count() == 1
        page.locator(".explore-point[tabindex='0']").focus()
        first = page.locator(".explore-card").inner_text()
        page.keyboard.press("ArrowRight")
        assert page.locator(".explore-card").inner_text() != first
        page.keyboard.press("Escape")
        assert page.locator(".explore-card").is_hidden()
        page.keyboard.press("Enter")
        page.wait_for_url("**/data/area/#coca-area_BO_*", wait_until="commit")

    def test_values_that_disagree_are_marked_by_shape_and_word(
        self, address: str, page: Page
    ) -> None:
        """In the chart as open marks, in the table in words."""
        page.goto(f"{address}explore/#series=coca-area&places=BO&years=2014-2014")
        page.wait_for_selector(".explore-point--other")
        assert "disagrees" in page.locator(".explore-table").inner_text()
        page.uncheck("[name=others]")
        assert page.locator(".explore-point--other").count() == 0

    def test_no_series_breaks_it(self, site: Path, address: str, page: Page) -> None:
        """Every series of the dataset can be chosen, drawn or said to be empty; no number is lost."""
        watch = Watch(page, address)
        page.goto(f"{address}es/explore/")
        page.wait_for_selector(".explore-svg")
        for name, rows in _read(site).items():
            page.select_option("[name=what]", name)
            assert page.locator(".explore-table tbody tr").count() > 0, name
            # What was withdrawn stands in the table alone.
            if not any(row[9] < 2 for row in rows):
                assert page.locator(".explore-svg").count() == 0, name
                continue
            drawn = page.locator(".explore-svg").inner_html()
            assert "NaN" not in drawn and "undefined" not in drawn and "Infinity" not in drawn, name
        assert watch.faults == []

    def test_without_a_script_it_is_a_list_of_every_series(
        self, site: Path, address: str, browser: Browser
    ) -> None:
        """The form is not there; each series leads to its rows, each chart to where it stands."""
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}explore/")
        assert not page.locator(".explore-form").is_visible()
        assert page.locator("[data-series] a:visible").count() == len(_read(site))
        assert page.locator(".explore-list:not([data-theme]) a[href*='#chart-']").count() > 0

    def test_only_this_page_loads_its_scripts(self, site: Path) -> None:
        """No other page pays for them."""
        having = {
            file.parent.relative_to(site).as_posix()
            for file in site.rglob("*.html")
            if re.search(r"<script[^>]+explore\.js", file.read_text(encoding="utf-8"))
        }
        assert having == {"explore", "es/explore"}

    def test_it_works_from_a_disk(self, page: Page, tmp_path: Path, site: Path) -> None:
        """Nothing is fetched: the data is a script, and the page is read by file://."""
        text = (site / "explore" / "index.html").read_text(encoding="utf-8")
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.resource_type))
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        assert "explore-form" in text
        page.goto(f"file://{site}/explore/index.html#series=coca-area&places=BO&years=2015-2020")
        page.wait_for_selector(".explore-svg")
        assert page.locator(".explore-table tbody tr").count() > 0
        page.check("[name=place][value=PE]")
        assert page.url.endswith("places=PE,BO&years=2015-2020")
        assert not {"xhr", "fetch"} & set(requested)
        assert faults == []


def test_its_own_script_knows_no_subject() -> None:
    """Series, places and words come from the data: nothing of coca stands in the script."""
    text = (ROOT / "overrides" / "assets" / "javascripts" / "explore.js").read_text(
        encoding="utf-8"
    )
    assert not re.search(r"coca|bolivia|peru|\bBO\b|\bPE\b", text, re.IGNORECASE)
