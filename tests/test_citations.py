"""How sources are named: labels, attributions and the entries of the bibliography."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from factbook import citations
from factbook.errors import PeriodError, Place
from factbook.formatting import DASH
from factbook.model import Language, Producer, Source, SourceKind, Text
from factbook.periods import Period

EN, ES = Language.EN, Language.ES
PLACE = Place("data/sources.toml")


def producer(code: str, group: str, name: Text, short: Text) -> Producer:
    """Return a producer."""
    return Producer(code, group, name, short, PLACE)


PRODUCERS = {
    known.code: known
    for known in (
        producer("press", "press", Text("Press", "Prensa"), Text("Press", "Prensa")),
        producer(
            "who",
            "un",
            Text("World Health Organization", "Organización Mundial de la Salud"),
            Text("WHO", "OMS"),
        ),
        producer("un", "un", Text("United Nations", "Naciones Unidas"), Text("UN", "ONU")),
        producer("us", "us", Text("US government", "Gobierno de EE. UU."), Text("US", "EE. UU.")),
        producer(
            "academic",
            "academic",
            Text("University researchers", "Investigadores universitarios"),
            Text("Researchers", "Investigadores"),
        ),
    )
}


def source(**given: Any) -> Source:
    """Return a report of the health organization with the given fields."""
    fields: dict[str, Any] = {
        "id": "who-2024",
        "type": "report",
        "title": "Coca leaf: critical review",
        "language": "en",
        "producer": "who",
        "kind": SourceKind.PRIMARY,
    }
    if "issued" in given:
        given["issued"] = Period.parse(given["issued"])
    return Source(**(fields | given))


def news(**given: Any) -> Source:
    """Return a piece of news with the given fields."""
    fields = {
        "id": "el-deber-2024",
        "type": "article-newspaper",
        "title": "La hoja, a revisión",
        "language": "es",
        "kind": SourceKind.NEWS,
        "container_title": "El Deber",
        "issued": "2024-06-30",
    }
    return source(**(fields | given))


def text_of(entry: str) -> str:
    """Return an entry as its readers see it."""
    return "".join(map(str, etree.fromstring(f"<p>{entry}</p>").itertext()))


def test_an_access_date_that_is_no_date_is_refused() -> None:
    """The fault is the period's; nothing is printed instead."""
    with pytest.raises(PeriodError) as caught:
        citations.csl_json(source(accessed="2026-13"))
    assert str(caught.value) == "'2026-13' has the month 13; months go from 01 to 12"


def test_no_sources_make_no_bibliography() -> None:
    """An empty list is no error."""
    assert citations.references_html([], EN) == {}


@pytest.mark.parametrize(
    ("given", "english", "spanish"),
    [
        ({"publisher": "World Health Organization"}, "WHO", "OMS"),
        ({"publisher": "world health organization; UNICRI"}, "WHO and UNICRI", "OMS y UNICRI"),
        ({"publisher": "Geneva Press"}, "Geneva Press", "Geneva Press"),
        ({"author": ("WHO", "Doe, Jane"), "publisher": "Geneva Press"}, "WHO", "OMS"),
        ({"author": ("Doe, Jane",), "publisher": "Geneva Press"}, *["Geneva Press"] * 2),
        ({"container_title": "The Lancet"}, "WHO", "OMS"),
        ({}, "WHO", "OMS"),
        (
            {"kind": SourceKind.ANALYSIS, "author": ("Doe, Jane", "Roe, Richard")},
            *["Doe"] * 2,
        ),
        (
            {"kind": SourceKind.ANALYSIS, "container_title": "The Lancet"},
            *["The Lancet"] * 2,
        ),
        ({"kind": SourceKind.REFERENCE}, "WHO", "OMS"),
        (
            {"kind": SourceKind.PRIMARY, "producer": "academic", "author": ("Doe, Jane",)},
            *["Doe"] * 2,
        ),
    ],
)
def test_a_source_is_named_by_who_stands_behind_it(
    given: dict[str, Any], english: str, spanish: str
) -> None:
    """The producer in short, if it published or wrote it; else the publisher; else the author."""
    known = source(issued="2024", **given)
    assert citations.label(known, PRODUCERS, EN) == f"{english}, 2024"
    assert citations.label(known, PRODUCERS, ES) == f"{spanish}, 2024"


@pytest.mark.parametrize("kind", [SourceKind.NEWS, SourceKind.OPINION])
@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"author": ("Doe, Jane",)}, "El Deber"),
        ({"container_title": None, "publisher": "Radio Fides"}, "Radio Fides"),
        ({"container_title": None}, "WHO"),
    ],
)
def test_news_and_opinion_are_named_by_where_they_appeared(
    kind: SourceKind, given: dict[str, Any], name: str
) -> None:
    """Readers know the newspaper, not the reporter."""
    assert citations.label(news(kind=kind, **given), PRODUCERS, EN) == f"{name}, 2024"


