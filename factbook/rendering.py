"""The rendering of chapters by the vocabulary, outside the site engine.

The engine renders chapters on its own; this module renders them too, so that every mistake is
found with its line before the engine starts, and so that data pages know where a figure appears.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from jinja2 import Environment, TemplateSyntaxError, nodes

from factbook.chapters import Chapter
from factbook.charts.store import chart_ids
from factbook.dataset import Dataset, UnknownName
from factbook.errors import FactbookError, Finding, did_you_mean
from factbook.memory import Memory
from factbook.model import Language
from factbook.vocabulary import NAMES, Edition, Usage, Use, Vocabulary

_STATEMENT = re.compile(r"\{[%#]")
_BRACES = re.compile(r"\{\{|\}\}")


def scan(
    chapters: tuple[Chapter, ...], edition: Edition
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Where each figure is used: figure id to (path, title) of the pages that print it.

    Data pages print every figure and are left out. Calls that fail are passed over: the check
    reports them.
    """
    return scan_for((Use.FIGURE,), chapters, edition)[Use.FIGURE]


def scan_for(
    kinds: Iterable[Use],
    chapters: tuple[Chapter, ...],
    edition: Edition,
    memory: Memory | None = None,
) -> Mapping[Use, Mapping[str, tuple[tuple[str, str], ...]]]:
    """Where names of several kinds are used, each as :func:`scan` tells it of figures."""
    memory = Memory() if memory is None else memory
    uses: dict[Use, dict[str, list[tuple[str, str]]]] = {kind: {} for kind in kinds}
    for chapter in chapters:
        if chapter.path.startswith("data/"):
            continue
        usage = drafted(chapter, edition, memory).usage
        for kind, names in uses.items():
            for name in usage.of(kind):
                names.setdefault(name, []).append((chapter.path, chapter.title))
    return {
        kind: {name: tuple(pages) for name, pages in names.items()} for kind, names in uses.items()
    }


def draft_of(dataset: Dataset, language: Language) -> Edition:
    """The draft that tells what chapters use and where they fail; it needs no drawing."""
    return Edition(dataset, language, dict.fromkeys(chart_ids()), draft=True)


def drafted(chapter: Chapter, draft: Edition, memory: Memory) -> Rendering:
    """The rendering of a chapter by a draft, made once while both are the same."""
    name = f"rendering of {chapter.file}"
    make = partial(rendering, chapter, draft)
    return memory.kept(name, (chapter, draft), make, text=chapter.text)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the vocabulary in a chapter: the line of the body and what it used.

    ``fault`` is its finding, and ``unknown`` the (kind, name) that it asked for in vain, if any.
    ``names`` are the texts it was given; ``shown`` is what of these readers see, and ``printed`` what
    it put into the page.
    """

    line: int
    usage: Usage
    fault: Finding | None = None
    unknown: tuple[str, str] | None = None
    names: frozenset[str] = frozenset()
    shown: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A chapter rendered by our own strict environment; not ``readable`` if braces are at fault."""

    markdown: str
    usage: Usage
    calls: tuple[Call, ...]
    findings: tuple[Finding, ...]
    readable: bool = True


def rendering(chapter: Chapter, edition: Edition) -> Rendering:
    """Render a chapter; every bad call is a finding at its line, and the rest goes on."""
    vocabulary = Vocabulary(edition, chapter.path)
    found = [*_statements(chapter), *_open_braces(chapter)]
    if found:
        return Rendering(chapter.body, vocabulary.usage, (), tuple(found), readable=False)
    try:
        tree = _parsed(chapter.body)
    except TemplateSyntaxError as error:
        message = f"the braces are not readable ({error.message}); write {{{{ name(…) }}}}"
        found = [Finding(chapter.place(error.lineno), message)]
        return Rendering(chapter.body, vocabulary.usage, (), tuple(found), readable=False)
    except (ValueError, RecursionError):
        line = _endless_line(chapter.body)
        message = (
            "a number is too long or too many brackets stand in one another; write them shorter"
        )
        found = [Finding(chapter.place(line), message)]
        return Rendering(chapter.body, vocabulary.usage, (), tuple(found), readable=False)
    parts: list[str] = []
    calls: list[Call] = []
    for node in (node for output in tree.find_all(nodes.Output) for node in output.nodes):
        if isinstance(node, nodes.TemplateData):
            parts.append(node.data)
        elif fault := _call_fault(node):
            found.append(Finding(chapter.place(node.lineno), fault))
        else:
            printed, call = _called(chapter, vocabulary, node)
            parts.append(printed)
            calls.append(call)
    found += [call.fault for call in calls if call.fault is not None]
    return Rendering("".join(parts), vocabulary.usage, tuple(calls), tuple(found))


def _endless_line(body: str) -> int:
    """The first line that is too much for the reader of braces by itself; 1 where all together are."""
    for number, line in enumerate(body.split("\n"), start=1):
        try:
            _environment().parse(line)
        except TemplateSyntaxError:
            continue
        except (ValueError, RecursionError):
            return number
    return 1


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)


@lru_cache(maxsize=256)
def _parsed(body: str) -> nodes.Template:
    """The tree of a body, which nobody changes; new data are rendered from the same."""
    return _environment().parse(body)


