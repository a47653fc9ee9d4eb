"""Escaping, elements and addresses."""

from __future__ import annotations

import html

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from factbook.markup.addresses import Addresses, page_url
from factbook.markup.html import element, escape, plain
from factbook.markup.labels import marks

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn")),
    min_size=1,
    max_size=40,
).map(str.strip)


@given(TEXT.filter(bool))
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Whatever stands in a text, Markdown makes one element of it with that very text."""
    made = markdown.markdown(element("p", element("span", escape(text))), extensions=["md_in_html"])

    tree = lxml_html.fromstring(made)
    assert [child.tag for child in tree.iter()] == ["p", "span"]
    assert tree.text_content() == text


@given(TEXT.filter(bool))
def test_an_attribute_holds_any_text(text: str) -> None:
    """An attribute comes out as it went in."""
    made = markdown.markdown("A " + element("span", "x", title=text))

    assert lxml_html.fromstring(made).xpath("//span/@title") == [text]


@given(TEXT)
def test_plain_undoes_escape(text: str) -> None:
    """The plain text of an element is the text that was escaped."""
    assert plain(element("b", escape(text))) == text


@pytest.mark.parametrize("sign", list("<>\"'[]*_`\\|{}~^!#$&"))
def test_signs_of_html_jinja_and_markdown_are_entities(sign: str) -> None:
    """No sign that a later stage would read is left."""
    escaped = escape(sign)

    assert escaped != sign
    assert html.unescape(escaped) == sign
    assert "{" not in escape("{{ x }}")


def test_elements_are_written_without_what_is_left_out() -> None:
    """None and False leave an attribute out, True gives it bare, underscores become hyphens."""
    made = element("a", "x", class_="c", data_id="1", download=True, title=None, hidden=False)

    assert made == '<a class="c" data-id="1" download>x</a>'
    assert element("br") == "<br>"


@pytest.mark.parametrize(
    ("page", "directories", "url"),
    [
        ("index.md", True, ""),
        ("index.md", False, "index.html"),
        ("data/index.md", True, "data/"),
        ("data/area.md", True, "data/area/"),
        ("data/area.md", False, "data/area.html"),
    ],
)
def test_pages_have_the_addresses_of_the_engine(page: str, directories: bool, url: str) -> None:
    """A page is a folder, or a file in the offline edition."""
    assert page_url(page, directories) == url


@pytest.mark.parametrize(
    ("here", "directories", "there", "address"),
    [
        ("index.md", True, "data/area.md", "data/area/#x"),
        ("farming.md", True, "data/area.md", "../data/area/#x"),
        ("data/area.md", True, "farming.md", "../../farming/#x"),
        ("data/area.md", True, "data/area.md", "#x"),
        ("data/area.md", False, "farming.md", "../farming.html#x"),
        ("farming.md", True, "index.md", "../#x"),
    ],
)
def test_links_are_relative(here: str, directories: bool, there: str, address: str) -> None:
    """A link works under any path and from a disk."""
    assert Addresses(here, directories).to(there, "x") == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no marks", frozenset()),
        ("{n} of {x}", frozenset({"n", "x"})),
        ("{{n}}", frozenset()),
        ("{n", None),
        ("{n!r}", None),
        ("{n:>5}", None),
    ],
)
def test_marks_of_labels(text: str, expected: frozenset[str] | None) -> None:
    """The marks of a label are plain names in braces."""
    assert marks(text) == expected
