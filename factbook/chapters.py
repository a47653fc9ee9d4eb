"""Chapters: Markdown files with front matter, and their rendering by the vocabulary.

The site engine renders chapters on its own; this module renders them too, so that every mistake is
found with its line before the engine starts, and so that data pages know where a figure appears.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError

from factbook.errors import FactbookError, Finding, Place, did_you_mean
from factbook.model import Language
from factbook.vocabulary import NAMES, Edition, Usage, Use, Vocabulary

_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\n", re.DOTALL | re.MULTILINE)
_STATEMENT = re.compile(r"\{[%#]")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
_TEMPLATE = "<template>"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown page of one language.

    ``path`` is relative to the language's folder, ``file`` to the project; ``body`` starts at line
    ``first_line`` of the file.
    """

    path: str
    file: str
    language: Language
    front: Mapping[str, Any]
    body: str
    first_line: int

    @property
    def title(self) -> str:
        """The page's title."""
        return str(self.front.get("title", self.path))

    def place(self, line: int) -> Place:
        """The place of a line of the body, counted from 1."""
        return Place(self.file, line + self.first_line - 1)


def read_chapters(root: Path, language: Language) -> tuple[tuple[Chapter, ...], list[Finding]]:
    """Read all chapters of a language, sorted by path, with the findings of their front matter."""
    folder = root / "docs" / language.value
    chapters: list[Chapter] = []
    found: list[Finding] = []
    for file in sorted(folder.rglob("*.md")):
        name = file.relative_to(root).as_posix()
        try:
            text = file.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, OSError):
            found.append(Finding(Place(name), "cannot be read as UTF-8; save the file as UTF-8"))
            continue
        chapter, findings = _chapter(name, file.relative_to(folder).as_posix(), language, text)
        chapters.append(chapter)
        found += findings
    return tuple(chapters), found


def _chapter(file: str, path: str, language: Language, text: str) -> tuple[Chapter, list[Finding]]:
    front: dict[str, Any] = {}
    body, first_line = text, 1
    found: list[Finding] = []
    if match := _FRONT.match(text):
        body = text[match.end() :]
        first_line = text.count("\n", 0, match.end()) + 1
        front, found = _front(file, match.group("yaml"))
    for key in ("title", "description") if not found else ():
        if not str(front.get(key) or "").strip():
            message = f"the front matter has no {key}; start the file with ---, {key}: …, ---"
            found.append(Finding(Place(file), message))
    return Chapter(path, file, language, front, body, first_line), found


def _front(file: str, text: str) -> tuple[dict[str, Any], list[Finding]]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        message = "the front matter is not valid YAML; put a text with a colon in quotes"
        return {}, [Finding(Place(file, line), message)]
    if not isinstance(front, dict):
        return {}, [Finding(Place(file, 2), "the front matter is no list of 'key: value' lines")]
    return front, []


def scan(
    chapters: tuple[Chapter, ...], edition: Edition
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Where each figure is used: figure id to (path, title) of the pages that print it.

    Data pages print every figure and are left out. Calls that fail are passed over: the check
    reports them.
    """
    uses: dict[str, list[tuple[str, str]]] = {}
    for chapter in chapters:
        if chapter.path.startswith("data/"):
            continue
        for name in rendering(chapter, edition).usage.of(Use.FIGURE):
            uses.setdefault(name, []).append((chapter.path, chapter.title))
    return {name: tuple(pages) for name, pages in uses.items()}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the vocabulary in a chapter: the line of the body and what it used."""

    line: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class Rendering:
    """A chapter rendered by our own strict environment."""

    markdown: str
    usage: Usage
    calls: tuple[Call, ...]
    findings: tuple[Finding, ...]


def rendering(chapter: Chapter, edition: Edition) -> Rendering:
    """Render a chapter; every bad call is a finding at its line, and the rest goes on."""
    found = _forbidden(chapter)
    environment = Environment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    vocabulary = Vocabulary(edition, chapter.path)
    try:
        tree = environment.parse(chapter.body)
        template = environment.from_string(chapter.body)
    except TemplateSyntaxError as error:
        message = f"the braces are not closed or not readable ({error.message}); write {{{{ … }}}}"
        found.append(Finding(chapter.place(error.lineno), message))
        return Rendering(chapter.body, vocabulary.usage, (), tuple(found))
    unknown, names = _unknown(chapter, tree)
    found += unknown
    collector = _Collector(chapter, vocabulary, template.get_corresponding_lineno, found, [])
    functions: dict[str, Any] = {name: collector.wrapped(name) for name in NAMES}
    functions |= {name: _silent for name in names if name not in functions}
    try:
        markdown = template.render(functions)
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError) as error:
        message = f"cannot be rendered ({error}); use the vocabulary's functions only"
        found.append(Finding(chapter.place(1), message))
        markdown = chapter.body
    return Rendering(markdown, vocabulary.usage, tuple(collector.calls), tuple(found))


