"""The picture that stands for a page where its address is shared: 1200 by 630, on paper.

It shows the page's title and its leading chart, in the layout that can be drawn larger; a page
without a chart is shown by its title and description, set large.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from factbook.charts import palette
from factbook.charts.svg import Element

WIDTH, HEIGHT = 1200, 630

_SVG = "http://www.w3.org/2000/svg"
_MARGIN = 60
_GAP = 44
_PICTURE = (664, 526)
"""What a chart's picture may take at most, at the right."""

_LARGEST = 1.65
"""More than that and lines and letters of a small chart look coarse."""

_BLADE = "M10 .8C3.4 7 1.3 17.6 10 27c8.7-9.4 6.6-20 0-26.2Z"
_LINES = "M10 4v25.2M6.9 8.6c1.5 4.3 1.4 9.2.1 13M13.1 8.6c-1.5 4.3-1.4 9.2-.1 13"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the site, the page's title, and a second text with a smaller third.

    With a chart these two are its title and subtitle, ``pictures`` are its layouts, as SVG, and
    ``credit`` is its source line; without one they are the page's description and nothing.
    """

    site: str
    title: str
    second: str
    third: str
    credit: str
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text is set; ``letter`` is the width of a letter in its size, generously taken."""

    family: str
    weight: str
    colour: str
    size: int
    leading: float
    letter: float

    def lines(self, text: str, width: float) -> list[str]:
        """The lines of a text, as few as fit the width and about equally long."""
        letters = int(width / (self.size * self.letter))
        lines = textwrap.wrap(text, letters, break_long_words=False)
        for fewer in range(letters - 1, letters // 2, -1):
            narrower = textwrap.wrap(text, fewer, break_long_words=False)
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def height(self, lines: Sequence[str]) -> float:
        return len(lines) * self.size * self.leading


_SERIF = "Hoja Serif, serif"
_SANS = "Hoja Sans, sans-serif"
_WORDMARK = _Style(_SERIF, "600", "--ink", 30, 1.2, 0.5)
_TITLE = _Style(_SERIF, "600", "--ink", 60, 1.12, 0.52)
_SECOND = _Style(_SANS, "600", "--ink", 25, 1.28, 0.49)
_THIRD = _Style(_SANS, "400", "--muted", 22, 1.32, 0.47)
_CREDIT = _Style(_SANS, "400", "--muted", 18, 1.35, 0.47)
_LARGE = _Style(_SERIF, "600", "--ink", 88, 1.08, 0.52)
_DESCRIPTION = _Style(_SANS, "400", "--muted", 33, 1.36, 0.47)


def drawn(card: Card) -> str:
    """The card as SVG in literal colours."""
    root = etree.fromstring(f'<svg xmlns="{_SVG}"/>')
    for name, value in (("viewBox", f"0 0 {WIDTH} {HEIGHT}"), ("width", WIDTH), ("height", HEIGHT)):
        root.set(name, str(value))
    size = {"width": str(WIDTH), "height": str(HEIGHT)}
    etree.SubElement(root, f"{{{_SVG}}}rect", size | {"fill": palette.LIGHT["--paper"]})
    etree.SubElement(
        root, f"{{{_SVG}}}rect", {"width": str(WIDTH), "height": "10", "fill": _colour("--leaf")}
    )
    root.append(_leaf(_MARGIN, _MARGIN - 12, 1.35, _colour("--leaf"), _colour("--paper")))
    root.extend(_set([card.site], _WORDMARK, _MARGIN + 40, _MARGIN - 14))
    root.extend(_with_picture(card) if card.pictures else _without(card))
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _with_picture(card: Card) -> list[Element]:
    picture, width = _picture(card.pictures)
    room = WIDTH - 2 * _MARGIN - _GAP - width
    credit = _CREDIT.lines(card.credit, room)
    bottom = HEIGHT - _MARGIN - _CREDIT.height(credit)
    top = _MARGIN + 72.0
    title, second, third = _fitting(card, room, bottom - top - 28)
    parts = [picture, *_set(credit, _CREDIT, _MARGIN, bottom)]
    for style, lines, space in (title, second, third):
        parts += _set(lines, style, _MARGIN, top)
        top += style.height(lines) + space
    return parts


def _fitting(card: Card, width: float, height: float) -> list[tuple[_Style, list[str], float]]:
    """The three texts with their styles, the title smaller and the third left out as room asks.

    A line is never wider than ``width`` because of one long word: that makes the title smaller too.
    """
    nothing: tuple[_Style, list[str], float] = (_THIRD, [], 0.0)
    second = (_SECOND, _SECOND.lines(card.second, width), 10.0)
    third = (_THIRD, _THIRD.lines(card.third, width), 0.0)
    for last in (third, nothing):
        for size in (_TITLE.size, 52, 46, 40, 34):
            style = replace(_TITLE, size=size)
            title = (style, style.lines(card.title, width), 26.0)
            texts = [title, second, last]
            narrow = all(len(line) * size * style.letter <= width for line in title[1])
            if narrow and sum(s.height(lines) + gap for s, lines, gap in texts) <= height:
                return texts
    return [title, nothing, nothing]


def _picture(layouts: Sequence[str]) -> tuple[Element, float]:
    """The layout that can be drawn largest, at the right edge, and its width."""
    sized = [(_scale(etree.fromstring(palette.literal(text))), text) for text in layouts]
    scale, text = max(sized, key=lambda item: item[0])
    source = etree.fromstring(palette.literal(text))
    width, height = (scale * part for part in _size(source))
    x, y = WIDTH - _MARGIN - width, (HEIGHT - height) / 2 + 5
    group = etree.Element(
        f"{{{_SVG}}}g", transform=f"translate({x:.2f},{y:.2f}) scale({scale:.4f})"
    )
    group.extend(child for child in source if child.tag not in (f"{{{_SVG}}}{t}" for t in _WORDS))
    return group, width


_WORDS = ("title", "desc")


def _scale(picture: Element) -> float:
    width, height = _size(picture)
    return min(_PICTURE[0] / width, _PICTURE[1] / height, _LARGEST)


def _size(picture: Element) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in str(picture.get("viewBox")).split())
    return width, height


