"""What passes by the parsers of a page: taken out whole, and put back where it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.markup.aside import anchors, put_back, set_aside
from factbook.markup.html import element

CARD = element(
    "span", element("span", "7 ha"), class_="card", id="card-1", data_search_exclude=True
)
TABLE = element("table", "<tr id='x'></tr>", data_search_exclude=True, class_="observations")


def test_an_element_that_nobody_closes_stays_where_it_is() -> None:
    """Only an author can have written it; the engine shows what becomes of it."""
    text = 'Before <div class="x" data-search-exclude>and <b>after</b>'

    assert set_aside(text) == (text, ())


def test_a_longer_name_does_not_close_an_element() -> None:
    """``</spanner>`` is no end of a ``span``."""
    text = "<span data-search-exclude>a<spanner>b</spanner></span> c"

    assert set_aside(text)[0] == "<!--aside 0--> c"


def test_what_the_search_reads_stays() -> None:
    """Text, figures and tables without the mark go through all parsers."""
    text = 'A [link](b.md), <a class="figure" href="#x">8 ha</a> and\n\n<table><tr></tr></table>'

    assert set_aside(text) == (text, ())


def test_an_element_is_taken_with_those_of_its_name_within() -> None:
    """Cards are spans of spans."""
    text = f"There are <span>7 ha{CARD}</span> left.\n\n{TABLE}\n\nEnd."

    left, pieces = set_aside(text)

    assert left == "There are <span>7 ha<!--aside 0--></span> left.\n\n<!--aside 1-->\n\nEnd."
    assert pieces == (CARD, TABLE)


def test_what_lies_in_a_piece_is_part_of_it() -> None:
    """A card in a table goes with the table."""
    table = element("table", f"<tr><td>{CARD}</td></tr>", data_search_exclude=True)

    assert set_aside(table) == ("<!--aside 0-->", (table,))


def test_anchors_of_pieces_are_told() -> None:
    """Links of chapters may lead to a row."""
    assert anchors([CARD, '<table><tr id="coca_XX_2020"><td id="b">1</td></tr></table>']) == {
        "card-1",
        "coca_XX_2020",
        "b",
    }


@given(
    st.lists(st.sampled_from([CARD, TABLE, "<p>text</p>", "a & b", "\n\n", "<span>", "</span>"]))
)
def test_whatever_was_set_aside_comes_back(parts: list[str]) -> None:
    """Nothing is lost, whatever surrounds it, and what is left has no whole element to set aside."""
    text = "".join(parts)

    left, pieces = set_aside(text)

    assert put_back(left, pieces) == text
    assert not re.search(r"<table[^>]*data-search-exclude", left)


@pytest.mark.parametrize("piece", [r"\1 and \g<0>", "<!--aside 0-->"])
def test_a_piece_is_put_back_as_it_is(piece: str) -> None:
    """Backslashes mean nothing, and a stand-in within a piece is no stand-in."""
    assert put_back("x<!--aside 0-->y", (piece,)) == f"x{piece}y"
