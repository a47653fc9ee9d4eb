"""The rules as a page for contributors: each with what is wrong, what is right, and the message.

A rule is a function of ``factbook.checks`` that yields findings; its docstring is the rule. Examples
stand in ``tests/data/rules.toml`` and are run on the small project beside it, so that the page holds
the very messages.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factbook import checks
from factbook.checks import check_project
from factbook.errors import FactbookError, Finding

EXAMPLES = "tests/data/rules.toml"
PAGE = "docs/errors.md"
_MINI = "tests/data/mini"
_SHARED = ("labels.toml", "words.txt")
"""What the small project takes from the data of the real one."""

_YIELDS = ("Iterator[Finding]", "Iterator[Doubt]")
_NO_RULES = ("first_doubts",)

_HEAD = """# Errors

What `make check` reports, rule by rule: what is wrong, what is right, and the very message.
The examples are of an invented country, in `tests/data/mini`.
This page is made by `python -m factbook errors`; the examples stand in `tests/data/rules.toml`,
and a rule without one fails the tests.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A place in a file of the small project: what is right there, and what is wrong in its place.

    Without ``wrong`` the whole file is wrong to be absent. ``given`` are files (path, text) that the
    small project lacks and the example needs.
    """

    rule: str
    says: str
    file: str
    right: str
    wrong: str | None
    given: tuple[str, str] | None


def rules() -> Mapping[str, str]:
    """Every rule by its id, with its docstring in one paragraph."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(checks.__path__):
        name = f"{checks.__name__}.{module.name}"
        for rule, function in inspect.getmembers(importlib.import_module(name), _is_rule):
            if function.__module__ == name and rule not in _NO_RULES:
                found[rule.replace("_", "-")] = _paragraph(function)
    return found


def _is_rule(member: object) -> bool:
    if not inspect.isfunction(member) or member.__name__.startswith("_"):
        return False
    return member.__annotations__.get("return") in _YIELDS


def _paragraph(function: object) -> str:
    """The first paragraph of a docstring, on one line; ``{a}`` is not Markdown's to read."""
    text = inspect.getdoc(function) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("``", "`")


def examples(root: Path) -> tuple[Example, ...]:
    """The examples in the order of their file; raises :class:`FactbookError` for an unknown rule."""
    known = rules()
    document = tomllib.loads((root / EXAMPLES).read_text(encoding="utf-8"))
    return tuple(
        _example(name, record, known) for name, records in document.items() for record in records
    )


def _example(name: str, record: Mapping[str, Any], known: Mapping[str, str]) -> Example:
    if "says" in record:
        says = _paragraph(_named(name, record["says"]))
    elif name in known:
        says = known[name]
    else:
        raise FactbookError(f"{EXAMPLES}: there is no rule '{name}'; name it as its function")
    given = record.get("given")
    pair = (given["file"], given["text"]) if given is not None else None
    return Example(name, says, record["file"], record["right"], record.get("wrong"), pair)


def _named(rule: str, place: str) -> object:
    """The module or function (``module:function``) whose docstring says a rule."""
    module, _, name_in_it = place.partition(":")
    try:
        owner: object = importlib.import_module(module)
        return getattr(owner, name_in_it) if name_in_it else owner
    except (ImportError, AttributeError):
        message = (
            f"{EXAMPLES}: [{rule}] says '{place}', which is not there; name it where it is now"
        )
        raise FactbookError(message) from None


def outcome(root: Path, example: Example) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings with what is right, and with what is wrong, in a copy of the small project."""
    with tempfile.TemporaryDirectory(prefix="factbook-rules-") as folder:
        copy = Path(folder) / "mini"
        shutil.copytree(root / _MINI, copy)
        for name in _SHARED:
            shutil.copy(root / "data" / name, copy / "data" / name)
        if example.given is not None:
            (copy / example.given[0]).write_text(example.given[1], encoding="utf-8")
        file = copy / example.file
        if not file.exists():
            file.write_text(example.right, encoding="utf-8")
        text = file.read_text(encoding="utf-8")
        if example.right not in text:
            raise FactbookError(f"{EXAMPLES}: {example.rule}: {example.file} lacks what is right")
        right = check_project(copy).findings
        if example.wrong is None:
            file.unlink()
        else:
            file.write_text(text.replace(example.right, example.wrong, 1), encoding="utf-8")
        return right, check_project(copy).findings


def page(root: Path) -> str:
    """The page of all rules, made from their docstrings and the outcome of their examples."""
    parts = [_HEAD]
    last = ""
    for example in examples(root):
        if example.rule != last:
            parts.append(f"## {example.rule}\n\n{example.says}\n")
        last = example.rule
        parts += _shown(example, outcome(root, example)[1])
    return "\n".join(parts)


def _shown(example: Example, findings: tuple[Finding, ...]) -> Iterator[str]:
    wrong = "(the file is absent)\n" if example.wrong is None else _lines(example.wrong)
    said = "".join(f"{finding}\n" for finding in findings)
    yield f"Wrong, in `{example.file}`:\n\n```text\n{wrong}```\n"
    yield f"```text\n{said}```\n"
    yield f"Right:\n\n```text\n{_lines(example.right)}```\n"


def _lines(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def write_page(root: Path) -> str:
    """Write the page and return its path."""
    if not (root / EXAMPLES).exists():
        raise FactbookError(f"{EXAMPLES} is missing; run this in the project's folder")
    (root / PAGE).write_text(page(root), encoding="utf-8")
    return PAGE
