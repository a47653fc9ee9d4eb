"""The published package: frictionless reads it without complaint, and complains when it is broken."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml

from factbook import citations
from factbook.chapters import read_chapters
from factbook.citation_formats import FORMATS, cited
from factbook.dataset import Dataset
from factbook.editions import downloads
from factbook.editions.downloads import write_downloads, write_usage
from factbook.editions.package import descriptor
from factbook.figure import observation_anchor
from factbook.markup import catalogue
from factbook.markup.addresses import Addresses
from factbook.markup.citing import citations_of, cite_html, work_of
from factbook.markup.figures import Page
from factbook.markup.html import plain
from factbook.memory import Shelf
from factbook.model import Language
from factbook.published import OBSERVATIONS, TABLES
from factbook.release import Release, release_of
from factbook.tables import read_tables
from factbook.vocabulary import NAMES

ROOT = Path(__file__).parents[1]
RELEASE = Release("1.2.3", 1_700_000_000, "https://example.org/")
PAGE = (
    '<html><body><article><p>In 2022 it was <data data-observation="coca-area/BO/2022/x" value="1">'
    "29,900 ha</data>.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return the real dataset."""
    return Dataset(read_tables(ROOT))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    """Return a site with one page and the published files of the real dataset."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    write_downloads(site, dataset, RELEASE)
    write_usage(site)
    return site


@pytest.fixture
def package(written: Path, tmp_path: Path) -> Path:
    """Return a copy of the published tables that a test may break."""
    for name in ("datapackage.json", "sources.json", *(table.file for table in TABLES)):
        shutil.copy(written / "data" / name, tmp_path / name)
    return tmp_path


def faults(folder: Path) -> list[str]:
    """Return what frictionless finds in the package of a folder."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    found = [error.message for error in report.errors]
    found += [error.message for task in report.tasks for error in task.errors]
    assert report.valid == (not found)
    return found


def changed(column: str, value: str) -> Callable[[Path], None]:
    """Return a change of one cell in the first row of the observations."""

    def change(folder: Path) -> None:
        file = folder / "observations.csv"
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        rows[1][rows[0].index(column)] = value
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows(rows)

    return change


def doubled(folder: Path) -> None:
    """Write the first observation a second time."""
    file = folder / "observations.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines, lines[1]]), encoding="utf-8")


def renamed(folder: Path) -> None:
    """Rename a column."""
    file = folder / "areas.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("code,kind", "id,kind", 1), encoding="utf-8")


class TestFrictionless:
    """A second opinion on the published files."""

    @pytest.mark.parametrize(
        ("spoil", "complaint"),
        [
            (changed("value", "many"), "type is .number"),
            (changed("unit", "acres"), "foreign key"),
            (changed("area", "ATLANTIS"), "foreign key"),
            (changed("source", "hearsay"), "foreign key"),
            (changed("rank", "best"), "enum"),
            (changed("locator", ""), "required"),
            (doubled, "primary key|unique"),
            (renamed, "code"),
            (lambda folder: (folder / "units.csv").unlink(), "units.csv"),
        ],
        ids=["number", "unit", "area", "source", "rank", "empty", "twice", "column", "file"],
    )
    def test_it_finds_what_is_broken(
        self, package: Path, spoil: Callable[[Path], None], complaint: str
    ) -> None:
        spoil(package)
        assert any(re.search(complaint, fault, re.IGNORECASE) for fault in faults(package))

    def test_it_accepts_the_real_dataset(self, package: Path) -> None:
        assert faults(package) == []


