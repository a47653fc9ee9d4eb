"""Files that are no tables, and files that do not belong: one finding each, at the right place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.miniature import MINI, REAL, after, checked

AREA = "data/observations/crop-area.csv"
UNITS = "data/units.csv"
TERMS = "data/terms.toml"
HEADER = "area,period,value,low,high,qualifier,status,rank,source,locator,note"


def text_of(path: str) -> str:
    """Return the text of a file of the small project."""
    return ((REAL if path.endswith("labels.toml") else MINI) / path).read_text()


FILES = [
    # path, what is replaced, by what, line, message
    (AREA, "", "", 1, "the file is empty; restore it from version control"),
    (AREA, HEADER + "\n", "", 1, f"unknown column 'XA'. The first line must be: {HEADER}"),
    (AREA, "area,period", "areas,period", 1,
     f"unknown column 'areas'. Did you mean 'area'? The first line must be: {HEADER}"),
    (AREA, ",note", "", 1, f"the column 'note' is missing. The first line must be: {HEADER}"),
    (AREA, ",note", ",note,extra", 1, f"unknown column 'extra'. The first line must be: {HEADER}"),
    (AREA, "area,period", "period,area", 1,
     f"the columns are in another order or doubled. The first line must be: {HEADER}"),
    (AREA, "area,period", "area,area,period", 1,
     f"the columns are in another order or doubled. The first line must be: {HEADER}"),
    (AREA, HEADER, "\ufeff" + HEADER, 1, "starts with a byte order mark; save as UTF-8 without BOM"),
    (AREA, "XA,2020", "\nXA,2020", 3,
     "has 0 cells where the header has 11; check the commas (a text with a comma needs quotation"
     " marks)"),
    (AREA, "3800,,,", "3800,,,,", 2,
     "has 12 cells where the header has 11; check the commas (a text with a comma needs quotation"
     " marks)"),
    (AREA, "3800,,,", "3800,,", 2,
     "has 10 cells where the header has 11; check the commas (a text with a comma needs quotation"
     " marks)"),
    (AREA, "XA,2020,3950", "XA,2019,3950", 3, None),
    (AREA, "XA,2020,3950,,,exact,break,,census-2021", "XA,2019,3950,,,exact,break,,census-2021", 3,
     "XA, 2019, census-2021 stands already in line 2; keep one row"),
    (AREA, "With a range", '"With a range', 6, None),
    (AREA, "XA,2019", "XA\x00,2019", 2, "has the control character U+0000; delete it"),
    (AREA, "XA,2019", "XA\x1b,2019", 2, "has the control character U+001B; delete it"),
    (AREA, "table 1,\nXA,2020", "table 1,\r\nXA,2020", 2,
     "has a CR line end; save the file with LF line ends"),
    (AREA, "Contado en el lugar\n", "Contado en el lugar", 14,
     "the last line has no line end; add one"),
    (AREA, "With a range", "x" * 5000, 6, "'note' has 5015 characters; 4000 at most"),
    (UNITS, "ha-change,", "zz,", 3, None),
    (TERMS, "", "", 1, "the file is empty; restore it from version control"),
    (TERMS, 'term.en = "corm"', 'term.en = "corm', 4, None),
    (TERMS, 'term.en = "corm"', "term.en = corm", 4, None),
    (TERMS, 'term.en = "corm"', 'term.en "corm"', 4, None),
    (TERMS, 'term.es = "cormo"', 'term.en = "cormo"', 5, None),
    (TERMS, 'aliases = ["bulb"]', 'aliases = ["bulb"', 8, None),
    (TERMS, '[{ source = "gazette-2022"', '[{ source = "gazette-2022', 9, None),
    (TERMS, "[fallow]", "[corm]", 11, None),
    (TERMS, "[fallow]", "[fallow", 11, None),
    (TERMS, "[fallow]", "[a fallow]", 11, None),
    (TERMS, "[fallow]", "[aaa]\n[fallow]", 11, None),
    (TERMS, "[corm]", "stray = 5\n\n[corm]", 3,
     "'stray' stands outside a table; put it under a line like [some-id]"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "good", "bad", "line", "message"), FILES)
def test_a_file_that_is_no_table_is_one_finding(
    project: Path, path: str, good: str, bad: str, line: int, message: str | None
) -> None:
    """What spoils a file as a whole is found once, in its line."""
    text = text_of(path)
    assert good in text
    code, found = after(project, path, text.replace(good, bad, 1) if good else "")

    if (good, bad) == ("XA,2020,3950", "XA,2019,3950") or bad.startswith("[aaa]"):
        assert {finding[:2] for finding in found} == {(path, line)}
        return
    assert [finding[:2] for finding in found] == [(path, line)], found
    assert code == 1
    assert message in (None, found[0][2])


@pytest.mark.parametrize("path", [AREA, UNITS, TERMS, "docs/en/farming.md"])
@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"\xff", "is not UTF-8 here; save the file as UTF-8"),
        (b"\r", "has a CR line end; save the file with LF line ends"),
        (b"\x00", "has the control character U+0000; delete it"),
    ],
)
def test_bytes_that_do_not_belong_are_found_in_their_line(
    project: Path, path: str, bad: bytes, message: str
) -> None:
    """Bytes that are no UTF-8, line ends of other systems and control characters are named."""
    rows = (project / path).read_bytes().split(b"\n")
    rows[2] += bad

    assert after(project, path, b"\n".join(rows)) == (1, [(path, 3, message)])


@pytest.mark.parametrize("path", [AREA, UNITS, TERMS, "docs/en/farming.md"])
def test_a_link_in_place_of_a_file_is_found(mini: Path, path: str) -> None:
    """A symbolic link is not followed."""
    (mini / path).rename(mini / "elsewhere")
    (mini / path).symlink_to(mini / "elsewhere")

    message = "is a symbolic link; put the file itself here"
    assert checked(mini) == (1, [(path, 1, message)])


@pytest.mark.parametrize("path", [UNITS, TERMS, "data/labels.toml", "data/names.csv"])
def test_a_missing_file_is_found(mini: Path, path: str) -> None:
    """A file of data that is gone is one finding, however much depended on it."""
    (mini / path).unlink()

    message = "the file is missing; restore it from version control"
    assert checked(mini) == (1, [(path, 1, message)])


@pytest.mark.parametrize("path", [UNITS, TERMS])
def test_a_folder_in_place_of_a_file_is_found(mini: Path, path: str) -> None:
    """A folder where a file is expected is one finding."""
    (mini / path).unlink()
    (mini / path).mkdir()

    message = "is a folder where a file is expected; remove it"
    assert checked(mini) == (1, [(path, 1, message)])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_found(mini: Path) -> None:
    """A file without permission to read is one finding."""
    (mini / UNITS).chmod(0)

    message = "cannot be read (Permission denied); check its permissions"
    assert checked(mini) == (1, [(UNITS, 1, message)])


def test_a_huge_file_is_not_read(mini: Path) -> None:
    """A file larger than any table of ours is refused by its size."""
    with (mini / UNITS).open("r+b") as file:
        file.truncate(50_000_000)

    message = "has 50000000 bytes, more than 20000000; split it"
    assert checked(mini) == (1, [(UNITS, 1, message)])


CHANGES: list[tuple[Callable[[Path], object], tuple[str, int, str]]] = [
    (
        lambda root: (root / AREA).rename(root / "data/observations/crop-aera.csv"),
        ("data/indicators.toml", 3,
         "[crop-area] has no table, and data/observations/crop-aera.csv has no indicator; give both"
         " the same name"),
    ),
    (
        lambda root: (root / AREA).unlink(),
        ("data/indicators.toml", 3,
         "[crop-area] has no table; add data/observations/crop-area.csv"),
    ),
    (
        lambda root: (root / "data/observations/new.csv").write_text(f"{HEADER}\n"),
        ("data/observations/new.csv", 1,
         "belongs to no indicator. Describe [new] in data/indicators.toml, or remove the file"),
    ),
    (
        lambda root: (root / "data/observations/harvest-sold.csv").write_text(f"{HEADER}\n"),
        ("data/observations/harvest-sold.csv", 1,
         "has no observations; add rows, or remove it and [harvest-sold] in data/indicators.toml"),
    ),
    (
        lambda root: (root / "docs/es").rename(root / "docs/spanish"),
        ("docs/es", 1, "the folder of chapters is missing; restore it"),
    ),
    (
        lambda root: (root / "docs/es/index.md").unlink(),
        ("docs/en/index.md", 1,
         "has no counterpart; add docs/es/index.md, or remove this page"),
    ),
    (
        lambda root: (root / "data").rename(root / "Data"),
        ("data", 1,
         "the folder is missing; run this in the project's folder, or name it with --root"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "finding"), CHANGES)
def test_a_file_that_does_not_belong_is_one_finding(
    mini: Path, change: Callable[[Path], object], finding: tuple[str, int, str]
) -> None:
    """A file that is renamed, removed or added without its counterpart is named once."""
    change(mini)

    assert checked(mini) == (1, [finding])


REPLACED = [
    # path, good, bad, line, message
    ("data/areas.csv", "XA,country,001", "XA,country,XA-V", 3,
     "'XA' contains itself (XA in XA-V in XA-N in XA); mend one 'parent'"),
    ("data/areas.csv", "XB,country,001", "XB,country,XB", 6,
     "'XB' contains itself (XB in XB); mend one 'parent'"),
    ("data/derived.toml", 'area = "crop-area", limit = "legal-limit"',
     'area = "limit-use-change", limit = "legal-limit"', 42,
     "[limit-use] leads back to itself (limit-use -> limit-use-change -> limit-use); mend the"
     " inputs"),
    ("data/derived.toml", 'harvest = "harvest"', 'harvest = "yield"', 62,
     "[yield] leads back to itself (yield -> yield); mend the inputs"),
    ("data/derived.toml", "harvest / area", "harvest / (area - area)", 61, None),
    ("data/derived.toml", "harvest / area", "harvest / 0 + area", 61,
     "'yield' for XA in 2021: formula 'harvest / 0 + area', column 9: division by 0; check the"
     " divisor"),
    ("data/derived.toml", "harvest / area", "harvest", 62,
     "[yield] the input 'area' is not used; remove it"),
    ("data/derived.toml", "[yield]", "[harvest]", None, None),
    ("data/derived.toml", '["XA", "XA/*"]', '["XA/**"]', 11, None),
    ("data/labels.toml", '"{n} pages"', '"{m} pages"', None,
     "[pages-many] '{m} pages' must have the marks: {n}"),
    ("data/labels.toml", '"{n} pages"', '"{n pages"', None,
     "[pages-many] '{n pages' must have the marks: {n}"),
    ("data/labels.toml", '"Computed"', '"Computed {x}"', None,
     "[card-formula] 'Computed {x}' must have the marks: none"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "good", "bad", "line", "message"), REPLACED)
def test_records_that_do_not_fit_are_one_finding(
    project: Path, path: str, good: str, bad: str, line: int | None, message: str | None
) -> None:
    """Circles, divisions by zero, unused inputs and wrong marks are found where they stand."""
    text = text_of(path)
    assert good in text
    expected = line or text.count("\n", 0, text.index(good)) + 1

    code, found = after(project, path, text.replace(good, bad, 1))

    assert [finding[:2] for finding in found] == [(path, expected)], found
    assert code == 1
    assert message in (None, found[0][2])
