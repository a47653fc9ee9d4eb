"""Bolivia: the area under coca against the legal ceiling, with the part above it shaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Layout, Voice, borne_out, required
from factbook.charts.rows import Row, amount
from factbook.charts.series import (
    by_year,
    counts,
    in_force,
    middle,
    other_counts,
    pointlike,
    runs,
    year_of,
)
from factbook.charts.theme import LABEL, Frame, Layer, Picture
from factbook.dataset import Dataset
from factbook.figure import Figure
from factbook.model import Language, Text

ID = "area-and-ceiling"
INDICATORS = ("coca-area", "legal-ceiling")

AREA, CEILING = INDICATORS
COUNTRY = "BO"

TITLE = Text(
    "More coca than the law allows, in every year counted",
    "Más coca de la que permite la ley, en todos los años contados",
)
SUBTITLE = Text(
    "Area under coca in {country} and the legal ceiling, hectares, {first} to {last}",
    "Superficie de coca en {country} y tope legal, hectáreas, {first} a {last}",
)
COUNT = Text("Area under coca", "Superficie de coca")
ABOVE = Text("above the ceiling", "por encima del tope")
LIMIT = Text("Legal ceiling {amount}", "Tope legal: {amount}")
LIMIT_SINCE = Text("{amount} since {year}", "{amount} desde {year}")
OTHER = Text("US estimates", "Estimaciones de EE. UU.")
NOTE = Text(
    "Open circles are estimates by the United States, which counts in another way; a thin line is"
    " an estimate published only as a range. {gaps}",
    "Los círculos abiertos son estimaciones de Estados Unidos, que cuenta de otra manera; una línea"
    " fina es una estimación publicada solo como rango. {gaps}",
)
COLUMNS = (
    Text("Year", "Año"),
    Text("Area under coca (ha)", "Superficie de coca (ha)"),
    Text("Legal ceiling (ha)", "Tope legal (ha)"),
    Text("Above the ceiling (ha)", "Por encima del tope (ha)"),
    Text("US estimate (ha)", "Estimación de EE. UU. (ha)"),
)
EXCESS = Text(
    "The area lay above the ceiling in all {count} years counted, by {least} at the least"
    " ({least_year}) and by {most} at the most ({most_year}).",
    "La superficie superó el tope en los {count} años contados: por {least} como mínimo"
    " ({least_year}) y por {most} como máximo ({most_year}).",
)
LIMITS = Text(
    "The ceiling, a dashed line, stood at {before} until {year} and at {after} from then on.",
    "El tope, una línea discontinua, era de {before} hasta {year} y de {after} desde entonces.",
)

Limits: TypeAlias = Mapping[int, Figure]


def chart(dataset: Dataset, language: Language) -> Chart:
    """Draw the chart from its two indicators."""
    voice = Voice(dataset, language)
    limits = {
        year_of(figure): limit
        for figure in counts(dataset, AREA, COUNTRY)
        if (limit := in_force(dataset, CEILING, COUNTRY, str(year_of(figure)))) is not None
    }
    counted = tuple(f for f in counts(dataset, AREA, COUNTRY) if year_of(f) in limits)
    required(counted, "years with an area and a ceiling")
    first, last = year_of(counted[0]), year_of(counted[-1])
    others = tuple(f for f in other_counts(dataset, AREA, COUNTRY) if first <= year_of(f) <= last)
    excess = {year_of(f): middle(f) - middle(limits[year_of(f)]) for f in counted}
    borne_out(min(excess.values()) > 0, TITLE.en)
    return Chart(
        title=voice(TITLE),
        subtitle=voice(SUBTITLE, country=voice.area(COUNTRY), first=first, last=last),
        note=voice(NOTE, gaps=describe.gaps_note(voice, counted)).strip(),
        description=(
            *describe.series(voice, counted, voice(COUNT)),
            _limits_sentence(voice, limits),
            _excess_sentence(voice, excess),
            *describe.range_of(voice, others, voice(OTHER)),
        ),
        figures=(*counted, *dict.fromkeys(limits.values()), *others),
        columns=tuple(voice(column) for column in COLUMNS),
        rows=_table(voice, counted, limits, excess, others),
        spec=lambda layout: _spec(voice, counted, limits, others, layout),
    )


def _limits_sentence(voice: Voice, limits: Limits) -> str:
    steps = list(dict.fromkeys(limits.values()))
    before, after = voice.figure(steps[0]), voice.figure(steps[-1])
    return voice(LIMITS, before=before, year=steps[-1].period.start.year, after=after)


def _excess_sentence(voice: Voice, excess: Mapping[int, Decimal]) -> str:
    least, most = (choose(excess, key=lambda year: excess[year]) for choose in (min, max))
    return voice(
        EXCESS,
        count=len(excess),
        least=voice.amount(excess[least], "ha"),
        least_year=least,
        most=voice.amount(excess[most], "ha"),
        most_year=most,
    )


def _table(
    voice: Voice,
    counted: Iterable[Figure],
    limits: Limits,
    excess: Mapping[int, Decimal],
    others: Iterable[Figure],
) -> tuple[tuple[Cell, ...], ...]:
    own, other = by_year(counted), by_year(others)
    return tuple(
        (
            Cell(str(year)),
            voice.cell(own.get(year)),
            voice.cell(limits.get(year)),
            Cell(voice.number(excess[year]) if year in excess else ""),
            voice.cell(other.get(year)),
        )
        for year in sorted({*own, *other})
    )


def _spec(
    voice: Voice,
    counted: tuple[Figure, ...],
    limits: Limits,
    others: tuple[Figure, ...],
    layout: Layout,
) -> Picture:
    years = sorted(limits)
    top = rows.top(rows.heights((*counted, *others, *limits.values())), 5_000)
    frame = Frame(
        layout,
        height=330 if layout.narrow else 380,
        x=(years[0] - 0.5, years[-1] + 0.5),
        y=(0, top),
        left=46,
        right=18 if layout.narrow else 24,
    )
    points = rows.points(voice, counted)
    return frame.finish(
        frame.band(_excess(runs(voice.dataset, counted), limits), palette.BOLIVIA),
        frame.grid(rows.ticks(voice, top, 10_000)),
        frame.years(year for year in range(2000, years[-1] + 1, 5) if year > years[0]),
        frame.rules(rows.ranges(voice, others), palette.OTHER_COUNT, width=1.6),
        frame.dots(rows.points(voice, others), palette.OTHER_COUNT, hollow=True),
        frame.path(_steps(limits, frame), palette.INK, width=1.5, dash=(5, 3)),
        frame.line(rows.joined(voice.dataset, counted), palette.BOLIVIA),
        frame.dots(points[-1:], palette.BOLIVIA, size=64),
        _labels(voice, frame, counted, limits, others),
        frame.targets(points),
    )


def _excess(parts: Iterable[tuple[Figure, ...]], limits: Limits) -> list[Row]:
    """Between area and ceiling; where the ceiling steps, between two years, the band parts."""
    band: list[Row] = []
    run = 0
    for part in parts:
        for before, figure in zip((None, *part), part, strict=False):
            year, y, limit = year_of(figure), amount(figure), limits[year_of(figure)]
            if before is not None and limits[year - 1] != limit:
                step = {"x": year - 0.5, "y": (amount(before) + y) / 2}
                band.append({**step, "y2": amount(limits[year - 1]), "run": run})
                run += 1
                band.append({**step, "y2": amount(limit), "run": run})
            band.append({"x": year, "y": y, "y2": amount(limit), "run": run})
        run += 1
    return band


def _steps(limits: Limits, frame: Frame) -> list[Row]:
    """The corners of the ceiling's line, from edge to edge."""
    corners: list[Row] = []
    for limit in dict.fromkeys(limits.values()):
        held = [year for year, other in limits.items() if other == limit]
        start = {"x": min(held) - 0.5, "y": amount(limit), "figure": limit.id}
        if corners:
            corners[-1] = {**corners[-1], "x": start["x"]}
        corners += [start, {**start, "x": frame.x[1]}]
    return corners


