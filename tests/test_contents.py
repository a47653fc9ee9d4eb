"""The real data and chapters: complete, sound, and as many as the site promises."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from factbook.checks import Project, check_project
from factbook.errors import LookupFailure
from factbook.model import Language

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "tests/data/published_figures.csv"
_TEXTS = {".py", ".md", ".toml", ".csv", ".yml", ".html", ".css", ".sh"}
CHAPTERS = (
    "about",
    "bolivia-cato",
    "claims",
    "disagreement",
    "glossary",
    "index",
    "leaf",
    "method",
    "peru-enaco",
    "peru-eradication",
    "questions",
    "side-by-side",
    "sources",
    "timeline",
    "who-review",
)


@pytest.fixture(name="project", scope="module")
def real_project() -> Project:
    """The project as a contributor would check it."""
    return check_project(ROOT)


def test_the_project_has_no_findings(project: Project) -> None:
    """Data and chapters keep every rule."""
    assert project.findings == ()


@pytest.mark.parametrize("language", Language)
def test_every_chapter_is_there(project: Project, language: Language) -> None:
    """Each chapter of the plan exists in both languages."""
    paths = {chapter.path for chapter in project.chapters[language]}
    assert {f"{name}.md" for name in CHAPTERS} <= paths


def test_figures_published_elsewhere_are_here_or_tested(project: Project) -> None:
    """Each figure of the articles that started the project is an observation, event or claim."""
    rows = list(csv.DictReader(PUBLISHED.read_text("utf-8").splitlines()))
    dataset = project.dataset
    known = {
        "observation": {o.id for o in dataset.observations},
        "event": set(dataset.events),
        "claim": set(dataset.claims),
    }
    lost = [row["key"] for row in rows if row["id"] not in known[row["became"]]]
    assert lost == []
    assert len({row["key"] for row in rows}) == len(rows) == 78


def test_the_dataset_holds_what_the_site_promises(project: Project) -> None:
    """Claims, terms, derived figures and series of both countries by both counters."""
    dataset = project.dataset
    assert len(dataset.claims) >= 30
    assert len(dataset.terms) >= 45
    assert len(dataset.derivations) >= 30
    for area in ("BO", "PE"):
        assert len(dataset.series("coca-area", area, producers=["us"])) >= 10
        assert len(dataset.series("coca-area", area)) >= 20


def test_a_figure_in_force_is_found_by_any_year_within(project: Project) -> None:
    """The ceiling of 2017 holds for a year after it; a year without a law has none."""
    assert project.dataset.figure("legal-ceiling", "BO", 2024).value is not None
    with pytest.raises(LookupFailure, match="there is no figure 'legal-ceiling' for BO in 1970"):
        project.dataset.figure("legal-ceiling", "BO", 1970)


def test_no_chapter_source_holds_a_number_of_four_digits_but_years() -> None:
    """A literal figure is found in data/ only."""
    typed = []
    for file in sorted((ROOT / "docs").glob("e[ns]/**/*.md")):
        text = re.sub(r"\{\{.*?\}\}", "", file.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\]\([^)]*\)|Law \d+|Ley \d+|(Decree Law|Decreto Ley) \d+", "", text)
        text = re.sub(r"(Legislative Decree|Decreto Legislativo) \d+", "", text)
        typed += [
            f"{file.name}: {number}"
            for number in re.findall(r"\d[\d.,\u202f]{2,}\d", text)
            if not re.fullmatch(r"(1[4-9]|20)\d\d", number)
        ]
    assert typed == []


def test_nothing_names_the_machine_it_was_made_on() -> None:
    """No path of a home folder and no registry's address is written into the project's files."""
    named = []
    for folder in ("data", "docs", "factbook", "macros", "overrides", "tests", ".github", ".ci"):
        for file in (ROOT / folder).rglob("*"):
            text = file.read_text("utf-8") if file.suffix in _TEXTS else ""
            if re.search(r"/(root|home/\w+)/", text):
                named.append(file.relative_to(ROOT).as_posix())
    assert named == []
