"""Rules about where areas stand: a point that slipped is found before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.dataset import Dataset
from factbook.errors import Finding
from factbook.geography import lies_within
from factbook.model import OutlineKind

MARGIN = 0.15
"""How far outside its country a point may seem to lie, in degrees: outlines are thinned."""


def places_lie_in_their_country(dataset: Dataset) -> Iterator[Finding]:
    """A point lies in the outline of the country to which its area belongs.

    An area outside the countries that have an outline is not judged.
    """
    for position in dataset.positions.values():
        outline = dataset.outlines.get(dataset.country_of(position.area) or "")
        if outline is None or outline.kind is not OutlineKind.COUNTRY:
            continue
        if not lies_within((position.lon, position.lat), outline.rings, MARGIN):
            message = (
                f"{position.area} lies outside {outline.name.en} at {position.lat:g},"
                f" {position.lon:g}; mend 'lat' and 'lon' (south and west are negative)"
            )
            yield Finding(position.place, message)
