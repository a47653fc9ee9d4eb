"""The finish of a picture: what the renderer writes, made small, unambiguous and speechless.

The renderer speaks English to screen readers and numbers its ids from the start of the process;
here its labels go, its ids are named after the chart, its coordinates rounded, and the texts that a
chart gives its marks become native tooltips.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from factbook.charts import palette
from factbook.charts.unmeasured import readable

Element: TypeAlias = etree._Element

TIP = "\N{SYMBOL FOR UNIT SEPARATOR}"
"""Starts the description of a mark that is meant as its tooltip."""

_SVG = "http://www.w3.org/2000/svg"
_DEFAULT: Any = {None: _SVG}  # the stubs know no default namespace
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_DROPPED = frozenset(
    ("class", "role", "aria-hidden", "aria-label", "aria-roledescription", "pointer-events")
)
_WORDS = frozenset(("fill", "stroke", "font-family"))
"""Attributes that hold no numbers to round, whatever they look like."""

_PATH = f"{{{_SVG}}}path"
_DEFAULTS = {"opacity": "1", "stroke-miterlimit": "10", "transform": "translate(0,0)"}


def tidied(text: str, width: int, height: int) -> Element:
    """Parse the renderer's SVG and clean it; the view box is the size given."""
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=False))
    for element in list(root.iter()):
        _clean(element)
    for element in list(root.iter(f"{{{_SVG}}}g")):
        _unwrap(element)
    _hoist_family(root)
    fresh = etree.Element(f"{{{_SVG}}}svg", nsmap=_DEFAULT)
    fresh.set("viewBox", f"0 0 {width} {height}")
    fresh.extend(child for child in root if child.tag != f"{{{_SVG}}}rect")
    return fresh


def _clean(element: Element) -> None:
    said: Any = element.attrib
    label = said.get("aria-label", "")
    for name, value in said.items():
        if name in _DROPPED or _DEFAULTS.get(name) == value:
            del said[name]
        elif name == "font-size":
            said[name] = _NUMBER.sub(_rounded, readable(value))
        elif "." in value and name not in _WORDS:
            placed = name == "d" or value.startswith("translate(")
            said[name] = _NUMBER.sub(_placed if placed else _rounded, value)
    parent = element.getparent()
    empty = element.tag == _PATH and _is_void(element)
    if parent is not None and (empty or said.get("display") == "none"):
        parent.remove(element)
        return
    if label.startswith(TIP):
        said["pointer-events"] = "all"
        etree.SubElement(element, f"{{{_SVG}}}title").text = label.removeprefix(TIP)


def _is_void(path: Element) -> bool:
    """Whether a path paints nothing: empty, or the unpainted frame of a group."""
    if not path.get("d"):
        return True
    painted = {"fill", "stroke"} & set(path.attrib)
    return not painted and "transform" not in path.attrib


def _hoist_family(root: Element) -> None:
    """Say once, around everything, what font all texts are in: a map has a hundred of them."""
    texts = list(root.iter(f"{{{_SVG}}}text"))
    families = {str(text.get("font-family")) for text in texts}
    if len(families) != 1:
        return
    for text in texts:
        del text.attrib["font-family"]
    for child in root:
        child.set("font-family", families.copy().pop())


def _unwrap(group: Element) -> None:
    """Replace a group that says nothing by its children."""
    parent = group.getparent()
    if parent is None or group.attrib:
        return
    at = parent.index(group)
    for offset, child in enumerate(list(group)):
        parent.insert(at + offset, child)
    parent.remove(group)


def _rounded(match: re.Match[str]) -> str:
    return _shown(match[0], 2)


def _placed(match: re.Match[str]) -> str:
    """A place on the picture: nobody sees a twentieth of a pixel, and every page pays for it."""
    return _shown(match[0], 1)


@lru_cache(maxsize=4096)
def _shown(number: str, digits: int) -> str:
    shown = f"{float(number):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def prefixed(root: Element, prefix: str) -> Element:
    """A copy whose ids, and the references to them, are numbered in order behind ``prefix``."""
    copy = deepcopy(root)
    names: dict[str, str] = {}
    referring: list[tuple[Any, str, str]] = []
    for element in copy.iter():
        said: Any = element.items()
        for name, value in said:
            if name == "id":
                names[value] = f"{prefix}{len(names)}"
                element.set("id", names[value])
            elif "url(#" in value:
                referring.append((element, name, value))
    for element, name, value in referring:
        element.set(name, _REFERENCE.sub(lambda m: f"url(#{names[m[1]]})", value))
    return copy


def _written(root: Element) -> str:
    text: str = etree.tostring(root, encoding="unicode")
    return text


def literal(root: Element) -> Element:
    """A copy in the literal colours of the light scheme, for paper and programs without CSS."""
    text = _written(root)
    return etree.fromstring(palette.literal(text))


def inline(root: Element, chart: str) -> str:
    """The picture for a page that names it ``<chart>-title`` and ``<chart>-description``."""
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart}-title")
    root.set("aria-describedby", f"{chart}-description")
    return _written(root)


def named(root: Element, title: str, description: str, language: str) -> str:
    """The picture as a file of its own, which names and describes itself."""
    copy = deepcopy(root)
    describe(copy, title, description, language)
    return _written(copy)


def describe(root: Element, title: str, description: str, language: str) -> None:
    """Give a picture its language, name and long description, as a file of its own needs them."""
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    for at, (tag, text) in enumerate((("title", title), ("desc", description))):
        child = etree.Element(f"{{{_SVG}}}{tag}")
        child.text = text
        root.insert(at, child)
