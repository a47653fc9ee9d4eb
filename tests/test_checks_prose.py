"""The rule of the project: what counts as a number typed by hand, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook import formatting
from factbook.chapters import Chapter
from factbook.checks.prose import numbers_are_bound
from factbook.dataset import Dataset
from factbook.model import Language, Text
from factbook.rendering import rendering
from factbook.vocabulary import Edition
from tests.miniature import after

EN, ES = Language.EN, Language.ES


def typed(dataset: Dataset, text: str, language: Language = EN, title: str = "A page") -> list[str]:
    """Return the findings in a page of ``text``, whose first line is line 1."""
    front = {"title": title, "description": "Words only."}
    chapter = Chapter("page.md", "docs/page.md", language, front, text, 1, {"title": 2})
    done = rendering(chapter, Edition(dataset, language, draft=True))
    assert done.readable
    return [str(finding) for finding in numbers_are_bound(chapter, done, dataset)]


def numbers(found: list[str]) -> list[str]:
    """Return the numbers that findings name."""
    return [finding.partition("'")[2].partition("' is typed")[0] for finding in found]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It stands on 29,900 ha.", "29,900"),
        ("29 at the start", "29"),
        ("at the end 29", "29"),
        ("up 5% a year", "5"),
        ("minus −5 points", "5"),
        ("US$ 1,500 a head", "1,500"),
        ("US$1.5 a head", "1.5"),
        ("some 30 900 ha", "30 900"),
        ("some 30\u00a0900 ha", "30\u00a0900"),
        ("some 30\u202f900 ha", "30\u202f900"),
        ("some 30\u2009900 ha", "30\u2009900"),
        ("some 1'234'567 ha", "1'234'567"),
        ("some 30.900 ha", "30.900"),
        ("on 2022-06-30 they met", "2022-06-30"),
        ("price and ½ more", "½"),
        ("m29x", "29"),
        ("of ٣ kinds", "٣"),
        ("# Heading 29", "29"),
        ("## 29 things", "29"),
        ("| a | 29 |", "29"),
        ("- item 29", "29"),
        ("1. item 29", "29"),
        ("29) not a list to the engine", "29"),
        ("1990. Not a mark of a list either", "1990"),
        ("**29** things", "29"),
        ("*29* things", "29"),
        ("_29_ things", "29"),
        ("[29 ha](area.md)", "29"),
        ("![29 ha](picture.png)", "29"),
        ('[area](area.md "29 ha")', "29"),
        ("`29` in code", "29"),
        ('<span title="29 ha">area</span>', "29"),
        ("<img src='x7.png' alt='29 ha'>", "29"),
        ('<div aria-label="29 ha">', "29"),
        ("<b>29</b>", "29"),
        ('Area {: title="29 ha" .c7 }', "29"),
        ("{ 29 } in braces", "29"),
        ("&#50;&#57; in entities", "29"),
        ("&frac12; in entities", "½"),
        ("> quoted 29", "29"),
        ("text[^1] and 29", "29"),
        ("three growers", "three"),
        ("THREE growers", "THREE"),
        ("twenty-one growers", "twenty-one"),
        ("twenty\u2011one growers", "twenty\u2011one"),
        ("thirty thousand growers", "thirty thousand"),
        ("a hundred and five growers", "hundred and five"),
        ("half a million growers", "half a million"),
        ("dozens of growers", "dozens"),
        ("the area doubled", "doubled"),
        ("a three-year plan", "three-year"),
        ("thr\u00adee growers", "three"),
        ("**three** growers", "three"),
        ("_three_ growers", "three"),
        ("one third of it", "third"),
    ],
)  # fmt: skip
def test_a_number_in_english_is_found(mini_dataset: Dataset, text: str, number: str) -> None:
    """Digits and number words are found wherever readers see them, each number once."""
    found = typed(mini_dataset, f"First line.\n\n{text}\n")

    assert [f.partition(": ")[0] for f in found] == ["docs/page.md:3"], found
    assert number in found[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("hay 30 900 ha", "30 900"),
        ("hay 0,5 ha", "0,5"),
        ("veintiún cultivadores", "veintiún"),
        ("veintiu\u0301n cultivadores", "veintiún"),
        ("VEINTIÚN cultivadores", "VEINTIÚN"),
        ("treinta y cinco familias", "treinta y cinco"),
        ("dos mil quinientas familias", "dos mil quinientas"),
        ("la mitad del área", "mitad"),
        ("el doble", "doble"),
        ("una tercera parte", "tercera"),
        ("medio centenar", "centenar"),
        ("tres de cada familia", "tres"),
        ("cientos de familias", "cientos"),
        ("se duplicó", "duplicó"),
    ],
)
def test_a_number_in_spanish_is_found(mini_dataset: Dataset, text: str, number: str) -> None:
    """Digits and number words are found wherever readers see them, each number once."""
    found = typed(mini_dataset, f"Primera línea.\n\n{text}\n", ES)

    assert [f.partition(": ")[0] for f in found] == ["docs/page.md:3"], found
    assert number in found[0]


@pytest.mark.parametrize(
    "text",
    [
        '{{ figure("crop-area", "XA", 2022) }}',
        '{{ cite("census-2021", "p. 12") }}',
        '{{ term("corm", "corms") }}',
        "[area](area-2022.md)",
        "[area](<area 29.md>)",
        "[area](area.md#law-7)",
        "[area](https://example.org/29?x=30)",
        "[area][29]\n\n[29]: https://example.org/29",
        "<https://example.org/29>",
        "see https://example.org/29.",
        "![area](picture-2x.png)",
        '<span id="x29" class="c7" data-n="5">area</span>',
        "Area {: #x29 .c7 }",
        "<!-- 29 ha -->",
        "1. first\n2. second\n\n   10. last",
        "text[^1]\n\n[^1]: A note.",
        "m² and km³",
        "Edict 7 of Three Rivers",
        "Edict\n7 again",
        "&nbsp;&#160;&amp;",
        "one grower, a second one, the first",
        "a couple, a pair, a score, someone, often, attention, weight",
        "In 2022 it was {{ figure('crop-area', 'XA', 2022) }}",
        "In 2017 came {{ when('edict-2017') }}",
    ],
)
def test_what_is_no_number_is_left_alone(mini_dataset: Dataset, text: str) -> None:
    """Macros, addresses, anchors, marks of lists, proper names and years of the section may stand."""
    assert typed(mini_dataset, f"{text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "un cultivador, uno, una, el primero, la segunda, medio camino, el par",
        "Edicto 7 y Tres Ríos",
        "dosis, tresillo, oncejo, docente, ciencia, milagro",
    ],
)
def test_what_is_no_number_in_spanish_is_left_alone(mini_dataset: Dataset, text: str) -> None:
    """Words that only look like numbers, or mostly state none, may stand."""
    assert typed(mini_dataset, f"{text}\n", ES) == []


def test_the_message_names_the_macro_that_prints_the_number(mini_dataset: Dataset) -> None:
    """A number of the dataset is found with the call to use instead."""
    found = typed(mini_dataset, "It stands on 4,500 ha.\n")

    call = '{{ figure("crop-area", "XA", "2022") }}'
    assert found == [
        f"docs/page.md:1: '4,500' is typed by hand; use {call}, if that is what it means"
    ]


def test_the_message_names_the_macro_for_a_number_in_words(mini_dataset: Dataset) -> None:
    """A number in words is recognised, and the call prints words."""
    found = typed(mini_dataset, "It stands on seven hundred hectares.\n")

    call = '{{ figure("crop-area", "XB", "2022", words=True) }}'
    assert found == [
        f"docs/page.md:1: 'seven hundred' is typed by hand; use {call}, if that is what it means"
    ]


def test_the_message_says_what_to_do_with_an_unknown_number(mini_dataset: Dataset) -> None:
    """A number that the dataset lacks must be put there."""
    found = typed(mini_dataset, "It stands on 123 ha.\n")

    assert found == [
        "docs/page.md:1: '123' is typed by hand; put the number into data/ and print it with"
        " {{ figure(…) }} or {{ derived(…) }}"
    ]


def test_a_year_needs_something_of_that_year(mini_dataset: Dataset) -> None:
    """A year that nothing in its section carries is found with the event of that year."""
    text = "In 2017 it rained.\n\n## Next\n\n{{ when('edict-2017') }}\n"

    assert typed(mini_dataset, text) == [
        "docs/page.md:1: the year 2017 is typed by hand, and nothing used in this section carries"
        ' it; use {{ when("edict-2017") }}, or a figure of that year in the section'
    ]


def test_a_year_with_a_unit_is_a_number(mini_dataset: Dataset) -> None:
    """What looks like a year of the section but has a unit beside it is found."""
    text = "In 2022 {{ figure('crop-area', 'XA', 2022) }} stood; 2022 ha more.\n"

    assert numbers(typed(mini_dataset, text)) == ["2022"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "In 2022 it cost US$ 2022 a head."),
        (EN, "In 2022 it cost US$2022."),
        (ES, "En 2022 costó USD 2022 el kilo."),
        (EN, "In 2022 they grew 2022 t more."),
        (EN, "In 2022 they grew 2022t more."),
    ],
)
def test_a_unit_may_stand_before_or_behind(
    mini_dataset: Dataset, language: Language, text: str
) -> None:
    """With a blank or without; each language has its own pattern."""
    pattern = Text("US$ {n}", "USD {n}")
    money = replace(mini_dataset.units["ha"], code="usd", pattern=pattern)
    units = (money, *mini_dataset._tables.units)
    dataset = Dataset(replace(mini_dataset._tables, units=units))
    call = "{{ figure('crop-area', 'XA', 2022) }}"

    assert numbers(typed(dataset, f"{call} {text}\n", language)) == ["2022"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 tonics sold.",
        "In 2022, haste ruled.",
        "The XUS$ 2022 list.",
        "US$ or 2022 pesos.",
        "2022 or so ha.",
    ],
)
def test_what_only_begins_like_a_unit_is_none(mini_dataset: Dataset, text: str) -> None:
    """A year is a year unless the whole unit stands right beside it."""
    money = replace(mini_dataset.units["ha"], code="usd", pattern=Text("US$ {n}", "USD {n}"))
    units = (money, *mini_dataset._tables.units)
    dataset = Dataset(replace(mini_dataset._tables, units=units))

    assert typed(dataset, f"{{{{ figure('crop-area', 'XA', 2022) }}}} {text}\n") == []


USE = '{{ figure("crop-area", "XA", "2022") }}, if that is what it means'
LACKING = "put the number into data/ and print it with {{ figure(…) }} or {{ derived(…) }}"


@pytest.mark.parametrize(
    ("language", "number", "remedy"),
    [
        (EN, "4,500", USE),
        (EN, "4500", USE),
        (EN, "4\u00a0500", USE),
        (EN, "4'500", USE),
        (EN, "4,500.0", USE),
        (EN, "4.500", LACKING),
        (ES, "4.500", USE),
        (ES, "4\u202f500", USE),
        (ES, "4.500,0", USE),
        (ES, "4,500", LACKING),
        (EN, "2022-06-30", LACKING),
        (EN, "½", LACKING),
        (EN, "4,400", LACKING),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(
    mini_dataset: Dataset, language: Language, number: str, remedy: str
) -> None:
    """Only so is the row known that has it; a deprecated row is not offered."""
    assert typed(mini_dataset, f"About {number} of them.\n", language) == [
        f"docs/page.md:1: '{number}' is typed by hand; "
        + (f"use {remedy}" if remedy == USE else remedy)
    ]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (EN, "two farms three barns", ["two", "three"]),
        (EN, "two, three", ["two", "three"]),
        (EN, "two and three", ["two and three"]),
        (EN, "a hundred and one farms", ["hundred and one"]),
        (EN, "one hundred farms", ["one hundred"]),
        (EN, "one, hundred farms", ["hundred"]),
        (EN, "one of hundred farms", ["hundred"]),
        (EN, "one", []),
        (EN, "twenty-one thousand and farms", ["twenty-one thousand"]),
        (EN, "two and farms and three", ["two", "three"]),
        (EN, "two\u00a0thousand", ["two\u00a0thousand"]),
        (ES, "treinta y una fincas", ["treinta y una"]),
        (ES, "dos fincas y tres casas", ["dos", "tres"]),
        (ES, "un millón", ["un millón"]),
        (ES, "un buen millón", ["millón"]),
    ],
)
def test_the_words_of_a_number_are_found_together(
    mini_dataset: Dataset, language: Language, text: str, found: list[str]
) -> None:
    """And those of two numbers apart."""
    assert numbers(typed(mini_dataset, f"{text}\n", language)) == found


def test_a_year_without_an_event_has_the_general_remedy(mini_dataset: Dataset) -> None:
    """There is nothing nearer to name."""
    assert typed(mini_dataset, "In 1999 it rained.\n") == [
        "docs/page.md:1: the year 1999 is typed by hand, and nothing used in this section carries"
        " it; use {{ when(…) }} or {{ figure(…) }}, or a figure of that year in the section"
    ]


def test_a_number_goes_on_over_the_lines_of_a_description(mini_dataset: Dataset) -> None:
    """Front matter may be folded; the finding stands where its key does."""
    front = {"title": "A page", "description": "Some thirty\nthousand, in 2022 or 1999"}
    chapter = Chapter("page.md", "docs/page.md", EN, front, "", 1, {"description": 3})
    done = rendering(chapter, Edition(mini_dataset, EN, draft=True))
    found = [str(finding) for finding in numbers_are_bound(chapter, done, mini_dataset)]

    assert len(found) == 3
    assert found[0].startswith("docs/page.md:3: the year 2022 is typed by hand")
    assert found[1].startswith("docs/page.md:3: the year 1999 is typed by hand")
    assert found[2].startswith("docs/page.md:3: 'thirty thousand' is typed by hand; put")


def test_years_of_the_whole_page_may_stand_in_its_description(mini_dataset: Dataset) -> None:
    """And any year, where a call fails."""
    front = {"title": "In 2022", "description": "In 2017"}
    for body, years in (
        ("{{ when('edict-2017') }} {{ figure('crop-area', 'XA', 2022) }}", 0),
        ("{{ when('edict-2017') }}", 1),
        ("{{ when('edict') }}", 0),
    ):
        chapter = Chapter("page.md", "docs/page.md", EN, front, body, 1)
        done = rendering(chapter, Edition(mini_dataset, EN, draft=True))
        assert len(list(numbers_are_bound(chapter, done, mini_dataset))) == years


def test_a_failed_call_does_not_put_its_years_in_doubt(mini_dataset: Dataset) -> None:
    """A year beside a misspelled call is not a second finding."""
    assert typed(mini_dataset, "In 2022 it was {{ figure('crop-aera', 'XA', 2022) }}.\n") == []


def test_a_number_in_the_words_of_a_term_is_found(mini_dataset: Dataset) -> None:
    """What a macro makes readers see in the author's words is prose."""
    assert numbers(typed(mini_dataset, '{{ term("corm", "29 corms") }}\n')) == ["29"]


