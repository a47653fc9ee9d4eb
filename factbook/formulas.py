"""Formulas of computed figures: read, evaluated exactly with ranges, and rendered for readers.

The grammar is small on purpose, and nothing is ever executed as Python::

    sum     = product, { ("+" | "-"), product } ;
    product = factor, { ("*" | "/"), factor } ;
    factor  = number | name | "(", sum, ")" | "-", factor ;

A number is written ``100`` or ``0.5``, a name ``coca_area``. Arithmetic is that of
:mod:`factbook.intervals`. Each mention of a name is taken by itself, so that a name mentioned twice
(``(new - old) / old``) can make the range wider than it need be, never narrower; ``new / old - 1``
keeps it tight.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from factbook.errors import FormulaError, did_you_mean
from factbook.intervals import Interval

MAX_PARTS = 200
"""The most numbers, names, signs and parentheses a formula may have."""

MAX_DEPTH = 20
"""The most parentheses and signs that may stand within each other."""

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(\.\d+)?(?![\w.]))|(?P<name>[a-z][a-z0-9_]*(?![\w.]))"
    r"|(?P<sign>\*\*|[-+*/()])|(?P<wrong>[\w.]+|.)",
    re.ASCII,
)
_REMEDIES = {
    "**": "write the multiplication out, like 'a * a'",
    "^": "write the multiplication out, like 'a * a'",
    "\N{MULTIPLICATION SIGN}": "write '*'",
    "\N{DIVISION SIGN}": "write '/'",
    ":": "write '/'",
    "\N{MINUS SIGN}": "write '-'",
    "\N{EN DASH}": "write '-'",
    "%": "write '/ 100' or '* 100'",
    ",": "write numbers with a decimal point and without a thousands sign",
}
_ALLOWED = "a formula holds + - * / ( ), numbers like 0.5 and names like coca_area"
_SHOWN = {"+": "+", "-": "\N{MINUS SIGN}", "*": "\N{MULTIPLICATION SIGN}", "/": "\N{DIVISION SIGN}"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a formula, with its column counted from 1."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A part of a formula with a minus before it."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts of a formula joined by ``+``, ``-``, ``*`` or ``/``, with the sign's column."""

    sign: str
    left: Node
    right: Node
    column: int