def _labels(
    voice: Voice,
    frame: Frame,
    counted: tuple[Figure, ...],
    limits: Limits,
    others: tuple[Figure, ...],
) -> list[Layer]:
    last = counted[-1]
    end = {
        "x": year_of(last),
        "y": amount(last) + frame.dy(11),
        "text": voice.figure(last, qualifier=False),
    }
    steps = list(dict.fromkeys(limits.values()))
    bold: dict[str, Any] = {"align": "right", "bold": True}
    labels = [
        *frame.text([end], palette.BOLIVIA, baseline="bottom", size=LABEL, halo=True, **bold),
        *frame.text(
            [_limit_label(voice, frame, step, steps[0], min(limits)) for step in steps],
            palette.INK,
            baseline="top",
            halo=True,
        ),
    ]
    if pointed := pointlike(others):
        top = max(pointed, key=middle)
        name = {"x": year_of(top) - frame.dx(9), "y": amount(top), "text": voice(OTHER)}
        labels += frame.text([name], palette.OTHER_COUNT, **bold)
    if not frame.layout.narrow:
        labels += frame.text([_above(voice, counted, limits)], palette.BOLIVIA, align="center")
    return labels


def _limit_label(voice: Voice, frame: Frame, step: Figure, first: Figure, start: int) -> Row:
    since = start if step == first else step.period.start.year
    text = voice(LIMIT if step == first else LIMIT_SINCE, amount=voice.figure(step), year=since)
    return {"x": since - 0.5 + frame.dx(5), "y": amount(step) - frame.dy(7), "text": text}


def _above(voice: Voice, counted: tuple[Figure, ...], limits: Limits) -> Row:
    """The name of the shaded part, in the middle of the longest run under the first ceiling."""
    longest = max(runs(voice.dataset, counted), key=len)
    first = next(iter(limits.values()))
    held = [f for f in longest if limits[year_of(f)] == first] or list(longest)
    centre = held[len(held) // 2]
    limit = amount(limits[year_of(centre)])
    return {
        "x": year_of(centre),
        "y": limit + (min(amount(f) for f in held) - limit) / 2,
        "text": voice(ABOVE),
    }
