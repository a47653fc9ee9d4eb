"""How sources are named: short labels, attributions, and the entries of the bibliography.

Labels are plain text, to be escaped by who prints them; entries are HTML. An entry is composed by
citeproc-py with the CSL style in ``factbook/csl``, whose README names its licence. Citeproc-py is
imported where it is used, because importing it takes longer than all labels of a page do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from factbook import formatting
from factbook.model import Language, Producer, Source, SourceKind, Text
from factbook.periods import Moment, Period

STYLE = Path(__file__).parent / "csl" / "leaf-and-law.csl"

_LOCALES = Text("en-GB", "es-CL")
_NO_DATE = Text("n.d.", f"s.{formatting.NO_BREAK}f.")
_REPORTED_BY = Text("as reported by", "según")
_ARCHIVED = Text("Archived copy", "Copia archivada")
_REPORTS = frozenset({SourceKind.NEWS, SourceKind.OPINION})
_KINDS_OF_PRODUCERS = frozenset({"academic", "civil", "press"})
"""Groups whose producers are kinds of people (researchers, growers), not one body that speaks."""

_STAND_INS = {
    "title": "\ue000",
    "container-title": "\ue001",
    "publisher": "\ue002",
    "issued": "\ue003",
    "accessed": "\ue004",
    "URL": "\ue005",
}
_FIRST_NAME = 0xE100


def label(source: Source, producers: Mapping[str, Producer], language: Language) -> str:
    """Return the short name of a source with its year: ``UNODC, 2025``, ``El Deber, 2024``.

    News and opinion are named by where they appeared. Anything else is named by the producer if
    that is its author or publisher, else by its publisher, else by its first author or by where it
    appeared; a producer's own text without a publisher is named by the producer. ``producers`` are
    all producers by code.
    """
    return f"{_name(source, producers[source.producer], language)}, {_year(source, language)}"


def attribution(source: Source, producers: Mapping[str, Producer], language: Language) -> str:
    """Return who says it, through whom: ``UNODC, as reported by El Deber, 2025``.

    A producer that its own text's label does not name stands before it, as in ``US (The White
    House), 2006``. The press is never named as a producer, and others that are no single body, such
    as researchers, only where news or opinion reports them: else the one who publishes says it.
    """
    producer = producers[source.producer]
    name, year = _name(source, producer, language), _year(source, language)
    short = formatting.opening(producer.short[language])
    reported = source.kind in _REPORTS
    silent = frozenset({"press"}) if reported else _KINDS_OF_PRODUCERS
    if producer.group in silent or re.search(rf"(?<!\w){re.escape(short)}(?!\w)", name):
        return f"{name}, {year}"
    if source.kind is SourceKind.PRIMARY:
        return f"{short} ({name}), {year}"
    return f"{short}, {_REPORTED_BY[language]} {name}, {year}"


def csl_json(source: Source) -> dict[str, object]:
    """Return a source as an item of CSL-JSON, with what CSL has no field for under ``custom``.

    A date without a notation in CSL (a decade, an open interval) is given ``raw``, as EDTF.
    """
    item: dict[str, object] = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "language": source.language,
        "author": authors(source),
        "publisher": source.publisher,
        "container-title": source.container_title,
        "issued": _csl_date(source.issued) if source.issued else None,
        "accessed": _csl_date(Period.parse(source.accessed)) if source.accessed else None,
        "URL": source.url,
    }
    custom: dict[str, object] = {"producer": source.producer, "kind": source.kind.value}
    if source.archived:
        custom["archived"] = source.archived
    if source.note:
        custom["note"] = {"en": source.note.en, "es": source.note.es}
    return {key: value for key, value in item.items() if value} | {"custom": custom}


def authors(source: Source) -> list[Mapping[str, str]]:
    """Return the authors of a source as CSL-JSON names them."""
    return [_csl_name(author) for author in source.author]


def reference_html(source: Source, language: Language) -> str:
    """Return the bibliography entry of one source as HTML; see :func:`references_html`."""
    return references_html([source], language)[source.id]


def references_html(sources: Iterable[Source], language: Language) -> dict[str, str]:
    """Return the bibliography entries of ``sources`` as HTML, by id, composed by citeproc-py.

    The title is marked by ``<cite>`` with its own language, and addresses are links.

    Citeproc-py escapes nothing and knows neither links nor the language of a title, so it composes
    an entry of stand-in characters, which are replaced by the fields' HTML afterwards. Sources that
    have the same fields share one such entry, which makes a long bibliography cheap. Dates are
    those of :mod:`factbook.formatting`, so that the bibliography dates things as all pages do.
    """
    return {source.id: _entry_html(source, language) for source in sources}


def _entry_html(source: Source, language: Language) -> str:
    """Return the bibliography entry of a source.

    A full stop after a field that ends in one, or in a question mark, is dropped.
    """
    fields = _fields(source, language)
    names = [part for author in source.author for part in _csl_name(author).items()]
    stand_ins = {
        chr(_FIRST_NAME + n): html.escape(name, quote=False) for n, (_, name) in enumerate(names)
    }
    stand_ins |= {_STAND_INS[field]: text for field, text in fields.items()}
    kinds = tuple(tuple(_csl_name(author)) for author in source.author)
    entry = _composed(source.type, tuple(fields), kinds, language)
    entry = re.sub("[\ue000-\uf8ff]", lambda found: stand_ins[found.group()], entry)
    entry = re.sub(r"([.?!…][”»]?(?:</cite>)?)\.(?=\s|$)", r"\1", entry)
    if source.archived:
        entry += f" {_link(source.archived, _ARCHIVED[language])}."
    return entry


def _fields(source: Source, language: Language) -> dict[str, str]:
    """Return the fields that a source has, as HTML; who is an author is not named a second time."""
    title, tag = html.escape(source.title, quote=False), html.escape(source.language)
    accessed = Period.parse(source.accessed) if source.accessed else None
    fields = {
        "title": f'<cite lang="{tag}">{title}</cite>',
        "container-title": _unless_author(source.container_title, source),
        "publisher": _unless_author(source.publisher, source),
        "issued": formatting.period(source.issued, language) if source.issued else "",
        "accessed": formatting.period(accessed, language) if accessed else "",
        "URL": _link(source.url, _host(source.url)) if source.url else "",
    }
    return {field: text for field, text in fields.items() if text}


@cache
def _composed(
    kind: str, fields: tuple[str, ...], authors: tuple[tuple[str, ...], ...], language: Language
) -> str:
    """Return the entry of a source of this type with stand-ins for these fields and authors.

    Each author is given by the parts of the name: ``family`` and ``given``, or ``literal``.
    """
    from citeproc import (  # type: ignore[import-untyped, unused-ignore]
        Citation,
        CitationItem,
        CitationStylesBibliography,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped, unused-ignore]

    item: dict[str, object] = {"id": "source", "type": kind}
    for field in fields:
        stand_in = _STAND_INS[field]
        item[field] = {"literal": stand_in} if field in ("issued", "accessed") else stand_in
    if authors:
        letters = map(chr, count(_FIRST_NAME))
        item["author"] = [{part: next(letters) for part in parts} for parts in authors]
    run = CitationStylesBibliography(_style(language), CiteProcJSON([item]), formatter.html)
    run.register(Citation([CitationItem("source")]))
    return str(run.bibliography()[0])


@cache
def _style(language: Language) -> Any:
    """Return the style in a language; read once."""
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(STYLE), locale=_LOCALES[language], validate=False)


def _unless_author(name: str | None, source: Source) -> str:
    """Return a name as HTML, or nothing if it is one of the source's authors."""
    return "" if name is None or name in source.author else html.escape(name, quote=False)


