"""The last pass over a written file: running heads become decoration, the bytes become final."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_MARK = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")


def finish(source: Path, target: Path, margins: Mapping[int, set[int]]) -> None:
    """Write ``source`` to ``target``, marks of margins as artifacts, with an identifier of its content."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            marks = margins.get(number, set())
            if not marks:
                continue
            content = page.Contents.read_bytes()
            page.Contents = pdf.make_stream(_as_artifacts(content, marks))
            parents = nums[2 * number + 1]
            for mark in marks:
                parents[mark] = None
        pdf.save(
            target,
            deterministic_id=True,
            linearize=False,
            compress_streams=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _as_artifacts(content: bytes, marks: set[int]) -> bytes:
    def artifact(match: re.Match[bytes]) -> bytes:
        return b"/Artifact BMC" if int(match[1]) in marks else match[0]

    return _MARK.sub(artifact, content)
