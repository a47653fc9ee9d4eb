"""What a period is: the subset of EDTF that the dataset accepts, and what it refuses."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook import periods
from factbook.errors import PeriodError
from factbook.periods import Period

FORMS = (
    "write a year (2022), a month (2022-06), a day (2022-06-30), a decade (196X), "
    "an interval (2018/2021) or an open one (2017/.. or ../1988); ~ means about, ? uncertain"
)

VALID = [
    "2022",
    "2022-06",
    "2022-06-30",
    "2018/2021",
    "2021-01/2021-10",
    "2020-02-18/2020-12-06",
    "2017/..",
    "../1988",
    "2004~",
    "2004-05~",
    "2004?",
    "1985~/1999",
    "2001/2003?",
    "196X",
    "2024-02-29",
]


def edtf_days() -> st.SearchStrategy[date]:
    """Return days of the calendar that leave room for a later end."""
    return st.dates(min_value=date(1, 1, 1), max_value=date(9000, 12, 31))


@st.composite
def edtf_texts(draw: st.DrawFn) -> str:
    """Return a text of the subset: a date, marked or not, a decade, or an interval."""
    day = draw(edtf_days())
    length = draw(st.sampled_from([4, 7, 10]))
    text = day.isoformat()[:length]
    later = (day + timedelta(days=draw(st.integers(800, 300_000)))).isoformat()[:length]
    mark, end_mark = draw(st.sampled_from(["", "~", "?"])), draw(st.sampled_from(["", "~", "?"]))
    forms = [text + mark, f"{text}{mark}/{later}{end_mark}", f"{text}{mark}/..", f"../{text}{mark}"]
    if day.year > 9:
        forms.append(text[:3] + "X")
    return draw(st.sampled_from(forms))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-6",
        "2022/",
        "/2022",
        "..",
        "2022~~",
        "2022%",
        "2022X",
        "mid-2022",
        "\uff12\uff10\uff12\uff12",
    ],
)
def test_anything_else_is_refused_with_the_forms(text: str) -> None:
    """A text outside the subset is quoted, and the message lists every form that there is."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == f"'{text}' is not a period; {FORMS}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-13", "'2022-13' has the month 13; months go from 01 to 12"),
        ("2022-00", "'2022-00' has the month 00; months go from 01 to 12"),
        ("2022-02-30", "'2022-02-30' has the day 30; the days of 2022-02 go from 01 to 28"),
        ("2024-02-30", "'2024-02-30' has the day 30; the days of 2024-02 go from 01 to 29"),
        ("2022-06-00", "'2022-06-00' has the day 00; the days of 2022-06 go from 01 to 30"),
        ("2021/2022-13", "'2021/2022-13' has the month 13; months go from 01 to 12"),
        ("0000", "'0000' has the year 0, which is not in the calendar; check it"),
        ("000X", "'000X' has the year 0, which is not in the calendar; check it"),
        (" 2022", "' 2022' has a space in it; write '2022'"),
        ("2018 / 2021", "'2018 / 2021' has a space in it; write '2018/2021'"),
        ("2022\n", "'2022\n' has a space in it; write '2022'"),
        ("2021/2018", "'2021/2018' ends before it begins; write '2018/2021'"),
        ("2022/2022", "'2022/2022' begins and ends on the same date; write '2022'"),
        ("../..", "'../..' is open at both ends; write the one that is known, like 2017/.."),
        ("1/2/3", "'1/2/3' has more than one /; an interval has two ends, like 2018/2021"),
        ("196X/1979", "'196X/1979' has a decade in an interval; write years, like 1960/1979"),
    ],
)
def test_a_near_miss_is_refused_with_its_remedy(text: str, message: str) -> None:
    """A text that nearly is a period gets a message of its own."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["2021/2021-06", "2021-06/2021", "2021-06-30/2021-06"])
def test_one_end_may_not_lie_inside_the_other(text: str) -> None:
    """From 2021 to June 2021 is no interval: its beginning is known less exactly than its end."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == (
        f"'{text}' has one end inside the other; write both as exactly, like 2021-01/2021-10"
    )


@pytest.mark.parametrize("text", ["2022-06", "2004~", "2018/2021", "196X", "2017/.."])
def test_only_a_plain_year_can_be_shifted(text: str) -> None:
    """Nobody means something definite by the year before an interval or before about 2004."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text).shift(-1)
    assert str(caught.value) == (
        f"'{text}' cannot be moved by years; only a plain year like 2022 can"
    )


@pytest.mark.parametrize(("text", "years"), [("0001", -1), ("9999", 1)])
def test_a_year_is_not_shifted_out_of_the_calendar(text: str, years: int) -> None:
    """The calendar goes from the year 1 to the year 9999."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text).shift(years)
    assert str(caught.value) == (
        f"'{text}' moved by {years} years leaves the calendar; use fewer years"
    )


def test_a_period_cannot_be_made_unchecked() -> None:
    """The constructor checks as well: no invalid period can exist."""
    with pytest.raises(PeriodError):
        Period("2022-02-30")


