"""Lines as long as they can be.

WeasyPrint 70 ends a line after the first word of a text that fits but for its last space, where a
link or another element follows. A space at the end of a line takes no room (CSS Text 3, 4.1.2), so
such a text stays whole here, and the line ends after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any


@contextmanager
def filled() -> Iterator[None]:
    """While this holds, no text is broken because the space after it has no room."""
    from weasyprint.layout import inline

    plain = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **options: Any) -> Any:
        split = plain(text, style, context, width, *rest, **options)
        resume = split[2]
        if resume is None or text[-1:] != " " or style["white_space"] != "normal":
            return split
        if b" " in text.encode()[:resume].rstrip(b" "):  # the fault leaves no more than a word
            return split
        bare = plain(text.rstrip(" "), style, context, width, *rest, **options)
        fits = bare[2] is None and bare[3] <= width
        return plain(text, style, context, inf, *rest, **options) if fits else split

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = plain