def test_a_number_in_the_title_is_found(mini_dataset: Dataset) -> None:
    """Title and description are prose; the finding stands in their line."""
    found = typed(mini_dataset, "Words.\n", title="The 29 rows")

    assert [f.partition(": ")[0] for f in found] == ["docs/page.md:2"]


def test_lines_are_counted_with_the_front_matter(project: Path) -> None:
    """The line of a finding is that of the file."""
    path = "docs/en/farming.md"
    rows = (project / path).read_text().split("\n")
    rows[9] += " Or 29."

    code, found = after(project, path, "\n".join(rows))

    assert (code, [(p, line) for p, line, _ in found]) == (1, [(path, 10)])


LETTERS = st.text("abcdefgh", min_size=2, max_size=8).filter(
    lambda word: not formatting.number_words(EN) & {word} and word not in ("abc",)
)
FRAMES = st.sampled_from(
    ["{} ha", "# {}", "- {}", "| {} |", "*{}*", "**{}**", "[{}](x.md)", "![{}](x.png)", "> {}",
     "`{}`", '<i title="{}">i</i>', '[i](x.md "{}")', "({})", "«{}»", "{}%", "US$ {}", "−{}",
     "<b>{}</b>", "so {},", "so {}.", "x{}", "1. {}", "* {}", "«{}» {{: .c7 }}"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    value=st.integers(2, 999_999_999).filter(lambda n: not 1400 <= n <= 2099),
    frame=FRAMES,
    words=st.lists(LETTERS, max_size=4),
    mark=st.sampled_from(["", ",", ".", "\u202f", "\u00a0", "\u2009", " ", "'"]),
    language=st.sampled_from([EN, ES]),
)
def test_no_generated_number_is_missed(
    mini_dataset: Dataset,
    value: int,
    frame: str,
    words: list[str],
    mark: str,
    language: Language,
) -> None:
    """A number with any thousands sign, anywhere in a sentence, is one finding in its line."""
    number = f"{value:,}".replace(",", mark)
    text = "\n\n".join([" ".join(words), frame.format(number), " ".join(words)])

    found = typed(mini_dataset, f"{text}\n", language)

    assert [f.partition(": ")[0] for f in found] == ["docs/page.md:3"], (text, found)


@settings(max_examples=150, deadline=None)
@given(
    value=st.one_of(st.integers(2, 100), st.sampled_from([200, 900, 2000, 30_000, 5_000_000])),
    frame=FRAMES.filter(lambda frame: "x{}" not in frame),
    language=st.sampled_from([EN, ES]),
    capital=st.booleans(),
)
def test_no_generated_number_word_is_missed(
    mini_dataset: Dataset, value: int, frame: str, language: Language, capital: bool
) -> None:
    """A number in words, anywhere, is one finding that names all its words."""
    words = formatting.words(value, language)
    words = words.upper() if capital else words

    found = typed(mini_dataset, f"{frame.format(words)}\n", language)

    assert numbers(found) == [words], found


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_read_without_failing(mini_dataset: Dataset, text: str) -> None:
    """Whatever a page holds, the rule gives findings and never an error."""
    chapter = Chapter("page.md", "docs/page.md", EN, {}, text, 1)
    done = rendering(chapter, Edition(mini_dataset, EN, draft=True))
    list(numbers_are_bound(chapter, done, mini_dataset))
