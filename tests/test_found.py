"""What programs read of the site: records, trails, sitemaps, feeds, ``robots.txt``, ``llms.txt``."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from factbook.changelog import changes_of, read_changes
from factbook.citation_formats import FORMATS
from factbook.dataset import Dataset
from factbook.editions.discovery import feed_of, robots_text
from factbook.errors import FindingsError
from factbook.history import History, spans_of
from factbook.markup.addresses import Addresses
from factbook.markup.figures import Page
from factbook.markup.structured import About, jsonld_html, records_of
from factbook.model import Language
from factbook.release import Release
from tests.built import built_site

ROOT = Path(__file__).parents[1]
RELEASE = Release("1.2.3", 1_700_000_000, "https://example.org/")
ABOUT = About("questions.md", "Questions", "What people ask", "2023-01-02", "2023-11-14")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAPS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def records(dataset: Dataset, about: About, content: str = "") -> list[dict[str, Any]]:
    """Return the records of an English page, through the element that carries them."""
    page = Page(dataset, Language.EN, Addresses(about.path))
    titles = {"index.md": "Front", "data/index.md": "Data", "data/area.md": "Area"}
    found = records_of(page, about, titles, RELEASE, content)
    element = jsonld_html({"@graph": found})
    parsed: list[dict[str, Any]] = json.loads(html.fragment_fromstring(element).text)["@graph"]
    return parsed


class TestRecords:
    """Records of schema.org, made from the page's own content."""

    def test_no_text_ends_the_element(self) -> None:
        """Markup in a text stays text: the element holds no sign that HTML reads."""
        element = jsonld_html({"name": "</script><script>alert(1)</script>&amp;"})
        inside = element[len('<script type="application/ld+json">') : -len("</script>")]
        assert not re.search(r"[<>&\n]", inside)
        assert json.loads(inside) == {"name": "</script><script>alert(1)</script>&amp;"}

    def test_questions_are_those_of_the_page_with_values_as_printed(
        self, mini_dataset: Dataset
    ) -> None:
        """Cards, marks of citations and permalinks are no part of an answer; other headings end it."""
        content = (
            '<h1>Questions</h1><h2 id="q">How much?<a class="headerlink" href="#q">#</a></h2>'
            '<p>About <span class="fact"><a class="figure"><data value="29900">29,900&nbsp;ha</data></a>'
            '<a class="rival"><span>≠</span><span class="visually-hidden">1 disagrees</span></a>'
            '<span class="card">UNODC, 2022</span></span>.<sup class="cite"><a>1</a></sup></p>'
            "<ul><li>Or not.</li></ul><h2>References</h2><ol><li>A book</li></ol><h2>Why?</h2>"
        )
        main = records(mini_dataset, ABOUT, content)[0]
        assert main["@type"] == "FAQPage"
        assert [
            (question["name"], question["acceptedAnswer"]["text"])
            for question in main["mainEntity"]
        ] == [("How much?", "About 29,900\xa0ha.\nOr not."), ("Why?", "")]

    def test_a_page_that_asks_nothing_is_no_list_of_questions(self, mini_dataset: Dataset) -> None:
        """A question mark in a text makes no question."""
        main = records(mini_dataset, ABOUT, "<h2>Answers</h2><p>Really?</p>")[0]
        assert main["@type"] == "WebPage" and "mainEntity" not in main

    def test_a_page_with_references_is_an_article(self, mini_dataset: Dataset) -> None:
        """It names its translation, its licence and its dates."""
        about = About("farming.md", "Farming", "How", "2023-01-02", "2023-11-14")
        main = records(mini_dataset, about, '<ol class="references"><li>x</li></ol>')[0]
        assert main["@type"] == "Article"
        assert main["headline"] == "Farming"
        assert (main["datePublished"], main["dateModified"]) == ("2023-01-02", "2023-11-14")
        assert main["workTranslation"]["@id"] == "https://example.org/es/farming/"
        assert main["url"] == "https://example.org/farming/"
        assert main["image"] == "https://example.org/social/farming.png"

    def test_the_trail_leads_down_the_folders(self, mini_dataset: Dataset) -> None:
        """Front page, index of the data, page; the front page itself has no trail."""
        about = About("data/area.md", "Area", "", "2023-01-02", "2023-11-14")
        trail = records(mini_dataset, about)[1]
        assert trail["@type"] == "BreadcrumbList"
        assert [(i["position"], i["name"], i["item"]) for i in trail["itemListElement"]] == [
            (1, "Leaf & Law", "https://example.org/"),
            (2, "Data", "https://example.org/data/"),
            (3, "Area", "https://example.org/data/area/"),
        ]
        front = About("index.md", "Front", "", "2023-01-02", "2023-11-14")
        assert [r["@type"] for r in records(mini_dataset, front)] == ["WebSite"]

    def test_each_tested_claim_is_a_review_whose_verdict_is_a_word(
        self, mini_dataset: Dataset
    ) -> None:
        """No number of stars is made of a verdict."""
        about = About("claims.md", "Claims", "", "2023-01-02", "2023-11-14")
        found = [r for r in records(mini_dataset, about) if r["@type"] == "ClaimReview"]
        claims = list(mini_dataset.claims.values())
        assert [r["claimReviewed"] for r in found] == [c.said.en for c in claims]
        for review, claim in zip(found, claims, strict=True):
            rating = review["reviewRating"]
            word = mini_dataset.labels[f"verdict-{claim.verdict}"].en
            assert rating == {"@type": "Rating", "alternateName": word}
            assert review["url"] == f"https://example.org/claims/#claim-{claim.id}"
            assert review["itemReviewed"]["author"]["name"]


