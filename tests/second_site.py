"""The engine with another topic: how a site about saffron is made from the program of this one.

What changes is what a site about another topic changes: ``data/``, ``docs/``, the chart modules,
and in the two configurations the name and the list of pages. Nothing else of the program does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from factbook.charts.keys import modules
from tests.miniature import REAL, copy_of_mini

ENGINE = ("factbook", "macros", "overrides", "fonts")

SITE = """# Saffron in an invented country.

[about]
en = "A static explainer of how Ardania governs saffron."
es = "Un sitio que explica cómo Ardania gobierna el azafrán."

[dataset]
en = "Thread & Crown: the dataset"
es = "Hebra y corona: el conjunto de datos"

[dataset-holds]
en = "Figures about saffron, each with its source."
es = "Cifras sobre el azafrán, cada una con su fuente."

[file]
en = "thread-and-crown"
es = "hebra-y-corona"

[makers]
en = "Thread & Crown contributors"
es = "Colaboradores de Hebra y corona"

[name]
en = "Thread & Crown"
es = "Hebra y corona"

[tagline]
en = "How Ardania governs saffron"
es = "Cómo gobierna Ardania el azafrán"
"""
NAVIGATION = """nav:
  - index.md
  - Farming: farming.md
  - claims.md
  - Data:
      - data/area.md
      - data/leaf.md
  - timeline.md
  - glossary.md
  - sources.md
"""
CHANGES = {
    "CHANGELOG.md": "# Changes\n\n## Unreleased\n\n- Everything is new.\n",
    "CHANGELOG.es.md": "# Cambios\n\n## Sin publicar\n\n- Todo es nuevo.\n",
}
ADDRESSES = {
    "SITE_URL": "https://saffron.example/",
    "SITE_URL_ES": "https://saffron.example/es/",
    "REPOSITORY_URL": "https://code.example/saffron",
}


def copy_of_engine(target: Path) -> Path:
    """Copy the program, without the charts of this topic, around the small project."""
    copy_of_mini(target)
    for name in ENGINE:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REAL / name, target / name, ignore=left_out)
    for module in modules().values():
        (target / module.path.relative_to(REAL)).unlink()
    shutil.copy(REAL / "pyproject.toml", target)
    (target / "data" / "site.toml").write_text(SITE, encoding="utf-8")
    for file, text in CHANGES.items():
        (target / file).write_text(text, encoding="utf-8")
    return target


def site_about_saffron(target: Path) -> Path:
    """Make the whole project: engine, data, pages, a chart that stands in a chapter."""
    root = copy_of_engine(target)
    names = {"mkdocs.yml": "Thread & Crown", "mkdocs.es.yml": "Hebra y corona"}
    for file, name in names.items():
        text = (REAL / file).read_text(encoding="utf-8")
        text = re.sub(r"^site_name: .*$", f"site_name: {name}", text, flags=re.M)
        text = re.sub(r"^site_description: .*$", "site_description: Saffron", text, flags=re.M)
        text = re.sub(r"^nav:\n(?:[ #].*\n)+", NAVIGATION, text, flags=re.M)
        (root / file).write_text(text, encoding="utf-8")
    done(root, "-m", "factbook", "new", "chart", "saffron-area", "--indicator", "crop-area")
    module = root / "factbook/charts/saffron_area.py"
    module.write_text(module.read_text(encoding="utf-8").replace("# TODO: ", "# "), "utf-8")
    for page in root.glob("docs/*/farming.md"):
        head, first, rest = page.read_text(encoding="utf-8").split("\n## ", 2)
        chart = '\n{{ chart("saffron-area") }}\n'
        page.write_text("\n## ".join((head, first + chart, rest)), encoding="utf-8")
    done(root, "-m", "factbook", "translated", "--all")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the program."""
    command = [sys.executable, *arguments]
    environment = os.environ | ADDRESSES | {"PYTHONPATH": str(root)}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def done(root: Path, *arguments: str) -> str:
    """Run Python in a copy of the program, which must succeed; return what it printed."""
    finished = run(root, *arguments)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
