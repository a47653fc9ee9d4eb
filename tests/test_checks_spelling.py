"""A misspelt word is one finding at its line, with what was meant; the project's own words are none."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from factbook import dictionaries
from factbook.dictionaries import misspelt
from factbook.model import Language
from factbook.passages import of_program
from tests.miniature import REAL

Lines = Callable[[], list[str]]
REMEDY = "Mend it, or add it to data/words.txt if it is right"


def replaced(file: Path, old: str, new: str) -> int:
    """Put ``new`` in the place of ``old``; return the line it stands in."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("path", "old", "new", "language", "meant"),
    [
        ("docs/en/farming.md", "nobody objected", "nobody objectd", "English", "objected"),
        ("docs/es/farming.md", "nadie objetó", "nadie objétó", "Spanish", "objetó"),
        ("docs/en/farming.md", '"fallow land"', '"fallow laand"', "English", "land"),
        ("docs/es/farming.md", "azafrán y cuánto", "azafrán y cuántto", "Spanish", "cuánto"),
    ],
    ids=["English", "Spanish", "shown by a call", "front matter"],
)
def test_a_misspelt_word_of_a_chapter(
    mini: Path, findings: Lines, path: str, old: str, new: str, language: str, meant: str
) -> None:
    """In prose, in what a call shows, in the description: one finding at its line."""
    line = replaced(mini / path, old, new)
    word = new.split()[-1].strip('"')
    (found,) = findings()
    assert found.startswith(f"{path}:{line}: '{word}' is in no {language} dictionary. Did you mean")
    assert f"'{meant}'" in found
    assert found.endswith(f"? {REMEDY}")


def test_the_word_that_the_project_uses_is_named_first(mini: Path, findings: Lines) -> None:
    """Of several near words the one used elsewhere is the likeliest meant."""
    line = replaced(mini / "docs/en/farming.md", "raised the limit", "raised the limitt")
    assert findings() == [
        f"docs/en/farming.md:{line}: 'limitt' is in no English dictionary."
        f" Did you mean 'limit' or 'limits'? {REMEDY}"
    ]


@pytest.mark.parametrize("language", Language)
def test_a_misspelt_word_of_the_data(mini: Path, findings: Lines, language: Language) -> None:
    """A title, a definition or a text of the data is looked up in its own language."""
    file = mini / "data/events.toml"
    key = f"text.{language.value} = "
    rows = file.read_text("utf-8").split("\n")
    line = next(n for n, row in enumerate(rows, start=1) if row.startswith(key))
    rows[line - 1] = rows[line - 1].rstrip('"') + ' Zzqx."'
    file.write_text("\n".join(rows), encoding="utf-8")
    name = {"en": "English", "es": "Spanish"}[language.value]
    message = f"'Zzqx' is in no {name} dictionary. {REMEDY}"
    assert findings() == [f"data/events.toml:{line}: {message}"]


def test_a_misspelt_word_of_a_part_is_found_at_the_part(mini: Path, findings: Lines) -> None:
    """The title of a step of a diagram is one of the texts of the data."""
    file = mini / "data/diagrams.toml"
    rows = file.read_text("utf-8").split("\n")
    line = next(n for n, row in enumerate(rows, start=1) if row.startswith("title.en = "))
    rows[line - 1] = rows[line - 1].rstrip('"') + ' zzqx"'
    file.write_text("\n".join(rows), encoding="utf-8")
    assert findings() == [
        f"data/diagrams.toml:{line}: 'zzqx' is in no English dictionary. {REMEDY}"
    ]


def test_a_word_of_one_language_is_no_word_of_the_other(mini: Path, findings: Lines) -> None:
    """English words that are left over on a Spanish page are found."""
    line = replaced(mini / "docs/es/farming.md", "nadie objetó", "nobody objetó")
    (found,) = findings()
    assert found.startswith(f"docs/es/farming.md:{line}: 'nobody' is in no Spanish dictionary.")


