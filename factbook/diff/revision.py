"""A state of the project out of version control, as files in a folder of its own."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factbook.errors import FactbookError, did_you_mean

FOLDERS = ("data", "docs")
"""What a comparison reads of a state."""


@contextmanager
def revision(root: Path, name: str) -> Iterator[Path]:
    """The data and chapters of the git revision ``name`` of the project in ``root``.

    The folder is removed afterwards. Raises :class:`FactbookError` where there is no git, no
    repository, no such revision, or no data in it.
    """
    commit = _commit(root, name)
    present = [folder for folder in FOLDERS if _holds(root, commit, folder)]
    if present != list(FOLDERS):
        lacking = next(folder for folder in FOLDERS if folder not in present)
        raise FactbookError(f"the revision '{name}' has no folder {lacking}/; name a later one")
    archive = _git(root, "archive", "--format=tar", commit, *FOLDERS).stdout
    with tempfile.TemporaryDirectory(prefix="factbook-diff-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def _commit(root: Path, name: str) -> str:
    if _git(root, "rev-parse", "--is-inside-work-tree").returncode != 0:
        raise FactbookError(
            f"{root} is not under version control; 'diff' compares with a git revision"
        )
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = _git(root, *asked)
    if found.returncode != 0:
        listed = _git(root, "for-each-ref", "--format=%(refname:short)").stdout.decode()
        hint = did_you_mean(name, listed.split()) or " Name a commit, a branch or a tag"
        raise FactbookError(f"there is no revision '{name}'.{hint}")
    return found.stdout.decode().strip()


def _holds(root: Path, commit: str, folder: str) -> bool:
    return bool(_git(root, "ls-tree", commit, f"{folder}/").stdout.strip())


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise FactbookError("git is not installed; 'diff' compares with a git revision") from None
