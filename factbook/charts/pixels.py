"""Pictures in pixels, for programs that take no SVG: PNG files of ready drawings and cards.

They are drawn like the charts, in processes of their own, and kept in the same cache, under a key
of the picture's text, this module, the fonts and the libraries. No font of the machine is used as
long as ours have every letter, which a test proves.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factbook.charts.keys import ChartError, fonts, picture_key
from factbook.charts.processes import Progress, done
from factbook.charts.store import keep_entry, pixels_path, read_content
from factbook.charts.worker import with_fonts

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


def in_pixels(
    root: Path,
    sheets: Mapping[str, Sheet],
    *,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Mapping[str, bytes]:
    """The PNG of each sheet, by the same names; what the cache has not is drawn and kept.

    Raises :class:`ChartError` naming every picture that failed, after all others were kept.
    """
    files = fonts(root)
    keys = {name: picture_key(root, sheet.svg, sheet.scale) for name, sheet in sheets.items()}
    jobs = [
        Job(name, sheets[name], key, files)
        for name, key in keys.items()
        if read_content(pixels_path(root, name), key) is None
    ]
    if jobs and not files:
        raise ChartError("there are no fonts (fonts/*.ttf) to draw the pictures with")

    def keep(job: Job, png: str) -> None:
        keep_entry(pixels_path(root, job.name), job.key, png)

    done(draw, jobs, processes, progress, keep)
    return {name: _kept(root, name, key) for name, key in keys.items()}


def _kept(root: Path, name: str, key: str) -> bytes:
    content = read_content(pixels_path(root, name), key)
    if content is None:
        raise ChartError(f"the picture '{name}' is gone from the cache; is another build running?")
    return base64.b64decode(content)


def draw(job: Job) -> str:
    """Draw one picture and return its PNG in base64; raises :class:`ChartError` for a bad SVG."""
    import vl_convert

    with_fonts(tuple(dict.fromkeys(str(path.parent) for path in job.fonts)))
    try:
        raw = vl_convert.svg_to_png(job.sheet.svg, scale=job.sheet.scale)
    except (ValueError, RuntimeError) as error:  # the renderer adds its own stack to its message
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
    reduced.save(written, "PNG", compress_level=9)
    return written.getvalue()
