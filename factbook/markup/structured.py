"""What search engines read of a page: schema.org records as JSON-LD, made from its own content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import html as lxml_html

from factbook import citations, formatting
from factbook.identity import NAME
from factbook.markup.addresses import page_url
from factbook.markup.figures import Page
from factbook.markup.records import CLAIMS
from factbook.model import Claim, Language
from factbook.release import LICENCE, Release

Record = dict[str, object]

_HOME = "index.md"
_HEADINGS = ("h1", "h2")
_NOT_READ = (
    "//*[contains(concat(' ', @class, ' '), ' card ') or contains(@class, 'visually-hidden')"
    " or contains(@class, 'headerlink') or contains(concat(' ', @class, ' '), ' rival ')"
    " or self::sup[@class='cite']]"
)


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself: title and description, and when it was published and changed.

    ``path`` is its Markdown path; dates are written as ISO 8601 has days.
    """

    path: str
    title: str
    description: str
    published: str
    modified: str


def jsonld_html(content: object) -> str:
    """JSON-LD in a script element, on one line, which Markdown leaves alone.

    ``<``, ``>`` and ``&`` are written as escapes of JSON, so that no text can end the element.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'


def records_of(
    page: Page, about: About, titles: Mapping[str, str], release: Release, content: str
) -> list[Record]:
    """The records of a page, what it is first; ``content`` is its finished HTML.

    ``titles`` are those of all pages by path, for the trail of folders above this one.
    """
    questions = list(_questions(content))
    main = _main(page, about, release, content)
    if questions:
        main |= {"@type": "FAQPage", "mainEntity": questions}
    found = [main]
    if len(trail := _trail(about.path, titles)) > 1:
        found.append(_breadcrumbs(page.language, trail, titles, release))
    if about.path == CLAIMS:
        found += [_review(page, claim, about, release) for claim in page.dataset.claims.values()]
    return found


def _main(page: Page, about: About, release: Release, content: str) -> Record:
    """The page itself: the site on its front page, an article where it has references."""
    language = page.language
    address = _address(about.path, language, release)
    record: Record = {
        "@id": address,
        "url": address,
        "inLanguage": language.tag,
        "description": about.description,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "dateModified": about.modified,
        "publisher": _organization(language, release),
    }
    if about.path == _HOME:
        return {"@type": "WebSite", "name": NAME[language]} | record
    site = release.address("", language)
    record |= {
        "datePublished": about.published,
        "isPartOf": {"@type": "WebSite", "@id": site, "name": NAME[language], "url": site},
    }
    if 'class="references"' not in content:
        return {"@type": "WebPage", "name": about.title} | record
    other = _address(about.path, language.other, release)
    bond = "workTranslation" if language is Language.EN else "translationOfWork"
    return {"@type": "Article", "headline": about.title} | record | {
        "mainEntityOfPage": address,
        "image": release.address(f"social/{about.path.removesuffix('.md')}.png", language),
        "author": _organization(language, release),
        bond: {"@type": "Article", "@id": other, "inLanguage": language.other.tag},
    }  # fmt: skip


def _organization(language: Language, release: Release) -> Record:
    return {
        "@type": "Organization",
        "name": NAME[language],
        "url": release.address("", language),
    }


def _address(path: str, language: Language, release: Release) -> str:
    return release.address(page_url(path, directories=True), language)


def _trail(path: str, titles: Mapping[str, str]) -> list[str]:
    """The pages from the front page down to this one: those of the folders above it, then itself."""
    folders = path.split("/")[:-1]
    above = ["/".join([*folders[:depth], _HOME]) for depth in range(len(folders) + 1)]
    return [*(page for page in above if page in titles and page != path), path]


def _breadcrumbs(
    language: Language, trail: Sequence[str], titles: Mapping[str, str], release: Release
) -> Record:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": NAME[language] if path == _HOME else titles.get(path, path),
                "item": _address(path, language, release),
            }
            for position, path in enumerate(trail, start=1)
        ],
    }


def _questions(content: str) -> Iterator[Record]:
    """Each heading that asks, with the text up to the next heading: values as they are printed."""
    if "?</h2>" not in content and "?<a " not in content:
        return
    tree = lxml_html.fragment_fromstring(content, create_parent="div")
    for extra in tree.xpath(_NOT_READ):
        extra.drop_tree()
    for heading in tree.xpath(".//h2"):
        question = _text(heading)
        if not question.endswith("?"):
            continue
        parts: list[str] = []
        for sibling in heading.itersiblings():
            if sibling.tag in _HEADINGS:
                break
            parts.append(_text(sibling))
        answer = {"@type": "Answer", "text": "\n".join(filter(None, parts))}
        yield {"@type": "Question", "name": question, "acceptedAnswer": answer}


def _text(element: lxml_html.HtmlElement) -> str:
    """The text of an element on one line; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", str(element.text_content())).strip()


def _review(page: Page, claim: Claim, about: About, release: Release) -> Record:
    """A tested claim. The verdict is a word; no number is made of it."""
    language = page.language
    return {
        "@type": "ClaimReview",
        "url": f"{_address(CLAIMS, language, release)}#claim-{claim.id}",
        "claimReviewed": claim.said[language],
        "inLanguage": language.tag,
        "datePublished": about.published,
        "dateModified": about.modified,
        "author": _organization(language, release),
        "itemReviewed": _claim(page, claim),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": page.label(f"verdict-{claim.verdict}"),
        },
        "reviewBody": claim.reason[language],
    }


def _claim(page: Page, claim: Claim) -> Record:
    """What was claimed, by whom, and where it appeared first."""
    record: Record = {"@type": "Claim"}
    if not claim.citations:
        return record
    source = page.dataset.source(claim.citations[0].source)
    who = citations.attribution(source, page.dataset.producers, page.language)
    record["author"] = {"@type": "Organization", "name": who.rsplit(", ", 1)[0]}
    if source.issued is not None and (day := formatting.date_iso(source.issued)):
        record["datePublished"] = day
    appeared: Record = {"@type": "CreativeWork", "headline": source.title}
    if source.url:
        appeared["url"] = source.url
    return record | {"appearance": appeared}
