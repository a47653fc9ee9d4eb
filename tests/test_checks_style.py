"""What the editorial guide asks and counting can tell: short chapters, short sentences, plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.checks import check_project
from factbook.model import Language
from factbook.readability import measure, spanish_syllables, table
from tests.miniature import edition_of_mini

Lines = Callable[[], list[str]]

STYLE = """[judging-en]
language = "en"
words = ["brutal*", "war on saffron"]
remedy = "let a figure say it"

[judging-es]
language = "es"
words = ["brutal*"]
remedy = "let a figure say it"
"""


def replaced(file: Path, old: str, new: str) -> int:
    """Put ``new`` in the place of ``old``; return the line it stands in."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.fixture(name="styled")
def with_style(mini: Path) -> Path:
    """The small project with words to avoid."""
    (mini / "data/style.toml").write_text(STYLE, encoding="utf-8")
    return mini


@pytest.mark.parametrize(
    ("path", "old", "new", "typed"),
    [
        ("docs/en/farming.md", "nobody objected", "brutally, few objected", "brutally"),
        ("docs/en/farming.md", "nobody objected", "the war on  saffron began", "war on  saffron"),
        ("docs/es/farming.md", "nadie objetó", "nadie fue Brutal", "Brutal"),
    ],
)
def test_a_word_that_the_guide_avoids(
    styled: Path, findings: Lines, path: str, old: str, new: str, typed: str
) -> None:
    """One finding at its line with the remedy, whatever its ending, case and blanks."""
    line = replaced(styled / path, old, new)
    assert findings() == [
        f"{path}:{line}: '{typed}' is a word that the guide avoids; let a figure say it"
    ]


def test_a_word_of_the_data_is_found_in_its_language(styled: Path, findings: Lines) -> None:
    """Texts of the data follow the guide as chapters do."""
    file = styled / "data/events.toml"
    rows = file.read_text("utf-8").split("\n")
    line = next(n for n, row in enumerate(rows, start=1) if row.startswith("text.es = "))
    rows[line - 1] = rows[line - 1].rstrip('"') + ' Fue brutal."'
    file.write_text("\n".join(rows), encoding="utf-8")
    assert findings() == [
        f"data/events.toml:{line}: 'brutal' is a word that the guide avoids; let a figure say it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The guild spoke of a “brutal war on saffron”.",
        "The guild’s word was ‘brutal’.",
        "Nobody is called Unbrutal or non-brutal here.",
    ],
    ids=["quoted", "single quotes", "part of a word"],
)
def test_what_others_say_and_parts_of_words_are_passed_over(
    styled: Path, findings: Lines, text: str
) -> None:
    """A quotation is in the words of those who are quoted."""
    words = styled / "data/words.txt"
    words.write_text(words.read_text("utf-8") + "unbrutal\n", encoding="utf-8")
    rows = sorted(words.read_text("utf-8").splitlines(), key=lambda row: row == "unbrutal")
    assert rows[-1] == "unbrutal"
    replaced(styled / "docs/en/farming.md", "In 2017 nobody objected.", f"In 2017. {text}")
    assert [f for f in findings() if "guide" in f] == []


def test_what_a_tested_claim_says_is_not_in_our_words(styled: Path, findings: Lines) -> None:
    """A claim may use any word; our reason may not."""
    file = styled / "data/claims.toml"
    rows = file.read_text("utf-8").split("\n")
    said = next(n for n, row in enumerate(rows) if row.startswith("said.en = "))
    reason = next(n for n, row in enumerate(rows) if row.startswith("reason.en = "))
    for at in (said, reason):
        rows[at] = rows[at].rstrip('"') + ' Brutal."'
    file.write_text("\n".join(rows), encoding="utf-8")
    (found,) = findings()
    assert found.startswith(f"data/claims.toml:{reason + 1}: 'Brutal' is a word")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('language = "en"', 'language = "fr"', "'fr'"),
        ('words = ["brutal*", "war on saffron"]', "words = []", "words"),
        ('remedy = "let a figure say it"\n\n[judging-es]', "\n[judging-es]", "remedy"),
    ],
)
def test_a_spoiled_record_is_a_finding(
    styled: Path, findings: Lines, old: str, new: str, message: str
) -> None:
    """A language, at least one word and a remedy are needed."""
    replaced(styled / "data/style.toml", old, new)
    (found,) = findings()
    assert found.startswith("data/style.toml:") and "[judging-en]" in found and message in found


