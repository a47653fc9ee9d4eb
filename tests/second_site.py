"""The engine with another topic: a copy of the program around the small project's data and pages.

What a site about another topic changes is ``data/``, ``docs/``, the chart modules and the two
configurations; everything else is copied as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from factbook.charts.keys import modules
from tests.miniature import REAL, copy_of_mini

ENGINE = ("factbook", "macros", "overrides", "fonts")


def copy_of_engine(target: Path) -> Path:
    """Copy the program, without the charts of this topic, around the small project."""
    copy_of_mini(target)
    for name in ENGINE:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REAL / name, target / name, ignore=left_out)
    for module in modules().values():
        (target / module.path.relative_to(REAL)).unlink()
    shutil.copy(REAL / "pyproject.toml", target)
    return target
