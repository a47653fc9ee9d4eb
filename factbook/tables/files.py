"""A file of ``data/`` as checked text: UTF-8, LF, no control characters, of a sane size."""

from __future__ import annotations

import re
from pathlib import Path

from factbook.errors import Finding, Place

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_TODO = re.compile(r"\bTODO:\s*(?P<what>[^\n\"]*[^\s\n\"])")

OBSERVATIONS = "data/observations"
"""The folder of the tables of observations, one for each indicator."""
MAXIMUM_BYTES = 20_000_000
"""No table of ours is near this; a larger file is a mistake, and reading it would stall the check."""


def data_text(root: Path, path: str) -> tuple[str, list[Finding]]:
    """Return the text of ``root/path`` and its findings; the text is empty when it cannot be used.

    ``path`` is relative to ``root``, the project's folder, and stands in the findings.
    """
    file = root / path
    if file.is_symlink():
        return "", [_finding(path, 1, "is a symbolic link; put the file itself here")]
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MAXIMUM_BYTES else b""
    except FileNotFoundError:
        return "", [_finding(path, 1, "the file is missing; restore it from version control")]
    except IsADirectoryError:
        return "", [_finding(path, 1, "is a folder where a file is expected; remove it")]
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return "", [_finding(path, 1, f"cannot be read ({reason}); check its permissions")]
    if size > MAXIMUM_BYTES:
        return "", [_finding(path, 1, f"has {size} bytes, more than {MAXIMUM_BYTES}; split it")]
    return _decoded(path, content)


def left_open(path: str, text: str) -> list[Finding]:
    """A finding for each line with a ``TODO:`` mark, with what is to be written there."""
    found: list[Finding] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _TODO.search(line):
            found.append(_finding(path, number, f"is left open; write here: {match['what']}"))
    return found


def _decoded(path: str, content: bytes) -> tuple[str, list[Finding]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [_finding(path, line, "is not UTF-8 here; save the file as UTF-8")]
    if not text.strip():
        return "", [_finding(path, 1, "the file is empty; restore it from version control")]
    if text.startswith("\ufeff"):
        return "", [_finding(path, 1, "starts with a byte order mark; save as UTF-8 without BOM")]
    return (text, []) if not (found := _characters(path, text)) else ("", found)


def _characters(path: str, text: str) -> list[Finding]:
    """Line ends are LF, the last line ends, and no control character hides in the text."""
    if (at := text.find("\r")) >= 0:
        line = text.count("\n", 0, at) + 1
        return [_finding(path, line, "has a CR line end; save the file with LF line ends")]
    if match := _CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        message = f"has the control character U+{ord(match.group()):04X}; delete it"
        return [_finding(path, line, message)]
    if not text.endswith("\n"):
        line = text.count("\n") + 1
        return [_finding(path, line, "the last line has no line end; add one")]
    return []


def _finding(path: str, line: int, message: str) -> Finding:
    return Finding(Place(path, line), message)
