"""Where pages and anchors are, and how one page links to another: always relative."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from factbook.figure import Figure, observation_anchor, rivals_anchor
from factbook.model import Observation

DATA_PAGES = "data"
"""The folder of the data pages; each theme has one page in it."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses as seen from one page of one edition.

    ``page`` is the path of its Markdown file in the language's folder (``data/area.md``);
    ``directories`` says whether addresses end in ``/`` (hosted) or ``.html`` (offline).
    """

    page: str
    directories: bool = True
    root: str = ""
    """From the edition's folder to the site's: empty for English, ``../`` for Spanish."""

    def to(self, page: str, anchor: str = "") -> str:
        """The relative address of ``page`` (a Markdown path), with an optional anchor."""
        suffix = f"#{anchor}" if anchor else ""
        if page == self.page and anchor:
            return suffix
        return self.to_file(page_url(page, self.directories)) + suffix

    def to_file(self, file: str, *, shared: bool = False) -> str:
        """The relative address of a file or folder of the edition, or of the site if ``shared``."""
        here = posixpath.dirname(page_url(self.page, self.directories))
        target = posixpath.join(self.root, file) if shared else file
        relative = posixpath.relpath(target or ".", here or ".")
        return f"{relative}/" if (file.endswith("/") or not file) else relative

    def to_figure(self, figure: Figure) -> str:
        """The address of the figure's own row on its data page."""
        return self.to(data_page(figure.theme), figure.anchor)

    def to_observation(self, theme: str, observation: Observation) -> str:
        """The address of an observation's row; ``theme`` is its indicator's."""
        return self.to(data_page(theme), observation_anchor(observation))

    def to_rivals(self, figure: Figure) -> str:
        """The address of the place where the figure's rivals stand side by side."""
        first = figure.observations[0] if figure.observation is None else figure.observation
        anchor = rivals_anchor(first.indicator, first.area, first.period)
        return self.to(data_page(figure.theme), anchor if figure.observation else figure.anchor)


def data_page(theme: str) -> str:
    """The Markdown path of the data page of a theme."""
    return f"{DATA_PAGES}/{theme}.md"


def page_url(page: str, directories: bool) -> str:
    """The address of a Markdown path inside its edition, as MkDocs gives it.

    ``index.md`` is the folder itself; with ``directories`` every other page is a folder too.
    """
    stem = page.removesuffix(".md")
    folder, name = posixpath.split(stem)
    if not directories:
        return f"{stem}.html"
    if name == "index":
        return f"{folder}/" if folder else ""
    return f"{stem}/"
