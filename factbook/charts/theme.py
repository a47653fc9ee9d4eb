"""The drawing vocabulary of the charts on top of Altair: one look for all of them.

A :class:`Frame` is the plot of one picture: its size, margins and the two number lines. Axes are
drawn as marks, at ticks the chart chooses, labelled by the project's own rules; so every text has
its place by arithmetic, and no picture depends on how a renderer guesses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

from factbook.charts import palette
from factbook.charts.drawing import canonical
from factbook.charts.plot import Layout
from factbook.charts.rows import Row
from factbook.charts.svg import TIP

FAMILY = "Hoja Sans, sans-serif"
SMALL = 12.5
LABEL = 13.5
BOLD = 600


Look: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of marks and the rows they stand for.

    The rows are kept out of Altair's objects. These are those of its schema, not its charts, which
    copy themselves and all that is in them at every step: half the time of a drawing.
    """

    marks: alt.UnitSpec
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot, or several in one picture, with their rows by name.

    ``parts`` are the properties of its specification, which :func:`dressed` adds to.
    """

    parts: Mapping[str, Any]
    data: Mapping[str, Sequence[Row]]

    def to_dict(self, validate: bool = True) -> dict[str, Any]:
        """The whole as a Vega-Lite specification, as a rule checked against its schema."""
        whole: Any = alt.TopLevelLayerSpec if "layer" in self.parts else alt.TopLevelConcatSpec
        spec: dict[str, Any] = whole(**self.parts).to_dict(validate=validate)
        return spec | {"datasets": {name: list(rows) for name, rows in self.data.items()}}


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot: margins around it in pixels, and what its edges mean on the two number lines."""

    layout: Layout
    height: int
    x: tuple[float, float]
    y: tuple[float, float]
    left: int = 12
    right: int = 12
    top: int = 14
    bottom: int = 26
    width: int = 0
    """Of the whole frame; 0 for the layout's."""

    @property
    def outer(self) -> int:
        """The width with margins."""
        return self.width or self.layout.width

    @property
    def inner(self) -> tuple[int, int]:
        """Width and height of the plot itself."""
        return self.outer - self.left - self.right, self.height - self.top - self.bottom

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the plot stands, in pixels from its top left corner."""
        width, height = self.inner
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return across * width, (1 - up) * height

    def back(self, x: float, y: float) -> dict[str, float]:
        """The point of the plot that stands there: :meth:`at` the other way round."""
        return {"x": self.x[0] + self.dx(x), "y": self.y[1] - self.dy(y)}

    def dx(self, pixels: float) -> float:
        """So many pixels as a length on the x line."""
        return pixels * (self.x[1] - self.x[0]) / self.inner[0]

    def dy(self, pixels: float) -> float:
        """So many pixels as a length on the y line."""
        return pixels * (self.y[1] - self.y[0]) / self.inner[1]

    # Marks

    def _layer(self, rows: Iterable[Row], mark: str, look: Look, **more: Look) -> Layer:
        """Marks at ``x``, ``y``, which :meth:`plot` encodes for all, and what else they encode.

        Mark and encoding are plain dictionaries: Altair's own objects carry a hundred undefined
        properties each, and copy them all at every step. Marks without a tip are told not to
        describe themselves, which takes the renderer long and is taken out at the finish.
        """
        kept = [dict(row) for row in rows]
        drawn: Any = {"type": mark, "aria": "description" in more, **look}
        named: Any = {"name": _name(kept)}
        encoding: Any = more
        return Layer(alt.UnitSpec(data=named, encoding=encoding, mark=drawn), kept)

    def line(
        self,
        rows: Iterable[Row],
        colour: str,
        *,
        width: float = 2.5,
        dash: Sequence[float] = (),
        opacity: float = 1,
    ) -> Layer:
        """A line through ``x``, ``y``; rows of another ``run`` are not joined to it."""
        look = {
            "color": colour,
            "strokeWidth": width,
            "strokeDash": list(dash),
            "strokeJoin": "round",
            "strokeCap": "butt" if dash else "round",
            "opacity": opacity,
        }
        return self._layer(rows, "line", look, detail=_RUN, order=_by("x"))

    def path(
        self, rows: Iterable[Row], colour: str, *, width: float, dash: Sequence[float]
    ) -> Layer:
        """A line through ``x``, ``y`` in the order of the rows (``at``), as a step needs it."""
        numbered = [{**row, "at": at} for at, row in enumerate(rows)]
        look = {"color": colour, "strokeWidth": width, "strokeDash": list(dash)}
        return self._layer(numbered, "line", look | {"strokeJoin": "miter"}, order=_by("at"))

    def band(self, rows: Iterable[Row], colour: str, *, opacity: float = 0.16) -> Layer:
        """The area between ``y`` and ``y2``; rows of another ``run`` are another area."""
        look = {"color": colour, "fillOpacity": opacity, "line": False}
        return self._layer(rows, "area", look, y2=_Y2, detail=_RUN)

    def shape(
        self,
        rows: Iterable[Row],
        fill: str,
        stroke: str,
        *,
        width: float = 0.8,
        cut: bool = False,
    ) -> Layer:
        """Closed outlines through ``x``, ``y``, one a ``run``; ``cut`` off beyond the plot, if so."""
        numbered = [{**row, "at": at} for at, row in enumerate(rows)]
        look = {"fill": fill, "stroke": stroke, "strokeWidth": width, "strokeJoin": "round"}
        look |= {"interpolate": "linear-closed", "opacity": 1, "clip": cut}
        return self._layer(numbered, "line", look, detail=_RUN, order=_by("at"))

    def discs(self, rows: Iterable[Row], colour: str, *, opacity: float = 1) -> Layer:
        """Circles at ``x``, ``y`` with the radius ``r`` in pixels and a ``tip``."""
        sized = [{**row, "size": (2 * row["r"]) ** 2} for row in rows]
        look = {
            "shape": "circle",
            "filled": True,
            "fill": colour,
            "fillOpacity": opacity,
            "stroke": colour,
            "strokeWidth": 1.2,
            "opacity": 1,
        }
        size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
        return self._layer(tipped(sized), "point", look, size=size, description=_TIP)

    def ring(self, row: Row, colour: str) -> Layer:
        """An open circle at ``x``, ``y`` with the radius ``r`` in pixels."""
        look = {"shape": "circle", "filled": False, "stroke": colour, "strokeWidth": 1}
        return self._layer([row], "point", look | {"size": (2 * row["r"]) ** 2, "opacity": 1})

    def boxes(self, rows: Iterable[Row], fill: str, stroke: str) -> Layer:
        """Framed rectangles from ``x`` to ``x2`` and ``y`` to ``y2``, with a ``tip``."""
        look = {"fill": fill, "stroke": stroke, "strokeWidth": 1}
        return self._layer(tipped(rows), "rect", look, x2=_X2, y2=_Y2, description=_TIP)

    def dots(
        self,
        rows: Iterable[Row],
        colour: str,
        *,
        hollow: bool = False,
        size: float = 46,
        shape: str = "circle",
    ) -> Layer:
        """Points at ``x``, ``y`` with a ``tip``; open ones for another count."""
        look = {
            "shape": shape,
            "filled": not hollow,
            "fill": palette.PAPER if hollow else colour,
            "stroke": colour,
            "strokeWidth": 1.6 if hollow else 0,
            "size": size,
            "opacity": 1,
        }
        return self._layer(tipped(rows), "point", look, description=_TIP)

    def heads(self, rows: Iterable[Row], colour: str, *, to: str, size: float = 52) -> Layer:
        """Heads of arrows with their middle at ``x``, ``y``; ``to`` is ``right`` or ``down``."""
        look = {"shape": f"triangle-{to}", "filled": True, "fill": colour, "strokeWidth": 0}
        return self._layer(rows, "point", look | {"size": size, "opacity": 1})

    def targets(self, rows: Iterable[Row], *, size: float = 320) -> Layer:
        """Invisible circles that show the ``tip`` of the point under the pointer."""
        look = {"shape": "circle", "filled": True, "fill": "transparent", "strokeWidth": 0}
        look |= {"size": size, "opacity": 1}
        return self._layer(tipped(rows), "point", look, description=_TIP)

    def bars(self, rows: Iterable[Row], colour: str, *, opacity: float = 1) -> Layer:
        """Rectangles from ``x`` to ``x2`` and ``y`` to ``y2``, with a ``tip``."""
        look = {"fill": colour, "fillOpacity": opacity, "stroke": None}
        return self._layer(tipped(rows), "rect", look, x2=_X2, y2=_Y2, description=_TIP)

    def rules(
        self,
        rows: Iterable[Row],
        colour: str,
        *,
        width: float = 1,
        dash: Sequence[float] = (),
    ) -> Layer:
        """Straight lines from ``x``, ``y`` to ``x2``, ``y2``, with a ``tip`` if the row has one."""
        look = {"color": colour, "strokeWidth": width, "strokeDash": list(dash)}
        return self._layer(tipped(rows), "rule", look, x2=_X2, y2=_Y2, description=_TIP)

    def text(
        self,
        rows: Iterable[Row],
        colour: str,
        *,
        align: str = "left",
        baseline: str = "middle",
        size: float = SMALL,
        bold: bool = False,
        halo: bool = False,
    ) -> list[Layer]:
        """Texts at ``x``, ``y``; line feeds part lines; a halo keeps them off what lies below."""
        shared: dict[str, Any] = {
            "align": align,
            "baseline": baseline,
            "fontSize": size,
            "lineBreak": "\n",
            "lineHeight": 16,
        }
        if bold:
            shared["fontWeight"] = BOLD
        looks: list[dict[str, Any]] = [{"color": colour}]
        if halo:
            under = {"fill": palette.PAPER, "stroke": palette.PAPER, "strokeWidth": 4}
            looks.insert(0, {**under, "strokeJoin": "round"})
        kept = list(rows)
        return [self._layer(kept, "text", look | shared, text=_TEXT) for look in looks]

    def absent(self, rows: Iterable[Row]) -> Layer:
        """A short dash at ``x``, ``y``: no figure here, which is not zero."""
        half = self.dx(4)
        marks = [
            {**row, "x": row["x"] - half, "x2": row["x"] + half, "y2": row["y"]} for row in rows
        ]
        return self.rules(marks, palette.MUTED, width=1.5)

    # Axes

    def grid(self, ticks: Mapping[float, str], *, labels: str = "left") -> list[Layer]:
        """Horizontal rules with labels that stand on them, the zero line stronger.

        ``labels`` is ``left`` (outside the plot) or ``on`` (on the rule, at its left end).
        """
        left, right = self.x
        rows = [{"x": left, "x2": right, "y": y, "y2": y} for y in ticks if y != 0]
        zero = [{"x": left, "x2": right, "y": y, "y2": y} for y in ticks if y == 0]
        layers = [self.rules(rows, palette.RULE), self.rules(zero, palette.MUTED)]
        if labels == "left":
            texts = [{"x": left - self.dx(6), "y": y, "text": t} for y, t in ticks.items()]
            return [*layers, *self.text(texts, palette.MUTED, align="right")]
        texts = [{"x": left, "y": y + self.dy(4), "text": t} for y, t in ticks.items()]
        return [*layers, *self.text(texts, palette.MUTED, baseline="bottom", halo=True)]

    def heading(self, text: str, colour: str = palette.INK, *, raised: float = 20) -> list[Layer]:
        """What the panel shows, over its plot, from the left edge of the axis labels on."""
        head = {**self.back(6 - self.left, -raised), "text": text}
        return self.text([head], colour, size=LABEL + 1, bold=True)

    def years(self, years: Iterable[int], *, ticks: bool = True) -> list[Layer]:
        """The years under the plot, ungrouped as years are, with a short tick each."""
        base = self.y[0]
        shown = list(years)
        layers: list[Layer] = []
        if ticks:
            rows = [{"x": year, "x2": year, "y": base, "y2": base - self.dy(5)} for year in shown]
            layers.append(self.rules(rows, palette.MUTED))
        texts = [{"x": year, "y": base - self.dy(8), "text": str(year)} for year in shown]
        return [*layers, *self.text(texts, palette.MUTED, align="center", baseline="top")]

    # The whole

    def plot(self, *layers: Layer | Iterable[Layer]) -> Picture:
        """The layers, bottom first, as one plot without margins: a panel, or the whole.

        What has no rows has no marks, and is left out: the renderer would take its time for it.
        """
        flat: list[Layer] = []
        for layer in layers:
            flat.extend([layer] if isinstance(layer, Layer) else layer)
        flat = [layer for layer in flat if layer.rows]
        width, height = self.inner
        parts = {
            "layer": [layer.marks for layer in flat],
            "encoding": {
                "x": {**_quantity("x", self.x), "axis": None},
                "y": {**_quantity("y", self.y), "axis": None},
            },
            "width": width,
            "height": height,
        }
        return Picture(parts, {_name(layer.rows): layer.rows for layer in flat})

    def finish(self, *layers: Layer | Iterable[Layer]) -> Picture:
        """The finished picture of one plot."""
        return dressed(
            self.plot(*layers),
            size=(self.outer, self.height),
            padding=(self.left, self.top, self.right, self.bottom),
        )


def panels(first: tuple[Frame, Picture], second: tuple[Frame, Picture], *, beside: bool) -> Picture:
    """Two plots as one picture, beside or above one another; each keeps its frame's margins."""
    return grid([[first, second]] if beside else [[first], [second]])


