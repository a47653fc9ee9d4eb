"""The benchmark: projects of its generator are sound, and its report reckons right."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import pictures
from bench.measuring import Run, interleaved, median, ratios, run
from bench.plain import written_out
from bench.projects import SMALL, Size, area, edit_chapter, edit_value, indicator, synthetic
from bench.report import Growth, Report, Target, markdown
from factbook import citations
from factbook.chapters import read_chapters
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.model import Language
from factbook.tables import read_tables
from factbook.vocabulary import Edition
from tests.miniature import checked
from tests.second_site import run as run_in

TINY = Size("tiny", chapters=2, charts=3, rows=450)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic project."""
    return synthetic(tmp_path_factory.mktemp("bench") / "project", TINY)


class TestGenerator:
    """What is measured is a sound project of the size that is said."""

    def test_the_check_finds_nothing(self, project: Path) -> None:
        """With the program of the project itself, whose charts are made too."""
        said = run_in(project, "-m", "factbook", "check")

        assert said.returncode == 0, said.stdout
        assert said.stdout == "No findings in 468 observations and 22 pages.\n"

    def test_it_has_the_size_that_was_asked_for(self, project: Path) -> None:
        """Rows, chapters of both languages, chart modules, and each chart in one chapter."""
        rows = [o for o in read_tables(project).observations if o.indicator.startswith("made-")]
        chapters = sorted((project / "docs/es").glob("chapter-*.md"))
        printed = "".join(path.read_text(encoding="utf-8") for path in chapters)

        assert len(rows) == 450
        assert len(chapters) == 2
        assert len(list((project / "factbook/charts").glob("made_*.py"))) == 3
        assert [printed.count(f'chart("made-000{n}")') for n in range(4)] == [1, 1, 1, 0]
        assert printed.count("{{ figure(") == 2 * 25

    def test_it_is_the_same_every_time(self, project: Path, tmp_path: Path) -> None:
        """Two runs of the generator write the same files."""
        again = synthetic(tmp_path / "again", TINY)
        names = {
            path.relative_to(again)
            for folder in ("data", "docs", "factbook/charts")
            for path in (again / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

        assert names
        assert [n for n in names if (project / n).read_bytes() != (again / n).read_bytes()] == []

    def test_edits_change_what_they_say_each_time(self, tmp_path: Path) -> None:
        """A chapter, then a value: three rounds give three different texts, still sound."""
        root = synthetic(tmp_path / "edited", TINY)
        chapter = root / "docs/en/chapter-000.md"
        table = root / f"data/observations/{indicator(0)}.csv"
        texts, tables = {chapter.read_text()}, {table.read_text()}
        for at in range(3):
            edit_chapter(root, "chapter-000.md", at)
            edit_value(root, at)
            texts.add(chapter.read_text())
            tables.add(table.read_text())

        assert (len(texts), len(tables)) == (4, 4)
        assert run_in(root, "-m", "factbook", "check").returncode == 0

    @pytest.mark.parametrize("rows", [1, 999, 1_000, 10_000, 99_999, 100_000])
    def test_indicators_hold_the_rows_and_no_more(self, rows: int) -> None:
        """As many as are needed, none without a row."""
        size = Size("some", 1, 1, rows)
        each = size.areas * size.years

        assert (size.indicators - 1) * each < rows <= size.indicators * each

    def test_a_fault_in_it_is_found(self, tmp_path: Path) -> None:
        """So that the check passing it says something: a year without a value is a finding."""
        root = synthetic(tmp_path / "faulty", TINY)
        table = root / f"data/observations/{indicator(0)}.csv"
        lines = table.read_text().splitlines()
        cells = lines[1].split(",")
        lines[1] = ",".join([*cells[:2], "", *cells[3:]])
        table.write_text("\n".join(lines) + "\n")
        # The charts of the project are unknown here, so its chapters are left out.
        for path in root.glob("docs/*/chapter-*.md"):
            path.unlink()
        _, found = checked(root)

        message = "has no value; give value, or both low and high"
        assert (f"data/observations/{indicator(0)}.csv", 2, message) in found
        assert cells[0] == area(0)


def test_the_floor_has_every_number_and_no_call(project: Path) -> None:
    """A page written out prints its figures, its references, no chart and no braces."""
    dataset = Dataset(read_tables(project))
    entries = citations.references_html(dataset.sources.values(), Language.EN)
    edition = Edition(dataset, Language.EN, {"made-0000": None}, entries=entries)
    chapters = {c.path: c for c in read_chapters(project, Language.EN)[0]}
    text = written_out(chapters["chapter-000.md"], edition)

    assert "{{" not in text and "<svg" not in text
    assert text.count("Saffron stood on <") == 25
    assert "Census Office of Ardania" in text
    assert text.startswith("---\n")


class TestMeasuring:
    """Runs, medians, ratios."""

    def test_a_run_counts_processor_and_memory(self, tmp_path: Path) -> None:
        """Work and memory of a child of the command count too."""
        child = "x = bytearray(80_000_000); sum(i * i for i in range(9_000_000))"
        parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
        took = run((sys.executable, "-c", parent), tmp_path, {})

        assert took.memory > 80_000_000
        assert took.cpu > 0
        assert took.wall > 0

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of orphans")
    def test_a_run_counts_what_it_leaves_behind(self, tmp_path: Path) -> None:
        """As the process that those that draw are forked off, which nobody waits for."""
        orphan = "import time\nwhile time.process_time() < 1: pass"
        parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {orphan!r}])"

        assert run((sys.executable, "-c", parent), tmp_path, {}).cpu >= 1

    def test_other_children_are_not_waited_for(self, tmp_path: Path) -> None:
        """Whoever measures may have processes of its own."""
        with subprocess.Popen(["sleep", "1000"]) as own:
            run((sys.executable, "-c", ""), tmp_path, {})

            assert own.poll() is None
            own.kill()

    def test_a_command_that_fails_says_why(self, tmp_path: Path) -> None:
        """With all that it printed, on either stream."""
        code = "import sys; print('one'); sys.exit('two')"
        with pytest.raises(FactbookError, match=r"failed:\n(one\ntwo|two\none)"):
            run((sys.executable, "-u", "-c", code), tmp_path, {})

    def test_cases_are_run_in_turn(self) -> None:
        """A B A B, so that a slow minute falls on both."""
        order: list[str] = []

        def case(name: str) -> Run:
            order.append(name)
            return Run(1, 1, 1)

        interleaved({"a": lambda _: case("a"), "b": lambda _: case("b")}, 2, lambda _: None)

        assert order == ["a", "b", "a", "b"]

    def test_the_ratio_is_the_median_of_the_ratios(self) -> None:
        """Not the ratio of the medians: each round is compared with itself."""
        ones = [Run(1, 10, 0), Run(8, 10, 0), Run(30, 10, 0)]
        floor = [Run(1, 5, 0), Run(2, 5, 0), Run(10, 20, 0)]

        assert ratios(ones, floor) == (3, 2)
        assert median(ones) == Run(8, 10, 0)

    def test_runs_one_after_the_other_add_up(self) -> None:
        """Times are added; of the memory the larger peak counts."""
        assert Run(1, 2, 30) + Run(4, 8, 20) == Run(5, 10, 30)


