"""Lines as long as they can be, and no mark of a source alone on the next.

WeasyPrint 70 ends a line after the first word of a text that fits but for its last space, where a
link or another element follows. A space at the end of a line takes no room (CSS Text 3, 4.1.2), so
such a text stays whole here, and the line ends after it.

It also asks Pango whether a line may end between the last letter of a text and the first of the
next, and those two alone, a full stop and a digit, may be parted. A mark stays with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

_STOP_AND_MARK = re.compile(r"[.,;:!?…”’»)%]\d")


@contextmanager
def filled() -> Iterator[None]:
    """While this holds, no text is broken because the space after it has no room, nor between
    a stop and the digit that follows it at once.
    """
    from weasyprint.layout import inline

    plain, plainly = inline.split_first_line, inline.can_break_text

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **options: Any) -> Any:
        found = plain(text, style, context, width, *rest, **options)
        resume = found[2]
        if resume is None or text[-1:] != " " or style["white_space"] != "normal":
            return found
        if b" " in text.encode()[:resume].rstrip(b" "):  # the fault leaves no more than a word
            return found
        bare = plain(text.rstrip(" "), style, context, width, *rest, **options)
        fits = bare[2] is None and bare[3] <= width
        return plain(text, style, context, inf, *rest, **options) if fits else found

    def can_break(text: str, language: str) -> bool:
        return plainly(text, language) and _STOP_AND_MARK.fullmatch(text) is None

    inline.split_first_line, inline.can_break_text = split, can_break
    try:
        yield
    finally:
        inline.split_first_line, inline.can_break_text = plain, plainly
