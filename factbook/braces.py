"""Reads the braces of a chapter with the engine's own parser, and keeps to what a chapter may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from factbook.calls import Fault, Script, Written, argument_fault, signature_of
from factbook.errors import did_you_mean
from factbook.vocabulary import NAMES

_STATEMENT = re.compile(r"\{[%#]")
_BRACES = re.compile(r"\{\{|\}\}")


def script(body: str) -> Script:
    """The text and the calls of a body; every call that is no call of the vocabulary is a fault."""
    faults = [*_statements(body), *_open_braces(body)]
    if faults:
        return _unreadable(body, *faults)
    try:
        tree = _environment().parse(body)
    except TemplateSyntaxError as error:
        message = f"the braces are not readable ({error.message}); write {{{{ name(…) }}}}"
        return _unreadable(body, (error.lineno, message))
    except (ValueError, RecursionError):
        message = (
            "a number is too long or too many brackets stand in one another; write them shorter"
        )
        return _unreadable(body, (_endless_line(body), message))
    parts: list[str | Written] = []
    for node in (node for output in tree.find_all(nodes.Output) for node in output.nodes):
        if isinstance(node, nodes.TemplateData):
            parts.append(node.data)
        elif fault := _call_fault(node):
            faults.append((node.lineno, fault))
        else:
            parts.append(_written(node))
    return Script(tuple(parts), tuple(faults))


def _unreadable(body: str, *faults: Fault) -> Script:
    return Script((body,), faults, readable=False)


def _written(node: nodes.Expr) -> Written:
    """A call that :func:`_call_fault` found good."""
    assert isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    arguments = tuple(argument.as_const() for argument in node.args)
    options = tuple((option.key, option.value.as_const()) for option in node.kwargs)
    return Written(node.lineno, node.node.name, arguments, options)


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)


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


def _statements(body: str) -> Iterator[Fault]:
    """Chapters call functions; they hold no program. ``{#`` would start a comment and eat the page."""
    for match in _STATEMENT.finditer(body):
        remedy = "{{ … }}" if match.group() == "{%" else "{: #name } for an anchor"
        message = f"'{match.group()}' is not allowed in a chapter; write {remedy}"
        yield _line_at(body, match.start()), message


def _open_braces(body: str) -> Iterator[Fault]:
    """Braces come in pairs, ``{{`` and ``}}``."""
    opened: int | None = None
    for match in _BRACES.finditer(body):
        if match.group() == "{{":
            if opened is not None:
                break
            opened = match.start()
        elif opened is None:
            message = "'}}' closes nothing; write {{ before the call, or take it out"
            yield _line_at(body, match.start()), message
        else:
            opened = None
    if opened is not None:
        message = "'{{' is not closed; write }} behind the call"
        yield _line_at(body, opened), message


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
        return argument_fault(name, f"multiple values for argument '{twice}'", signature_of(name))
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
