"""What the guides tell contributors to type and where they send them: it is there, and it works."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from factbook.__main__ import _parser

ROOT = Path(__file__).parent.parent
GUIDES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "data/README.md", ".github/*.md")
    for path in ROOT.glob(pattern)
)
_FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:make|python -m factbook) [^`…]* [^`…]+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
KNOWN = {"make", "python", "uv", "source", "pre-commit", "git", "gh"}


def commands(text: str) -> list[list[str]]:
    """The commands of a guide, split as a shell does, without comments."""
    found = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    found += _INLINE.findall(text)
    split = (shlex.split(line, comments=True) for line in found)
    return [words for words in split if words]


ALL = [(guide, words) for guide in GUIDES for words in commands(guide.read_text(encoding="utf-8"))]


def test_the_guides_hold_commands() -> None:
    """The search for them finds some in the guides that are read first."""
    named = {guide.name for guide, _ in ALL}
    assert {"README.md", "CONTRIBUTING.md", "CONTRIBUTING.es.md", "adding-a-chart.md"} <= named


@pytest.mark.parametrize(
    ("guide", "words"), ALL, ids=[f"{guide.name}: {' '.join(words)}" for guide, words in ALL]
)
def test_a_command_of_a_guide_exists(guide: Path, words: list[str]) -> None:
    """A target of the Makefile, a command of the package with its options, or a known program."""
    while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        words = words[1:]
    assert words[0] in KNOWN, f"{guide.name} names the program '{words[0]}'"
    if words[0] == "make":
        targets = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
        assert set(targets) <= TARGETS, f"{guide.name} names a target that is not there"
    if words[:3] == ["python", "-m", "factbook"]:
        given = [re.sub(r"^<.*>$", "x", word) for word in words[3:]]
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said):
                _parser().parse_args(given)
        except SystemExit as stop:
            assert stop.code == 0, f"{guide.name}: {' '.join(words)}: {said.getvalue()}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_of_a_guide_lead_to_files(guide: Path) -> None:
    """A relative link names a file of the repository."""
    text = re.sub(r"^```.*?^```", "", guide.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = _LINK.findall(re.sub(r"`[^`\n]+`", "", text))
    missing = [
        link
        for link in found
        if not link.startswith("./new?") and not (guide.parent / link).exists()
    ]
    assert not missing


def test_help_lists_every_target_with_what_it_does() -> None:
    """``make help`` runs, and no target of the contract is missing from it."""
    done = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = {line.split()[0] for line in done.stdout.splitlines()}
    assert {"site", "test", "serve", "check", "bench"} <= listed


def test_hooks_are_local_and_name_programs_that_are_there() -> None:
    """Nothing is fetched from elsewhere when a hook runs."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].split()[0] in {"uv", "make"}
