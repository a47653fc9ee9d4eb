"""The chart pipeline, tried on an invented country whose survey counts sunflowers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from factbook.charts import describe, keys, palette, poster, rows, store, svg
from factbook.charts.drawing import Cell, Drawing
from factbook.charts.plot import NARROW, WIDE, Chart, Voice
from factbook.charts.render import expected, render
from factbook.charts.series import break_years, gaps, runs, steady, whole_years, yearly
from factbook.charts.worker import Job, draw
from factbook.dataset import Dataset
from factbook.errors import ChartError, LookupFailure, Place
from factbook.model import (
    Area,
    AreaKind,
    Break,
    Citation,
    Event,
    Indicator,
    Language,
    Observation,
    Producer,
    Qualifier,
    Rank,
    Source,
    SourceKind,
    Status,
    Text,
    Unit,
    UnitKind,
)
from factbook.periods import Period
from factbook.tables import Tables

ROOT = Path(__file__).parent.parent
HERE = Place("data/test.csv")

CHART = '''
"""Fields of the invented country."""
from factbook.charts import describe, palette, rows
from factbook.charts.drawing import Cell
from factbook.charts.plot import Chart, Voice
from factbook.charts.series import other_counts, counts, year_of
from factbook.charts.theme import Frame
from factbook.model import Text

ID = "fields"
INDICATORS = ("fields",)

TITLE = Text("Sunflowers in {country}", "Girasoles en {country}")
NAME = Text("Sunflower fields", "Campos de girasol")
OTHER = Text("Foreign count", "Conteo extranjero")


def chart(dataset, language):
    voice = Voice(dataset, language)
    own, other = counts(dataset, "fields", "XA"), other_counts(dataset, "fields", "XA")

    def spec(layout):
        frame = Frame(layout, height=200, x=(1999.5, 2006.5), y=(0, 40000), left=50)
        return frame.finish(
            frame.grid(rows.ticks(voice, 40000, 20000)),
            frame.years(range(2000, 2007, 2)),
            frame.line(rows.joined(dataset, own), palette.BOLIVIA),
            frame.rules(rows.ranges(voice, other), palette.OTHER_COUNT),
            frame.dots(rows.points(voice, other, voice(OTHER)), palette.OTHER_COUNT, hollow=True),
            frame.text([{"x": 2003, "y": 1000, "text": voice(NAME)}], palette.INK, halo=True),
            frame.targets(rows.points(voice, own, voice(NAME))),
        )

    return Chart(
        title=voice(TITLE, country=voice.area("XA")),
        subtitle=voice(NAME),
        note=None,
        description=describe.series(voice, own, voice(NAME)),
        figures=(*own, *other),
        columns=("", voice(NAME)),
        rows=tuple((Cell(str(year_of(f))), voice.cell(f)) for f in own),
        spec=spec,
    )
'''
OTHER_CHART = (
    CHART.replace('ID = "fields"', 'ID = "bees"').replace('("fields",)', '("bees",)')
).replace('dataset, "fields"', 'dataset, "bees"')


def observation(
    period: str,
    value: str | None,
    *,
    indicator: str = "fields",
    source: str = "survey",
    low: str | None = None,
    high: str | None = None,
    status: Status = Status.NORMAL,
) -> Observation:
    def number(text: str | None) -> Decimal | None:
        return Decimal(text) if text is not None else None

    return Observation(
        indicator=indicator,
        area="XA",
        period=Period.parse(period),
        value=number(value),
        low=number(low),
        high=number(high),
        qualifier=Qualifier.EXACT,
        status=status,
        rank=Rank.NORMAL,
        citation=Citation(source, "p. 1"),
        note=None,
        place=HERE,
    )


FIELDS = (
    observation("1990", "900"),
    observation("2000", "12500"),
    observation("2001", "1405"),
    observation("2002", "15000", status=Status.BREAK),
    observation("2003", "16000"),
    observation("2004-01/2004-06", "3"),
    observation("2005", "30900"),
    observation("2001", "20000", source="foreign"),
    observation("2003", None, source="foreign", low="10000", high="22000"),
)
BEES = tuple(observation(year, "70", indicator="bees") for year in ("2000", "2001", "2002"))


def indicator(name: str) -> Indicator:
    return Indicator(
        id=name,
        theme="area",
        title=Text(name, name),
        definition=Text(name, name),
        note=None,
        unit="ha",
        decimals=0,
        in_force=False,
        producers=("xa", "us"),
        breaks=(Break("XA", Period.parse("2002"), None),),
        place=HERE,
    )


def source(name: str, producer: str) -> Source:
    return Source(
        id=name,
        type="report",
        title=name,
        language="en",
        producer=producer,
        kind=SourceKind.PRIMARY,
    )


TABLES = Tables(
    areas=(
        Area("XA", AreaKind.COUNTRY, None, Text("Almond", "Almendra"), HERE),
        Area("XB", AreaKind.COUNTRY, None, Text("Basil", "Albahaca"), HERE),
    ),
    units=(
        Unit("ha", Text("hectares", "hectáreas"), Text("{n} ha", "{n} ha"), UnitKind.AMOUNT, HERE),
    ),
    producers=(
        Producer("xa", "government", Text("Survey", "Monitoreo"), Text("Survey", "Censo"), HERE),
        Producer("us", "government", Text("Abroad", "Exterior"), Text("US", "EE. UU."), HERE),
    ),
    indicators=(indicator("bees"), indicator("fields")),
    sources=(source("foreign", "us"), source("survey", "xa")),
    observations=(*BEES, *FIELDS),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("charts")
    (made / "fields.py").write_text(CHART, encoding="utf-8")
    (made / "bees.py").write_text(OTHER_CHART, encoding="utf-8")
    (made / "helper.py").write_text("SIZE = 1\n", encoding="utf-8")
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    return tmp_path


@pytest.fixture(scope="module")
def drawn(folder: Path) -> Mapping[tuple[str, str], Drawing]:
    """Both charts in both languages, drawn in this process."""
    found: dict[tuple[str, str], Drawing] = {}
    for module in keys.modules(folder).values():
        seen = keys.visible(Dataset(TABLES), module)
        for language in Language:
            job = Job(module.id, language, "key", module, seen, keys.fonts(ROOT))
            found[module.id, language.value] = Drawing.from_json(draw(job))
    return found


def made(folder: Path, language: Language = Language.EN) -> Chart:
    scope: dict[str, Any] = {}
    exec(compile((folder / "fields.py").read_text("utf-8"), "fields.py", "exec"), scope)
    chart = scope["chart"](Dataset(TABLES).restricted(("fields",)), language)
    assert isinstance(chart, Chart)
    return chart


def plotted(spec: Mapping[str, Any]) -> set[str]:
    return {row["figure"] for rows in spec["datasets"].values() for row in rows if "figure" in row}


# What is plotted


def test_a_spec_plots_every_row_of_its_figures(folder: Path) -> None:
    chart = made(folder)
    for layout in (WIDE, NARROW):
        assert plotted(chart.spec(layout).to_dict()) == {f.id for f in chart.figures}
    assert {f.id for f in chart.figures} == {
        o.id for o in FIELDS if o.period.text != "2004-01/2004-06"
    }


def test_no_line_crosses_a_break_or_a_missing_year() -> None:
    dataset = Dataset(TABLES)
    series = yearly(dataset.series("fields", "XA", producers=("xa",)))
    parts = [[f.period.text for f in run] for run in runs(dataset, series)]
    assert parts == [["1990"], ["2000", "2001"], ["2002", "2003"], ["2005"]]
    assert steady(dataset, series)[0].period.text == "2000"
    assert break_years(dataset, series) == (2002,)
    assert gaps(steady(dataset, series)) == (2004,)


def test_an_axis_reaches_over_every_value_and_bound() -> None:
    figures = Dataset(TABLES).series("fields", "XA")
    assert rows.top(rows.heights(figures), 20_000) == 40_000
    assert rows.top(rows.heights(figures), 30_900) == 30_900
    bound = Dataset(replace(TABLES, observations=(FIELDS[-1],))).series("fields", "XA")
    assert rows.top(rows.heights(bound), 4_000) == 24_000


def test_all_months_of_a_year_stand_for_it_only_where_nothing_else_does() -> None:
    stated = (
        observation("2001", "5"),
        observation("2001-01/2001-12", "4"),
        observation("2002-01/2002-12", "7"),
        observation("2003-01/2003-11", "8"),
    )
    dataset = Dataset(replace(TABLES, observations=stated))
    found = whole_years(dataset.series("fields", "XA"))
    assert [f.id.split("/")[2:-1] for f in found] == [["2001"], ["2002-01", "2002-12"]]


def test_values_are_written_by_the_rule_of_each_language() -> None:
    dataset = Dataset(TABLES)
    english, spanish = (Voice(dataset, language) for language in Language)
    figure = dataset.figure("fields", "XA", 2005)
    assert english.figure(figure) == "30,900\N{NO-BREAK SPACE}ha"
    assert spanish.figure(figure) == "30\N{NARROW NO-BREAK SPACE}900\N{NO-BREAK SPACE}ha"
    assert spanish.number(Decimal(1405)) == "1405"
    assert english.cell(figure) == Cell("30,900", figure.id)
    assert english.cell(None) == Cell("")


def test_the_description_tells_span_extremes_breaks_and_gaps() -> None:
    dataset = Dataset(TABLES)
    series = steady(dataset, yearly(dataset.series("fields", "XA", producers=("xa",))))
    english = " ".join(describe.series(Voice(dataset, Language.EN), series, "Fields"))
    spanish = " ".join(describe.series(Voice(dataset, Language.ES), series, "Campos"))
    for text in (english, spanish):
        for part in ("2000", "2005", "2002", "2004", "2001"):
            assert part in text
    assert "Highest in 2005" in english and "lowest in 2001" in english
    assert "El máximo fue en 2005" in spanish


# The pictures


def test_a_drawing_is_localised(drawn: Mapping[tuple[str, str], Drawing]) -> None:
    english, spanish = drawn["fields", "en"], drawn["fields", "es"]
    assert english.title == "Sunflowers in Almond" and spanish.title == "Girasoles en Almendra"
    for english_word, spanish_word in (
        ("Sunflower fields", "Campos de girasol"),
        ("Foreign count", "Conteo extranjero"),
        ("40,000", "40\N{NARROW NO-BREAK SPACE}000"),
        (">2002<", ">2002<"),
        ("Survey", "Censo"),
    ):
        assert english_word in english.wide
        assert spanish_word in spanish.wide
    for word in re.findall(r">([^<>]*[A-Za-z]{3}[^<>]*)<", spanish.download):
        assert "Sunflower" not in word and "Foreign" not in word and "axis" not in word


def test_inline_pictures_are_coloured_by_variables_only(
    drawn: Mapping[tuple[str, str], Drawing],
) -> None:
    for drawing in drawn.values():
        for picture in (drawing.wide, drawing.narrow):
            assert "var(--bo)" in picture
            assert not re.search(r'(fill|stroke)="(?!var\(--|none)', picture)
            svg_ = etree.fromstring(picture)
            assert svg_.get("role") == "img"
            assert svg_.get("aria-labelledby") == f"{drawing.id}-title"
            assert svg_.get("aria-describedby") == f"{drawing.id}-description"
            assert "width" not in svg_.attrib and "height" not in svg_.attrib
            assert svg_.find("{*}title") is None
        assert '"0 0 680 ' in drawing.wide and '"0 0 340 ' in drawing.narrow


def test_paper_has_literal_colours_a_name_and_a_description(
    drawn: Mapping[tuple[str, str], Drawing],
) -> None:
    drawing = drawn["fields", "es"]
    for picture in (drawing.paper, drawing.download):
        assert "var(" not in picture
        assert palette.LIGHT["--bo"] in picture
        parsed = etree.fromstring(picture)
        assert parsed[0].tag.endswith("title") and parsed[0].text == drawing.title
        assert parsed[1].tag.endswith("desc") and parsed[1].text == " ".join(drawing.description)
        assert parsed.get("{http://www.w3.org/XML/1998/namespace}lang") == "es-419"
    assert "Fuentes: Censo; EE. UU. Leaf &amp; Law" in drawing.download


def test_nothing_speaks_for_the_renderer(drawn: Mapping[tuple[str, str], Drawing]) -> None:
    for drawing in drawn.values():
        for picture in (drawing.wide, drawing.narrow, drawing.paper, drawing.download):
            assert not re.search(r"aria-(label|roledescription|hidden)=|graphics-|class=", picture)
            assert not re.search(r"\d\.\d{3}", picture)
            assert svg.TIP not in picture


def test_a_mark_shows_its_value_when_pointed_at(
    drawn: Mapping[tuple[str, str], Drawing],
) -> None:
    titles = [e.text for e in etree.fromstring(drawn["fields", "es"].wide).iter("{*}title")]
    assert (
        "Campos de girasol, 2005: 30\N{NARROW NO-BREAK SPACE}900\N{NO-BREAK SPACE}ha (Censo)"
        in titles
    )
    assert any(t and "10\N{NARROW NO-BREAK SPACE}000" in t for t in titles)


def test_figures_sources_and_table_follow_what_is_plotted(
    drawn: Mapping[tuple[str, str], Drawing],
) -> None:
    drawing = drawn["fields", "en"]
    assert drawing.sources == ("survey", "foreign")
    assert "fields/XA/2005/survey" in drawing.figures
    assert drawing.rows[-1] == (Cell("2005"), Cell("30,900", "fields/XA/2005/survey"))
    assert Drawing.from_json(drawing.to_json()) == drawing


def test_ids_are_prefixed_and_numbered_in_order() -> None:
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="clip41"/>'
        '<linearGradient id="gradient_7"/></defs>'
        '<g clip-path="url(#clip41)" transform="translate(1.23456,0)"><path d="M0,0L1.999,2" '
        'fill="url(#gradient_7)"/></g></svg>'
    )
    element = svg.prefixed(svg.tidied(raw, 10, 20), "fields-wide-")
    text = etree.tostring(element, encoding="unicode")
    assert 'id="fields-wide-0"' in text and 'clip-path="url(#fields-wide-0)"' in text
    assert 'fill="url(#fields-wide-1)"' in text
    assert "clip41" not in text and "translate(1.2,0)" in text and "L2,2" in text


def test_a_long_title_is_broken_into_lines_in_the_download() -> None:
    bare = etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 100"/>')
    words = poster.Words("wide " * 40, "s", "n", "Source: A.", "d", "en")
    lines = [e.text for e in etree.fromstring(poster.framed(bare, words)).iter("{*}text")]
    assert len([line for line in lines if line and line.startswith("wide")]) == 4
    assert lines[-1] == "Source: A. Leaf & Law / Hoja y ley, CC BY 4.0"


# The key


def key(folder: Path, tables: Tables = TABLES, language: Language = Language.EN) -> str:
    module = keys.modules(folder)["fields"]
    return keys.key_of(ROOT, module, keys.visible(Dataset(tables), module), language)


def test_chart_ids_come_from_the_listing(folder: Path) -> None:
    assert store.chart_ids(folder) == ("bees", "fields")


def test_the_key_changes_with_a_row_a_name_a_source_and_the_language(folder: Path) -> None:
    before = key(folder)
    row = replace(FIELDS[1], value=Decimal(12501))
    noted = replace(FIELDS[1], citation=Citation("survey", "p. 2"))
    renamed = replace(TABLES.areas[0], name=Text("Almond", "Almendro"))
    maker = replace(TABLES.producers[1], short=Text("USA", "EUA"))
    changed = [
        replace(TABLES, observations=(*BEES, FIELDS[0], row, *FIELDS[2:])),
        replace(TABLES, observations=(*BEES, FIELDS[0], noted, *FIELDS[2:])),
        replace(TABLES, observations=(*BEES, *FIELDS[1:])),
        replace(TABLES, areas=(renamed, TABLES.areas[1])),
        replace(TABLES, producers=(TABLES.producers[0], maker)),
        replace(
            TABLES, indicators=(TABLES.indicators[0], replace(TABLES.indicators[1], breaks=()))
        ),
    ]
    found = [key(folder, tables) for tables in changed]
    assert len({before, key(folder, language=Language.ES), *found}) == len(changed) + 2


def test_the_key_ignores_other_indicators_areas_and_lines(folder: Path) -> None:
    more = observation("2003", "71", indicator="bees")
    moved = replace(FIELDS[1], place=Place("data/test.csv", 99))
    event = Event("e", Period.parse("2001"), "XA", (), Text("a", "b"), Text("a", "b"), (), HERE)
    elsewhere = replace(TABLES.areas[1], name=Text("Basil", "Albahacas"))
    for tables in (
        replace(TABLES, observations=(*BEES, more, *FIELDS)),
        replace(TABLES, observations=(*BEES, FIELDS[0], moved, *FIELDS[2:])),
        replace(TABLES, areas=(TABLES.areas[0], elsewhere)),
        replace(TABLES, events=(event,)),
    ):
        assert key(folder, tables) == key(folder)


def test_the_key_changes_with_module_machinery_and_font(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(folder)
    edited = tmp_path / "edited"
    edited.mkdir()
    (edited / "fields.py").write_text(CHART + "\n# edited\n", encoding="utf-8")
    assert key(edited) != before
    module = keys.modules(folder)["fields"]
    seen = keys.visible(Dataset(TABLES), module)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "A.ttf").write_bytes(b"one")
    first = keys.key_of(tmp_path, module, seen, Language.EN)
    (tmp_path / "fonts" / "A.ttf").write_bytes(b"three")
    assert keys.key_of(tmp_path, module, seen, Language.EN) != first
    theme = tmp_path / "theme.py"
    theme.write_text("WIDTH = 1", encoding="utf-8")
    monkeypatch.setattr(keys, "_machinery_files", lambda: (theme,))
    with_theme = key(folder)
    theme.write_text("WIDTH = 22", encoding="utf-8")
    assert key(folder) != with_theme


def test_a_chart_sees_only_what_it_declares(folder: Path) -> None:
    seen = Dataset(keys.visible(Dataset(TABLES), keys.modules(folder)["bees"]))
    assert set(seen.indicators) == {"bees"} and set(seen.areas) == {"XA"}
    assert set(seen.sources) == {"survey"}
    with pytest.raises(LookupFailure):
        seen.figure("fields", "XA", 2005)


# The cache


def rendered(root: Path, folder: Path, **wish: Any) -> tuple[str, ...]:
    return render(root, Dataset(TABLES), folder=folder, **wish)


def entries(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((root / ".cache/charts").iterdir())}


def test_rendering_is_cached_repaired_and_told_about(root: Path, folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    names = rendered(root, folder, processes=1, progress=lambda *news: told.append(news))
    assert sorted(names) == ["bees.en", "bees.es", "fields.en", "fields.es"]
    assert [(done, total) for done, total, _ in told] == [(n, 4) for n in range(1, 5)]
    assert rendered(root, folder) == ()
    whole = entries(root)
    assert sorted(whole) == [f"{name}.json" for name in sorted(names)]
    cache = root / ".cache/charts"
    (cache / "fields.en.json").write_bytes(whole["fields.en.json"][:-200])
    damaged = whole["bees.es.json"].replace(b"Campos", b"Camp0s")
    assert damaged != whole["bees.es.json"]
    (cache / "bees.es.json").write_bytes(damaged)
    assert set(store.drawings(root, Dataset(TABLES), Language.ES, folder=folder)) == {"fields"}
    assert sorted(rendered(root, folder)) == ["bees.es", "fields.en"]
    assert entries(root) == whole
    found = store.drawings(root, Dataset(TABLES), Language.EN, folder=folder)
    assert found["fields"].title == "Sunflowers in Almond"


def test_drawing_is_expected_where_a_file_is_younger_than_the_drawings(
    root: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (root / "data").mkdir()
    table = root / "data" / "fields.csv"
    table.write_text("x", encoding="utf-8")
    assert not expected(root, folder=tmp_path_factory.mktemp("none"))
    assert expected(root, folder=folder)
    rendered(root, folder, charts=["fields"])
    long_ago = 1_000_000_000
    os.utime(root / ".cache/charts", (long_ago, long_ago))
    assert expected(root, folder=folder)
    rendered(root, folder, charts=["fields"])  # but perhaps not all others
    assert expected(root, folder=folder)
    rendered(root, folder)
    assert not expected(root, folder=folder)
    later = (root / ".cache/charts").stat().st_mtime_ns + 1_000_000
    os.utime(table, ns=(later, later))
    assert expected(root, folder=folder)


def test_what_a_killed_build_leaves_is_whole_and_the_next_one_finishes(
    root: Path, folder: Path, drawn: Mapping[tuple[str, str], Drawing]
) -> None:
    code = f"""
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
import test_charts as killed
def die(done, of, name):
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    killed.rendered(Path({str(root)!r}), Path({str(folder)!r}), processes=1, progress=die)
"""
    script = root / "killed.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == -signal.SIGKILL
    (root / ".cache/charts" / "bees.en.jsonabc.part").write_text('{"key":', encoding="utf-8")
    left = [name for name in entries(root) if name.endswith(".json")]
    assert len(left) == 1
    names = rendered(root, folder, processes=1)
    assert sorted(names) == sorted(
        {"bees.en", "bees.es", "fields.en", "fields.es"} - {left[0][:-5]}
    )
    for (chart, language), drawing in drawn.items():
        entry = json.loads(entries(root)[f"{chart}.{language}.json"])
        assert entry["drawing"] == drawing.to_json()


@pytest.mark.parametrize("when", ["loading", "drawing"])
def test_whoever_stops_a_build_is_told_nothing_by_those_that_draw(
    root: Path, folder: Path, when: str
) -> None:
    """Ctrl-C reaches the whole group of processes at once; what had not begun does not."""
    code = f"""
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
import test_charts as stopped
from factbook.charts.processes import load_ahead
def stop(*news):
    os.killpg(0, signal.SIGINT)
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if {when!r} == "loading":
            load_ahead()
            time.sleep(0.4)  # so that it has begun
            stop()
        stopped.rendered(Path({str(root)!r}), Path({str(folder)!r}), processes=1, progress=stop)
    except KeyboardInterrupt:
        print("stopped")
