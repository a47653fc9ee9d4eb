"""How a chart is cited and linked to, tried on a chart of the invented country."""

from __future__ import annotations

import json
from pathlib import Path

import markdown
import pytest
from lxml import html

from factbook.charts.drawing import Cell, Drawing
from factbook.citation_formats import FORMATS, cited
from factbook.markup.addresses import Addresses
from factbook.markup.chart_citing import chart_work, permalink
from factbook.markup.figures import Page
from factbook.markup.pictures import chart_html
from factbook.model import Language
from factbook.release import Release
from tests.miniature import copy_of_mini, edition_of_mini

RELEASE = Release(version="1.2", date=1_767_225_600, site="https://x.example/s/")
TITLES = {
    Language.EN: ("Saffron & law: 100 % {more}", "Hectares, 2019 to 2022"),
    Language.ES: ("Azafrán y ley: 100 % {más}", "Hectáreas, 2019 a 2022"),
}


def drawing(language: Language) -> Drawing:
    title, subtitle = TITLES[language]
    return Drawing(
        id="saffron",
        language=language,
        title=title,
        subtitle=subtitle,
        note=None,
        description=("It grew.",),
        figures=(),
        sources=("census-2021", "census-2022"),
        columns=("",),
        rows=((Cell("2019"),),),
        wide='<svg viewBox="0 0 10 10"></svg>',
        narrow='<svg viewBox="0 0 10 10"></svg>',
        paper="",
        download="",
    )


@pytest.fixture
def pages(tmp_path: Path) -> dict[Language, Page]:
    root = copy_of_mini(tmp_path / "mini")
    found = {}
    for language in Language:
        dataset = edition_of_mini(root, language).dataset
        found[language] = Page(dataset, language, Addresses("data/area.md"))
    return found


def test_the_link_is_the_full_address_whatever_the_edition(pages: dict[Language, Page]) -> None:
    english, spanish = pages.values()
    offline = Page(spanish.dataset, Language.ES, Addresses("data/area.md", directories=False))
    assert permalink(english, drawing(Language.EN), RELEASE) == (
        "https://x.example/s/data/area/#chart-saffron"
    )
    for page in (spanish, offline):
        assert permalink(page, drawing(Language.ES), RELEASE) == (
            "https://x.example/s/es/data/area/#chart-saffron"
        )


def test_the_text_names_makers_title_version_day_counters_licence_and_address(
    pages: dict[Language, Page],
) -> None:
    assert chart_work(pages[Language.EN], drawing(Language.EN), RELEASE).text == (
        "Leaf & Law contributors. Saffron & law: 100 % {more}. Hectares, 2019 to 2022 [chart]."
        " Leaf & Law, version 1.2, 1 January 2026. Source: Census. CC BY 4.0."
        " https://x.example/s/data/area/#chart-saffron"
    )
    spanish = chart_work(pages[Language.ES], drawing(Language.ES), RELEASE).text
    assert "[gráfico]. Hoja y ley, versión 1.2, 1 de enero de 2026. Fuente: " in spanish


def test_each_format_says_that_it_is_a_picture_of_ours_with_its_address(
    pages: dict[Language, Page],
) -> None:
    work = chart_work(pages[Language.EN], drawing(Language.EN), RELEASE)
    (item,) = json.loads(cited([work], "json"))
    assert item["type"] == "graphic" and item["issued"] == {"date-parts": [[2026, 1, 1]]}
    assert item["note"] == "Source: Census. CC BY 4.0."
    record = cited([work], "ris").splitlines()
    assert record[0] == "TY  - FIGURE" and f"UR  - {work.url}" in record
    entry = cited([work], "bib")
    assert entry.startswith("@misc{chart-saffron,\n")
    assert "title = {{Saffron \\& law: 100 \\% \\{more\\}. Hectares, 2019 to 2022}}" in entry


@pytest.mark.parametrize("language", list(Language))
def test_the_page_holds_all_forms_unharmed_by_markdown(
    pages: dict[Language, Page], language: Language
) -> None:
    page, drawn = pages[language], drawing(language)
    made = markdown.markdown(chart_html(page, drawn, {}, RELEASE), extensions=["md_in_html"])
    tree = html.fromstring(made)
    (details,) = tree.find_class("chart-cite")
    assert details.tag == "details" and details.get("open") is None
    shown = {dd.get("data-form"): dd.text_content() for dd in details.iter("dd")}
    work = chart_work(page, drawn, RELEASE)
    assert shown == {form: cited([work], form).rstrip("\n") for form in FORMATS}


def test_the_links_lead_to_three_files_and_the_chart_and_say_so(
    pages: dict[Language, Page],
) -> None:
    tree = html.fromstring(chart_html(pages[Language.ES], drawing(Language.ES), {}, RELEASE))
    *files, link = tree.xpath("//ul[@class='chart-links']//a")
    assert [a.get("href") for a in files] == [
        f"../../charts/saffron.{ending}" for ending in ("csv", "svg", "png")
    ]
    assert link.get("href") == "https://x.example/s/es/data/area/#chart-saffron"
    assert link.get("aria-label").startswith(f"{link.text} ")
    assert link.get("aria-label").endswith(TITLES[Language.ES][0])
    assert tree.get("id") == "chart-saffron"
