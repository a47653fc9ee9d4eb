"""A plugin of pytest for ``make mutants``: which tests a mutant has to face, in which order.

mutmut gives each mutant all tests that ran through the changed function. Here these are narrowed to
those written for its module, so that a score says how well the module's own tests know it, and that a
survivor costs a second. Tests that killed a mutant of the same function go first.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from factbook import checks
from factbook.dataset import Dataset

FILES = {
    "factbook.intervals": ("intervals", "formulas"),
    "factbook.derivations": ("dataset",),
    "factbook.figure": ("dataset",),
    "factbook.checks.areas": ("checks_sums",),
    "factbook.checks.diagrams": ("diagrams",),
    "factbook.checks.doubts": ("checks_sums",),
    "factbook.checks.grounds": ("checks_project",),
    "factbook.checks.left_open": ("checks_pages",),
    "factbook.checks.links": ("checks_pages",),
    "factbook.checks.parity": ("checks_pages", "checks_parity"),
    "factbook.checks.places": ("places",),
    "factbook.checks.plausible": ("checks_sums",),
    "factbook.checks.project": ("checks_project", "memory", "translations"),
    "factbook.checks.wording": ("checks_project", "checks_spelling", "checks_style", "memory"),
}
"""The tests of a module, where their file is not called like it."""

_NAMES = (
    "checks", "dataset", "derivations", "figure", "formatting", "formulas", "intervals", "locators",
)  # fmt: skip
PARTS = tuple(f"factbook.{name}" for name in _NAMES)
"""How the names of the modules begin that are changed."""

SECONDS = 20
"""The slowest test needs four."""

KILLERS = Path("killers.txt")
"""Lines of a function and a test that failed when it was changed, within the folder of mutants."""


def pytest_configure() -> None:
    """Generated input is the same for every mutant, and is not made small: the fault is known."""
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", derandomize=True, deadline=None, phases=phases)
    settings.load_profile("mutants")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of the changed module, the likeliest to fail first."""
    changed = _changed()
    if changed is None:
        return
    module, function = changed
    killers = _killers(function)
    own = [item for item in items if _is_about(item, module)]
    items[:] = sorted(own, key=lambda item: (_place(item.nodeid, killers), _is_slow(item)))


@pytest.fixture(autouse=True)
def forgotten(request: pytest.FixtureRequest) -> None:
    """While mutmut learns which test reaches what, no test finds an answer that another one left."""
    if os.environ.get("MUTANT_UNDER_TEST") != "stats":
        return
    for module in [m for name, m in sys.modules.items() if name.startswith(PARTS)]:
        for cached in (v for v in vars(module).values() if hasattr(v, "cache_clear")):
            cached.cache_clear()
    if "mini_dataset" in request.fixturenames:
        dataset = request.getfixturevalue("mini_dataset")
        fresh = Dataset(dataset._tables)
        vars(dataset).clear()
        vars(dataset).update(vars(fresh))
    if "project" in request.fixturenames:
        for name in ("check", "prose"):
            (request.getfixturevalue("project") / ".cache" / name).unlink(missing_ok=True)


def pytest_runtest_setup() -> None:
    """A test has so many seconds of computing: a change that loops without end is noticed by that."""
    if _changed() is not None:
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS, most))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what killed the mutant."""
    if report.failed and (changed := _changed()) is not None:
        with KILLERS.open("a", encoding="utf-8") as file:
            file.write(f"{changed[1]}\t{report.nodeid}\n")


def _changed() -> tuple[str, str] | None:
    """The module and the function that are changed, or None where nothing is."""
    function, mark, _ = os.environ.get("MUTANT_UNDER_TEST", "").partition("__mutmut_")
    return (function.rpartition(".")[0], function) if mark else None


def _killers(function: str) -> Sequence[str]:
    if not KILLERS.exists():
        return ()
    lines = (line.split("\t") for line in KILLERS.read_text(encoding="utf-8").splitlines())
    return [test for name, test in lines if name == function][::-1]


def _is_about(item: pytest.Item, module: str) -> bool:
    names = FILES.get(module, (module.removeprefix("factbook.").replace(".", "_"),))
    if f"{item.path.stem}_".startswith(tuple(f"test_{name}_" for name in names)):
        return True
    example = getattr(item, "callspec", None) and item.callspec.params.get("example")
    if not example or not module.startswith(checks.__name__):
        return False
    rule = getattr(__import__(module, fromlist=["_"]), example.rule.replace("-", "_"), None)
    return module == f"{checks.__name__}.project" or getattr(rule, "__module__", "") == module


def _place(test: str, killers: Sequence[str]) -> int:
    return killers.index(test) if test in killers else len(killers)


def _is_slow(item: pytest.Item) -> bool:
    """Whether it runs the whole check, or the same many times over."""
    return item.path.stem == "test_rules" or hasattr(getattr(item, "obj", None), "hypothesis")
