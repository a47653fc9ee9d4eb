"""The records of the project: frozen, typed, bilingual, without behaviour that touches files.

Identifiers are lower case with hyphens (areas and periods follow ISO). Every record remembers the
:class:`~factbook.errors.Place` it was read from, so that a later finding can point there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from factbook.errors import Place
from factbook.periods import Period


class Language(StrEnum):
    """The languages of the editions; the value is the code of the edition's folder."""

    EN = "en"
    ES = "es"

    @property
    def tag(self) -> str:
        """The BCP 47 tag that pages carry: Latin American Spanish for the Spanish edition."""
        return {"en": "en", "es": "es-419"}[self.value]

    @property
    def other(self) -> Language:
        """The language of the other edition."""
        return Language.ES if self is Language.EN else Language.EN


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    en: str
    es: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language is Language.EN else self.es


class Qualifier(StrEnum):
    """How exactly a source states a number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Status(StrEnum):
    """The standing of an observation, after the SDMX code list of observation status."""

    NORMAL = "normal"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    BREAK = "break"
    DISPUTED = "disputed"


class Rank(StrEnum):
    """The rank of an observation among its rivals, after Wikibase's statement ranks."""

    NORMAL = ""
    PREFERRED = "preferred"
    DEPRECATED = "deprecated"


class Verdict(StrEnum):
    """What testing a published claim showed."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NOT_VERIFIABLE = "not-verifiable"


class SourceKind(StrEnum):
    """How a source knows: by its own text, as a report, an opinion, an analysis, a reference work."""

    PRIMARY = "primary"
    NEWS = "news"
    OPINION = "opinion"
    ANALYSIS = "analysis"
    REFERENCE = "reference"


class RemarkKind(StrEnum):
    """What is said beside a step of a diagram: who acts or checks, what leaves the way, one case."""

    CHECK = "check"
    LEAK = "leak"
    CASE = "case"


class AreaKind(StrEnum):
    """What kind of place an area is; zones of a survey are not departments."""

    WORLD = "world"
    GROUP = "group"
    COUNTRY = "country"
    DEPARTMENT = "department"
    REGION = "region"
    VALLEY = "valley"
    ZONE = "zone"
    PROTECTED_AREA = "protected-area"
    CITY = "city"
    PLACE = "place"


class UnitKind(StrEnum):
    """What arithmetic a unit allows: whether parts add up, and whether less than zero makes sense."""

    AMOUNT = "amount"
    COUNT = "count"
    BALANCE = "balance"
    CHANGE = "change"
    RATE = "rate"

    @property
    def additive(self) -> bool:
        """Whether a part has no more than its whole; shares, prices and changes have no parts."""
        return self in (UnitKind.AMOUNT, UnitKind.BALANCE, UnitKind.COUNT)

    @property
    def whole(self) -> bool:
        """Whether there is no half of it, as of people."""
        return self is UnitKind.COUNT

    @property
    def signed(self) -> bool:
        """Whether a number in it may be negative."""
        return self in (UnitKind.BALANCE, UnitKind.CHANGE)


class CodeList(StrEnum):
    """The lists of codes by which a site about another topic would sort its records."""

    GROUP = "group"
    THEME = "theme"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a list of codes: a group of producers, a theme of figures, a topic of events."""

    list: CodeList
    code: str
    name: Text
    place: Place


class Precision(StrEnum):
    """How well a point stands for its area: its very place, a town within it, or only near it."""

    EXACT = "exact"
    SEAT = "seat"
    APPROXIMATE = "approximate"


class OutlineKind(StrEnum):
    """What an outline runs around."""

    COUNTRY = "country"
    LAKE = "lake"


