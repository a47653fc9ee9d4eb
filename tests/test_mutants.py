"""The mutation run: which tests a change has to face, and what the report counts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import mutants as plugin
from tools import mutants

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
CHOSEN = [name.partition("::")[0] for name in SETTINGS["pytest_add_cli_args_test_selection"]]


def collected(name: str, file: str, **params: Any) -> Any:
    """Return what stands for a collected test."""
    given = {"callspec": SimpleNamespace(params=params)} if params else {}
    path = Path(f"tests/{file}.py")
    return SimpleNamespace(nodeid=f"{path}::{name}", path=path, obj=None, **given)


def kept(items: list[Any]) -> list[str]:
    """Return the names of the tests that are left, in their order."""
    plugin.pytest_collection_modifyitems(items)
    return [item.nodeid.partition("::")[2] for item in items]


def changed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Say which change is being tried."""
    monkeypatch.setenv("MUTANT_UNDER_TEST", name)


# Which tests


def test_the_settings_name_what_is_there() -> None:
    """The parts of the report are what is changed, and each test file exists."""
    assert SETTINGS["only_mutate"] == [
        pattern for patterns in mutants.PARTS.values() for pattern in patterns
    ]
    assert [path for path in CHOSEN if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("part", mutants.PARTS)
def test_every_module_has_tests_of_its_own(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new module brings its tests, or its changes would all go unnoticed."""
    monkeypatch.chdir(ROOT)
    for path in mutants.files_of(part):
        module = path.removesuffix(".py").replace("/", ".")
        if not module.endswith("__init__"):
            own = [p for p in CHOSEN if plugin._is_about(collected("t", Path(p).stem), module)]
            assert own, f"add the tests of {module} to [tool.mutmut] in pyproject.toml"


@pytest.mark.parametrize("state", ["", "stats", "fail", "list_all_tests"])
def test_all_tests_run_while_nothing_is_changed(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """mutmut learns first which test reaches what."""
    changed(monkeypatch, state)

    assert kept([collected("b", "test_map"), collected("a", "test_formulas")]) == ["b", "a"]


def test_a_change_faces_the_tests_of_its_module(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Those whose file is called like it, and of the rules the examples of its own."""
    monkeypatch.chdir(tmp_path)
    near = SimpleNamespace(rule="rivals-are-near")
    fit = SimpleNamespace(rule="numbers-fit")
    items = [
        collected("example", "test_rules", example=fit),
        collected("other", "test_rules", example=near),
        collected("own", "test_checks_observations"),
        collected("foreign", "test_checks_sums"),
        collected("longer", "test_checks_observations_more"),
    ]

    changed(monkeypatch, "factbook.checks.observations.x_numbers_fit__mutmut_3")
    assert kept([*items]) == ["own", "longer", "example"]
    changed(monkeypatch, "factbook.checks.project.x__data__mutmut_3")
    assert kept([*items]) == ["example", "other"]
    changed(monkeypatch, "factbook.figure.x_exact__mutmut_3")
    assert kept([*items, collected("named", "test_dataset_names")]) == ["named"]


def test_what_noticed_the_last_change_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of the same function; changes of it are most often noticed by the same test."""
    monkeypatch.chdir(tmp_path)
    names = ("a", "b", "c", "d")
    for function, name in (("x_parse", "b"), ("x_parse", "c"), ("x_rounded", "d")):
        changed(monkeypatch, f"factbook.formulas.{function}__mutmut_1")
        report: Any = SimpleNamespace(failed=True, nodeid=f"tests/test_formulas.py::{name}")
        plugin.pytest_runtest_logreport(report)

    changed(monkeypatch, "factbook.formulas.x_parse__mutmut_2")
    assert kept([collected(name, "test_formulas") for name in names]) == ["c", "b", "a", "d"]
    changed(monkeypatch, "factbook.formulas.x__plain__mutmut_2")
    assert kept([collected(name, "test_formulas") for name in names]) == ["a", "b", "c", "d"]


# The report


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project with four modules, of which three were tried."""
    codes = {
        "formulas": {"a": 1, "b": 1, "c": -24, "d": 0},
        "dataset": {"e": 1, "f": None},
        "figure": {"g": 33},
        "derivations": {"h": None},
    }
    for name, of in codes.items():
        path = tmp_path / f"factbook/{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.touch()
        kept = tmp_path / f"mutants/factbook/{name}.py.meta"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"exit_code_by_key": of}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(mutants, "_shown", lambda outcome: outcome.missed)
    return tmp_path


def test_a_failing_test_and_a_loop_without_end_notice_a_change(folder: Path) -> None:
    """A change that no test reached is not noticed; one that was not tried does not count."""
    table, missed, short = mutants.report(["formulas", "dataset", "formatting"])

    assert table.split("\n")[2:] == [
        "| **formulas** | 4 | 3 | 75.0 % |",
        "| **dataset** | 2 | 1 | 50.0 % |",
        "| factbook/dataset.py | 1 | 1 | 100.0 % |",
        "| factbook/figure.py | 1 | 0 | 0.0 % |",
        "| **formatting** | 0 | 0 | none tried |",
    ]
    assert missed.split() == ["d", "g"]
    assert short == ["formulas", "dataset", "formatting"]


def test_a_change_whose_tests_did_not_run_is_no_score(folder: Path) -> None:
    """Neither noticed nor missed: the run itself has to be mended."""
    kept = folder / "mutants/factbook/formulas.py.meta"
    kept.write_text(json.dumps({"exit_code_by_key": {"a": 1, "b": 255, "c": -9}}))

    with pytest.raises(mutants.Untried) as caught:
        mutants.report(["formulas"])
    assert str(caught.value) == (
        "factbook/formulas.py: the tests of some changes did not run (ended with -9, 255); the"
        " commonest cause is a test whose name another run of pytest in the same process writes"
        " otherwise"
    )


def test_a_part_that_is_known_well_enough_is_not_short(folder: Path) -> None:
    """The share has to be reached, not passed."""
    codes = {str(number): int(number < 85) for number in range(100)}
    (folder / "mutants/factbook/formulas.py.meta").write_text(
        json.dumps({"exit_code_by_key": codes})
    )

    assert mutants.report(["formulas"])[2] == []


def test_the_same_changes_are_drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of a part than there are."""
    monkeypatch.setattr(mutants, "files_of", lambda part: [f"{part}.py"])
    monkeypatch.setattr(mutants, "changes_of", lambda path: [f"{path} {n}" for n in range(9)])

    few = mutants.drawn(["formulas", "checks"], 3)
    assert [name.split()[0] for name in few] == ["formulas.py"] * 3 + ["checks.py"] * 3
    assert mutants.drawn(["formulas", "checks"], 3) == few
    assert len(mutants.drawn(["formulas", "checks"], 20)) == 18
    assert len(mutants.drawn(["formulas", "checks"], None)) == 18


def test_without_mutmut_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is removed or written."""
    monkeypatch.setattr("sys.argv", ["mutants.py", "formulas"])
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert mutants.main() == 1
    assert capsys.readouterr().err == "mutmut is missing; run 'uv sync --group mutation'\n"


def test_an_unknown_part_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The parts are listed."""
    monkeypatch.setattr("sys.argv", ["mutants.py", "formulae"])

    with pytest.raises(SystemExit):
        mutants.main()
    assert capsys.readouterr().err.endswith(
        "there is no part 'formulae'; name some of formulas, formatting, dataset, checks\n"
    )
