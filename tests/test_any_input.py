"""Whatever a file holds, there are findings and no error of Python: a corpus, and generated input.

``make fuzz`` runs the generated part for long: ``FUZZ_EXAMPLES`` says how many a test tries.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from factbook.chapters import read_chapters
from factbook.charts import svg
from factbook.dataset import Dataset
from factbook.errors import FactbookError
from factbook.formulas import parse
from factbook.intervals import Interval
from factbook.model import Language
from factbook.rendering import rendering
from factbook.tables import read_tables
from factbook.vocabulary import Edition
from tests.miniature import MINI, REAL, after

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
long_run = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.glob("data/**/*.*"))
FILES += ["data/labels.toml", "data/words.txt"]
CHAPTERS = sorted(path.relative_to(MINI).as_posix() for path in MINI.glob("docs/**/*.md"))


# The corpus: each way to spoil a file, for each file

SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "blank lines only": lambda _: b"\n\n\n",
    "byte order mark": lambda good: b"\xef\xbb\xbf" + good,
    "line ends of Windows": lambda good: good.replace(b"\n", b"\r\n"),
    "line ends of old Macs": lambda good: good.replace(b"\n", b"\r"),
    "NUL": lambda good: good[:40] + b"\0" + good[40:],
    "Latin-1": lambda good: good[:30] + "ñ".encode("latin-1") + good[30:],
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "half a letter": lambda good: good + "é".encode()[:1],
    "no last line end": lambda good: good.rstrip(b"\n"),
    "a bell": lambda good: good[:-1] + b"\a\n",
    "an archive": lambda _: b"PK\x03\x04" + bytes(range(256)) * 4,
    "21 million bytes": lambda good: good + b"#" * 21_000_000 + b"\n",
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("path", FILES + CHAPTERS)
def test_a_spoiled_file_is_found_in_its_place(project: Path, path: str, how: str) -> None:
    """Each is one finding in the file itself, and the check ends with 1."""
    code, found = after(project, path, SPOILED[how]((project / path).read_bytes()))

    assert code == 1
    assert [place for place, _, _ in found] == [path], found


TABLES = [path for path in FILES if path.endswith(".csv")]


@pytest.mark.parametrize("path", TABLES)
def test_a_cell_of_a_million_letters_is_found(project: Path, path: str) -> None:
    """A cell longer than any text of ours is a finding in its line, not a long wait."""
    head, first, rest = (project / path).read_text().split("\n", 2)
    cells = first.split(",")
    text = "\n".join([head, ",".join([*cells[:-1], "x" * 1_000_000]), rest])

    code, found = after(project, path, text)

    assert code == 1
    assert (path, 2) in [finding[:2] for finding in found], [finding[:2] for finding in found]
    assert all(len(message) < 1000 for _, _, message in found)


@pytest.mark.parametrize("path", TABLES)
@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_with_other_signs_between_cells_is_found(
    project: Path, path: str, sign: str
) -> None:
    """What a spreadsheet in Spanish saves as CSV has semicolons."""
    code, found = after(project, path, (project / path).read_text().replace(",", sign))

    assert (code, found[0][:2]) == (1, (path, 1))


FRONT = [
    "title: a\ndescription: 2022-02-30",
    "title: a\ndescription: b\ndate: 2022-02-30",
    "title: a\ndescription: b\ntime: 2022-01-01 25:61:61",
    "title: a\ndescription: b\nx: !!python/object/apply:os.system [id]",
    "title: a\ndescription: b\nx: !nothing y",
    "title: a\ndescription: b\n? [c]\n: d",
    "title: a\ndescription: b\nx: " + "[" * 400,
    "title: a\ndescription: b\nx: *nowhere",
    "title: a\ndescription: b\nx: '",
    "title: a\n\tdescription: b",
    "title: [a]\ndescription: {b: c}",
    "- title\n- description",
]


@pytest.mark.parametrize("front", FRONT)
def test_a_front_matter_out_of_this_world_is_found(project: Path, front: str) -> None:
    """Dates that are none, objects, loops and depths of YAML are findings in the page."""
    path = "docs/en/farming.md"
    body = (project / path).read_text().split("\n---\n", 1)[1]

    code, found = after(project, path, f"---\n{front}\n---\n{body}")

    assert code == 1
    assert {place for place, _, _ in found} == {path}


BODIES = [
    '{{ figure("crop-area", "XA", ' + "9" * 5000 + ") }}",
    "{{ " + "(" * 3000 + ")" * 3000 + " }}",
    "{{ figure(" + "[" * 1000 + "]" * 1000 + ") }}",
    "{{ figure(" + "-" * 3000 + "1) }}",
    "{{ figure('" + "\\u" + "') }}",
    '{{ figure("crop-area", "XA", 1e999) }}',
    '{{ figure("crop-area", "XA", 2022, 2022, 2022, 2022, 2022, 2022, 2022) }}',
    '{{ figure(figure("crop-area", "XA", 2022)) }}',
    "{{ self }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ figure.__globals__ }}",
    "{{ }}",
    "{{{{ figure }}}}",
    "{{ 1 if 2 else 3 }}",
    '{{ figure("crop-area", "XA", 2022) | upper }}',
    '{{ figure("crop-area" ~ "x", "XA", 2022) }}',
    "{% for x in range(10**9) %}{% endfor %}",
    "{# a comment that eats the page",
    "{#name}",
    "{% raw %}{{ x }}{% endraw %}",
]


@pytest.mark.parametrize("body", BODIES)
def test_a_call_out_of_this_world_is_found(project: Path, body: str) -> None:
    """What is no call of the vocabulary with plain arguments is a finding in its line."""
    path = "docs/en/farming.md"
    text = (project / path).read_text()
    line = text.count("\n") + 2

    code, found = after(project, path, f"{text}\n{body}\n")

    assert code == 1
    assert (path, line) in [finding[:2] for finding in found], found
    assert {place for place, _, _ in found} == {path}


# Generated input


@long_run
@given(path=st.sampled_from(FILES), content=st.binary(max_size=300), at=st.integers(0, 400))
def test_any_bytes_in_any_file_are_read_or_found(
    project: Path, path: str, content: bytes, at: int
) -> None:
    """Bytes put anywhere into any file of data: every finding has a line of an existing file."""
    file = project / path
    good = file.read_bytes()
    file.write_bytes(good[:at] + content + good[at:])
    try:
        tables = read_tables(project)
    finally:
        file.write_bytes(good)

    for finding in (*tables.findings, *tables.untidy):
        assert finding.place.line >= 1
        assert "\n" not in finding.message


@long_run
@given(front=st.text(max_size=120), body=st.text("{}%#()\"' ,[]-figure|.1\n", max_size=200))
@example(front="a: 2022-02-30\n", body="")
def test_any_page_is_read_or_found(
    project: Path, mini_dataset: Dataset, front: str, body: str
) -> None:
    """A page of any front matter and any braces has findings, and none of them an error."""
    file = project / "docs/en/farming.md"
    good = file.read_bytes()
    file.write_bytes(f"---\n{front}\n---\n{body}\n".encode("utf-8", "surrogatepass"))
    try:
        chapters, _ = read_chapters(project, Language.EN)
    finally:
        file.write_bytes(good)
    (chapter,) = (chapter for chapter in chapters if chapter.path == "farming.md")

    done = rendering(chapter, Edition(mini_dataset, Language.EN, draft=True))

    last = front.count("\n") + body.count("\n") + 4
    assert all(1 <= finding.place.line <= last for finding in done.findings)


@long_run
@given(text=st.text("abc_ +-*/().0123456789\n²٣", max_size=80))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    """A formula gives an interval in which its value lies, or one of our own errors."""
    inputs = {name: Interval.of(Decimal(3), Decimal(2), Decimal(5)) for name in "abc"}
    try:
        found = parse(text).evaluate(inputs)
    except FactbookError as error:
        assert "\n" not in str(error)
        return
    assert found.low <= found.high


NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True)


@long_run
@given(
    names=st.lists(NAMES, min_size=1, max_size=6, unique=True),
    prefix=st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True),
    data=st.data(),
)
def test_references_follow_their_ids_when_these_are_renamed(
    names: list[str], prefix: str, data: st.DataObject
) -> None:
    """Whatever attribute pointed to an element points to the same one after, and ids stay unique."""
    root = etree.Element("svg")
    pointed = data.draw(st.lists(st.sampled_from(names), max_size=8))
    for name in names:
        etree.SubElement(root, "clipPath", {"id": name})
    for name in pointed:
        kind = data.draw(st.sampled_from(["clip-path", "fill", "mask"]))
        etree.SubElement(root, "path", {kind: f"url(#{name})", "d": "M0,0L1,1"})

    renamed = svg.prefixed(root, prefix)

    ids = [element.get("id") for element in renamed.iter() if element.get("id")]
    paths = [element for element in renamed.iter() if element.tag.endswith("path")]
    found = [
        match[1]
        for element in paths
        for key, value in element.items()
        if key != "d" and (match := re.search(r"#([\w-]+)", value))
    ]
    assert len(ids) == len(set(ids)) == len(names)
    assert [ids.index(name) for name in found] == [names.index(name) for name in pointed]
    assert all(name.startswith(prefix) for name in ids if name)


def test_the_corpus_is_large() -> None:
    """A spoiled input of each kind of file and each kind of fault: far more than a hundred."""
    assert len(SPOILED) * len(FILES + CHAPTERS) + len(FRONT) + len(BODIES) > 400
    assert {path for path in FILES if not (REAL / path).exists()} <= {
        path for path in FILES if path.startswith("data/observations/")
    }
