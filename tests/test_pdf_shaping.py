"""Texts of one style share what Pango needs; what is drawn is the same to the byte."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from factbook.editions.pdf.render import NO_PANGO
from factbook.editions.pdf.shaping import _ASKED, shared

FONTS = Path(__file__).parents[1] / "fonts"
WORDS = "In 2024, 1,659 reeds “fi” office — años y ceñida"
"""With figures, ligatures and accents: most features of a font change something in it."""
DIFFERENT = {
    "direction": "direction: rtl",
    "font_feature_settings": "font-feature-settings: 'onum'",
    "font_kerning": "font-kerning: none",
    "font_language_override": "font-language-override: 'TRK'",
    "font_size": "font-size: 17px",
    "font_stretch": "font-stretch: condensed",
    "font_style": "font-style: italic",
    "font_variant_alternates": "font-variant-alternates: historical-forms",
    "font_variant_caps": "font-variant-caps: small-caps",
    "font_variant_east_asian": "font-variant-east-asian: full-width",
    "font_variant_ligatures": "font-variant-ligatures: none",
    "font_variant_numeric": "font-variant-numeric: oldstyle-nums",
    "font_variant_position": "font-variant-position: super",
    "font_variation_settings": "font-variation-settings: 'wght' 600",
    "font_weight": "font-weight: 600",
    "lang": "",
    "a family": "font-family: 'Hoja Sans'",
    "a decoration": "text-decoration: underline",
}


@pytest.fixture(autouse=True)
def _pango() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)


def _document(style: str, language: str) -> str:
    """Two paragraphs that differ in one thing, twice, so that one is a copy of either."""
    faces = "".join(
        f"@font-face {{ font-family: '{name}'; src: url({(FONTS / file).as_uri()});"
        f" font-weight: {weight}; font-style: {slant} }}"
        for name, file, weight, slant in (
            ("Hoja Serif", "HojaSerif-Regular.ttf", 400, "normal"),
            ("Hoja Serif", "HojaSerif-Italic.ttf", 400, "italic"),
            ("Hoja Serif", "HojaSerif-SemiBold.ttf", 600, "normal"),
            ("Hoja Sans", "HojaSans-Regular.ttf", 400, "normal"),
        )
    )
    plain = f"<p>{WORDS} <b>1</b> fin</p>"
    other = f'<p lang="{language}" style="{style}">{WORDS} <b>1</b> fin</p>'
    page = "@page { size: 260px 900px } html { font: 16px 'Hoja Serif' }"
    return f"<html lang=en><style>{faces}{page}</style>{(plain + other) * 2}"


def _written(html: str, how: AbstractContextManager[None]) -> bytes:
    from weasyprint import HTML

    with how:
        written = HTML(string=html).write_pdf(pdf_identifier=b"same", uncompressed_pdf=True)
    assert isinstance(written, bytes)
    return written


def test_each_thing_a_style_can_say_of_a_font_is_tried() -> None:
    assert set(_ASKED) <= set(DIFFERENT)


@pytest.mark.parametrize("what", DIFFERENT)
def test_styles_that_differ_in_one_thing_stay_different(what: str) -> None:
    html = _document(DIFFERENT[what], "tr" if what == "lang" else "en")
    assert _written(html, shared()) == _written(html, nullcontext())


@pytest.mark.parametrize("left_out", ["font_size", "font_weight", "font_style"])
def test_a_thing_that_is_not_looked_at_would_show(
    left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = _document(DIFFERENT[left_out], "en")
    asked = tuple(name for name in _ASKED if name != left_out)
    monkeypatch.setattr("factbook.editions.pdf.shaping._ASKED", asked)
    assert _written(html, shared()) != _written(html, nullcontext())


def test_few_of_many_texts_are_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text import line_break

    made: list[str] = []
    plain = line_break.Layout.setup

    def counted(piece: object, style: dict[str, str]) -> None:
        made.append(style["font_style"])
        plain(piece, style)

    monkeypatch.setattr(line_break.Layout, "setup", counted)
    html = _document("font-style: italic", "en")
    _written(html, nullcontext())
    before = len(made)
    made.clear()
    _written(html, shared())
    assert len(made) < before / 4
    assert set(made) == {"normal", "italic"}


def test_afterwards_the_engine_is_as_it_was() -> None:
    from weasyprint.text import line_break

    before = line_break.Layout.setup
    with pytest.raises(ZeroDivisionError), shared():
        1 / 0  # noqa: B018
    assert line_break.Layout.setup is before
