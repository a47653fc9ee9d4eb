"""The rule of quotation marks: one way to quote in each language, on every page, chart and label.

English and Spanish quote alike, as the press in La Paz and Lima does and as Unicode has it for
Latin American Spanish: “ ”, and ‘ ’ for a quotation within one. CONTRIBUTING.md says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factbook.errors import Finding
from factbook.passages import Passage

_STRANGE = re.compile(r"[^\s\"'«»‹›„‟‚‛´]*(?P<mark>[\"'«»‹›„‟‚‛´])\S*")
_CODE = re.compile(r"`[^`]*`")
_CURVED = re.compile("[“”]")
_APOSTROPHES = "'´‛"
_REMEDY = "a quotation stands between “ and ”, one within it between ‘ and ’"


def quotations_are_marked(passages: Iterable[Passage]) -> Iterator[Finding]:
    """A quotation stands between “ and ”, one within it between ‘ and ’; an apostrophe is ’.

    That holds in both languages. A quotation ends in the line in which it begins.
    """
    for passage in passages:
        text = _CODE.sub(" ", passage.text) if "`" in passage.text else passage.text
        for match in _STRANGE.finditer(text):
            yield Finding(passage.place, _message(match.group().strip("()[]*_.,;:"), match["mark"]))
        marks = "".join(_CURVED.findall(text))
        if marks != "“”" * (len(marks) // 2):
            kind = "opened and not closed" if marks.count("“") > marks.count("”") else "not opened"
            message = f"a quotation is {kind} in this line; put “ before it and ” after it"
            yield Finding(passage.place, message)


def _message(token: str, mark: str) -> str:
    if mark in _APOSTROPHES:
        remedy = "an apostrophe is ’, and a quotation within another stands between ‘ and ’"
        return f"{token} has the mark {mark}; {remedy}"
    return f"{token} has the mark {mark}; {_REMEDY}"
