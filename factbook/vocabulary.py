"""What an author may write in a chapter: the functions behind ``{{ … }}``.

One :class:`Vocabulary` serves one rendering of one page: it remembers what the page has used, so
that the reference list is computed and data pages can tell where a figure appears. Nothing here
knows the site engine; :mod:`macros` hands these functions to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from factbook import formatting, locators
from factbook.charts.drawing import Drawing
from factbook.dataset import Dataset
from factbook.errors import LookupFailure, Misspoken, did_you_mean
from factbook.figure import Figure
from factbook.markup import (
    catalogue,
    citing,
    data_pages,
    explore,
    figures,
    html,
    pictures,
    records,
    timelines,
)
from factbook.markup.addresses import Addresses, data_page
from factbook.model import Citation, Indicator, Language, Rank
from factbook.periods import Period
from factbook.release import Release


class Use(StrEnum):
    """The kinds of things a page can use."""

    FIGURE = "figure"
    SOURCE = "source"
    EVENT = "event"
    CLAIM = "claim"
    TERM = "term"
    CHART = "chart"


@dataclass(slots=True)
class Usage:
    """What one page uses, each thing once, in the order of its first use."""

    seen: dict[tuple[Use, str], None] = field(default_factory=dict)
    locators: dict[str, list[str]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def add(self, kind: Use, name: str) -> None:
        """Remember that the page uses ``name``."""
        self.seen.setdefault((kind, name))

    def cite(self, citation: Citation) -> int:
        """Remember a citation and return the number of its source on the page, from 1."""
        self.add(Use.SOURCE, citation.source)
        if citation.locator:
            self.locators.setdefault(citation.source, []).append(citation.locator)
        return self.of(Use.SOURCE).index(citation.source) + 1

    def of(self, kind: Use) -> list[str]:
        """The names of one kind, in the order of their first use."""
        return [name for seen, name in self.seen if seen is kind]


@dataclass(frozen=True, slots=True)
class Edition:
    """What all pages of one language share: the data, the charts, where each figure is used.

    ``entries`` are the bibliography entries by source id. A *draft* has none, and leaves out the
    cards of figures and the long lists of the data pages: enough for the rules and for finding out
    what pages use.
    ``titles`` are those of all pages by path; ``charted`` are the pages that show each chart.
    """

    dataset: Dataset
    language: Language
    charts: Mapping[str, Drawing | None] = field(default_factory=dict)
    uses: data_pages.Uses = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)
    directories: bool = True
    draft: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    charted: data_pages.Uses = field(default_factory=dict)
    release: Release = field(default_factory=Release)


class Vocabulary:
    """The functions of one page; :meth:`functions` names them for Jinja."""

    def __init__(self, edition: Edition, path: str) -> None:
        self.edition = edition
        self.path = path
        self.usage = Usage()
        self._cards = 0
        root = "" if edition.language is Language.EN else "../"
        addresses = Addresses(path, edition.directories, root)
        self._page = figures.Page(
            edition.dataset, edition.language, addresses, edition.release.repository
        )

    @property
    def functions(self) -> dict[str, Callable[..., str]]:
        """The authors' vocabulary by name."""
        return {name: getattr(self, name) for name in NAMES}

    # Numbers

    def figure(
        self,
        indicator: str,
        area: str,
        period: str | int,
        *,
        source: str | None = None,
        unit: bool = True,
        qualifier: bool = True,
        words: bool = False,
        feminine: bool = False,
        decimals: int | None = None,
    ) -> str:
        """A number as its preferred source states it, e.g. ``figure("coca-area", "BO", 2022)``."""
        found = self._dataset.figure(indicator, area, period, source=source)
        style = figures.Style(unit, qualifier, words, feminine, decimals=decimals)
        return self._figure(found, style)

    def derived(
        self,
        name: str,
        area: str,
        period: str | int,
        *,
        unit: bool = True,
        qualifier: bool = True,
        words: bool = False,
        feminine: bool = False,
        plus: bool = False,
        absolute: bool = False,
        decimals: int | None = None,
    ) -> str:
        """A computed number, e.g. ``derived("cap-use", "BO", 2022)``; ``absolute`` drops a minus."""
        found = self._dataset.derived(name, area, period)
        style = figures.Style(unit, qualifier, words, feminine, plus, absolute, decimals)
        return self._figure(found, style)

    def _figure(self, figure: Figure, style: figures.Style) -> str:
        self._note(figure)
        if self.edition.draft:
            return figures.bare_figure_html(self._page, figure, style)
        self._cards += 1
        used_on = len(self.edition.uses.get(figure.id, ()))
        return figures.figure_html(
            self._page, figure, number=self._cards, used_on=used_on, style=style
        )

    def _note(self, figure: Figure) -> None:
        self.usage.add(Use.FIGURE, figure.id)
        self.usage.years |= _years(figure.period)
        for citation in figure.citations:
            self.usage.cite(citation)
        for _, entry in figure.inputs:
            self.usage.years |= _years(entry.period)

    def rivals(self, indicator: str, area: str, period: str | int) -> str:
        """All values of one figure side by side, each with who says it; deprecated ones left out.

        Where several sources report the same value of the same producer, one of them stands.
        """
        stated = self._dataset.figure(indicator, area, period).period
        shown: list[str] = []
        counted: set[tuple[str, object]] = set()
        rows = self._dataset.stated(indicator, area, stated)
        standing = [row for row in rows if row.rank is not Rank.DEPRECATED]
        for observation in standing:
            source = observation.citation.source
            found = self._dataset.figure(indicator, area, stated, source=source)
            who = figures.counted_by(self._page, observation, standing)
            if (who, observation.magnitude) in counted:
                continue
            counted.add((who, observation.magnitude))
            self._note(found)
            link = figures.figure_link(self._page, found)
            shown.append(f"{link} ({html.escape(who)})")
        return formatting.joined(shown, self._language)

    def table(
        self,
        indicator: str,
        areas: Iterable[str],
        *,
        producers: Iterable[str] = (),
        since: int | None = None,
    ) -> str:
        """A table of an indicator, one column an area; of named producers only, if any are."""
        known = self._dataset.indicator(indicator)
        makers = tuple(map(self._dataset.producer, _listed(producers, "producers")))
        columns: list[tuple[str, dict[Period, Figure]]] = []
        for code in _listed(areas, "areas"):
            name = self._dataset.area(code).name[self._language]
            series = self._dataset.series(indicator, code, producers=(p.code for p in makers))
            kept = {f.period: f for f in series if since is None or f.period.start.year >= since}
            for found in kept.values():
                self._note(found)
            columns.append((name, kept))
        unit = self._dataset.units[known.unit].name[self._language]
        return data_pages.table_html(self._page, f"{known.title[self._language]} ({unit})", columns)

    # Statements

    def cite(self, source: str, locator: str) -> str:
        """The mark of a citation, e.g. ``cite("unodc-bo-2022", "p. 12")``."""
        self._dataset.source(source)
        if not isinstance(locator, str) or not locator:
            raise Misspoken(f"cite('{source}') needs a place in the source; add e.g. \"p. 12\"")
        if fault := locators.fault_of(locator):
            raise Misspoken(fault)
        citation = Citation(source, locator)
        return records.cite_html(self._page, citation, self.usage.cite(citation))

    def when(self, event: str, opening: bool = False) -> str:
        """The date of an event, a link to the timeline; with a capital where it opens a sentence."""
        known = self._dataset.event(event)
        self.usage.add(Use.EVENT, event)
        self.usage.years |= _years(known.date)
        for citation in known.citations:
            self.usage.cite(citation)
        return records.when_html(self._page, known, opening)

    def claim(self, name: str) -> str:
        """The verdict on a tested claim, a link to it."""
        known = self._dataset.claim(name)
        self.usage.add(Use.CLAIM, name)
        return records.claim_link(self._page, known)

    def term(self, name: str, shown: str | None = None) -> str:
        """A term with its explanation at hand; ``shown`` is another form of the word."""
        known = self._dataset.term(name)
        self.usage.add(Use.TERM, name)
        self._cards += 1
        return records.term_html(self._page, known, self._cards, shown)

    def references(self) -> str:
        """The numbered list of everything the page has cited so far."""
        if self.edition.draft:
            return ""
        cited = self.usage.of(Use.SOURCE)
        entries = self.edition.entries
        return records.references_html(self._page, cited, self.usage.locators, entries)

    # Pictures and lists

    def chart(self, name: str) -> str:
        """A chart by its id."""
        charts = self.edition.charts
        if name not in charts:
            raise Misspoken(f"unknown chart '{name}'.{did_you_mean(str(name), charts)}")
        self.usage.add(Use.CHART, name)
        if self.edition.draft:
            return ""
        drawing = charts[name]
        if drawing is None:
            raise LookupFailure(
                f"the chart '{name}' is not drawn yet; run 'python -m factbook render'"
            )
        found = self._chart_figures(drawing)
        return pictures.chart_html(self._page, drawing, found, self.edition.release)

    def leading_chart(self) -> str:
        """What the first chart of the page shows, in words; nothing if the page has printed none."""
        drawn = [self.edition.charts.get(name) for name in self.usage.of(Use.CHART)]
        leading = next(iter(drawn), None)
        return f"{leading.title}. {leading.subtitle}" if leading else ""

    def _chart_figures(self, drawing: Drawing) -> dict[str, str]:
        """The addresses of what a chart plots. Its sources stand under it, not in the references."""
        addresses: dict[str, str] = {}
        for name in drawing.figures:
            found = self.resolve(name)
            self.usage.add(Use.FIGURE, found.id)
            addresses[name] = self._page.addresses.to_figure(found)
        for event in drawing.events:
            self.usage.add(Use.EVENT, event)
        return addresses

    def resolve(self, name: str) -> Figure:
        """The figure of an id (``indicator/area/period/source`` or ``derived/area/period``)."""
        head, area, *rest = name.split("/")
        if head in self._dataset.derivations:
            return self._dataset.derived(head, area, "/".join(rest))
        return self._dataset.figure(head, area, "/".join(rest[:-1]), source=rest[-1])

    def timeline(self, topic: str = "") -> str:
        """Events of a topic in the order of time; all of them when none is named."""
        events = list(self._dataset.events.values())
        topics = {name for event in events for name in event.topics}
        if topic and topic not in topics:
            raise LookupFailure(f"no event has the topic '{topic}'.{did_you_mean(topic, topics)}")
        chosen = [event for event in events if not topic or topic in event.topics]
        for event in chosen:
            self.usage.years |= _years(event.date)
        if self.edition.draft:
            return ""
        if self.path == records.TIMELINE:
            return timelines.timeline_page(self._page, chosen)
        return timelines.timeline_html(self._page, chosen)

    def claims(self) -> str:
        """All tested claims, each with its anchor."""
        shown: list[str] = []
        for claim in () if self.edition.draft else self._dataset.claims.values():
            links = [self._observed(name) for name in claim.observations]
            shown.append(records.claim_html(self._page, claim, "; ".join(links)))
        return html.joined(shown)

    def _observed(self, name: str) -> str:
        figure = self.named(name)
        said = html.escape(figures.what(self._page, figure))
        return f"{said}: {figures.figure_link(self._page, figure)}"

    def named(self, name: str) -> Figure:
        """The figure of a name with or without its source, as claims write it."""
        return self._dataset.named(name)

    def glossary(self) -> str:
        """All terms, each with its anchor."""
        terms = () if self.edition.draft else self._dataset.terms.values()
        return records.glossary_html(self._page, terms)

    def sources(self) -> str:
        """All sources, each with its anchor."""
        if self.edition.draft:
            return ""
        entries = self.edition.entries
        ordered = sorted(
            self._dataset.sources.values(),
            key=lambda source: formatting.sort_key(html.plain(entries[source.id])),
        )
        return records.sources_html(self._page, ordered, entries)

    def indicator(self, name: str) -> str:
        """An indicator whole: definition, method, all observations with their anchors."""
        known = self._dataset.indicator(name)
        if self.edition.draft:
            return ""
        return data_pages.indicator_html(self._page, known, self.edition.uses)

    def derivation(self, name: str) -> str:
        """A derived figure for every area and period it exists for."""
        known = self._dataset.derivation(name)
        if self.edition.draft:
            return ""
        found = self._every_figure_of(name)
        return data_pages.derived_html(self._page, known, found, self.edition.uses)

    def _every_figure_of(self, derivation: str) -> tuple[Figure, ...]:
        """What a derivation gives, and what chapters and charts ask of it within a period in force."""
        figures = {figure.id: figure for figure in self._dataset.derivable(derivation)}
        for name in self._asked_of.get(derivation, ()):
            if name not in figures:
                figures[name] = self.resolve(name)
        return tuple(sorted(figures.values(), key=lambda figure: (figure.area, figure.period)))

    @cached_property
    def _asked_of(self) -> Mapping[str, Collection[str]]:
        """The figures that chapters and charts ask of each indicator or derivation."""
        drawn = (drawing for drawing in self.edition.charts.values() if drawing is not None)
        asked: dict[str, dict[str, None]] = {}
        for name in (*self.edition.uses, *(name for each in drawn for name in each.figures)):
            asked.setdefault(name.partition("/")[0], {})[name] = None
        return asked

    def theme(self, name: str) -> str:
        """Everything of one theme: each indicator, then each derived figure, under headings.

        The longest series come first: they are what most readers come for.
        """
        indicators = [i for i in self._dataset.indicators.values() if i.theme == name]
        derivations = [d for d in self._dataset.derivations.values() if d.theme == name]
        if not indicators:
            themes = {i.theme for i in self._dataset.indicators.values()}
            raise LookupFailure(f"no indicator has the theme '{name}'.{did_you_mean(name, themes)}")
        rows = self._dataset.by_indicator
        indicators.sort(key=lambda i: (-len(rows.get(i.id, ())), i.id))
        parts = [self._how_to_cite(name, indicators[0])]
        for indicator in indicators:
            parts += [f"## {_heading(indicator.title[self._language], indicator.id)}"]
            parts += [self.indicator(indicator.id)]
        for derivation in sorted(derivations, key=lambda d: d.label[self._language]):
            parts += [f"## {_heading(derivation.label[self._language], derivation.id)}"]
            parts += [self.derivation(derivation.id)]
        return "\n\n".join(parts)

    def _how_to_cite(self, theme: str, example: Indicator) -> str:
        release, entries = self.edition.release, self.edition.entries
        return citing.cite_html(self._page, theme, example, release, entries) if entries else ""

    def repository(self, path: str = "") -> str:
        """The address of the project's repository, or of a ``path`` in it."""
        return f"{self.edition.release.repository}/{path}".rstrip("/")

    def explore(self) -> str:
        """The form by which readers choose a series, and the list of all, the best known first."""
        if self.edition.draft:
            return ""
        themes: dict[str, list[Indicator]] = {}
        for indicator in self._dataset.indicators.values():
            themes.setdefault(indicator.theme, []).append(indicator)
        parts = [explore.form_html(self._page)]
        rows = self._dataset.by_indicator
        sizes = {t: sum(len(rows.get(i.id, ())) for i in found) for t, found in themes.items()}
        for theme, indicators in sorted(themes.items(), key=lambda item: -sizes[item[0]]):
            title = self.edition.titles.get(data_page(theme), theme)
            ordered = sorted(indicators, key=lambda i: (-len(rows.get(i.id, ())), i.id))
            parts += [f"## {_heading(title, theme)}"]
            parts += [explore.series_html(self._page, title, ordered)]
        return "\n\n".join(parts)

    def charts(self, names: Iterable[str] = ()) -> str:
        """The named charts, or all that pages show, each a link to where it stands."""
        charts = self.edition.charts
        chosen = _listed(names, "names") or tuple(charts)
        for name in chosen:
            if name not in charts:
                raise Misspoken(f"unknown chart '{name}'.{did_you_mean(str(name), charts)}")
        if self.edition.draft:
            return ""
        listed = {name: charts[name] for name in chosen}
        return explore.charts_html(self._page, listed, self.edition.charted)

    def downloads(self) -> str:
        """The published files, each a link with what it holds."""
        return catalogue.downloads_html(self._page)

    def dataset_jsonld(self) -> str:
        """The dataset as search engines for data read it (schema.org); nothing that readers see."""
        return catalogue.dataset_jsonld(self._page, self.edition.release)

    @property
    def _dataset(self) -> Dataset:
        return self.edition.dataset

    @property
    def _language(self) -> Language:
        return self.edition.language


NAMES = (
    "figure",
    "derived",
    "rivals",
    "table",
    "cite",
    "when",
    "claim",
    "term",
    "references",
    "chart",
    "timeline",
    "claims",
    "glossary",
    "sources",
    "indicator",
    "derivation",
    "theme",
    "explore",
    "charts",
    "downloads",
    "dataset_jsonld",
    "repository",
)
"""The words of the vocabulary: what a chapter may call."""


def _heading(text: str, anchor: str) -> str:
    return f"{html.escape(text)} {{: #{anchor} }}"


def _years(period: Period) -> set[int]:
    return set(period.years())


def _listed(names: Iterable[str], what: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise Misspoken(f'{what} must be a list; write ["{names}"]')
    return tuple(names)
