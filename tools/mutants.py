"""Changes the code of the domain one small thing at a time; the tests have to notice each change.

``make mutants`` runs mutmut, set up in ``pyproject.toml``, over formulas, formatting, the dataset and
the checks, each part against its own tests (``tests/mutants.py``). It takes an hour or two; with
``SAMPLE=150`` so many changes of each part are drawn, always the same ones, and ``ONLY=formatting``
names one part. The report, ``mutants/report.md``, has a score for each module and what survived.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("mutants")
REPORT = FOLDER / "report.md"
WANTED = 85
"""The share of changes, in percent, that the tests of each part have to notice."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "formulas": ("factbook/formulas.py",),
    "formatting": ("factbook/formatting.py",),
    "dataset": ("factbook/dataset.py", "factbook/derivations.py", "factbook/figure.py"),
    "checks": ("factbook/checks/*.py",),
}
_KILLED = (1, 3, -24, 24, 152)
"""How a process ends in which a test failed, or that ran out of time: a loop without end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The changes of one module, by name, that were tried: whether a test noticed."""

    path: str
    noticed: Mapping[str, bool]

    @property
    def missed(self) -> list[str]:
        """The names of the changes that no test noticed."""
        return [name for name, seen in self.noticed.items() if not seen]


def files_of(part: str) -> list[str]:
    """The paths of the modules of a part."""
    return sorted(path.as_posix() for pattern in PARTS[part] for path in Path().glob(pattern))


def changes_of(path: str) -> list[str]:
    """The names of all changes that mutmut would make in a module."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    made = mutate_file_contents(path, Path(path).read_text(encoding="utf-8"))
    return [get_mutant_name(Path(path), name) for name in made.mutant_names]


def drawn(parts: Iterable[str], sample: int | None) -> list[str]:
    """The changes to try: all of each part, or so many drawn with a fixed seed."""
    names: list[str] = []
    for part in parts:
        found = [name for path in files_of(part) for name in changes_of(path)]
        names += (
            found if sample is None else random.Random(part).sample(found, min(sample, len(found)))
        )
    return names


def outcomes(part: str) -> Iterator[Outcome]:
    """What became of the changes of a part that were tried."""
    for path in files_of(part):
        meta = FOLDER / f"{path}.meta"
        codes = json.loads(meta.read_text())["exit_code_by_key"] if meta.exists() else {}
        tried = {name: code in _KILLED for name, code in codes.items() if code is not None}
        if tried:
            yield Outcome(path, tried)


def report(parts: Sequence[str]) -> tuple[str, bool]:
    """The report as Markdown, and whether each part reached what is wanted."""
    lines = ["# Mutants", "", "| module | changes | noticed | share |", "|---|---:|---:|---:|"]
    survivors: list[str] = []
    reached = True
    for part in parts:
        found = list(outcomes(part))
        tried = sum(len(one.noticed) for one in found)
        seen = tried - sum(len(one.missed) for one in found)
        reached &= bool(tried) and 100 * seen >= WANTED * tried
        lines.append(_row(f"**{part}**", tried, seen))
        if len(found) > 1:
            lines += (_row(o.path, len(o.noticed), len(o.noticed) - len(o.missed)) for o in found)
        for one in found:
            survivors += _survivors(one)
    return "\n".join([*lines, "", *survivors]) + "\n", reached


def _row(name: str, tried: int, seen: int) -> str:
    share = f"{100 * seen / tried:.1f} %" if tried else "none tried"
    return f"| {name} | {tried} | {seen} | {share} |"


def _survivors(outcome: Outcome) -> Iterator[str]:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    if outcome.missed:
        yield f"## {outcome.path}\n"
    for name in outcome.missed:
        yield f"`{name}`\n\n```diff\n{get_diff_for_mutant(name, path=Path(outcome.path)).strip()}\n```\n"


def main() -> int:
    """Run mutmut and write the report; 1 where a part falls short of what is wanted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all if none"
    )
    parser.add_argument("--sample", type=int, help="how many changes of each part to draw")
    given = parser.parse_args()
    parts = given.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part '{min(unknown)}'; name some of {', '.join(PARTS)}")
    if importlib.util.find_spec("mutmut") is None:
        print(
            "mutmut is missing; run 'make mutants', or first 'uv sync --group mutation'",
            file=sys.stderr,
        )
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    names = drawn(parts, given.sample)
    print(f"Trying {len(names)} changes of {', '.join(parts)}", flush=True)
    done = subprocess.run(
        [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", "1", *names],
        check=False,
    )
    if done.returncode:
        return done.returncode
    text, reached = report(parts)
    print()
    REPORT.write_text(text, encoding="utf-8")
    print(text.partition("\n## ")[0])
    print(f"What survived stands in {REPORT}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
