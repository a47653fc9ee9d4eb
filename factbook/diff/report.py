"""A comparison as Markdown, for a pull request or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from factbook.dataset import Dataset
from factbook.diff.figures import Change, Difference, Records, difference
from factbook.diff.pages import PageChange, Reworded, charts_of, page_changes, pages_with
from factbook.diff.revision import revision
from factbook.diff.side import Side, earlier_side, side_of
from factbook.figure import Figure
from factbook.markup.addresses import Addresses, data_page
from factbook.markup.figures import Page, figure_text, says_who, what
from factbook.model import Language, Observation

WORKING_TREE = "the working tree"
_WORDS = {Language.EN: "English", Language.ES: "Español"}
_FIELDS = ("qualifier", "status", "rank", "note")


def compare(root: Path, base: str, other: str | None = None) -> str:
    """Compare the revision ``base`` with ``other``, or with the files as they are, as Markdown.

    Raises :class:`FindingsError` for faults in the later data, and :class:`FactbookError` where the
    earlier state cannot be had or read.
    """
    with ExitStack() as states:
        earlier = states.enter_context(revision(root, base))
        if other is None:
            after = side_of(root, WORKING_TREE)
        else:
            after = side_of(states.enter_context(revision(root, other)), other)
        return report(earlier_side(earlier, base, after), after)


def report(before: Side, after: Side) -> str:
    """Everything that changes for readers from ``before`` to ``after``, as Markdown."""
    data = difference(before.dataset, after.dataset, (before.tables, after.tables))
    head = f"# Figures from `{before.name}` to {_named(after)}"
    if not (data.observations or data.preferred or data.derived or data.records):
        return f"{head}\n\nNo figure and no record changes.\n"
    pages = page_changes(before, after, data)
    parts = [head, _summary(data, pages)]
    parts += _numbers(data, before.dataset, after.dataset)
    parts += _preferred(data, before.dataset, after.dataset)
    parts += _computed(data, before.dataset, after.dataset)
    parts += _records(data.records)
    parts += _sentences(pages, after.dataset)
    parts += _charts(data, pages)
    parts += _data_pages(data)
    return "\n\n".join(parts) + "\n"


def _named(side: Side) -> str:
    return side.name if side.name == WORKING_TREE else f"`{side.name}`"


def _summary(data: Difference, pages: Sequence[PageChange]) -> str:
    rows = data.observations
    counts: list[tuple[int, str, str | tuple[str, str]]] = [
        (sum(c.before is not None and c.after is not None for c in rows), "row", "changed"),
        (sum(c.before is None for c in rows), "row", "added"),
        (sum(c.after is None for c in rows), "row", "removed"),
        (len(data.preferred), "figure", "printed from another row or in another way"),
        (len(data.derived), "computed figure", ("follows", "follow")),
        (
            sum(len(page.reworded) for page in pages),
            "sentence",
            ("reads otherwise", "read otherwise"),
        ),
        (len(charts_of(data)), "chart", "to look at"),
    ]
    listed = [_counted(*count) for count in counts if count[0]]
    return (", ".join(listed) or "No number changes, only other records") + "."


def _counted(number: int, what: str, does: str | tuple[str, str]) -> str:
    """``2 rows changed``; a verb that is another in the singular is given as both."""
    if isinstance(does, tuple):
        does = does[0] if number == 1 else does[1]
    return f"{number} {what}{'' if number == 1 else 's'} {does}"


def _numbers(data: Difference, before: Dataset, after: Dataset) -> Iterator[str]:
    groups = {
        "Numbers that change": [c for c in data.observations if c.before and c.after],
        "Rows that are added": [c for c in data.observations if c.before is None],
        "Rows that are removed": [c for c in data.observations if c.after is None],
    }
    for title, changes in groups.items():
        if changes:
            head = ("Figure", "Before", "After", "Source")
            rows = [_row(change, before, after) for change in changes]
            yield f"## {title}\n\n{_table(head, rows)}"


def _row(change: Change, before: Dataset, after: Dataset) -> tuple[str, ...]:
    dataset = after if change.after else before
    return (
        f"{what(_page(dataset), change.figure)}<br>`{change.id}`",
        _shown(before, change.before),
        "<br>".join((_shown(after, change.after), *_beside(change))),
        _who(dataset, change.figure),
    )


def _beside(change: Change) -> Iterator[str]:
    """What else of a row changes: its standing, its note, its place in the source."""
    old, new = (f.observation if f else None for f in (change.before, change.after))
    if old is None or new is None:
        return
    for name in _FIELDS:
        if getattr(old, name) != getattr(new, name):
            yield f"{name}: {_said(old, name)} → {_said(new, name)}"
    if old.citation.locator != new.citation.locator:
        yield f"locator: {old.citation.locator} → {new.citation.locator}"


def _said(observation: Observation, name: str) -> str:
    value = getattr(observation, name)
    return "(none)" if not value else value.en if name == "note" else str(value)


def _preferred(data: Difference, before: Dataset, after: Dataset) -> Iterator[str]:
    if not data.preferred:
        return
    rows = [
        (
            f"{what(_page(after), c.figure)}<br>`{c.id}`",
            f"{_shown(before, c.before)}, {_who(before, c.before)}",
            f"{_shown(after, c.after)}, {_who(after, c.after)}",
        )
        for c in data.preferred
    ]
    head = ("Figure", "Before", "After")
    yield f"## Figures that are printed from another row or in another way\n\n{_table(head, rows)}"


def _who(dataset: Dataset, figure: Figure | None) -> str:
    if figure is None or figure.observation is None:
        return "–"
    citation = figure.observation.citation
    return says_who(_page(dataset), citation.source, citation.locator)


def _computed(data: Difference, before: Dataset, after: Dataset) -> Iterator[str]:
    if not data.derived:
        return
    rows = [
        (
            f"{what(_page(after if c.after else before), c.figure)}<br>`{c.id}`",
            _shown(before, c.before),
            _shown(after, c.after),
        )
        for c in data.derived
    ]
    yield f"## Computed figures that follow\n\n{_table(('Figure', 'Before', 'After'), rows)}"


def _records(records: Iterable[Records]) -> Iterator[str]:
    lines = [
        f"- `{table.table}` {what_happened}: {', '.join(f'`{name}`' for name in names)}"
        for table in records
        for what_happened, names in (
            ("added", table.added),
            ("removed", table.removed),
            ("changed", table.changed),
        )
        if names
    ]
    if lines:
        yield "## Other records\n\n" + "\n".join(lines)


def _sentences(pages: Sequence[PageChange], dataset: Dataset) -> Iterator[str]:
    if not any(page.reworded or page.unchanged for page in pages):
        return
    yield "## Sentences"
    for page in pages:
        if not (page.reworded or page.unchanged):
            continue
        lines = [f"### {_WORDS[page.language]}: {page.title} (`{page.file}`)"]
        if page.reworded:
            lines.append("\n".join(_pair(pair) for pair in page.reworded))
        if page.unchanged:
            many = "sentence reads" if page.unchanged == 1 else "sentences read"
            lines.append(f"{page.unchanged} {many} as before, with one of these figures.")
        yield "\n\n".join(lines)


def _pair(pair: Reworded) -> str:
    """A sentence before and after, with its figures where it is but a cell of a table."""
    old, new = pair.before, pair.after
    short = all(s is None or s.short for s in (old, new))
    named = f"{', '.join(f'`{key}`' for key in sorted(pair.keys))}: " if short else ""
    if old is None:
        return f"- {named}**new** {_plain(new.text if new else '')}"
    if new is None:
        return f"- {named}**gone** {_plain(old.text)}"
    return f"- {named}{_plain(old.text)}\n  → {_plain(new.text)}"


def _charts(data: Difference, pages: Sequence[PageChange]) -> Iterator[str]:
    charts = charts_of(data)
    if charts:
        lines = [
            f"- `{name}`: {', '.join(files) if files else 'on no page'}"
            for name, files in pages_with(charts, pages).items()
        ]
        yield "## Charts that read these figures\n\n" + "\n".join(lines)


def _data_pages(data: Difference) -> Iterator[str]:
    themes = sorted({c.figure.theme for c in (*data.observations, *data.derived)})
    if themes:
        files = (f"`docs/{language}/{data_page(t)}`" for t in themes for language in Language)
        yield "## Data pages\n\n" + ", ".join(files)


def _page(dataset: Dataset) -> Page:
    return Page(dataset, Language.EN, Addresses("index.md"))


def _shown(dataset: Dataset, figure: Figure | None) -> str:
    return "–" if figure is None else figure_text(_page(dataset), figure)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(head), _line(["---"] * len(head))]
    return "\n".join([*lines, *map(_line, rows)])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{c}" if c in "\\`*_<>[]|#" else c for c in text)