def test_a_word_that_stands_twice_is_reported_once(mini: Path, findings: Lines) -> None:
    """One finding a word and a file, where it first stands."""
    line = replaced(mini / "docs/en/farming.md", "nobody objected", "nobody zzqx zzqx")
    file = mini / "docs/en/farming.md"
    file.write_text(file.read_text("utf-8") + "\nAgain zzqx.\n", encoding="utf-8")
    (found,) = findings()
    assert found.startswith(f"docs/en/farming.md:{line}: 'zzqx' is in no English dictionary.")


@pytest.mark.parametrize(
    "text",
    [
        "The XQZW and its XQZWs said so.",
        "See https://qqzz.example/xxyy and zzqx@qqzz.example.",
        'They call it <i lang="qu">akullikuy zzqx</i>.',
        "The farmers’ guild, the farmer’s limit, Bovaria’s well-kept count.",
        "Three Rivers and Ardania are names.",
    ],
    ids=["capitals", "address", "foreign", "apostrophes", "names"],
)
def test_what_is_no_matter_of_spelling(mini: Path, findings: Lines, text: str) -> None:
    """Abbreviations, addresses, words marked as of another language and names are passed over."""
    replaced(mini / "docs/en/farming.md", "In 2017 nobody objected.", text + " In 2017 none did.")
    assert findings() == []


def test_a_word_of_the_list_is_right_in_both_languages(mini: Path, findings: Lines) -> None:
    """What is added to ``data/words.txt`` is found no more, at the start of a sentence too."""
    for path, old in (("en", "nobody objected"), ("es", "nadie objetó")):
        replaced(mini / f"docs/{path}/farming.md", old, f"{old}. Zzqx, zzqx")
    assert len(findings()) == 2 * 2  # with a capital and without one, in both languages
    words = mini / "data/words.txt"
    words.write_text(words.read_text("utf-8") + "zzqx\n", encoding="utf-8")
    assert findings() == []


def test_a_name_of_the_list_needs_its_capital(mini: Path, findings: Lines) -> None:
    """A name in lower case is a misspelt word."""
    words = mini / "data/words.txt"
    words.write_text(words.read_text("utf-8") + "Zzqx\n", encoding="utf-8")
    replaced(mini / "docs/en/farming.md", "nobody objected", "Zzqx and zzqx objected")
    (found,) = findings()
    assert "'zzqx' is in no English dictionary" in found


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("two words\n", "'two words' is not one word; write a single word a line, letters only"),
        (
            "aardvark\n",
            "'aardvark' is out of order; sort the words without regard to accents and case",
        ),
        ("zzqx\nzzqx\n", "'zzqx' stands there twice; keep one"),
    ],
)
def test_the_list_is_in_order(mini: Path, findings: Lines, added: str, message: str) -> None:
    """One word a line, sorted, each once."""
    words = mini / "data/words.txt"
    text = words.read_text("utf-8") + added
    words.write_text(text, encoding="utf-8")
    assert findings() == [f"data/words.txt:{text.count(chr(10))}: {message}"]


def test_what_was_learnt_is_kept_and_a_broken_cache_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warm look-up reads no word list; a cache that cannot be read gives the same answer."""
    monkeypatch.setattr(dictionaries, "_CACHE", tmp_path)
    asked = ["gobierno", "govierno"]

    def again() -> object:
        dictionaries._learnt.cache_clear()
        return misspelt(asked, Language.ES)

    first = again()
    assert first == {"govierno": ("gobierno",)}
    (kept,) = tmp_path.glob("es-*.json")
    with monkeypatch.context() as without:
        without.setattr(dictionaries, "_list", None)
        assert again() == first
    for broken in ("", "[1]", '{"gobierno": 1}', "\x00"):
        kept.write_text(broken, encoding="utf-8")
        assert again() == first
    dictionaries._learnt.cache_clear()


def test_spanish_is_written_for_la_paz_and_for_lima() -> None:
    """A word of either country's list is right, and one of neither is not."""
    assert misspelt(["chacra", "ají", "choclo", "monitoreo"], Language.ES) == {}
    assert set(misspelt(["organisación"], Language.ES)) == {"organisación"}


def test_english_is_british() -> None:
    """Organisation and labelled are right; organization is not."""
    assert set(misspelt(["organisation", "labelled", "organization"], Language.EN)) == {
        "organization"
    }


