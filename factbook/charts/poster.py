"""The picture for download: on paper, with its words around it, complete by itself."""

from __future__ import annotations

import textwrap
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from factbook.charts import palette
from factbook.charts.svg import Element, describe
from factbook.identity import NAME
from factbook.release import LICENCE_NAME

SITE = f"{NAME.en} / {NAME.es}, {LICENCE_NAME}"

_SVG = "http://www.w3.org/2000/svg"
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a picture, in one language (``language`` is its BCP 47 tag)."""

    title: str
    subtitle: str
    note: str | None
    credit: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set; ``letters`` is how many fit into a line."""

    family: str
    size: int
    weight: str
    colour: str
    leading: int
    letters: int


TITLE = Style("Hoja Serif, serif", 22, "600", "--ink", 27, 66)
SUBTITLE = Style("Hoja Sans, sans-serif", 15, "400", "--muted", 20, 104)
SMALL = Style("Hoja Sans, sans-serif", 13, "400", "--muted", 18, 120)


def framed(picture: Element, words: Words) -> str:
    """The picture under its title and subtitle, over its note and source line."""
    _, _, width, height = (float(part) for part in str(picture.get("viewBox")).split())
    y = _MARGIN - 6.0
    heading, y = _set(words.title, TITLE, y)
    subtitle, y = _set(words.subtitle, SUBTITLE, y + 4)
    moved = etree.Element(f"{{{_SVG}}}g", transform=f"translate({_MARGIN},{y + 10:g})")
    moved.extend(deepcopy(child) for child in picture)
    y += height + 14
    note, y = _set(words.note or "", SMALL, y)
    credit, y = _set(f"{words.credit.rstrip('.')}. {SITE}", SMALL, y)
    size = {"width": f"{width + 2 * _MARGIN:g}", "height": f"{y + _MARGIN:g}"}
    outer = etree.fromstring(f'<svg xmlns="{_SVG}"/>')
    outer.set("viewBox", f"0 0 {size['width']} {size['height']}")
    for name, value in size.items():
        outer.set(name, value)
    etree.SubElement(outer, f"{{{_SVG}}}rect", size | {"fill": palette.LIGHT["--paper"]})
    outer.extend((*heading, *subtitle, moved, *note, *credit))
    describe(outer, words.title, words.description, words.language)
    text: str = etree.tostring(outer, encoding="unicode")
    return text


def _set(text: str, style: Style, y: float) -> tuple[list[Element], float]:
    """The lines of a text below ``y``, and where the last of them stands."""
    lines: list[Element] = []
    for line in textwrap.wrap(text, style.letters):
        y += style.leading
        element = etree.Element(
            f"{{{_SVG}}}text",
            {
                "x": str(_MARGIN),
                "y": f"{y:g}",
                "font-family": style.family,
                "font-size": f"{style.size}px",
                "font-weight": style.weight,
                "fill": palette.LIGHT[style.colour],
            },
        )
        element.text = line
        lines.append(element)
    return lines, y
