"""Events in the order of time; on the page of the timeline with a choice of place and topic.

The choice needs no script: radio buttons, and rules with ``:has()`` written for the events at hand,
which hide what was not chosen, the headings of years without an event left, and their entries in the
contents. A browser that does not know ``:has()`` shows everything and no buttons, and so does paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from factbook import formatting
from factbook.markup.figures import Page, country_class, says_who_html
from factbook.markup.html import element, escape, joined
from factbook.model import Event

_ALL = "all"
_ELSEWHERE = "elsewhere"
_MOST = 25
"""More events than this in a decade stand under their years."""
_SMALLEST_PART = 10
"""A country with less than a tenth of the events is counted to the other places."""

Options = dict[str, list[Event]]
"""The events of each choice, by the value of its button, in the order of the buttons."""


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events by the day they began, then by id."""
    return sorted(events, key=lambda e: (e.date.start, e.date, e.id))


def timeline_html(page: Page, events: Iterable[Event]) -> str:
    """Events in the order of time, as a chapter shows those of a topic."""
    items = (_event(page, event) for event in in_order(events))
    return element("ol", joined(items), class_="timeline")


def timeline_page(page: Page, events: Iterable[Event]) -> str:
    """The page of the timeline as Markdown: the choice, then the events under their years."""
    ordered = in_order(events)
    places, topics = _places(page, ordered), _topics(ordered)
    groups = _groups(ordered)
    place_of = {event.id: value for value, chosen in places.items() for event in chosen}
    parts = [_form(page, places, topics, len(ordered))]
    if ordered:
        parts.append(element("style", _rules(page, places, topics, groups)))
    for first, last, chosen in groups:
        heading = str(first) if first == last else page.label("timeline-decade", year=first)
        parts.append(f"## {escape(heading)} {{: #{_anchor(first, last)} }}")
        items = (_event(page, event, place_of[event.id]) for event in chosen)
        parts.append(element("ol", joined(items), class_="timeline"))
    return "\n\n".join(parts)


def time_html(page: Page, event: Event, class_: str | None = None, *, opening: bool = False) -> str:
    """The date of an event for readers and for machines; a Spanish month has no capital within."""
    date = formatting.period(event.date, page.language)
    shown = escape(formatting.opening(date) if opening else date)
    machine = formatting.date_iso(event.date)
    if machine is None:
        return element("span", shown, class_=class_)
    return element("time", shown, datetime=machine)


def _event(page: Page, event: Event, place: str | None = None) -> str:
    """One event; with its place it can be chosen and has an anchor."""
    title = element("p", escape(event.title[page.language]), class_="event-title")
    text = element("p", escape(event.text[page.language]))
    said = "; ".join(says_who_html(page, c.source, c.locator) for c in event.citations)
    source = element("p", said, class_="event-source")
    body = element("div", title + text + source, class_="event-body")
    return element(
        "li",
        time_html(page, event, "event-when", opening=True) + body,
        id=f"event-{event.id}" if place else None,
        class_="event" + country_class(page, event.area, "event"),
        data_place=place,
        data_topics=" ".join(event.topics) if place else None,
    )


def _places(page: Page, events: Sequence[Event]) -> Options:
    """The countries with many events, most first, and then all other places together."""
    country = {event.id: page.dataset.country_of(event.area) for event in events}
    counted: dict[str, list[Event]] = {}
    for event in events:
        if (code := country[event.id]) is not None:
            counted.setdefault(code, []).append(event)
    large = {c: e for c, e in counted.items() if len(e) * _SMALLEST_PART >= len(events)}
    options = {code: large[code] for code in sorted(large, key=lambda c: (-len(large[c]), c))}
    if rest := [event for event in events if country[event.id] not in options]:
        options[_ELSEWHERE] = rest
    return options


def _topics(events: Sequence[Event]) -> Options:
    found: Options = {}
    for event in events:
        for topic in event.topics:
            found.setdefault(topic, []).append(event)
    return {topic: found[topic] for topic in sorted(found, key=lambda t: (-len(found[t]), t))}


