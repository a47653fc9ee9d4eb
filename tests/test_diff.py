"""``diff``: what a change of the data does to readers, on a small project under version control."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from factbook.__main__ import main
from factbook.diff.figures import key_of
from tests.miniature import MINI, REAL

AREA = "data/observations/crop-area.csv"
IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(root: Path, *arguments: str) -> None:
    """Run git in the project."""
    command = ["git", "-C", str(root), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | IDENTITY)


def commit(root: Path, message: str) -> None:
    """Put the project's state into version control."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture
def repository(mini: Path) -> Path:
    """The small project with its state committed as ``base``."""
    git(mini, "init", "-q", "-b", "main")
    commit(mini, "base")
    git(mini, "tag", "base")
    return mini


def replaced(root: Path, path: str, good: str, bad: str) -> None:
    """Replace a text in a file of the project."""
    file = root / path
    text = file.read_text()
    assert good in text, (path, good)
    file.write_text(text.replace(good, bad, 1))


def run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, its output (plain spaces) and its errors."""
    code = main(["--root", str(root), "diff", *arguments])
    said = capsys.readouterr()
    return code, re.sub("[\u00a0\u202f]", " ", said.out), said.err


Capture = pytest.CaptureFixture[str]


def test_an_unknown_revision_is_one_sentence(repository: Path, capsys: Capture) -> None:
    """A revision that does not exist is named, with near ones."""
    assert run(repository, capsys, "bsae") == (
        1,
        "",
        "there is no revision 'bsae'. Did you mean 'base'?\n",
    )
    assert run(repository, capsys, "0123abc")[2] == (
        "there is no revision '0123abc'. Name a commit, a branch or a tag\n"
    )


@pytest.mark.parametrize("name", ["", "HEAD:data", "HEAD^^^^", "base..main", "base main"])
def test_what_is_no_revision_is_refused(repository: Path, capsys: Capture, name: str) -> None:
    """Paths, ranges and nothing are no revisions; none of them reaches git as an option."""
    code, out, err = run(repository, capsys, name)

    assert (code, out) == (1, "")
    assert err.startswith(f"there is no revision '{name}'.")


def test_a_folder_outside_version_control_is_told(mini: Path, capsys: Capture) -> None:
    """Without a repository there is nothing to compare with."""
    assert run(mini, capsys, "HEAD") == (
        1,
        "",
        f"{mini} is not under version control; 'diff' compares with a git revision\n",
    )


def test_missing_git_is_told(
    repository: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a machine without git the command says so."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))

    assert run(repository, capsys, "base")[2] == (
        "git is not installed; 'diff' compares with a git revision\n"
    )


def test_a_revision_from_before_the_data_is_told(tmp_path: Path, capsys: Capture) -> None:
    """A revision without the dataset's folder cannot be compared with."""
    root = tmp_path / "mini"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / "README").write_text("first\n")
    commit(root, "first")
    git(root, "tag", "first")
    shutil.copytree(MINI, root, dirs_exist_ok=True)
    shutil.copy(REAL / "data/labels.toml", root / "data/labels.toml")

    assert run(root, capsys, "first")[2] == (
        "the revision 'first' has no folder data/; name a later one\n"
    )


def test_data_of_another_shape_is_told(repository: Path, capsys: Capture) -> None:
    """A base that today's rules cannot read is refused with its first fault."""
    replaced(repository, "data/units.csv", ",kind\n", ",sort\n")
    commit(repository, "old shape")
    git(repository, "tag", "old")
    replaced(repository, "data/units.csv", ",sort\n", ",kind\n")

    code, _, err = run(repository, capsys, "old")

    assert code == 1
    assert err.startswith(
        "the data of 'old' cannot be read as today's is (1 findings, first data/units.csv:1:"
        " unknown column 'sort'"
    )
    assert err.endswith("compare with a later revision\n")


