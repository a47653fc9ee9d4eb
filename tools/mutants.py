"""Changes the code of the domain one small thing at a time; the tests have to notice each change.

``make mutants`` runs mutmut over formulas, formatting, the dataset and the checks, each module against
its own tests (``[tool.mutmut]`` in ``pyproject.toml``, ``tests/mutants.py``). All changes take hours;
``SAMPLE=150 make mutants`` draws so many of each part, always the same ones while the code is the
same, and ``PARTS="formulas dataset"`` names some parts. The report, ``mutants/report.md``, has a score
for each module and shows every change that no test noticed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("mutants")
REPORT = FOLDER / "report.md"
WANTED = 85
"""The share of changes, in percent, that the tests of each part have to notice."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "formulas": ("factbook/formulas.py", "factbook/intervals.py"),
    "formatting": ("factbook/formatting.py", "factbook/locators.py"),
    "dataset": ("factbook/dataset.py", "factbook/derivations.py", "factbook/figure.py"),
    "checks": ("factbook/checks/*.py",),
}
_NOTICED = (1, 3, -24, 24, 152)
"""How a process ends in which a test failed, or which ran out of time: a loop without end."""
_MISSED = (0, 5, 33)
"""How it ends in which all tests passed, or there was none."""
_LISTED = b"\nMutant results"
"""Where mutmut begins to list every change that it was told to try; the report says it better."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The changes of one module that were tried, by name: whether a test noticed."""

    path: str
    noticed: Mapping[str, bool]

    @property
    def missed(self) -> list[str]:
        """The names of the changes that no test noticed."""
        return [name for name, seen in self.noticed.items() if not seen]


class Untried(Exception):
    """The tests of some changes of a module could not be run."""

    def __init__(self, path: str, codes: Collection[int]) -> None:
        ended = ", ".join(map(str, sorted(codes)))
        super().__init__(
            f"{path}: the tests of some changes did not run (ended with {ended}); the commonest"
            " cause is a test whose name another run of pytest in the same process writes otherwise"
        )


def files_of(part: str) -> list[str]:
    """The paths of the modules of a part."""
    return sorted(path.as_posix() for pattern in PARTS[part] for path in Path().glob(pattern))


def changes_of(path: str) -> list[str]:
    """The names of all changes that mutmut makes in a module."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    made = mutate_file_contents(path, Path(path).read_text(encoding="utf-8"))
    return [get_mutant_name(Path(path), name) for name in made.mutant_names]


def drawn(parts: Iterable[str], sample: int | None) -> list[str]:
    """The changes to try: all of each part, or so many of each, drawn with a fixed seed."""
    names: list[str] = []
    for part in parts:
        found = [name for path in files_of(part) for name in changes_of(path)]
        few = len(found) if sample is None else min(sample, len(found))
        names += random.Random(part).sample(found, few)
    return names


def outcomes(part: str) -> Iterator[Outcome]:
    """What became of the changes of a part that were tried, module by module."""
    for path in files_of(part):
        kept = FOLDER / f"{path}.meta"
        codes = json.loads(kept.read_text())["exit_code_by_key"] if kept.exists() else {}
        tried = {name: code in _NOTICED for name, code in codes.items() if code is not None}
        if odd := {code for code in codes.values() if code not in (*_NOTICED, *_MISSED, None)}:
            raise Untried(path, odd)
        if tried:
            yield Outcome(path, tried)


def report(parts: Sequence[str]) -> tuple[str, str, list[str]]:
    """The table of scores and the changes missed, as Markdown, and the parts that fall short."""
    table = ["| module | changes | noticed | share |", "|---|---:|---:|---:|"]
    missed: list[str] = []
    short: list[str] = []
    for part in parts:
        found = list(outcomes(part))
        tried = sum(len(one.noticed) for one in found)
        seen = tried - sum(len(one.missed) for one in found)
        if 100 * seen < WANTED * tried or not tried:
            short.append(part)
        table.append(_row(f"**{part}**", tried, seen))
        for one in found:
            if len(found) > 1:
                table.append(_row(one.path, len(one.noticed), len(one.noticed) - len(one.missed)))
            missed += _shown(one)
    return "\n".join(table), "\n".join(missed), short


def _row(name: str, tried: int, seen: int) -> str:
    share = f"{100 * seen / tried:.1f} %" if tried else "none tried"
    return f"| {name} | {tried} | {seen} | {share} |"


def _shown(outcome: Outcome) -> Iterator[str]:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    if outcome.missed:
        yield f"## {outcome.path}\n"
    for name in outcome.missed:
        change = get_diff_for_mutant(name, path=Path(outcome.path)).strip()
        yield f"`{name}`\n\n```diff\n{change}\n```\n"


def tried(names: Sequence[str]) -> int:
    """Have mutmut try the changes, one at a time, and show how far it is; return its exit code."""
    command = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", "1", *names]
    said = b""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        while chunk := running.stdout.read1():  # type: ignore[attr-defined]
            said = said[-len(_LISTED) :] + chunk
            if _LISTED in said:
                running.stdout.read()
                break
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
    return running.returncode


def main() -> int:
    """Try the changes and write the report; 1 where a part falls short of what is wanted."""
    parser = argparse.ArgumentParser(description="Change the code; the tests have to notice.")
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all if none")
    parser.add_argument("--sample", type=int, help="how many changes of each part to draw")
    given = parser.parse_args()
    parts = given.parts or list(PARTS)
    if unknown := sorted(set(parts) - set(PARTS)):
        parser.error(f"there is no part '{unknown[0]}'; name some of {', '.join(PARTS)}")
    if importlib.util.find_spec("mutmut") is None:
        print("mutmut is missing; run 'uv sync --group mutation'", file=sys.stderr)
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    names = drawn(parts, given.sample)
    print(f"Trying {len(names)} changes of {', '.join(parts)}", flush=True)
    if tried(names):
        print("mutmut stopped; what it says above has to be mended first", file=sys.stderr)
        return 1
    try:
        table, missed, short = report(parts)
    except Untried as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    REPORT.write_text(f"# Mutants\n\n{table}\n\n{missed}", encoding="utf-8")
    print(f"\n\n{table}\n\nWhat no test noticed stands in {REPORT}")
    if short:
        print(f"Less than {WANTED} % noticed: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