class TestHistory:
    """Dates come from the commits, never from the clock."""

    def test_a_file_has_the_span_of_its_commits(self) -> None:
        """The log names the newest commit first."""
        log = "\x00300\n\ndocs/a.md\n\x00200\n\ndocs/a.md\ndocs/b.md\n\x00100\n\ndocs/a.md\n"
        assert spans_of(log) == {"docs/a.md": (100, 300), "docs/b.md": (200, 200)}

    def test_what_is_not_committed_is_of_the_release_and_nothing_is_newer(self) -> None:
        """Two builds of one commit carry the same dates."""
        history = History({"a": (100, 300), "later": (100, 900)}, now=500)
        assert history.last(["a", "new"]) == 500
        assert history.last(["later"]) == 500
        assert (history.first(["a"]), history.last(["a"])) == (100, 300)
        assert history.last([]) == 500


class TestChangelog:
    """Releases with their days; a heading that is none is a finding at its line."""

    def test_a_heading_that_is_no_release_is_found_with_its_line(self) -> None:
        """Both faults are told at once."""
        text = "# Changes\n\n## Soon\n\n- a\n\n## 1.0.0 (2026-02-30)\n\n- b\n"
        with pytest.raises(FindingsError) as caught:
            changes_of(text, "CHANGELOG.md", Language.EN)
        assert [str(finding) for finding in caught.value.findings] == [
            "CHANGELOG.md:3: 'Soon' is no release; write '## 1.2.0 (2026-03-01)'",
            "CHANGELOG.md:7: '1.0.0 (2026-02-30)' is no release; write '## 1.2.0 (2026-03-01)'",
        ]

    def test_a_missing_file_is_found(self, tmp_path: Path) -> None:
        """The finding names the file and what to write."""
        with pytest.raises(FindingsError, match=r"CHANGELOG\.es\.md:1: cannot be read; add it"):
            read_changes(tmp_path, Language.ES)

    def test_items_may_go_over_lines(self) -> None:
        """A line that is indented goes on with the item above."""
        text = "## Unreleased\n\n- one\n  more\n- two\n\n## 1.0.0 (2026-02-03)\n- three\n"
        newest, first = changes_of(text, "x", Language.EN)
        assert newest.items == ("one more", "two") and newest.version is None
        assert (first.version, first.day, first.items) == ("1.0.0", "2026-02-03", ("three",))

    def test_both_languages_have_the_same_releases(self) -> None:
        """The project's own lists name the same versions of the same days."""
        english, spanish = (read_changes(ROOT, language) for language in Language)
        assert [(c.version, c.day) for c in english] == [(c.version, c.day) for c in spanish]
        assert all(c.items for c in (*english, *spanish))


