"""Safe to visit: no violation of the policy, nothing stored, and strings of the data that do no harm.

The hostile site is the miniature country with markup, quotes and formulas in every kind of text.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright

from factbook.dataset import Dataset
from factbook.editions.downloads import write_downloads
from factbook.editions.policy import add_policies
from factbook.release import Release
from factbook.tables import read_tables
from tests.built import ARGUMENTS, ROOT, built_site, chromium
from tests.miniature import copy_of_mini
from tests.test_site import _served

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("safe")]

MARKUP = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'>"
QUOTES = '\\" onfocus=window.harmed=3 autofocus \' x=\\"'
FORMULA = "=HYPERLINK(1)"
WATCH = """
  addEventListener("securitypolicyviolation", event => {
    (window.violations = window.violations || []).push(event.violatedDirective + " " + event.blockedURI)
  })
"""


BUILD = """
import sys
from pathlib import Path
from factbook.editions.engines import Engines

with Engines(*map(Path, sys.argv[1:])) as engines:
    engines.finished()
"""


@pytest.fixture(name="browser", scope="module")
def headless_browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS)) as found,
    ):
        yield found


@pytest.fixture(name="site", scope="module")
def finished_site() -> Path:
    """The finished site."""
    return built_site()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages and data of a small project whose texts attack; both languages."""
    root = copy_of_mini(tmp_path_factory.mktemp("hostile") / "project")
    _poison(root)
    for name in ("macros", "overrides"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(ROOT / "data" / "site.toml", root / "data")
    shutil.copytree(ROOT / "factbook", root / "factbook")
    for module in (root / "factbook" / "charts").glob("*.py"):
        # The charts of the real project ask for its indicators.
        if re.search(r"^INDICATORS\b", module.read_text(encoding="utf-8"), re.MULTILINE):
            module.unlink()
    for language in ("en", "es"):
        shutil.copy(ROOT / "docs" / language / "explore.md", root / "docs" / language)
        page = root / "docs" / language / "explore.md"
        page.write_text(
            page.read_text(encoding="utf-8").replace("{{ charts() }}", ""), encoding="utf-8"
        )
    for name in ("mkdocs.yml", "mkdocs.es.yml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        # The pages of the small project are found without being named.
        text = re.sub(r"^nav:\n(?:[ #].*\n|\n)*", "", text, flags=re.MULTILINE)
        (root / name).write_text(text.replace("strict: true", "strict: false"), encoding="utf-8")
    stage = root / "stage"
    stage.mkdir()
    # By the program of the small project: its engines are forked off what is loaded.
    command = [sys.executable, "-c", BUILD, str(root), str(stage)]
    environment = os.environ | {"PYTHONPATH": str(root), "FACTBOOK_ROOT": str(root)}
    subprocess.run(command, cwd=root, env=environment, check=True)
    site = stage / "en"
    write_downloads(site, Dataset(read_tables(root)), Release())
    add_policies(site)
    return site


def _poison(root: Path) -> None:
    """Put markup, quotes and formulas into names, titles, notes, sources, terms, claims, events."""
    for name in ("indicators", "sources", "terms", "claims", "events", "derived"):
        file = root / "data" / f"{name}.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(
                r'^((?:title|label|term|definition|said|reason|text|note|author)(?:\.\w+)?) = "(.*)"$',
                lambda m: f'{m[1]} = "{FORMULA}{MARKUP}{QUOTES}{m[2]}"',
                text,
                flags=re.MULTILINE,
            ),
            encoding="utf-8",
        )
    attack = f"{FORMULA}{MARKUP}{QUOTES}".replace('\\"', '"')
    for file in (root / "data" / "areas.csv", *(root / "data" / "observations").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            for column in ("name_en", "name_es"):
                if column in row:
                    row[column] = f"{attack}{row[column]}"
            if row.get("note"):
                row["note"] = f"{attack} | {attack}"
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _paths(site: Path) -> list[str]:
    return sorted(f.parent.relative_to(site).as_posix() for f in site.rglob("index.html"))


def _visited(browser: Browser) -> Page:
    page = browser.new_context(accept_downloads=True).new_page()
    page.add_init_script(WATCH)
    page.set_default_timeout(120_000)
    return page


def test_no_page_breaks_its_policy_and_none_stores_anything(site: Path, browser: Browser) -> None:
    """No violation on any page; no cookie, no store but the colours."""
    page = _visited(browser)
    broken: list[str] = []
    with _served(site) as address:
        for path in [*_paths(site), "404.html"]:
            page.goto(f"{address}{path}{'' if path.endswith('html') else '/'}")
            found = page.evaluate("window.violations || []")
            broken += [f"{path}: {violation}" for violation in found]
        assert broken == []
        assert page.context.cookies() == []
        page.evaluate("document.querySelector('.palette label:not([hidden])').click()")
        page.wait_for_timeout(200)
        # The colours of each edition, which the theme keeps under its path.
        kept = set(page.evaluate("Object.keys(localStorage)"))
        assert kept <= {"/.__palette", "/es/.__palette"}
        assert page.evaluate("Object.keys(sessionStorage)") == []
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
        assert page.context.cookies() == []


def test_the_policy_stops_what_it_does_not_name(site: Path, browser: Browser) -> None:
    """The watch sees a violation: a script that is not allowed, eval, and another host."""
    page = _visited(browser)
    with _served(site) as address:
        page.goto(f"{address}bolivia-cato/")
        page.evaluate(
            """() => {
              const script = document.createElement("script")
              script.textContent = "window.harmed = 4"
              document.head.append(script)
              const image = new Image()
              image.src = "https://example.org/x.png"
              document.body.append(image)
            }"""
        )
        page.wait_for_function("(window.violations || []).length >= 2")
        assert page.evaluate("window.harmed") is None
        stopped = " ".join(page.evaluate("window.violations"))
        assert "script-src" in stopped and "img-src" in stopped


def test_own_scripts_neither_evaluate_text_nor_write_markup() -> None:
    """No eval, no innerHTML, no document.write in the scripts that are ours."""
    for file in (ROOT / "overrides" / "assets" / "javascripts").glob("*.js"):
        if file.name == "iframe-worker.js":
            continue
        text = file.read_text(encoding="utf-8")
        for word in ("eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML",
                     "document.write", "document.cookie", "Storage."):  # fmt: skip
            assert word not in text, f"{file.name}: {word}"


def test_links_to_other_sites_are_marked(site: Path) -> None:
    """Each has rel=noopener; our own address, as the hosted site, is none of them."""
    bare = []
    for file in site.rglob("*.html"):
        tree = html.fromstring(file.read_bytes())
        (own,) = tree.xpath("//link[@rel='canonical']/@href") or [""]
        host = "/".join(own.split("/")[:3])
        for link in tree.xpath("//a[starts-with(@href, 'http')]"):
            if host and link.get("href").startswith(host):
                continue
            if "noopener" not in (link.get("rel") or "").split():
                bare.append(f"{file.relative_to(site)}: {link.get('href')}")
    assert bare == []


def test_hostile_strings_stay_text_on_every_page(hostile: Path, browser: Browser) -> None:
    """No script of the data runs, no element or attribute of its making exists."""
    page = _visited(browser)
    faults: list[str] = []
    seen = 0
    with _served(hostile) as address:
        for path in _paths(hostile):
            page.goto(f"{address}{path}/")
            page.wait_for_timeout(50)
            if page.evaluate("window.harmed"):
                faults.append(f"{path}: a script of the data ran")
            if page.locator("img[src='x'], [onerror], [onfocus], [autofocus]").count():
                faults.append(f"{path}: markup of the data became elements")
            faults += [f"{path}: {v}" for v in page.evaluate("window.violations || []")]
            seen += page.content().count("window.harmed = 1")
    assert faults == []
    assert seen > 50, "the attack is not on the pages; the test tests nothing"


def test_hostile_strings_stay_text_in_explore_and_its_file(
    hostile: Path, browser: Browser, tmp_path: Path
) -> None:
    """The chart, the table and the card print them; in the file no cell starts a formula."""
    page = _visited(browser)
    with _served(hostile) as address:
        page.goto(f"{address}explore/")
        page.wait_for_selector(".explore-svg")
        for box in page.locator("[name=place]").all():
            box.check()
        page.locator(".explore-point").first.focus()
        assert "<script>" in page.locator(".explore-card").inner_text()
        assert "<script>" in page.locator(".explore-table").inner_text()
        with page.expect_download() as given:
            page.click("[name=save]")
        given.value.save_as(tmp_path / "file.csv")
        assert page.evaluate("window.harmed") is None
        assert page.evaluate("window.violations || []") == []
    _no_formula(tmp_path / "file.csv")


def test_hostile_strings_stay_text_in_the_search(hostile: Path, browser: Browser) -> None:
    """What the search shows of a heading is its text."""
    page = _visited(browser)
    with _served(hostile) as address:
        page.goto(address)
        page.click(".md-search__icon")
        page.keyboard.type("saffron")
        page.locator(".md-search-result__link").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("window.harmed") is None
        assert page.locator("img[src='x'], [onerror], [onfocus]").count() == 0


def test_no_cell_of_a_published_table_starts_a_formula(hostile: Path) -> None:
    """The same rule for the files that are written with the site."""
    files = list(hostile.rglob("*.csv"))
    assert len(files) > 10
    for file in files:
        _no_formula(file)


def _no_formula(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        cells = [cell for row in csv.reader(source) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells) or file.name in HARMLESS
    for cell in cells:
        assert not re.match(r"[=@\t\r]|[+-](?!\d)", cell), f"{file.name}: {cell[:60]}"


HARMLESS = {"units.csv", "producers.csv", "usage.csv"}
"""Tables without a text that the small project poisons."""
