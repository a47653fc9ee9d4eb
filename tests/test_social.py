"""The pictures that stand for pages where their addresses are shared."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image, ImageFont

from factbook.charts.card import HEIGHT, WIDTH, Card, drawn
from tests.built import built_site

ROOT = Path(__file__).parent.parent

LAYOUT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><title>spoken</title>'
    '<path d="M0,0L9,9" stroke="var(--bo)"/></svg>'
)
WIDE, NARROW, TALL = (LAYOUT.format(*size) for size in ((680, 380), (340, 330), (340, 560)))
SAMPLE = Card(
    "Leaf & Law",
    "The cato",
    "More coca than the law allows",
    "Hectares, 2003 to 2024",
    "Source: UNODC. CC BY 4.0",
    (WIDE, NARROW),
)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(svg).iter("{*}text")]


@cache
def _font(family: str, weight: str) -> ImageFont.FreeTypeFont:
    name = "HojaSerif" if "Serif" in family else "HojaSans"
    return ImageFont.truetype(
        str(ROOT / "fonts" / f"{name}-{'SemiBold' if weight == '600' else 'Regular'}.ttf"), 100
    )


def right_ends(svg: str) -> list[tuple[float, float, str]]:
    """Where each text ends at the right, as our own font sets it; its baseline; the text."""
    found = []
    for element in etree.fromstring(svg).iter("{*}text"):
        if element.getparent().tag.endswith("}svg"):
            size = float(element.get("font-size").removesuffix("px"))
            font = _font(element.get("font-family"), element.get("font-weight"))
            width = font.getlength(element.text) * size / 100
            found.append((float(element.get("x")) + width, float(element.get("y")), element.text))
    return found


def picture_place(svg: str) -> tuple[float, float, float]:
    """Where the chart stands in a card: left, top, scale."""
    (found,) = re.findall(r"translate\(([\d.]+),([\d.]+)\) scale\(([\d.]{6})\)", svg)
    return float(found[0]), float(found[1]), float(found[2])


def test_a_card_has_no_variable_left_and_no_speech_of_its_chart() -> None:
    card = drawn(SAMPLE)
    assert "var(" not in card and "spoken" not in card
    assert etree.fromstring(card).get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"


def test_the_layout_is_taken_that_can_be_drawn_larger() -> None:
    assert picture_place(drawn(SAMPLE))[2] > 1.5
    tall = Card(**{**_fields(SAMPLE), "pictures": (WIDE, TALL)})
    assert picture_place(drawn(tall))[2] < 1


def test_words_stay_left_of_the_picture_and_inside_the_card() -> None:
    for title in ("The cato", "A title of very many words that goes on and on and on, for ever",
                  "Otorrinolaringologistas"):  # fmt: skip
        for pictures in ((WIDE,), (NARROW,), (TALL,)):
            card = drawn(Card(**{**_fields(SAMPLE), "title": title, "pictures": pictures}))
            left = picture_place(card)[0]
            for end, y, text in right_ends(card):
                if text != SAMPLE.site:
                    assert end < left, text
                assert 0 < y < HEIGHT - 40, text


def test_the_subtitle_goes_before_anything_else_does() -> None:
    long = "A title of very many words that goes on and on and on, for ever and a day or even two"
    card = Card(**{**_fields(SAMPLE), "title": long, "second": f"{long}. " * 3, "third": "T"})
    shown = " ".join(texts(drawn(card)))
    assert SAMPLE.credit in shown and long[:20] in shown and "T" not in texts(drawn(card))


def test_a_page_without_a_chart_is_shown_by_title_and_description() -> None:
    card = Card("Hoja y ley", "Preguntas", "Respuestas breves.", "", "example.org")
    shown = texts(drawn(card))
    assert shown == ["Hoja y ley", "Preguntas", "Respuestas breves.", "example.org"]


def _fields(card: Card) -> dict[str, object]:
    return {name: getattr(card, name) for name in Card.__dataclass_fields__}


@pytest.mark.site
@pytest.mark.xdist_group("site")
def test_each_page_names_a_picture_of_its_own_that_is_there() -> None:
    """Every hosted page has an absolute image of 1200 by 630 with words, and the file exists."""
    site = built_site()
    seen: set[str] = set()
    pages = [file for file in site.rglob("*.html") if file.name != "404.html"]
    for file in pages:
        tree = html.fromstring(file.read_bytes())
        meta = {m.get("property"): m.get("content") for m in tree.xpath("//meta[@property]")}
        assert {f"og:{n}" for n in ("title", "description", "type", "locale", "url")} <= set(meta)
        assert tree.xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
        root = meta["og:url"].removesuffix(
            file.parent.relative_to(site).as_posix().removeprefix(".") + "/"
        )
        png = (site / meta["og:image"].removeprefix(root.rstrip("/") + "/")).read_bytes()
        picture = Image.open(io.BytesIO(png))
        assert (str(picture.width), str(picture.height)) == (
            meta["og:image:width"],
            meta["og:image:height"],
        )
        assert picture.size == (WIDTH, HEIGHT)
        assert len(png) < 100_000
        assert meta["og:title"] in meta["og:image:alt"] and len(meta["og:image:alt"]) > 20
        seen.add(meta["og:image"])
    assert len(seen) == len(pages)
