"""A line of the PDF takes what has room in it, also before a link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from factbook.editions.pdf.lines import filled
from factbook.editions.pdf.render import NO_PANGO

WIDTHS = range(40, 460, 3)
"""Pixels, in steps smaller than a space; wide enough in the end for the whole."""
TEXTS = {
    "between links": 'In the <a href="#x">reeds</a>, they say, some of it is sold: <b>6</b> a day',
    "after a word": 'Of all the reeds that grow <a href="#x">here</a> few are cut by hand',
    "with quotation marks and a dash": "<i>“No”</i>, she wrote – not once <i>but</i> twice, or so",
}


@pytest.fixture(autouse=True)
def _pango() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)


def lines(text: str, how: AbstractContextManager[None]) -> dict[int, list[str]]:
    """The lines of a paragraph in columns of each of those widths."""
    from weasyprint import HTML

    columns = "".join(f'<p style="width: {width}px">{text}</p>' for width in WIDTHS)
    with how:
        document = HTML(string=f"<style>@page {{ size: 900px 100000px }}</style>{columns}").render()
    body = document.pages[0]._page_box.children[0].children[0]
    found = [[_text(box) for box in _line_boxes(column)] for column in body.children]
    return dict(zip(WIDTHS, found, strict=True))


def _text(line: Any) -> str:
    return "".join(part.text for part in line.descendants() if hasattr(part, "text")).strip()


def _line_boxes(box: Any) -> Iterator[Any]:
    if type(box).__name__ == "LineBox":
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _line_boxes(child)


def shrinking(found: dict[int, list[str]]) -> list[tuple[int, str]]:
    """Where a wider column has a shorter first line than a narrower one."""
    first = {width: texts[0] for width, texts in found.items()}
    return [(w, first[w]) for w in WIDTHS[1:] if len(first[w]) < len(first[w - WIDTHS.step])]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_wider_column_never_has_a_shorter_first_line(text: str) -> None:
    assert shrinking(lines(text, filled())) == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_word_is_lost_or_repeated(text: str) -> None:
    found = lines(text, filled())
    (whole,) = found[WIDTHS[-1]]
    assert {" ".join(texts) for texts in found.values()} == {whole}


def test_the_renderer_still_needs_it() -> None:
    """Once this fails, a newer WeasyPrint does it by itself: the module can go."""
    assert shrinking(lines(TEXTS["between links"], nullcontext()))


RANGES = "Cut from 2018–2021 (paras. 5–8), and again in 2023–2024 (p. 17–19)."


def test_a_joiner_keeps_a_range_in_one_line() -> None:
    """And only there: without it, lines do end after the dash."""
    held = RANGES.replace("–", "–\u2060")
    ends = [line[-1] for texts in lines(held, filled()).values() for line in texts]
    assert "–" not in ends
    assert "\u2060" not in ends
    plain = [line[-1] for texts in lines(RANGES, filled()).values() for line in texts]
    assert "–" in plain


MARKED = "<b>Reeds</b> are cut late; so they say.<sup>52</sup> Some go on, “as ever”.<sup>7</sup>"


def alone(found: dict[int, list[str]]) -> set[str]:
    """Lines that begin with a mark that belongs to the line before."""
    return {line for texts in found.values() for line in texts if line[0].isdigit()}


def test_a_mark_stays_with_its_sentence() -> None:
    assert alone(lines(MARKED, filled())) == set()


def test_the_renderer_still_parts_them() -> None:
    """Once this fails, a newer WeasyPrint or Pango does it by itself: the second half can go."""
    assert alone(lines(MARKED, nullcontext()))


def test_preserved_spaces_stay_what_they_are() -> None:
    text = '<span style="white-space: pre-wrap">two  words  and <a href="#x">one</a> more</span>'
    assert lines(text, filled()) == lines(text, nullcontext())
