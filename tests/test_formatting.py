"""How numbers, dates and units read in English and in Spanish."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook import formatting
from factbook.errors import FactbookError, Place
from factbook.formatting import DASH, MINUS, NARROW, NO_BREAK
from factbook.model import Language, Qualifier, Text, Unit, UnitKind
from factbook.periods import Period

EN, ES = Language.EN, Language.ES


def unit(english: str, spanish: str | None = None) -> Unit:
    """Return a unit with these patterns."""
    return Unit(
        "u", Text("", ""), Text(english, spanish or english), UnitKind.AMOUNT, Place("units.csv")
    )


HECTARES = unit("{n} ha")
DOLLARS = unit("US$ {n} million", "US$ {n} millones")
COUNT = unit("{n}")


def quantity(
    what: Unit,
    language: Language,
    value: str | None = None,
    *,
    low: str | None = None,
    high: str | None = None,
    qualifier: Qualifier = Qualifier.EXACT,
) -> str:
    """Return a quantity of the given texts, with two decimals at most."""
    numbers = [None if text is None else Decimal(text) for text in (value, low, high)]
    return formatting.quantity(
        what,
        language,
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        qualifier=qualifier,
        decimals=2,
    )


def read_back(shown: str, language: Language) -> Decimal:
    """Return the number that a reader of the language reads."""
    group, point = (",", ".") if language is EN else (NARROW, ",")
    return Decimal(shown.replace(group, "").replace(point, ".").replace(MINUS, "-"))


def decimals() -> st.SearchStrategy[Decimal]:
    """Return numbers with up to four digits after the point, some large."""
    return st.integers(0, 4).flatmap(
        lambda places: st.integers(-(10**15), 10**15).map(
            lambda digits: Decimal(digits).scaleb(-places)
        )
    )


@pytest.mark.parametrize(
    ("value", "places", "english", "spanish"),
    [
        ("0", 0, "0", "0"),
        ("7", 0, "7", "7"),
        ("999", 0, "999", "999"),
        ("1405", 0, "1,405", "1405"),
        ("9999", 0, "9,999", "9999"),
        ("9999.5", 0, "10,000", f"10{NARROW}000"),
        ("30900", 0, "30,900", f"30{NARROW}900"),
        ("1234567.891", 2, "1,234,567.89", f"1{NARROW}234{NARROW}567,89"),
        ("1405", 1, "1,405", "1405"),
        ("10.5", 2, "10.5", "10,5"),
        ("10.50", 2, "10.50", "10,50"),
        ("10.50", 1, "10.5", "10,5"),
        ("1E+3", 1, "1,000", "1000"),
        ("-0.25", 2, f"{MINUS}0.25", f"{MINUS}0,25"),
        ("-30900", 0, f"{MINUS}30,900", f"{MINUS}30{NARROW}900"),
    ],
)
def test_a_number_reads_as_its_language_writes_it(
    value: str, places: int, english: str, spanish: str
) -> None:
    """No digit is shown that the number has not; four digits stand together in Spanish."""
    assert formatting.number(Decimal(value), EN, decimals=places) == english
    assert formatting.number(Decimal(value), ES, decimals=places) == spanish


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.5", "1"),
        ("1.5", "2"),
        ("2.5", "3"),
        ("-2.5", f"{MINUS}3"),
        ("2.49", "2"),
        ("-0.4", "0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, shown: str) -> None:
    """Readers learnt this rule at school; zero never has a sign."""
    assert formatting.number(Decimal(value), EN, decimals=0) == shown


def test_a_number_may_have_many_digits() -> None:
    """More than Python keeps of a decimal unless it is asked."""
    digits = "123" * 12
    assert formatting.number(Decimal(f"{digits}.55"), ES, decimals=1) == (
        f"{NARROW.join(['123'] * 12)},6"
    )


@pytest.mark.parametrize(
    ("value", "shown"), [("12", "+12"), ("-12", f"{MINUS}12"), ("0", "0"), ("0.4", "0")]
)
def test_a_change_shows_its_sign(value: str, shown: str) -> None:
    """What grew has a plus, what did not change has none."""
    assert formatting.number(Decimal(value), EN, decimals=0, plus=True) == shown


@given(decimals(), st.sampled_from(Language))
def test_a_number_can_be_read_back(value: Decimal, language: Language) -> None:
    """Nothing but rounding happens to a number, in either language."""
    assert read_back(formatting.number(value, language, decimals=9), language) == value


@given(decimals(), st.integers(0, 4), st.sampled_from(Language))
def test_a_number_is_off_by_half_a_digit_at_most(
    value: Decimal, places: int, language: Language
) -> None:
    """The number shown is the nearest of so many digits."""
    shown = formatting.number(value, language, decimals=places)
    assert abs(read_back(shown, language) - value) * 2 <= Decimal(1).scaleb(-places)
    assert all(unicodedata.category(sign) != "Zs" or sign == NARROW for sign in shown)


@pytest.mark.parametrize(("low", "high"), [(None, None), ("1", None), (None, "1")])
def test_nothing_is_printed_from_half_a_range(low: str | None, high: str | None) -> None:
    """Half a range without a value is a mistake of the caller's."""
    with pytest.raises(FactbookError) as caught:
        quantity(HECTARES, EN, low=low, high=high)
    assert str(caught.value) == "nothing to print: give a value, or both ends of a range"