class TestTables:
    """What the published tables hold."""

    def rows(self, written: Path, name: str) -> list[dict[str, str]]:
        """Return the rows of a table."""
        text = (written / "data" / f"{name}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(text.splitlines()))

    def test_no_cell_is_touched_that_needs_no_shield(self, written: Path) -> None:
        for table in TABLES:
            shielded = [r for r in self.rows(written, table.name) for c in r.values() if c == "'"]
            assert not shielded, table.name

    def test_every_observation_is_there_in_full(self, written: Path, dataset: Dataset) -> None:
        rows = self.rows(written, "observations")
        assert [row["id"] for row in rows] == [o.id for o in dataset.observations]
        assert all(row["value"] or (row["low"] and row["high"]) for row in rows)

    def test_a_derived_figure_names_inputs_that_are_published(self, written: Path) -> None:
        known = {row["id"] for row in self.rows(written, "observations")}
        derived = self.rows(written, "derived")
        known |= {row["id"] for row in derived}
        named = [part.partition("=")[2] for row in derived for part in row["inputs"].split()]
        assert named
        assert set(named) <= known

    def test_headers_are_those_of_the_descriptor(self, written: Path) -> None:
        for table in TABLES:
            text = (written / "data" / table.file).read_text(encoding="utf-8")
            assert next(csv.reader([text.partition("\n")[0]])) == list(table.header)

    def test_two_writings_are_identical(
        self, written: Path, dataset: Dataset, tmp_path: Path
    ) -> None:
        (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
        write_downloads(tmp_path, dataset, RELEASE)
        write_usage(tmp_path)
        for file in (f for f in written.rglob("*") if f.is_file()):
            assert (tmp_path / file.relative_to(written)).read_bytes() == file.read_bytes()

    def test_citations_from_a_shelf_are_those_that_were_made(
        self, written: Path, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = Shelf(tmp_path / "shelf", "ground")
        write_downloads(tmp_path / "first", dataset, RELEASE, (), first)
        first.store()
        monkeypatch.setattr(downloads, "citation_files", dict)  # nothing is made a second time
        write_downloads(
            tmp_path / "second", dataset, RELEASE, (), Shelf(tmp_path / "shelf", "ground")
        )
        for file in (f for f in (written / "es").rglob("*") if f.is_file()):
            again = tmp_path / "second" / file.relative_to(written)
            assert again.read_bytes() == file.read_bytes()

    @pytest.mark.parametrize(
        ("release", "asked"),
        [(replace(RELEASE, version="1.2.4"), ()), (RELEASE, ("nothing/XA/2021",))],
    )
    def test_citations_of_another_release_or_page_are_made_anew(
        self, mini_dataset: Dataset, tmp_path: Path, release: Release, asked: tuple[str, ...]
    ) -> None:
        shelf = Shelf(tmp_path / "shelf", "ground")
        write_downloads(tmp_path, mini_dataset, RELEASE, (), shelf)
        before = shelf.used
        write_downloads(tmp_path, mini_dataset, release, asked, shelf)
        assert all(shelf.used[name][0] != key for name, (key, _) in before.items())


class TestDescriptor:
    """What the descriptor says of the whole."""

    def test_it_carries_version_date_and_licence(self) -> None:
        described = descriptor(RELEASE)
        assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        assert described["version"] == "1.2.3"
        assert described["created"] == "2023-11-14T22:13:20Z"
        assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
        assert described["contributors"] and described["sources"]

    def test_every_field_is_described_in_both_languages(self) -> None:
        for table in TABLES:
            for column in table.columns:
                assert column.says.en.strip() and column.says.es.strip(), (table.name, column.name)
                assert (
                    column.kind != "string"
                    or column.says.en != column.says.es
                    or (column.says.en in {"Id"})
                ), (table.name, column.name)

    def test_what_a_column_refers_to_exists(self) -> None:
        columns = {f"{table.name}.{c.name}" for table in TABLES for c in table.columns}
        assert {c.refers for t in TABLES for c in t.columns if c.refers} <= columns

    def test_the_release_is_that_of_the_project(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        monkeypatch.delenv("SITE_URL", raising=False)
        monkeypatch.delenv("REPOSITORY_URL", raising=False)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        release = release_of(ROOT)
        repository = project["urls"]["Repository"]
        assert release == Release(project["version"], 1_700_000_000, repository=repository)
        assert f'"{release.site}"' in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    def test_a_folder_without_a_project_has_a_release_too(self, tmp_path: Path) -> None:
        assert release_of(tmp_path).version == "0"


@pytest.mark.parametrize("language", Language)
class TestCitations:
    """A single observation can be cited, in either language."""

    def page(self, dataset: Dataset, language: Language) -> Page:
        """Return a data page."""
        root = "" if language is Language.EN else "../"
        return Page(dataset, language, Addresses("data/area.md", root=root))

    def text(self, dataset: Dataset, language: Language, form: str) -> str:
        """Return the entries of the area under coca in Bolivia in a format."""
        kept = [o for o in dataset.by_indicator["coca-area"] if o.area == "BO"]
        works = {o.citation.source: dataset.sources[o.citation.source] for o in kept}
        entries = citations.references_html(works.values(), language)
        page = self.page(dataset, language)
        made = [work_of(page, o, RELEASE, entries[o.citation.source]) for o in kept]
        return cited(made, form)

    def test_text_names_value_source_place_and_address(
        self, dataset: Dataset, language: Language
    ) -> None:
        shown = {"en": "Bolivia, 2022: 29,900", "es": "Bolivia, 2022: 29\u202f900"}[language]
        line = next(t for t in self.text(dataset, language, "txt").splitlines() if shown in t)
        folder = "" if language is Language.EN else "es/"
        assert re.search(rf"https://example\.org/{folder}data/area/#coca-area_BO_2022_\S+$", line)
        assert "1.2.3" in line
        assert "&" not in line.replace("Leaf & Law", "")

    def test_bibtex_has_balanced_braces_and_unique_keys(
        self, dataset: Dataset, language: Language
    ) -> None:
        text = self.text(dataset, language, "bib")
        bare = re.sub(r"\\[{}]", "", text)
        depths = list(_depths(bare))
        assert min(depths) >= 0 and depths[-1] == 0
        keys = re.findall(r"^@misc\{([^,\s]+),$", text, re.MULTILINE)
        assert len(keys) == len(set(keys)) == text.count("@misc")
        assert not re.search(r"(?<!\\)[&%#]", re.sub(r"url = \{[^}]*\}", "", text))

    def test_csl_json_holds_an_item_for_each(self, dataset: Dataset, language: Language) -> None:
        items = json.loads(self.text(dataset, language, "json"))
        kept = [o for o in dataset.by_indicator["coca-area"] if o.area == "BO"]
        assert [item["id"] for item in items] == [o.id for o in kept]
        for item, observation in zip(items, kept, strict=True):
            assert item["type"] == "dataset"
            assert item["author"]
            assert item["URL"].endswith(f"#{observation_anchor(observation)}")

    def test_a_data_page_says_how_with_an_example(
        self, dataset: Dataset, language: Language
    ) -> None:
        indicator = dataset.indicators["coca-area"]
        entries = citations.references_html(dataset.sources.values(), language)
        markup = cite_html(self.page(dataset, language), "area", indicator, RELEASE, entries)
        assert markup.startswith("<details") and "\n" not in markup
        assert "@misc" in plain(markup.replace("&#10;", "\n"))
        for form in FORMATS:
            assert f'href="../citations/area.{form}"' in markup

    def test_the_files_are_written(
        self, written: Path, dataset: Dataset, language: Language
    ) -> None:
        folder = written if language is Language.EN else written / language.value
        for theme in {i.theme for i in dataset.indicators.values()}:
            for form in FORMATS:
                assert (folder / citations_of(theme, form)).stat().st_size > 0

    def test_the_index_describes_the_dataset_for_machines(
        self, dataset: Dataset, language: Language
    ) -> None:
        page = Page(dataset, language, Addresses("data/index.md"))
        markup = catalogue.dataset_jsonld(page, RELEASE)
        opening, closing = '<script type="application/ld+json">', "</script>"
        assert markup.startswith(opening) and markup.endswith(closing)
        text = markup.removeprefix(opening).removesuffix(closing)
        assert not re.search(r"[<>&\n]", text)
        said: dict[str, Any] = json.loads(text)
        assert said["@type"] == "Dataset"
        assert 50 <= len(said["description"]) <= 5000
        assert re.fullmatch(r"\d{4}/\d{4}", said["temporalCoverage"])
        assert {"name", "license", "creator", "distribution"} <= set(said)
        published = [part["contentUrl"] for part in said["distribution"]]
        assert f"https://example.org/data/{OBSERVATIONS.file}" in published

    def test_the_index_lists_every_file(
        self, written: Path, dataset: Dataset, language: Language
    ) -> None:
        root = "" if language is Language.EN else "../"
        page = Page(dataset, language, Addresses("data/index.md", root=root))
        named = re.findall(r'href="([^"]+)"', catalogue.downloads_html(page))
        here = written / ("data" if language is Language.EN else "es/data")
        assert len(named) == len(TABLES) + 2
        here.mkdir(parents=True, exist_ok=True)
        assert all((here / name).resolve().is_file() for name in named)

    def test_the_index_page_prints_both(self, dataset: Dataset, language: Language) -> None:
        chapters, _ = read_chapters(ROOT, language)
        index = next(c for c in chapters if c.path == "data/index.md")
        for name in ("downloads", "dataset_jsonld"):
            assert name in NAMES
            assert f"{{{{ {name}() }}}}" in index.body


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        yield depth


class TestCitationFile:
    """``CITATION.cff`` is what GitHub and Zenodo read."""

    def read(self) -> dict[str, Any]:
        """Return the file's content."""
        said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
        assert isinstance(said, dict)
        return said

    def test_the_required_keys_are_there(self) -> None:
        said = self.read()
        assert {"cff-version", "message", "title", "authors"} <= set(said)
        assert said["cff-version"] == "1.2.0"
        assert said["type"] in {"dataset", "software"}
        assert said["authors"] and all(author.get("name") for author in said["authors"])

    def test_it_agrees_with_the_project(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        said = self.read()
        assert said["version"] == project["version"]
        assert said["license"] == "CC-BY-4.0"
        assert said["url"].startswith(Release().site)


def test_a_page_that_did_not_change_is_not_read_for_its_uses_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table of uses is the same with a shelf and without; only a changed page is read."""
    read: list[str] = []
    plain = downloads.printed

    def printed(page: str) -> list[tuple[str, str]]:
        read.append(page)
        return plain(page)

    monkeypatch.setattr(downloads, "printed", printed)
    (tmp_path / "data").mkdir()
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")

    def uses() -> list[list[str]]:
        shelf = Shelf(tmp_path / "shelf", "ground")
        found = list(downloads.usage(tmp_path, shelf))
        shelf.store()
        return found

    first = uses()
    assert len(read) == 2
    assert uses() == first == list(downloads.usage(tmp_path))
    del read[:]
    (tmp_path / "b.html").write_text(PAGE.replace("2022 it", "2023 it"), encoding="utf-8")
    assert [row[3] for row in uses()] == ["In 2022 it was 29,900 ha.", "In 2023 it was 29,900 ha."]
    assert len(read) == 1
