"""The pictures that stand for pages where their addresses are shared, one a page and language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from factbook.chapters import Chapter
from factbook.charts.card import Card, drawn
from factbook.charts.drawing import Drawing
from factbook.charts.worker import source_line
from factbook.checks import Project
from factbook.dataset import Dataset
from factbook.formatting import NO_BREAK
from factbook.identity import NAME
from factbook.model import Language
from factbook.release import LICENCE_NAME, Release
from factbook.vocabulary import Use

SOCIAL = "social"
"""The folder of an edition that holds them; ``overrides/partials/social.html`` names it too."""


def cards(
    project: Project, drawings: Mapping[str, Drawing], language: Language, release: Release
) -> Mapping[str, str]:
    """The card of each page of a language as SVG, by the file that its PNG belongs in.

    A page's leading chart is the first that it prints.
    """
    found: dict[str, str] = {}
    for chapter in project.chapters[language]:
        charts = project.usages[chapter.file].of(Use.CHART)
        leading = drawings[charts[0]] if charts else None
        card = _card(project.dataset, chapter, leading, release)
        found[card_file(chapter.path)] = drawn(card)
    return found


def card_file(page: str) -> str:
    """The file of a page's picture in its edition; ``page`` is its Markdown path."""
    return f"{SOCIAL}/{page.removesuffix('.md')}.png"


def write_cards(site: Path, pixels: Mapping[str, bytes]) -> None:
    """Write the pictures of one language, by their files, into its ``site``."""
    for name, png in pixels.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png)


def _card(dataset: Dataset, chapter: Chapter, leading: Drawing | None, release: Release) -> Card:
    name = NAME[chapter.language]
    if leading is None:
        host = urlsplit(release.site).netloc
        return Card(name, chapter.title, str(chapter.front.get("description", "")), "", host)
    source = source_line(dataset, leading.sources, chapter.language).rstrip(".")
    return Card(
        name,
        chapter.title,
        leading.title,
        leading.subtitle,
        f"{source}. {LICENCE_NAME.replace(' ', NO_BREAK)}",
        (leading.wide, leading.narrow),
    )
