"""Where codes are used, and which list is to blame for one that it lacks: on records made for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest

from factbook.checks.references import (
    Reference,
    codes_are_known,
    ids_are_unique,
    inputs_can_be_read,
    labels_are_complete,
    lists_are_used,
    nothing_contains_itself,
    references,
    renamed_codes,
    sources_are_used,
)
from factbook.errors import Place
from factbook.markup.labels import LABELS
from factbook.model import (
    Break,
    Citation,
    Claim,
    Code,
    CodeList,
    Derivation,
    Diagram,
    Event,
    Outline,
    OutlineKind,
    Position,
    Precision,
    Remark,
    RemarkKind,
    Step,
    Sum,
    Term,
    Text,
    Verdict,
)
from factbook.periods import Period
from factbook.tables import Tables
from tests.reeds import WORD, area, indicator, row, source, tables

KEYS = [
    "theme", "unit", "producers", "breaks", "producer", "areas", "inputs.a", "inputs.b", "total",
    "parts", "area", "topics", "citations", "evidence", "observations", "steps.cut.terms",
    "steps.cut.figures", "steps.cut.event", "steps.cut.citations", "steps.cut.leak.figures",
    "inputs",
]  # fmt: skip


def at(name: str) -> Place:
    """Return the place of the only record of a file."""
    return Place(f"data/{name}.toml", 1)


def said(found: Any) -> list[str]:
    """Return findings as a contributor reads them."""
    return [str(finding) for finding in found]


def derivation(name: str, areas: Sequence[str] = ("XA",), **inputs: str) -> Derivation:
    """Return a computed figure."""
    return Derivation(name, "area", WORD, None, "ha", 0, "a", inputs, tuple(areas), at("derived"))


def cited(name: str) -> tuple[Citation, ...]:
    """Return a citation of a source."""
    return (Citation(name, "p. 1"),)


def one_of_each() -> Tables:
    """Return tables in which each use of a code is of a code that is found nowhere else."""
    remark = Remark(WORD, (("n", "fig-1/AR-12/2023/src-7"),), "ev-1", cited("src-8"))
    leak = Remark(WORD, (("n", "fig-2/AR-13/2017/.."),), None, ())
    step = Step("cut", WORD, remark, ("term-1",), True, ((RemarkKind.LEAK, leak),))
    records: dict[str, Any] = {
        "areas": (area("AR-1"), area("AR-2", "AR-3")),
        "indicators": (
            indicator(
                theme="th-1",
                unit="un-1",
                producers=("pr-1", "pr-2"),
                breaks=(Break("AR-4", Period("2020"), None),),
                place=at("indicators"),
            ),
        ),
        "producers": (),
        "sources": (replace(source("s", "pr-3", "2024"), place=at("sources")),),
        "derivations": (
            replace(
                derivation("d", ("AR-5", "AR-6/*"), a="fig-3:pr-4", b="fig-4/AR-7/2023/src-3"),
                theme="th-2",
                unit="un-2",
            ),
            derivation("e", (), c="/"),
        ),
        "sums": (
            Sum("s", WORD, "fig-5/AR-8", ("fig-6/AR-*", "fig-7/AR-9"), ("pr-5",),
                0, (), (), at("sums")),
        ),
        "positions": (Position("AR-10", 0, 0, Precision.EXACT, cited("src-2")[0], None,
                               Place("data/places.csv", 3)),),
        "outlines": (Outline("x", OutlineKind.LAKE, WORD, (), "src-9", Place("outlines", 4)),),
        "events": (
            Event("e", Period("2020"), "AR-14", ("to-1",), WORD, WORD, cited("src-4"), at("events")),
        ),
        "claims": (
            Claim("c", WORD, cited("src-5"), Verdict.CONTRADICTED, WORD, cited("src-6"),
                  ("fig-8", "fig-9/AR-15/2023/2024"), at("claims")),
        ),
        "terms": (
            Term("t", "AR-16", WORD, WORD, (), cited("src-10"), at("terms")),
            Term("u", None, WORD, WORD, (), (), at("terms")),
        ),
        "diagrams": (
            Diagram("d", "AR-17", (step,), at("diagrams")),
            Diagram("e", None, (), at("diagrams")),
        ),
    }  # fmt: skip
    records["producers"] = (replace(tables().producers[0], group="gr-1", place=Place("pr.csv", 2)),)
    lines = {key: number for number, key in enumerate(KEYS, start=10)}
    read = tables(row("AR-11", "2023", "1", "src-1", indicator="fig-10"), **records)
    names = ["indicators", "sources", "derived", "sums", "events", "claims", "terms", "diagrams"]
    return replace(read, lines={at(name): lines for name in names})


USES = """
area AR-11 observations/fig-10.csv:2
source src-1 observations/fig-10.csv:2
area AR-10 places.csv:3
source src-2 places.csv:3
source src-9 outlines:4
area AR-3 areas.csv:1
theme th-1 indicators.toml theme
unit un-1 indicators.toml unit
producer pr-1 indicators.toml producers
producer pr-2 indicators.toml producers
area AR-4 indicators.toml breaks
group gr-1 pr.csv:2
producer pr-3 sources.toml producer
theme th-2 derived.toml theme
unit un-2 derived.toml unit
area AR-5 derived.toml areas
area AR-6 derived.toml areas
indicator fig-3 derived.toml inputs.a
producer pr-4 derived.toml inputs.a
indicator fig-4 derived.toml inputs.b
area AR-7 derived.toml inputs.b
source src-3 derived.toml inputs.b
theme area derived.toml theme
unit ha derived.toml unit
producer pr-5 sums.toml producers
indicator fig-5 sums.toml total
area AR-8 sums.toml total
indicator fig-6 sums.toml parts
indicator fig-7 sums.toml parts
area AR-9 sums.toml parts
area AR-14 events.toml area
topic to-1 events.toml topics
source src-4 events.toml citations
source src-5 claims.toml citations
source src-6 claims.toml evidence
indicator fig-8 claims.toml observations
indicator fig-9 claims.toml observations
area AR-15 claims.toml observations
area AR-16 terms.toml area
source src-10 terms.toml citations
area AR-17 diagrams.toml area
term term-1 diagrams.toml steps.cut.terms
indicator fig-1 diagrams.toml steps.cut.figures
area AR-12 diagrams.toml steps.cut.figures
source src-7 diagrams.toml steps.cut.figures
event ev-1 diagrams.toml steps.cut.event
source src-8 diagrams.toml steps.cut.citations
indicator fig-2 diagrams.toml steps.cut.leak.figures
area AR-13 diagrams.toml steps.cut.leak.figures
"""


def test_every_use_of_a_code_is_known_with_its_place() -> None:
    """Each table, each key; what cannot be read and what a star stands for are left out."""
    found = []
    for use in references(one_of_each()):
        where = str(use.place).removeprefix("data/")
        path, _, line = where.rpartition(":")
        place = f"{path} {KEYS[int(line) - 10]}" if int(line) >= 10 else where
        found.append(f"{use.kind} {use.code} {place}")

    assert found == USES.strip().split("\n")


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("area", "areas.csv"), ("unit", "units.csv"), ("producer", "producers.csv"),
        ("source", "sources.toml"), ("indicator", "indicators.toml"), ("theme", "codes.csv"),
        ("topic", "codes.csv"), ("group", "codes.csv"), ("event", "events.toml"),
        ("term", "terms.toml"),
    ],
)  # fmt: skip
def test_an_unknown_code_is_found_where_it_is_used(kind: str, file: str) -> None:
    """The remedy names the file of its list."""
    found = [
        text for text in said(codes_are_known(one_of_each(), {})) if f"unknown {kind} " in text
    ]

    uses = [line for line in USES.split("\n") if line.startswith(f"{kind} ")]
    uses = [line for line in uses if line not in ("unit ha derived.toml unit",)]
    assert len(found) == len(uses)
    for text, use in zip(found, uses, strict=True):
        code = use.split()[1]
        assert f"unknown {kind} '{code}'." in text
        assert text.endswith(f" Add it to data/{file}") or "Did you mean" in text


def test_a_code_near_to_an_unknown_one_is_offered() -> None:
    """Then nothing has to be added."""
    read = tables(row("XA-M", "2023", "1"), codes=(Code(CodeList.THEME, "area", WORD, at("c")),))

    assert said(codes_are_known(read, {}))[0] == (
        "data/observations/reed-area.csv:2: unknown area 'XA-M'."
        " Did you mean 'XA-S' or 'XA-N' or 'XA'?"
    )


# Lists at fault


def blamed(
    code: str,
    known: Sequence[str],
    pages: Sequence[str] = ("docs/en/b.md", "docs/en/a.md"),
    *,
    kind: str = "topic",
    used: Collection[str] = (),
    named: Collection[str] = (),
) -> list[str]:
    """Return what is found where pages use ``code``, which the list ``known`` lacks."""
    if kind == "term":
        words = tuple(
            Term(name, None, WORD, WORD, (), (), Place("data/terms.toml", line))
            for line, name in enumerate(known, start=2)
        )
        read = tables(terms=words)
    else:
        codes = tuple(
            Code(CodeList(kind), name, WORD, Place("data/codes.csv", line))
            for line, name in enumerate(known, start=2)
        )
        read = tables(codes=codes)
    asked = [Reference(kind, code, Place(page, 7)) for page in pages]
    asked += [Reference(kind, name, Place("docs/en/z.md", 9)) for name in used]
    found = renamed_codes(read, asked, named)
    return [str(fault) for (of, _), fault in found.items() if of == kind]


def renamed(kind: str, line: int, name: str, code: str) -> list[str]:
    """Return the finding that says so."""
    file = "terms.toml" if kind == "term" else "codes.csv"
    return [
        f"data/{file}:{line}: nothing uses the {kind} '{name}', but '{code}', which is in no list,"
        " is used (first in docs/en/a.md:7); if it was renamed by mistake, name it so again"
    ]


A = ("docs/en/a.md",)


@pytest.mark.parametrize(
    ("code", "known", "name"),
    [
        ("c", ["b", "zz", "d"], "zz"),
        ("a", ["zz", "b"], "zz"),
        ("c", ["b", "a"], "a"),
        ("cc", ["b", "zz", "bb", "d"], None),
        ("c", ["b", "cq", "d"], None),
        ("c", ["zz", "d", "e"], "zz"),
        ("c", ["b", "q", "q2"], None),
        ("c", ["d", "zz", "e"], None),
    ],
)
def test_a_list_out_of_order_is_to_blame_for_a_single_use(
    code: str, known: list[str], name: str | None
) -> None:
    """The code would stand just where another stands out of order."""
    at = known.index(name) + 2 if name else 0
    expected = renamed("topic", at, name, code) if name else []

    assert blamed(code, known, A) == expected


@pytest.mark.parametrize(
    ("code", "known", "name"),
    [
        ("c", ["cq", "d"], "cq"),
        ("market", ["law", "marked", "politics"], "marked"),
        ("market", ["amarket", "law", "politics"], "amarket"),
        ("market", ["aa", "ab", "marketing", "zz"], "ab"),
        ("market", ["aa", "zz", "zzz"], "aa"),
        ("zz", ["aa", "bb"], "bb"),
    ],
)
def test_a_list_in_order_is_to_blame_for_several_uses(
    code: str, known: list[str], name: str
) -> None:
    """An unused code stands in its place, or is much like it and like no other."""
    assert blamed(code, known) == renamed("topic", known.index(name) + 2, name, code)
    assert blamed(code, known, A) == []
    assert blamed(code, known, used=known) == []
    assert blamed(code, known, named=known) == []


def test_a_known_code_is_no_ones_fault() -> None:
    """Whatever is unused beside it."""
    assert blamed("law", ["law", "lawn"]) == []


@pytest.mark.parametrize(
    ("code", "known", "pages", "name"),
    [
        ("c", ["cxyz", "d"], ("docs/en/b.md", "docs/en/a.md"), None),
        ("korm", ["corm", "fallow"], ("docs/en/b.md", "docs/en/a.md"), "corm"),
        ("korm", ["corm", "fallow"], ("docs/en/a.md", "docs/es/a.md"), None),
        ("korm", ["corm", "fallow", "worm"], ("docs/en/b.md", "docs/en/a.md"), "corm"),
        ("c", ["b", "zz", "d"], A, "zz"),
    ],
)
def test_a_term_is_to_blame_only_where_several_pages_mean_it(
    code: str, known: list[str], pages: tuple[str, ...], name: str | None
) -> None:
    """The glossary prints terms that nothing uses; both languages of a page are one page."""
    expected = renamed("term", known.index(name) + 2, name, code) if name else []

    assert blamed(code, known, pages, kind="term") == expected


def test_a_renamed_derived_figure_is_found_in_its_list() -> None:
    """Formulas name indicators and derived figures alike; each has its list."""
    figures = (
        replace(derivation("share", a="reed-area"), place=Place("data/derived.toml", 4)),
        derivation("one", a="shared"),
        derivation("two", a="shared"),
    )
    found = renamed_codes(tables(derivations=figures))

    assert {key: str(finding) for key, finding in found.items() if key[0] == "indicator"} == {
        ("indicator", "shared"): "data/derived.toml:4: nothing uses the indicator 'share', but"
        " 'shared', which is in no list, is used (first in data/derived.toml:1); if it was renamed"
        " by mistake, name it so again"
    }


# What nothing uses


def test_a_source_that_nothing_cites_is_found() -> None:
    """Neither a row, nor a chapter."""
    place = Place("data/sources.toml", 40)
    known = tuple(replace(source(n, "un", "2024"), place=place) for n in ("un-2024", "b", "c"))
    read = tables(row("XA", "2023", "1"), sources=known)

    assert said(sources_are_used(read, ["b", "un"])) == [
        "data/sources.toml:40: the source 'c' is used nowhere; cite it or remove it"
    ]
    assert said(sources_are_used(read))[0].endswith(
        "the source 'b' is used nowhere; cite it or remove it"
    )


def test_a_use_of_one_kind_is_none_of_another() -> None:
    """A unit called like an area is not used by what lies there."""
    codes = tuple(
        Code(kind, f"{kind.value}-x", WORD, Place("data/codes.csv", line))
        for line, kind in enumerate(CodeList, start=2)
    )
    read = tables(row("XA", "2023", "1"), codes=codes)

    assert said(lists_are_used(read)) == [
        "data/units.csv:1: nothing uses the unit 'people'; use it or remove it",
        "data/units.csv:1: nothing uses the unit 'percent'; use it or remove it",
        *(
            f"data/codes.csv:{line}: nothing uses the {kind.value} '{kind.value}-x';"
            " use it or remove it"
            for line, kind in enumerate(CodeList, start=2)
        ),
    ]


# Derivations and areas


def test_an_input_that_cannot_be_read_is_found_at_its_key() -> None:
    """The good ones beside it are not reported."""
    bad = derivation("d", a="reed-area", b="reed-area@x")
    read = replace(tables(derivations=(bad,)), lines={at("derived"): {"inputs.b": 9}})

    assert said(inputs_can_be_read(read)) == [
        "data/derived.toml:9: [d] input 'reed-area@x': 'x' is no number of years; write"
        " 'indicator', 'indicator@-1', 'indicator:producer' or 'indicator/area/period'"
    ]


def test_a_derived_figure_called_like_an_indicator_is_found() -> None:
    """Chapters could not tell them apart."""
    both = (derivation("reed-area", a="reed-area"), derivation("other", a="reed-area"))

    assert said(ids_are_unique(tables(derivations=both))) == [
        "data/derived.toml:1: 'reed-area' is also an indicator; give the derived figure another id"
    ]


def test_each_circle_is_found_once() -> None:
    """By the shortest way round; what stands on one that is told is not told again."""
    areas = (area("A", "B"), area("B", "C"), area("C", "A"), area("D", "D"), area("E", "A"),
             area("F"))  # fmt: skip
    figures = (
        derivation("egg", a="reed-area", b="hen"),
        derivation("hen", a="farm", b="egg"),
        derivation("farm", a="egg"),
    )
    read = replace(tables(areas=areas, derivations=figures), lines={at("derived"): {"inputs": 6}})

    assert said(nothing_contains_itself(read)) == [
        "data/areas.csv:1: 'A' contains itself (A in B in C in A); mend one 'parent'",
        "data/areas.csv:1: 'D' contains itself (D in D); mend one 'parent'",
        "data/derived.toml:6: [egg] leads back to itself (egg -> hen -> egg); mend the inputs",
        "data/derived.toml:6: [farm] leads back to itself (farm -> egg -> hen -> farm); mend the"
        " inputs",
    ]


# Labels


def labelled(changed: dict[str, str | None]) -> Tables:
    """Return tables with every label, but for those that are changed, added or taken out (None)."""
    texts = {name: " ".join(f"{{{mark}}}" for mark in sorted(LABELS[name])) for name in LABELS}
    texts |= {name: text for name, text in changed.items() if text is not None}
    kept = {n: t for n, t in texts.items() if n not in changed or changed[n] is not None}
    places = {name: Place("data/labels.toml", line) for line, name in enumerate(kept, start=1)}
    return Tables(
        labels=tuple((name, Text(text, text)) for name, text in kept.items()),
        label_places=places,
        lines={place: {"en": place.line + 1, "es": place.line + 2} for place in places.values()},
    )


PLAIN = next(name for name, marks in LABELS.items() if not marks)
MARKED = next(name for name, marks in LABELS.items() if len(marks) > 1)


def test_labels_that_are_complete_are_let_pass() -> None:
    """Each has its marks in both languages."""
    assert said(labels_are_complete(labelled({}))) == []


def test_a_missing_label_is_found() -> None:
    """One finding for each, in the file."""
    assert said(labels_are_complete(labelled({PLAIN: None, MARKED: None}))) == [
        f"data/labels.toml:1: the label '{name}' is missing; add [{name}] with en and es"
        for name in LABELS
        if name in (PLAIN, MARKED)
    ]


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ({"zzz": "x"}, " Remove it"),
        ({"zzz": "x", PLAIN: None}, f" '{PLAIN}' is missing."),
        ({f"{PLAIN}x": "x", PLAIN: None}, f" Did you mean '{PLAIN}'?"),
    ],
)
def test_a_label_that_no_page_prints_is_found(changed: dict[str, str | None], hint: str) -> None:
    """Beside a missing one it is most often that one, mistyped: one finding."""
    read = labelled(changed)
    name = next(name for name in changed if name not in LABELS)

    assert said(labels_are_complete(read)) == [
        f"{read.label_places[name]}: no page prints the label '{name}'.{hint}"
    ]


def test_a_label_has_its_marks_in_each_language() -> None:
    """The finding stands at the language and lists them."""
    read = labelled({MARKED: "x", PLAIN: "{n}"})
    marked, plain = (read.label_places[name].line for name in (MARKED, PLAIN))
    expected = ", ".join(f"{{{mark}}}" for mark in sorted(LABELS[MARKED]))

    assert sorted(said(labels_are_complete(read))) == sorted(
        [f"data/labels.toml:{marked + n}: [{MARKED}] 'x' must have the marks: {expected}"
         for n in (1, 2)]
        + [f"data/labels.toml:{plain + n}: [{PLAIN}] '{{n}}' must have the marks: none"
           for n in (1, 2)]
    )  # fmt: skip
