"""What the end of a line may not part is held together in the text of a page, and nothing else is."""

from __future__ import annotations

import pytest

from factbook.errors import Place
from factbook.formatting import NO_BREAK
from factbook.markup.unbroken import unbroken
from factbook.model import Language, Text, Unit, UnitKind

EN, ES = Language.EN, Language.ES


def unit(name: Text, pattern: Text) -> Unit:
    """Return a unit of this name and pattern."""
    return Unit("u", name, pattern, UnitKind.AMOUNT, Place("units.csv"))


UNITS = (
    unit(Text("hectares", "hectáreas"), Text("{n} ha", "{n} ha")),
    unit(Text("per cent", "por ciento"), Text("{n}%", "{n} %")),
    unit(Text("million US dollars", "millones de dólares"), Text("US$ {n} million", "US$ {n} millones")),
    unit(Text("soles per arroba", "soles por arroba"), Text("S/ {n} an arroba", "S/ {n} la arroba")),
    unit(Text("one in so many", "uno de cada tantos"), Text("1 in {n}", "1 de cada {n}")),
    unit(Text("people", "personas"), Text("{n}", "{n}")),
)  # fmt: skip


def held(language: Language, markup: str) -> str:
    """Return the text with its no-break spaces written as ~."""
    return unbroken(language, UNITS)(markup).replace(NO_BREAK, "~")


@pytest.mark.parametrize(
    ("language", "markup", "expected"),
    [
        (ES, "unas 12 ha de 40 %", "unas 12~ha de 40~%"),
        (ES, "Son 5 millones de dólares", "Son 5~millones de dólares"),
        (ES, "12 hectáreas", "12~hectáreas"),
        (ES, "a S/ 20 la arroba, 20 soles", "a S/~20 la arroba, 20~soles"),
        (EN, "US$ 5 million on 12 hectares", "US$~5~million on 12~hectares"),
        (ES, "párr. 2; párrs. 3, 4; cuadro 1", "párr.~2; párrs.~3, 4; cuadro~1"),
        (EN, "para. 2, table 1, art. 3", "para.~2, table~1, art.~3"),
        (ES, "la Lista IV, los artículos 26 y 27", "la Lista~IV, los artículos~26 y 27"),
        (ES, "la Ley 906, N.º 5", "la Ley~906, N.º~5"),
        (EN, "Schedule I and Law 906", "Schedule~I and Law~906"),
        (ES, "según EE. UU., s. f.", "según EE.~UU., s.~f."),
    ],
)
def test_what_belongs_together(language: Language, markup: str, expected: str) -> None:
    """A number and its unit, an abbreviation or a law and its number, a double abbreviation."""
    assert held(language, markup) == expected


@pytest.mark.parametrize(
    ("language", "markup"),
    [
        (ES, "en 2019 había 12 harapos"),  # begins like a unit
        (EN, "died in 2019, one in 2020"),  # words of a unit that stand beside years
        (ES, "de cada 10; en 2024 la ONU, en 2024 por ley personas y uno"),
        (ES, "la Lista Internacional"),  # begins like a Roman number
        (ES, "la vista 4"),  # ends like a word that takes a number
        (EN, "párr. 2"),  # of the other language
        (EN, "Carl. 4"),
        (ES, '<path d="M 1 2 ha"/><p title="12 ha">x</p>'),
        (ES, "<style>a 1 ha</style><script>1 ha</script><pre>1 ha</pre><code>1 ha</code>"),
    ],
)
def test_what_is_left_alone(language: Language, markup: str) -> None:
    """Other words, attributes, scripts, styles and code."""
    assert held(language, markup) == markup


def test_the_text_around_tags_is_held() -> None:
    """Each piece of text is looked at, and nothing is lost."""
    markup = "<p>1 ha<b>2 ha</b> 3 ha</p><code>4 ha</code>5 ha"
    assert held(ES, markup) == "<p>1~ha<b>2~ha</b> 3~ha</p><code>4 ha</code>5~ha"