def grid(cells: Sequence[Sequence[tuple[Frame, Picture]]]) -> Picture:
    """Plots of one size in rows as one picture; each keeps its frame's margins.

    With one plot a row, or one row of plots, the sizes may differ.
    """
    flat = [cell for row in cells for cell in row]
    first, last = flat[0][0], flat[-1][0]
    below = cells[-1][0][0]
    parts = {
        "concat": [alt.LayerSpec(**picture.parts) for _, picture in flat],
        "columns": len(cells[0]),
        "spacing": {"row": first.bottom + below.top, "column": first.right + last.left},
        "bounds": "flush",
    }
    return dressed(
        Picture(parts, {name: rows for _, found in flat for name, rows in found.data.items()}),
        size=(
            max(sum(frame.outer for frame, _ in row) for row in cells),
            sum(max(frame.height for frame, _ in row) for row in cells),
        ),
        padding=(first.left, first.top, last.right, last.bottom),
    )


def dressed(
    picture: Picture, *, size: tuple[int, int], padding: tuple[int, int, int, int]
) -> Picture:
    """A picture with the look of the house; its size is exact, nothing is fitted."""
    left, top, right, bottom = padding
    look = {
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "autosize": "none",
        "usermeta": {"size": list(size)},
        "config": {
            "font": FAMILY,
            "background": "transparent",
            "view": {"stroke": None, "fill": None},
        },
    }
    return Picture({**picture.parts, **look}, picture.data)


def tipped(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows, their ``tip`` marked as a tooltip for the finish of the picture."""
    return [
        {**row, "tip": TIP + row["tip"]} if row.get("tip") else {**row, "tip": ""} for row in rows
    ]


def _name(rows: Sequence[Row]) -> str:
    """The name of some rows: the same for the same rows, whatever was drawn before."""
    return "rows-" + hashlib.sha256(canonical(rows).encode()).hexdigest()[:16]


def _quantity(field: str, domain: tuple[float, float]) -> dict[str, Any]:
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale}


def _by(field: str) -> Look:
    return {"field": field, "type": "quantitative"}


_X2: Look = {"field": "x2"}
_Y2: Look = {"field": "y2"}
_RUN: Look = {"field": "run", "type": "nominal"}
_TIP: Look = {"field": "tip", "type": "nominal"}
_TEXT: Look = {"field": "text", "type": "nominal"}