"""
    script = root / "stopped.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("stopped\n", "", 0)
    made = {path.stem for path in (root / ".cache/charts").glob("*.json")}
    assert len(made) == (when == "drawing")
    assert set(rendered(root, folder)) == {"bees.en", "bees.es", "fields.en", "fields.es"} - made


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: b"null",
        lambda raw: b"[1, 2]",
        lambda raw: b"\xff\xfe{}",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b"Sunflower", b"Sunfl0wer"),
        lambda raw: json.dumps(json.loads(raw) | {"drawing": None}).encode(),
        lambda raw: json.dumps(json.loads(raw) | {"checksum": ""}).encode(),
        lambda raw: store.entry_text(json.loads(raw)["key"], "{}").encode(),
        lambda raw: store.entry_text("another", json.loads(raw)["drawing"]).encode(),
    ],
)
def test_a_damaged_entry_is_not_there(
    tmp_path: Path, drawn: Mapping[tuple[str, str], Drawing], damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "fields.en.json"
    store.keep_entry(path, "key", drawn["fields", "en"].to_json())
    assert store.read_entry(path, "key") == drawn["fields", "en"]
    path.write_bytes(damage(path.read_bytes()))
    assert store.read_entry(path, "key") is None


def test_an_entry_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        store.keep_entry(tmp_path / "some" / "fields.en.json", "key", "{}")
    assert list((tmp_path / "some").iterdir()) == []


def test_order_and_number_of_processes_leave_no_trace(
    tmp_path: Path, folder: Path, drawn: Mapping[tuple[str, str], Drawing]
) -> None:
    results = []
    for at, (charts, processes) in enumerate(((("fields", "bees"), 1), (("bees", "fields"), 3))):
        root = tmp_path / str(at)
        root.mkdir()
        (root / "fonts").symlink_to(ROOT / "fonts")
        rendered(root, folder, charts=charts, processes=processes)
        results.append(entries(root))
    assert results[0] == results[1]
    for (chart, language), drawing in drawn.items():
        entry = json.loads(results[0][f"{chart}.{language}.json"])
        assert entry["drawing"] == drawing.to_json()


def test_a_warm_run_imports_none_of_the_heavy_libraries(root: Path, folder: Path) -> None:
    rendered(root, folder)
    code = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
heavy = {{"altair", "pandas", "vl_convert", "narwhals", "fontTools"}}
from factbook.charts.render import render
from factbook.charts.store import drawings
from factbook.dataset import Dataset
from factbook.model import Language
import test_charts as warm
root, folder = Path({str(root)!r}), Path({str(folder)!r})
assert render(root, Dataset(warm.TABLES), folder=folder) == ()
assert set(drawings(root, Dataset(warm.TABLES), Language.ES, folder=folder)) == {{"bees", "fields"}}
loaded = heavy & set(sys.modules)
assert not loaded, loaded
assert not [n for n in sys.modules if n.startswith("factbook_chart") or n.endswith("charts.theme")]
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr


# Faults


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda text: text + "\ndef (:\n", r"^fields.py:\d+: chart 'fields' \(en\): SyntaxError"),
        (
            lambda text: text.replace('"y": 1000', '"y": 1 / 0'),
            r"^fields.py:\d+: .*: ZeroDivisionError",
        ),
        (lambda text: text.replace("Frame(layout", "Frame(laiout"), "NameError: name 'laiout'"),
        (lambda text: text.replace("year_of(f)", "year_off(f)"), "NameError"),
        (lambda text: text.replace('area("XA")', 'area("XC")'), "unknown area 'XC'"),
        (
            lambda text: text.replace('ID = "fields"', 'ID = "meadows"'),
            r"\d: .*its ID is 'meadows'",
        ),
        (lambda text: text.replace('("fields",)', '("fiels",)'), "Did you mean 'fields'"),
        (lambda text: text.replace('("fields",)', 'tuple(["fields"])'), "has no INDICATORS"),
        (lambda text: text.replace('= ("fields",)', '= ("fields", 1)'), "names in quotes"),
        (lambda text: text + '\nRECORDS = ("evens",)\n', "known are derivations, events"),
        (lambda text: text + "\ndef chart(dataset, language):\n    return 1\n", "return a Chart"),
        (
            lambda text: text.replace(
                "return frame.finish(",
                "import altair as alt\n        return alt.Chart('https://x/y.csv').mark_bar()"
                ".properties(usermeta={'size': [1, 1]})\n        frame.finish(",
            ),
            "data.url is not supported",
        ),
    ],
)
def test_a_broken_chart_names_itself_and_the_fault(
    tmp_path: Path, broken: Callable[[str], str], says: str
) -> None:
    path = tmp_path / "fields.py"
    path.write_text(broken(CHART), encoding="utf-8")
    assert path.read_text("utf-8") != CHART
    with pytest.raises(ChartError, match=says) as caught:
        module = keys.modules(tmp_path)["fields"]
        seen = keys.visible(Dataset(TABLES), module)
        draw(Job(module.id, Language.EN, "key", module, seen, keys.fonts(ROOT)))
    assert re.match(r"fields\.py:\d+: chart 'fields'", str(caught.value))
    assert "Traceback" not in str(caught.value)


def test_other_charts_are_drawn_when_one_is_broken(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "fields.py").write_text(CHART, encoding="utf-8")
    (folder / "bees.py").write_text(OTHER_CHART + "\n1 / 0\n", encoding="utf-8")
    with pytest.raises(ChartError, match=r"^bees.py:\d+: chart 'bees' \(en\): ZeroDivisionError"):
        rendered(root, folder, languages=[Language.EN])
    assert set(store.drawings(root, Dataset(TABLES), Language.EN, folder=folder)) == {"fields"}


def test_unknown_charts_and_missing_fonts_are_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ChartError, match=r"unknown chart 'feilds'\. Did you mean 'fields'"):
        rendered(tmp_path, folder, charts=["feilds"])
    with pytest.raises(ChartError, match="no fonts"):
        rendered(tmp_path, folder)