@pytest.mark.parametrize(
    ("qualifier", "english", "spanish"),
    [
        (Qualifier.EXACT, "29,900 ha", "29 900 ha"),
        (Qualifier.ABOUT, "about 29,900 ha", "cerca de 29 900 ha"),
        (Qualifier.AT_LEAST, "at least 29,900 ha", "al menos 29 900 ha"),
        (Qualifier.AT_MOST, "up to 29,900 ha", "hasta 29 900 ha"),
    ],
)
def test_a_quantity_says_how_exact_it_is(qualifier: Qualifier, english: str, spanish: str) -> None:
    """The words need no gender and stand before the whole, the unit is bound to the number."""
    english = english.replace(" ha", f"{NO_BREAK}ha")
    spanish = spanish.replace(" ha", f"{NO_BREAK}ha").replace("29 900", f"29{NARROW}900")
    assert quantity(HECTARES, EN, "29900", qualifier=qualifier) == english
    assert quantity(HECTARES, ES, "29900", qualifier=qualifier) == spanish


@pytest.mark.parametrize(
    ("low", "high", "english", "spanish"),
    [
        ("37000", "46100", f"37,000{DASH}46,100", f"37{NARROW}000{DASH}46{NARROW}100"),
        ("0", "2.5", f"0{DASH}2.5", f"0{DASH}2,5"),
        ("-5", "-3", f"{MINUS}5 to {MINUS}3", f"{MINUS}5 a {MINUS}3"),
        ("-5", "3", f"{MINUS}5 to 3", f"{MINUS}5 a 3"),
        ("4.001", "4.002", "4.00", "4,00"),
    ],
)
def test_a_range_is_printed_where_there_is_no_value(
    low: str, high: str, english: str, spanish: str
) -> None:
    """A dash joins the ends, a word where a dash would meet a minus; equal ends are one number."""
    assert quantity(COUNT, EN, low=low, high=high) == english
    assert quantity(COUNT, ES, low=low, high=high) == spanish


def test_a_range_of_change_shows_its_signs() -> None:
    """At both ends."""
    shown = formatting.quantity(
        COUNT,
        EN,
        value=None,
        low=Decimal(5),
        high=Decimal(7),
        qualifier=Qualifier.EXACT,
        decimals=0,
        plus=True,
    )
    assert shown == f"+5{DASH}+7"


def test_a_range_has_its_unit_once() -> None:
    """The pattern goes around the whole range, and its spaces do not break."""
    assert quantity(DOLLARS, EN, low="5", high="7") == f"US$ 5{DASH}7 million".replace(
        " ", NO_BREAK
    )
    assert quantity(DOLLARS, ES, low="5", high="7") == f"US$ 5{DASH}7 millones".replace(
        " ", NO_BREAK
    )


def test_a_value_is_printed_without_the_range_beside_it() -> None:
    """The range is told on the figure's card, not in the sentence."""
    assert quantity(COUNT, EN, "12", low="10", high="14") == "12"