def _without(card: Card) -> list[Element]:
    room = WIDTH - 2 * _MARGIN - 250
    title = _LARGE.lines(card.title, room)
    second = _DESCRIPTION.lines(card.second, room)
    height = _LARGE.height(title) + 26 + _DESCRIPTION.height(second)
    top = max(_MARGIN + 60, (HEIGHT - height) / 2 + 14)
    return [
        _leaf(WIDTH - _MARGIN - 210, 120, 13.5, _colour("--raised"), _colour("--paper")),
        *_set(title, _LARGE, _MARGIN, top),
        *_set(second, _DESCRIPTION, _MARGIN, top + _LARGE.height(title) + 26),
        *_set([card.credit], _CREDIT, _MARGIN, HEIGHT - _MARGIN - _CREDIT.height([""])),
    ]


def _set(lines: Sequence[str], style: _Style, x: float, top: float) -> list[Element]:
    """The lines of a text below ``top``."""
    made: list[Element] = []
    for at, line in enumerate(lines):
        baseline = top + (at + 0.5) * style.size * style.leading + style.size * 0.34
        element = etree.Element(
            f"{{{_SVG}}}text",
            {
                "x": f"{x:g}",
                "y": f"{baseline:.2f}",
                "font-family": style.family,
                "font-size": f"{style.size}px",
                "font-weight": style.weight,
                "fill": _colour(style.colour),
            },
        )
        element.text = line
        made.append(element)
    return made


def _leaf(x: float, y: float, scale: float, blade: str, lines: str) -> Element:
    """The mark of the site, a coca leaf with the two lines beside its midrib."""
    group = etree.Element(f"{{{_SVG}}}g", transform=f"translate({x:g},{y:g}) scale({scale:g})")
    etree.SubElement(group, f"{{{_SVG}}}path", {"d": _BLADE, "fill": blade})
    stroke = {"d": _LINES, "fill": "none", "stroke": lines, "stroke-width": "1.1"}
    etree.SubElement(group, f"{{{_SVG}}}path", stroke | {"stroke-linecap": "round"})
    return group


def _colour(name: str) -> str:
    return palette.LIGHT[name]
