"""Rules of pages among each other: counterparts, destinations, links, open places, the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from factbook.chapters import Chapter
from factbook.checks.left_open import nothing_is_left_open
from factbook.checks.links import links_lead_somewhere
from factbook.checks.pages import (
    citations_end_in_references,
    destinations_exist,
    pages_are_in_both_languages,
)
from factbook.checks.parity import Side, facts_are_the_same
from factbook.dataset import Dataset
from factbook.errors import Finding, Place
from factbook.model import Language
from factbook.rendering import rendering
from factbook.tables import Tables
from factbook.vocabulary import Edition

EN, ES = Language.EN, Language.ES


def page(path: str, body: str = "", language: Language = EN, first_line: int = 6) -> Chapter:
    """Return a page whose body begins at line 6."""
    file = f"docs/{language.value}/{path}"
    front = {"title": "A page", "description": "TODO: say what it is about"}
    return Chapter(path, file, language, front, body, first_line, {"description": 3})


def said(found: Any) -> list[str]:
    """Return findings as a contributor reads them."""
    return [str(finding) for finding in found]


# Both languages


def test_a_page_without_its_counterpart_is_found_in_either_language() -> None:
    """The message names the file that is missing."""
    chapters = {
        EN: (page("a.md"), page("data/only.md")),
        ES: (page("a.md", "", ES), page("sola.md", "", ES)),
    }

    assert said(pages_are_in_both_languages(chapters)) == [
        "docs/en/data/only.md:1: has no counterpart; add docs/es/data/only.md, or remove this page",
        "docs/es/sola.md:1: has no counterpart; add docs/en/sola.md, or remove this page",
    ]


# Destinations

CALLS = {
    "data/area.md": '{{ theme("area") }}',
    "data/leaf.md": '{{ theme("leaf") }}',
    "sources.md": "{{ sources() }}",
    "timeline.md": "{{ timeline() }}",
    "glossary.md": "{{ glossary() }}",
    "claims.md": "{{ claims() }}",
}


def test_pages_that_others_link_to_are_missed_one_by_one(mini_dataset: Dataset) -> None:
    """Each theme of indicators and derived figures has a page, and so has each kind of record."""
    chapters = {ES: [page(path, call, ES) for path, call in CALLS.items()], EN: []}

    assert said(destinations_exist(mini_dataset, chapters)) == [
        f"docs/en/{path}:1: the page is missing; add it with {call}" for path, call in CALLS.items()
    ]


def test_a_theme_of_derived_figures_only_has_a_page_too(mini_dataset: Dataset) -> None:
    """Yield is computed; without its inputs' theme it is listed still."""
    alone = mini_dataset.restricted(["crop-area"])
    complete = [page(path, call) for path, call in CALLS.items() if "leaf" not in path]

    assert said(destinations_exist(alone, {EN: complete})) == [
        'docs/en/data/leaf.md:1: the page is missing; add it with {{ theme("leaf") }}'
    ]


def test_a_page_that_prints_something_else_is_found(mini_dataset: Dataset) -> None:
    """It is there, but what others link to is not in it."""
    pages = [page(path, call) for path, call in CALLS.items() if path != "claims.md"]

    assert said(destinations_exist(mini_dataset, {EN: [*pages, page("claims.md", "Words.")]})) == [
        "docs/en/claims.md:1: does not print what other pages link to; add {{ claims() }}"
    ]


# References


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{{ cite('a', 'p. 1') }}", True),
        ("{{ cite('a', 'p. 1') }}\n\n{{ references() }}", False),
        ("{{ references() }}", False),
        ("Words.", False),
    ],
)
def test_a_page_that_cites_ends_with_its_references(body: str, found: bool) -> None:
    """One that does not cite need not."""
    message = (
        "docs/en/a.md:1: cites sources but prints no list; end the page with {{ references() }}"
    )
    assert said(citations_end_in_references({EN: [page("a.md", body)], ES: []})) == (
        [message] if found else []
    )


# Links


