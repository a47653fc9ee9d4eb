"""What an edition says of itself: title, version, date, revision, checksum of its data."""

from __future__ import annotations

import hashlib
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from factbook import formatting
from factbook.identity import STEM
from factbook.model import Language
from factbook.periods import parse
from factbook.release import Release

STEMS = {language: STEM[language] for language in Language}
"""The name of each language's files, without extension."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The facts printed on the cover and in the colophon; ``address`` ends in a slash."""

    version: str
    epoch: int
    revision: str | None
    data_sha256: str
    consulted: str | None
    """The latest month or day on which a source was consulted, ISO 8601."""
    address: str

    @property
    def moment(self) -> str:
        """The edition's date and time, ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def date(self, language: Language) -> str:
        """The edition's date in words."""
        return formatting.period(parse(self.moment[:10]), language)

    def until(self, language: Language) -> str | None:
        """When sources were last consulted, in words."""
        if self.consulted is None:
            return None
        return formatting.period(parse(self.consulted), language)

    def home(self, language: Language) -> str:
        """The address of a language's first page."""
        return self.address if language is Language.EN else f"{self.address}{language}/"

    @property
    def year(self) -> str:
        """The edition's year."""
        return self.moment[:4]


def imprint_of(root: Path, site: Path, release: Release) -> Imprint:
    """Gather the imprint of the pages in ``site``, whose data files are already written."""
    data = site / "data" / "observations.csv"
    sha = hashlib.sha256(data.read_bytes() if data.is_file() else b"").hexdigest()
    address = release.site.rstrip("/") + "/"
    return Imprint(release.version, release.date, _revision(root), sha, _consulted(root), address)


def _revision(root: Path) -> str | None:
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip() or None


def _consulted(root: Path) -> str | None:
    file = root / "data" / "sources.toml"
    if not file.is_file():
        return None
    sources = tomllib.loads(file.read_text(encoding="utf-8"))
    dates = [str(source["accessed"]) for source in sources.values() if source.get("accessed")]
    return max(dates, default=None)
