"""The end of a page: how to cite it, its own address, and a way to pass it on that tells nobody."""

from __future__ import annotations

from urllib.parse import quote

from factbook import formatting
from factbook.citation_formats import Work
from factbook.identity import MAKERS, NAME, STEM
from factbook.markup.addresses import page_url
from factbook.markup.citing import work_html
from factbook.markup.figures import Page
from factbook.markup.html import element, escape, joined
from factbook.markup.structured import About
from factbook.periods import parse
from factbook.release import Release

PAGE_TYPE = "webpage"


def page_end_html(page: Page, about: About, release: Release) -> str:
    """How to cite the page, closed until asked for, and links that pass it on."""
    work = page_work(page, about, release)
    parts = [work_html(page, page.label("cite-page"), work), _share(page, work)]
    return element(
        "aside",
        joined(parts),
        class_="page-end",
        aria_label=page.label("page-end"),
        data_search_exclude=True,
    )


def page_work(page: Page, about: About, release: Release) -> Work:
    """The page as a work to cite: by the makers of the site, of the day of its last change."""
    site, language = NAME[page.language], page.language
    address = release.address(page_url(about.path, directories=True), language)
    version = page.label("cite-version", version=release.version)
    date = formatting.period(parse(about.modified), language)
    year, month, day = map(int, about.modified.split("-"))
    title = about.title if about.path != "index.md" else site
    where = f"{site}, {version}" if title != site else version
    return Work(
        id=address,
        key="_".join((STEM.en, language.value, *about.path.removesuffix(".md").split("/"))),
        type=PAGE_TYPE,
        text=f"{MAKERS[page.language]}. {title}. {where}, {date}. {address}",
        title=title,
        authors=({"literal": MAKERS[page.language]},),
        issued={"date-parts": [[year, month, day]]},
        stated="",
        site=site,
        version=release.version,
        version_text=version,
        language=language.tag,
        url=address,
    )


def _share(page: Page, work: Work) -> str:
    """The page's address as a plain link and as a letter; a script may add more."""
    subject = work.title if work.title == work.site else f"{work.title} · {work.site}"
    letter = f"mailto:?subject={quote(subject)}&body={quote(work.url)}"
    links = [
        element("a", escape(page.label("share-link")), href=work.url, class_="share-link"),
        element("a", escape(page.label("share-letter")), href=letter),
    ]
    return element("ul", joined(element("li", link) for link in links), class_="share")
