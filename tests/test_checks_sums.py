"""Slips that single rows do not show: rivals, sums, parts and wholes, decimals, dates, breaks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factbook.checks import areas, plausible, sums
from factbook.checks.doubts import Doubt, first_doubts
from factbook.dataset import Dataset
from factbook.errors import Finding, Place
from factbook.model import (
    Break,
    Event,
    Exemption,
    Observation,
    Rank,
    Status,
    Sum,
)
from factbook.periods import Period
from factbook.tables import read_tables
from tests.reeds import SUMS, WORD, area, indicator, row, source, tables

ROOT = Path(__file__).parents[1]


def added(*parts: str, **given: Any) -> Sum:
    """Return a sum of parts that make up the country's area."""
    known: dict[str, Any] = {
        "what": WORD,
        "total": "reed-area/XA",
        "producers": (),
        "tolerance": Decimal(50),
        "periods": (),
        "exceptions": (),
        "place": SUMS,
    }
    return Sum(id="xa-regions", parts=parts, **(known | given))


REGIONS = ("reed-area/XA-N", "reed-area/XA-S")


def said(found: Any) -> list[str]:
    """Return findings and doubts as a contributor reads them."""
    return [str(f.finding if isinstance(f, Doubt) else f) for f in found]


class TestRivals:
    """A rival twice as large as another, or of the other sign, is explained."""

    def test_a_slip_of_the_unit_is_found_with_the_likely_remedy(self) -> None:
        rows = (row("XA", "2023", "3000"), row("XA", "2023", "1300", "ministry-2024", line=3))
        assert said(plausible.rivals_are_near(Dataset(tables(*rows)))) == [
            "data/observations/reed-area.csv:3: 1300 is far from the 3000 of un-2024 (2.3 times);"
            " check the unit, and if both are meant, say why in the note of one or give one the"
            " status 'disputed'"
        ]

    def test_of_three_the_one_that_stands_alone_is_named(self) -> None:
        rows = (
            row("XA", "2023", "3", line=2),
            row("XA", "2023", "3000", "ministry-2024", line=3, rank=Rank.PREFERRED),
            row("XA", "2023", "3100", "daily-2024", line=4),
        )
        (found,) = said(plausible.rivals_are_near(Dataset(tables(*rows))))
        assert found.startswith("data/observations/reed-area.csv:2: 3 is far from the 3000 of")

    @pytest.mark.parametrize(
        ("value", "how"), [("-5", "not even of the same sign"), ("0", "one of them is zero")]
    )
    def test_another_sign_and_a_zero_are_far_from_any_number(self, value: str, how: str) -> None:
        rows = (row("XA", "2023", "5"), row("XA", "2023", value, "ministry-2024", line=3))
        (found,) = said(plausible.rivals_are_near(Dataset(tables(*rows))))
        assert f"({how})" in found

    @pytest.mark.parametrize(
        "second",
        [
            row("XA", "2023", "6000", "ministry-2024"),
            row("XA", "2023", "9000", "ministry-2024", note=WORD),
            row("XA", "2023", "9000", "ministry-2024", status=Status.DISPUTED),
            row("XA", "2023", "9000", "ministry-2024", rank=Rank.DEPRECATED, note=WORD),
            row("XA", "2023", "", "ministry-2024", low="5500", high="9000"),
            row("XA", "2022", "9000", "ministry-2024"),
        ],
        ids=["twice", "noted", "disputed", "deprecated", "nearer end", "another year"],
    )
    def test_what_is_near_or_explained_passes(self, second: Observation) -> None:
        assert not said(
            plausible.rivals_are_near(Dataset(tables(row("XA", "2023", "3000"), second)))
        )

    def test_rivals_without_a_preferred_one_are_another_rule_s_business(self) -> None:
        rows = (
            row("XA", "2023", "3000", "daily-2024"),
            row("XA", "2023", "9", "ministry-2024", line=3),
        )
        assert not said(plausible.rivals_are_near(Dataset(tables(*rows))))


