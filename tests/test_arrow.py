"""The arrow: data flows one way, and a module imports only from its left."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from factbook.markup.labels import LABELS

ROOT = Path(__file__).parent.parent
FILES = sorted(path for name in ("factbook", "macros") for path in (ROOT / name).rglob("*.py"))

ORDER = (
    "errors", "children", "memory", "history", "periods", "model", "identity", "geography", "visible",
    "dictionaries", "published", "release", "changelog", "intervals", "formulas", "formatting", "locators",
    "citations", "citation_formats", "tables",
    "figure", "derivations", "dataset", "charts", "markup", "vocabulary", "chapters", "calls",
    "braces", "rendering", "frame",
    "translations", "passages", "reading", "readability", "checks", "edition", "editions", "upkeep",
    "diff", "contributing", "__main__",
)  # fmt: skip
"""What stands further left may be imported by what stands further right."""

DRAWING = {"pandas", "altair", "vl_convert", "numpy"}
STRANGERS = {"mkdocs", "mkdocs_macros", "material", "macros"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each module a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            name = node.module or ""
            yield node.lineno, name
            if name == "factbook":
                yield from ((node.lineno, f"factbook.{alias.name}") for alias in node.names)


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    inside = path.relative_to(ROOT / "factbook").parts
    return inside[0].removesuffix(".py")


def named(path: Path) -> str:
    """Return the path of a file from the root."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    """No module of the package imports one that stands to its right."""
    if path.is_relative_to(ROOT / "macros") or path.parent.name == "__pycache__":
        return
    part = part_of(path)
    if part == "__init__":
        assert {name for _, name in imports(path)} <= {"__future__"}
        return
    if part not in ORDER:
        pytest.skip(f"'{part}' has no place in the arrow yet")
    for line, name in imports(path):
        head, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if head == "factbook" and other in ORDER:
            assert ORDER.index(other) <= ORDER.index(part), f"{named(path)}:{line} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_the_package_does_not_know_the_site_engine(path: Path) -> None:
    """Nothing in the package imports the engine or the adapter."""
    if path.is_relative_to(ROOT / "factbook"):
        heads = {name.partition(".")[0] for _, name in imports(path)}
        assert not heads & STRANGERS


def test_the_adapter_knows_the_package_only() -> None:
    """The adapter imports the package, the standard library, and for the preview the engine."""
    heads = {
        name.partition(".")[0]
        for path in FILES
        if path.is_relative_to(ROOT / "macros")
        for _, name in imports(path)
    }
    assert heads <= {"factbook", "macros", "mkdocs", *sys.stdlib_module_names}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_only_charts_draw(path: Path) -> None:
    """The libraries that draw are imported by charts alone, so that a warm build needs none."""
    heads = {name.partition(".")[0] for _, name in imports(path)}
    if heads & DRAWING:
        assert path.is_relative_to(ROOT / "factbook" / "charts")


def used_labels() -> set[str]:
    """Return the names of labels that the package writes out, stems with a star for what varies."""
    found: set[str] = set()
    for path in (ROOT / "factbook").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("label", "counted") and node.args:
                ending = "-*" if node.func.attr == "counted" else ""
                found |= {f"{text}{ending}" for text in texts(node.args[0])}
    return found - {"*-*"}  # the stem and ending of a counted label


def texts(node: ast.expr) -> Iterator[str]:
    """Yield what a text in the code may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "*" for v in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def test_every_label_that_is_used_is_known() -> None:
    """A label that the code asks for is one of the list, which the check compares with the data."""
    unknown = {
        name
        for name in used_labels()
        if not (name in LABELS or any(known.startswith(name.rstrip("*")) for known in LABELS))
    }
    assert unknown == set()


def test_every_known_label_is_used() -> None:
    """No label of the list is left over."""
    sources = "".join(p.read_text() for p in (ROOT / "factbook" / "markup").glob("[!l]*.py"))
    stems = tuple(name.rstrip("*") for name in used_labels() if name.endswith("*"))
    unused = {name for name in LABELS if not name.startswith(stems) and f'"{name}"' not in sources
              and f"'{name}'" not in sources}  # fmt: skip
    assert unused == set()


def test_the_data_has_the_labels() -> None:
    """The words of the interface are those of the list, in both languages."""
    labels = tomllib.loads((ROOT / "data" / "labels.toml").read_text(encoding="utf-8"))
    assert set(labels) == set(LABELS)
    assert all(set(texts) == {"en", "es"} for texts in labels.values())
