"""The engine is not about coca: a second site, about saffron, built whole and opened in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, expect, sync_playwright

from factbook.errors import FindingsError
from factbook.identity import FILE, read_identity
from tests.built import ARGUMENTS, chromium
from tests.miniature import REAL
from tests.second_site import SITE, done, site_about_saffron
from tests.test_site import _served

WORDS = re.compile(
    r"\bcoca\b|bolivi|\bper[uú]\b|hoja y ley|leaf (?:&|&amp;|&#38;|and) law|\benaco\b|unodc", re.I
)
TEXTS = {".html", ".json", ".csv", ".xml", ".txt", ".svg", ".ris", ".bib"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the second site, built."""
    made = site_about_saffron(tmp_path_factory.mktemp("saffron") / "site")
    assert done(made, "-m", "factbook", "check") == "No findings in 18 observations and 16 pages.\n"
    done(made, "-m", "factbook", "publish", "--pages-only")
    return made


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """The second site on a local server."""
    with _served(root / "site") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


SLOW = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("second")]


ABORTED = "net::ERR_ABORTED"


class TestBuilt:
    """What stands in the finished files."""

    pytestmark = SLOW

    def test_nothing_of_this_topic_is_left(self, root: Path) -> None:
        """No page, picture, table or record names coca, its countries or this site."""
        found: list[str] = []
        for file in sorted((root / "site").rglob("*")):
            if file.suffix in TEXTS:
                text = file.read_text(encoding="utf-8")
                found += [
                    f"{file.relative_to(root)}: …{text[max(m.start() - 40, 0) : m.end() + 40]}…"
                    for m in WORDS.finditer(text)
                ]
        assert not found

    def test_the_pages_carry_their_own_name(self, root: Path) -> None:
        """Titles, the dataset's description and the chart's credit name the second site."""
        home = html.parse(root / "site/index.html")
        spanish = html.parse(root / "site/es/index.html")
        package = json.loads((root / "site/data/datapackage.json").read_text())

        assert home.findtext(".//title") == "Saffron · Thread & Crown"
        assert spanish.findtext(".//title") == "Azafrán · Hebra y corona"
        assert html.parse(root / "site/404.html").findtext(".//title").endswith("Thread & Crown")
        feed = (root / "site/es/feed.xml").read_text()
        assert "Hebra y corona: cambios" in feed
        assert (package["name"], package["title_es"]) == (
            "thread-and-crown",
            "Hebra y corona: el conjunto de datos",
        )
        picture = (root / "site/charts/saffron-area.svg").read_text()
        assert "Thread &amp; Crown / Hebra y corona" in picture

    def test_figures_and_data_are_its_own(self, root: Path) -> None:
        """A figure in a chapter leads to its row, and the published table holds every row."""
        page = html.parse(root / "site/es/farming/index.html")
        first = page.xpath("//article//a[contains(@class, 'figure')]")[0]
        target, _, anchor = first.get("href").partition("#")
        data = html.parse((root / "site/es/farming" / target / "index.html").resolve())
        table = (root / "site/data/observations.csv").read_text().splitlines()

        assert anchor == "crop-area_XA_2022_census-2022"
        assert data.xpath(f"//tr[@id='{anchor}']")
        assert len(table) == 1 + 18


class TestOpened:
    """What a reader sees."""

    pytestmark = SLOW

    @pytest.mark.parametrize(("page", "title"), [("farming/", "Farming"), ("es/farming/", "El c")])
    def test_a_chapter_opens_with_its_chart(
        self, browser: Browser, address: str, page: str, title: str
    ) -> None:
        """Heading, chart and figures are there; nothing fails and no other host is asked."""
        faults: list[str] = []
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on(
            "requestfailed",  # what was still to come when the page was left is no fault
            lambda request: faults.append(request.url) if request.failure != ABORTED else None,
        )
        opened.on(
            "request",
            lambda request: faults.append(request.url) if address not in request.url else None,
        )
        opened.goto(address + page)

        assert opened.locator("h1").inner_text().startswith(title)
        expect(opened.locator("#chart-saffron-area svg").first).to_be_visible()
        opened.locator("article a.figure").first.click()
        opened.wait_for_url("**/data/area/#crop-area_XA_2022_census-2022")
        expect(opened.locator(":target")).to_be_visible()
        assert not faults
        opened.close()


BROKEN = [
    ("[name]", "[nmae]", 23, "nothing prints [nmae]; known are about, dataset, dataset-holds, file,"
     " makers, name, tagline"),
    ('en = "Thread & Crown"\n', "", 23,
     "[name] needs 'en' and 'es', each a text in quotation marks"),
    ('es = "Hebra y corona"', 'es = ""', 23,
     "[name] needs 'en' and 'es', each a text in quotation marks"),
    ('es = "Hebra y corona"', "es = 5", 23,
     "[name] needs 'en' and 'es', each a text in quotation marks"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line", "message"), BROKEN)
def test_a_fault_of_the_identity_is_a_finding(
    tmp_path: Path, good: str, bad: str, line: int, message: str
) -> None:
    """A text that is missing or misnamed is named in the line of its record."""
    (tmp_path / "data").mkdir()
    assert good in SITE
    (tmp_path / FILE).write_text(SITE.replace(good, bad, 1))

    with pytest.raises(FindingsError) as raised:
        read_identity(tmp_path)
    assert f"{FILE}:{line}: {message}" in str(raised.value).split("\n")


def test_a_missing_identity_is_a_finding(tmp_path: Path) -> None:
    """Without the file there is one sentence."""
    with pytest.raises(FindingsError) as raised:
        read_identity(tmp_path)
    assert str(raised.value) == f"{FILE}:1: the file is missing; restore it"


def test_the_configurations_carry_the_same_names() -> None:
    """The site engine is told the name that the data give."""
    name = read_identity(REAL)["name"]
    for file, wanted in (("mkdocs.yml", name.en), ("mkdocs.es.yml", name.es)):
        assert f"\nsite_name: {wanted}\n" in (REAL / file).read_text()
