"""Chapters: Markdown files with front matter, read with the line of everything in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from factbook.errors import Finding, Place, did_you_mean
from factbook.memory import Memory, stamps
from factbook.model import Language
from factbook.tables.files import data_text

_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\n", re.DOTALL | re.MULTILINE)
_FRONT_KEY = re.compile(r"^([A-Za-z_][\w-]*)\s*:", re.MULTILINE)
_NEEDED = ("title", "description")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown page of one language.

    ``path`` is relative to the language's folder, ``file`` to the project; ``body`` starts at line
    ``first_line`` of the file, and ``lines`` are those of the keys of the front matter; ``text`` is
    all that the file says.
    """

    path: str
    file: str
    language: Language
    front: Mapping[str, Any]
    body: str
    first_line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    text: str = ""

    @property
    def title(self) -> str:
        """The page's title."""
        return str(self.front.get("title", self.path))

    def place(self, line: int) -> Place:
        """The place of a line of the body, counted from 1."""
        return Place(self.file, line + self.first_line - 1)


def read_chapters(root: Path, language: Language) -> tuple[tuple[Chapter, ...], list[Finding]]:
    """Read all chapters of a language, sorted by path, with the findings of their front matter.

    A file that cannot be used is an empty chapter, so that nobody looks for it elsewhere.
    """
    folder = root / "docs" / language.value
    if not folder.is_dir():
        name = folder.relative_to(root).as_posix()
        return (), [Finding(Place(name), "the folder of chapters is missing; restore it")]
    chapters: list[Chapter] = []
    found: list[Finding] = []
    for file in sorted(folder.rglob("*.md")):
        name = file.relative_to(root).as_posix()
        path = file.relative_to(folder).as_posix()
        text, findings = data_text(root, name)
        if not findings:
            chapter, findings = _chapter(name, path, language, text)
        else:
            chapter = Chapter(path, name, language, {}, "", 1)
        chapters.append(chapter)
        found += findings
    return tuple(chapters), found


def chapters_of(
    root: Path, language: Language, memory: Memory
) -> tuple[tuple[Chapter, ...], list[Finding]]:
    """What :func:`read_chapters` gives, read once while no file of the language changes."""
    basis = stamps(root / "docs" / language.value)
    name = f"chapters in {language}"
    return memory.kept(name, basis, partial(read_chapters, root, language))


def _chapter(file: str, path: str, language: Language, text: str) -> tuple[Chapter, list[Finding]]:
    match = _FRONT.match(text)
    if match is None:
        message = "has no front matter; start the file with ---, title: …, description: …, ---"
        chapter = Chapter(path, file, language, {}, text, 1, text=text)
        return chapter, [Finding(Place(file), message)]
    first_line = text.count("\n", 0, match.end()) + 1
    head = match.group("yaml")
    lines = {m.group(1): head.count("\n", 0, m.start()) + 2 for m in _FRONT_KEY.finditer(head)}
    front, found = _front(file, head)
    if not found:
        found = list(_absent(file, front, lines))
    body = text[match.end() :]
    return Chapter(path, file, language, front, body, first_line, lines, text), found


def _absent(file: str, front: Mapping[str, Any], lines: Mapping[str, int]) -> Iterable[Finding]:
    """A chapter has a title and a description, which search engines and the contents show."""
    for key in _NEEDED:
        if isinstance(front.get(key), str) and front[key].strip():
            continue
        near = did_you_mean(key, (name for name in front if name not in _NEEDED))
        wrong = near.split("'")[1] if near else key
        meant = f", but '{wrong}'" if near else ""
        message = f"the front matter has no {key}{meant}; write '{key}: …' between the lines ---"
        yield Finding(Place(file, lines.get(wrong, 1)), message)


def _front(file: str, text: str) -> tuple[dict[str, Any], list[Finding]]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        message = "the front matter is not valid YAML; put a text with a colon in quotes"
        return {}, [Finding(Place(file, line), message)]
    except (ValueError, RecursionError):  # the 30th of February; brackets in hundreds of brackets
        message = "the front matter has a date or a list that cannot be; put texts in quotes"
        return {}, [Finding(Place(file, 2), message)]
    if not isinstance(front, dict):
        return {}, [Finding(Place(file, 2), "the front matter is no list of 'key: value' lines")]
    return {str(key): value for key, value in front.items()}, []


def sections(body: str) -> tuple[tuple[int, int, str], ...]:
    """The sections of a body: (first line, last line, heading); a heading of any level starts one."""
    starts = [(1, "")]
    for match in _HEADING.finditer(body):
        starts.append((body.count("\n", 0, match.start()) + 1, match.group(1)))
    last = body.count("\n") + 1
    ends = [line - 1 for line, _ in starts[1:]] + [last]
    return tuple((line, end, head) for (line, head), end in zip(starts, ends, strict=True))