@dataclass(frozen=True, slots=True)
class Area:
    """A place figures are about; ``parent`` is the code of the area that contains it, or None."""

    code: str
    kind: AreaKind
    parent: str | None
    name: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure; ``pattern`` is how a number and the unit stand together, ``{n}`` the number."""

    code: str
    name: Text
    pattern: Text
    kind: UnitKind
    place: Place


@dataclass(frozen=True, slots=True)
class Producer:
    """Who stands behind a number, as opposed to who reported it."""

    code: str
    group: str
    name: Text
    short: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Break:
    """A break in an indicator's series: the values from ``period`` on may not be joined to earlier ones."""

    area: str
    period: Period
    note: Text | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    ``decimals`` is the most decimals ever printed; ``producers`` says whose value is preferred, best
    first; ``in_force`` marks what holds through the whole of its period, as a legal ceiling does;
    ``due_after`` is the months after the end of a period by which a next value is normally out.
    """

    id: str
    theme: str
    title: Text
    definition: Text
    note: Text | None
    unit: str
    decimals: int
    in_force: bool
    producers: tuple[str, ...]
    breaks: tuple[Break, ...]
    place: Place
    due_after: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A work that states something; the fields follow CSL, ``producer`` and ``kind`` are ours."""

    id: str
    type: str
    title: str
    language: str
    producer: str
    kind: SourceKind
    author: tuple[str, ...] = ()
    publisher: str | None = None
    container_title: str | None = None
    issued: Period | None = None
    accessed: str | None = None
    url: str | None = None
    archived: str | None = None
    note: Text | None = None
    place: Place = field(default_factory=lambda: Place("data/sources.toml"))


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source; the locator is language-neutral (``p. 4``, ``para. 2``, ``art. 26``)."""

    source: str
    locator: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One number as one source states it. Its key is (indicator, area, period, source)."""

    indicator: str
    area: str
    period: Period
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    status: Status
    rank: Rank
    citation: Citation
    note: Text | None
    place: Place

    @property
    def id(self) -> str:
        """``indicator/area/period/source``, the name by which pages and files call it."""
        return f"{self.indicator}/{self.area}/{self.period}/{self.citation.source}"

    @property
    def magnitude(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Value, low and high: two observations with the same magnitude do not disagree."""
        return (self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure we compute: ``formula`` over ``inputs``, each the name of an indicator or observation.

    ``areas`` are the codes for which it makes sense; ``BO/*`` stands for every area within BO.
    """

    id: str
    theme: str
    label: Text
    note: Text | None
    unit: str
    decimals: int
    formula: str
    inputs: Mapping[str, str]
    areas: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Exemption:
    """A period in which the parts of a sum do not make up the total, and why."""

    period: Period
    reason: Text


@dataclass(frozen=True, slots=True)
class Sum:
    """What sums to what: ``parts`` make up ``total``, each written ``indicator/area``.

    A part's area may end in ``*``: every area whose code begins so. Compared are figures of
    ``producers`` (all when empty) in ``periods`` (all when empty); ``tolerance`` is what rounding
    explains.
    """

    id: str
    what: Text
    total: str
    parts: tuple[str, ...]
    producers: tuple[str, ...]
    tolerance: Decimal
    periods: tuple[Period, ...]
    exceptions: tuple[Exemption, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Position:
    """Where an area is put on a map, in degrees; the note says how the point was found."""

    area: str
    lat: float
    lon: float
    precision: Precision
    citation: Citation
    note: Text | None
    place: Place


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a country or a lake: closed rings of (longitude, latitude) in degrees.

    It is cut to the window of the maps, so a neighbour may be a part of its country only.
    """

    code: str
    kind: OutlineKind
    name: Text
    rings: tuple[tuple[tuple[float, float], ...], ...]
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, dated as exactly as known.

    ``road`` is a shorter title, by which the picture of the leaf's road through treaty and review
    calls it; None for an event that does not stand there.
    """

    id: str
    date: Period
    area: str
    topics: tuple[str, ...]
    title: Text
    text: Text
    citations: tuple[Citation, ...]
    place: Place
    road: Text | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A published claim that we tested against the dataset."""

    id: str
    said: Text
    citations: tuple[Citation, ...]
    verdict: Verdict
    reason: Text
    evidence: tuple[Citation, ...]
    observations: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary; ``area`` is the country whose word it is, or None."""

    id: str
    area: str | None
    term: Text
    definition: Text
    aliases: tuple[str, ...]
    citations: tuple[Citation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """A text of a diagram with what it rests on.

    ``{name}`` in the text stands for a figure of ``figures`` (name, figure as claims write it), and
    ``{date}`` for the date of ``event``.
    """

    text: Text
    figures: tuple[tuple[str, str], ...]
    event: str | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way that a diagram shows; ``reached`` is False where the case did not get to."""

    id: str
    title: Text
    says: Remark
    terms: tuple[str, ...]
    reached: bool
    remarks: tuple[tuple[RemarkKind, Remark], ...]

    @property
    def texts(self) -> tuple[Remark, ...]:
        """Everything said at the step."""
        return (self.says, *(remark for _, remark in self.remarks))


@dataclass(frozen=True, slots=True)
class Diagram:
    """How something goes, step by step; ``area`` is the country whose way it is, or None."""

    id: str
    area: str | None
    steps: tuple[Step, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that the guide avoids in one language, and the remedy; a star stands for any ending."""

    id: str
    language: Language
    words: tuple[str, ...]
    remedy: str
    place: Place
