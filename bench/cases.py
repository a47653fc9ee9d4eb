"""What is measured: commands of the real program in projects made for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Run, run
from bench.projects import Size, edit_chapter, edit_value, synthetic
from tests.miniature import REAL
from tests.second_site import ADDRESSES

Case = Callable[[int], Run]


@dataclass(frozen=True, slots=True)
class Ground:
    """A project to measure in, its plain counterpart, and where compiled modules are kept."""

    root: Path
    plain: Path
    environment: Mapping[str, str]
    chapter: str
    """The one that is edited."""

    def python(self, *arguments: str) -> Run:
        """Run Python with the program of this project."""
        return run((sys.executable, *arguments), self.root, self.environment)

    def check(self, _: int) -> Run:
        """``make check`` when nothing is known of the data, as after an edit of them."""
        (self.root / ".cache" / "check").unlink(missing_ok=True)
        return self.python("-m", "factbook", "check")

    def check_again(self, at: int) -> Run:
        """``make check`` after one chapter was edited."""
        edit_chapter(self.root, self.chapter, at)
        return self.python("-m", "factbook", "check")

    def publish(self, _: int = 0) -> Run:
        """All pages of both languages, as they are."""
        return self.python("-m", "factbook", "publish", "--pages-only")

    def cold(self, _: int) -> Run:
        """The same, every chart drawn anew."""
        shutil.rmtree(self.root / ".cache/charts", ignore_errors=True)
        return self.publish()

    def cold_english(self, _: int) -> Run:
        """What other generators do for the same chapters: one language, no pictures in pixels."""
        charts = self.root / ".cache/charts"
        kept = charts.rename(charts.with_name("charts-of-both"))  # for the case that comes next
        drawn = self.python("-m", "factbook", "render", "--language", "en")
        built = self.python("-m", "mkdocs", "build", "-q", "-f", "mkdocs.yml")
        shutil.rmtree(charts)
        kept.rename(charts)
        return drawn + built

    def warm(self, at: int) -> Run:
        """The same after one chapter was edited."""
        edit_chapter(self.root, self.chapter, at)
        return self.publish()

    def value(self, at: int) -> Run:
        """The same after one value was edited."""
        edit_value(self.root, at)
        return self.publish()

    def write_plain(self) -> None:
        """Write out the pages for the floor."""
        shutil.rmtree(self.plain, ignore_errors=True)
        more = {**self.environment, "PYTHONPATH": f"{self.root}:{REAL}"}
        command = (sys.executable, "-m", "bench.plain", str(self.root), str(self.plain))
        run(command, self.root, more)

    def floor_of(self, language: str) -> Run:
        """A plain build of one language."""
        command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", f"{language}.yml")
        return run(command, self.plain, self.environment)


def ground(work: Path, size: Size | None) -> Ground:
    """A synthetic project of a size below ``work``, or a copy of this one for None; made once."""
    name = "real" if size is None else size.name.replace(" ", "-").replace(",", "")
    root = work / name
    environment = {
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(work / "bytecode"),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    if size is not None:
        environment |= ADDRESSES
    if not root.exists():
        _copy(root) if size is None else synthetic(root, size)
    chapter = "leaf.md" if size is None else "chapter-000.md"
    return Ground(root, work / f"{name}-plain", environment, chapter)


def _copy(target: Path) -> None:
    """The files of this project that version control knows, as they are now."""
    listed = subprocess.run(
        ["git", "-C", str(REAL), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (REAL / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REAL / name, target / name)