@pytest.mark.parametrize(("language", "most"), [("en", 40), ("es", 45)])
def test_a_long_sentence_is_found_where_it_begins(
    mini: Path, findings: Lines, language: str, most: int
) -> None:
    """At the limit nothing is said; one word more is a finding with the count."""
    file = mini / f"docs/{language}/farming.md"
    word = {"en": "row", "es": "fila"}[language]
    old = {"en": "In 2017 nobody objected.", "es": "En 2017 nadie objetó."}[language]
    text = file.read_text("utf-8")
    line = replaced(file, old, f"{old}\nA" + f" {word}" * (most - 1) + ".") + 1
    assert findings() == []
    file.write_text(text, encoding="utf-8")
    replaced(file, old, f"{old}\nA" + f" {word}" * most + ".")
    (found,) = findings()
    assert found == (
        f"docs/{language}/farming.md:{line}: the sentence “A {word} {word} {word} …” has"
        f" {most + 1} words, more than {most}; cut it"
    )


def test_figures_count_as_they_are_shown_and_cards_not_at_all(mini: Path, findings: Lines) -> None:
    """A figure counts with its qualifier and unit, whatever its card says; a citation is none."""
    rows = " row" * 36
    call = '{{ figure("crop-area", "XA", 2022) }}{{ cite("crown-edict", "art. 2") }}'
    old = "nobody objected."
    replaced(mini / "docs/en/farming.md", old, f"{old}\nOf {call}{rows}.")
    replaced(mini / "docs/es/farming.md", "nadie objetó.", f"nadie objetó.\nDe {call}.")
    assert findings() == []  # "Of", "about 4,500 ha", and the rows: 40


def test_points_of_abbreviations_end_no_sentence(mini: Path, findings: Lines) -> None:
    """A sentence goes on after an initial or an abbreviation, and is one with its end."""
    rows = " row" * 20
    replaced(
        mini / "docs/en/farming.md",
        "nobody objected.",
        f"nobody. A J. Smith, p. X{rows} art. A{rows}.",
    )
    assert [f for f in findings() if "words, more than" in f]


def test_a_long_chapter_is_found_at_its_beginning(mini: Path, findings: Lines) -> None:
    """Two thousand words of running text; tables, headings and lists of sources do not count."""
    file = mini / "docs/en/farming.md"
    text = file.read_text("utf-8")
    minute = '<div class="minute" markdown>\n\nShort.\n\n</div>\n'
    sentence = "A row of saffron is a row of saffron.\n"
    table = "\n| a | b |\n|---|---|\n" + "| one word | and more |\n".replace("one ", "") * 900
    file.write_text(text + minute + sentence * 200 + table, encoding="utf-8")
    assert findings() == []
    file.write_text(text + minute + sentence * 230 + table, encoding="utf-8")
    (found,) = findings()
    assert found.startswith("docs/en/farming.md:5: has 2")
    assert found.endswith("words, more than 2000; shorten it, or move a part")
    file.write_text(text + sentence * 230, encoding="utf-8")
    assert findings() == []  # a page that is no chapter may be as long as it needs


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("hoja", 2), ("erradicación", 5), ("Perú", 2), ("país", 2), ("guerra", 2), ("que", 1),
        ("cigüeña", 3), ("leer", 2), ("oído", 3), ("ley", 1), ("leyes", 2), ("cuota", 2),
        ("vigilancia", 4), ("muy", 1), ("río", 2), ("ciudad", 2), ("poeta", 3), ("y", 1),
    ],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    """Diphthongs are one syllable, strong vowels two, an accented weak vowel stands alone."""
    assert max(1, spanish_syllables(word)) == count


@pytest.mark.parametrize("language", Language)
def test_the_report_measures_what_readers_read(mini: Path, language: Language) -> None:
    """Words, sentences, figures and citations of a page, and an index within its scale."""
    from factbook.rendering import rendering

    project = check_project(mini)
    (chapter,) = [c for c in project.chapters[language] if c.path == "farming.md"]
    found = measure(chapter, rendering(chapter, edition_of_mini(mini, language)))
    assert found is not None
    assert (len(found.sentences), len(found.paragraphs)) == (11, 3)
    assert sum(p.figures for p in found.paragraphs) == 14
    assert sum(p.citations for p in found.paragraphs) == 1
    assert 0 < found.indices[0] < 120
    lines = list(table([found]))
    assert lines[1].split()[:2] == ["farming.md", language.value]