def _forbidden(chapter: Chapter) -> list[Finding]:
    """Chapters call functions; they hold no program. ``{#`` would start a comment and eat the page."""
    found: list[Finding] = []
    for match in _STATEMENT.finditer(chapter.body):
        line = chapter.body.count("\n", 0, match.start()) + 1
        message = f"'{match.group()}' is not allowed in a chapter; use {{{{ … }}}} only"
        found.append(Finding(chapter.place(line), message))
    return found


def _unknown(chapter: Chapter, tree: nodes.Template) -> tuple[list[Finding], set[str]]:
    found: list[Finding] = []
    names: set[str] = set()
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load":
            names.add(node.name)
            if node.name not in NAMES:
                hint = did_you_mean(node.name, NAMES) or f" Known: {', '.join(NAMES)}"
                message = f"unknown macro '{node.name}'.{hint}"
                found.append(Finding(chapter.place(node.lineno), message))
    return found, names


def _silent(*_: object, **__: object) -> str:
    return ""


@dataclass(slots=True)
class _Collector:
    """Wraps the vocabulary so that a failing call becomes a finding and rendering goes on."""

    chapter: Chapter
    vocabulary: Vocabulary
    line_of: Callable[[int], int]
    findings: list[Finding]
    calls: list[Call]

    def wrapped(self, name: str) -> Callable[..., str]:
        function = getattr(self.vocabulary, name)

        def call(*arguments: object, **options: object) -> str:
            line = self.line_of(_template_line())
            before = self.vocabulary.usage
            own = Usage()
            self.vocabulary.usage = own
            try:
                return str(function(*arguments, **options)) if name != "references" else ""
            except FactbookError as error:
                self._fail(line, f"{name}(): {error}")
            except (TypeError, ValueError, AttributeError) as error:
                self._fail(line, f"{_argument_fault(name, str(error), function)}")
            finally:
                self.vocabulary.usage = _merged(before, own)
                self.calls.append(Call(line, own))
            return ""

        return call

    def _fail(self, line: int, message: str) -> None:
        self.findings.append(Finding(self.chapter.place(line), message))


def _merged(whole: Usage, part: Usage) -> Usage:
    for kind, name in part.seen:
        whole.add(kind, name)
    for source, locators in part.locators.items():
        whole.locators.setdefault(source, []).extend(locators)
    whole.years |= part.years
    return whole


def _template_line() -> int:
    """The line of the compiled template from which the vocabulary was called."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == _TEMPLATE:
            return frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
    return 1


def _argument_fault(name: str, fault: str, function: Callable[..., object]) -> str:
    """Python's complaint about arguments, in words for an author."""
    import inspect

    parameters = list(inspect.signature(function).parameters)
    usage = f"write {name}({', '.join(parameters)})"
    if match := re.search(r"unexpected keyword argument '(\w+)'", fault):
        hint = did_you_mean(match.group(1), parameters)
        return f"{name}() knows no option '{match.group(1)}'.{hint} Known: {', '.join(parameters)}"
    if match := re.search(r"missing \d+ required .*?: (.*)", fault):
        return f"{name}() is missing {match.group(1)}; {usage}"
    if "positional argument" in fault:
        return f"{name}() has too many arguments; {usage}"
    return f"{name}() cannot read its arguments ({fault}); {usage}"


def sections(body: str) -> tuple[tuple[int, int, str], ...]:
    """The sections of a body: (first line, last line, heading); a heading of any level starts one."""
    starts = [(1, "")]
    for match in _HEADING.finditer(body):
        starts.append((body.count("\n", 0, match.start()) + 1, match.group(1)))
    last = body.count("\n") + 1
    ends = [line - 1 for line, _ in starts[1:]] + [last]
    return tuple((line, end, head) for (line, head), end in zip(starts, ends, strict=True))