@pytest.mark.parametrize(
    ("issued", "english", "spanish"),
    [
        ("2024-06-30", "2024", "2024"),
        ("2024-06~", "2024", "2024"),
        ("2024~", "about 2024", "hacia 2024"),
        ("2013/2014", f"2013{DASH}2014", f"2013{DASH}2014"),
        ("199X", "1990s", "década de 1990"),
    ],
)
def test_a_label_has_the_year(issued: str, english: str, spanish: str) -> None:
    """Only a year that is itself approximate says so."""
    assert citations.label(source(issued=issued), PRODUCERS, EN) == f"WHO, {english}"
    assert citations.label(source(issued=issued), PRODUCERS, ES) == f"OMS, {spanish}"


def test_a_label_without_a_date_says_so() -> None:
    """The Spanish abbreviation is not parted by a line break."""
    assert citations.label(source(), PRODUCERS, EN) == "WHO, n.d."
    assert citations.label(source(), PRODUCERS, ES) == "OMS, s.\N{NO-BREAK SPACE}f."


@pytest.mark.parametrize(
    ("known", "english", "spanish"),
    [
        (news(), "WHO, as reported by El Deber, 2024", "OMS, según El Deber, 2024"),
        (
            news(kind=SourceKind.OPINION),
            "WHO, as reported by El Deber, 2024",
            "OMS, según El Deber, 2024",
        ),
        (
            news(producer="academic"),
            "Researchers, as reported by El Deber, 2024",
            "Investigadores, según El Deber, 2024",
        ),
        (news(producer="press"), "El Deber, 2024", "El Deber, 2024"),
        (
            news(producer="un", container_title="UNODC Blog"),
            "UN, as reported by UNODC Blog, 2024",
            "ONU, según UNODC Blog, 2024",
        ),
        (news(container_title="WHO News"), "WHO News, 2024", "OMS, según WHO News, 2024"),
        (
            source(kind=SourceKind.ANALYSIS, publisher="Geneva Press", issued="2024"),
            "WHO, as reported by Geneva Press, 2024",
            "OMS, según Geneva Press, 2024",
        ),
        (
            source(
                kind=SourceKind.ANALYSIS,
                producer="academic",
                publisher="Geneva Press",
                issued="2024",
            ),
            "Geneva Press, 2024",
            "Geneva Press, 2024",
        ),
        (source(issued="2024"), "WHO, 2024", "OMS, 2024"),
        (
            source(producer="us", publisher="The White House", issued="2006"),
            "US (The White House), 2006",
            "EE. UU. (The White House), 2006",
        ),
    ],
)
def test_an_attribution_says_who_says_it_and_through_whom(
    known: Source, english: str, spanish: str
) -> None:
    """The producer comes first, unless it is the press or the label names it already."""
    assert citations.attribution(known, PRODUCERS, EN) == english
    assert citations.attribution(known, PRODUCERS, ES) == spanish


def test_csl_json_has_every_field() -> None:
    """The published list of sources is CSL-JSON; what CSL has no field for is under custom."""
    known = source(
        author=("Doe, Jane", "WHO"),
        publisher="Geneva Press",
        container_title="Reviews",
        issued="2024-06-30",
        accessed="2026-11",
        url="https://example.org/a",
        archived="https://archive.example.org/a",
        note=Text("A note", "Una nota"),
    )
    assert citations.csl_json(known) == {
        "id": "who-2024",
        "type": "report",
        "title": "Coca leaf: critical review",
        "language": "en",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "WHO"}],
        "publisher": "Geneva Press",
        "container-title": "Reviews",
        "issued": {"date-parts": [[2024, 6, 30]]},
        "accessed": {"date-parts": [[2026, 11]]},
        "URL": "https://example.org/a",
        "custom": {
            "producer": "who",
            "kind": "primary",
            "archived": "https://archive.example.org/a",
            "note": {"en": "A note", "es": "Una nota"},
        },
    }
    assert json.loads(json.dumps(citations.csl_json(known))) == citations.csl_json(known)


def test_csl_json_leaves_out_what_is_not_known() -> None:
    """No null and no empty list is published."""
    assert citations.csl_json(source()) == {
        "id": "who-2024",
        "type": "report",
        "title": "Coca leaf: critical review",
        "language": "en",
        "custom": {"producer": "who", "kind": "primary"},
    }


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2024~", {"date-parts": [[2024]], "circa": True}),
        ("2024?", {"date-parts": [[2024]], "circa": True}),
        ("2013/2014-02", {"date-parts": [[2013], [2014, 2]]}),
        ("199X", {"raw": "199X"}),
        ("2017/..", {"raw": "2017/.."}),
        ("../1988", {"raw": "../1988"}),
    ],
)
def test_csl_json_dates_as_exactly_as_csl_can(issued: str, date: dict[str, object]) -> None:
    """What CSL cannot say is given as it was written."""
    assert citations.csl_json(source(issued=issued))["issued"] == date


