"""What the site engine complains about, as lines of ours: place, fault, remedy, never a traceback."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from factbook.errors import Finding, Place, refusal
from factbook.model import Language

_SAID = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(?P<message>.*(?:\n +- .*)*)$", re.MULTILINE)
_SETTING = re.compile(r"Config value '(?P<name>[\w.-]+)':\s*(?P<fault>.*)", re.DOTALL)
_UNREADABLE = re.compile(r"parsing the configuration file:\s*(?P<fault>.+)", re.DOTALL)
_LINE = re.compile(r'in "[^"]+", line (?P<line>\d+)')
_SYSTEM = re.compile(r"\[Errno (?P<number>\d+)\] [^:\n]+(?:: '(?P<path>[^'\n]*)')?")
_RAISED = re.compile(
    r"^(?:[A-Za-z_][\w.]*\.)?(?P<fault>[A-Z]\w*(?:Error|Exception|Exit)\b.*)$", re.M
)
_PAGE = re.compile(r"'(?P<page>[\w/-]+\.md)'")


def complaints(output: str, language: Language, file: str, text: str) -> list[str]:
    """The lines for a run that failed and printed ``output``.

    ``file`` is the configuration of the ``language`` and ``text`` what stands in it: a setting or
    page that the engine names is looked up there. What the engine cannot say itself (it stopped at
    an error of a library, or of the system) is one sentence.
    """
    found = [
        line for m in _SAID.finditer(output) for line in _told(m["message"], language, file, text)
    ]
    if found:
        return found
    if match := _UNREADABLE.search(output):
        line = _LINE.search(match["fault"])
        fault = " ".join(_LINE.sub("", match["fault"]).split()).rstrip(" ,")
        message = f"is not valid YAML ({fault}); mend it there or in the line before"
        return [str(Finding(Place(file, int(line["line"]) if line else 1), message))]
    if match := _SYSTEM.search(output):
        number = int(match["number"])
        if number in errno.errorcode:
            return [f"{refusal(number, match['path'])} (building the {language.value} pages)"]
    raised = _RAISED.findall(output)
    fault = raised[-1] if raised else " ".join(output.split())[-400:] or "it said nothing"
    return [
        f"{file}:1: the site engine stopped: {fault}; check what changed here, in macros/ or overrides/"
    ]


def _told(message: str, language: Language, file: str, text: str) -> Iterator[str]:
    """One complaint of the engine, with the line of the configuration it is about, if it is."""
    first, *more = message.split("\n")
    if match := _SETTING.match(message):
        fault = " ".join(match["fault"].split())
        place = Place(file, _line_of(rf"^ *{re.escape(match['name'])} *:", text))
        yield str(Finding(place, f"'{match['name']}': {fault}"))
    elif more and 'not included in the "nav"' in first:
        for page in more:
            fault = f"the page {page.strip(' -')} stands in no section of 'nav'; add it"
            yield str(Finding(Place(file, _line_of(r"^nav *:", text)), fault))
    elif "included in the 'nav'" in first and (named := _PAGE.search(first)):
        fault = (
            f"'nav' names '{named['page']}', and there is no such page; mend its name, or add it"
        )
        yield str(Finding(Place(file, _line_of(re.escape(named["page"]), text)), fault))
    else:
        yield _PAGE.sub(rf"'docs/{language.value}/\g<page>'", " ".join(message.split()))


def _line_of(pattern: str, text: str) -> int:
    """The first line in which the pattern is found; 1 where it stands in the other configuration."""
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