Node = Number | Name | Negation | Operation


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read; made by :func:`parse`."""

    text: str
    tree: Node

    @property
    def names(self) -> frozenset[str]:
        """The names that the formula mentions."""
        return frozenset(name.name for name in _names(self.tree))

    def evaluate(self, inputs: Mapping[str, Interval]) -> Interval:
        """Return the result over ``inputs``, exactly.

        Raise ``FormulaError`` for a name that has no input and for a division by what may be zero,
        each with its column.
        """
        self._check_names(inputs)
        return self._value(self.tree, inputs)

    def render(
        self, labels: Mapping[str, str], *, number: Callable[[Decimal], str] = "{:f}".format
    ) -> str:
        """Return the formula for readers, with their signs and as few parentheses as may be.

        ``number`` writes a number in the reader's language. Raise ``FormulaError`` for a name that
        has no label.
        """
        self._check_names(labels)
        return _shown(self.tree, labels, number)

    def _check_names(self, known: Mapping[str, object]) -> None:
        for name in _names(self.tree):
            if name.name not in known:
                remedy = did_you_mean(name.name, known) or " Add it to the inputs."
                raise _fault(self.text, name.column, f"unknown name '{name.name}'.{remedy}")

    def _value(self, node: Node, inputs: Mapping[str, Interval]) -> Interval:
        match node:
            case Number(value):
                return Interval.of(value)
            case Name(name):
                return inputs[name]
            case Negation(operand):
                return -self._value(operand, inputs)
            case Operation(sign, left, right, column):
                first, second = self._value(left, inputs), self._value(right, inputs)
                try:
                    return _OPERATIONS[sign](first, second)
                except FormulaError as error:  # which knows nothing of columns
                    raise _fault(self.text, column, str(error)) from None


def parse(text: str) -> Formula:
    """Return the formula that ``text`` writes; raise ``FormulaError`` naming column and fault."""
    return Formula(text, _Reader(text).formula())


_OPERATIONS: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


class _Reader:
    """Reads a formula from left to right; remembers where it stands and how deep."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._depth = 0
        self._next = 0

    def formula(self) -> Node:
        """Return the whole formula; raise ``FormulaError`` if anything is left over."""
        tree = self._sum()
        if rest := self._peek():
            if rest.text == ")":
                raise self._fault(rest, "')' closes nothing; take it out or open it before")
            raise self._fault(
                rest, f"an operator is missing before '{rest.text}'; write + - * or /"
            )
        return tree

    def _sum(self) -> Node:
        return self._chain("+-", self._product)

    def _product(self) -> Node:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: Callable[[], Node]) -> Node:
        tree = part()
        while (token := self._peek()) and token.text in signs:
            self._next += 1
            tree = Operation(token.text, tree, part(), token.column)
        return tree

    def _factor(self) -> Node:
        token = self._peek()
        if token is None:
            column = len(self._text.rstrip()) + 1
            raise _fault(self._text, column, "the formula stops short; add a number or a name")
        self._next += 1
        if token.kind == "number":
            return Number(Decimal(token.text))
        if token.kind == "name":
            return Name(token.text, token.column)
        if token.text == "-":
            return Negation(self._nested(token, self._factor))
        if token.text == "(":
            return self._parenthesis(token)
        raise self._fault(token, f"a number or a name is missing before '{token.text}'; add it")

    def _parenthesis(self, opening: _Token) -> Node:
        tree = self._nested(opening, self._sum)
        closing = self._peek()
        if closing is None:
            raise self._fault(opening, "'(' is never closed; add ')'")
        if closing.text != ")":
            fault = f"an operator is missing before '{closing.text}'; write + - * or /"
            raise self._fault(closing, fault)
        self._next += 1
        return tree

    def _nested(self, token: _Token, part: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._fault(token, f"more than {MAX_DEPTH} levels; split the formula in two")
        tree = part()
        self._depth -= 1
        return tree

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _fault(self, token: _Token, fault: str) -> FormulaError:
        return _fault(self._text, token.column, fault)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the parts of a formula; raise ``FormulaError`` for what is none, or for too many."""
    count = 0
    for found in _TOKEN.finditer(text):
        kind, part, column = found.lastgroup or "", found.group(), found.start() + 1
        if kind == "space":
            continue
        if kind == "wrong" or part in _REMEDIES:
            raise _fault(text, column, f"'{part}' is not allowed; {_REMEDIES.get(part, _ALLOWED)}")
        count += 1
        if count > MAX_PARTS:
            raise _fault(text, column, f"more than {MAX_PARTS} parts; split the formula in two")
        yield _Token(kind, part, column)


def _names(node: Node) -> Iterator[Name]:
    """Yield the names below ``node``, from left to right."""
    match node:
        case Name():
            yield node
        case Negation(operand):
            yield from _names(operand)
        case Operation(_, left, right):
            yield from _names(left)
            yield from _names(right)


def _shown(node: Node, labels: Mapping[str, str], number: Callable[[Decimal], str]) -> str:
    """Return ``node`` for readers."""
    match node:
        case Number(value):
            return number(value)
        case Name(name):
            return labels[name]
        case Negation(operand):
            shown = _shown(operand, labels, number)
            bare = _rank(operand) >= _rank(node) and not isinstance(operand, Negation)
            return _SHOWN["-"] + (shown if bare else f"({shown})")
        case Operation(sign, left, right):
            before, after = (_shown(part, labels, number) for part in (left, right))
            if _rank(left) < _rank(node):
                before = f"({before})"
            if _needs_parenthesis(sign, right):
                after = f"({after})"
            return f"{before} {_SHOWN[sign]} {after}"


def _rank(node: Node) -> int:
    """Return how strongly ``node`` holds together: a sum 1, a product 2, a name or number 3."""
    match node:
        case Operation(sign):
            return 1 if sign in "+-" else 2
        case Negation():
            return 2
        case _:
            return 3


def _needs_parenthesis(sign: str, right: Node) -> bool:
    """Return whether what stands after ``sign`` would be read otherwise without parentheses."""
    if isinstance(right, Negation):
        return True
    rank = {"+": 1, "-": 2, "*": 2, "/": 3}[sign]
    return _rank(right) < rank


def _fault(text: str, column: int, fault: str) -> FormulaError:
    """Return the error that names the formula, the column and the fault."""
    line = " ".join(text.split("\n"))  # One line, in which columns stay what they were.
    return FormulaError(f"formula '{line}', column {column}: {fault}")