class TestReport:
    """The arithmetic of the report, and its page."""

    GROWTH = Growth("row", (1_000, 10_000, 100_000), (2.0, 5.0, 32.0))

    def test_a_promise_holds_up_to_its_limit(self) -> None:
        """At the limit it is kept; above it is not."""
        assert Target("a", 3.0, 3).holds
        assert not Target("a", 3.001, 3).holds
        assert Target("a", 3.001, None).holds

    def test_growth_by_one(self) -> None:
        """What one costs, to the smallest case, and the slope between cases."""
        assert self.GROWTH.each == (0.002, 0.0005, 0.00032)
        assert self.GROWTH.relative == pytest.approx((1, 0.25, 0.16))
        assert self.GROWTH.marginal == pytest.approx((1 / 3000, 0.0003))
        assert self.GROWTH.worst == 0.25

    def test_a_quadratic_step_is_seen(self) -> None:
        """Ten times as many that take a hundred times as long are ten times as dear."""
        assert Growth("row", (10, 100), (1, 100)).worst == 10

    def test_a_quadratic_step_is_seen_behind_what_every_run_costs(self) -> None:
        """Where the whole time by row still falls, the slope rises."""
        hidden = Growth("row", (10, 100, 1_000), (100.01, 101, 200))

        assert hidden.worst < 1.2
        assert hidden.steeper == pytest.approx(10)
        assert Growth("row", (10, 100), (1, 10)).steeper is None

    def test_the_page(self) -> None:
        """Each promise says whether it holds; each growth has a row a size."""
        targets = (
            Target("warm", 0.5, 1, "", "1.0 s to 2.0 s"),
            Target("check", 3.5, 3, "s"),
            Target("all", 7, None),
        )
        report = Report(targets, (self.GROWTH,), 5, (0.5, 1.25))
        text = markdown(report, datetime(2026, 11, 30, tzinfo=UTC), [("a.svg", "A picture")])

        assert "| warm | 0.50 | 1.00 | holds | 1.0 s to 2.0 s |" in text
        assert "| check | 3.50 s | 3.00 s | **falls short** |  |" in text
        assert "| all | 7.00 | – | no promise |  |" in text
        assert "| row | 10,000 | 5.0 | 0.50 | 0.25 | 0.33 |" in text
        assert "![A picture](a.svg)" in text
        assert "Measured on 2026-11-30" in text and "Load 0.5 before and 1.2 after" in text
        assert "Medians of 5." in text and "--quick" not in text

    def test_a_short_run_says_so(self) -> None:
        """Nobody takes it for the real one."""
        report = Report((), (), 1, (0, 0), quick=True)

        assert "A short run (`--quick`)" in markdown(report, datetime(2026, 1, 1, tzinfo=UTC), [])

    def test_the_pictures_say_what_they_show(self) -> None:
        """Every promise and every kind of growth is in its picture, in letters too."""
        shown = pictures.promises(
            [Target("warm", 0.5, 1), Target("all", 7, None), Target("check", 6, 3)]
        )
        grown = pictures.growth([self.GROWTH])

        assert "warm: 50%; check: 200%" in shown and ">200%<" in shown
        assert "100,000 → 0.16" in grown and ">row<" in grown


def test_the_sizes_are_those_of_the_promises() -> None:
    """The small case has 5 chapters and 12 charts."""
    assert (SMALL.chapters, SMALL.charts, SMALL.rows) == (5, 12, 1_000)
