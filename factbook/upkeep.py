"""What needs upkeep though nothing is wrong: series with no new value, sources that do not answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from factbook.dataset import Dataset
from factbook.model import AreaKind, Rank, Source
from factbook.periods import Period

PATIENCE = 30
"""Seconds an address is given to answer."""
AT_ONCE = 8
"""Addresses asked at the same time."""
AGENT = "Mozilla/5.0 (compatible; link check of a public dataset, once a week)"

Ask = Callable[[str], str]
"""Ask an address; return an empty text when it answers well, else what it said."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A series of a country whose next value should be out by now."""

    indicator: str
    area: str
    newest: Period
    months: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A source whose address did not answer well, and what it said."""

    source: Source
    said: str


def overdue(dataset: Dataset, today: date) -> Iterator[Overdue]:
    """Yield each series of a country whose newest period ended longer ago than is usual.

    Only indicators with ``due-after`` are looked at: its months are counted from the end of the newest
    period that has a value not deprecated.
    """
    for indicator in dataset.indicators.values():
        if indicator.due_after is None:
            continue
        newest: dict[str, Period] = {}
        for seen in dataset.observations:
            area = dataset.areas[seen.area]
            if seen.indicator != indicator.id or area.kind is not AreaKind.COUNTRY:
                continue
            if seen.rank is not Rank.DEPRECATED and seen.period.end is not None:
                newest[area.code] = max(newest.get(area.code, seen.period), seen.period, key=_end)
        for code, period in sorted(newest.items()):
            months = _months(_end(period), today)
            if months > indicator.due_after:
                yield Overdue(indicator.id, code, period, months)


def silent(
    sources: Iterable[Source],
    ask: Ask,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> list[Silent]:
    """Ask the address of each source, several at once; return those that did not answer well.

    The answers come in the order of the sources. ``progress`` is told how many of how many have
    answered, and the last one's id.
    """
    asked = [source for source in sources if source.url]
    found: list[Silent] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda source: ask(source.url or ""), asked)
        for done, (source, said) in enumerate(zip(asked, answers, strict=True), start=1):
            progress(done, len(asked), source.id)
            if said:
                found.append(Silent(source, said))
    return found


def asked(address: str) -> str:
    """Ask an address over the network once; return what is wrong with the answer, or nothing.

    An answer that forbids programs (401, 403, 429) says nothing about the page and counts as good.
    """
    try:
        request = Request(address, headers={"User-Agent": AGENT})
        with urlopen(request, timeout=PATIENCE) as response:
            response.read(1)
    except HTTPError as error:
        return "" if error.code in (401, 403, 429) else f"{error.code} {error.reason}".strip()
    except URLError as error:
        return f"no answer: {error.reason}"
    except (HTTPException, OSError, ValueError) as error:
        return f"no answer: {error}"
    return ""


def report(dataset: Dataset, late: Iterable[Overdue], gone: Iterable[Silent]) -> str:
    """Return what needs upkeep as Markdown, or an empty text when nothing does."""
    parts: list[str] = []
    rows = [
        f"| {dataset.indicators[item.indicator].title.en} (`{item.indicator}`)"
        f" | {dataset.areas[item.area].name.en} | {item.newest} | {item.months} |"
        for item in late
    ]
    if rows:
        head = ["## Series that wait for a new value", ""]
        head += ["| indicator | place | newest | months since |", "|---|---|---|---|"]
        parts.append("\n".join([*head, *rows]))
    rows = [
        f"| `{item.source.id}` ({item.source.place.path}:{item.source.place.line})"
        f" | {_cell(item.said)} | <{item.source.url}> | {_copy(item.source)} |"
        for item in gone
    ]
    if rows:
        head = ["## Sources whose address does not answer", ""]
        head += ["| source | answer | address | archived copy |", "|---|---|---|---|"]
        parts.append("\n".join([*head, *rows]))
    return "\n\n".join(parts)


def _copy(source: Source) -> str:
    return f"<{source.archived}>" if source.archived else "none"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _end(period: Period) -> date:
    assert period.end is not None, "open periods are left out before"
    return period.end


def _months(start: date, end: date) -> int:
    """Return the whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