class TestSums:
    """Parts and total agree within rounding, but for listed exceptions."""

    def test_parts_that_miss_the_total_are_named_with_their_numbers(self) -> None:
        rows = (
            row("XA", "2023", "3000"),
            row("XA-N", "2023", "1200"),
            row("XA-S", "2023", "1700"),
        )
        given = tables(*rows, sums=(added(*REGIONS),))
        assert said(sums.sums_add_up(Dataset(given))) == [
            "data/observations/reed-area.csv:2: XA in 2023 is 3000, but its parts sum to 2900"
            " (XA-N 1200 + XA-S 1700; 50 may be rounding); mend the number that is wrong, or list"
            " 2023 with the reason under 'exceptions' of [xa-regions] in data/sums.toml"
        ]

    def test_a_star_takes_every_area_that_has_a_value(self) -> None:
        rows = (
            row("XA-S", "2023", "3000"),
            row("XA-Z-1", "2023", "1000"),
            row("XA-Z-2", "2023", "1000"),
            row("XA-S", "2022", "1010"),
            row("XA-Z-1", "2022", "1000"),
        )
        record = added("reed-area/XA-Z-*", total="reed-area/XA-S")
        (found,) = said(sums.sums_add_up(Dataset(tables(*rows, sums=(record,)))))
        assert "XA-S in 2023 is 3000, but its parts sum to 2000" in found

    @pytest.mark.parametrize(
        ("parts", "end"),
        [(6, "XA-P-5 1; 50 may"), (7, "XA-P-5 1 and 1 more; 50 may"), (8, "1 and 2 more; 50 may")],
    )
    def test_a_long_list_of_parts_is_cut(self, parts: int, end: str) -> None:
        codes = [f"XA-P-{n}" for n in range(parts)]
        rows = [row(code, "2023", "1") for code in codes]
        given = tables(
            row("XA", "2023", "3000"),
            *rows,
            areas=(area("XA"), *(area(code, "XA") for code in codes)),
            sums=(added("reed-area/XA-P-*"),),
        )
        (found,) = said(sums.sums_add_up(Dataset(given)))
        assert end in found

    @pytest.mark.parametrize(
        ("record", "south"),
        [
            (added(*REGIONS), "1750"),
            (added(*REGIONS, tolerance=Decimal(100)), "1700"),
            (added(*REGIONS, exceptions=(Exemption(Period.parse("2023"), WORD),)), "1"),
            (added(*REGIONS, periods=(Period.parse("2022"),)), "1"),
            (added(*REGIONS, producers=("ministry",)), "1"),
        ],
        ids=["rounding", "tolerance", "excepted", "another period", "another producer"],
    )
    def test_what_rounding_or_the_list_explains_passes(self, record: Sum, south: str) -> None:
        rows = (
            row("XA", "2023", "3000"),
            row("XA-N", "2023", "1200"),
            row("XA-S", "2023", south),
        )
        assert not said(sums.sums_add_up(Dataset(tables(*rows, sums=(record,)))))

    def test_a_missing_part_leaves_nothing_to_compare(self) -> None:
        rows = (row("XA", "2023", "3000"), row("XA-N", "2023", "1200"))
        given = Dataset(tables(*rows, sums=(added(*REGIONS),)))
        assert not said(sums.sums_add_up(given))
        assert said(sums.exceptions_are_needed(given)) == [
            "data/sums.toml:3: [xa-regions] compares nothing: no period has the total and all"
            " parts; mend the names"
        ]

    def test_where_nothing_is_compared_no_exception_is_asked_for(self) -> None:
        record = added(*REGIONS, exceptions=(Exemption(Period.parse("2023"), WORD),))
        given = Dataset(tables(row("XA", "2023", "3000"), sums=(record,)))
        assert len(said(sums.exceptions_are_needed(given))) == 1

    def test_a_fault_of_the_parts_stands_at_their_key(self) -> None:
        other = indicator("reed-price", unit="percent")
        record = added("reed-price/XA-N", "reed-weight/XA-S", "reed-area/XB-*")
        given = tables(sums=(record,), indicators=(indicator(), other))
        given = replace(given, lines={SUMS: {"parts": 9}})
        assert said(sums.sums_can_be_made(given)) == [
            "data/sums.toml:9: [xa-regions] no area's code begins with 'XB-'; mend 'reed-area/XB-*'",
            "data/sums.toml:9: [xa-regions] adds up ha and percent; sum what has one unit",
        ]

    @pytest.mark.parametrize("period", ["2023", "1999"], ids=["sums well", "not compared"])
    def test_an_exception_that_excuses_nothing_is_stale(self, period: str) -> None:
        record = added(*REGIONS, exceptions=(Exemption(Period.parse(period), WORD),))
        rows = (
            row("XA", "2023", "3000"),
            row("XA-N", "2023", "1300"),
            row("XA-S", "2023", "1700"),
        )
        assert said(sums.exceptions_are_needed(Dataset(tables(*rows, sums=(record,))))) == [
            f"data/sums.toml:3: [xa-regions] the exception for {period} excuses nothing; remove it"
        ]

    def test_a_sum_is_of_one_unit_and_its_star_stands_for_something(self) -> None:
        other = indicator("reed-output", unit="t")
        mixed = added("reed-output/XA-N")
        empty = replace(added("reed-area/XA-Q-*"), id="xa-q")
        given = tables(indicators=(indicator(), other), sums=(mixed, empty))
        assert said(sums.sums_can_be_made(given)) == [
            "data/sums.toml:3: [xa-regions] adds up ha and t; sum what has one unit",
            "data/sums.toml:3: [xa-q] no area's code begins with 'XA-Q-'; mend 'reed-area/XA-Q-*'",
        ]


