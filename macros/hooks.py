"""What the engine asks of us page by page, beside the macros."""

from __future__ import annotations

from typing import Any

from factbook.markup.aside import anchors


def on_page_content(html: str, *, page: Any, **_: Any) -> str:
    """Tell the engine the anchors of what was set aside, so that links of chapters may lead there."""
    page.present_anchor_ids |= anchors(page.meta["aside"])
    return html
