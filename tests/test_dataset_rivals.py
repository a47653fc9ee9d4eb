"""Which of several values is preferred, what a series holds, and what cannot be computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from factbook.dataset import Dataset, Uncomputable
from factbook.errors import LookupFailure, Place
from factbook.model import (
    Derivation,
    Exemption,
    Observation,
    Qualifier,
    Rank,
    SourceKind,
    Sum,
    Text,
)
from factbook.periods import Period
from tests.reeds import SUMS, WORD, indicator, row, source, tables

UN = "un-2024"
MINISTRY = "ministry-2024"


def reeds(*rows: Observation, **given: Any) -> Dataset:
    """Return a dataset of these rows."""
    return Dataset(tables(*rows, **given))


def refusal(ask: Callable[[], object]) -> str:
    """Return the message that a question ends with."""
    with pytest.raises(LookupFailure) as caught:
        ask()
    return str(caught.value)


def derivation(name: str, formula: str, **inputs: str) -> Derivation:
    """Return a computed figure for the whole country."""
    return Derivation(
        name, "area", WORD, None, "ha", 0, formula, inputs, ("XA",), Place("data/derived.toml")
    )


# Rivals


def test_of_rivals_that_nothing_decides_none_is_preferred() -> None:
    """Two values of one producer: the message lists both, a range by its ends."""
    dataset = reeds(
        row("XA", "2023", "30"),
        row("XA", "2023", "", "un-2025", low="31", high="33"),
        sources=(source(UN, "un", "2024"), source("un-2025", "un", "2025")),
    )

    assert refusal(lambda: dataset.figure("reed-area", "XA", 2023)) == (
        "reed-area/XA/2023 has rival values and none is preferred (un-2024: 30; un-2025: 31 to 33)."
        " Rank one 'preferred' in the table, or name a source"
    )


def test_two_rows_ranked_preferred_decide_nothing() -> None:
    """The order of producers is not asked once a rank is given."""
    dataset = reeds(
        row("XA", "2023", "30", rank=Rank.PREFERRED, note=WORD),
        row("XA", "2023", "40", MINISTRY, rank=Rank.PREFERRED, note=WORD),
        row("XA", "2023", "50", "daily-2024"),
    )

    assert refusal(lambda: dataset.figure("reed-area", "XA", 2023)) == (
        "reed-area/XA/2023 has rival values and none is preferred"
        " (un-2024: 30; ministry-2024: 40)."
        " Rank one 'preferred' in the table, or name a source"
    )


def test_where_all_are_deprecated_none_is_chosen() -> None:
    """They can be asked for by their source."""
    dataset = reeds(row("XA", "2023", "30", rank=Rank.DEPRECATED, note=WORD))

    assert refusal(lambda: dataset.figure("reed-area", "XA", 2023)) == (
        "all values of reed-area/XA/2023 are deprecated; name a source"
    )


def test_a_producer_that_the_indicator_does_not_name_goes_last() -> None:
    """Whoever is listed goes before whoever is not, and so before an unknown source."""
    rows = (row("XA", "2023", "30", "nobody-2024"), row("XA", "2023", "40", MINISTRY))
    figure = reeds(*rows).figure("reed-area", "XA", 2023)

    assert figure.value == Decimal(40)
    assert [rival.value for rival in figure.rivals] == [Decimal(30)]


def test_of_equal_values_the_own_text_goes_before_a_report() -> None:
    """Then the id decides; an unknown source goes last. Equal values are no rivals."""
    news = replace(source("a-news", "un", "2024"), kind=SourceKind.NEWS)
    known = (news, source("b-own", "un", "2024"), source("c-own", "un", "2024"))
    rows = [row("XA", "2023", "30", name) for name in ("a-news", "c-own", "b-own")]
    figure = reeds(*rows, sources=known).figure("reed-area", "XA", 2023)

    assert figure.id == "reed-area/XA/2023/b-own"
    assert figure.rivals == ()


def test_an_unknown_source_has_no_producer() -> None:
    """The check says that it is unknown."""
    stranger = row("XA", "2023", "30", "nobody-2024")

    assert reeds().producer_of(stranger) == ""
    assert reeds().producer_of(row("XA", "2023", "30", MINISTRY)) == "ministry"


def test_of_equal_values_one_of_an_unknown_source_goes_last() -> None:
    """Whatever its id."""
    both = (row("XA", "2023", "30", "a-nobody"), row("XA", "2023", "30", "z-nobody"))
    unnamed = indicator(producers=())
    known = (source("z-nobody", "un", "2024"),)
    figure = reeds(*both, indicators=(unnamed,), sources=known).figure("reed-area", "XA", 2023)

    assert figure.id == "reed-area/XA/2023/z-nobody"


# Series


def test_a_series_leaves_out_what_is_not_decided() -> None:
    """Periods in order of time; undecided and deprecated ones are no points of a line."""
    dataset = reeds(
        row("XA", "2024", "70"),
        row("XA", "2021", "10", rank=Rank.DEPRECATED, note=WORD),
        row("XA", "2022", "20"),
        row("XA", "2022", "21", "un-2025"),
        row("XA", "2023", "30"),
        row("XA", "2023", "60", MINISTRY),
        row("XA-N", "2020", "5"),
        sources=(
            source(UN, "un", "2024"),
            source("un-2025", "un", "2025"),
            source(MINISTRY, "ministry", "2024"),
        ),
    )

    assert [(str(f.period), f.value) for f in dataset.series("reed-area", "XA")] == [
        ("2023", Decimal(30)),
        ("2024", Decimal(70)),
    ]
    assert [f.value for f in dataset.series("reed-area", "XA", producers=["ministry"])] == [60]
    assert dataset.series("reed-area", "XB") == ()


def test_a_series_of_an_unknown_indicator_is_refused() -> None:
    """As any other question."""
    assert refusal(lambda: reeds().series("reeds", "XA")) == "unknown indicator 'reeds'."


# What is in force


def test_what_is_in_force_is_one_row_though_two_cover_the_year() -> None:
    """The first of the table that covers it, with its rivals of the same period."""
    law = indicator(in_force=True)
    rows = (
        row("XA", "2017/..", "20"),
        row("XA", "2017/..", "22", MINISTRY),
        row("XA", "2010/2022", "12"),
    )
    figure = reeds(*rows, indicators=(law,)).figure("reed-area", "XA", 2020)

    assert (figure.value, str(figure.period)) == (Decimal(20), "2017/..")
    assert [rival.value for rival in figure.rivals] == [Decimal(22)]


def test_what_is_not_in_force_does_not_hold_all_its_period() -> None:
    """A sum over four years says nothing of one of them."""
    dataset = reeds(row("XA", "2018/2021", "20"))

    assert refusal(lambda: dataset.figure("reed-area", "XA", 2020)) == (
        "there is no figure 'reed-area' for XA in 2020. Known periods for XA: 2018/2021"
    )


# Sums that do not hold


def exempted(**given: Any) -> Sum:
    """Return a sum with an exception for 2023."""
    known: dict[str, Any] = {"total": "reed-area/XA", "producers": ()}
    return Sum(
        id="regions",
        what=WORD,
        parts=("reed-area/XA-N",),
        tolerance=Decimal(0),
        periods=(),
        exceptions=(Exemption(Period("2023"), Text("lost", "perdido")),),
        place=SUMS,
        **(known | given),
    )


@pytest.mark.parametrize(
    ("of", "period", "by", "told"),
    [
        (exempted(), "2023", UN, True),
        (exempted(producers=("un",)), "2023", UN, True),
        (exempted(producers=("un",)), "2023", MINISTRY, False),
        (exempted(), "2022", UN, False),
        (exempted(total="reed-area/XA-S"), "2023", UN, False),
    ],
)
def test_a_total_that_its_parts_do_not_make_up_tells_why(
    of: Sum, period: str, by: str, told: bool
) -> None:
    """Only the total, its period and its producers."""
    reason = reeds(sums=(of,)).misfit(row("XA", period, "30", by))

    assert reason == (Text("lost", "perdido") if told else None)


# What is computed


def test_a_formula_that_fails_is_told_apart_from_a_missing_input() -> None:
    """Where the inputs exist and the formula has no result, the check wants to know."""
    share = derivation("share", "1 / (a - b)", a="reed-area", b="reed-area:ministry")
    rows = (
        row("XA", "2022", "30"),
        row("XA", "2023", "30"),
        row("XA", "2023", "30", MINISTRY),
        row("XA-N", "2023", "30"),
    )
    dataset = reeds(*rows, derivations=(share,))
    message = (
        "'share' for XA in 2023: formula '1 / (a - b)', column 3: division by 0; check the divisor"
    )

    assert dataset.derivable("share") == ()
    assert dataset.uncomputable("share") == (message,)
    with pytest.raises(Uncomputable) as caught:
        dataset.derived("share", "XA", 2023)
    assert str(caught.value) == message


def test_a_formula_that_leads_back_to_itself_is_refused() -> None:
    """The message shows the way round."""
    circle = (derivation("egg", "a", a="hen"), derivation("hen", "a", a="egg"))
    dataset = reeds(row("XA", "2023", "30"), derivations=circle)

    assert refusal(lambda: dataset.derived("egg", "XA", 2023)) == (
        "'egg' leads back to itself (egg -> hen -> egg)"
    )
    assert dataset.derivable("egg") == ()


def test_an_input_of_an_impossible_year_is_refused() -> None:
    """A shift needs a year to shift."""
    ago = derivation("ago", "a", a="reed-area@-3000")
    dataset = reeds(row("XA", "2023", "30"), derivations=(ago,))

    assert refusal(lambda: dataset.derived("ago", "XA", 2023)).startswith(
        "input 'reed-area@-3000': "
    )


def test_an_input_may_name_its_area_and_source() -> None:
    """A named observation stands for itself, whoever asks."""
    gap = derivation("gap", "a - b", a="reed-area", b=f"reed-area/XA-N/2022/{MINISTRY}")
    rows = (
        row("XA", "2023", "30"),
        row("XA-N", "2022", "9"),
        row("XA-N", "2022", "7", MINISTRY, qualifier=Qualifier.ABOUT),
    )
    figure = reeds(*rows, derivations=(gap,)).derived("gap", "XA", 2023)

    assert figure.value == Decimal(23)
    assert figure.qualifier is Qualifier.ABOUT
    assert [part.id for _, part in figure.inputs] == [
        "reed-area/XA/2023/un-2024",
        f"reed-area/XA-N/2022/{MINISTRY}",
    ]


def test_a_producer_with_two_values_has_its_preferred_one_in_a_formula() -> None:
    """The rank decides there too."""
    half = derivation("half", "a / 2", a="reed-area:ministry")
    rows = (
        row("XA", "2023", "99"),
        row("XA", "2023", "30", MINISTRY),
        row("XA", "2023", "40", "daily-2024", rank=Rank.PREFERRED, note=WORD),
    )

    assert reeds(*rows, derivations=(half,)).derived("half", "XA", 2023).value == Decimal(20)


def test_a_figure_since_a_base_year_is_not_computed_before_it() -> None:
    """All inputs of fixed periods: only the last of them; some: nothing before it."""
    since = derivation("since", "a - b", a="reed-area", b="reed-area/*/2022")
    fixed = derivation("fixed", "a - b", a="reed-area/*/2023", b="reed-area/*/2022")
    rows = [row("XA", str(year), str(year)) for year in (2021, 2022, 2023, 2024)]
    dataset = reeds(*rows, derivations=(since, fixed))

    assert [f.id for f in dataset.derivable("since")] == [
        f"since/XA/{year}" for year in (2022, 2023, 2024)
    ]
    assert [f.id for f in dataset.derivable("fixed")] == ["fixed/XA/2023"]
    assert refusal(lambda: dataset.derived("since", "XA", 2021)) == (
        "'since' starts from 2022; ask for a later period"
    )
    assert refusal(lambda: dataset.derived("fixed", "XA", 2024)) == (
        "'fixed' is computed for 2023 only; ask for that"
    )


def test_a_named_area_has_figures_of_others_rows() -> None:
    """Where every input names its area, any area may have the figure, in the years of the rows."""
    whole = replace(derivation("whole", "a", a="reed-area/XA/*"), areas=("XA-S", "XA-Q"))
    dataset = reeds(row("XA", "2022", "30"), row("XA", "2023", "31"), derivations=(whole,))

    assert [f.id for f in dataset.derivable("whole")] == ["whole/XA-S/2022", "whole/XA-S/2023"]


def test_a_named_year_has_a_figure_though_no_row_is_of_that_year() -> None:
    """What is in force holds then too."""
    then = derivation("then", "a", a="reed-area/*/2020")
    law = (indicator(in_force=True),)
    dataset = reeds(row("XA", "2017/..", "30"), derivations=(then,), indicators=law)

    assert [f.id for f in dataset.derivable("then")] == ["then/XA/2020"]


def test_the_same_figure_is_computed_once() -> None:
    """Pages, checks and downloads each ask for all of them."""
    twice = derivation("twice", "2 * a", a="reed-area")
    dataset = reeds(row("XA", "2023", "30"), derivations=(twice,))

    assert dataset.derived("twice", "XA", 2023) is dataset.derived("twice", "XA", "2023")
    assert dataset.derivable("twice") is dataset.derivable("twice")