class TestWholes:
    """A part has no more than its whole."""

    def test_a_part_larger_than_its_whole_is_found(self) -> None:
        rows = (row("XA", "2023", "3000"), row("XA-Z-1", "2023", "30000", line=3))
        assert said(areas.parts_fit_in_wholes(Dataset(tables(*rows)))) == [
            "data/observations/reed-area.csv:3: XA-Z-1 has 30000, more than the 3000 of XA, which"
            " contains it (un-2024); mend one of them, or say in a note how that can be"
        ]

    def test_a_larger_rival_of_the_whole_a_note_or_a_share_lets_it_pass(self) -> None:
        part = row("XA-N", "2023", "3500")
        rival = row("XA", "2023", "4000", "ministry-2024")
        whole = row("XA", "2023", "3000")
        for rows in ((part, whole, rival), (replace(part, note=WORD), whole)):
            assert not said(areas.parts_fit_in_wholes(Dataset(tables(*rows))))
        share = tables(part, whole, indicators=(indicator(unit="percent"),))
        assert not said(areas.parts_fit_in_wholes(Dataset(share)))


class TestDecimals:
    """A value has no more decimals than its indicator prints."""

    def test_a_decimal_too_many_is_found(self) -> None:
        assert said(plausible.decimals_fit(tables(row("XA", "2023", "3.000")))) == [
            "data/observations/reed-area.csv:2: 3.000 has more decimals than 'reed-area' prints"
            " (0); check the decimal point, raise 'decimals' in data/indicators.toml, or say in"
            " the note that it is printed rounded"
        ]

    def test_people_are_whole(self) -> None:
        given = tables(indicators=(indicator(unit="people", decimals=1),))
        assert said(plausible.decimals_fit(given)) == [
            "data/indicators.toml:7: [reed-area] 'people' are whole; set decimals = 0"
        ]

    def test_a_note_lets_it_pass(self) -> None:
        given = tables(row("XA", "2022", "3000"), row("XA", "2023", "3000.5", note=WORD))
        assert not said(plausible.decimals_fit(given))


