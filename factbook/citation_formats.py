"""How a work is cited in the formats that reference managers read: text, BibTeX, RIS and CSL-JSON.

A :class:`Work` is anything of ours that can be cited: a figure, a chart, a page. It knows nothing
of HTML; who prints it escapes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FORMATS = ("txt", "bib", "ris", "json")
"""The formats, named by the endings of their files."""

MEDIA_TYPES: Mapping[str, str] = {
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}

_RIS_TYPES = {"dataset": "DATA", "graphic": "FIGURE", "webpage": "ELEC"}
_TEX = {ord(character): f"\\{character}" for character in "&%$#_{}"}
_TEX |= {ord("~"): "\\textasciitilde{}", ord("^"): "\\textasciicircum{}"}
_TEX |= {ord("\\"): "\\textbackslash{}", 0xA0: "~", 0x202F: "~"}


@dataclass(frozen=True, slots=True)
class Work:
    """Something of ours that can be cited.

    ``key`` is its key in BibTeX, ``type`` its type in CSL (*dataset*, *graphic*, *webpage*);
    ``authors`` are names and ``issued`` a date as CSL-JSON writes them; ``text`` is the citation as
    one line; ``stated`` says where it was stated first, ``site`` and ``version`` where it is found.
    """

    id: str
    key: str
    type: str
    text: str
    title: str
    authors: tuple[Mapping[str, str], ...]
    issued: Mapping[str, object] | None
    stated: str
    site: str
    version: str
    version_text: str
    language: str
    url: str


def cited(works: Iterable[Work], form: str) -> str:
    """The text of a file in one of :data:`FORMATS` with an entry for each work."""
    return gathered((entry(work, form) for work in works), form)


def gathered(entries: Iterable[str], form: str) -> str:
    """The text of a file in a format with these entries, each as :func:`entry` gives it."""
    if form == "json":
        return "[\n" + ",\n".join(entries) + "\n]\n"
    if form == "ris":
        return "\n".join(entries)
    if form == "bib":
        return "\n\n".join(entries) + "\n"
    return "\n".join(entries) + "\n"


def entry(work: Work, form: str) -> str:
    """A work in one of :data:`FORMATS`, as it stands in a file."""
    if form == "json":
        fields = (f"  {_json(name)}: {_json(value)}" for name, value in csl_item(work).items())
        return " {\n" + ",\n".join(fields) + "\n }"
    if form == "ris":
        return ris(work)
    if form == "bib":
        return bibtex(work)
    return work.text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def bibtex(work: Work) -> str:
    """The work as an entry of BibTeX in UTF-8."""
    fields = {
        "author": " and ".join(map(_bib_name, work.authors)),
        "title": f"{{{_tex(work.title)}}}",
        "year": _year(work),
        "howpublished": _tex(work.stated),
        "note": _tex(f"{work.site}, {work.version_text}"),
        "url": work.url,
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@misc{{{work.key},\n" + ",\n".join(lines) + "\n}"


def csl_item(work: Work) -> dict[str, object]:
    """The work as an item of CSL-JSON, something that appeared in this site."""
    item: dict[str, object] = {
        "id": work.id,
        "type": work.type,
        "title": work.title,
        "author": list(work.authors),
        "issued": work.issued,
        "container-title": work.site,
        "version": work.version,
        "note": work.stated,
        "language": work.language,
        "URL": work.url,
    }
    return {key: value for key, value in item.items() if value}


def ris(work: Work) -> str:
    """The work as a record of RIS; each line is a tag, two blanks, a hyphen, a blank and a value."""
    parts = _date_parts(work)
    date = "/".join([*(f"{part:02d}" for part in parts), *[""] * (3 - len(parts))]) + "/"
    lines = [
        ("TY", _RIS_TYPES[work.type]),
        *(("AU", _ris_name(name)) for name in work.authors),
        ("TI", work.title),
        ("PY", _year(work)),
        ("DA", date if parts else ""),
        ("T2", work.site),
        ("ET", work.version),
        ("N1", work.stated),
        ("LA", work.language),
        ("UR", work.url),
        ("ID", work.key),
    ]
    written = [f"{tag}  - {_one_line(value)}" for tag, value in lines if value]
    return "\n".join([*written, "ER  - ", ""])


def _ris_name(name: Mapping[str, str]) -> str:
    return name["literal"] if "literal" in name else f"{name['family']}, {name['given']}"


def _bib_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    return f"{_tex(name['family'])}, {_tex(name['given'])}"


def _date_parts(work: Work) -> list[int]:
    """Year, month and day of the (first) date, as far as known."""
    dates = (work.issued or {}).get("date-parts")
    return list(dates[0]) if isinstance(dates, list) and dates else []


def _year(work: Work) -> str:
    parts = _date_parts(work)
    return str(parts[0]) if parts else ""


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip() if re.search(r"[\r\n\t]", text) else text
