"""The workflows: pinned, with no more rights than needed, and written as their schema asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if p.stem != "config")


def run(*command: str) -> tuple[int, str]:
    """Return the exit code and the words of a checker of the development environment."""
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_workflows_have_no_known_weakness() -> None:
    """zizmor, strictest persona, without a connection."""
    code, said = run("zizmor", "--quiet", "--offline", "--persona", "pedantic", ".github")

    assert code == 0, said


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
    ],
    ids=["workflows", "forms", "dependabot"],
)
def test_files_follow_their_schema(schema: str, files: list[Path]) -> None:
    """The schemas come with the checker."""
    assert files
    code, said = run("check-jsonschema", "--builtin-schema", schema, *map(str, files))

    assert code == 0, said


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_given_one_by_one(file: Path) -> None:
    """A commit of 40 digits for each action, with its version; no rights but those of a job."""
    text = file.read_text()
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "permissions" in job
        assert "timeout-minutes" in job or "write" in str(job["permissions"].values())


def test_a_pull_request_cannot_write() -> None:
    """A fork's code runs with a token that reads, and with no secret."""
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text()
    assert "pull_request_target" not in text
    assert "secrets." not in text
    rights = [job["permissions"] for job in yaml.safe_load(text)["jobs"].values()]
    assert rights == [{"contents": "read"}] * len(rights)


def test_forms_come_in_pairs() -> None:
    """A form for a number and one for a sentence in each language, with the same fields."""
    fields = {
        form.stem: [part.get("id") for part in yaml.safe_load(form.read_text())["body"]]
        for form in FORMS
    }
    assert fields["number"] == fields["numero"]
    assert fields["sentence"] == fields["frase"]
