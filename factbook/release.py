"""This state of the project: version, date and address of the hosted site."""

from __future__ import annotations

import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factbook.errors import FactbookError
from factbook.model import Language

SITE = "https://leaf-and-law.github.io/"
"""The address of the hosted site, unless ``SITE_URL`` in the environment names another."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"

_NO_DATE = 315_532_800
"""1 January 1980, the date of files built outside version control: the earliest a zip can hold."""


@dataclass(frozen=True, slots=True)
class Release:
    """A state of the project.

    ``date`` is in seconds since 1970; ``repository`` is where readers propose corrections, empty when
    there is none.
    """

    version: str = "0"
    date: int = _NO_DATE
    site: str = SITE
    repository: str = ""

    @property
    def created(self) -> str:
        """The date as Data Package and schema.org write it."""
        return datetime.fromtimestamp(self.date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def address(self, path: str, language: Language = Language.EN) -> str:
        """The full address of a page or file of an edition of the hosted site."""
        folder = "" if language is Language.EN else f"{language.value}/"
        return f"{self.site.rstrip('/')}/{folder}{path}"


def release_of(root: Path) -> Release:
    """The release in ``root``: what ``pyproject.toml`` says of it, and the date of the last commit.

    The address of the repository is ``Repository`` of ``[project.urls]``, its only place; the
    environment's ``REPOSITORY_URL`` goes before it, for a copy of the project elsewhere.
    """
    project = _project(root / "pyproject.toml")
    repository = os.environ.get("REPOSITORY_URL") or project.get("urls", {}).get("Repository", "")
    return Release(
        version=str(project.get("version", Release().version)),
        date=source_date(root),
        site=os.environ.get("SITE_URL") or project.get("urls", {}).get("Homepage", SITE),
        repository=repository.rstrip("/"),
    )


def _project(file: Path) -> dict[str, Any]:
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8"))["project"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return {}


def source_date(root: Path) -> int:
    """Seconds since 1970 of the last commit: the date that built files carry.

    ``SOURCE_DATE_EPOCH`` in the environment goes before it; outside version control it is 1980.
    Raises :class:`FactbookError` where there is a history that git does not tell: dates out of
    nothing would be published unseen.
    """
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return int(given)
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        if (root / ".git").exists():
            raise FactbookError(_untold(error)) from None
        return _NO_DATE
    return int(said) if said.isdigit() else _NO_DATE


def _untold(error: OSError | subprocess.CalledProcessError) -> str:
    """Why the date of the last commit is not known, and what to do."""
    remedy = "or set SOURCE_DATE_EPOCH to the date of the pages, in seconds since 1970"
    if isinstance(error, OSError):
        return f"git is not installed, and pages carry the date of the last commit; install it, {remedy}"
    said = str(error.stderr).strip().partition("\n")[0] or "no reason"
    return (
        f"git does not tell the date of the last commit ({said}); make the first commit, {remedy}"
    )
