"""A picture as a page holds it: the same marks in fewer bytes, since every reader pays for each.

The renderer repeats the place and style of every mark in full. Here circles are circles, lines of
one style are one path, outlines are told step by step, and neighbours of one style share a group.
What is seen, read out and shown as a tooltip stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

_PLACE = r"translate\(([\d.-]+),([\d.-]+)\)"
_CIRCLE = re.compile(
    rf'<path transform="{_PLACE}" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"'
    r"([^<>]*?)(?:/>|>(<title>[^<]*</title>)?</path>)"
)
_LINE = re.compile(
    rf'<line(?: transform="{_PLACE}")?(?: x2="([\d.-]+)")?(?: y2="([\d.-]+)")?([^<>]*)/>'
)
_LINES = re.compile(rf"(?:{_LINE.pattern})+")
_TEXT = re.compile(rf'<text([^<>]*) transform="{_PLACE}"([^<>]*)>(?=[^<]*</text>)')
_STEPS = re.compile(r' d="((?:M[\d.-]+,[\d.-]+(?:L[\d.-]+,[\d.-]+)+Z?)+)"')
_MARK = re.compile(
    r"<(?P<kind>text|circle|path)(?P<says> [^<>]*?)(?:/>|>(?:[^<]|<title>[^<]*</title>)*</(?P=kind)>)"
)
_ATTRIBUTE = re.compile(r' ([\w-]+)="[^"]*"')
_GEOMETRY = frozenset({"x", "y", "cx", "cy", "r", "d", "transform", "pointer-events"})
_INHERITED = frozenset(
    {"fill", "fill-opacity", "font-size", "font-style", "font-weight", "stroke", "stroke-dasharray"}
    | {"stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor"}
)
"""What a group hands down to its marks, so that it may be said of the group instead."""


def lean(picture: str) -> str:
    """The SVG of a chart, as :mod:`factbook.charts.svg` writes it, in fewer bytes."""
    text = picture.replace(' stroke-dasharray=""', "")
    text = _CIRCLE.sub(_circle, text)
    text = _LINES.sub(_joined, text)
    text = _TEXT.sub(_text, text)
    text = _STEPS.sub(lambda m: f' d="{_stepwise(m[1])}"', text)
    return "".join(_grouped(text))


def _circle(match: re.Match[str]) -> str:
    """A circle, which the renderer writes as two arcs; it takes the pointer by the style sheet."""
    x, y, radius, rest, title = match.groups()
    rest = rest.replace(' pointer-events="all"', "")
    if " stroke=" not in rest or ' stroke-width="0"' in rest:
        rest = re.sub(r' stroke(?:-width)?="[^"]*"', "", rest)
    opening = f'<circle cx="{x}" cy="{y}" r="{radius}"{rest}'
    return f"{opening}>{title}</circle>" if title else f"{opening}/>"


def _joined(match: re.Match[str]) -> str:
    """A run of lines as paths, one for each style; lines that let through what is below stay apart."""
    paths: list[tuple[str, str]] = []
    for x, y, dx, dy, style in _LINE.findall(match[0]):
        strokes = f"M{_short(x)} {_short(y)}{_stroke(dx, dy)}"
        if paths and paths[-1][1] == style and "opacity" not in style:
            strokes = paths.pop()[0] + strokes
        paths.append((strokes, style))
    return "".join(f'<path d="{strokes}"{style}/>' for strokes, style in paths)


def _stroke(dx: str, dy: str) -> str:
    across, down = _short(dx), _short(dy)
    if across == "0":
        return f"v{down}"
    return f"h{across}" if down == "0" else f"l{across} {down}"


def _text(match: re.Match[str]) -> str:
    before, x, y, after = match.groups()
    style = (before + after).replace(' text-anchor="start"', "")
    return f'<text x="{x}" y="{y}"{style}>'


def _stepwise(path: str) -> str:
    """A path of straight lines with each point as seen from the last."""
    written = ""
    for part in re.findall(r"M[^M]+", path):
        points = [point.split(",") for point in re.split("[ML]", part.rstrip("Z"))[1:]]
        places = [(Decimal(x), Decimal(y)) for x, y in points]
        written += f"M{_short(points[0][0])} {_short(points[0][1])}l"
        numbers = ""
        for (x, y), (next_x, next_y) in pairwise(places):
            for step in (_short(next_x - x), _short(next_y - y)):
                numbers += step if not numbers or step.startswith("-") else f" {step}"
        written += numbers + ("Z" if part.endswith("Z") else "")
    return written


def _short(number: str | Decimal) -> str:
    """A number to a tenth of a pixel, without what can be left out: ``-.4``."""
    shown = f"{Decimal(number or 0):.1f}".removesuffix(".0")
    if shown in ("-0", "0"):
        return "0"
    return re.sub(r"^(-?)0\.", r"\1.", shown)


def _grouped(text: str) -> Iterator[str]:
    """The picture with each run of neighbours of one style inside a group that has the style."""
    run: list[str] = []
    style, end = "", 0
    for match in _MARK.finditer(text):
        own = _style(match["says"])
        if run and (match.start() != end or own != style):
            yield _group(run, style)
            run = []
        yield text[end : match.start()]
        run, style, end = [*run, match[0]], own, match.end()
    if run:
        yield _group(run, style)
    yield text[end:]


def _style(says: str) -> str:
    """What a mark says of its look; empty where it says something that no group hands down."""
    names = set(_ATTRIBUTE.findall(says))
    if names - _GEOMETRY - _INHERITED:
        return ""
    return "".join(m[0] for m in _ATTRIBUTE.finditer(says) if m[1] in _INHERITED)


def _group(run: list[str], style: str) -> str:
    if len(run) == 1 or not style:
        return "".join(run)
    return f"<g{style}>{''.join(_plain(mark) for mark in run)}</g>"


def _plain(mark: str) -> str:
    opening, end, rest = mark.partition(">")
    return _ATTRIBUTE.sub(lambda m: "" if m[1] in _INHERITED else m[0], opening) + end + rest