def test_unit_and_qualifier_can_be_left_out() -> None:
    """A table says the unit in its head and the qualifier in its notes."""
    shown = formatting.quantity(
        HECTARES,
        EN,
        value=Decimal(1405),
        low=None,
        high=None,
        qualifier=Qualifier.ABOUT,
        decimals=0,
        plus=True,
        with_unit=False,
        with_qualifier=False,
    )
    assert shown == "+1,405"


@pytest.mark.parametrize("value", [-1, 101, 250, 1405, 1500, 1_500_000, 1_000_000_000])
def test_a_number_that_is_not_round_is_not_written_in_words(value: int) -> None:
    """Nobody reads one thousand four hundred and five."""
    with pytest.raises(FactbookError) as caught:
        formatting.words(value, EN)
    assert str(caught.value) == (
        f"{value} is not written in words; use digits, "
        "or a number from 0 to 100, or round hundreds, thousands or millions"
    )


@pytest.mark.parametrize(
    ("value", "english", "masculine", "feminine", "before_noun"),
    [
        (0, "zero", "cero", "cero", "cero"),
        (1, "one", "uno", "una", "un"),
        (3, "three", "tres", "tres", "tres"),
        (21, "twenty-one", "veintiuno", "veintiuna", "veintiún"),
        (22, "twenty-two", "veintidós", "veintidós", "veintidós"),
        (31, "thirty-one", "treinta y uno", "treinta y una", "treinta y un"),
        (100, "one hundred", "cien", "cien", "cien"),
        (200, "two hundred", "doscientos", "doscientas", "doscientos"),
        (500, "five hundred", "quinientos", "quinientas", "quinientos"),
        (1000, "one thousand", "mil", "mil", "mil"),
        (21_000, "twenty-one thousand", "veintiún mil", "veintiún mil", "veintiún mil"),
        (31_000, "thirty-one thousand", "treinta y un mil", "treinta y un mil", "treinta y un mil"),
        (200_000, "two hundred thousand", "doscientos mil", "doscientas mil", "doscientos mil"),
        (1_000_000, "one million", "un millón", "un millón", "un millón"),
        (200_000_000, "two hundred million", *["doscientos millones"] * 3),
        (21_000_000, "twenty-one million", *["veintiún millones"] * 3),
    ],
)
def test_a_small_or_round_number_is_written_in_words(
    value: int, english: str, masculine: str, feminine: str, before_noun: str
) -> None:
    """Spanish agrees with the noun, and shortens *uno* before a noun, *mil* and *millones*."""
    assert formatting.words(value, EN) == english
    assert formatting.words(value, EN, feminine=True, before_noun=True) == english
    assert formatting.words(value, ES) == masculine
    assert formatting.words(value, ES, feminine=True) == feminine
    assert formatting.words(value, ES, before_noun=True) == before_noun


@pytest.mark.parametrize(
    ("language", "absent"),
    [
        (EN, "one first second fourth once score couple pair and media"),
        (ES, "un una uno primero segundo tercero medio media par y tercer"),
    ],
)
def test_words_of_many_other_senses_are_no_number_words(language: Language, absent: str) -> None:
    """A check that cries wolf is switched off."""
    assert formatting.number_words(language).isdisjoint(absent.split())