class TestPeriods:
    """Nothing is told before it happened; no clock is asked."""

    def test_a_period_after_the_newest_evidence_is_found(self) -> None:
        event = Event(
            "flood", Period.parse("2042-05-01"), "XA", (), WORD, WORD, (), Place("data/events.toml")
        )
        given = tables(row("XA", "2203", "3000", note=WORD), events=(event,))
        assert said(plausible.periods_are_past(given)) == [
            "data/observations/reed-area.csv:2: 2203 begins after the newest evidence"
            " (2024-11-30); mend the period",
            "data/events.toml:1: [flood] 2042-05-01 lies after the newest evidence (2024-11-30);"
            " mend the date",
        ]

    def test_a_period_after_its_source_is_found_unless_noted(self) -> None:
        late = row("XA", "2024-08", "3000", "ministry-2024")
        assert said(plausible.periods_are_past(tables(late))) == [
            "data/observations/reed-area.csv:2: 2024-08 begins after its source appeared"
            " (ministry-2024, 2024-06); mend the period, or say in the note that it is a goal or"
            " forecast"
        ]
        assert not said(plausible.periods_are_past(tables(replace(late, note=WORD))))

    def test_without_dates_of_reading_nothing_is_too_late(self) -> None:
        undated = (source("un-2024", "un", "2050", accessed=None),)
        given = tables(row("XA", "2049", "3000"), sources=undated)
        assert not said(plausible.periods_are_past(given))


class TestSourcesWhenRead:
    """Nothing is read before it is out; the last day of a month or year counts."""

    def test_a_source_published_after_it_was_read_is_found(self) -> None:
        late = source("un-2024", "un", "2024-12", accessed="2024-11-30")
        assert said(plausible.sources_are_out_when_read(tables(sources=(late,)))) == [
            "data/sources.toml:1: [un-2024] was published 2024-12, after it was read (2024-11-30);"
            " mend one of the dates"
        ]

    @pytest.mark.parametrize(
        ("issued", "accessed"),
        [
            ("2024-11-30", "2024-11"),
            ("2024-12-31", "2024"),
            ("2024~", "2024-01-02"),
            ("2050", None),
        ],
    )
    def test_a_source_that_may_have_been_out_is_not(self, issued: str, accessed: str) -> None:
        fine = source("un-2024", "un", issued, accessed=accessed)
        assert not said(plausible.sources_are_out_when_read(tables(sources=(fine,))))


class TestBreaks:
    """The list of breaks and the marks in the rows say the same."""

    def given(self, *rows: Observation, listed: str = "2022") -> Dataset:
        """Return a dataset whose series breaks in the year ``listed``."""
        breaks = (Break("XA", Period.parse(listed), None),) if listed else ()
        return Dataset(tables(*rows, indicators=(indicator(breaks=breaks),)))

    def test_a_break_that_no_row_marks_is_found_at_its_first_row(self) -> None:
        rows = (row("XA", "2021", "1"), row("XA", "2023", "2", line=3), row("XA", "2024", "3"))
        assert said(plausible.breaks_are_marked(self.given(*rows))) == [
            "data/observations/reed-area.csv:3: is the first value after the break of 2022 in"
            " data/indicators.toml; give it the status 'break'"
        ]

    def test_a_mark_without_a_break_is_found(self) -> None:
        rows = (row("XA", "2021", "1"), row("XA", "2022", "2", line=3, status=Status.BREAK))
        assert said(plausible.breaks_are_marked(self.given(*rows, listed=""))) == [
            "data/observations/reed-area.csv:3: has the status 'break', but [reed-area] lists no"
            " break for XA in 2022; add it to 'breaks' in data/indicators.toml, or take the status"
            " away"
        ]

    def test_a_break_behind_the_last_row_marks_nothing(self) -> None:
        assert said(plausible.breaks_are_marked(self.given(row("XA", "2021", "1")))) == [
            "data/indicators.toml:7: [reed-area] the break of 2022 in XA stands before no value;"
            " add the value or remove the break"
        ]

    def test_one_mark_among_rivals_after_the_break_is_enough(self) -> None:
        rows = (
            row("XA", "2021", "1"),
            row("XA", "2022", "9", "daily-2024", rank=Rank.DEPRECATED, note=WORD),
            row("XA", "2023", "2", status=Status.BREAK),
            row("XA", "2023", "2", "ministry-2024"),
        )
        assert not said(plausible.breaks_are_marked(self.given(*rows)))


