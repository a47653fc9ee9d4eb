"""What a process does that turns a picture into pixels.

It imports little of the project: such processes live for seconds.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from factbook.charts.outlines import outlined
from factbook.errors import ChartError

COLOURS = 256
"""A PNG with a palette is an eighth of one without; a chart has hardly more colours than that."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture to be had in pixels: its SVG, and how many pixels stand for one unit of it."""

    svg: str
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to make."""

    name: str
    sheet: Sheet
    key: str
    fonts: tuple[Path, ...]


def draw(job: Job) -> str:
    """Draw one picture and return its PNG in base64; raises :class:`ChartError` for a bad SVG."""
    import vl_convert

    with_fonts(tuple(dict.fromkeys(str(path.parent) for path in job.fonts)))
    try:
        raw = vl_convert.svg_to_png(outlined(job.sheet.svg, job.fonts), scale=job.sheet.scale)
    except (ValueError, RuntimeError, SyntaxError) as error:
        # The renderer adds its own stack to its message.
        fault = str(error).partition("\n")[0]
        raise ChartError(f"picture '{job.name}': the SVG cannot be drawn ({fault})") from None
    return base64.b64encode(_with_palette(raw)).decode("ascii")


def _with_palette(png: bytes) -> bytes:
    """The picture in its own most frequent colours; the rest, blends at edges, become the nearest."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted: Any = picture.getcolors(picture.width * picture.height)
    ranked = sorted(counted, key=lambda item: (-item[0], item[1]))[:COLOURS]
    colours = [part for _, colour in ranked for part in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours + colours[:3] * (COLOURS - len(ranked)))
    reduced = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    written = io.BytesIO()
    reduced.save(written, "PNG", compress_level=6)  # 9 takes four times as long for a 25th
    return written.getvalue()


@cache
def with_fonts(folders: tuple[str, ...]) -> None:
    """Let the renderer of this process know the fonts in these folders, once."""
    import vl_convert

    for folder in folders:
        vl_convert.register_font_directory(folder)
