"""Who says it and where: headings keep their language, common nouns their small letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factbook import formatting
from factbook.dataset import Dataset
from factbook.markup.addresses import Addresses
from factbook.markup.data_pages import observations_html
from factbook.markup.figures import Page, says_who, says_who_html
from factbook.markup.html import plain
from factbook.markup.records import when_html
from factbook.model import Language, Text
from factbook.tables import read_tables
from tests.miniature import MINI, copy_of_mini


def page(language: Language, dataset: Dataset | None = None) -> Page:
    """Return a page about the small country."""
    return Page(dataset or Dataset(read_tables(MINI)), language, Addresses("data/area.md"))


@pytest.mark.parametrize(
    ("language", "locator", "expected"),
    [
        (Language.ES, '"A title", p. 4', '<span lang="en">“A title”</span>, p. 4'),
        (Language.EN, '"A title", p. 4', "“A title”, p. 4"),
        (Language.ES, "title, p. 4", "título, p. 4"),
    ],
)
def test_a_heading_of_a_source_is_marked_with_its_language(
    language: Language, locator: str, expected: str
) -> None:
    """Where the page speaks another; the text is the same, and escaped."""
    here = page(language)
    made = says_who_html(here, "census-2022", locator)
    assert made.endswith(f", {expected}")
    assert plain(made) == says_who(here, "census-2022", locator)


def test_a_heading_is_escaped() -> None:
    """What looks like a tag within a heading is text."""
    made = says_who_html(page(Language.ES), "census-2022", '"A <b> & C"')
    assert "<b>" not in made and made.count("<") == 2
    assert plain(made).endswith("“A <b> & C”")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("mayo de 1950", "Mayo de 1950"),
        ("été", "Été"),
        ("ENACO", "ENACO"),
        ("9 de mayo", "9 de mayo"),
    ],
)
def test_what_opens_a_line_has_a_capital(text: str, expected: str) -> None:
    """The first letter alone is changed."""
    assert formatting.opening(text) == expected


def test_a_date_that_opens_a_sentence_has_a_capital() -> None:
    """A Spanish month is small within a sentence and large before one."""
    here = page(Language.ES)
    event = next(e for e in here.dataset.events.values() if e.date.start.month)
    month = replace(event, date=type(event.date).parse("2017-05"))
    assert plain(when_html(here, month)) == "mayo de 2017"
    assert plain(when_html(here, month, opening=True)) == "Mayo de 2017"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("of the US.", "Another count. Of the US."),
        ("The guild counts all", "Another count. The guild counts all"),
    ],
)
def test_what_a_row_says_is_in_sentences(tmp_path: Path, note: str, expected: str) -> None:
    """How a value stands is one, its note another; a full stop of an abbreviation stays."""
    tables = read_tables(copy_of_mini(tmp_path / "mini"))
    dataset = Dataset(tables)
    rival = next(
        o
        for o in dataset.observations
        if len(dataset.stated(o.indicator, o.area, o.period)) > 1
        and o is not dataset.preferred(dataset.stated(o.indicator, o.area, o.period))
        and o.rank.value != "deprecated"
        and o.status.value == "normal"
    )
    told = replace(rival, note=Text(note, note), low=None, high=None)
    tables = replace(
        tables, observations=tuple(told if o is rival else o for o in tables.observations)
    )
    here = page(Language.EN, Dataset(tables))
    shown = plain(observations_html(here, here.dataset.indicators[rival.indicator], {}))
    assert expected in shown
