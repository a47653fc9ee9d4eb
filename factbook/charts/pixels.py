"""Pictures in pixels, for programs that take no SVG: PNG files of ready drawings and cards.

They are drawn like the charts, in processes of their own, and kept in the same cache, under a key
of the picture's text, of what draws it, the fonts and the libraries. No font of the machine is used
as long as ours have every letter, which a test proves.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from factbook.charts.keys import fonts, picture_key, shared_by_pictures
from factbook.charts.processes import Progress, done
from factbook.charts.raster import Job, Sheet, draw
from factbook.charts.store import keep_entry, pixels_path, read_content
from factbook.errors import ChartError


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
    around = shared_by_pictures(root)
    keys = {name: picture_key(sheet.svg, sheet.scale, around) for name, sheet in sheets.items()}
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
