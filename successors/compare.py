"""Builds the same content under the engines that may follow ours, and tells page by page what differs.

``make successors`` clones the last commit and builds both languages with MkDocs and Material as
they are, with ProperDocs in the place of MkDocs, and with the newest Zensical that can be installed.
Content, data and program are the same; for Zensical the adapter is ``zensical_macros.py`` and the
pages stand in the theme's own templates. What is compared is each page's article: its text word by
word, its figures with their values, its charts stroke by stroke, its links.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from factbook.release import release_of  # noqa: E402

CONFIGURATIONS = {"en": "mkdocs.yml", "es": "mkdocs.es.yml"}
WITHOUT = (
    "script",
    "style",
    "nav",
    "*[contains(concat(' ', @class, ' '), ' headerlink ')]",
    "*[contains(concat(' ', @class, ' '), ' md-content__button ')]",
    "*[contains(concat(' ', @class, ' '), ' md-source-file ')]",
    "*[contains(concat(' ', @class, ' '), ' front-contents ')]",
)
"""What templates put into an article; it is not the page's own."""


@dataclass(frozen=True)
class Engine:
    """An engine: the package to install beside ours, if any, and the command that builds."""

    name: str
    package: str
    command: tuple[str, ...]


MKDOCS = Engine("mkdocs", "", ("python", "-m", "mkdocs", "build", "--strict", "-f"))
SUCCESSORS = (
    Engine("properdocs", "properdocs", ("python", "-m", "properdocs", "build", "--strict", "-f")),
    Engine("zensical", "zensical", ("python", "-m", "zensical", "build", "--strict", "-f")),
)


@dataclass(frozen=True)
class Article:
    """What is compared of a page."""

    words: tuple[str, ...]
    figures: tuple[str, ...]
    charts: tuple[str, ...]
    links: tuple[str, ...]


def article(page: Path) -> Article | None:
    """The article of a built page; None when the page has none."""
    tree = html.parse(str(page)).getroot()
    found = tree.xpath("//article")
    if not found:
        return None
    own = found[0]
    for pattern in WITHOUT:
        for element in own.xpath(f".//{pattern}"):
            element.drop_tree()
    figures = [
        f"{data.get('data-observation') or data.get('data-derived')}={data.get('value')}"
        for data in own.xpath(".//data")
    ]
    charts = [f"{f.get('id')} {_digest(f.xpath('.//svg'))}" for f in own.xpath(".//figure[@id]")]
    links = [str(href) for href in own.xpath(".//a/@href")]
    return Article(_words(own), tuple(figures), tuple(charts), tuple(links))


def _words(own: Any) -> tuple[str, ...]:
    """The words of an article, those of its pictures left to the comparison of pictures."""
    return tuple(" ".join(own.xpath(".//text()[not(ancestor::*[local-name() = 'svg'])]")).split())


def _digest(pictures: Iterable[Any]) -> str:
    canonical = b"".join(etree.tostring(picture, method="c14n") for picture in pictures).decode()
    plain = re.sub(
        r"\s+", " ", canonical
    )  # no-break spaces too, as in words: our templates add them
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def pages(folder: Path) -> dict[str, Path]:
    """The pages of a built language by their addresses."""
    return {
        file.relative_to(folder).as_posix(): file
        for file in sorted(folder.rglob("*.html"))
        if file.name != "404.html"
    }


def differences(ours: Path, theirs: Path) -> dict[str, list[str]]:
    """What differs, page by page; a page that is the same has an empty list."""
    first, second = pages(ours), pages(theirs)
    found: dict[str, list[str]] = {}
    for path in sorted(first | second):
        if path not in first or path not in second:
            found[path] = ["only with " + ("MkDocs" if path in first else "the other engine")]
            continue
        one, two = article(first[path]), article(second[path])
        if one is None or two is None:
            found[path] = [] if one is two else ["one has no article"]
            continue
        found[path] = [
            f"{name}: {_first_difference(getattr(one, part), getattr(two, part))}"
            for part, name in (
                ("words", "text"),
                ("figures", "figures"),
                ("charts", "charts"),
                ("links", "links"),
            )
            if getattr(one, part) != getattr(two, part)
        ]
    return found


