"""Examines a written PDF: whether a screen reader finds in it what PDF/UA-1 promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def faults(file: Path) -> list[str]:
    """Every fault of the file, in its order; empty for a sound one."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        return [*_whole(pdf), *_fonts(pdf), *_links(pdf), *_tree(pdf)]


def _whole(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "the document names no language"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the document is not tagged"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not displayed"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "the document has no title"
    if "/Outlines" not in root:
        yield "the document has no bookmarks"
    metadata = root.get("/Metadata")
    if metadata is None or b"pdfuaid:part" not in metadata.read_bytes():
        yield "the document does not say that it follows PDF/UA"
    for number, page in enumerate(pdf.pages, start=1):
        if page.obj.get("/Annots") is not None and str(page.obj.get("/Tabs", "")) != "/S":
            yield f"page {number}: the order of tabs does not follow the structure"


def _fonts(pdf: Any) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for found in _fonts_of(page.obj.get("/Resources", {}), seen):
            yield f"the font {found} is not embedded"


def _fonts_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[str]:
    for font in dict(resources.get("/Font", {})).values():
        if font.objgen in seen:
            continue
        seen.add(font.objgen)
        for part in font.get("/DescendantFonts", [font]):
            descriptor = part.get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield str(part.get("/BaseFont", "?"))
    for inner in dict(resources.get("/XObject", {})).values():
        if inner.objgen not in seen and "/Resources" in inner:
            seen.add(inner.objgen)
            yield from _fonts_of(inner.Resources, seen)


def _links(pdf: Any) -> Iterator[str]:
    names = set(_destinations(pdf))
    for number, page in enumerate(pdf.pages, start=1):
        for note in page.obj.get("/Annots", []):
            if note.get("/Subtype") != "/Link":
                continue
            says = str(note.get("/Contents", "")).strip()
            target = str(note.get("/Dest", ""))
            if not says or says == target:
                yield f"page {number}: the link to '{target or _address(note)}' has no description"
            if target and target not in names:
                yield f"page {number}: the link to '{target}' leads nowhere"
            if "/StructParent" not in note:
                yield f"page {number}: the link '{says}' is not in the structure"


def _address(note: Any) -> str:
    return str(note.get("/A", {}).get("/URI", ""))


def _destinations(pdf: Any) -> Iterator[str]:
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    waiting = [tree] if tree is not None else []
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("/Kids", []))
        for position, name in enumerate(node.get("/Names", [])):
            if position % 2 == 0:
                yield str(name)


def _tree(pdf: Any) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "the document has no structure"
        return
    last = 0
    for element in _elements(pdf.Root.StructTreeRoot):
        kind = str(element.get("/S"))
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        elif kind == "/TH" and "/Scope" not in element.get("/A", {}):
            yield "a header of a table has no scope"
        elif kind in _HEADINGS:
            level = _HEADINGS[kind]
            if level > last + 1:
                yield f"a heading of level {level} follows one of level {last}"
            last = level


def _elements(root: Any) -> Iterator[Any]:
    """Every structure element in reading order."""
    import pikepdf

    waiting = [root]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K")
        if kids is None:
            continue
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting.extend(
            kid
            for kid in reversed(listed)
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR"
        )
