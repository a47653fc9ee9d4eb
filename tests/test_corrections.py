"""From a figure, a row and a chapter to the place where each is corrected."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from factbook.dataset import Dataset
from factbook.errors import Place
from factbook.markup.addresses import Addresses
from factbook.markup.corrections import FORMS, correct_link, edit_address, form_address
from factbook.markup.data_pages import derived_html, indicator_html
from factbook.markup.figures import Page, figure_html
from factbook.model import Language
from factbook.release import release_of

ROOT = Path(__file__).parent.parent
REPOSITORY = "https://example.org/saffron"


def page_of(dataset: Dataset, repository: str = REPOSITORY) -> Page:
    """A data page of the small project."""
    return Page(dataset, Language.EN, Addresses("data/area.md"), repository)


@pytest.mark.parametrize("language", Language)
def test_each_language_has_its_form_with_the_field_that_is_filled_in(language: Language) -> None:
    """The address names a form that exists and a field the form has."""
    address = urlsplit(form_address(REPOSITORY, language, "crop-area/XA/2022/census-2022"))
    asked = {key: value for key, (value,) in parse_qs(address.query).items()}

    form = ROOT / ".github" / "ISSUE_TEMPLATE" / asked["template"]
    fields = {part.get("id") for part in yaml.safe_load(form.read_text())["body"]}
    assert asked["figure"] == "crop-area/XA/2022/census-2022"
    assert {"figure", "value", "source", "locator"} <= fields
    assert asked["template"] == FORMS[language]


def test_an_id_cannot_leave_its_field() -> None:
    """Signs that part an address are written so that they part nothing."""
    address = form_address(REPOSITORY, Language.EN, "a&title=b#c d")
    assert parse_qs(urlsplit(address).query)["figure"] == ["a&title=b#c d"]
    assert urlsplit(address).fragment == ""


def test_a_quotation_mark_cannot_leave_the_attribute() -> None:
    """A label and an address come out escaped."""
    link = correct_link("<b>", 'https://example.org/"onclick="x')
    assert "<b>" not in link
    assert '"onclick' not in link


def test_a_row_leads_to_its_very_line(mini_dataset: Dataset) -> None:
    """A table names the file, a row its line, where it is not the next: the script counts on."""
    html = indicator_html(page_of(mini_dataset), mini_dataset.indicators["crop-area"], {})
    told = re.findall(r'<tr id="([^"]+)"[^>]*?(?: data-line="(\d+)")?>', html)
    rows: dict[str, int] = {}
    for anchor, said in told:
        rows[anchor] = int(said) if said else list(rows.values())[-1] + 1
    assert 0 < sum(bool(said) for _, said in told) < len(told)
    (edit,) = re.findall(r' data-edit="([^"]+)"', html)

    file = "data/observations/crop-area.csv"
    lines = (ROOT / "tests" / "data" / "mini" / file).read_text().splitlines()
    assert len(rows) == len(lines) - 1
    assert edit == f"{REPOSITORY}/edit/main/{file}"
    assert f'class="correct" href="{edit}"' in html, "the way for those without scripts"
    for anchor, line in rows.items():
        area, period, source = anchor.split("_")[1:]
        cells = lines[line - 1].split(",")
        assert (cells[0], cells[1], cells[8]) == (area, period, source)


def test_a_computed_figure_leads_to_its_formula(mini_dataset: Dataset) -> None:
    """One link for all its rows, to the record of the formula."""
    derivation = next(iter(mini_dataset.derivations.values()))
    html = derived_html(page_of(mini_dataset), derivation, [], {})
    assert edit_address(REPOSITORY, derivation.place) in html
    assert derivation.place.path == "data/derived.toml"


def test_a_card_leads_to_the_form(mini_dataset: Dataset) -> None:
    """The card of a figure in prose has the form with the figure's id filled in."""
    figure = mini_dataset.figure("crop-area", "XA", 2022)
    html = figure_html(page_of(mini_dataset), figure, number=1, used_on=1)
    assert "figure=crop-area/XA/2022/census-2022" in html


def test_without_a_repository_nothing_is_offered(mini_dataset: Dataset) -> None:
    """A copy of the project without an address has no dead links."""
    page = page_of(mini_dataset, "")
    figure = mini_dataset.figure("crop-area", "XA", 2022)
    assert "correct" not in figure_html(page, figure, number=1, used_on=1)
    html = indicator_html(page, mini_dataset.indicators["crop-area"], {})
    assert "correct" not in html and "data-edit" not in html and "data-line" not in html


def test_the_address_of_the_repository_is_one_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in pyproject.toml; the environment goes before it; nothing else names it."""
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nurls.Repository = "https://example.org/a/"\n'
    )
    assert release_of(tmp_path).repository == "https://example.org/a"
    monkeypatch.setenv("REPOSITORY_URL", "https://example.org/b")
    assert release_of(tmp_path).repository == "https://example.org/b"
    monkeypatch.delenv("REPOSITORY_URL")
    address = release_of(ROOT).repository
    folders = ("docs", "data", "overrides", "factbook", "macros")
    named = [
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".md", ".toml", ".html", ".py", ".csv", ".js"}
        and address in file.read_text(encoding="utf-8")
    ]
    assert address and not named


def test_the_place_is_written_as_the_host_reads_it() -> None:
    """A blank in a path is escaped; the line follows the number sign."""
    assert edit_address(REPOSITORY, Place("data/a b.csv", 7)).endswith(
        "/edit/main/data/a%20b.csv#L7"
    )
