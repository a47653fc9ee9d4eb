"""The two charts of the report, drawn with the marks of every other chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from bench.report import Growth, Target
from factbook.charts import palette, poster, svg
from factbook.charts.keys import fonts
from factbook.charts.plot import WIDE, Chart, Layout
from factbook.charts.rows import Row
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.charts.worker import picture
from factbook.model import Language
from tests.miniature import REAL

COLOURS = (palette.LEAF, palette.PERU, palette.OTHER_COUNT)


def promises(targets: Sequence[Target]) -> str:
    """Bars of what was measured as a share of what it may be at most; the line is the limit."""
    shares = {t.what: 100 * t.measured / t.most for t in targets if t.most is not None}
    end = max(120.0, *(10 * math.ceil(share / 10) + 10 for share in shares.values()))
    return _drawn(
        "What was measured, in per cent of what was promised",
        "; ".join(f"{what}: {share:.0f}%" for what, share in shares.items()),
        lambda layout: _bars(layout, shares, end),
    )


def _bars(layout: Layout, shares: dict[str, float], end: float) -> Picture:
    count = len(shares)
    frame = Frame(layout, 34 * count + 40, x=(0, end), y=(count, 0), left=290, right=50, bottom=26)
    bars: list[dict[str, Any]] = []
    names: list[Row] = []
    values: list[Row] = []
    for at, (what, share) in enumerate(shares.items()):
        bars.append({"x": 0, "x2": share, "y": at + 0.25, "y2": at + 0.75, "tip": ""})
        names.append({"x": -frame.dx(10), "y": at + 0.5, "text": what})
        values.append({"x": share + frame.dx(6), "y": at + 0.5, "text": f"{share:.0f}%"})
    limit = {"x": 100, "x2": 100, "y": 0, "y2": count, "tip": ""}
    below = [{"x": 100, "y": count + frame.dy(-6), "text": "the most"}]
    return frame.finish(
        frame.bars([b for b in bars if b["x2"] <= 100], palette.LEAF),
        frame.bars([b for b in bars if b["x2"] > 100], palette.PERU),
        frame.rules([limit], palette.INK, width=1.5),
        frame.text(names, palette.INK, align="right"),
        frame.text(values, palette.INK, size=LABEL, bold=True, halo=True),
        frame.text(below, palette.MUTED, align="center", baseline="top"),
    )


def growth(growths: Sequence[Growth]) -> str:
    """Lines of what one page, chart or row costs as a project grows, the smallest case being 1."""
    told = "; ".join(
        f"{g.what}: "
        + ", ".join(f"{n:,} → {r:.2f}" for n, r in zip(g.sizes, g.relative, strict=True))
        for g in growths
    )
    return _drawn(
        "What one page, chart or row costs as the project grows, the smallest being 1",
        told,
        lambda layout: _lines(layout, growths),
    )


def _lines(layout: Layout, growths: Sequence[Growth]) -> Picture:
    top = max(1.4, *(value + 0.1 for g in growths for value in g.relative))
    far = max(math.log10(g.sizes[-1] / g.sizes[0]) for g in growths)
    frame = Frame(layout, 340, x=(0, far), y=(0, top), left=48, right=110, top=20, bottom=30)
    step = 0.2 if top < 3 else 1
    ticks = {n * step: f"{n * step:.1f}" for n in range(int(top / step) + 1)}
    across = [{"x": n, "y": -frame.dy(8), "text": f"{10**n} times"} for n in range(int(far) + 1)]
    layers: list[Layer] = [
        *frame.grid(ticks),
        *frame.text(across, palette.MUTED, align="center", baseline="top"),
        frame.rules(
            [{"x": 0, "x2": far, "y": 1.2, "y2": 1.2, "tip": ""}], palette.INK, dash=(4, 3)
        ),
    ]
    for one, colour in zip(growths, COLOURS, strict=False):
        points: list[dict[str, Any]] = [
            {"x": math.log10(size / one.sizes[0]), "y": value, "run": 0, "tip": ""}
            for size, value in zip(one.sizes, one.relative, strict=True)
        ]
        end = {**points[-1], "x": points[-1]["x"] + frame.dx(9), "text": one.what}
        layers += [frame.line(points, colour), frame.dots(points, colour)]
        layers += frame.text([end], colour, size=LABEL, bold=True)
    return frame.finish(layers)


def _drawn(title: str, described: str, spec: Callable[[Layout], Picture]) -> str:
    chart = Chart(title, "", None, (described,), (), (), (), spec)
    shape = svg.literal(svg.prefixed(picture(fonts(REAL), chart, WIDE), "bench-"))
    words = poster.Words(title, "", None, "make bench", described, Language.EN.tag)
    return poster.framed(shape, words) + "\n"
