"""The numbers of pages that references print, without setting half of the pages twice.

WeasyPrint 70 sets a page with "p. 0" in it and sets it again when it knows the number, and so every
page that refers to another. Here a reference starts from an estimate, by the length of what comes
before its target. A wrong number with as many digits is then replaced where it stands: the style
sheet sets such numbers in figures of one width. Only a page that prints a number of more or fewer
digits than estimated is set again, as WeasyPrint would. The estimate is made from the document
alone, so that the same document always gives the same pages.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_NUMBER = re.compile(r"\d+")
_TEXT = 2800
"""Characters of text on one of our pages, on average."""
_PICTURE = 1100
"""Characters whose place a chart takes."""
NOWHERE = "a reference to #{anchor}, which is on no page"


@contextmanager
def estimated() -> Iterator[None]:
    """While this holds, a document is laid out from estimates of the pages it refers to.

    A reference whose target is on no page is an error on WeasyPrint's log.
    """
    from weasyprint import layout

    plain = layout.make_all_pages
    references: dict[Any, Any] = {}

    def make_all_pages(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        if not pages:
            references.update(_taken(context.target_collector))
            _estimate(references, context.target_collector.target_lookup_items, root)
        made = list(plain(context, root, html, pages))
        _settle(references, context, made)
        yield from made

    layout.make_all_pages = make_all_pages
    try:
        yield
    finally:
        layout.make_all_pages = plain


def _taken(collector: Any) -> dict[Any, Any]:
    """The references to pages by their boxes; WeasyPrint's collector knows of them no longer."""
    found = {
        box: item
        for (box, token), item in collector.counter_lookup_items.items()
        if token == "content" and item.missing_target_counters
    }
    for box in found:
        del collector.counter_lookup_items[box, "content"]
    return found


def _anchor(box: Any) -> str:
    return str(box.element.get("href", "")).removeprefix("#")


def _estimate(references: Mapping[Any, Any], targets: Mapping[str, Any], root: Any) -> None:
    pages = _expected(root)
    for box, item in references.items():
        if target := targets.get(_anchor(box)):
            target.cached_page_counter_values = {"page": [pages.get(_anchor(box), 1)]}
            item.parse_again({})


def _expected(root: Any) -> dict[str, int]:
    """The page on which each anchor may be expected."""
    from weasyprint.formatting_structure import boxes

    pages: dict[str, int] = {}
    full = 0.0
    for box in root.descendants():
        if isinstance(box, boxes.TextBox):
            full += len(box.text) / _TEXT
            continue
        if box.style["break_before"] == "page":
            full = math.ceil(full)
        if isinstance(box, boxes.ReplacedBox):
            full += _PICTURE / _TEXT
        if anchor := box.style["anchor"]:
            pages.setdefault(anchor, math.floor(full) + 1)
    return pages


def _settle(references: Mapping[Any, Any], context: Any, pages: list[Any]) -> None:
    """Put the right number in each reference, or have the page that prints it set again."""
    targets = context.target_collector.target_lookup_items
    for index, page in enumerate(pages):
        for box in page.descendants():
            item = references.get(box.missing_link) if box.missing_link else None
            if item is None:
                continue
            target = targets.get(_anchor(box))
            if target is None or target.page_maker_index is None:
                logging.getLogger("weasyprint").error(NOWHERE.format(anchor=_anchor(box)))
                continue
            item.parse_again({})
            if not _replaced(box, str(target.cached_page_counter_values["page"][-1])):
                context.page_maker[index][-1]["content_changed"] = True


def _replaced(box: Any, number: str) -> bool:
    """Whether the number in a box that is laid out could be replaced; one of another width cannot."""
    from weasyprint.formatting_structure import boxes

    for part in box.descendants():
        if isinstance(part, boxes.TextBox) and (found := _NUMBER.search(part.text)):
            if len(found[0]) != len(number):
                return False
            part.text = part.pango_layout.text = _NUMBER.sub(number, part.text, count=1)
    return True