def module(mini: Path, text: str) -> None:
    """Write a chart module of the small project."""
    file = mini / "factbook/charts/saffron.py"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def test_a_misspelt_word_of_a_chart(mini: Path, findings: Lines) -> None:
    """What a module says is looked up where it is written, each language in its own."""
    module(
        mini,
        'TITLE = Text("The harvest", "La cosecha")\n'
        "NOTE = Text(  # why\n"
        '    "Since {year}, the harvest of {area} rests on"\n'
        '    " a survvey.",\n'
        '    f"Desde {first.year} la cosecha se mmide.",\n'
        ")\n",
    )
    path = "factbook/charts/saffron.py"
    found = findings()
    assert len(found) == 2
    assert found[0].startswith(f"{path}:3: 'survvey' is in no English dictionary. Did you mean")
    assert found[1].startswith(f"{path}:5: 'mmide' is in no Spanish dictionary. Did you mean")


def test_a_chart_is_quoted_and_worded_as_pages_are(mini: Path, findings: Lines) -> None:
    """The rules of the wording hold for what charts say, too."""
    module(mini, """A = Text('The "harvest"', "La cosecha")\n""")
    (found,) = findings()
    assert found.startswith('factbook/charts/saffron.py:1: "harvest" has the mark "; a quotation')


@pytest.mark.parametrize(
    "text",
    [
        'A = Text("The {zzqx} {zzqx.name} harvest", "La cosecha {zzqx:.1f}")',
        "A = Text(zzqx, mmide)",
        'A = MyText("zzqx", "mmide")',
        'A = {"zzqx": Text("The harvest", "La cosecha")}  # zzqx',
    ],
    ids=["fields", "no literals", "another call", "key and comment"],
)
def test_what_a_module_does_not_say(mini: Path, findings: Lines, text: str) -> None:
    """Names of fields, keys and comments are no words that readers see."""
    module(mini, text + "\n")
    assert findings() == []


SAID_ELSEWHERE = {
    "a column": (
        "factbook/tables_of_it.py",
        'A = _must("zzqx", "The harvvest", "La cosecha", "zzqx.id")\nB = Text("", "")\n',
        1,
        "English",
    ),
    "words of a template": (
        "overrides/partials/language.html",
        '{\n"en": {\n"zzqx.key": "Contents",\n},\n"es": {\n"toc": "Contenidoo",\n},\n}\n',
        6,
        "Spanish",
    ),
    "what is said in the other language": (
        "overrides/partials/language.html",
        '{\n"en": {\n"own.other.says": "Leer esta págiina",\n},\n}\n',
        3,
        "Spanish",
    ),
    "a section of a template": (
        "overrides/404.html",
        '<b>zzqx</b>\n<section lang="es-419">\n<p class="zzqx">Portadda {{ zzqx }}</p>\n</section>\n',
        3,
        "Spanish",
    ),
    "what the site is about": (
        "data/site.toml",
        '[about]\nen = "The harvvest"\nes = "La cosecha"\n\n[file]\nen = "zzqx"\nes = "zzqx"\n',
        2,
        "English",
    ),
}


@pytest.mark.parametrize("kind", SAID_ELSEWHERE)
def test_a_misspelt_word_beside_chapters_and_data(mini: Path, findings: Lines, kind: str) -> None:
    """In its line and its language, and nothing that readers do not see."""
    path, text, line, language = SAID_ELSEWHERE[kind]
    file = mini / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (found,) = findings()
    assert found.startswith(f"{path}:{line}: '") and f"is in no {language} dictionary." in found


@pytest.mark.skipif("MUTANT_UNDER_TEST" in os.environ, reason="the program it reads is changed")
def test_every_text_of_the_program_is_read() -> None:
    """The quick reading finds what a parser finds, and the same words."""
    for path in sorted((REAL / "factbook").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        said = [(p.place.line, p.text) for p in of_program([(path.name, source)])]
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) != "Text":
                continue
            for part in call.args:
                if all(isinstance(each, ast.Constant) for each in call.args):
                    assert isinstance(part, ast.Constant)
                    text = re.sub(r"\{[^{}]*\}", " ", str(part.value))
                    assert (part.lineno, text) in said, f"{path.name}:{part.lineno}"
