"""Completes the tags that WeasyPrint writes, while it writes them.

WeasyPrint 70 knows which element a tag comes from, but passes over its language, the scope of
headers and the words of links, and tags running heads as content. The builder of its tag tree is
wrapped for as long as a file is written; ``gate`` proves on every file that this has had its effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from factbook.editions.pdf.links import SAYS

_SCOPES = {"row": "/Row", "col": "/Column"}


@dataclass(slots=True)
class Margins:
    """The marked content of running heads and page numbers: page number to marks."""

    marks: dict[int, set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the builder asks of the file; the file itself would count its pages at every tag."""

    add_object: Callable[[Any], None]
    page_references: tuple[bytes, ...]


@contextmanager
def completed() -> Iterator[Margins]:
    """While this holds, written tags are complete; afterwards the result names the margins' marks."""
    import pydyf
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf import tags

    margins = Margins()
    plain = tags._build_box_tree
    known: list[_Pages] = []

    def build(
        box: Any, parent: Any, pdf: Any, page: int, nums: Any, notes: Any, marks: Any
    ) -> Iterator[Any]:
        own = getattr(box, "_box", box)
        before = {mark["mcid"] for mark in marks.values()} if _is_margin(own) else set()
        if not known:
            known.append(_Pages(pdf.add_object, tuple(pdf.page_references)))
        for made in plain(box, parent, known[0], page, nums, notes, marks):
            _complete(own, made, pydyf)
            yield made
        if before:
            left = {mark["mcid"] for mark in marks.values()}
            margins.marks.setdefault(page, set()).update(before - left)

    def _is_margin(box: Any) -> bool:
        return isinstance(box, boxes.MarginBox)

    tags._build_box_tree = build
    try:
        yield margins
    finally:
        tags._build_box_tree = plain


def _complete(box: Any, made: Any, pydyf: Any) -> None:
    element = getattr(box, "element", None)
    if element is None or box.element_tag in {"html", "body"}:
        return
    if language := element.get("lang"):
        made["Lang"] = pydyf.String(language)
    if kind := element.get("data-tag"):
        made["S"] = f"/{kind}"
    if made["S"] == "/TH":
        made["A"]["Scope"] = _SCOPES.get(element.get("scope"), "/Column")
    if box.link_annotation and (says := element.get(SAYS)):
        box.link_annotation["Contents"] = pydyf.String(says)
