"""What this state of the project is called: name, version, date and address of the hosted site."""

from __future__ import annotations

import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from factbook.model import Language, Text

NAME = Text("Leaf & Law", "Hoja y ley")
SITE = "https://leaf-and-law.github.io/"
"""The address of the hosted site, unless ``SITE_URL`` in the environment names another."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"

_NO_DATE = 315_532_800
"""1 January 1980, the date of files built outside version control: the earliest a zip can hold."""


@dataclass(frozen=True, slots=True)
class Release:
    """A state of the project; ``date`` is in seconds since 1970."""

    version: str = "0"
    date: int = _NO_DATE
    site: str = SITE

    @property
    def created(self) -> str:
        """The date as Data Package and schema.org write it."""
        return datetime.fromtimestamp(self.date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def address(self, path: str, language: Language = Language.EN) -> str:
        """The full address of a page or file of an edition of the hosted site."""
        folder = "" if language is Language.EN else f"{language.value}/"
        return f"{self.site.rstrip('/')}/{folder}{path}"


def release_of(root: Path) -> Release:
    """The release in ``root``: the version of ``pyproject.toml``, the date of the last commit."""
    site = os.environ.get("SITE_URL") or SITE
    return Release(_version(root / "pyproject.toml"), source_date(root), site)


def _version(file: Path) -> str:
    try:
        project = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
        return str(project["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return Release().version


def source_date(root: Path) -> int:
    """Seconds since 1970 of the last commit: the date that built files carry.

    ``SOURCE_DATE_EPOCH`` in the environment goes before it; outside version control it is 1980.
    """
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return int(given)
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return _NO_DATE
    return int(said) if said.isdigit() else _NO_DATE
