"""Values with the range they may lie in, and their arithmetic: exact, rounded once, at the end.

The numbers are fractions, so nothing is rounded before :func:`rounded`. Ranges follow interval
arithmetic: a result's range holds every result that values within the inputs' ranges can give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from factbook.errors import FormulaError


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the range it may lie in, exactly; ``value`` is None where only a range is known.

    Raise :class:`~factbook.errors.FormulaError` if the range is reversed or the value outside it.
    """

    value: Fraction | None
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is self.high and (self.value is None or self.value is self.low):
            return
        if self.low > self.high:
            raise FormulaError(
                f"the range {_plain(self.low)} to {_plain(self.high)} is reversed; swap its ends"
            )
        if self.value is not None and not self.low <= self.value <= self.high:
            raise FormulaError(
                f"the value {_plain(self.value)} lies outside its range {_plain(self.low)} to "
                f"{_plain(self.high)}; check the three numbers"
            )

    @classmethod
    def of(
        cls, value: Decimal | None, low: Decimal | None = None, high: Decimal | None = None
    ) -> Interval:
        """Return the interval of a row's numbers; an end that is not given is the value itself.

        Raise ``FormulaError`` if there is neither a value nor a whole range.
        """
        low, high = (value if low is None else low), (value if high is None else high)
        if low is None or high is None:
            raise FormulaError("an input has neither a value nor both ends of a range; give one")
        if low is value and high is value and value is not None:
            only = Fraction(value)
            return cls(only, only, only)
        return cls(None if value is None else Fraction(value), Fraction(low), Fraction(high))

    @property
    def is_exact(self) -> bool:
        """Whether the range is a single number."""
        return self.low == self.high

    def rounded(self, decimals: int) -> tuple[Decimal | None, Decimal, Decimal]:
        """Return value, low and high with so many decimals, each rounded once, half up."""
        value = None if self.value is None else rounded(self.value, decimals)
        return (value, rounded(self.low, decimals), rounded(self.high, decimals))

    def __neg__(self) -> Interval:
        if self.low is self.high:
            only = -self.low
            return Interval(None if self.value is None else only, only, only)
        return Interval(None if self.value is None else -self.value, -self.high, -self.low)

    def __add__(self, other: Interval) -> Interval:
        if self.low is self.high and other.low is other.high:
            only = self.low + other.low
            return Interval(None if self.value is None or other.value is None else only, only, only)
        value = _both(self.value, other.value, Fraction.__add__)
        return Interval(value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if (
            self.low is self.high and other.low is other.high
        ):  # a plain number: one product, not six
            only = self.low * other.low
            value = None if self.value is None or other.value is None else only
            return Interval(value, only, only)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(_both(self.value, other.value, Fraction.__mul__), min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient; raise ``FormulaError`` if the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise FormulaError(_divisor_fault(other))
        if other.low is other.high:
            only = 1 / other.low
            return self * Interval(None if other.value is None else only, only, only)
        inverse = None if other.value is None else 1 / other.value
        return self * Interval(inverse, 1 / other.high, 1 / other.low)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return ``value`` with so many decimals, rounded once: halves go away from zero."""
    quotient, rest = divmod(abs(value.numerator) * 10**decimals, value.denominator)
    if 2 * rest >= value.denominator:
        quotient += 1
    sign = 1 if value < 0 and quotient else 0
    return Decimal((sign, tuple(int(digit) for digit in str(quotient)), -decimals))


def _both(
    left: Fraction | None, right: Fraction | None, apply: Callable[[Fraction, Fraction], Fraction]
) -> Fraction | None:
    """Return the result of two values, or None if one of them is not known."""
    return None if left is None or right is None else apply(left, right)


def _divisor_fault(divisor: Interval) -> str:
    """Return what is wrong with dividing by ``divisor``, which may be zero."""
    if divisor.is_exact:
        return "division by 0; check the divisor"
    low, high = _plain(divisor.low), _plain(divisor.high)
    return f"division by a range that includes 0 ({low} to {high}); check the divisor"


def _plain(value: Fraction) -> str:
    """Return ``value`` as a plain decimal for a message."""
    return f"{rounded(value, 6).normalize():f}"
