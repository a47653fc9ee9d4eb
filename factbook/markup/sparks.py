"""Small charts in the data tables: one line a series, drawn by plain arithmetic.

A line starts at zero, as the columns of the large charts do. It stops where a year has no value
and where the method changed; a change is marked by a dashed upright.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from factbook.charts.series import break_years, middle, runs, whole_years, year_of
from factbook.figure import Figure
from factbook.markup.figures import Page, Style, figure_text
from factbook.markup.html import element, escape, joined
from factbook.model import Indicator

FEWEST = 4
"""With fewer values the rows themselves are read faster than a line."""

_WIDTH, _HEIGHT, _EDGE = 150, 30, 3


def series_row(page: Page, indicator: Indicator, area: str, columns: int) -> str:
    """The heading of the rows of an area: its name, and its series as a line between its ends.

    Of rivals the preferred value counts, of a range its middle. The name alone for fewer than
    :data:`FEWEST` years.
    """
    figures = whole_years(page.dataset.series(indicator.id, area))
    if len(figures) < FEWEST:
        return series_name(page, area, columns)
    line = joined(
        (
            element("span", escape(_end(page, figures[0])), class_="spark-end"),
            _svg(page, indicator, figures),
            element("span", escape(_end(page, figures[-1])), class_="spark-end spark-end--last"),
        )
    )
    return series_name(page, area, columns, line)


def series_name(page: Page, area: str, columns: int, line: str = "") -> str:
    """A row that names the area of the rows under it; ``line`` is what stands beside the name."""
    name = element(
        "th", escape(_name(page, area)), scope="rowgroup", colspan="2" if line else str(columns)
    )
    if not line:
        return element("tr", name, class_="series")
    cell = element("td", element("div", line, class_="spark-line"), colspan=str(columns - 2))
    return element("tr", name + cell, class_="series")


def _name(page: Page, area: str) -> str:
    return page.dataset.areas[area].name[page.language]


def _end(page: Page, figure: Figure) -> str:
    return f"{year_of(figure)}: {figure_text(page, figure)}"


def _svg(page: Page, indicator: Indicator, figures: Sequence[Figure]) -> str:
    scale = _Scale(figures)
    parts = runs(page.dataset, figures)
    lines = "".join(
        "M" + "L".join(scale.at(figure) for figure in run) for run in parts if len(run) > 1
    )
    alone = [run[0] for run in parts if len(run) == 1]
    breaks = "".join(
        f"M{scale.x(year - 0.5)},0V{_HEIGHT}" for year in break_years(page.dataset, figures)
    )
    marks = [
        element("path", d=f"M0,{scale.y(Decimal(0))}H{_WIDTH}", class_="spark-zero"),
        element("path", d=breaks, class_="spark-break") if breaks else "",
        element("path", d=lines) if lines else "",
        *(_dot(scale, figure, "1.5") for figure in alone),
        _dot(scale, figures[-1], "2.5"),
    ]
    words = element("title", escape(sentence(page, indicator, figures, len(parts) > 1)))
    return element(
        "svg",
        words + joined(marks),
        class_="spark",
        role="img",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=str(_WIDTH),
        height=str(_HEIGHT),
    )


def _dot(scale: _Scale, figure: Figure, radius: str) -> str:
    x, y = scale.at(figure).split(",")
    return element("circle", cx=x, cy=y, r=radius)


def sentence(page: Page, indicator: Indicator, figures: Sequence[Figure], broken: bool) -> str:
    """What the line shows, for those who do not see it: span, lowest, highest, interruptions."""
    least, most = min(figures, key=middle), max(figures, key=middle)
    span = page.label(
        "spark-span",
        title=indicator.title[page.language],
        area=_name(page, figures[0].area),
        first=year_of(figures[0]),
        last=year_of(figures[-1]),
    )
    if middle(least) == middle(most):
        said = page.label("spark-level", value=figure_text(page, most))
    else:
        said = page.label(
            "spark-extremes",
            least=figure_text(page, least, Style(unit=False)),
            least_year=year_of(least),
            most=figure_text(page, most),
            most_year=year_of(most),
        )
    stops = f" {page.label('spark-stops')}" if broken else ""
    return f"{span}: {said}.{stops}"


class _Scale:
    """Where years and values stand in a small chart."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        values = [middle(figure) for figure in figures]
        self._years = year_of(figures[0]), year_of(figures[-1])
        self._low = min(Decimal(0), *values)
        self._span = max(Decimal(0), *values) - self._low or Decimal(1)

    def x(self, year: float) -> str:
        first, last = self._years
        return _written(_EDGE + (year - first) / (last - first) * (_WIDTH - 2 * _EDGE))

    def y(self, value: Decimal) -> str:
        share = float((value - self._low) / self._span)
        return _written(_HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE))

    def at(self, figure: Figure) -> str:
        return f"{self.x(year_of(figure))},{self.y(middle(figure))}"


def _written(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