def test_a_period_is_not_ordered_against_its_text() -> None:
    """A period is no string; comparing the two is a mistake."""
    with pytest.raises(TypeError):
        assert Period.parse("2022") < "2023"


@pytest.mark.parametrize("text", VALID)
def test_the_text_comes_back(text: str) -> None:
    """A period writes itself as it was read."""
    assert str(Period.parse(text)) == text


@given(edtf_texts())
def test_any_text_of_the_subset_comes_back(text: str) -> None:
    """Reading and writing are inverse over the whole subset, and the days are in order."""
    period = Period.parse(text)
    assert str(period) == text
    assert period.end is None or period.start <= period.end
    assert period.covers(period)


@given(st.lists(edtf_texts(), unique=True))
def test_different_periods_have_different_safe_anchors(texts: list[str]) -> None:
    """Anchors hold only letters, digits and hyphens, and never collide."""
    anchors = [Period.parse(text).anchor for text in texts]
    assert len(set(anchors)) == len(texts)
    assert all(anchor.replace("-", "").isalnum() for anchor in anchors)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-06-30", date(2022, 6, 30), date(2022, 6, 30)),
        ("196X", date(1960, 1, 1), date(1969, 12, 31)),
        ("2018/2021", date(2018, 1, 1), date(2021, 12, 31)),
        ("2021-01/2021-10", date(2021, 1, 1), date(2021, 10, 31)),
        ("2017/..", date(2017, 1, 1), None),
        ("../1988", date.min, date(1988, 12, 31)),
        ("2004~", date(2004, 1, 1), date(2004, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, start: date, end: date | None) -> None:
    """Each form reaches from the first day of its first end to the last day of its last."""
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022", 2022),
        ("2022-06-30", 2022),
        ("2004~", 2004),
        ("196X", None),
        ("2018/2021", None),
        ("2021-01/2021-10", None),
        ("2017/..", None),
        ("../1988", None),
    ],
)
def test_only_a_single_date_has_a_year(text: str, year: int | None) -> None:
    """An interval has no year of its own, not even one that lies within a year."""
    assert Period.parse(text).year == year


@pytest.mark.parametrize(
    ("text", "is_interval", "about", "uncertain"),
    [
        ("2022", False, False, False),
        ("2004~", False, True, False),
        ("2004?", False, False, True),
        ("1985~/1999?", True, True, True),
        ("2017/..", True, False, False),
    ],
)
def test_a_period_says_what_it_is(
    text: str, is_interval: bool, about: bool, uncertain: bool
) -> None:
    """Marks may stand on each end of an interval and hold for the whole of it."""
    period = Period.parse(text)
    assert (period.is_interval, period.about, period.uncertain) == (is_interval, about, uncertain)


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        ("2018/2021", "2017", False),
        ("2018/2021", "2021-12/2022-01", False),
        ("2018/2021", "2020/..", False),
        ("2022-06", "2022", False),
        ("../1988", "1989", False),
        ("2017/..", "2016-12-31", False),
        ("2018/2021", "2018-06-30", True),
        ("2017/..", "2022", True),
        ("2017/..", "2018/..", True),
        ("../1988", "../1987", True),
        ("196X", "1961", True),
        ("2022~", "2022", True),
    ],
)
def test_a_period_covers_what_lies_within_it(outer: str, inner: str, covered: bool) -> None:
    """Covering goes by days; marks do not matter, and an open end reaches for ever."""
    assert Period.parse(outer).covers(Period.parse(inner)) is covered


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022-06", [2022]),
        ("2018/2021", [2018, 2019, 2020, 2021]),
        ("196X", list(range(1960, 1970))),
        ("2017/..", [2017]),
        ("../1988", [1988]),
    ],
)
def test_a_period_touches_years(text: str, years: list[int]) -> None:
    """An open end adds no year: nobody knows how far it reaches."""
    assert list(Period.parse(text).years()) == years


def test_periods_sort_by_start_then_end_with_the_open_end_last() -> None:
    """The order is that of a table: early before late, short before long, plain before marked."""
    texts = ["../1988", "196X", "2017-01", "2017", "2017~", "2017/2018", "2017/..", "2018"]
    assert [str(period) for period in sorted(Period(text) for text in reversed(texts))] == texts


def test_equal_texts_make_equal_periods() -> None:
    """Equality and hash go by the text, so ``2022`` and ``2022~`` are two keys."""
    assert Period("2022") == Period.parse("2022")
    assert len({Period("2022"), Period.parse("2022"), Period("2022~")}) == 2


def test_parsing_is_remembered() -> None:
    """The same text gives the same object: a dataset holds few periods many times."""
    assert periods.parse("2018/2021") is Period.parse("2018/2021")


def test_a_period_can_be_sent_to_another_process() -> None:
    """Charts are rendered by other processes, to which periods travel pickled."""
    period = Period.parse("2017/..")
    assert pickle.loads(pickle.dumps(period)) == period


def test_a_year_is_shifted_both_ways() -> None:
    """The year before and the year after are years."""
    assert Period.parse("2022").shift(-1) == Period.parse("2021")
    assert Period.parse("0999").shift(1) == Period.parse("1000")
