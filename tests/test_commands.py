"""The command line on the small project: exit codes, one line a finding, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factbook.__main__ import main
from tests.miniature import REAL

GOOD, BAD = "XA,2019,3800", "XA,2019,3 800"
FINDING = (
    "data/observations/crop-area.csv:2: value: '3 800' is not a plain number; write digits with a"
    " decimal point, no thousands sign and no unit (29900 or 0.5)"
)


def spoil(mini: Path) -> None:
    """Put a space into a number of the small project."""
    file = mini / "data/observations/crop-area.csv"
    file.write_text(file.read_text().replace(GOOD, BAD))


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a contributor does."""
    command = [sys.executable, "-m", "factbook", *arguments]
    environment = os.environ | {"PYTHONPATH": str(REAL)}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_a_sound_project_passes(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found: one sentence and exit code 0."""
    assert main(["--root", str(mini), "check"]) == 0
    assert capsys.readouterr() == ("No findings in 18 observations and 16 pages.\n", "")


def test_a_finding_is_one_line(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding goes to the output, the count to the errors, and the exit code is 1."""
    spoil(mini)

    assert main(["--root", str(mini), "check"]) == 1
    assert capsys.readouterr() == (f"{FINDING}\n", "1 finding; nothing was published.\n")


@pytest.mark.parametrize("command", ["check", "translated farming.md", "diff HEAD", "errors"])
def test_a_python_without_the_packages_is_one_sentence(mini: Path, command: str) -> None:
    """As in a fresh clone, where a guide's command is typed before anything is set up."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "factbook", *command.split()],
        cwd=mini, env=os.environ | {"PYTHONPATH": str(REAL)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1 and done.stdout == ""
    assert re.fullmatch(
        r"this Python \(\S+\) does not have the package '\w+'; run 'make setup' once, then"
        r" 'source \.venv/bin/activate', and try again\n",
        done.stderr,
    )


def test_many_findings_are_sorted_and_counted(
    mini: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All findings at once, sorted by their places."""
    spoil(mini)
    file = mini / "data/units.csv"
    file.write_text(file.read_text().replace("{n} t,", "t,"))

    assert main(["--root", str(mini), "check"]) == 1
    out, err = capsys.readouterr()
    assert [line.split(" ")[0] for line in out.splitlines()] == [
        "data/observations/crop-area.csv:2:",
        "data/units.csv:6:",
    ]
    assert err == "2 findings; nothing was published.\n"


def test_annotations_are_those_of_github(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings can be printed as annotations of a pull request."""
    spoil(mini)

    assert main(["--root", str(mini), "check", "--annotations"]) == 1
    place, _, message = FINDING.partition(": ")
    path, _, line = place.rpartition(":")
    assert capsys.readouterr().out == f"::error file={path},line={line}::{message}\n"


@pytest.mark.parametrize("command", ["render", "publish"])
def test_nothing_is_made_of_a_project_with_findings(mini: Path, command: str) -> None:
    """Every command that makes something checks first, and leaves the last good site untouched."""
    spoil(mini)
    (mini / "site").mkdir()
    (mini / "site" / "index.html").write_text("good")

    done = run(mini, command)

    assert done.returncode == 1
    assert FINDING in done.stderr.splitlines()
    assert "1 finding; nothing was published." in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (mini / "site" / "index.html").read_text() == "good"
    assert [path.name for path in mini.glob(".build/stage-*")] == []


def test_a_folder_without_a_project_is_told(tmp_path: Path) -> None:
    """Run elsewhere, the command says what is missing and how to name the folder."""
    done = run(tmp_path, "check")

    message = "the folder is missing; run this in the project's folder, or name it with --root"
    assert (done.returncode, done.stdout) == (1, f"data:1: {message}\n")


@pytest.mark.parametrize("arguments", [(), ("chek",), ("check", "--nothing")])
def test_an_unknown_command_is_refused(mini: Path, arguments: tuple[str, ...]) -> None:
    """A misspelled command tells the usage, without a traceback."""
    done = run(mini, *arguments)

    assert done.returncode == 2
    assert done.stderr.startswith("usage: python -m factbook")


def test_the_check_does_not_depend_on_where_it_runs(mini: Path, tmp_path: Path) -> None:
    """Paths of findings are those of the project, from whatever folder it is checked."""
    spoil(mini)

    assert run(tmp_path, "--root", str(mini), "check").stdout == f"{FINDING}\n"
