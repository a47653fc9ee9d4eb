"""What a long-lived program keeps between two readings of the project, and when it is still good.

Nothing is kept that says on its own what it depends on: each result stands beside its basis, all that
it was made from, and is made anew as soon as a part of that is another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
Basis = tuple[object, ...]


@dataclass(slots=True)
class Memory:
    """Results by name, each with the basis it was made from. An empty one remembers nothing."""

    _kept: dict[str, tuple[Basis, Any]] = field(default_factory=dict)

    def kept(self, name: str, basis: Basis, make: Callable[[], Result]) -> Result:
        """The result called ``name``: what ``make`` gave last time if ``basis`` is the same.

        ``make`` must depend on nothing but the basis; what it raises is not kept.
        """
        last = self._kept.get(name)
        if last is not None and last[0] == basis:
            result: Result = last[1]
            return result
        result = make()
        self._kept[name] = (basis, result)
        return result


OWN = Memory()
"""What this process keeps; a process that is forked off it has it from the start."""


def stamps(*folders: Path) -> Basis:
    """The state of all files below some folders: path, time of the last change, size."""
    found = (file for folder in folders for file in sorted(folder.rglob("*")))
    files = (file for file in found if file.is_file() and "__pycache__" not in file.parts)
    states = ((str(file), file.stat()) for file in files)
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)
