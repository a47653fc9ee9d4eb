"""A figure in prose: a link to its observation, the mark of its rivals, and its card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factbook import citations, formatting, locators
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.markup.addresses import Addresses
from factbook.markup.corrections import correct_link, form_address
from factbook.markup.html import element, escape, joined
from factbook.model import Derivation, Language, Observation, Source, Status

_HEADING = re.compile("“[^“”]*”")


@dataclass(frozen=True, slots=True)
class Style:
    """How a figure is printed: with its unit, with its qualifier ("about"), as a word, with a sign."""

    unit: bool = True
    qualifier: bool = True
    words: bool = False
    feminine: bool = False
    plus: bool = False
    absolute: bool = False
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a piece of markup must know of the page it stands on.

    ``repository`` is where readers propose corrections; empty when there is none.
    """

    dataset: Dataset
    language: Language
    addresses: Addresses
    repository: str = ""

    def label(self, name: str, **marks: object) -> str:
        """A word of the interface in the page's language, its marks filled in."""
        return self.dataset.labels[name][self.language].format(**marks)

    def counted(self, stem: str, count: int) -> str:
        """A label that has a form for one (``stem-one``) and for more (``stem-many``)."""
        return self.label(f"{stem}-{'one' if count == 1 else 'many'}", n=count)


def figure_text(page: Page, figure: Figure, style: Style = Style()) -> str:
    """The figure as text in the page's language: ``about 29,900 ha``."""
    decimals = figure.decimals if style.decimals is None else style.decimals
    sign = -1 if style.absolute and _all_negative(figure) else 1
    value, low, high = (
        None if n is None else n * sign for n in (figure.value, figure.low, figure.high)
    )
    if sign < 0:
        low, high = high, low
    if style.words and value is not None and value == value.to_integral_value():
        return formatting.words(int(value), page.language, feminine=style.feminine)
    return formatting.quantity(
        page.dataset.units[figure.unit],
        page.language,
        value=value,
        low=low,
        high=high,
        qualifier=figure.qualifier,
        decimals=decimals,
        with_unit=style.unit,
        with_qualifier=style.qualifier,
        plus=style.plus,
    )


def _all_negative(figure: Figure) -> bool:
    return all(n is None or n < 0 for n in (figure.value, figure.low, figure.high))


def machine_value(figure: Figure) -> str:
    """The value for a machine, in full: ``29900``, or ``37000/46100`` for a range."""
    if figure.value is not None:
        return f"{figure.value:f}"
    return f"{figure.low:f}/{figure.high:f}"


def observation_text(page: Page, observation: Observation, *, unit: bool = True) -> str:
    """An observation as text, with its unit and qualifier."""
    indicator = page.dataset.indicators[observation.indicator]
    return formatting.quantity(
        page.dataset.units[indicator.unit],
        page.language,
        value=observation.value,
        low=observation.low,
        high=observation.high,
        qualifier=observation.qualifier,
        decimals=indicator.decimals,
        with_unit=unit,
        with_qualifier=True,
    )


def country_class(page: Page, area: str, prefix: str) -> str:
    """The class by which a country has its colour, with a space before it; empty for none."""
    country = page.dataset.country_of(area)
    return f" {prefix}--{country.lower()}" if country is not None else ""


def figure_link(page: Page, figure: Figure, style: Style = Style(), described_by: str = "") -> str:
    """The link alone, as it also stands in tables: ``<a class="figure"><data>…</data></a>``."""
    kind = "data_observation" if figure.observation is not None else "data_derived"
    data = element(
        "data",
        escape(figure_text(page, figure, style)),
        value=machine_value(figure),
        **{kind: figure.id},
    )
    classes = "figure" + country_class(page, figure.area, "figure")
    if figure.derivation is not None:
        classes += " figure--derived"
    address = page.addresses.to_figure(figure)
    return element("a", data, class_=classes, href=address, aria_describedby=described_by or None)


def figure_html(
    page: Page, figure: Figure, *, number: int, used_on: int, style: Style = Style()
) -> str:
    """A figure in running text.

    ``number`` makes the card's id unique on the page; ``used_on`` is the count of pages that print
    the figure.
    """
    name = f"card-{number}"
    link = figure_link(page, figure, style, described_by=name)
    mark = rival_mark(page, figure)
    return element("span", link + mark + _card(page, figure, name, used_on), class_="fact")


def bare_figure_html(page: Page, figure: Figure, style: Style = Style()) -> str:
    """:func:`figure_html` without its card: all that stands in the line of text."""
    return element(
        "span", figure_link(page, figure, style) + rival_mark(page, figure), class_="fact"
    )


def rival_mark(page: Page, figure: Figure) -> str:
    """The sign behind a figure whose sources disagree, a link to where they stand; else nothing."""
    if not figure.rivals:
        return ""
    words = page.counted("disagree", len(figure.rivals))
    sign = element("span", "≠", aria_hidden="true")
    spoken = element("span", escape(words), class_="visually-hidden")
    address = page.addresses.to_rivals(figure)
    return element("a", sign + spoken, class_="rival", href=address, title=words)


