"""Texts of a picture as the outlines of their letters, for the program that turns it into pixels.

That program opens a font's file four times for each letter it sets, which takes more than all the
rest of a picture. Here HarfBuzz, which it sets letters with as well, sets them once, each outline is
written down once, and the program finds neither texts nor fonts to open. What is not known here (a
family or a letter that our fonts lack, an attribute that places letters otherwise) stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_FILES = {
    ("Hoja Sans", "400"): "HojaSans-Regular.ttf",
    ("Hoja Sans", "600"): "HojaSans-SemiBold.ttf",
    ("Hoja Serif", "400"): "HojaSerif-Regular.ttf",
    ("Hoja Serif", "600"): "HojaSerif-SemiBold.ttf",
}
_WEIGHTS = {"normal": "400", "bold": "600"}
_SETTING = frozenset(("font-family", "font-size", "font-weight", "text-anchor", "x", "y", "dy"))
_PAINT = frozenset(
    ("fill", "fill-opacity", "opacity", "stroke", "stroke-linejoin", "stroke-width", "transform")
)
_SPACES = re.compile(r"[ \t\n]+")


def outlined(svg: str, fonts: Iterable[Path]) -> str:
    """The picture with its texts as outlines, which are set from the files of ``fonts``."""
    root = etree.fromstring(svg.encode())
    files = {path.name: str(path) for path in fonts}
    used: dict[str, str] = {}
    for text in list(root.iter(f"{{{_SVG}}}text")):
        drawn = _drawn(text, files, used)
        if drawn is not None:
            drawn.tail = text.tail
            parent: Any = text.getparent()
            parent.replace(text, drawn)
    letters = etree.Element(f"{{{_SVG}}}defs")
    for name, outline in used.items():
        etree.SubElement(letters, f"{{{_SVG}}}path", {"id": name, "d": outline})
    root.insert(0, letters)
    written: str = etree.tostring(root, encoding="unicode")
    return written


@dataclass(slots=True)
class _Font:
    """A font with the outlines of the letters that were asked of it, in units of the font."""

    name: str
    setting: Any
    size: int
    outlines: dict[int, str] = field(default_factory=dict)

    def line(self, text: str) -> list[tuple[int, int, int]] | None:
        """The glyphs of a text with their places, and at the end none and its width; None for a
        letter that the font lacks.
        """
        import uharfbuzz  # type: ignore[import-untyped]  # ships no types

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.setting, buffer)
        found: list[tuple[int, int, int]] = []
        x = 0
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0:
                return None
            found.append((info.codepoint, x + place.x_offset, place.y_offset))
            x += place.x_advance
        return [*found, (0, x, 0)]

    def outline(self, glyph: int) -> str:
        """The outline of a glyph as path data."""
        if glyph not in self.outlines:
            pen = _Pen()
            self.setting.draw_glyph_with_pen(glyph, pen)
            self.outlines[glyph] = "".join(pen.said)
        return self.outlines[glyph]


class _Pen:
    """Writes an outline down as path data; the names are those of FontTools' pens."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._say("M", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._say("L", to)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._say("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._say("C", *points)

    def closePath(self) -> None:  # noqa: N802
        self.said.append("Z")

    def endPath(self) -> None:  # noqa: N802
        """Nothing is written: the next outline begins with a move."""

    def _say(self, command: str, *points: tuple[float, float]) -> None:
        self.said.append(command + " ".join(f"{x:g} {y:g}" for x, y in points))


@cache
def _font(path: str) -> _Font:
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    return _Font(Path(path).stem, uharfbuzz.Font(face), face.upem)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a text: its letters, and where it begins."""

    said: str
    x: float
    y: float


def _drawn(text: Any, files: dict[str, str], used: dict[str, str]) -> Any:
    """The outlines of one text as a group, or None if it has to stay a text."""
    if not set(text.attrib) <= _SETTING | _PAINT:
        return None
    family = _inherited(text, "font-family", "").split(",")[0].strip(" '\"")
    weight = _inherited(text, "font-weight", "400")
    file = files.get(_FILES.get((family, _WEIGHTS.get(weight, weight)), ""))
    size = _number(_inherited(text, "font-size", ""))
    anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}.get(_inherited(text, "text-anchor", "start"))
    pieces = list(_pieces(text))
    if file is None or size is None or anchor is None or None in pieces:
        return None
    font = _font(file)
    scale = size / font.size
    group = etree.Element(f"{{{_SVG}}}g", {k: v for k, v in text.items() if k in _PAINT})
    thick = _number(_inherited(text, "stroke-width", "1"))
    for piece in pieces:
        line = font.line(piece.said) if piece is not None else None
        if line is None or piece is None or thick is None:
            return None
        *letters, (_, width, _) = line
        left = piece.x - anchor * width * scale
        inner = etree.SubElement(
            group,
            f"{{{_SVG}}}g",
            {
                "transform": f"translate({left:.4f},{piece.y:.4f}) scale({scale:.6f},{-scale:.6f})",
                "stroke-width": f"{thick / scale:.3f}",
            },
        )
        for glyph, x, y in letters:
            if outline := font.outline(glyph):
                name = f"{font.name}-{glyph}"
                used[name] = outline
                etree.SubElement(
                    inner, f"{{{_SVG}}}use", {"href": f"#{name}", "x": f"{x}", "y": f"{y}"}
                )
    return group


def _pieces(text: Any) -> Iterator[_Piece | None]:
    """The lines of a text; None for one that is set otherwise than ours are."""
    x, y = _number(text.get("x", "0")), _number(text.get("y", "0"))
    if x is None or y is None or text.get("dy") or (len(text) and (text.text or "").strip()):
        yield None
        return
    if not len(text):
        yield _Piece(_plain(text), x, y)
    for at, line in enumerate(text):
        dy = _number(line.get("dy", "0"))
        begins = _number(line.get("x", "" if at else f"{x}"))
        known = line.tag == f"{{{_SVG}}}tspan" and set(line.attrib) <= {"x", "dy"} and not len(line)
        if not known or dy is None or begins is None or (line.tail or "").strip():
            yield None
            return
        y += dy
        yield _Piece(_plain(line), begins, y)


def _plain(element: Any) -> str:
    """What an element says, its spaces as SVG takes them."""
    return _SPACES.sub(" ", element.text or "").strip(" ")


def _inherited(element: Any, name: str, default: str) -> str:
    for one in (element, *element.iterancestors()):
        if (value := one.get(name)) is not None:
            return str(value)
    return default


def _number(text: str) -> float | None:
    """A length in pixels; None for anything else."""
    try:
        return float(text.removesuffix("px"))
    except ValueError:
        return None
