"""Where in a source something stands, in the notation of the data and in both languages."""

from __future__ import annotations

import re

import pytest

from factbook import locators
from factbook.errors import FactbookError
from factbook.formatting import DASH
from factbook.model import Language

EN, ES = Language.EN, Language.ES
FORMS = (
    "Write p., para., table, fig., art., sec., ch., annex, note, box or bullet with a number, or"
    " title, lead, summary, abstract, caption, last paragraph, last bullet or last section; put a"
    " heading of the source in double quotes"
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "the locator is empty; say where in the source, like 'p. 4' or 'para. 2'"),
        (" ", "the locator is empty; say where in the source, like 'p. 4' or 'para. 2'"),
        ('"Title', "locator '\"Title' has a quote that is never closed; close it"),
        (
            "p. 4; table 2",
            "locator 'p. 4; table 2' has parts that are not joined by ', '; join them so",
        ),
        (
            "p. 4,table 2",
            "locator 'p. 4,table 2' has parts that are not joined by ', '; join them so",
        ),
        ("p. 4, ", "locator 'p. 4, ' has parts that are not joined by ', '; join them so"),
        ("para. 2-3", "locator 'para. 2-3' names several; write 'paras. 2-3'"),
        (
            "para. 2, 4",
            "locator '4' continues 'para.'; write 'paras.' before the first number",
        ),
        (
            "para 2",
            "locator 'para 2' is not in the grammar. Did you mean 'para.' or 'paras.'?",
        ),
        (
            "p. 4, tabel 3",
            "locator 'tabel 3' is not in the grammar. Did you mean 'table' or 'tables'?",
        ),
        ("4", f"locator '4' is not in the grammar. {FORMS}"),
        ("title, 4", f"locator '4' is not in the grammar. {FORMS}"),
        ("first verse", f"locator 'first verse' is not in the grammar. {FORMS}"),
        ('""', f"locator '\"\"' is not in the grammar. {FORMS}"),
    ],
)
def test_a_locator_outside_the_grammar_is_refused(text: str, fault: str) -> None:
    """The message quotes the part at fault and names the remedy; translating it fails alike."""
    assert locators.fault_of(text) == fault
    with pytest.raises(FactbookError) as caught:
        locators.printed(text, EN)
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    ("text", "spanish"),
    [
        ("p. 4", "p. 4"),
        ("pp. 4-5", "pp. 4–5"),
        ("pp. iv-vi", "pp. iv–vi"),
        ("para. 2", "párr. 2"),
        ("paras. 2-3", "párrs. 2–3"),
        ("paras. 1, 3-4", "párrs. 1, 3–4"),
        ("table 3.1", "cuadro 3.1"),
        ("tables 3-4", "cuadros 3–4"),
        ("table", "cuadro"),
        ("fig. 2a", "fig. 2a"),
        ("art. 49(1)(c)", "art. 49(1)(c)"),
        ("arts. 26-27", "arts. 26–27"),
        ("sec. A", "sec. A"),
        ("ch. 3", "cap. 3"),
        ("annex II", "anexo II"),
        ("note 5", "nota 5"),
        ("box 1", "recuadro 1"),
        ("title", "título"),
        ("lead", "entradilla"),
        ("summary, para. 3", "resumen, párr. 3"),
        ("abstract", "resumen"),
        ("caption", "pie de foto"),
        ("para. 1, last paragraph", "párr. 1, último párrafo"),
        ("bullets 1-2, last bullet", "viñetas 1–2, última viñeta"),
        ('"No-Man\'s Land"', "“No-Man’s Land”"),
        ('"Community regulation, part 1", para. 2', "“Community regulation, part 1”, párr. 2"),
        ('"On p. 4; title"', "“On p. 4; title”"),
    ],
)
def test_a_locator_is_translated_part_by_part(text: str, spanish: str) -> None:
    """English is the notation itself but for dashes and marks; headings keep their language."""
    assert locators.fault_of(text) is None
    english = re.sub('"([^"]*)"', "“\\1”", text)
    assert locators.printed(text, EN) == (
        "“No-Man’s Land”" if "Man" in text else english.replace("-", DASH)
    )
    assert locators.printed(text, ES) == spanish
