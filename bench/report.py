"""The report: what was measured against what was promised, as Markdown."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LIBRARIES = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "altair", "vl-convert-python")
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: what, how much was measured, and the most it may be, if anything was promised.

    ``unit`` stands behind both numbers; ``told`` says what the number comes from.
    """

    what: str
    measured: float
    most: float | None
    unit: str = ""
    told: str = ""

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.most is None or self.measured <= self.most


@dataclass(frozen=True, slots=True)
class Growth:
    """How one cost grows: the size of each case, and what it costs by unit (in seconds)."""

    what: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def each(self) -> tuple[float, ...]:
        """Seconds for one page, chart or row, in each case."""
        return tuple(s / n for s, n in zip(self.seconds, self.sizes, strict=True))

    @property
    def relative(self) -> tuple[float, ...]:
        """The same in multiples of the smallest case."""
        first = self.each[0]
        return tuple(each / first for each in self.each)

    @property
    def marginal(self) -> tuple[float, ...]:
        """Seconds for each one more than in the case before: free of what every run costs."""
        steps = zip(self.sizes, self.sizes[1:], self.seconds, self.seconds[1:], strict=False)
        return tuple((s2 - s1) / (n2 - n1) for n1, n2, s1, s2 in steps)

    @property
    def steeper(self) -> float | None:
        """The last slope in multiples of the first, which a quadratic step cannot hide from."""
        slopes = self.marginal
        return slopes[-1] / slopes[0] if len(slopes) > 1 and slopes[0] > 0 else None

    @property
    def worst(self) -> float:
        """The most that one costs in a larger case, in multiples of the smallest case."""
        return max(self.relative[1:])


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run of the benchmark found."""

    targets: tuple[Target, ...]
    growths: tuple[Growth, ...]
    rounds: int
    loads: tuple[float, float]
    """The load of the machine before and after."""
    quick: bool = False


def markdown(report: Report, when: datetime, pictures: Sequence[tuple[str, str]]) -> str:
    """The page for contributors; ``pictures`` are pairs of a file's name and what it shows."""
    parts = [
        "# Benchmark",
        "For contributors. Written by `make bench`; do not edit. What each figure means stands below.",
        _machine(report, when),
        "## Promises",
        _table(
            ("", "measured", "at most", "", "from"),
            ((t.what, _number(t.measured, t.unit), *_kept(t), t.told) for t in report.targets),
        ),
        "## Growth",
        _table(
            ("", "size", "seconds", "milliseconds each", "to the smallest", "one more, ms"),
            (row for growth in report.growths for row in _rows(growth)),
        ),
        *(f"![{shown}]({name})" for name, shown in pictures),
        _MEANING,
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


_MEANING = (Path(__file__).parent / "meaning.md").read_text(encoding="utf-8").rstrip()


def _kept(target: Target) -> tuple[str, str]:
    """What was promised, and whether it holds."""
    if target.most is None:
        return "–", "no promise"
    return _number(target.most, target.unit), "holds" if target.holds else "**falls short**"


def _machine(report: Report, when: datetime) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    before, after = report.loads
    short = " A short run (`--quick`), good for a first look only." if report.quick else ""
    return (
        f"Measured on {when.astimezone(UTC):%Y-%m-%d} on {processor()}, {os.cpu_count()} cores,"
        f" {memory()} of memory, {platform.system()} {platform.release()}, Python"
        f" {platform.python_version()}; {versions}. Load {before:.1f} before and {after:.1f} after."
        f" Medians of {report.rounds}.{short}"
    )


def processor() -> str:
    """The name of the processor, where the system tells."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in told.splitlines() if "model name" in line)
    return next(names, platform.machine())


def memory() -> str:
    """How much memory the machine has."""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 1024**3:.0f} GiB"


def _rows(growth: Growth) -> Iterable[tuple[str, ...]]:
    slopes = ("", *(f"{1000 * slope:.2f}" for slope in growth.marginal))
    columns = (growth.sizes, growth.seconds, growth.each, growth.relative, slopes)
    for size, seconds, each, relative, slope in zip(*columns, strict=True):
        yield (growth.what, f"{size:,}", f"{seconds:.1f}", f"{1000 * each:.2f}",
               f"{relative:.2f}", slope)  # fmt: skip


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}".rstrip()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
