"""The calls in the body of a chapter: text and calls in their order."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from factbook.errors import did_you_mean
from factbook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Written:
    """A call as it is written: its line in the body, the macro's name and what it is given."""

    line: int
    name: str
    arguments: tuple[object, ...]
    options: tuple[tuple[str, object], ...]


Fault: TypeAlias = tuple[int, str]
"""A line of the body, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Script:
    """A body as text and calls; not ``readable`` if braces are at fault."""

    parts: tuple[str | Written, ...]
    faults: tuple[Fault, ...] = ()
    readable: bool = True


@cache
def signature_of(name: str) -> inspect.Signature:
    """The parameters of a function of the vocabulary, without the vocabulary itself."""
    whole = inspect.signature(getattr(Vocabulary, name))
    return whole.replace(parameters=list(whole.parameters.values())[1:])


def argument_fault(name: str, fault: str, signature: inspect.Signature) -> str:
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