def test_only_the_first_doubt_about_a_row_is_told() -> None:
    """Whatever was doubted in between, and whether that was told or not."""
    about = ("a b", "c", "b d", "d", "e")
    doubts = [
        Doubt(Finding(Place("x.csv", line), rows), frozenset(rows.split()))
        for line, rows in enumerate(about, start=1)
    ]

    assert said(first_doubts(doubts)) == ["x.csv:1: a b", "x.csv:2: c", "x.csv:5: e"]


def test_small_rivals_are_near_by_their_ratio() -> None:
    """0.6 and 0.9 are; 0.6 and 1.3 are not."""
    near = (row("XA", "2023", "0.6"), row("XA", "2023", "0.9", "ministry-2024"))
    far = (row("XA", "2023", "0.6"), row("XA", "2023", "1.3", "ministry-2024"))

    assert said(plausible.rivals_are_near(Dataset(tables(*near)))) == []
    assert len(said(plausible.rivals_are_near(Dataset(tables(*far))))) == 1


def test_how_far_ranges_are_apart_is_told_by_their_middles() -> None:
    """A range of 1 to 3 and one of 10 to 30 are ten times apart."""
    rows = (
        row("XA", "2023", "", low="1", high="3"),
        row("XA", "2023", "", "ministry-2024", low="10", high="30", line=3),
    )
    (found,) = said(plausible.rivals_are_near(Dataset(tables(*rows))))

    assert "10 to 30 is far from the 1 to 3 of un-2024 (10.0 times);" in found


def test_one_slip_gives_one_finding() -> None:
    """What is doubted for one reason is not doubted for the next."""

    def doubt(message: str, *about: str) -> Doubt:
        return Doubt(Finding(SUMS, message), frozenset(about))

    doubts = [doubt("one", "a", "b"), doubt("again", "b", "c"), doubt("other", "d")]
    assert [f.message for f in first_doubts(doubts)] == ["one", "other"]


def test_the_real_dataset_adds_up_in_many_places() -> None:
    """The list of sums is not empty talk: it compares dozens of totals with their parts."""
    dataset = Dataset(read_tables(ROOT))
    made = {name: list(sums.comparisons(dataset, s)) for name, s in dataset.sums.items()}
    assert all(made.values())
    assert sum(map(len, made.values())) > 50


@pytest.mark.parametrize("slip", [Decimal(10), Decimal("0.1")], ids=["ten times", "a tenth"])
def test_a_slip_in_any_part_of_a_real_sum_is_found(slip: Decimal) -> None:
    """Whatever part of a national total is mistyped tenfold, its sum complains."""
    read = read_tables(ROOT)
    dataset = Dataset(read)
    record = dataset.sums["bolivia-regions"]
    for made in sums.comparisons(dataset, record):
        part = made.parts[0].observation
        assert part is not None and part.value is not None
        wrong = replace(part, value=part.value * slip)
        rows = tuple(wrong if o is part else o for o in read.observations)
        broken = Dataset(replace(read, observations=rows))
        assert any(
            d.finding.place == made.total.observation.place for d in sums.sums_add_up(broken)
        )  # type: ignore[union-attr]
