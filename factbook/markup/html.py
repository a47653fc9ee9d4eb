"""Escaping and elements for HTML that will pass through Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_TEXT = {ord(character): f"&#{ord(character)};" for character in "<>\"'[]*_`\\|{}~^!#$"}
_TEXT[ord("&")] = "&amp;"
_TEXT[0xA0] = "&nbsp;"

# Inside a tag Markdown touches only links, code marks and backslashes.
_ATTRIBUTE = {ord(character): f"&#{ord(character)};" for character in '<>"[]`\\{}'}
_ATTRIBUTE[ord("&")] = "&amp;"

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_TAG = re.compile(r"<[^>]*>")


def escape(text: object) -> str:
    """Return ``text`` so that neither HTML nor Markdown nor Jinja reads anything into it."""
    return str(text).translate(_TEXT)


def element(name: str, content: str = "", /, **attributes: str | bool | None) -> str:
    """Return an element; ``content`` is HTML already, attribute values are escaped here.

    An attribute's underscores become hyphens and ``class_`` is ``class``; None and False leave it
    out, True gives it without a value.
    """
    parts = [name]
    for key, value in attributes.items():
        attribute = key.rstrip("_").replace("_", "-")
        if value is True:
            parts.append(attribute)
        elif value not in (None, False):
            parts.append(f'{attribute}="{str(value).translate(_ATTRIBUTE)}"')
    opening = f"<{' '.join(parts)}>"
    return opening if name in _VOID else f"{opening}{content}</{name}>"


def joined(parts: Iterable[str]) -> str:
    """Concatenate HTML without white space between, so that Markdown sees one block."""
    return "".join(parts)


def plain(markup: str) -> str:
    """Return the text of our own HTML: tags dropped, the entities this module writes resolved."""
    return html.unescape(_TAG.sub("", markup))