def _statements(chapter: Chapter) -> Iterable[Finding]:
    """Chapters call functions; they hold no program. ``{#`` would start a comment and eat the page."""
    for match in _STATEMENT.finditer(chapter.body):
        remedy = "{{ … }}" if match.group() == "{%" else "{: #name } for an anchor"
        message = f"'{match.group()}' is not allowed in a chapter; write {remedy}"
        yield Finding(chapter.place(_line_at(chapter.body, match.start())), message)


def _open_braces(chapter: Chapter) -> Iterable[Finding]:
    """Braces come in pairs, ``{{`` and ``}}``."""
    opened: int | None = None
    for match in _BRACES.finditer(chapter.body):
        if match.group() == "{{":
            if opened is not None:
                break
            opened = match.start()
        elif opened is None:
            message = "'}}' closes nothing; write {{ before the call, or take it out"
            yield Finding(chapter.place(_line_at(chapter.body, match.start())), message)
        else:
            opened = None
    if opened is not None:
        message = "'{{' is not closed; write }} behind the call"
        yield Finding(chapter.place(_line_at(chapter.body, opened)), message)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _call_fault(node: nodes.Expr) -> str | None:
    """Why what stands in braces is no call of the vocabulary with plain arguments, or None."""
    if isinstance(node, nodes.Name) and node.name not in NAMES:
        return _unknown_macro(node.name)
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return "only a call may stand in braces; write {{ name(…) }} and nothing else"
    name = node.node.name
    if name not in NAMES:
        return _unknown_macro(name)
    options = [option.key for option in node.kwargs]
    if twice := next((key for key in options if options.count(key) > 1), None):
        return _argument_fault(name, f"multiple values for argument '{twice}'", _signature(name))
    arguments = [*node.args, *(option.value for option in node.kwargs)]
    if node.dyn_args or node.dyn_kwargs or not all(map(_is_plain, arguments)):
        bare = next(nodes.List(arguments).find_all(nodes.Name), None)
        given = f'; write "{bare.name}"' if bare else ""
        return f"{name}() takes names in quotation marks, numbers and lists of them{given}"
    return None


def _unknown_macro(name: str) -> str:
    return f"unknown macro '{name}'.{did_you_mean(name, NAMES) or ' Known: ' + ', '.join(NAMES)}"


def _is_plain(argument: nodes.Expr) -> bool:
    """Whether an argument is a text, a number, true or false, or a list of these."""
    if isinstance(argument, nodes.List | nodes.Tuple):
        return all(map(_is_plain, argument.items))
    if isinstance(argument, nodes.Neg):
        return isinstance(argument.node, nodes.Const)
    return isinstance(argument, nodes.Const)


def _called(chapter: Chapter, vocabulary: Vocabulary, node: nodes.Expr) -> tuple[str, Call]:
    """Carry out a call that :func:`_call_fault` found good; a failure is its finding."""
    assert isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    name = node.node.name
    arguments = [argument.as_const() for argument in node.args]
    options = {option.key: option.value.as_const() for option in node.kwargs}
    signature = _signature(name)
    before, own = vocabulary.usage, Usage()
    vocabulary.usage = own
    fault, unknown, printed, shown = "", None, "", ""
    names = frozenset(a for a in (*arguments, *options.values()) if isinstance(a, str))
    try:
        given = signature.bind(*arguments, **options).arguments
        shown = str(given.get("shown") or "")
        if name != "references":
            printed = str(getattr(vocabulary, name)(*arguments, **options))
    except UnknownName as error:
        fault = f"{name}(): {error}"
        unknown = (error.kind, error.name) if error.name in names else None
    except FactbookError as error:
        fault = f"{name}(): {error}"
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        fault = _argument_fault(name, str(error), signature)
    finally:
        vocabulary.usage = _merged(before, own)
    finding = Finding(chapter.place(node.lineno), fault) if fault else None
    return printed, Call(node.lineno, own, finding, unknown, names, shown, printed)


@cache
def _signature(name: str) -> inspect.Signature:
    """The parameters of a function of the vocabulary, without the vocabulary itself."""
    whole = inspect.signature(getattr(Vocabulary, name))
    return whole.replace(parameters=list(whole.parameters.values())[1:])


def _merged(whole: Usage, part: Usage) -> Usage:
    for kind, name in part.seen:
        whole.add(kind, name)
    for source, locators in part.locators.items():
        whole.locators.setdefault(source, []).extend(locators)
    whole.years |= part.years
    return whole


def _argument_fault(name: str, fault: str, signature: inspect.Signature) -> str:
    """Python's complaint about arguments, in words for an author."""
    parameters = list(signature.parameters)
    usage = f"write {name}({', '.join(parameters)})"
    if match := re.search(r"unexpected keyword argument '(\w+)'", fault):
        hint = did_you_mean(match.group(1), parameters)
        return f"{name}() knows no option '{match.group(1)}'.{hint} Known: {', '.join(parameters)}"
    if match := re.search(r"missing a required .*?: '(\w+)'", fault):
        return f"{name}() is missing '{match.group(1)}'; {usage}"
    if match := re.search(r"multiple values for argument '(\w+)'", fault):
        return f"{name}() is given '{match.group(1)}' twice; {usage}"
    if "positional argument" in fault:
        return f"{name}() has too many arguments; {usage}"
    return f"{name}() cannot read its arguments ({fault}); {usage}"
