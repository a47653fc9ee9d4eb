"""The engine's own styles: those of notes are not made, and nothing else is missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factbook.editions.pdf import render, styles
from factbook.editions.pdf.render import NO_PANGO, Materials, write_pdf
from factbook.errors import FactbookError

FONTS = Path(__file__).parents[1] / "fonts"
HTML = (
    '<html lang="en"><head><title>Reeds</title><style>{faces} li::marker {{ color: #456 }}</style>'
    "</head><body><h1>Reeds</h1><ol><li>one <q>quoted</q></li><li>two<br/>lines</li></ol>"
    "<ul><li>three<ul><li>four</li></ul></li></ul><p>A <i>paragraph</i>.</p></body></html>"
)


@pytest.fixture(autouse=True)
def _pango() -> Iterator[None]:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)
    styles.own_styles.cache_clear()
    yield
    styles.own_styles.cache_clear()


def _written(target: Path) -> bytes:
    html = HTML.format(faces=render.font_faces())
    write_pdf(html, target, Materials(FONTS, {}, FONTS))
    return target.read_bytes()


def test_another_engine_s_sheet_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from weasyprint import html

    monkeypatch.setattr(html, "UA", html.UA.replace("::note-call {", "::remark-call {"))
    with pytest.raises(FactbookError) as caught:
        _written(tmp_path / "reeds.pdf")
    assert str(caught.value) == styles.CHANGED


def test_the_file_is_the_same_to_the_byte(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from weasyprint.html import UA_STYLESHEET

    fewer = _written(tmp_path / "fewer.pdf")
    monkeypatch.setattr(render, "own_styles", lambda: UA_STYLESHEET)
    assert _written(tmp_path / "all.pdf") == fewer


def test_elements_have_no_styles_of_notes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from weasyprint import css

    made: list[Any] = []
    plain = css.StyleFor.set_computed_styles

    def noted(self: Any, element: Any, *rest: Any, **more: Any) -> Any:
        made.append((getattr(element, "tag", element), more.get("pseudo_type")))
        return plain(self, element, *rest, **more)

    monkeypatch.setattr(css.StyleFor, "set_computed_styles", noted)
    _written(tmp_path / "reeds.pdf")
    parts = {part for part in made if part[1] and isinstance(part[0], str) and part[0] != "html"}
    assert ("li", "marker") in parts
    assert ("q", "before") in parts
    assert not [part for part in parts if "note" in part[1] or part == ("p", "marker")]
