"""Diagrams as data: what a file may say, what is found in it, and how a way is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factbook.charts import canvas, flow, keys, letters
from factbook.charts.keys import Module
from factbook.charts.plot import NARROW, WIDE, Chart, Voice
from factbook.charts.told import table, told
from factbook.dataset import Dataset
from factbook.errors import ChartError, FactbookError
from factbook.model import Language, RemarkKind, Text
from factbook.tables import read_tables
from tests.miniature import MINI, after, copy_of_mini

DIAGRAMS = "data/diagrams.toml"
LANES = {
    RemarkKind.CHECK: Text("Who checks", "Quién controla"),
    RemarkKind.LEAK: Text("What leaves", "Qué se sale"),
}
LAND = 'text.en = "Saffron on {land}"'
COUNTS = 'text.en = "The Crown counts the fields"'
SAYS_NO_NUMBER = "is typed by hand; name its figure under 'figures' and write {name} in its place"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_mini(tmp_path_factory.mktemp("diagrams") / "mini")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset(read_tables(MINI))


FAULTS = [
    # what is replaced, by what, line, message
    (LAND, 'text.en = "Saffron on {lend}"', 9,
     "[to-market] nothing is known of '{lend}'. Did you mean 'land'?"),
    (LAND, 'text.en = "Saffron on land"', 9,
     "[to-market] the text does not use '{land}'; use or remove it"),
    (LAND, 'text.en = "Saffron on {land"', 9,
     "[to-market] a brace stands alone in the text; write {name}"),
    (LAND, 'text.en = "Saffron on {land} of 2022 and 2021"', 9,
     f"[to-market] '2021' {SAYS_NO_NUMBER}"),
    (LAND, 'text.en = "Saffron on {land} or two"', 9, f"[to-market] 'two' {SAYS_NO_NUMBER}"),
    (COUNTS, 'text.en = "The Crown counts 12 fields"', 15, f"[to-market] '12' {SAYS_NO_NUMBER}"),
    ('"crop-area/XA/2022"', '"crop-area/XA/1822"', 11, None),
    ('"crop-area/XA/2022"', '"crop-aera/XA/2022"', 11,
     "unknown indicator 'crop-aera'. Did you mean 'crop-area'?"),
    ('"crop-area/XA/2022"', '"crop-area/XQ/2022"', 11, None),
    ('"crop-area/XA/2022"', '"crop-area"', 11,
     "[to-market] 'crop-area': write 'indicator/area/period'"),
    ('["corm"]', '["korm"]', 12, "unknown term 'korm'. Did you mean 'corm'?"),
    ('"edict-2017"', '"edict-2018"', 30, "unknown event 'edict-2018'. Did you mean 'edict-2017'?"),
    ('source = "crown-edict"', 'source = "crown-edikt"', 17,
     "unknown source 'crown-edikt'. Did you mean 'crown-edict'?"),
    ('citations = [{ source = "crown-edict", locator = "art. 2" }]\n', "", 15,
     "[to-market] the text rests on nothing; add 'citations'"),
    ("{ land =", "{ date =", 11,
     "[to-market] no figure may be called 'date'; it marks the event's date"),
    ('event = "edict-2017"\n', "", 28,
     "[to-market] nothing is known of '{date}'. Name its event under 'event'"),
    ("reached = false", 'reached = "no"', 25,
     "[to-market] steps.sale.reached: 'no' does not fit; write true or false, without quotation"
     " marks"),
    ("steps.field.check]", "steps.field.chek]", 14, None),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line", "message"), FAULTS)
def test_a_fault_in_a_diagram_is_one_finding(
    project: Path, good: str, bad: str, line: int, message: str | None
) -> None:
    """Whatever is wrong in a diagram is told once, in its line."""
    text = (MINI / DIAGRAMS).read_text("utf-8")
    assert text.count(good) == 1
    code, found = after(project, DIAGRAMS, text.replace(good, bad))

    assert code == 1
    assert [(DIAGRAMS, line)] == [(path, at) for path, at, _ in found], found
    assert message is None or message == found[0][2]


def test_a_remark_is_told_with_its_figure_before_the_rest(dataset: Dataset) -> None:
    """The figure with which a text begins stands apart, in both languages."""
    step = dataset.diagram("to-market").steps[0]
    figure = dataset.named("limit-use/XA/2022")
    for language, rest in (
        (Language.EN, " of the limit of 2022 is in use"),
        (Language.ES, " del límite de 2022 está en uso"),
    ):
        voice = Voice(dataset, language)
        said = told(voice, dict(step.remarks)[RemarkKind.LEAK])
        assert said.rest == rest
        assert said.about + said.lead == voice.figure(figure)
        assert said.figures == ((figure, voice.figure(figure)),)


def test_the_date_of_an_event_stands_for_its_mark(dataset: Dataset) -> None:
    """An event gives its date and its link, and the table holds a row for every text."""
    steps = dataset.diagram("to-market").steps
    said = told(Voice(dataset, Language.ES), steps[1].says)
    assert said.text == "1 de mayo de 2017: sube el límite"
    rows = table(Voice(dataset, Language.EN), steps, LANES)
    assert [row[1].text for row in rows] == [
        "What happens", "Who checks", "What leaves", "What happens"
    ]  # fmt: skip
    assert rows[0][3].figure == dataset.named("crop-area/XA/2022").id
    assert rows[-1][3].event == "edict-2017"
    assert "art. 2" in rows[1][4].text


def drawn(dataset: Dataset, language: Language) -> Chart:
    head = flow.Head("To market", "In Ardania", None)
    return flow.chart(dataset, language, dataset.diagram("to-market"), head, LANES)


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_a_way_is_drawn_with_every_text_and_a_bar_where_it_stopped(
    dataset: Dataset, layout: Any
) -> None:
    """Each layout says everything, binds each figure, and bars the way to what was not reached."""
    chart = drawn(dataset, Language.EN)
    spec = chart.spec(layout).to_dict()
    rows = [row for part in spec["datasets"].values() for row in part]
    said = " ".join(row["text"].replace("\n", " ") for row in rows if "text" in row)
    for words in (
        "The field",
        "The sale",
        "The Crown counts the fields",
        "1 May 2017",
        "Who checks",
    ):
        assert words in said, words
    assert {row["figure"] for row in rows if "figure" in row} == {f.id for f in chart.figures}
    assert {row["event"] for row in rows if "event" in row} == {"edict-2017"}
    widths = [layer["mark"].get("strokeWidth") for layer in spec["layer"]]
    assert widths.count(4) == 1
    shapes = [layer["mark"].get("shape") for layer in spec["layer"]]
    assert (shapes.count("triangle-down"), shapes.count("triangle-right")) == (1, 1)
    assert any("The bulb from which saffron grows" in row.get("tip", "") for row in rows)


def test_a_chart_of_a_diagram_sees_what_the_diagram_names(dataset: Dataset) -> None:
    """Its figures, what they are computed from, its terms, events and sources; nothing else."""
    module = Module("to-market", Path("to_market.py"), (), ("diagrams",), "digest")
    seen = Dataset(keys.visible(dataset, module))
    assert set(seen.indicators) == {"crop-area", "legal-limit"}
    assert "limit-use" in seen.derivations and set(seen.terms) == {"corm"}
    assert set(seen.events) == {"edict-2017"} and "crown-edict" in seen.sources
    assert drawn(seen, Language.EN).rows == drawn(dataset, Language.EN).rows


def test_a_chart_without_its_diagram_says_so(dataset: Dataset) -> None:
    """A chart draws the diagram of its own name."""
    module = Module("to-markt", Path("to_markt.py"), (), ("diagrams",), "digest")
    with pytest.raises(ChartError) as caught:
        keys.visible(dataset, module)
    assert (
        str(caught.value)
        == "to_markt.py:1: chart 'to-markt': unknown diagram 'to-markt'. Did you mean 'to-market'?"
    )


# Words in their room


def test_words_are_broken_at_spaces_and_never_within_a_number() -> None:
    """A no-break space holds; every line fits."""
    lines = letters.wrapped("Área de 22\u202f000\u00a0ha en los Yungas", 80, 12.5)
    assert " ".join(lines) == "Área de 22\u202f000\u00a0ha en los Yungas"
    assert all(letters.width(line, 12.5) <= 80 for line in lines) and len(lines) > 1
    assert any("22\u202f000\u00a0ha" in line for line in lines)
    assert letters.width("ha", 12.5, bold=True) > letters.width("ha", 12.5)


def test_a_word_wider_than_its_room_stops_the_chart() -> None:
    """Nothing is clipped in silence."""
    with pytest.raises(FactbookError) as caught:
        letters.wrapped("in Farmacodependencia", 60, 12.5)
    assert str(caught.value) == "'Farmacodependencia' is wider than the 60 pixels there are for it"
    with pytest.raises(FactbookError, match=r"the font has no letter '漢' \(U\+6F22\)"):
        letters.width("漢", 12.5)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ("short",)),
        ("one two three four five six", ("one two three", "four five six")),
        ("one two three four five at last", ("one two three", "four five at last")),
        ("unbrokenlettersforever a b", ("unbrokenlettersforever", "a b")),
    ],
)
def test_lines_of_a_title_are_about_equally_long(text: str, lines: tuple[str, ...]) -> None:
    room = letters.width("unbrokenlettersforever", 20) + 1
    assert len(letters.wrapped(text, room, 20)) == len(lines)
    assert letters.balanced(text, room, 20) == lines


def test_a_canvas_counts_pixels_from_the_top_left() -> None:
    """What is put at a pixel stands there."""
    frame = canvas.canvas(WIDE, 100)
    assert frame.at(0, 0) == (0, 0) and frame.at(680, 100) == (680, 100)
    assert canvas.Box(10, 20, 30, 40).row(tip="t") == {
        "x": 10, "x2": 40, "y": 20, "y2": 60, "tip": "t"
    }  # fmt: skip
