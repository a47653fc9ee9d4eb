"""The small charts in the tables of data pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from factbook.dataset import Dataset
from factbook.markup.addresses import Addresses
from factbook.markup.figures import Page
from factbook.markup.sparks import series_row
from factbook.model import Language
from factbook.tables import read_tables
from tests.miniature import copy_of_mini

SERIES = "data/observations/crop-area.csv"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return copy_of_mini(tmp_path / "mini")


def row(mini: Path, area: str = "XA", language: Language = Language.EN) -> str:
    dataset = Dataset(read_tables(mini))
    page = Page(dataset, language, Addresses("data/area.md"))
    return series_row(page, dataset.indicators["crop-area"], area, 6)


def with_rows(mini: Path, *added: str) -> None:
    file = mini / SERIES
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, *sorted([*rows, *added])]) + "\n", encoding="utf-8")


def counted(area: str, year: int, value: str, status: str = "normal") -> str:
    return f"{area},{year},{value},exact,{status},,census-2021,table 9,"


def svg(markup: str) -> html.HtmlElement:
    (found,) = html.fromstring(f"<table>{markup}</table>").xpath("//*[name()='svg']")
    return found


def test_three_years_are_no_line(mini: Path) -> None:
    with_rows(mini, counted("XA-N", 2019, "1800,,"))
    for area, name in (("XA-N", "Northern Ardania"), ("XB", "Bovaria")):
        tree = html.fromstring(f"<table>{row(mini, area)}</table>")
        (head,) = tree.xpath("//tr/*")
        assert (head.tag, head.get("scope"), head.get("colspan")) == ("th", "rowgroup", "6")
        assert head.text_content() == name


def test_four_years_are_a_line_between_its_ends(mini: Path) -> None:
    tree = html.fromstring(f"<table>{row(mini)}</table>")
    (head,) = tree.xpath("//tr/th")
    (cell,) = tree.xpath("//tr/td")
    assert (head.text_content(), head.get("scope")) == ("Ardania", "rowgroup")
    assert (head.get("colspan"), cell.get("colspan")) == ("2", "4")
    assert [s.text for s in tree.xpath("//td//span")] == [
        "2019: 3,800\N{NO-BREAK SPACE}ha",
        "2022: about 4,500\N{NO-BREAK SPACE}ha",
    ]


def test_a_sentence_speaks_for_the_line_in_both_languages(mini: Path) -> None:
    english, spanish = (svg(row(mini, language=language)) for language in Language)
    for found in (english, spanish):
        assert found.get("role") == "img"
        assert found.find("title") is not None
    assert english.findtext("title") == (
        "Area under saffron, Ardania, 2019 to 2022: lowest 3,800 in 2019, highest about"
        " 4,500\N{NO-BREAK SPACE}ha in 2022. The line stops where a year has no value or the method"
        " changed."
    )
    assert "de 2019 a 2022: mínimo de 3800 en 2019, máximo de" in spanish.findtext("title")
    assert "La línea se corta" in spanish.findtext("title")


def test_the_line_parts_at_a_break_which_is_marked(mini: Path) -> None:
    found = svg(row(mini))
    (line,) = (p.get("d") for p in found.iter("path") if p.get("class") is None)
    (mark,) = (p.get("d") for p in found.iter("path") if p.get("class") == "spark-break")
    assert line.count("M") == 1 and line.count("L") == 2  # 2020, 2021, 2022
    assert len(list(found.iter("circle"))) == 2  # 2019 by itself, and the last
    assert mark.count("M") == 1


def test_the_line_parts_at_a_gap_which_is_not_marked(mini: Path) -> None:
    for year, value in ((2012, 5), (2013, 6), (2015, 7), (2016, 8)):
        with_rows(mini, counted("XB", year, f"{value},,"))
    found = svg(row(mini, "XB"))
    (line,) = (p.get("d") for p in found.iter("path") if p.get("class") is None)
    assert line.count("M") == 2
    assert not [p for p in found.iter("path") if p.get("class") == "spark-break"]


def test_a_series_of_nothing_is_a_level_line(mini: Path) -> None:
    with_rows(mini, *(counted("XC", year, "0,,") for year in range(2018, 2022)))
    areas = mini / "data" / "areas.csv"
    areas.write_text(
        areas.read_text(encoding="utf-8").rstrip("\n") + "\nXC,country,,Null,Nulo\n",
        encoding="utf-8",
    )
    found = svg(row(mini, "XC"))
    assert found.findtext("title").endswith("Null, 2018 to 2021: 0\N{NO-BREAK SPACE}ha all along.")
    (line,) = (p.get("d") for p in found.iter("path") if p.get("class") is None)
    assert len({y for _, y in re.findall(r"([\d.]+),([\d.]+)", line)}) == 1


def test_every_point_stands_inside_and_higher_values_higher(mini: Path) -> None:
    found = svg(row(mini))
    points = [
        (float(x), float(y))
        for path in found.iter("path")
        if path.get("class") is None
        for x, y in re.findall(r"([\d.]+),([\d.]+)", path.get("d"))
    ]
    assert all(0 < x < 150 and 0 < y < 30 for x, y in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert all(len(n) <= 5 for n in re.findall(r"\d+\.\d+", row(mini)))