@pytest.mark.parametrize(
    ("language", "present"),
    [
        (
            EN,
            "zero two eleven twenty-one ninety hundred thousand million dozens half third doubled",
        ),
        (EN, "quarters fifth tenths hundredth twice twofold triple"),
        (ES, "cero dos once veintiún veintiuna treinta cien doscientas mil miles millón millones"),
        (ES, "mitad tercio tercera cuartos quinta décimo doble triple docena centenares duplicó"),
    ],
)
def test_words_that_state_a_quantity_are_number_words(language: Language, present: str) -> None:
    """Cardinals, fractions, multiples and collectives, each as one word in lower case."""
    known = formatting.number_words(language)
    assert set(present.split()) <= known
    assert all(word == word.lower() and " " not in word for word in known)


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("2022", "2022", "2022"),
        ("2022-06", "June 2022", "junio de 2022"),
        ("2022-06-30", "30 June 2022", "30 de junio de 2022"),
        ("196X", "1960s", "década de 1960"),
        ("2018/2021", f"2018{DASH}2021", f"2018{DASH}2021"),
        ("2021-01/2021-10", "January to October 2021", "enero a octubre de 2021"),
        (
            "2001-09/2002-02",
            "September 2001 to February 2002",
            "septiembre de 2001 a febrero de 2002",
        ),
        (
            "2020-02-18/2020-12-06",
            "18 February to 6 December 2020",
            "18 de febrero a 6 de diciembre de 2020",
        ),
        ("2024-05-09/2024-05-28", "9 to 28 May 2024", "9 a 28 de mayo de 2024"),
        ("2018/2021-06", "2018 to June 2021", "2018 a junio de 2021"),
        ("2017/..", "since 2017", "desde 2017"),
        ("../1988", "until 1988", "hasta 1988"),
        ("2004~", "about 2004", "hacia 2004"),
        ("2004-05~", "about May 2004", "hacia mayo de 2004"),
        ("2004?", "2004 (uncertain)", "2004 (fecha incierta)"),
        ("2017~/..", "since about 2017", "desde aproximadamente 2017"),
        ("../1988~", "until about 1988", "hasta aproximadamente 1988"),
        ("1985~/1999", "about 1985 to 1999", "aproximadamente 1985 a 1999"),
        ("1985/1999?", "1985 to 1999 (uncertain)", "1985 a 1999 (fecha incierta)"),
    ],
)
def test_a_period_reads_as_its_language_writes_it(text: str, english: str, spanish: str) -> None:
    """An interval says once what its ends share; years are never grouped."""
    assert formatting.period(Period.parse(text), EN) == english
    assert formatting.period(Period.parse(text), ES) == spanish


@pytest.mark.parametrize("text", ["2018/2021", "2017/..", "../1988", "196X", "2004~", "2004?"])
def test_html_has_no_notation_for_what_is_no_date(text: str) -> None:
    """``<time>`` would claim more than is known."""
    assert formatting.date_iso(Period.parse(text)) is None


@pytest.mark.parametrize("text", ["2022", "2022-06", "2022-06-30"])
def test_html_knows_years_months_and_days(text: str) -> None:
    """These three are written alike in EDTF and in HTML."""
    assert formatting.date_iso(Period.parse(text)) == text


@pytest.mark.parametrize(
    ("items", "english", "spanish"),
    [
        ([], "", ""),
        (["Puno"], "Puno", "Puno"),
        (["Puno", "Cusco"], "Puno and Cusco", "Puno y Cusco"),
        (["La Paz", "Puno", "Cusco"], "La Paz, Puno and Cusco", "La Paz, Puno y Cusco"),
        (["Cusco", "Iquitos"], "Cusco and Iquitos", "Cusco e Iquitos"),
        (["Puno", "Cusco", "Iquitos"], "Puno, Cusco and Iquitos", "Puno, Cusco e Iquitos"),
        (["padres", "hijos"], "padres and hijos", "padres e hijos"),
        (["Cusco", "Íllimo"], "Cusco and Íllimo", "Cusco e Íllimo"),
        (["cobre", "hierro"], "cobre and hierro", "cobre y hierro"),
        (["Chapare", "Yungas"], "Chapare and Yungas", "Chapare y Yungas"),
        (["UNODC", "<a>INEI</a>"], "UNODC and <a>INEI</a>", "UNODC e <a>INEI</a>"),
        (["UNODC", "<i>a</i>"], "UNODC and <i>a</i>", "UNODC y <i>a</i>"),
        (["uno", "«India»"], "uno and «India»", "uno e «India»"),
    ],
)
def test_a_list_ends_with_and(items: list[str], english: str, spanish: str) -> None:
    """*Y* becomes *e* before the sound of *i*, but not before a diphthong."""
    assert formatting.joined(items, EN) == english
    assert formatting.joined(items, ES) == spanish


