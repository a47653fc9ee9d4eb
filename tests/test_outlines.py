"""Texts as outlines: pixels that nobody can tell from those of texts, and what stays a text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import vl_convert
from PIL import Image, ImageChops, ImageStat

from factbook.charts.outlines import outlined
from factbook.charts.raster import with_fonts

FOLDER = Path(__file__).parent.parent / "fonts"
FONTS = tuple(sorted(FOLDER.glob("*.ttf")))

SANS = 'font-family="Hoja Sans, sans-serif" font-size="13.5px"'
LOOKS = {
    "plain": f'<text {SANS} x="20" y="40">AVA Toledo 1,5 ha</text>',
    "bold": f'<text {SANS} font-weight="600" x="20" y="40">AVA Toledo</text>',
    "bold by name": f'<text {SANS} font-weight="bold" x="20" y="40">AVA Toledo</text>',
    "serif": '<text font-family="Hoja Serif, serif" font-size="20" x="20" y="40">Año fi fl</text>',
    "middle": f'<text {SANS} text-anchor="middle" transform="translate(90,40)">¿Cuánto?</text>',
    "end": f'<text {SANS} text-anchor="end" transform="translate(180,40)">Perú, Bolivia</text>',
    "turned": f'<text {SANS} transform="translate(20,90) rotate(-30)">Chapare</text>',
    "halo": f'<text {SANS} x="20" y="40" fill="red" stroke="blue" stroke-width="4px" '
    'stroke-linejoin="round">halo</text>',
    "lines": f'<text {SANS} transform="translate(20,30)"><tspan>first</tspan>'
    '<tspan x="0" dy="16">second line</tspan><tspan x="4" dy="16">third</tspan></text>',
    "inherited": f'<g {SANS} font-weight="600" text-anchor="end" fill="green">'
    '<text x="180" y="40">of the group</text></g>',
    "spaces": f'<text {SANS} x="20" y="40">  a  \n  b\u00a0c  </text>',
    "thin space": f'<text {SANS} x="20" y="40">10\u202f000 ha</text>',
}

STAY = {
    "a letter that the font lacks": f'<text {SANS} x="20" y="40">\u4e2d</text>',
    "another family": '<text font-family="serif" font-size="12" x="20" y="40">a</text>',
    "no family": '<text font-size="12" x="20" y="40">a</text>',
    "another weight": f'<text {SANS} font-weight="900" x="20" y="40">a</text>',
    "a size that is no length": '<text font-family="Hoja Sans" font-size="2em" y="9">a</text>',
    "an attribute that moves letters": f'<text {SANS} letter-spacing="3" x="20" y="40">a</text>',
    "several places": f'<text {SANS} x="20 40 60" y="40">abc</text>',
    "a part within a line": f'<text {SANS} x="20" y="40">a <tspan font-weight="600">b</tspan></text>',
    "a line that follows another": f'<text {SANS} y="9"><tspan>a</tspan><tspan>b</tspan></text>',
    "another anchor": f'<text {SANS} text-anchor="justify" x="20" y="40">a</text>',
}


def picture(inside: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">'
        f'<rect width="200" height="100" fill="white"/>{inside}</svg>'
    )


def pixels(svg: str) -> Image.Image:
    with_fonts((str(FOLDER),))
    return Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=2))).convert("RGB")


@pytest.mark.parametrize("text", STAY.values(), ids=STAY)
def test_what_is_not_known_stays_a_text(text: str) -> None:
    made = outlined(picture(text), FONTS)
    assert made.count("<text") == 1
    assert "<use" not in made


def test_without_fonts_every_text_stays_one() -> None:
    assert outlined(picture(LOOKS["plain"]), ()).count("<text") == 1


@pytest.mark.parametrize("text", LOOKS.values(), ids=LOOKS)
def test_outlines_give_the_pixels_of_the_text(text: str) -> None:
    made = outlined(picture(text), FONTS)
    assert "<text" not in made
    before, after, nothing = pixels(picture(text)), pixels(made), pixels(picture(""))
    shown = max(ImageStat.Stat(ImageChops.difference(before, nothing)).mean)
    differs = max(ImageStat.Stat(ImageChops.difference(before, after)).mean)
    assert shown > 0.5
    assert differs < shown / 50


def test_each_letter_is_written_down_once() -> None:
    made = outlined(picture(LOOKS["plain"] + LOOKS["middle"] + LOOKS["plain"]), FONTS)
    assert made.count('<path id="HojaSans-Regular-') == len(
        set("AVA Toledo 1,5 ha¿Cuánto?") - {" "}
    )


def test_what_follows_a_text_follows_its_outlines() -> None:
    after = '<rect width="5" height="5" fill="red"/>'
    made = outlined(picture(f"{LOOKS['plain']}{after}<g/>"), FONTS)
    assert made.index("<use") < made.index('fill="red"')
    assert after in made
