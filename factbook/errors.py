"""Findings and the one error family of the project.

A *finding* is one fault in data or prose: its place, the fault and the remedy, in one line.
Findings are collected and reported together; an error is raised only where going on is impossible.
"""

from __future__ import annotations

import difflib
import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the project's root, and a line counted from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    def __reduce__(self) -> tuple[type[Place], tuple[str, int]]:
        """Thousands lie on shelves; the way of dataclasses to come back takes four times as long."""
        return Place, (self.path, self.line)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault, printed as ``path:line: message``; the message names the fault and the remedy."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class FactbookError(Exception):
    """A fault that names itself; never shown with a traceback."""


class FormulaError(FactbookError):
    """A formula that cannot be read or evaluated."""


class PeriodError(FactbookError):
    """A date or interval outside the subset of EDTF that the project uses."""


class LookupFailure(FactbookError):
    """An author or formula asked for something the dataset does not hold."""


class Misspoken(LookupFailure):
    """An author asked in a way that cannot be understood, whatever the dataset holds."""


class ChartError(FactbookError):
    """A chart module that cannot be read, drawn or trusted."""


class FindingsError(FactbookError):
    """The data or the chapters have findings; carries all of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(set(findings)))
        super().__init__("\n".join(str(finding) for finding in self.findings))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` (with up to three near names), or the empty string.

    Capitals do not count: ``Census`` is near to ``census``, and ``xa`` to ``XA``.
    """
    spelled: dict[str, list[str]] = {}
    for name in sorted(set(known)):
        spelled.setdefault(name.casefold(), []).append(name)
    near = difflib.get_close_matches(wrong.casefold(), spelled, n=3, cutoff=0.6)
    names = [name for folded in near for name in spelled[folded]][:3]
    if not names:
        return ""
    return " Did you mean " + " or ".join(f"'{name}'" for name in names) + "?"


def refusal(number: int, path: str | None) -> str:
    """One sentence for what the operating system refused: ``number`` is its ``errno``.

    It names the file or folder, where one is known, and what can be done.
    """
    where = f" ({path})" if path else ""
    match number:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return f"the disk is full{where}; make room there and run the command again"
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return (
                f"nothing may be written or read here{where}; change the permissions, or the folder"
            )
        case errno.EMFILE | errno.ENFILE:
            return f"too many files are open{where}; close other programs or raise 'ulimit -n'"
        case errno.ENOMEM:
            return "the memory is full; close other programs and run the command again"
        case _:
            return f"cannot go on: {os.strerror(number)}{where}"