def test_an_entry_is_html_in_the_readers_language() -> None:
    """Terms and dates follow the edition, the title keeps its language, the host is a link."""
    known = news(url="https://example.org/?a=1&b=2", accessed="2026-11")
    link = '<a href="https://example.org/?a=1&amp;b=2" rel="noopener external">example.org</a>'
    assert citations.reference_html(known, EN) == (
        'El Deber (30 June 2024) <cite lang="es">La hoja, a revisión</cite>. '
        f"Available at: {link} (Accessed: November 2026)."
    )
    assert citations.reference_html(known, ES) == (
        'El Deber (30 de junio de 2024) <cite lang="es">La hoja, a revisión</cite>. '
        f"Disponible en: {link} (Consultado: noviembre de 2026)."
    )


@pytest.mark.parametrize(
    ("known", "entry"),
    [
        (
            source(author=("Doe, Jane", "Roe, Richard"), publisher="Geneva Press", issued="2024~"),
            "Doe, Jane and Richard Roe (about 2024) Coca leaf: critical review. Geneva Press.",
        ),
        (
            source(author=("Doe, J.", "Roe, R.", "Poe, P.", "Loe, L."), issued="2024"),
            "Doe, J. et al. (2024) Coca leaf: critical review.",
        ),
        (
            source(author=("WHO",), publisher="WHO", issued="199X"),
            "WHO (1990s) Coca leaf: critical review.",
        ),
        (
            source(type="chapter", publisher="Geneva Press", container_title="Reviews Inc."),
            "Geneva Press (n.d.) Coca leaf: critical review. In: Reviews Inc.",
        ),
        (
            source(title="Is coca a drug?", publisher="Geneva Press", container_title="Reviews"),
            "Geneva Press (n.d.) Is coca a drug? Reviews.",
        ),
        (source(accessed="2026-11"), "Coca leaf: critical review (n.d.)."),
        (
            source(url="javascript:alert(1)"),
            "Coca leaf: critical review (n.d.). Available at: javascript:alert(1).",
        ),
    ],
)
def test_an_entry_names_what_is_known_once(known: Source, entry: str) -> None:
    """Nobody is named twice, nothing unknown leaves a hole, and no sentence ends twice."""
    assert text_of(citations.reference_html(known, EN)) == entry


def test_an_entry_without_a_date_says_so_in_spanish() -> None:
    """Terms come from the locale of the style."""
    assert text_of(citations.reference_html(source(author=("Doe, Jane", "WHO")), ES)) == (
        "Doe, Jane y WHO (s.\N{NO-BREAK SPACE}f.) Coca leaf: critical review."
    )


def test_only_addresses_of_the_web_become_links() -> None:
    """A script in an address is shown, never linked."""
    assert "<a " not in citations.reference_html(source(url="javascript:alert(1)"), EN)


def test_an_archived_copy_is_linked() -> None:
    """The address may die, the copy stays."""
    known = source(publisher="Geneva Press", archived="https://archive.example.org/a")
    link = '<a href="https://archive.example.org/a" rel="noopener external">'
    assert citations.reference_html(known, EN).endswith(f"</cite>. {link}Archived copy</a>.")
    assert citations.reference_html(known, ES).endswith(f"</cite>. {link}Copia archivada</a>.")


def test_a_bibliography_has_an_entry_for_each_source() -> None:
    """Entries are found by the source's id, and each is that source's own."""
    known = [source(id=f"s-{number}", title=f"Title {number}") for number in range(3)]
    entries = citations.references_html(known, EN)
    assert [text_of(entries[f"s-{number}"]) for number in range(3)] == [
        f"Title {number} (n.d.)." for number in range(3)
    ]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
        min_size=4,
        max_size=4,
    ),
    st.sampled_from(Language),
)
def test_any_text_is_escaped(texts: list[str], language: Language) -> None:
    """Whatever a source is called, its entry is well-formed and shows it as it is."""
    title, author, publisher, container = texts
    known = source(
        title=title, author=(author,), publisher=publisher, container_title=container, type="book"
    )
    entry = citations.reference_html(known, language)
    assert [cite.text for cite in etree.fromstring(f"<p>{entry}</p>").iter("cite")] == [title]
    assert all(text in text_of(entry) for text in texts)
