"""Drawings that are made when a page asks for them, for the live preview."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from factbook.charts.drawing import Drawing


class DrawnWhenAsked(Mapping[str, Drawing | None]):
    """The drawings of an edition. One that is out of date is drawn when a page asks for it.

    With it are drawn all that are ``wanted``: what the page at hand shows, or else every one. The
    preview would be three seconds late if it drew after each edit what nobody looks at.
    """

    def __init__(
        self,
        ready: Mapping[str, Drawing | None],
        draw: Callable[[Collection[str]], Mapping[str, Drawing]],
    ) -> None:
        self._ready = dict(ready)
        self._draw = draw
        self.wanted: Collection[str] = ()

    def __getitem__(self, name: str) -> Drawing | None:
        """The drawing called ``name``; raises :class:`ChartError` where a chart cannot be drawn."""
        if self._ready[name] is None:
            self._ready |= self._draw({name, *(self.wanted or self._ready)})
        return self._ready[name]

    def __iter__(self) -> Iterator[str]:
        """The ids of all charts."""
        return iter(self._ready)

    def __len__(self) -> int:
        """How many charts there are."""
        return len(self._ready)