def _groups(events: Sequence[Event]) -> list[tuple[int, int, list[Event]]]:
    """The events by decade, those of a crowded decade by year: (first year, last year, events)."""
    found: list[tuple[int, int, list[Event]]] = []
    for decade, members in groupby(events, key=lambda e: e.date.start.year // 10 * 10):
        listed = list(members)
        if len(listed) <= _MOST:
            found.append((decade, decade + 9, listed))
            continue
        years = groupby(listed, key=lambda e: e.date.start.year)
        found += ((year, year, list(of_year)) for year, of_year in years)
    return found


def _anchor(first: int, last: int) -> str:
    return f"year-{first}" if first == last else f"years-{first}"


def _form(page: Page, places: Options, topics: Options, total: int) -> str:
    def place(value: str) -> str:
        if value == _ELSEWHERE:
            return page.label("timeline-elsewhere")
        return page.dataset.areas[value].name[page.language]

    def topic(value: str) -> str:
        name = page.dataset.topics[value][page.language]
        return name[:1].upper() + name[1:]

    by_place = [(value, place(value), len(chosen)) for value, chosen in places.items()]
    by_topic = [(value, topic(value), len(chosen)) for value, chosen in topics.items()]
    fieldsets = (
        _fieldset(page, "place", total, by_place),
        _fieldset(page, "topic", total, by_topic),
    )
    shown = element("p", "", class_="timeline-shown", role="status")
    return element(
        "form",
        joined(fieldsets) + shown,
        class_="timeline-choice",
        aria_label=page.label("timeline-choice"),
        data_search_exclude=True,
    )


def _fieldset(page: Page, name: str, total: int, options: list[tuple[str, str, int]]) -> str:
    legend = element("legend", escape(page.label(f"timeline-{name}")))
    buttons = [_button(name, _ALL, page.label("timeline-all"), total, chosen=True)]
    buttons += (_button(name, value, text, count) for value, text, count in options)
    return element("fieldset", legend + joined(buttons))


def _button(name: str, value: str, text: str, count: int, *, chosen: bool = False) -> str:
    button = element(
        "input", type="radio", name=name, value=value, id=_id(name, value), checked=chosen
    )
    counted = element("span", str(count), class_="choice-count")
    return element("label", button + element("span", f"{escape(text)} {counted}"))


def _id(name: str, value: str) -> str:
    return f"{name}-{value}"


def _rules(
    page: Page, places: Options, topics: Options, groups: list[tuple[int, int, list[Event]]]
) -> str:
    """The rules that hide what is not chosen; a linked event stays, whatever is chosen."""
    rules = [
        f"{_chosen('place', place)} .event:not([data-place={place}],:target){{display:none}}"
        for place in places
    ]
    rules += (
        f"{_chosen('topic', topic)} .event:not([data-topics~={topic}],:target){{display:none}}"
        for topic in topics
    )
    total = {event.id for _, _, events in groups for event in events}
    for place, in_place in {_ALL: None, **places}.items():
        for topic, on_topic in {_ALL: None, **topics}.items():
            left = set(total)
            for chosen in (in_place, on_topic):
                left &= {event.id for event in chosen} if chosen is not None else left
            told = page.label("timeline-shown", n=len(left), total=len(total))
            both = _chosen("place", place) + _chosen("topic", topic).removeprefix("body")
            rules.append(f'{both} .timeline-shown::after{{content:"{told}"}}')
            if empty := list(_empty(groups, left)):
                rules.append(f"{both} :is({','.join(empty)}){{display:none}}")
    return f"@media screen{{{joined(rules)}}}"


def _chosen(name: str, value: str) -> str:
    return f"body:has(#{_id(name, value)}:checked)"


def _empty(groups: list[tuple[int, int, list[Event]]], left: set[str]) -> Iterator[str]:
    """What shows years of which no event is left: the heading, the list, the entry in the contents."""
    for first, last, events in groups:
        if not any(event.id in left for event in events):
            anchor = _anchor(first, last)
            yield f'#{anchor}:not(:has(+.timeline>:target)),[href="#{anchor}"]'