@pytest.mark.parametrize(
    "names",
    [
        ["Árbol", "arco", "«Avión»", "coca", "¿Cómo?", "oca"],
        ["ayllu", "Cato", "catu", "Nube", "ñandú", "oca"],
    ],
)
def test_names_are_ordered_as_readers_look_them_up(names: list[str]) -> None:
    """Accents, capitals and opening marks do not count."""
    shuffled = names[::2] + names[1::2]
    assert sorted(shuffled, key=formatting.sort_key) == names


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It grew. It was *29,900 ha. It fell.", "It was 29,900 ha."),
        ("¿Creció? *30 900 ha, según UNODC (p. 4).", "30 900 ha, según UNODC (p. 4)."),
        ("Law 906 (art. 3) sets *22,000 ha. It holds.", "Law 906 (art. 3) sets 22,000 ha."),
        ("EE. UU. estima *39 700 ha. 2 años después, más.", "EE. UU. estima 39 700 ha."),
        ("No mark. At all.", "No mark. At all."),
    ],
)
def test_a_figure_is_listed_with_its_sentence(text: str, sentence: str) -> None:
    """A mark, here an object replacement character, says where the figure stands."""
    mark = "\N{OBJECT REPLACEMENT CHARACTER}"
    assert formatting.sentence_around(text.replace("*", mark), mark) == sentence


def test_charts_follow_the_number_style() -> None:
    """The d3 locales have the same signs as the text."""
    assert formatting.vega_number_locale(EN) == {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": [f"US${NO_BREAK}", ""],
        "percent": "%",
        "minus": MINUS,
    }
    assert formatting.vega_number_locale(ES) == {
        "decimal": ",",
        "thousands": NARROW,
        "grouping": [3],
        "currency": [f"US${NO_BREAK}", ""],
        "percent": f"{NO_BREAK}%",
        "minus": MINUS,
    }


def test_charts_follow_the_date_style() -> None:
    """The d3 time locales name the months as the text does, Sunday first."""
    english = formatting.vega_time_locale(EN)
    spanish = formatting.vega_time_locale(ES)
    days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
    dias = "domingo lunes martes miércoles jueves viernes sábado"

    assert [english[key] for key in ("dateTime", "date", "time", "periods", "days")] == [
        "%-d %B %Y, %H:%M", "%-d %B %Y", "%H:%M", ["am", "pm"], days.split(),
    ]  # fmt: skip
    assert [spanish[key] for key in ("dateTime", "date", "time", "periods", "days")] == [
        "%-d de %B de %Y, %H:%M", "%-d de %B de %Y", "%H:%M", ["a. m.", "p. m."], dias.split(),
    ]  # fmt: skip
    assert english["shortDays"] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert spanish["shortDays"] == ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"]
    for number in range(1, 13):
        month = Period.parse(f"2022-{number:02}")
        for language, locale in ((EN, english), (ES, spanish)):
            name = formatting.period(month, language).split()[0]
            assert locale["months"][number - 1] == name
            assert locale["shortMonths"][number - 1] == name[:3]
    assert set(english) == {
        "dateTime", "date", "time", "periods", "days", "shortDays", "months", "shortMonths",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "opened"),
    [("mayo de 2017", "Mayo de 2017"), ("área", "Área"), ("2017", "2017"), ("", "")],
)
def test_what_opens_a_line_has_a_capital(text: str, opened: str) -> None:
    """Only its first letter changes."""
    assert formatting.opening(text) == opened


@pytest.mark.parametrize("language", list(Language))
def test_charts_write_whole_numbers_as_the_text_does(language: Language) -> None:
    """The Vega expression gives what ``number`` gives, with four digits as with five."""
    import vl_convert

    values = [0, 7, 999, 1405, 9999, 10000, 30900, 1234567, -1405, -30900]
    text = {"signal": formatting.vega_number_expression("a 'field'", language)}
    spec = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "data": [{"name": "rows", "values": [{"a 'field'": value} for value in values]}],
        "marks": [{"type": "text", "from": {"data": "rows"}, "encode": {"enter": {"text": text}}}],
    }
    svg = vl_convert.vega_to_svg(spec, format_locale=formatting.vega_number_locale(language))
    for value in values:
        assert f">{formatting.number(Decimal(value), language, decimals=0)}<" in svg
