"""What a drawing depends on, and the key that says so.

A chart module declares ``ID`` and ``INDICATORS`` (and ``RECORDS`` if it reads events, terms, claims,
derivations, positions or outlines) as literals, so that they are read here without importing it. One
that reads diagrams is given the diagram of its own id with all that this names. A chart is given
:func:`visible` records only, and its key covers exactly these, so nothing it draws can change
unnoticed.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from factbook.dataset import Dataset
from factbook.errors import ChartError, Finding, LookupFailure, Place
from factbook.model import Area, Derivation, Diagram, Event, Language, Remark
from factbook.tables import Tables

FOLDER = Path(__file__).parent
LIBRARIES = ("altair", "vl-convert-python")
PIXEL_LIBRARIES = ("vl-convert-python", "pillow", "uharfbuzz")
RECORD_KINDS = ("derivations", "events", "claims", "terms", "positions", "outlines", "diagrams")

_DECLARED = re.compile(
    r"""^(ID|INDICATORS|RECORDS)(?:\s*:[^=\n]+)?\s*=\s*("[^"]*"|\([^)]*\))""", re.MULTILINE
)
# The domain modules that a chart's words and numbers come from; the machinery beside the charts
# is found by listing its folder.
_DOMAIN = (
    "dataset.py",
    "formatting.py",
    "formulas.py",
    "geography.py",
    "intervals.py",
    "locators.py",
    "model.py",
    "periods.py",
    "release.py",
)
_IDENTITY = FOLDER.parent.parent / "data" / "site.toml"


@dataclass(frozen=True, slots=True)
class Module:
    """A chart module as its text declares itself."""

    id: str
    path: Path
    indicators: tuple[str, ...]
    records: tuple[str, ...]
    digest: str


@cache
def _module(path: Path, stamp: tuple[int, int]) -> Module | None:
    del stamp  # part of the cache's key: an edited file is read again
    source = path.read_bytes()
    declared = dict(_DECLARED.findall(source.decode("utf-8")))
    if "ID" not in declared:
        return None
    name = ast.literal_eval(declared["ID"])
    if name != path.stem.replace("_", "-"):
        expected = path.stem.replace("_", "-")
        message = f"chart '{expected}': its ID is '{name}'; it must follow the file's name"
        raise fault(path, message, line_of(path, "ID"))
    return Module(
        id=name,
        path=path,
        indicators=_names(path, declared, "INDICATORS"),
        records=_names(path, declared, "RECORDS"),
        digest=hashlib.sha256(source).hexdigest(),
    )


def _names(path: Path, declared: Mapping[str, str], name: str) -> tuple[str, ...]:
    chart = path.stem.replace("_", "-")
    if name not in declared:
        if name == "RECORDS":
            return ()
        message = f"chart '{chart}' has no {name}; declare a tuple of names in quotes"
        raise fault(path, message, line_of(path, name))
    try:
        value = ast.literal_eval(declared[name])
    except (SyntaxError, ValueError):
        value = None
    if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
        message = f"chart '{chart}': {name} must be a tuple of names in quotes"
        raise fault(path, message, line_of(path, name))
    if name == "RECORDS" and (unknown := sorted(set(value) - set(RECORD_KINDS))):
        known = ", ".join(RECORD_KINDS)
        message = f"chart '{chart}': RECORDS names '{unknown[0]}'; known are {known}"
        raise fault(path, message, line_of(path, name))
    return value


def fault(path: Path, message: str, line: int = 1) -> ChartError:
    """The error of a chart module: a finding at a line of it."""
    root = FOLDER.parent.parent
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return ChartError(str(Finding(Place(name, line), message)))