def links(dataset: Dataset, body: str, path: str = "data/q.md", *others: Chapter) -> list[str]:
    """Return what is found in a page in a folder, beside two pages and those given."""
    pages = (page(path, body), page("farming.md", "## Law {#law}\n{: #rows .wide }"), *others)
    return said(links_lead_somewhere(dataset, {EN: pages, ES: ()}))


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        (
            "[a](framing.md)",
            "the link 'framing.md' leads to no page. Did you mean 'farming.md' or 'data/q.md'?",
        ),
        (
            "[a](farming.md)",
            "the link 'farming.md' leads to no page. Did you mean 'farming.md' or 'data/q.md'?",
        ),
        ("[a](../xxxxx.md)", "the link '../xxxxx.md' leads to no page."),
        (
            '[a](../farmin.md "title")',
            "the link '../farmin.md' leads to no page. Did you mean 'farming.md'?",
        ),
        (
            "[a](../framing.md#law)",
            "the link '../framing.md#law' leads to no page. Did you mean 'farming.md'?",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found_in_its_line(
    mini_dataset: Dataset, link: str, fault: str
) -> None:
    """Links are relative to the page that has them."""
    assert links(mini_dataset, f"One.\n\nTwo {link} three.\n") == [f"docs/en/data/q.md:8: {fault}"]


@pytest.mark.parametrize(
    "text",
    [
        "[a](../farming.md)",
        "[a](./../data/../farming.md#law)",
        "[a](../farming.md#some-heading)",
        "[a](q.md)",
        "[a](https://example.org/x.md)",
        "[a](http://example.org/x.md)",
        "[a](mailto:x.md)",
        "[a](/x.md)",
        "[a](#x.md)",
        "[a](x.pdf)",
        "![a](x.md)",
        "(x.md)",
    ],
)
def test_a_link_that_leads_somewhere_else_is_let_pass(mini_dataset: Dataset, text: str) -> None:
    """To a page, out of the site, to a heading that the site engine checks, to a file."""
    assert links(mini_dataset, text) == []


RECORDS = [
    ("claims.md", "claim-limit-kept", "claim-limit-kep", " Did you mean 'claim-limit-kept'?"),
    ("timeline.md", "event-edict-2017", "event-edict", " Did you mean 'event-edict-2017'?"),
    ("glossary.md", "term-corm", "term-korm", " Did you mean 'term-corm' or 'term-fallow'?"),
    ("claims.md", "top", "tip", " Did you mean 'top'?"),
    ("timeline.md", "top", "zzz", ""),
]


@pytest.mark.parametrize(("path", "good", "bad", "hint"), RECORDS)
def test_an_anchor_stands_on_a_page_of_records(
    mini_dataset: Dataset, path: str, good: str, bad: str, hint: str
) -> None:
    """Records have anchors by their ids; a page may give more."""
    there = page(path, "# Head {#top}\n")

    assert links(mini_dataset, f"[a]({path}#{good})", "here.md", there) == []
    assert links(mini_dataset, f"[a]({path}#{bad})", "here.md", there) == [
        f"docs/en/here.md:6: the page {path} has no anchor '#{bad}'.{hint}"
    ]


# Skeletons


def test_what_is_left_open_is_told_place_by_place() -> None:
    """In tables, front matter, text and chart modules; a comment's marks are not repeated."""
    table = Finding(Place("data/terms.toml", 4), "is left open; write here: the word")
    body = "One.\n\n<!-- TODO: tell the law -->\n"
    modules = [("charts/area.py", "import x\n# TODO: choose the years\n")]
    found = nothing_is_left_open(
        Tables(left_open=(table,)), {EN: [page("a.md", body)], ES: []}, modules
    )

    assert [text.rstrip() for text in said(found)] == [
        "data/terms.toml:4: is left open; write here: the word",
        "docs/en/a.md:3: is left open; write here: say what it is about",
        "docs/en/a.md:8: is left open; write here: tell the law",
        "charts/area.py:2: is left open; write here: choose the years",
    ]


def test_an_open_key_whose_line_is_not_known_is_told_in_the_first() -> None:
    """And nothing else is asked for."""
    chapter = Chapter("a.md", "docs/en/a.md", EN, {"title": "TODO: name it"}, "", 1)

    assert said(nothing_is_left_open(Tables(), {EN: [chapter]})) == [
        "docs/en/a.md:1: is left open; write here: name it"
    ]


# The same facts

LAND = 'In {{ figure("crop-area", "XA", 2022) }} they grow.'
LAW = '{{ when("edict-2017") }}'


def compared(dataset: Dataset, english: str, spanish: str) -> list[str]:
    """Return what is found in a page of two texts, whose bodies begin at lines 6 and 9."""
    sides = []
    for language, body, line in ((EN, english, 6), (ES, spanish, 9)):
        chapter = page("a.md", body, language, line)
        sides.append(Side(chapter, rendering(chapter, Edition(dataset, language, draft=True))))
    return said(facts_are_the_same(sides))


def test_a_fact_of_one_language_is_found_at_its_first_call(mini_dataset: Dataset) -> None:
    """The message names the section of the other page."""
    english = f"# A\n\n## B\n\n{LAND}\n\n{LAND} {LAW}\n"
    spanish = f"# A\n\nWords.\n\n## B\n\n{LAW}\n"

    assert compared(mini_dataset, english, spanish) == [
        f"docs/en/a.md:10: uses {what}, which docs/es/a.md:13 does not in the same section; use it"
        " in both or in neither"
        for what in ("the figure 'crop-area/XA/2022/census-2022'", "the source 'census-2022'")
    ]


def test_a_fact_in_another_section_is_two_findings(mini_dataset: Dataset) -> None:
    """Each page lacks it in one place; the last line of a section belongs to it."""
    english = f"# A\n{LAW}\n## B\nWords.\n"
    spanish = f"# A\nPalabras.\n## B\n{LAW}"

    assert compared(mini_dataset, english, spanish) == [
        f"{here}: uses {what}, which {there} does not in the same section; use it in both or in"
        " neither"
        for here, there in (
            ("docs/en/a.md:7", "docs/es/a.md:9"),
            ("docs/es/a.md:12", "docs/en/a.md:8"),
        )
        for what in ("the event 'edict-2017'", "the source 'crown-edict'")
    ]


@pytest.mark.parametrize(
    ("english", "spanish", "message"),
    [
        ("# A\n\n## B\n", "# A\n", "has 1 headings (#) where docs/en/a.md has 2 (# ##)"),
        ("# A\n\n## B\n", "# A\n### B\n", "has 2 headings (# ###) where docs/en/a.md has 2 (# ##)"),
        ("Words.\n", "# A\n", "has 1 headings (#) where docs/en/a.md has 0 (none)"),
    ],
)
def test_another_outline_is_the_only_finding(
    mini_dataset: Dataset, english: str, spanish: str, message: str
) -> None:
    """Without the same sections there is nothing to compare."""
    assert compared(mini_dataset, f"{english}\n{LAW}", spanish) == [
        f"docs/es/a.md:9: {message}; give both the same structure"
    ]


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (f"# A\n{LAW}\n{LAND}", f"# A\n{LAND} {LAW}"),
        ('# A\n{{ term("corm") }}', "# A\nPalabras."),
    ],
)
def test_the_order_of_facts_and_the_terms_are_free(
    mini_dataset: Dataset, english: str, spanish: str
) -> None:
    """A term is explained where a language needs it."""
    assert compared(mini_dataset, english, spanish) == []


def test_a_page_of_one_language_is_not_compared(mini_dataset: Dataset) -> None:
    """That it lacks its counterpart is found elsewhere; pages are told apart by their paths."""
    texts = ((EN, "a.md", LAW), (EN, "b.md", LAND), (ES, "b.md", LAND))
    chapters: Sequence[Chapter] = [page(path, body, language) for language, path, body in texts]
    editions = {language: Edition(mini_dataset, language, draft=True) for language in Language}
    sides = [Side(chapter, rendering(chapter, editions[chapter.language])) for chapter in chapters]

    assert said(facts_are_the_same(sides)) == []
