"""What Pango needs to know of a style, made ready once for all texts of that style.

WeasyPrint 70 makes each piece of a line a Pango context, a description of its font and a list of
features of its own, twice: when the line is broken and when it is drawn. That is a tenth of the
time of a long document, which has ten thousands of pieces in some eighty styles. Here the first
piece of a style is made as ever, and each further one is a copy of it before its text was set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ASKED = (
    "direction",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "lang",
)
"""All that WeasyPrint asks of a style when it makes a piece ready, but for family and decoration."""

_MADE = (
    "ascent",
    "first_line_direction",
    "language",
    "layout",
    "strikethrough_position",
    "underline_position",
)
"""What it makes of it; all but the layout may be shared."""


@contextmanager
def shared() -> Iterator[None]:
    """While this holds, the texts of a style are copies of one; decorated ones are made as ever."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango

    ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);", override=True)
    plain = line_break.Layout.setup
    ready: dict[tuple[Any, ...], dict[str, Any]] = {}

    def setup(piece: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":
            plain(piece, style)
            return
        key = (style.font_config, *style["font_family"], *map(style.__getitem__, _ASKED))
        if key not in ready:
            plain(piece, style)
            ready[key] = {name: getattr(piece, name) for name in _MADE}
        vars(piece).update(ready[key], style=style)
        copy = pango.pango_layout_copy(ready[key]["layout"])
        piece.layout = ffi.gc(copy, gobject.g_object_unref)

    line_break.Layout.setup = setup
    try:
        yield
    finally:
        line_break.Layout.setup = plain