def test_faults_of_today_are_findings(repository: Path, capsys: Capture) -> None:
    """Faults in the working tree are reported as ``check`` reports them."""
    replaced(repository, AREA, "XA,2019,3800", "XQ,2019,3800")

    code, out, err = run(repository, capsys, "base")

    assert (code, out) == (1, "")
    assert err.startswith(f"{AREA}:2: unknown area 'XQ'")


def test_no_change_is_said(repository: Path, capsys: Capture) -> None:
    """Where nothing differs, one sentence says so; lines that moved are no change."""
    replaced(repository, "data/indicators.toml", "\n[crop-area]", "\n\n# moved\n\n[crop-area]")
    replaced(repository, "docs/en/farming.md", "In 2017 nobody objected.", "Nobody objected.")

    said = "# Figures from `base` to the working tree\n\nNo figure and no record changes.\n"
    assert run(repository, capsys, "base") == (0, said, "")


def test_a_changed_number_is_followed_to_the_reader(repository: Path, capsys: Capture) -> None:
    """The row, what is computed from it, and the sentences of both languages before and after."""
    replaced(repository, AREA, "XA,2022,4500,4100,4900", "XA,2022,4600,4100,4900")

    code, out, err = run(repository, capsys, "base")

    assert (code, err) == (0, "")
    assert out.startswith("# Figures from `base` to the working tree\n\n1 row changed, ")
    assert (
        "| Area under saffron, Ardania, 2022<br>`crop-area/XA/2022/census-2022` | about 4,500 ha |"
        " about 4,600 ha | Census, 2023, p. 4 |" in out
    )
    assert (
        "| Area against the limit, Ardania, 2022<br>`limit-use/XA/2022` | about 125% | about 128% |"
        in out
    )
    assert "## Rows that are added" not in out
    assert (
        "### English: Farming (`docs/en/farming.md`)\n\n"
        "- In 2022 saffron stood on about 4,500 ha≠ of Ardania, the census says; the guild counts"
        " at least 5,600 ha≠.\n"
        "  → In 2022 saffron stood on about 4,600 ha≠ of Ardania, the census says; the guild counts"
        " at least 5,600 ha≠." in out
    )
    assert "### Español: " in out
    assert "  → Hay azafrán en cerca de 4600 ha≠." in out
    assert "`docs/en/data/area.md`, `docs/es/data/area.md`" in out


def test_added_and_removed_rows_are_told_apart(repository: Path, capsys: Capture) -> None:
    """A row that is new and one that is gone stand under headings of their own."""
    replaced(repository, AREA, "XB,2022,700,,,exact,normal,,gazette-2022,para. 5,\n", "")
    replaced(
        repository, AREA, "XA-N,2021", "XA,2023,4700,,,exact,normal,,census-2022,p. 5,\nXA-N,2021"
    )

    _, out, _ = run(repository, capsys, "base")

    added = out[out.index("## Rows that are added") : out.index("## Rows that are removed")]
    removed = out[out.index("## Rows that are removed") :].split("\n## ")[0]
    assert "`crop-area/XA/2023/census-2022` | – | 4,700 ha |" in added
    assert "`crop-area/XB/2022/gazette-2022` | 700 ha | – |" in removed
    assert "1 row added, 1 row removed" in out


def test_another_source_is_preferred(repository: Path, capsys: Capture) -> None:
    """When the order of producers changes, no row does, yet what pages print does."""
    replaced(repository, "data/indicators.toml", '["census", "guild"]\nbreaks', '["guild"]\nbreaks')

    _, out, _ = run(repository, capsys, "base")

    assert "- `indicators` changed: `crop-area`" in out
    assert "## Numbers that change" not in out
    assert (
        "| Area under saffron, Ardania, 2022<br>`crop-area/XA/2022` | about 4,500 ha, Census, 2023,"
        " p. 4 | at least 5,600 ha, Guild, 2023, para. 2 |" in out
    )
    assert "`limit-use/XA/2022` | about 125% | about 156% |" in out
    assert "  → In 2022 saffron stood on at least 5,600 ha≠ of Ardania" in out


