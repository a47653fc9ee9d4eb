"""What reference managers read: RIS line by line, BibTeX that no title breaks, CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from factbook.citation_formats import FORMATS, MEDIA_TYPES, Work, bibtex, cited, csl_item, ris

WORK = Work(
    id="crop-area/AA/2022/survey",
    key="crop-area_AA_2022_survey",
    type="dataset",
    text="Crop area, Aaland, 2022: 10 ha. Survey. Quoted from Leaf & Law. https://example.org/#a",
    title="Crop area, Aaland, 2022: 10 ha",
    authors=({"family": "Núñez", "given": "Ana"}, {"literal": "Survey Office"}),
    issued={"date-parts": [[2023, 7, 4]]},
    stated="Survey of crops. P. 4.",
    site="Leaf & Law",
    version="1.2.3",
    version_text="version 1.2.3",
    language="en",
    url="https://example.org/data/area/#crop-area_AA_2022_survey",
)


def test_ris_begins_with_its_type_and_ends_with_the_end_of_record() -> None:
    """Each line is a tag, two blanks, a hyphen and a blank; TY comes first, ER last."""
    assert ris(WORK).splitlines() == [
        "TY  - DATA",
        "AU  - Núñez, Ana",
        "AU  - Survey Office",
        "TI  - Crop area, Aaland, 2022: 10 ha",
        "PY  - 2023",
        "DA  - 2023/07/04/",
        "T2  - Leaf & Law",
        "ET  - 1.2.3",
        "N1  - Survey of crops. P. 4.",
        "LA  - en",
        "UR  - https://example.org/data/area/#crop-area_AA_2022_survey",
        "ID  - crop-area_AA_2022_survey",
        "ER  - ",
    ]


def test_a_line_break_in_a_title_starts_no_field_of_ris() -> None:
    """A title cannot end the record or write a field of its own."""
    record = ris(replace(WORK, title="Leaf\nER  - \nTY  - BOOK"))
    assert record.count("\nER  - ") == 1
    assert "TI  - Leaf ER - TY - BOOK" in record


@pytest.mark.parametrize(
    ("issued", "year", "date"),
    [
        ({"date-parts": [[2023]]}, "PY  - 2023", "DA  - 2023///"),
        ({"date-parts": [[2023, 7]]}, "PY  - 2023", "DA  - 2023/07//"),
        ({"date-parts": [[2010], [2014]]}, "PY  - 2010", "DA  - 2010///"),
    ],
)
def test_ris_leaves_what_is_unknown_of_a_date_open(
    issued: dict[str, object], year: str, date: str
) -> None:
    """RIS writes a date as year/month/day/other with all its slashes."""
    lines = ris(replace(WORK, issued=issued)).splitlines()
    assert year in lines and date in lines


@pytest.mark.parametrize("issued", [None, {"raw": "198X"}])
def test_a_work_without_a_year_has_none_in_any_format(issued: dict[str, object] | None) -> None:
    """No year is made up."""
    work = replace(WORK, issued=issued)
    assert not re.search(r"^(PY|DA) ", ris(work), re.MULTILINE)
    assert "year" not in bibtex(work)
    assert csl_item(work).get("issued") == issued


def test_nothing_in_a_title_breaks_bibtex() -> None:
    """Characters that TeX reads are escaped, braces included."""
    entry = bibtex(replace(WORK, title="50% of {leaf} & \\law_#1~^$"))
    assert (
        "title = {{50\\% of \\{leaf\\} \\& \\textbackslash{}law\\_\\#1\\textasciitilde{}"
        "\\textasciicircum{}\\$}}" in entry
    )


def test_a_file_holds_an_entry_for_each_work_in_every_format() -> None:
    """Two works make two entries, and each file ends with one line break."""
    works = [WORK, replace(WORK, id="other", key="other")]
    assert set(FORMATS) == set(MEDIA_TYPES)
    assert [item["id"] for item in json.loads(cited(works, "json"))] == [WORK.id, "other"]
    assert cited(works, "ris").count("TY  - ") == 2
    assert cited(works, "bib").count("@misc{") == 2
    assert len(cited(works, "txt").splitlines()) == 2
    assert all(cited(works, form).endswith("\n") for form in FORMATS)
