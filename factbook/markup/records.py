"""Citations, references, events, claims and terms as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from factbook import formatting, locators
from factbook.markup.figures import Page, country_class, locator_html, says_who, says_who_html
from factbook.markup.html import element, escape, joined
from factbook.markup.timelines import time_html
from factbook.model import Citation, Claim, Event, Source, Term

TIMELINE = "timeline.md"
CLAIMS = "claims.md"
GLOSSARY = "glossary.md"
SOURCES = "sources.md"


def cite_html(page: Page, citation: Citation, number: int) -> str:
    """The mark of a citation: a small number that leads to the page's reference list."""
    title = says_who(page, citation.source, citation.locator) if citation.locator else None
    link = element(
        "a",
        str(number),
        href=f"#{reference_anchor(citation.source)}",
        title=title,
        role="doc-noteref",
    )
    return element("sup", link, class_="cite")


def reference_anchor(source: str) -> str:
    """The HTML id of a source in a reference list."""
    return f"ref-{source}"


def references_html(
    page: Page, cited: Sequence[str], where: Mapping[str, Sequence[str]], entries: Mapping[str, str]
) -> str:
    """The numbered reference list of a page.

    ``cited`` are source ids in the order of their numbers, ``where`` the locators cited of each,
    ``entries`` the bibliography entries as HTML.
    """
    items: list[str] = []
    for source in cited:
        places = [locators.printed(text, page.language) for text in where.get(source, ())]
        text = element("span", entries[source], class_="ref-text")
        said = locator_html(page, source, "; ".join(dict.fromkeys(places)))
        found = element("span", said, class_="ref-where")
        items.append(element("li", f"{text} {found}", id=reference_anchor(source)))
    return element("ol", joined(items), class_="references", data_search_exclude=True)


def sources_html(page: Page, sources: Iterable[Source], entries: Mapping[str, str]) -> str:
    """Every source of the dataset as a list with anchors, notes on reliability included."""
    items: list[str] = []
    for source in sources:
        producer = page.dataset.producers[source.producer].name[page.language]
        text = element("span", entries[source.id], class_="ref-text")
        says = page.label("reference-producer", producer=producer)
        facts = element("span", escape(says), class_="ref-producer")
        note = ""
        if source.note is not None:
            note = " " + element("span", escape(source.note[page.language]), class_="ref-note")
        items.append(element("li", f"{text} {facts}{note}", id=reference_anchor(source.id)))
    return element("ul", joined(items), class_="references references--all")


def when_html(page: Page, event: Event, opening: bool = False) -> str:
    """The date of an event as a link to the timeline; ``opening`` a sentence it has a capital."""
    address = page.addresses.to(TIMELINE, f"event-{event.id}")
    return element("a", time_html(page, event, opening=opening), class_="when", href=address)


def verdict_html(page: Page, claim: Claim, name: str = "p") -> str:
    """The verdict on a claim as an outlined word."""
    word = escape(page.label(f"verdict-{claim.verdict}"))
    return element(name, word, class_=f"verdict verdict--{claim.verdict}")


def claim_link(page: Page, claim: Claim) -> str:
    """The verdict in running text, a link to the claim."""
    address = page.addresses.to(CLAIMS, f"claim-{claim.id}")
    title = claim.said[page.language]
    return element(
        "a", verdict_html(page, claim, "span"), class_="claim-link", href=address, title=title
    )


def claim_html(page: Page, claim: Claim, observed: str) -> str:
    """A claim whole: what was said and by whom, the verdict, the reason, the evidence.

    ``observed`` is the HTML of the observations it was tested against.
    """
    by = "; ".join(says_who_html(page, c.source, c.locator) for c in claim.citations)
    said_by = escape(page.label("claim-said-by"))
    parts = [
        element("h2", escape(claim.said[page.language])),
        verdict_html(page, claim),
        element("p", f"{said_by}: {by}", class_="claim-by"),
        element("p", escape(claim.reason[page.language]), class_="claim-reason"),
    ]
    evidence = [says_who_html(page, c.source, c.locator) for c in claim.evidence]
    if shown := "; ".join(filter(None, [observed, *evidence])):
        label = element("span", escape(page.label("claim-evidence")), class_="claim-key")
        parts.append(element("p", f"{label} {shown}", class_="claim-evidence"))
    return element("section", joined(parts), class_="claim", id=f"claim-{claim.id}")


def term_html(page: Page, term: Term, number: int, shown: str | None = None) -> str:
    """A term in running text with its definition at hand, a link to the glossary."""
    name = f"card-{number}"
    address = page.addresses.to(GLOSSARY, f"term-{term.id}")
    text = escape(shown if shown is not None else term.term[page.language])
    link = element("a", text, class_="term", href=address, aria_describedby=name)
    definition = element("span", escape(term.definition[page.language]), class_="card-what")
    card = element(
        "span", definition, class_="card card--term", id=name, role="note", data_search_exclude=True
    )
    return element("span", link + card, class_="fact")


def glossary_html(page: Page, terms: Iterable[Term]) -> str:
    """All terms in alphabetical order of the page's language."""
    entries: list[str] = []
    for term in sorted(terms, key=lambda t: formatting.sort_key(t.term[page.language])):
        heading = escape(term.term[page.language])
        if term.area is not None:
            area = page.dataset.areas[term.area].name[page.language]
            heading += " " + element("span", escape(area), class_="gloss-area")
        body = escape(term.definition[page.language])
        if said := "; ".join(says_who_html(page, c.source, c.locator) for c in term.citations):
            body += " " + element("span", said, class_="gloss-source")
        entry = element("dt", heading) + " " + element("dd", body)
        classes = "gloss" + (country_class(page, term.area, "gloss") if term.area else "")
        entries.append(element("div", entry, class_=classes, id=f"term-{term.id}"))
    return element("dl", joined(entries), class_="glossary")
