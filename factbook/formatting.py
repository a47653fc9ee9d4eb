"""How numbers, dates and units read in each language; the same rules as a Vega locale.

This module owns every rule of number and date style, for pages, charts and print alike:

- English follows the Unicode CLDR locale ``en``: ``1,405``, ``30,900``, ``0.5``.
- Spanish follows the *Ortografía* of the Spanish academies (2010) and the BIPM: a narrow no-break
  space between groups, numbers of four digits together, a decimal comma (``1405``, ``30 900``,
  ``0,5``). A point or comma between groups would be taken for a decimal sign in Lima or in La Paz,
  where the two signs are opposite.
- Years are never grouped, and minus is the minus sign, not a hyphen.

It decides no value: rounding happens here, once, and never shows more digits than the number has.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from factbook.errors import FactbookError
from factbook.model import Language, Qualifier, Text, Unit
from factbook.periods import Moment, Period

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

_EXACT = Context(prec=400)
_QUALIFIERS = {
    Qualifier.EXACT: Text("", ""),
    Qualifier.ABOUT: Text("about ", "cerca de "),
    Qualifier.AT_LEAST: Text("at least ", "al menos "),
    Qualifier.AT_MOST: Text("up to ", "hasta "),
}
_TO = Text(" to ", " a ")
_OF = Text(" ", " de ")

_MONTHS = Text(
    "January February March April May June July August September October November December",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_DAYS = Text(
    "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    "domingo lunes martes miércoles jueves viernes sábado",
)


def number(value: Decimal, language: Language, *, decimals: int, plus: bool = False) -> str:
    """Return a number as the language writes it, with at most ``decimals`` digits after the point.

    No more digits are shown than ``value`` carries: ``Decimal("1405")`` with one decimal is
    ``1,405``, and ``Decimal("10.50")`` with two keeps its zero. Halves are rounded away from zero.
    ``plus`` shows a change: what grows gets a ``+``.
    """
    exponent = value.as_tuple().exponent
    carried = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    places = min(decimals, carried)
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{shown.copy_abs():f}".partition(".")  # abs() would round once more
    sign = "" if not shown else MINUS if shown < 0 else "+" if plus else ""
    point = "." if language is Language.EN else ","
    return sign + _grouped(whole, language) + (point + fraction if fraction else "")


def quantity(
    unit: Unit,
    language: Language,
    *,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    qualifier: Qualifier,
    decimals: int,
    plus: bool = False,
    with_unit: bool = True,
    with_qualifier: bool = True,
) -> str:
    """Return a magnitude with its unit: ``about 29,900 ha``, ``US$ 5 million``.

    A value is printed alone, even where a range stands beside it; without a value the range is
    printed, its ends joined by a dash and the unit once. No line break parts number and unit. Raise
    :class:`~factbook.errors.FactbookError` if there is neither a value nor a whole range.
    """
    shown = _magnitude(value, low, high, language, decimals, plus)
    if with_unit:
        shown = unit.pattern[language].replace(" ", NO_BREAK).replace("{n}", shown)
    return (_QUALIFIERS[qualifier][language] if with_qualifier else "") + shown


def words(
    value: int, language: Language, *, feminine: bool = False, before_noun: bool = False
) -> str:
    """Return a number in words: 0 to 100, round hundreds, thousands and millions.

    In Spanish ``feminine`` agrees with a feminine noun (``doscientas mil``) and ``before_noun``
    shortens a final *uno* (``veintiún``); *uno* is always shortened before *mil* and *millones*,
    which are right as the *Diccionario panhispánico de dudas* has them. Both do nothing in English.
    Raise :class:`~factbook.errors.FactbookError` for a number that reads better in digits.
    """
    if not _has_words(value):
        raise FactbookError(
            f"{value} is not written in words; use digits, "
            "or a number from 0 to 100, or round hundreds, thousands or millions"
        )
    from num2words import num2words  # type: ignore[import-untyped, unused-ignore]

    spelled = str(num2words(value, lang=language.value))
    if language is Language.EN:
        return spelled
    spelled = re.sub(r"(veinti)?uno(?= mil)", _shortened, spelled)
    if feminine and value < 1_000_000:
        return re.sub(r"uno$", "una", re.sub(r"ientos\b", "ientas", spelled))
    return re.sub(r"(veinti)?uno$", _shortened, spelled) if before_noun else spelled


@cache
def number_words(language: Language) -> frozenset[str]:
    """Return the single words, in lower case, that state a quantity in prose.

    They are the cardinals but one, round numbers such as thousands, vague collectives (dozens),
    fractions (half, third, tercera) and multiples (double, twofold). Left out, because they mostly
    state no quantity, are one, un, uno and una, the ordinals first, second, fourth, primero,
    segundo and tercero, and words of many other senses: score, couple, pair, par, medio, media.
    A number of several words is found by its parts.
    """
    spelled: set[str] = set()
    for value in [0, *range(2, 101), *range(200, 1000, 100), 1000]:
        for form in ({}, {"feminine": True}, {"before_noun": True}):
            spelled.update(words(value, language, **form).split())
    ones = {"and", "one", "y", "uno", "una", "un"}
    return frozenset(spelled - ones).union(_QUANTITY_WORDS[language].split())


def period(period: Period, language: Language) -> str:
    """Return a period as the language writes it: ``30 June 2022``, ``enero a octubre de 2021``.

    Years are joined by a dash, other dates by a word; open ends become *since* and
    *until*, marks *about* and *uncertain*.
    """
    first, last = period.first, period.last
    if not period.is_interval:
        return _marked(first, language) if first else ""
    if first is None or last is None:
        opening = Text("until ", "hasta ") if first is None else Text("since ", "desde ")
        known = first or last
        return opening[language] + _marked(known, language, within=True) if known else ""
    if first.mark or last.mark:
        return _TO[language].join(_marked(end, language, within=True) for end in (first, last))
    if first.month is None and last.month is None:
        return f"{first.year}{DASH}{last.year}"
    return _TO[language].join([_shared(first, last, language), _date(last, language)])


def date_iso(period: Period) -> str | None:
    """Return what ``<time datetime>`` may hold, or None for what HTML has no notation for.

    HTML knows years, months and days, but neither intervals nor decades nor approximate dates.
    """
    if period.is_interval or period.about or period.uncertain or period.year is None:
        return None
    return period.text


def joined(items: Sequence[str], language: Language) -> str:
    """Return a list in words: ``a, b and c``, ``a, b y c``; Spanish *y* becomes *e* before *i*.

    *Y* stays before a diphthong (``cobre y hierro``), after the rule of the Spanish academies. Tags
    and opening quotes before the word do not matter.
    """
    if len(items) < 2:
        return "".join(items)
    link = "and" if language is Language.EN else "e" if _SOUNDS_LIKE_I.match(items[-1]) else "y"
    return f"{', '.join(items[:-1])} {link} {items[-1]}"


def opening(text: str) -> str:
    """Return a text as it opens a line or a sentence: a common noun or a Spanish month has a capital."""
    return text[:1].upper() + text[1:]


def vega_number_locale(language: Language) -> dict[str, object]:
    """Return the d3-format locale of charts.

    d3 groups numbers of four digits too, which Spanish must not: labels of a Spanish chart are
    written with :func:`vega_number_expression`.
    """
    english = language is Language.EN
    return {
        "decimal": "." if english else ",",
        "thousands": "," if english else NARROW,
        "grouping": [3],
        "currency": ["US$" + NO_BREAK, ""],
        "percent": "%" if english else NO_BREAK + "%",
        "minus": MINUS,
    }


def vega_time_locale(language: Language) -> dict[str, object]:
    """Return the d3-time-format locale of charts, with the months as :func:`period` writes them."""
    english = language is Language.EN
    date = "%-d %B %Y" if english else "%-d de %B de %Y"
    return {
        "dateTime": f"{date}, %H:%M",
        "date": date,
        "time": "%H:%M",
        "periods": ["am", "pm"] if english else ["a. m.", "p. m."],
        "days": _DAYS[language].split(),
        "shortDays": [day[:3] for day in _DAYS[language].split()],
        "months": _MONTHS[language].split(),
        "shortMonths": [month[:3] for month in _MONTHS[language].split()],
    }


def vega_number_expression(field: str, language: Language) -> str:
    """Return a Vega expression that writes a datum's whole number as :func:`number` does.

    It needs the chart to be rendered with :func:`vega_number_locale`.
    """
    datum = f"datum[{json.dumps(field)}]"
    if language is Language.EN:
        return f"format({datum}, ',d')"
    return f"format({datum}, abs({datum}) < 9999.5 ? 'd' : ',d')"


def sort_key(text: str) -> str:
    """Return what readers look a name up by: without accents, capitals and opening marks.

    Ñ follows n, as in Spanish; one order serves both editions.
    """
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ñ", "n~"))
    return re.sub(r"^[^\w]+", "", "".join(c for c in bare if not unicodedata.combining(c)))


def sentence_around(text: str, mark: str) -> str:
    """Return the sentence of ``text`` in which ``mark`` stands, without the mark.

    A sentence ends before a capital, a digit or the mark, but not after an initial or one of the
    abbreviations that the chapters use.
    """
    sentences = re.split(rf"{_SENTENCE_END}(?=[«“\"(\[¿¡]*[A-ZÁÉÍÓÚÑ\d{re.escape(mark)}])", text)
    return next((s for s in sentences if mark in s), text).replace(mark, "").strip()


_SENTENCE_END = (
    r"(?<=[.!?…])(?<!\b\w\.)(?<!\b(?:pp|EE|UU|No|Dr)\.)(?<!\b(?:art|fig|núm)\.)[»”\")\]]*\s+"
)

_QUANTITY_WORDS = Text(
    en="""
    hundreds thousands million millions billion billions trillion trillions dozen dozens tens
    half halves third thirds quarter quarters fourths fifth fifths sixth sixths seventh sevenths
    eighth eighths ninth ninths tenth tenths hundredth hundredths thousandth thousandths
    twice thrice double doubles doubled doubling triple triples tripled tripling quadruple
    quadrupled quadrupling
    twofold threefold fourfold fivefold sixfold sevenfold eightfold ninefold tenfold hundredfold
    """,
    es="""
    ciento cientos cientas miles millón millones billón billones docena docenas decena decenas
    centena centenas centenar centenares millar millares mitad mitades tercio tercios tercera
    cuarto cuartos cuarta cuartas quinto quintos quinta quintas sexto sextos sexta sextas
    séptimo séptimos séptima séptimas octavo octavos octava octavas noveno novenos novena novenas
    décimo décimos décima décimas centésimo centésimos centésima centésimas milésimo milésimos
    milésima milésimas doble dobles duplica duplicó duplicado duplicar triple triples triplica
    triplicó triplicado triplicar cuádruple cuadruplica cuadruplicó cuadruplicado cuadruplicar
    """,
)

_SOUNDS_LIKE_I = re.compile(
    r"(<[^>]*>|[^\w<]|_)*(h?[ií]|y(?![aeiouáéíóú]))(?![aeoáéó])", re.IGNORECASE
)


def _grouped(digits: str, language: Language) -> str:
    """Return the digits of a whole number in groups of three."""
    if language is Language.EN:
        return f"{int(digits):,}"
    return f"{int(digits):,}".replace(",", NARROW) if len(digits) > 4 else digits


def _magnitude(
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    language: Language,
    decimals: int,
    plus: bool,
) -> str:
    """Return the value, or the range if there is none."""
    if value is not None:
        return number(value, language, decimals=decimals, plus=plus)
    if low is None or high is None:
        raise FactbookError("nothing to print: give a value, or both ends of a range")
    ends = [number(end, language, decimals=decimals, plus=plus) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return (DASH if low >= 0 else _TO[language]).join(ends)


def _has_words(value: int) -> bool:
    """Return whether a number is round or small enough for words."""
    if 0 <= value <= 100:
        return True
    step = 100 if value < 1000 else 1000 if value < 1_000_000 else 1_000_000
    return 0 < value < 1_000_000_000 and value % step == 0


def _shortened(uno: re.Match[str]) -> str:
    """Return *un* for *uno* and *veintiún* for *veintiuno*."""
    return "veintiún" if uno.group(1) else "un"


def _date(moment: Moment, language: Language) -> str:
    """Return a date without its mark."""
    if moment.decade:
        return Text(f"{moment.year}s", f"década de {moment.year}")[language]
    if moment.month is None:
        return str(moment.year)
    return _OF[language].join([_day_and_month(moment, moment.month, language), str(moment.year)])


def _day_and_month(moment: Moment, month: int, language: Language) -> str:
    """Return a date without its year."""
    name = _MONTHS[language].split()[month - 1]
    return name if moment.day is None else f"{moment.day}{_OF[language]}{name}"


def _shared(first: Moment, last: Moment, language: Language) -> str:
    """Return the first date of an interval without what the last date says as well."""
    if first.year != last.year or first.month is None or last.month is None:
        return _date(first, language)
    if first.day and last.day and first.month == last.month:
        return str(first.day)
    return _day_and_month(first, first.month, language)


def _marked(moment: Moment, language: Language, *, within: bool = False) -> str:
    """Return a date with its mark in words; ``within`` a phrase, where Spanish *hacia* is wrong."""
    date = _date(moment, language)
    if moment.mark == "~":
        return Text("about ", "aproximadamente " if within else "hacia ")[language] + date
    if moment.mark == "?":
        return date + Text(" (uncertain)", " (fecha incierta)")[language]
    return date