def _link(address: str, text: str) -> str:
    """Return a link to another site, or its bare text if the address is not one of the web."""
    shown = html.escape(text, quote=False)
    if not re.match(r"https?://", address):
        return shown
    return f'<a href="{html.escape(address)}" rel="noopener external">{shown}</a>'


def _host(address: str) -> str:
    """Return the host of an address of the web: whole addresses are half of a list's length.

    Anything else is returned as it is.
    """
    match = re.match(r"https?://(?:www\.)?([^/?#]+)", address)
    return match.group(1) if match else address


def _name(source: Source, producer: Producer, language: Language) -> str:
    """Return the name of a label."""
    short = formatting.opening(producer.short[language])
    if source.kind in _REPORTS:
        return source.container_title or source.publisher or short
    if any(_is_producer(author, producer) for author in source.author):
        return short
    if source.publisher:
        names = source.publisher.split("; ")
        known = [short if _is_producer(name, producer) else name for name in names]
        return formatting.joined(known, language)
    if source.kind is SourceKind.PRIMARY and producer.group not in _KINDS_OF_PRODUCERS:
        return short
    return source.author[0].split(", ")[0] if source.author else source.container_title or short


def _is_producer(name: str, producer: Producer) -> bool:
    """Return whether ``name`` is one of the producer's names."""
    names = (producer.short.en, producer.short.es, producer.name.en, producer.name.es)
    return name.casefold() in (known.casefold() for known in names)


def _year(source: Source, language: Language) -> str:
    """Return the year of a label; a year that is itself approximate keeps its mark."""
    issued = source.issued
    if issued is None:
        return _NO_DATE[language]
    if issued.year is None or (issued.first and issued.first.month is None):
        return formatting.period(issued, language)
    return str(issued.year)


def _csl_name(author: str) -> dict[str, str]:
    """Return ``Family, Given`` as a person's name, anything else as the name of a body."""
    family, comma, given = author.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": author}


def _csl_date(period: Period) -> dict[str, object]:
    """Return a period as a date of CSL-JSON."""
    first, last = period.first, period.last
    if first is None or last is None or first.decade:
        return {"raw": str(period)}
    ends = (first, last) if period.is_interval else (first,)
    date: dict[str, object] = {"date-parts": [_csl_parts(end) for end in ends]}
    return date | {"circa": True} if period.about or period.uncertain else date


def _csl_parts(moment: Moment) -> list[int]:
    """Return year, month and day, as far as known."""
    parts = (moment.year, moment.month, moment.day)
    return [part for part in parts if part is not None]
