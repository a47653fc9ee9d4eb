"""Sentences about a series, made from its figures: span, extremes, trend, breaks and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from factbook.charts.plot import Voice
from factbook.charts.series import break_years, gaps, middle, pointlike, year_of
from factbook.figure import Figure
from factbook.model import Text

ROSE = Text(
    "{name}: from {start} in {first} to {end} in {last}, a rise.",
    "{name}: de {start} en {first} a {end} en {last}, un aumento.",
)
FELL = Text(
    "{name}: from {start} in {first} to {end} in {last}, a fall.",
    "{name}: de {start} en {first} a {end} en {last}, una baja.",
)
LEVEL = Text(
    "{name}: {start} in {first} and {end} in {last}.",
    "{name}: {start} en {first} y {end} en {last}.",
)
BROKEN = Text(
    "{name}: {start} in {first} and {end} in {last}, but the method changed in between.",
    "{name}: {start} en {first} y {end} en {last}, pero el método cambió entre medio.",
)
ONE = Text("{name}: one value, {end} in {last}.", "{name}: un valor, {end} en {last}.")
EXTREMES = Text(
    "Highest in {most_year} ({most}), lowest in {least_year} ({least}).",
    "El máximo fue en {most_year} ({most}) y el mínimo en {least_year} ({least}).",
)
NO_VALUE = Text("No value for {years}.", "No hay dato para {years}.")
BREAKS = Text(
    "The method changed in {years}: values before and after are not comparable.",
    "El método cambió en {years}: los valores de antes y después no son comparables.",
)
RANGE = Text(
    "{name}: {count} values, between {least} ({least_year}) and {most} ({most_year}).",
    "{name}: {count} valores, entre {least} ({least_year}) y {most} ({most_year}).",
)
GAP_NOTE = Text(
    "The line stops where a year has no count ({years}).",
    "La línea se corta donde un año no tiene conteo ({years}).",
)


def series(voice: Voice, figures: Sequence[Figure], name: str) -> tuple[str, ...]:
    """The story of one series in up to four sentences."""
    first, last = figures[0], figures[-1]
    broken = break_years(voice.dataset, figures)
    words = {
        "name": name,
        "start": voice.figure(first),
        "first": year_of(first),
        "end": voice.figure(last),
        "last": year_of(last),
    }
    if len(figures) == 1:
        return (voice(ONE, **words),)
    if broken:
        said = [voice(BROKEN, **words)]
    else:
        change = middle(last) - middle(first)
        said = [voice(ROSE if change > 0 else FELL if change < 0 else LEVEL, **words)]
    if len(figures) > 2:
        said.append(extremes(voice, figures))
    if broken:
        said.append(voice(BREAKS, years=voice.listed([str(year) for year in broken])))
    if missing := gaps(figures):
        said.append(voice(NO_VALUE, years=spans(voice, missing)))
    return tuple(said)


def extremes(voice: Voice, figures: Sequence[Figure]) -> str:
    """The highest and the lowest value with their years."""
    most, least = max(figures, key=middle), min(figures, key=middle)
    return voice(
        EXTREMES,
        most=voice.figure(most),
        most_year=year_of(most),
        least=voice.figure(least),
        least_year=year_of(least),
    )


def range_of(voice: Voice, figures: Sequence[Figure], name: str) -> tuple[str, ...]:
    """One sentence on scattered values: how many, between what; none for no values."""
    pointed = pointlike(figures)
    if not pointed:
        return ()
    least, most = min(pointed, key=middle), max(pointed, key=middle)
    return (
        voice(
            RANGE,
            name=name,
            count=len(figures),
            least=voice.figure(least),
            least_year=year_of(least),
            most=voice.figure(most),
            most_year=year_of(most),
        ),
    )


def gaps_note(voice: Voice, figures: Sequence[Figure]) -> str:
    """What the note under a chart says of missing years, or nothing."""
    missing = gaps_of(voice, figures)
    return voice(GAP_NOTE, years=missing) if missing else ""


def gaps_of(voice: Voice, figures: Sequence[Figure]) -> str:
    """The missing years of a series as in a sentence, or nothing."""
    missing = gaps(figures)
    return spans(voice, missing) if missing else ""


def spans(voice: Voice, years: Sequence[int]) -> str:
    """Years in a sentence, neighbours drawn together, as in *2002, 2006 to 2008 and 2018*."""
    groups: list[list[int]] = [[years[0]]]
    for before, year in pairwise(years):
        if year == before + 1:
            groups[-1].append(year)
        else:
            groups.append([year])
    return voice.listed([_span(group) for group in groups])


def _span(group: list[int]) -> str:
    if len(group) == 1:
        return str(group[0])
    return f"{group[0]}\N{EN DASH}{group[-1]}"
