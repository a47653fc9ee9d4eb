"""``new``: skeletons that are sound but for what their author must fill in."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.__main__ import main
from tests.miniature import REAL, checked
from tests.second_site import copy_of_engine, run

Capture = pytest.CaptureFixture[str]

NAV = """site_name: Saffron
nav:
  - index.md
  - Chapters:
      - farming.md
  - Data:
      - data/area.md
"""


def new(root: Path, capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, output and errors."""
    code = main(["--root", str(root), "new", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def state(root: Path) -> dict[str, bytes]:
    """Return every file of a project with its content."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


REFUSED = [
    (["indicator", "Seed-Price"], "'Seed-Price' is not an id; use lower case, digits and single"
     " hyphens, first a letter"),
    (["source", "crown--edict"], "'crown--edict' is not an id; use lower case, digits and single"
     " hyphens, first a letter"),
    (["chapter", "../farming"], "'../farming' is not an id; use lower case, digits and single"
     " hyphens, first a letter"),
    (["chart", "2022-area"], "'2022-area' is not an id; use lower case, digits and single hyphens,"
     " first a letter"),
    (["indicator", "harvest"], "[harvest] stands already in data/indicators.toml:17; edit it"
     " there"),
    (["indicator", "yield"], "[yield] stands already in data/derived.toml:55; edit it there"),
    (["indicator", "seeds"], "name its theme with --theme; known are area, leaf"),
    (["indicator", "seeds", "--theme", "aera"], "unknown theme 'aera'. Did you mean 'area'?"),
    (["indicator", "seeds", "--theme", "area"], "name its unit with --unit; known are ha,"
     " ha-change, percent, percentage-points, t, t-per-ha"),
    (["indicator", "seeds", "--theme", "area", "--unit", "kilos"], "unknown unit 'kilos'. Known:"
     " ha, ha-change, percent, percentage-points, t, t-per-ha"),
    (["indicator", "seeds", "--theme", "area", "--unit", "t", "--producer", "Census Office"],
     "unknown producer 'Census Office'. Did you mean 'census'?"),
    (["source", "guild-2022"], "[guild-2022] stands already in data/sources.toml:50; edit it"
     " there"),
    (["source", "guild-2023"], "name its producer with --producer; known are census, crown,"
     " gazette, guild"),
    (["chapter", "farming"], "docs/en/farming.md exists already; choose another name, or edit it"),
    (["chart", "import", "--indicator", "harvest"], "'import' is a word of Python; choose another"
     " name for the chart"),
    (["chart", "seeds", "--indicator", "harvst"], "unknown indicator 'harvst'. Did you mean"
     " 'harvest' or 'harvest-sold'?"),
    (["chart", "seeds", "--indicator", "harvest"], "the indicator 'harvest' has no place with two"
     " yearly values; this chart draws a series"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_cannot_be_made_is_refused(
    mini: Path, capsys: Capture, arguments: list[str], message: str
) -> None:
    """Bad names, taken names and unknown codes: one sentence, and nothing is written."""
    before = state(mini)

    assert new(mini, capsys, *arguments) == (1, "", f"{message}\n")
    assert state(mini) == before


def test_nothing_is_written_where_one_file_exists(mini: Path, capsys: Capture) -> None:
    """A page that exists in the other language only is not overwritten, nor its counterpart made."""
    (mini / "docs/es/trade.md").write_text("mine\n")
    before = state(mini)

    assert new(mini, capsys, "chapter", "trade")[2].startswith("docs/es/trade.md exists already;")
    assert state(mini) == before


def test_data_with_faults_are_mended_first(mini: Path, capsys: Capture) -> None:
    """The command reads the data; what it cannot read is reported as the check does."""
    file = mini / "data/units.csv"
    file.write_text(file.read_text().replace("ha,hectares", "ha;hectares"))

    code, out, err = new(mini, capsys, "source", "guild-2023", "--producer", "guild")

    assert (code, out) == (1, "")
    assert err.startswith("data/units.csv:2: ")


def test_an_indicator_is_sound_but_for_what_is_open(mini: Path, capsys: Capture) -> None:
    """Four texts and the rows: five findings, each saying what to write; the order of ids is kept."""
    code, out, _ = new(
        mini, capsys, "indicator", "harvest-burnt", "--theme", "leaf", "--unit", "t",
        "--producer", "guild",
    )  # fmt: skip

    assert code == 0
    assert out.splitlines() == [
        "added to data/indicators.toml",
        "wrote data/observations/harvest-burnt.csv",
        "Next:",
        "1. fill in what is marked TODO in data/indicators.toml under [harvest-burnt]",
        "2. add rows to data/observations/harvest-burnt.csv; data/README.md explains the columns",
        "3. run 'make check'; it names every place that is left open",
    ]
    lines = (mini / "data/indicators.toml").read_text().split("\n")
    at = lines.index("[harvest-burnt]") + 1
    assert at < lines.index("[harvest-sold]")
    assert checked(mini) == (
        1,
        [
            ("data/indicators.toml", at + 2,
             "is left open; write here: what is measured, as a heading"),
            ("data/indicators.toml", at + 3,
             "is left open; write here: lo que se mide, como encabezado"),
            ("data/indicators.toml", at + 4,
             "is left open; write here: what exactly is counted, when and how, in a sentence"),
            ("data/indicators.toml", at + 5,
             "is left open; write here: qué se cuenta exactamente, cuándo y cómo, en una frase"),
            ("data/observations/harvest-burnt.csv", 1,
             "has no observations; add rows, or remove it and [harvest-burnt] in"
             " data/indicators.toml"),
        ],
    )  # fmt: skip


def test_an_indicator_that_is_filled_in_passes(mini: Path, capsys: Capture) -> None:
    """Nothing else is missing: with texts and a row the check is content."""
    new(mini, capsys, "indicator", "zest", "--theme", "leaf", "--unit", "t")
    file = mini / "data/indicators.toml"
    file.write_text(file.read_text().replace("TODO: ", ""))
    with (mini / "data/observations/zest.csv").open("a") as table:
        table.write("XA,2022,3,,,exact,normal,,census-2022,p. 4,\n")

    assert checked(mini) == (0, [])


def test_a_source_is_sound_but_for_its_title_and_use(mini: Path, capsys: Capture) -> None:
    """Its title is open, and nothing cites it yet."""
    assert new(mini, capsys, "source", "aaa-2023", "--producer", "gazette")[0] == 0
    text = (mini / "data/sources.toml").read_text()
    at = text.split("\n").index("[aaa-2023]") + 1

    assert text.startswith("# Who said it, in an invented country.\n\n[aaa-2023]\n")
    assert checked(mini) == (
        1,
        [
            ("data/sources.toml", at,
             "the source 'aaa-2023' is used nowhere; cite it or remove it"),
            ("data/sources.toml", at + 2,
             "is left open; write here: the work's title as it is printed"),
        ],
    )  # fmt: skip


def test_a_record_goes_behind_the_last_one_too(mini: Path, capsys: Capture) -> None:
    """The last in the order stands at the end of the file, after an empty line."""
    new(mini, capsys, "source", "zzz-2023", "--producer", "gazette")

    text = (mini / "data/sources.toml").read_text()
    assert text.endswith(
        'kind = "primary"\n\n[zzz-2023]\ntype = "webpage"\ntitle = "TODO: the work\'s title as it is'
        ' printed"\nlanguage = "en"\nproducer = "gazette"\nkind = "primary"\n'
    )


def test_comments_stay_with_their_record(mini: Path, capsys: Capture) -> None:
    """A comment above a record is not parted from it."""
    file = mini / "data/sources.toml"
    file.write_text(
        file.read_text().replace("\n[guild-2022]", "\n# Asked in person.\n[guild-2022]")
    )

    new(mini, capsys, "source", "guild-2021", "--producer", "guild")

    assert 'kind = "primary"\n\n# Asked in person.\n[guild-2022]' in file.read_text()


def test_a_chapter_is_written_in_both_languages(mini: Path, capsys: Capture) -> None:
    """Four places a language are open, and both configurations name the page."""
    for name in ("mkdocs.yml", "mkdocs.es.yml"):
        (mini / name).write_text(NAV)

    code, out, _ = new(mini, capsys, "chapter", "trade")

    assert code == 0
    assert out.splitlines()[:4] == [
        "wrote docs/en/trade.md",
        "added to mkdocs.yml",
        "wrote docs/es/trade.md",
        "added to mkdocs.es.yml",
    ]
    for name in ("mkdocs.yml", "mkdocs.es.yml"):
        grown = NAV.replace("      - farming.md\n", "      - farming.md\n      - trade.md\n")
        assert (mini / name).read_text() == grown
    _, found = checked(mini)
    assert [(path, line) for path, line, _ in found] == [
        (f"docs/{language}/trade.md", line) for language in ("en", "es") for line in (2, 3, 6, 8)
    ]
    assert found[0][2] == ("is left open; write here: the chapter’s name, as the contents show it")
    assert all(text.startswith("is left open; write here: ") for _, _, text in found)


def test_a_chapter_that_is_filled_in_passes(mini: Path, capsys: Capture) -> None:
    """Without navigation the command says what to add; the page itself lacks nothing."""
    _, out, _ = new(mini, capsys, "chapter", "trade")
    for language in ("en", "es"):
        page = mini / "docs" / language / "trade.md"
        page.write_text(page.read_text().replace("TODO: ", ""))

    assert "2. add '- trade.md' under 'nav:' in mkdocs.yml" in out.splitlines()
    assert "3. add '- trade.md' under 'nav:' in mkdocs.es.yml" in out.splitlines()
    assert checked(mini) == (0, [])


def test_the_real_navigation_takes_a_chapter(tmp_path: Path, mini: Path, capsys: Capture) -> None:
    """In the project's own configurations the page goes to the end of the chapters."""
    for name in ("mkdocs.yml", "mkdocs.es.yml"):
        (mini / name).write_text((REAL / name).read_text())

    new(mini, capsys, "chapter", "trade")

    for name, following in (("mkdocs.yml", "Compared"), ("mkdocs.es.yml", "Comparación")):
        assert f"      - trade.md\n  - {following}:\n" in (mini / name).read_text()


def test_a_chart_draws_and_its_test_passes(tmp_path: Path) -> None:
    """Made in a whole copy of the program: its module is clean, drawn, and tested; one place is open."""
    root = copy_of_engine(tmp_path / "site")

    made = run(root, "-m", "factbook", "new", "chart", "saffron-area", "--indicator", "crop-area")

    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(
        "wrote factbook/charts/saffron_area.py\nwrote tests/test_chart_saffron_area.py\nNext:\n"
    )
    module = root / "factbook/charts/saffron_area.py"
    assert 'AREAS = ("XA",)' in module.read_text()
    line = next(n for n, text in enumerate(module.open(), start=1) if "TODO" in text)
    found = run(root, "-m", "factbook", "check")
    assert found.stdout == (
        f"factbook/charts/saffron_area.py:{line}: is left open; write here: say in the title what"
        " the picture shows, with its numbers from the data (see borne_out)\n"
    )
    module.write_text(module.read_text().replace("# TODO: ", "# "))
    drawn = run(root, "-m", "factbook", "render")
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stderr.endswith("saffron-area.en, saffron-area.es\n")
    tested = run(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert tested.returncode == 0, tested.stdout
    assert "3 passed" in tested.stdout
    for tool in (["ruff", "check"], ["ruff", "format", "--check"]):
        clean = run(root, "-m", *tool, "factbook/charts/saffron_area.py")
        assert clean.returncode == 0, clean.stdout
