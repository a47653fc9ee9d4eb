"""Drawn pages as bytes, not as millions of small objects that wait for the file to be written.

WeasyPrint 70 keeps what it draws on a page as a list of numbers and operators, and joins them when all
pages are drawn: a sixth of its memory at that time. Here each page is joined as soon as it is
drawn, by the same rule, so that the file is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def joined() -> Iterator[None]:
    """While this holds, a page that has been drawn is kept as one text."""
    import pydyf
    from weasyprint.document import Page

    plain = Page.paint

    def paint(page: Any, stream: Any, scale: float = 1) -> None:
        plain(page, stream, scale)
        stream.stream = [b"\n".join(map(pydyf._to_bytes, stream.stream))]

    Page.paint = paint
    try:
        yield
    finally:
        Page.paint = plain
