"""What a formula may say, what it gives over values and ranges, and how readers see it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import FormulaError
from factbook.formulas import MAX_DEPTH, MAX_PARTS, Formula, parse
from factbook.intervals import Interval

ALLOWED = "a formula holds + - * / ( ), numbers like 0.5 and names like coca_area"
TIMES, DIVIDED, MINUS = "\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}", "\N{MINUS SIGN}"
LETTERS = {name: name for name in "abc"}


def exactly(number: str) -> Interval:
    """Return the interval of a number without a range."""
    return Interval.of(Decimal(number))


def between(low: str, high: str, value: str | None = None) -> Interval:
    """Return the interval of a range, with a value or without."""
    return Interval.of(None if value is None else Decimal(value), Decimal(low), Decimal(high))


def typed(shown: str) -> str:
    """Return a formula shown to readers as an author types it."""
    return shown.replace(TIMES, "*").replace(DIVIDED, "/").replace(MINUS, "-")


@st.composite
def formula_texts(draw: st.DrawFn, depth: int = 4) -> str:
    """Return a formula over ``a``, ``b`` and ``c``, with parentheses around every part."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["a", "b", "c", "2", "0.5", "100"]))
    if draw(st.integers(0, 4)) == 0:
        return f"-({draw(formula_texts(depth=depth - 1))})"
    left, right = draw(formula_texts(depth=depth - 1)), draw(formula_texts(depth=depth - 1))
    return f"({left}) {draw(st.sampled_from('+-*/'))} ({right})"


