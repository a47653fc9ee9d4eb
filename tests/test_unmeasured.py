"""Texts that the renderer does not measure: where they stand, and what cannot be had that way."""

from __future__ import annotations

from typing import Any

import pytest

from factbook.charts.unmeasured import readable, unmeasured
from factbook.errors import ChartError


def spec(**mark: Any) -> dict[str, Any]:
    return {"layer": [{"mark": {"type": "rule"}}, {"mark": {"type": "text", **mark}}]}


def text_of(made: dict[str, Any]) -> dict[str, Any]:
    mark: dict[str, Any] = made["layer"][1]["mark"]
    return mark


def test_a_baseline_of_lines_is_refused() -> None:
    with pytest.raises(ChartError) as caught:
        unmeasured(spec(fontSize=12, baseline="line-top"))
    assert str(caught.value) == (
        "a text has the baseline 'line-top'; known: alphabetic, bottom, middle, top"
    )


def test_other_marks_and_texts_without_a_size_are_left_alone() -> None:
    before = {"mark": "text", "layer": [{"mark": {"type": "rect", "fontSize": 3}}]}
    assert unmeasured({**before}) == before
    assert text_of(unmeasured(spec(align="left"))) == {"type": "text", "align": "left"}


@pytest.mark.parametrize(
    ("baseline", "size", "moved"),
    [
        ("alphabetic", 13, 0),
        ("middle", 12.5, 8),  # 3.75 and -3.75 are rounded to 4 and -4
        ("middle", 15, 9),  # 4.5 and -4.5: halves go up, to 5 and -4
        ("top", 10, 16),
        ("bottom", 10, -4),
    ],
)
def test_a_text_is_moved_by_what_its_negative_size_moves_it(
    baseline: str, size: float, moved: int
) -> None:
    mark = text_of(unmeasured(spec(fontSize=size, baseline=baseline)))
    assert (mark["fontSize"], mark["dy"]) == (-size, moved)


def test_without_a_baseline_it_is_the_alphabetic_one_and_a_shift_is_kept() -> None:
    assert text_of(unmeasured(spec(fontSize=9, dy=5)))["dy"] == 5
    assert text_of(unmeasured(spec(fontSize=10, dy=5, baseline="top")))["dy"] == 21


def test_texts_of_plots_in_plots_are_found() -> None:
    for name in ("concat", "hconcat", "vconcat"):
        inner = spec(fontSize=10, baseline="top")
        unmeasured({name: [inner]})
        assert text_of(inner)["fontSize"] == -10


def test_a_size_is_turned_back() -> None:
    assert readable("-12.5px") == "12.5px"
    assert readable("12.5px") == "12.5px"