def line_of(path: Path, name: str) -> int:
    """The line in which a module says ``NAME = …``; the first where it does not."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    declared = re.search(rf"^{name}\b.*=", text, re.MULTILINE)
    return text.count("\n", 0, declared.start()) + 1 if declared else 1


def modules(folder: Path = FOLDER) -> Mapping[str, Module]:
    """The chart modules of a folder by id, in the order of their ids; those without ID are not."""
    found: list[Module] = []
    for path in sorted(folder.glob("*.py")):
        stat = path.stat()
        if (module := _module(path, (stat.st_mtime_ns, stat.st_size))) is not None:
            found.append(module)
    return {module.id: module for module in found}


def visible(dataset: Dataset, module: Module) -> Tables:
    """The records a chart may see: its indicators with all that their observations lead to."""
    shown = _diagram(dataset, module)
    behind = _behind(dataset, shown)
    wanted = set(module.indicators) | behind
    try:
        indicators = tuple(dataset.indicator(name) for name in sorted(wanted))
    except LookupFailure as error:
        message = f"chart '{module.id}' uses an {error}"
        raise fault(module.path, message, line_of(module.path, "INDICATORS")) from None
    observations = tuple(o for name in sorted(wanted) for o in dataset.by_indicator.get(name, ()))
    seen = set(module.records)
    said = [remark for diagram in shown for step in diagram.steps for remark in step.texts]
    dated = {remark.event for remark in said}
    events = tuple(e for e in dataset.events.values() if "events" in seen or e.id in dated)
    derivations = _derivations(dataset, behind, every="derivations" in seen)
    explained = {term for diagram in shown for step in diagram.steps for term in step.terms}
    positions = tuple(dataset.positions.values()) if "positions" in seen else ()
    outlines = tuple(dataset.outlines.values()) if "outlines" in seen else ()
    told: tuple[Event | Remark, ...] = (*events, *said)
    cited = [citation for part in told for citation in part.citations]
    cited += [stated.citation for stated in observations]
    cited += [position.citation for position in positions]
    sources = {citation.source for citation in cited} | {outline.source for outline in outlines}
    makers = {dataset.sources[name].producer for name in sources if name in dataset.sources}
    makers.update(name for indicator in indicators for name in indicator.producers)
    places = {o.area for o in observations} | {p.area for p in positions}
    places |= {event.area for event in events}
    places |= {diagram.area for diagram in shown if diagram.area is not None}
    areas = _with_parents(dataset.areas, places)
    units = {indicator.unit for indicator in indicators}
    units.update(derivation.unit for derivation in derivations)
    return Tables(
        areas=tuple(area for code, area in dataset.areas.items() if code in areas),
        units=tuple(unit for code, unit in dataset.units.items() if code in units),
        producers=tuple(p for code, p in dataset.producers.items() if code in makers),
        names=(),
        indicators=indicators,
        sources=tuple(source for name, source in dataset.sources.items() if name in sources),
        observations=observations,
        derivations=derivations,
        events=events,
        claims=tuple(dataset.claims.values()) if "claims" in seen else (),
        terms=tuple(t for t in dataset.terms.values() if "terms" in seen or t.id in explained),
        positions=positions,
        outlines=outlines,
        diagrams=shown,
    )


def _diagram(dataset: Dataset, module: Module) -> tuple[Diagram, ...]:
    """The diagram of a chart that draws one."""
    if "diagrams" not in module.records:
        return ()
    try:
        return (dataset.diagram(module.id),)
    except LookupFailure as error:
        message = f"chart '{module.id}': {error}"
        raise fault(module.path, message, line_of(module.path, "RECORDS")) from None


def _derivations(
    dataset: Dataset, behind: frozenset[str], *, every: bool
) -> tuple[Derivation, ...]:
    """Every derivation, or those that rest on the indicators ``behind`` a diagram."""
    return tuple(
        record
        for record in dataset.derivations.values()
        if every or (behind and dataset.indicators_behind(record.id) <= behind)
    )


def _behind(dataset: Dataset, diagrams: Iterable[Diagram]) -> frozenset[str]:
    """The indicators that the figures of diagrams rest on."""
    texts = (remark for diagram in diagrams for step in diagram.steps for remark in step.texts)
    heads = {name.partition("/")[0] for remark in texts for _, name in remark.figures}
    return frozenset().union(*map(dataset.indicators_behind, heads))


def _with_parents(areas: Mapping[str, Area], codes: Iterable[str]) -> set[str]:
    known: set[str] = set()
    pending = list(codes)
    while pending:
        code = pending.pop()
        if code in areas and code not in known:
            known.add(code)
            if (parent := areas[code].parent) is not None:
                pending.append(parent)
    return known


def shared(root: Path) -> str:
    """What all drawings depend on: a digest of machinery, fonts and libraries.

    It looks at every file beside the charts; who asks for many keys asks for this once.
    """
    versions = (importlib.metadata.version(name) for name in LIBRARIES)
    files = (_machinery(_stamps(_machinery_files())), _machinery(_stamps(fonts(root))))
    return "\n".join((*files, *versions))


def key_of(
    root: Path,
    module: Module,
    seen: Tables,
    language: Language,
    around: str | None = None,
    told: str | None = None,
) -> str:
    """The key of a drawing: a digest of everything it depends on.

    Who asks for many gives what is the same for several: ``around`` is :func:`shared`, ``told`` the
    digest that :func:`seen_by` gives with the records.
    """
    around = shared(root) if around is None else around
    told = _told(seen, {}) if told is None else told
    digest = hashlib.sha256()
    for part in (module.id, module.digest, around, language.value, told):
        digest.update(f"{part}\n".encode())
    return digest.hexdigest()


def seen_by(dataset: Dataset, module: Module) -> tuple[Tables, str]:
    """What :func:`visible` gives, with a digest of what it tells; made once for a dataset."""
    known = _SEEN.setdefault(dataset, _Seen())
    if module not in known.modules:
        seen = visible(dataset, module)
        known.modules[module] = (seen, _told(seen, known.spelled))
    return known.modules[module]


@dataclass(slots=True)
class _Seen:
    """What modules see of a dataset; and how its records are spelled, by their identity, since many
    charts show the same ones.
    """

    modules: dict[Module, tuple[Tables, str]] = field(default_factory=dict)
    spelled: dict[int, str] = field(default_factory=dict)


_SEEN: WeakKeyDictionary[Dataset, _Seen] = WeakKeyDictionary()


def _told(seen: Tables, spelled: dict[int, str]) -> str:
    digest = hashlib.sha256()
    for part in fields(Tables):
        for record in getattr(seen, part.name):
            if id(record) not in spelled:
                spelled[id(record)] = _spelled(record)
            digest.update(f"{part.name}:{spelled[id(record)]}\n".encode())
    return digest.hexdigest()


def picture_key(svg: str, scale: float, around: str) -> str:
    """The key of a picture in pixels: a digest of everything it depends on; ``around`` is
    :func:`shared_by_pictures`.
    """
    digest = hashlib.sha256()
    for part in (svg, f"{scale:g}", around):
        digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()


def shared_by_pictures(root: Path) -> str:
    """What all pictures in pixels depend on: a digest of what draws them, fonts and libraries."""
    machinery = (FOLDER / "outlines.py", FOLDER / "raster.py")
    versions = (importlib.metadata.version(name) for name in PIXEL_LIBRARIES)
    return "\n".join((_machinery(_stamps(machinery)), _machinery(_stamps(fonts(root))), *versions))


def fonts(root: Path) -> tuple[Path, ...]:
    """The font files that charts are laid out with."""
    return tuple(sorted((root / "fonts").glob("*.ttf")))


def _machinery_files() -> tuple[Path, ...]:
    charts = _chart_stems()
    own = [path for path in sorted(FOLDER.glob("*.py")) if path.stem not in charts]
    return (*own, *(FOLDER.parent / name for name in _DOMAIN), _IDENTITY)


def _chart_stems() -> set[str]:
    return {module.path.stem for module in modules().values()}


def _stamps(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    return tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in paths if p.exists())


@cache
def _machinery(stamps: tuple[tuple[str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _, _ in stamps:
        digest.update(Path(path).name.encode())
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()


@cache
def _reader(kind: Any) -> attrgetter[object]:
    """What a record says, without the line it stands on (a Text of ``names`` has none)."""
    return attrgetter(*(part.name for part in fields(kind) if part.name != "place"))


def _spelled(record: object) -> str:
    kind: Any = type(record)
    said = _reader(kind)(record)
    return repr(
        tuple(sorted(part.items()) if isinstance(part, Mapping) else part for part in said)
        if isinstance(said, tuple)
        else said
    )
