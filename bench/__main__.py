"""``make bench``: measures, writes ``docs/benchmark.md`` and its two pictures."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import pictures
from bench.cases import Case, ground
from bench.measuring import Run, interleaved, median, ratios
from bench.projects import LARGE, MANY, MEDIUM, MOST, SMALL, Size
from bench.report import MEBIBYTE, Growth, Report, Target, markdown
from factbook.editions.progress import Steps
from factbook.errors import FactbookError
from tests.miniature import REAL

ROUNDS = 5
ALLOWED = 1.2
"""How much more one page, chart or row may cost in a large project than in a small one."""
COLD = {SMALL.name: 4.0, MEDIUM.name: 3.7}
SECONDS_FOR_A_VALUE = 3


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when it could not be run, 0 whatever it found."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, small projects only")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--target", type=Path, default=REAL / "docs", help="where to write")
    options = parser.parse_args(arguments)
    rounds = 1 if options.quick else options.rounds
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as work:
            report = measured(Path(work), rounds, quick=options.quick)
    except FactbookError as error:
        print(error, file=sys.stderr)
        return 1
    write(report, options.target)
    return 0


def measured(work: Path, rounds: int, *, quick: bool) -> Report:
    """Measure everything below ``work``."""
    steps = Steps(4 if quick else 6)
    before = os.getloadavg()[0]
    targets: list[Target] = []
    for size in (None, SMALL) if quick else (None, SMALL, MEDIUM):
        targets += _builds(work, size, rounds, steps)
    targets += _check(work, rounds, steps)
    growths: list[Growth] = []
    found, peak = _rows(work, (SMALL, MANY) if quick else (SMALL, MANY, MOST), rounds, steps)
    growths += found
    targets += [peak] if quick else [peak, _at_most_thirty(found[0])]
    if not quick:
        found, peak = _pages(work, (SMALL, MEDIUM, LARGE), max(1, rounds // ROUNDS), steps)
        growths += found
        targets.append(peak)
    targets += [Target(f"one {g.what} to the smallest case", g.worst, ALLOWED) for g in growths]
    for g in growths:
        if (steeper := g.steeper) is not None:
            targets.append(Target(f"one more {g.what}, last slope to first", steeper, ALLOWED))
    loads = (before, os.getloadavg()[0])
    return Report(tuple(targets), tuple(growths), rounds, loads, quick)


def write(report: Report, target: Path) -> None:
    """Write the page and its pictures."""
    drawn = {
        "benchmark-promises.svg": (pictures.promises(report.targets), "Measured and promised"),
        "benchmark-growth.svg": (pictures.growth(report.growths), "Cost of one as a project grows"),
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, (text, _) in drawn.items():
        (target / name).write_text(text, encoding="utf-8")
    shown = [(name, alt) for name, (_, alt) in drawn.items()]
    page = markdown(report, datetime.now(UTC), shown)
    (target / "benchmark.md").write_text(page, encoding="utf-8")
    print(f"wrote {target / 'benchmark.md'}")


def _builds(work: Path, size: Size | None, rounds: int, steps: Steps) -> list[Target]:
    """Warm, value and cold builds of a project against its floor."""
    name = "this site" if size is None else size.name
    steps.begin(f"Builds of {name}")
    place = ground(work, size)
    place.publish()
    place.write_plain()
    cases = {
        "F, English": lambda _: place.floor_of("en"),
        "F, Spanish": lambda _: place.floor_of("es"),
        "warm": place.warm,
    }
    if size is not None:
        cases |= {"value": place.value, "cold": place.cold, "English": place.cold_english}
    runs = interleaved(cases, rounds, steps.say)
    english = runs["F, English"]
    both = [one + other for one, other in zip(english, runs["F, Spanish"], strict=True)]
    found = [_against(f"{name}: warm, to F", runs["warm"], both, 1.0)]
    if size is not None:
        more = [Run(r.wall + SECONDS_FOR_A_VALUE, r.cpu, r.memory) for r in both]
        found.append(_against(f"{name}: value, to F and 3 s", runs["value"], more, 1.0))
        most = COLD[size.name]
        found.append(_against(f"{name}: cold, English, to F1", runs["English"], english, most))
        found.append(_against(f"{name}: cold, all, to F1", runs["cold"], english, None))
    return found


def _against(what: str, runs: list[Run], floor: list[Run], most: float | None) -> Target:
    wall, cpu = ratios(runs, floor)
    one, other = median(runs), median(floor)
    told = f"{one.wall:.1f} s to {other.wall:.1f} s; of processor {cpu:.2f}"
    return Target(what, wall, most, "", told)


def _check(work: Path, rounds: int, steps: Steps) -> list[Target]:
    steps.begin("The check of this site")
    place = ground(work, None)
    place.check(0)
    names = {"data edited": place.check, "chapter edited": place.check_again}
    runs = interleaved(names, rounds, steps.say)
    found: list[Target] = []
    for name in names:
        took = median(runs[name])
        what, told = f"check of this site, {name}", f"{took.cpu:.1f} s of processor"
        found.append(Target(what, took.wall, 3, "s", told))
        found.append(Target(f"{what}: memory", took.memory / MEBIBYTE, 200, "MiB"))
    return found


def _rows(
    work: Path, sizes: tuple[Size, ...], rounds: int, steps: Steps
) -> tuple[list[Growth], Target]:
    """The check with more and more rows."""
    steps.begin("The check of " + ", ".join(f"{size.rows:,}" for size in sizes) + " rows")
    places = {size: ground(work, size) for size in sizes}
    for place in places.values():
        place.check(0)
    cases = {size.name: place.check for size, place in places.items()}
    runs = interleaved(cases, rounds, steps.say)
    seconds = tuple(median(runs[size.name]).wall for size in sizes)
    growth = Growth("row", tuple(size.rows for size in sizes), seconds)
    return [growth], _peak(f"memory, check of {sizes[-1].rows:,} rows", runs[sizes[-1].name])


def _at_most_thirty(rows: Growth) -> Target:
    return Target(f"check of {rows.sizes[-1]:,} rows", rows.seconds[-1], 30, "s")


def _pages(
    work: Path, sizes: tuple[Size, ...], rounds: int, steps: Steps
) -> tuple[list[Growth], Target]:
    """Cold builds with more and more chapters and charts, and what a warm one takes of it."""
    steps.begin("Builds of " + ", ".join(str(size.chapters) for size in sizes) + " chapters")
    cases: dict[str, Case] = {}
    for size in sizes:
        place = ground(work, size)
        place.publish()
        cases |= {f"{size.name}, warm": place.warm, f"{size.name}, cold": place.cold}
    runs = interleaved(cases, rounds, steps.say)
    warm = [median(runs[f"{size.name}, warm"]).wall for size in sizes]
    cold = [median(runs[f"{size.name}, cold"]).wall for size in sizes]
    drawing = tuple(all_ - pages for all_, pages in zip(cold, warm, strict=True))
    pages = Growth("page", tuple(size.chapters for size in sizes), tuple(warm))
    charts = Growth("chart", tuple(size.charts for size in sizes), drawing)
    largest = runs[f"{sizes[-1].name}, cold"]
    return [pages, charts], _peak(f"memory, {sizes[-1].chapters} chapters", largest)


def _peak(what: str, runs: list[Run]) -> Target:
    return Target(what, median(runs).memory / MEBIBYTE, 2048, "MiB")


if __name__ == "__main__":
    sys.exit(main())