class TestFeed:
    """An Atom feed of the changes (RFC 4287)."""

    def feed(self, text: str) -> etree._Element:
        """Return the feed of a list of changes."""
        changes = changes_of(text, "CHANGELOG.md", Language.EN)
        return etree.fromstring(feed_of(changes, Language.EN, RELEASE, 1_700_000_000))

    def test_it_has_what_the_standard_asks_for(self) -> None:
        """One id, title and date for the feed and each entry, an author, a link to itself."""
        feed = self.feed("## Unreleased\n- a\n\n## 1.0.0 (2023-02-03)\n- b\n")
        assert feed.tag == f"{{{ATOM['a']}}}feed"
        entries = feed.findall("a:entry", ATOM)
        for part in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"a:{name}", ATOM)) == 1
                assert part.findtext(f"a:{name}", namespaces=ATOM)
            datetime.fromisoformat(part.findtext("a:updated", namespaces=ATOM) or "")
        assert feed.findtext("a:author/a:name", namespaces=ATOM)
        own = feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
        assert own == ["https://example.org/feed.xml"]
        ids = feed.xpath(".//a:id/text()", namespaces=ATOM)
        assert len(ids) == len(set(ids)) == 3
        assert [e.findtext("a:updated", namespaces=ATOM) for e in entries] == [
            "2023-11-14T22:13:20Z",
            "2023-02-03T00:00:00Z",
        ]
        assert feed.findtext("a:updated", namespaces=ATOM) == "2023-11-14T22:13:20Z"

    def test_markup_in_an_item_stays_text(self) -> None:
        """The content, read as HTML, holds no element of an item's making but code."""
        feed = self.feed("## Unreleased\n- <script>alert(1)</script> & `make <x>`\n")
        content = html.fromstring(feed.findtext("a:entry/a:content", namespaces=ATOM) or "")
        assert [e.tag for e in content.iter()] == ["ul", "li", "code"]
        assert content.text_content() == "<script>alert(1)</script> & make <x>"


def test_robots_may_read_all_and_are_told_of_both_sitemaps() -> None:
    """Nothing is forbidden."""
    assert robots_text(RELEASE) == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
        "Sitemap: https://example.org/es/sitemap.xml\n"
    )


