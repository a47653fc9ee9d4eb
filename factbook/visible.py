"""What readers see of a chapter: its text without macros, addresses, anchors and proper names.

Digits, spelling and style are looked for in it, line by line.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from factbook.model import Language, Text

_HIDDEN = (
    re.compile(r"\{\{.*?\}\}", re.DOTALL),  # macros
    re.compile(r"<!--.*?-->", re.DOTALL),  # comments
    re.compile(r"\[\^[^\]\s]+\]"),  # marks of footnotes
    re.compile(r"(?<=\])\[[^\]\n]*\]"),  # names of references
    re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+", re.MULTILINE),  # what references lead to
    re.compile(r"https?://[^\s<>\"]+"),
    re.compile(r"^[ \t]*\d{1,3}\.(?=\s)", re.MULTILINE),  # marks of ordered lists
)
_LINK = re.compile(r"(?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?P<title>[^()]*)\)")
_TAG = re.compile(r"</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_ATTRIBUTES = re.compile(r"\{:?[ ]*(?:[#.][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]+)|[ ])+\}")
_SEEN = re.compile(
    r"(?<![\w-])(?:title|alt|aria-label|label|placeholder|summary|data-label)\s*=\s*"
    r"(?P<text>\"[^\"]*\"|'[^']*'|[^\s>}]+)"
)
_AROUND = re.compile(r"^\s*(?P<mark>[\"'])(?P<inner>.*)(?P=mark)\s*$", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def visible(text: str, names: tuple[Text, ...], language: Language) -> str:
    """The text with everything blanked that is no prose; line ends stay, so that lines can be counted."""
    if not text:
        return text
    text = _ENTITY.sub(_character, text)
    for pattern in _HIDDEN:
        text = pattern.sub(_blank, text)
    for pattern in (_LINK, _TAG, _ATTRIBUTES):
        text = pattern.sub(_what_is_seen, text)
    text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    if (known := _names(names, language)) is not None:
        text = known.sub(_blank, text)
    return text


@cache
def _names(names: tuple[Text, ...], language: Language) -> re.Pattern[str] | None:
    """What finds the proper names, the longest first; None if there are none."""
    known = sorted({name[language] for name in names}, key=len, reverse=True)
    flexible = (r"\s+".join(re.escape(part) for part in name.split()) for name in known)
    return re.compile(rf"(?<!\w)(?:{'|'.join(flexible)})(?!\w)") if known else None


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _character(match: re.Match[str]) -> str:
    """The character that an entity stands for, unless it would end the line."""
    character = html.unescape(match.group())
    return " " if character in "\r\n<>\"'&{}[]()" else character


def _what_is_seen(match: re.Match[str]) -> str:
    """Of a link's address, a tag or an attribute list: its titles and alternative texts."""
    if "title" in match.re.groupindex:
        hidden = match.end("title") - len(match.group("title")) - match.start()
        shown = match.group()
        return re.sub(r"[^\n]", " ", shown[:hidden]) + _unquoted(match.group("title")) + " "
    kept: list[str] = []
    end = match.start()
    for seen in _SEEN.finditer(match.string, match.start(), match.end()):
        kept += [
            re.sub(r"[^\n]", " ", match.string[end : seen.start("text")]),
            _unquoted(seen["text"]),
        ]
        end = seen.end("text")
    return "".join([*kept, re.sub(r"[^\n]", " ", match.string[end : match.end()])])


def _unquoted(text: str) -> str:
    """A title or the value of an attribute with blanks in place of the marks around it."""
    return _AROUND.sub(lambda match: f" {match['inner']} ", text)
