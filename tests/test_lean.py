"""Pictures on pages: fewer bytes, the same marks, words and tooltips."""

from __future__ import annotations

import io
import re

import pytest
import vl_convert
from PIL import Image, ImageChops

from factbook.charts import palette, worker
from factbook.charts.drawing import Drawing
from factbook.charts.keys import fonts, modules, seen_by
from factbook.charts.lean import lean
from factbook.dataset import Dataset
from factbook.model import Language
from factbook.tables import read_tables
from tests.built import ROOT

LINE = '<line transform="translate({},{})" x2="0" y2="{}" stroke="red" stroke-width="2"/>'


def svg(inside: str) -> str:
    """A picture of 40 by 40."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">{inside}</svg>'


def inside(picture: str) -> str:
    """What a picture became, without its root."""
    return lean(svg(picture)).partition(">")[2].removesuffix("</svg>")


def test_lines_of_one_style_become_one_path() -> None:
    """Each keeps its start and its length, to a tenth of a pixel."""
    lines = LINE.format("7.2", "190", "-19.45") + LINE.format("20", "190", "-0.3")
    assert inside(lines) == '<path d="M7.2 190v-19.4M20 190v-.3" stroke="red" stroke-width="2"/>'


def test_lines_of_another_style_stay_apart() -> None:
    """A run ends where the style changes."""
    other = LINE.format(1, 2, 3).replace("red", "blue")
    assert inside(LINE.format(1, 2, 3) + other).count("<path") == 2


def test_lines_that_shine_through_are_not_joined() -> None:
    """Where two cross, the crossing of lines is darker than that of a path."""
    clear = LINE.format(1, 2, 3).replace("/>", ' stroke-opacity="0.5"/>')
    assert inside(clear + clear).count("M1 2v3") == 2
    assert "M1 2v3M1 2v3" not in inside(clear + clear)


def test_a_line_with_a_tooltip_keeps_it() -> None:
    """It is a mark of its own."""
    line = LINE.format(1, 2, 3).replace("/>", "><title>3 ha</title></line>")
    assert inside(line) == line


def test_an_outline_is_told_step_by_step() -> None:
    """Steps are differences of what was rounded, so that no error adds up."""
    path = '<path d="M407.7,658.4L413.2,642.8L408.3,642.8L407.7,658.4Z" fill="none"/>'
    assert inside(path) == '<path d="M407.7 658.4l5.5-15.6-4.9 0-.6 15.6Z" fill="none"/>'


def test_a_path_with_curves_is_left_alone() -> None:
    """Only straight lines are understood."""
    path = '<path d="M1,2C3,4,5,6,7,8L9,9"/>'
    assert inside(path) == path


def test_neighbours_of_one_style_share_a_group() -> None:
    """What a group hands down is said of it once; places stay with the marks."""
    text = '<text text-anchor="end" transform="translate({},{})" font-size="12px">{}</text>'
    assert inside(text.format(-6, 4, "80") + text.format(-6, 51.5, "60")) == (
        '<g text-anchor="end" font-size="12px">'
        '<text x="-6" y="4">80</text><text x="-6" y="51.5">60</text></g>'
    )


@pytest.mark.parametrize("own", ['opacity="0.5"', 'clip-path="url(#a)"', 'id="a"', 'class="a"'])
def test_what_no_group_hands_down_keeps_marks_alone(own: str) -> None:
    """The opacity of a group is another thing than that of its marks."""
    mark = f'<circle cx="1" cy="2" r="3" fill="red" {own}/>'
    assert inside(mark + mark) == mark + mark


def test_text_with_lines_of_its_own_keeps_its_place() -> None:
    """Its lines are placed in its own measure."""
    text = '<text transform="translate(1,2)"><tspan x="0" dy="14">a</tspan></text>'
    assert inside(text) == text


def test_what_looks_like_a_mark_in_a_tooltip_stays_text() -> None:
    """Escaped signs are never read as markup."""
    mark = '<circle cx="1" cy="2" r="3" fill="red"><title>&lt;text x="1"&gt;</title></circle>'
    assert inside(mark + mark) == (
        '<g fill="red"><circle cx="1" cy="2" r="3"><title>&lt;text x="1"&gt;</title></circle>'
        '<circle cx="1" cy="2" r="3"><title>&lt;text x="1"&gt;</title></circle></g>'
    )


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Our own data."""
    return Dataset(read_tables(ROOT))


@pytest.mark.parametrize("chart", sorted(modules()))
def test_every_chart_looks_and_reads_the_same(
    chart: str, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn before and after, no pixel is plainly another; words and tooltips are the very same."""
    module = modules()[chart]
    job = worker.Job(chart, Language.EN, "", module, seen_by(dataset, module)[0], fonts(ROOT))
    leaned: list[str] = []

    def watched(picture: str) -> str:
        leaned.append(picture)
        return lean(picture)

    monkeypatch.setattr(worker, "lean", watched)
    drawing = Drawing.from_json(worker.draw(job))
    assert len(leaned) == 2
    for picture, leaner in zip(leaned, (drawing.wide, drawing.narrow), strict=True):
        assert len(leaner) < len(picture)
        assert _words(leaner) == _words(picture)
        before, after = _drawn(picture), _drawn(leaner)
        assert before.size == after.size
        differences = ImageChops.difference(before, after).histogram()
        assert sum(differences[60:]) == 0


def _words(picture: str) -> list[str]:
    return [found for found in re.findall(r">([^<>]+)<", picture) if found.strip()]


def _drawn(picture: str) -> Image.Image:
    literal = palette.literal(picture)
    drawn = Image.open(io.BytesIO(vl_convert.svg_to_png(literal, scale=1.5))).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("L")
