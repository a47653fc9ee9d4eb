"""The picture for download: on paper, with its words around it, complete by itself."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from factbook.charts import letters, palette
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
    """How a kind of text is set."""

    family: str
    size: int
    bold: bool
    colour: str
    leading: int


TITLE = Style("Hoja Serif, serif", 22, True, "--ink", 27)
SUBTITLE = Style("Hoja Sans, sans-serif", 15, False, "--muted", 20)
SMALL = Style("Hoja Sans, sans-serif", 13, False, "--muted", 18)


def framed(picture: Element, words: Words) -> str:
    """The picture under its title and subtitle, over its note and source line."""
    _, _, width, height = (float(part) for part in str(picture.get("viewBox")).split())
    y = _MARGIN - 6.0
    heading, y = _set(words.title, TITLE, y, width)
    subtitle, y = _set(words.subtitle, SUBTITLE, y + 4, width)
    moved = etree.Element(f"{{{_SVG}}}g", transform=f"translate({_MARGIN},{y + 10:g})")
    moved.extend(deepcopy(child) for child in picture)
    y += height + 14
    note, y = _set(words.note or "", SMALL, y, width)
    credit, y = _set(f"{words.credit.rstrip('.')}. {SITE}", SMALL, y, width)
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


def _set(text: str, style: Style, y: float, room: float) -> tuple[list[Element], float]:
    """The lines of a text below ``y``, ``room`` wide, and where the last of them stands."""
    lines: list[Element] = []
    serif = "Serif" in style.family
    broken = letters.balanced if style is TITLE else letters.wrapped
    for line in broken(text, room, style.size, bold=style.bold, serif=serif) if text else ():
        y += style.leading
        element = etree.Element(
            f"{{{_SVG}}}text",
            {
                "x": str(_MARGIN),
                "y": f"{y:g}",
                "font-family": style.family,
                "font-size": f"{style.size}px",
                "font-weight": "600" if style.bold else "400",
                "fill": palette.LIGHT[style.colour],
            },
        )
        element.text = line
        lines.append(element)
    return lines, y