def _first_difference(one: Sequence[str], two: Sequence[str]) -> str:
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    places = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    _, a, a_end, b, b_end = places[0]
    ours, theirs = " ".join(one[a:a_end])[:90], " ".join(two[b:b_end])[:90]
    return f"{len(places)} places, first '{ours}' -> '{theirs}'"


def build(project: Path, engine: Engine, target: Path) -> str:
    """Build both languages; return what the engine said where it failed, else nothing."""
    said = []
    release = release_of(project)
    target.mkdir(parents=True)
    for language, configuration in CONFIGURATIONS.items():
        inside = Path(".build") / engine.name / language  # Zensical writes nowhere else
        environment = os.environ | {
            "SITE_DIR": inside.as_posix(),
            "SOURCE_DATE_EPOCH": str(release.date),
            "REPOSITORY_URL": release.repository,
            "FACTBOOK_ROOT": str(project),
            "PYTHONPATH": str(project),
            "NO_MKDOCS_2_WARNING": "1",
            "DISABLE_MKDOCS_2_WARNING": "true",
        }
        added = ("--with", engine.package) if engine.package else ()
        command = ["uv", "run", "--project", str(ROOT), "--frozen", "--quiet", *added]
        done = subprocess.run(
            [*command, *engine.command, configuration],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said.append(
                f"{language}: exit {done.returncode}: {(done.stdout + done.stderr)[-1500:]}"
            )
        else:
            shutil.move(project / inside, target / language)
    return "\n".join(said)


def prepare(project: Path, engine: Engine, templates: bool) -> None:
    """Change what the engine needs: for Zensical the adapter and, unless asked for, the templates."""
    if engine.name != "zensical":
        return
    shutil.copyfile(ROOT / "successors/zensical_macros.py", project / "macros/__init__.py")
    if not templates:
        file = project / "mkdocs.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("  custom_dir: overrides\n", "  variant: classic\n"), "utf-8")


def version(engine: Engine) -> str:
    """The version of an engine that is installed."""
    code = f"import importlib.metadata as m; print(m.version('{engine.name}'))"
    added = ("--with", engine.package) if engine.package else ()
    command = ["uv", "run", "--project", str(ROOT), "--frozen", "--quiet", *added, "python"]
    done = subprocess.run([*command, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, compare, print; return 1 when a page differs or an engine fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="*", help="properdocs, zensical (default: both)")
    parser.add_argument("--keep", type=Path, help="keep what is built in this new folder")
    parser.add_argument("--templates", action="store_true", help="our templates for Zensical too")
    options = parser.parse_args(arguments)
    worst = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.keep or Path(scratch)).resolve()
        project = folder / "project"
        command = ["git", "clone", "--quiet", str(ROOT), str(project)]
        subprocess.run(command, check=True)
        drawn = ROOT / ".cache" / "charts"
        if drawn.is_dir():
            shutil.copytree(drawn, project / ".cache" / "charts")
        render = [sys.executable, "-m", "factbook", "render"]
        subprocess.run(render, cwd=project, check=True)
        if fault := build(project, MKDOCS, folder / MKDOCS.name):
            raise SystemExit(f"mkdocs failed:\n{fault}")
        for engine in SUCCESSORS:
            if options.engine and engine.name not in options.engine:
                continue
            prepare(project, engine, options.templates)
            worst |= compared(project, engine, folder)
    return worst


def compared(project: Path, engine: Engine, folder: Path) -> int:
    """Build with an engine and print how its pages differ from ours; 1 where they do."""
    print(f"## {engine.name} {version(engine)}")
    if fault := build(project, engine, folder / engine.name):
        print(f"failed: {fault}")
        return 1
    worst = 0
    for language in CONFIGURATIONS:
        found = differences(folder / MKDOCS.name / language, folder / engine.name / language)
        same = sum(1 for faults in found.values() if not faults)
        print(
            f"{language}: {same} of {len(found)} pages have the same text, figures, charts, links"
        )
        for path, faults in found.items():
            for fault in faults:
                worst = 1
                print(f"  {path}: {fault}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
