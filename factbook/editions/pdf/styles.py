"""The engine's own style sheet, without what it computes for every element and no document of ours has.

WeasyPrint 70 gives each element of a document six more styles: of its marker and of five parts of
notes, since its sheet has rules of these for all elements. It keeps them to the end, in a fifth of
its memory. Our notes are lists with links; only items of lists have markers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from factbook.errors import FactbookError

_OF_NOTES = re.compile(r"^::(?:footnote|note)-\w+ \{.*\}\n", re.MULTILINE)
_OF_MARKERS = re.compile(r"^::marker \{", re.MULTILINE)
CHANGED = "WeasyPrint's own style sheet is not the one that editions/pdf/styles.py was written for"


@cache
def own_styles() -> Any:
    """The style sheet of the engine itself, for documents without notes of its kind.

    Raises :class:`FactbookError` where its rules do not look as expected.
    """
    from weasyprint import CSS
    from weasyprint.html import UA, UA_COUNTER_STYLE

    text, notes = _OF_NOTES.subn("", UA)
    text, markers = _OF_MARKERS.subn("li::marker {", text)
    if (notes, markers) != (5, 1):
        raise FactbookError(CHANGED)
    return CSS(string=text, counter_style=UA_COUNTER_STYLE)