def test_another_unit_or_precision_is_told(repository: Path, capsys: Capture) -> None:
    """Decimals of an indicator change what pages print, and no row."""
    replaced(
        repository,
        "data/indicators.toml",
        'unit = "t"\ndecimals = 1\nproducers = ["crown"]',
        'unit = "t"\ndecimals = 2\nproducers = ["crown"]',
    )

    _, out, _ = run(repository, capsys, "base")

    assert "1 figure printed from another row or in another way" in out
    assert "`harvest-sold/XA/2022`" in out


def test_standing_and_place_of_a_row_are_told(repository: Path, capsys: Capture) -> None:
    """A row that keeps its number but changes its status, note or locator is told with both."""
    replaced(
        repository,
        AREA,
        "exact,provisional,,census-2022,table 2,",
        "exact,normal,,census-2022,table 3,New | Nuevo",
    )

    _, out, _ = run(repository, capsys, "base")

    assert (
        "| 2,100 ha | 2,100 ha<br>status: provisional → normal<br>note: (none) → New<br>"
        "locator: table 2 → table 3 | Census, 2023, table 3 |" in out
    )


def test_a_number_in_a_formula_that_breaks_is_told(repository: Path, capsys: Capture) -> None:
    """A derived figure that no longer exists has a dash after."""
    replaced(repository, "data/observations/harvest.csv", "XA,2021,6.3,,,", "XA,2020,6.3,,,")

    _, out, _ = run(repository, capsys, "base")

    assert "`yield/XA/2021` | 0.0015 t/ha | – |" in out


def test_two_revisions_can_be_compared(repository: Path, capsys: Capture) -> None:
    """With a second revision the working tree is left out of it."""
    replaced(repository, AREA, "XA,2019,3800", "XA,2019,3900")
    commit(repository, "mended")
    replaced(repository, AREA, "XA,2019,3900", "XA,2019,nonsense")

    code, out, _ = run(repository, capsys, "base", "main")

    assert code == 0
    assert out.startswith("# Figures from `base` to `main`\n")
    assert "`crop-area/XA/2019/census-2021` | 3,800 ha | 3,900 ha |" in out


def test_other_records_are_listed(repository: Path, capsys: Capture) -> None:
    """A change of words in a record without numbers is named by its id."""
    replaced(repository, "data/terms.toml", "Land that rests", "Land that sleeps")

    _, out, _ = run(repository, capsys, "base")

    assert out == (
        "# Figures from `base` to the working tree\n\n"
        "No number changes, only other records.\n\n"
        "## Other records\n\n- `terms` changed: `fallow`\n"
    )


def test_text_from_data_cannot_break_the_report(repository: Path, capsys: Capture) -> None:
    """Pipes and marks in names do not end a cell or become Markdown."""
    replaced(repository, "data/areas.csv", "Amber Valley", "Amber | Valley")
    replaced(repository, AREA, "XA-V,2022,950", "XA-V,2022,960")

    _, out, _ = run(repository, capsys, "base")

    row = next(line for line in out.split("\n") if "crop-area/XA-V/2022" in line)
    assert row.startswith("| Area under saffron, Amber \\| Valley, 2022<br>")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("crop-area/XA/2022/census-2022", "crop-area/XA/2022"),
        ("crop-area/XA/2022-01/2022-06/census", "crop-area/XA/2022-01/2022-06"),
        ("legal-limit/XA/2017/../edict", "legal-limit/XA/2017/.."),
        ("legal-limit/XA/2017/..", "legal-limit/XA/2017/.."),
        ("limit-use/XA/2022", "limit-use/XA/2022"),
    ],
)
def test_the_key_of_a_figure_leaves_its_source_out(name: str, key: str) -> None:
    """Intervals hold a slash of their own."""
    assert key_of(name) == key


def test_nothing_is_left_behind(
    repository: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder of the earlier state is removed, and the repository is as it was."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    run(repository, capsys, "base")

    assert list(scratch.iterdir()) == []
    status = ["git", "-C", str(repository), "status", "--porcelain"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""