def _card(page: Page, figure: Figure, name: str, used_on: int) -> str:
    rows = [
        element("span", escape(figure_text(page, figure)), class_="card-value"),
        element("span", escape(what(page, figure)), class_="card-what"),
    ]
    rows += [_row(page.label(key), says) for key, says in _facts(page, figure, used_on)]
    if page.repository:
        address = form_address(page.repository, page.language, figure.id)
        rows.append(correct_link(page.label("correct"), address))
    return element(
        "span", joined(rows), class_="card", id=name, role="note", data_search_exclude=True
    )


def _facts(page: Page, figure: Figure, used_on: int) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    if figure.derivation is not None:
        facts.append(("card-formula", formula_text(page, figure)))
    sources = [says_who(page, citation.source, citation.locator) for citation in figure.citations]
    facts.append(("card-source" if len(sources) == 1 else "card-sources", "; ".join(sources[:3])))
    if figure.status is not Status.NORMAL:
        facts.append(("card-status", page.label(f"status-{figure.status}")))
    if figure.rivals:
        facts.append(("card-others", others_text(page, figure.rivals[:4])))
    if used_on > 1:
        facts.append(("card-used", page.counted("pages", used_on)))
    return facts


def _row(key: str, says: str) -> str:
    # The space keeps key and text apart where styles are not loaded.
    spans = element("span", escape(key), class_="card-key") + " "
    return element(
        "span", spans + element("span", escape(says), class_="card-says"), class_="card-row"
    )


def what(page: Page, figure: Figure) -> str:
    """What the figure is: label, place, period."""
    area = page.dataset.areas[figure.area].name[page.language]
    when = formatting.period(figure.period, page.language)
    return f"{figure.label[page.language]}, {area}, {when}"


def says_who(page: Page, source: str, locator: str) -> str:
    """``UNODC, as reported by El Deber, 2025, p. 4``: who says it and where."""
    known: Source = page.dataset.source(source)
    who = citations.attribution(known, page.dataset.producers, page.language)
    return f"{who}, {locators.printed(locator, page.language)}"


def says_who_html(page: Page, source: str, locator: str) -> str:
    """:func:`says_who` as HTML; headings of a source in another language are marked as of that."""
    return locator_html(page, source, says_who(page, source, locator))


def locator_html(page: Page, source: str, text: str) -> str:
    """A text that ends in a locator as HTML, its headings marked with the language of the source."""
    language = page.dataset.source(source).language
    if "“" not in text or language.partition("-")[0] == page.language.value:
        return escape(text)
    return _HEADING.sub(lambda match: element("span", match[0], lang=language), escape(text))


def others_text(page: Page, rivals: Sequence[Observation]) -> str:
    """``US: 39,700 ha; …``: the rivals by their producers."""
    parts: list[str] = []
    for rival in rivals:
        parts.append(f"{counted_by(page, rival, rivals)}: {observation_text(page, rival)}")
    return "; ".join(dict.fromkeys(parts))


def counted_by(page: Page, observation: Observation, among: Sequence[Observation]) -> str:
    """Whose count it is, in short: the producer; the source where the producer does not tell it.

    That is so for the press, and where one producer stands behind different values ``among`` them.
    """
    source = page.dataset.source(observation.citation.source)
    same = {
        other.magnitude
        for other in among
        if page.dataset.source(other.citation.source).producer == source.producer
    }
    if source.producer == "press" or len(same | {observation.magnitude}) > 1:
        return citations.label(source, page.dataset.producers, page.language)
    return formatting.opening(page.dataset.producers[source.producer].short[page.language])


def formula_text(page: Page, figure: Figure) -> str:
    """The formula with its inputs' numbers: ``100 × 34,000 ha ÷ 22,000 ha``."""
    assert figure.derivation is not None
    shown = {key: figure_text(page, entry, Style(qualifier=False)) for key, entry in figure.inputs}
    return _rendered(page, figure.derivation, shown)


def formula_html(page: Page, figure: Figure) -> str:
    """The formula as HTML, each input a link to its own row where it is first named.

    The long pages of data hold thousands of inputs, so the link is as plain as can be.
    """
    assert figure.derivation is not None
    # Stand-ins from the private use area pass the escaping untouched.
    stand_ins = {key: chr(0xE000 + n) for n, (key, _) in enumerate(figure.inputs)}
    markup = escape(_rendered(page, figure.derivation, stand_ins))
    for key, entry in figure.inputs:
        shown = escape(figure_text(page, entry, Style(qualifier=False)))
        link = element("a", shown, href=page.addresses.to_figure(entry))
        markup = markup.replace(stand_ins[key], link, 1).replace(stand_ins[key], shown)
    return markup


def _rendered(page: Page, derivation: Derivation, shown: Mapping[str, str]) -> str:
    formula = page.dataset.formula_of(derivation)
    return formula.render(shown, number=lambda n: formatting.number(n, page.language, decimals=6))
