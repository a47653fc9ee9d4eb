"""How wide words are: the advance widths of the fonts the pictures are set in.

A picture with texts in boxes must know where a line ends before it is drawn; the renderer does not
break lines. Kerning is left out: it makes lines narrower, if anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from factbook.errors import FactbookError

FONTS = Path(__file__).parents[2] / "fonts"
"""The files that pages, pictures and PDF share."""


@cache
def _advances(bold: bool, serif: bool) -> tuple[Mapping[int, str], Any, int]:
    # Imported where it is used: every command loads this module, and few measure anything.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types

    family = "HojaSerif" if serif else "HojaSans"
    font = TTFont(FONTS / f"{family}-{'SemiBold' if bold else 'Regular'}.ttf")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def width(text: str, size: float, *, bold: bool = False, serif: bool = False) -> float:
    """The width of a line in pixels; raises FactbookError for a letter that the font lacks."""
    letters, advances, units = _advances(bold, serif)
    total = 0
    for letter in text:
        if ord(letter) not in letters:
            raise FactbookError(f"the font has no letter '{letter}' (U+{ord(letter):04X})")
        total += advances[letters[ord(letter)]][0]
    return total * size / units


def wrapped(
    text: str, room: float, size: float, *, bold: bool = False, serif: bool = False
) -> tuple[str, ...]:
    """The lines of a text that are at most ``room`` pixels wide, broken at ordinary spaces.

    A no-break space holds a number and its unit together. Raises FactbookError for a word that
    is wider than the room: the picture needs another layout or the text another word.
    """
    lines: list[str] = []
    for word in text.split(" "):
        if width(word, size, bold=bold, serif=serif) > room:
            raise FactbookError(f"'{word}' is wider than the {room:.0f} pixels there are for it")
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold, serif=serif) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def balanced(
    text: str, room: float, size: float, *, bold: bool = False, serif: bool = False
) -> tuple[str, ...]:
    """The lines of :func:`wrapped`, no more of them but about equally long: for titles, whose last
    word should not stand alone.
    """
    lines = wrapped(text, room, size, bold=bold, serif=serif)
    while len(lines) > 1:
        widest = max(width(line, size, bold=bold, serif=serif) for line in lines)
        longest_word = max(width(word, size, bold=bold, serif=serif) for word in text.split(" "))
        if longest_word >= widest:
            break
        narrower = wrapped(text, max(widest - 1, longest_word), size, bold=bold, serif=serif)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