@pytest.fixture(scope="module", name="site")
def finished_site() -> Path:
    """The folder of the finished site."""
    return built_site()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page but the error pages, by its path."""
    return {
        file.parent.relative_to(site).as_posix(): html.fromstring(file.read_bytes())
        for file in site.rglob("index.html")
    }


@pytest.mark.site
@pytest.mark.xdist_group("site")
class TestBuilt:
    """The finished site."""

    def test_every_page_has_a_title_and_description_of_its_own(
        self, pages: dict[str, html.HtmlElement]
    ) -> None:
        """And one canonical address, its own."""
        for name in ("title", "meta[@name='description']/@content"):
            end = "/text()" if name == "title" else ""
            found = [page.xpath(f"//head/{name}{end}") for page in pages.values()]
            assert all(len(texts) == 1 for texts in found)
            texts = [texts[0] for texts in found]
            assert len(set(texts)) == len(texts)
        for path, page in pages.items():
            (address,) = page.xpath("//link[@rel='canonical']/@href")
            assert address.endswith("/" if path == "." else f"/{path}/")

    def test_records_can_be_parsed_and_name_their_page(
        self, pages: dict[str, html.HtmlElement]
    ) -> None:
        """Each page says what it is; below the front page it has a trail."""
        for path, page in pages.items():
            elements = page.xpath("//script[@type='application/ld+json']/text()")
            said = [json.loads(text) for text in elements]
            graph = next(record["@graph"] for record in said if "@graph" in record)
            (canonical,) = page.xpath("//link[@rel='canonical']/@href")
            assert graph[0]["url"] == canonical
            kinds = {record["@type"] for record in graph}
            assert ("BreadcrumbList" in kinds) == (path not in (".", "es")), path

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("bolivia-cato", "Article"),
            ("es/peru-enaco", "Article"),
            ("questions", "FAQPage"),
            ("es/questions", "FAQPage"),
            ("es/claims", "ClaimReview"),
            ("data/area", "BreadcrumbList"),
            (".", "WebSite"),
        ],
    )
    def test_each_kind_of_page_has_its_record(
        self, pages: dict[str, html.HtmlElement], path: str, kind: str
    ) -> None:
        """In both languages."""
        text = "".join(pages[path].xpath("//script[@type='application/ld+json']/text()"))
        assert f'"@type":"{kind}"' in text

    def test_every_question_of_the_page_is_in_its_record(
        self, pages: dict[str, html.HtmlElement]
    ) -> None:
        """With an answer each."""
        for path in ("questions", "es/questions"):
            (text,) = pages[path].xpath("//script[contains(text(), 'FAQPage')]/text()")
            asked = json.loads(text)["@graph"][0]["mainEntity"]
            headings = (h.text_content().rstrip("#") for h in pages[path].xpath("//article//h2"))
            # The page holds "Schedule I" together; the record has a plain blank there.
            shown = [" ".join(heading.split()) for heading in headings]
            assert [q["name"] for q in asked] == [h for h in shown if h.endswith("?")]
            assert len(asked) > 20
            assert all(len(q["acceptedAnswer"]["text"]) > 20 for q in asked)

    @pytest.mark.parametrize("folder", ["", "es/"])
    def test_the_sitemap_names_each_page_in_both_languages(self, site: Path, folder: str) -> None:
        """Three alternates each, dated, and no page is missing."""
        tree = etree.parse(site / folder / "sitemap.xml")
        urls = tree.findall("s:url", MAPS)
        for url in urls:
            links = {e.get("hreflang"): e.get("href") or "" for e in url.findall("x:link", MAPS)}
            assert set(links) == {"en", "es-419", "x-default"}
            own = links["es-419" if folder else "en"]
            assert url.findtext("s:loc", namespaces=MAPS) == own
            assert links["x-default"] == links["en"]
            assert re.fullmatch(
                r"\d{4}-\d\d-\d\d", url.findtext("s:lastmod", namespaces=MAPS) or ""
            )
        there = {
            f
            for f in site.rglob("index.html")
            if ("es" in f.relative_to(site).parts) == bool(folder)
        }
        assert len(urls) == len(there)

    @pytest.mark.parametrize("folder", ["", "es/"])
    def test_pages_lead_to_the_feed_of_their_language(
        self, site: Path, pages: dict[str, html.HtmlElement], folder: str
    ) -> None:
        """The link is on each page, and the feed is there."""
        feed = (site / folder / "feed.xml").resolve()
        assert etree.parse(feed).getroot().tag.endswith("feed")
        for path, page in pages.items():
            if path.startswith("es") == bool(folder):
                (link,) = page.xpath("//head/link[@type='application/atom+xml']/@href")
                assert (site / path / link).resolve() == feed

    @pytest.mark.parametrize("folder", ["", "es/"])
    def test_the_feed_keeps_to_its_standard(self, site: Path, folder: str) -> None:
        """RFC 4287: whole addresses, ids of their own, instants with a zone, content or a link."""
        feed = etree.parse(site / folder / "feed.xml").getroot()
        entries = feed.findall("a:entry", ATOM)
        assert entries and feed.findtext("a:author/a:name", namespaces=ATOM)
        ids = [feed.findtext("a:id", namespaces=ATOM)]
        for part in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"a:{name}", ATOM)) == 1
            instant = part.findtext("a:updated", namespaces=ATOM) or ""
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", instant)
            assert part.xpath("count(a:link[@rel='alternate'])", namespaces=ATOM) == 1
        ids += [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
        assert len(set(ids)) == len(ids)
        addresses = [*ids, *feed.xpath(".//a:link/@href", namespaces=ATOM)]
        assert [a for a in addresses if not re.match(r"https://[^/]+/", a or "")] == []
        assert all(len(e.findtext("a:content", namespaces=ATOM) or "") > 20 for e in entries)

    def test_an_article_shows_a_picture_that_is_there(
        self, site: Path, pages: dict[str, html.HtmlElement]
    ) -> None:
        """Search engines ask for one; it is the page's own, as for those who share it."""
        shown = {}
        for path, page in pages.items():
            for text in page.xpath("//script[@type='application/ld+json']/text()"):
                for record in json.loads(text).get("@graph", ()):
                    if record["@type"] == "Article":
                        (own,) = page.xpath("//meta[@property='og:image']/@content")
                        assert record["image"] == own
                        shown[path] = site / re.sub(r"^https://[^/]+/", "", own)
        assert len(shown) > 10
        assert [path for path, file in shown.items() if not file.is_file()] == []

    @pytest.mark.parametrize("folder", ["", "es/"])
    def test_llms_txt_names_every_page_and_how_to_cite(self, site: Path, folder: str) -> None:
        """Its addresses are those of pages and files of the site."""
        text = (site / folder / "llms.txt").read_text(encoding="utf-8")
        assert text.startswith("# ") and "\n> " in text
        named = re.findall(r"\]\(https://[^/]+/([^)]*)\)", text.partition("## M")[0])
        missing = [
            path
            for path in named
            if not (site / path).is_file() and not (site / path / "index.html").is_file()
        ]
        assert missing == []
        pages = [
            f
            for f in site.rglob("index.html")
            if ("es" in f.relative_to(site).parts) == bool(folder)
        ]
        assert len([p for p in named if not p.endswith((".csv", ".json"))]) == len(pages)
        assert "RIS" in text

    def test_every_page_can_be_cited_in_every_format(
        self, pages: dict[str, html.HtmlElement]
    ) -> None:
        """Without script or server, by its own permanent address."""
        for page in pages.values():
            (canonical,) = page.xpath("//link[@rel='canonical']/@href")
            (end,) = page.find_class("page-end")
            forms = {d.get("data-form"): d.text_content() for d in end.xpath(".//dd")}
            assert set(forms) == set(FORMATS)
            assert all(canonical in text for text in forms.values())
            assert json.loads(forms["json"])[0]["URL"] == canonical
            assert end.xpath(".//a[starts-with(@href, 'mailto:?subject=')]")

    def test_every_row_of_the_data_has_its_citations(self, site: Path) -> None:
        """Each row's anchor is a key of its series' entries, in both languages."""
        for folder in (site / "data", site / "es" / "data"):
            for file in folder.glob("*/index.html"):
                for section in html.fromstring(file.read_bytes()).find_class("indicator"):
                    name = section.get("data-indicator") or section.get("data-derived")
                    rows = section.xpath(".//tr[@id]/@id")
                    script = folder / "citations" / "rows" / f"{name}.js"
                    if not rows:
                        continue
                    match = re.fullmatch(
                        r'leafAndLaw\.cite\("[^"]+",(.*)\)\n', script.read_text(encoding="utf-8")
                    )
                    assert match
                    entries = json.loads(match[1])
                    assert set(rows) <= set(entries), script
                    assert all(set(entry) == set(FORMATS) for entry in entries.values())