def decimals() -> st.SearchStrategy[Decimal]:
    """Return numbers such as sources print."""
    return st.decimals(min_value=-10_000, max_value=10_000, places=2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Return a value within a range."""
    low, value, high = sorted(draw(st.tuples(decimals(), decimals(), decimals())))
    return Interval.of(value, low, high)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "column 1: the formula stops short; add a number or a name"),
        ("  ", "column 1: the formula stops short; add a number or a name"),
        ("a + ", "column 4: the formula stops short; add a number or a name"),
        ("a b", "column 3: an operator is missing before 'b'; write + - * or /"),
        ("(a b)", "column 4: an operator is missing before 'b'; write + - * or /"),
        ("a(b)", "column 2: an operator is missing before '('; write + - * or /"),
        ("(a + b", "column 1: '(' is never closed; add ')'"),
        ("a + b)", "column 6: ')' closes nothing; take it out or open it before"),
        ("()", "column 2: a number or a name is missing before ')'; add it"),
        ("a + * b", "column 5: a number or a name is missing before '*'; add it"),
        ("+a", "column 1: a number or a name is missing before '+'; add it"),
        ("a ** 2", "column 3: '**' is not allowed; write the multiplication out, like 'a * a'"),
        ("a ^ 2", "column 3: '^' is not allowed; write the multiplication out, like 'a * a'"),
        (f"a {TIMES} b", f"column 3: '{TIMES}' is not allowed; write '*'"),
        (f"a {DIVIDED} b", f"column 3: '{DIVIDED}' is not allowed; write '/'"),
        (f"a {MINUS} b", f"column 3: '{MINUS}' is not allowed; write '-'"),
        ("a : b", "column 3: ':' is not allowed; write '/'"),
        ("50%", "column 3: '%' is not allowed; write '/ 100' or '* 100'"),
        (
            "1,000",
            "column 2: ',' is not allowed; "
            "write numbers with a decimal point and without a thousands sign",
        ),
        ("Area", f"column 1: 'Area' is not allowed; {ALLOWED}"),
        ("_a", f"column 1: '_a' is not allowed; {ALLOWED}"),
        (".5", f"column 1: '.5' is not allowed; {ALLOWED}"),
        ("1.", f"column 1: '1.' is not allowed; {ALLOWED}"),
        ("1.2.3", f"column 1: '1.2.3' is not allowed; {ALLOWED}"),
        ("2a", f"column 1: '2a' is not allowed; {ALLOWED}"),
        ("1e5", f"column 1: '1e5' is not allowed; {ALLOWED}"),
        ("a.b", f"column 1: 'a.b' is not allowed; {ALLOWED}"),
        ("a @ b", f"column 3: '@' is not allowed; {ALLOWED}"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_column(text: str, fault: str) -> None:
    """The message quotes the formula, counts columns from 1 and names the remedy."""
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert str(caught.value) == f"formula '{text}', {fault}"


@pytest.mark.parametrize("opening", ["(", "-"])
def test_a_formula_may_not_be_deeper_than_a_reader_can_follow(opening: str) -> None:
    """Parentheses and signs within each other are counted together."""
    text = opening * (MAX_DEPTH + 1) + "a"
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert str(caught.value) == (
        f"formula '{text}', column {MAX_DEPTH + 1}: "
        f"more than {MAX_DEPTH} levels; split the formula in two"
    )


def test_a_formula_may_not_be_endless() -> None:
    """A long chain would exhaust the stack before it helped anybody."""
    text = "a" + "+a" * MAX_PARTS
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert str(caught.value) == (
        f"formula '{text}', column {MAX_PARTS + 1}: "
        f"more than {MAX_PARTS} parts; split the formula in two"
    )


@pytest.mark.parametrize(
    ("known", "remedy"),
    [
        ({"area", "ceiling"}, "Did you mean 'ceiling'?"),
        ({"area"}, "Add it to the inputs."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(known: set[str], remedy: str) -> None:
    """Evaluating and rendering need every name, and say which one is missing."""
    formula = parse("area / ceilng * 100")
    message = f"formula 'area / ceilng * 100', column 8: unknown name 'ceilng'. {remedy}"
    with pytest.raises(FormulaError) as caught:
        formula.evaluate({name: exactly("1") for name in known})
    assert str(caught.value) == message
    with pytest.raises(FormulaError) as caught:
        formula.render({name: name for name in known})
    assert str(caught.value) == message


def test_a_division_by_zero_is_refused() -> None:
    """The column is that of the sign."""
    with pytest.raises(FormulaError) as caught:
        parse("a / (b - b)").evaluate({"a": exactly("1"), "b": exactly("2")})
    assert str(caught.value) == (
        "formula 'a / (b - b)', column 3: division by 0; check the divisor"
    )


def test_a_division_by_a_range_that_includes_zero_is_refused() -> None:
    """The quotient could be anything."""
    with pytest.raises(FormulaError) as caught:
        parse("a / b").evaluate({"a": exactly("1"), "b": between("-0.5", "1000000", "2")})
    assert str(caught.value) == (
        "formula 'a / b', column 3: "
        "division by a range that includes 0 (-0.5 to 1000000); check the divisor"
    )


def test_a_formula_of_two_lines_is_quoted_in_one() -> None:
    """A finding is one line; the column is counted through the break."""
    with pytest.raises(FormulaError) as caught:
        parse("a +\n")
    assert str(caught.value) == (
        "formula 'a + ', column 4: the formula stops short; add a number or a name"
    )
    with pytest.raises(FormulaError) as caught:
        parse("a +\nb c")
    assert str(caught.value) == (
        "formula 'a + b c', column 7: an operator is missing before 'c'; write + - * or /"
    )


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("10 - 3 - 2", "5"),
        ("100 / 5 / 2", "10"),
        ("-2 * 3", "-6"),
        ("2 - -3", "5"),
        ("0.1 + 0.2", "0.3"),
        ("2*(3+4)", "14"),
        ("1 / 3 * 3", "1"),
    ],
)
def test_a_formula_follows_the_rules_of_arithmetic(text: str, result: str) -> None:
    """Products before sums, equals from left to right, exactly."""
    assert parse(text).evaluate({}) == exactly(result)


def test_a_formula_knows_its_names() -> None:
    """Each name once, whatever the order."""
    assert parse("(area - base_1990) / area").names == {"area", "base_1990"}
    assert parse("100").names == frozenset()


def test_a_name_behind_a_minus_is_a_name_too() -> None:
    """It needs an input as any other."""
    formula = parse("2 * -(-a + b)")
    assert formula.names == {"a", "b"}
    with pytest.raises(FormulaError) as caught:
        parse("-aera").evaluate({"area": exactly("1")})
    assert str(caught.value) == (
        "formula '-aera', column 2: unknown name 'aera'. Did you mean 'area'?"
    )


def test_a_formula_is_what_it_says() -> None:
    """Two formulas with the same text are equal and hash alike."""
    assert parse("a / b") == parse("a / b")
    assert isinstance(parse("a / b"), Formula)
    assert hash(parse("a / b")) == hash(parse("a / b"))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a + b", Interval(Fraction(4), Fraction(-1), Fraction(8))),
        ("a - b", Interval(Fraction(2), Fraction(-2), Fraction(7))),
        ("a * b", Interval(Fraction(3), Fraction(-10), Fraction(15))),
        ("b / a", Interval(Fraction(1, 3), Fraction(-2), Fraction(3))),
        ("-b", Interval(Fraction(-1), Fraction(-3), Fraction(2))),
    ],
)
def test_a_range_takes_in_every_possible_result(text: str, result: Interval) -> None:
    """Here a is 3 (1 to 5) and b is 1 (-2 to 3)."""
    inputs = {"a": between("1", "5", "3"), "b": between("-2", "3", "1")}
    assert parse(text).evaluate(inputs) == result


def test_a_range_without_a_value_gives_a_range_without_a_value() -> None:
    """No midpoint is invented where a source states only a range."""
    result = parse("a / b").evaluate({"a": between("37000", "46100"), "b": exactly("100")})
    assert result == Interval(None, Fraction(370), Fraction(461))
    assert result.rounded(0) == (None, Decimal(370), Decimal(461))
    assert (-result).value is None
    assert not result.is_exact


@pytest.mark.parametrize(
    "text", ["a + b", "b + a", "a - b", "a * b", "b * a", "a / b", "b / a", "-a"]
)
def test_a_range_of_one_number_is_not_a_value(text: str) -> None:
    """A source that states 3 to 3 and nothing else has stated no value."""
    only = Fraction(3)
    result = parse(text).evaluate({"a": Interval(None, only, only), "b": exactly("2")})
    assert result.value is None
    assert result.is_exact


def test_a_name_mentioned_twice_widens_the_range() -> None:
    """The remedy is to mention it once: ``new / old - 1`` instead of ``(new - old) / old``."""
    inputs = {"new": exactly("5"), "old": between("10", "20")}
    wide = parse("(new - old) / old").evaluate(inputs)
    tight = parse("new / old - 1").evaluate(inputs)
    assert wide == Interval(None, Fraction(-3, 2), Fraction(-1, 4))
    assert tight == Interval(None, Fraction(-3, 4), Fraction(-1, 2))
    assert parse("old - old").evaluate(inputs) == between("-10", "10")


@given(formula_texts(), decimals(), decimals(), decimals())
def test_exact_inputs_give_what_fractions_give(
    text: str, a: Decimal, b: Decimal, c: Decimal
) -> None:
    """Over exact inputs a formula is Python's arithmetic of fractions, or a division by zero."""
    inputs = {"a": a, "b": b, "c": c}
    python = text.replace("100", "F(100)").replace("0.5", "F('0.5')").replace("2", "F(2)")
    try:
        expected = eval(python, {"F": Fraction, **{k: Fraction(v) for k, v in inputs.items()}})
    except ZeroDivisionError:
        with pytest.raises(FormulaError, match="division by 0"):
            parse(text).evaluate({name: Interval.of(value) for name, value in inputs.items()})
        return
    result = parse(text).evaluate({name: Interval.of(value) for name, value in inputs.items()})
    assert result == Interval(expected, expected, expected)


@given(formula_texts(), intervals(), intervals(), intervals(), st.data())
def test_a_result_within_the_inputs_lies_within_the_range(
    text: str, a: Interval, b: Interval, c: Interval, data: st.DataObject
) -> None:
    """Whatever values within their ranges the inputs take, the range of the result holds it."""
    formula, inputs = parse(text), {"a": a, "b": b, "c": c}
    try:
        result = formula.evaluate(inputs)
    except FormulaError:
        return
    chosen = {}
    for name, within in inputs.items():
        share = Fraction(data.draw(st.integers(0, 8)), 8)
        point = within.low + share * (within.high - within.low)
        chosen[name] = Interval(point, point, point)
    value = formula.evaluate(chosen).value
    assert value is not None
    assert result.low <= value <= result.high


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a-(b-c)", f"a {MINUS} (b {MINUS} c)"),
        ("a-(b+c)", f"a {MINUS} (b + c)"),
        ("a+(b-c)", f"a + b {MINUS} c"),
        ("a/(b*c)", f"a {DIVIDED} (b {TIMES} c)"),
        ("a*(b/c)", f"a {TIMES} b {DIVIDED} c"),
        ("(a*b)/c", f"a {TIMES} b {DIVIDED} c"),
        ("(a+b)*2.50", f"(a + b) {TIMES} 2.50"),
        ("-(a+b)", f"{MINUS}(a + b)"),
        ("-(a*b)", f"{MINUS}a {TIMES} b"),
        ("(-a)*b", f"{MINUS}a {TIMES} b"),
        ("(-a)+b", f"{MINUS}a + b"),
        ("-(-a)", f"{MINUS}({MINUS}a)"),
        ("a-(-b)", f"a {MINUS} ({MINUS}b)"),
        ("((a))", "a"),
    ],
)
def test_readers_see_signs_and_few_parentheses(text: str, shown: str) -> None:
    """A parenthesis stays only where the formula would be read otherwise without it."""
    assert parse(text).render(LETTERS) == shown


def test_readers_see_labels_and_their_own_numbers() -> None:
    """Names become labels, and numbers are written as the reader's language does."""
    formula = parse("area / ceiling * 0.5")
    labels = {"area": "superficie de coca", "ceiling": "tope legal"}
    assert formula.render(labels, number=lambda value: str(value).replace(".", ",")) == (
        f"superficie de coca {DIVIDED} tope legal {TIMES} 0,5"
    )


@given(formula_texts(), decimals(), decimals(), decimals())
def test_what_readers_see_means_the_same(text: str, a: Decimal, b: Decimal, c: Decimal) -> None:
    """A formula shown and typed again gives the same result."""
    inputs = {"a": Interval.of(a), "b": Interval.of(b), "c": Interval.of(c)}
    again = parse(typed(parse(text).render(LETTERS)))
    try:
        result = parse(text).evaluate(inputs)
    except FormulaError:
        return
    assert again.evaluate(inputs) == result
