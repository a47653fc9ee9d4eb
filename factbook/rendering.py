"""The rendering of chapters by the vocabulary, outside the site engine.

The engine renders chapters on its own; this module renders them too, so that every mistake is
found with its line before the engine starts, and so that data pages know where a figure appears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from factbook.calls import Script, Written, argument_fault, signature_of
from factbook.chapters import Chapter
from factbook.charts.store import chart_ids
from factbook.dataset import Dataset, UnknownName
from factbook.errors import FactbookError, Finding, Misspoken
from factbook.memory import Memory
from factbook.model import Language
from factbook.vocabulary import Edition, Usage, Use, Vocabulary


def scan(
    chapters: tuple[Chapter, ...], edition: Edition
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Where each figure is used: figure id to (path, title) of the pages that print it.

    Data pages print every figure and are left out. Calls that fail are passed over: the check
    reports them.
    """
    return scan_for((Use.FIGURE,), chapters, edition)[Use.FIGURE]


def scan_for(
    kinds: Iterable[Use],
    chapters: tuple[Chapter, ...],
    edition: Edition,
    memory: Memory | None = None,
) -> Mapping[Use, Mapping[str, tuple[tuple[str, str], ...]]]:
    """Where names of several kinds are used, each as :func:`scan` tells it of figures."""
    memory = Memory() if memory is None else memory
    uses: dict[Use, dict[str, list[tuple[str, str]]]] = {kind: {} for kind in kinds}
    for chapter in chapters:
        if chapter.path.startswith("data/"):
            continue
        usage = drafted(chapter, edition, memory).usage
        for kind, names in uses.items():
            for name in usage.of(kind):
                names.setdefault(name, []).append((chapter.path, chapter.title))
    return {
        kind: {name: tuple(pages) for name, pages in names.items()} for kind, names in uses.items()
    }


def draft_of(dataset: Dataset, language: Language) -> Edition:
    """The draft that tells what chapters use and where they fail; it needs no drawing."""
    return Edition(dataset, language, dict.fromkeys(chart_ids()), draft=True)


def script_of(chapter: Chapter, memory: Memory) -> Script:
    """The text and the calls of a chapter, from the shelf if they stand there."""

    def read() -> Script:
        # Imported where it is used: a check that finds all on the shelf needs no reader of braces.
        from factbook import braces

        return braces.script(chapter.body)

    return memory.stood(f"script of {chapter.file}", (chapter.body,), read)


def drafted(chapter: Chapter, draft: Edition, memory: Memory) -> Rendering:
    """The rendering of a chapter by a draft, made once while both are the same."""
    name = f"rendering of {chapter.file}"
    script = script_of(chapter, memory)  # asked for each time, or its shelf would forget it
    make = partial(rendering, chapter, draft, script)
    return memory.kept(name, (chapter, draft), make, text=chapter.text)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the vocabulary in a chapter: the line of the body and what it used.

    ``fault`` is its finding, and ``unknown`` the (kind, name) that it asked for in vain, if any;
    ``misread`` says that its arguments cannot be read, whatever the data hold. ``names`` are the
    texts it was given; ``shown`` is what of these readers see, and ``printed`` what it put into the
    page.
    """

    line: int
    usage: Usage
    fault: Finding | None = None
    unknown: tuple[str, str] | None = None
    misread: bool = False
    names: frozenset[str] = frozenset()
    shown: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A chapter rendered by our own strict environment; not ``readable`` if braces are at fault."""

    markdown: str
    usage: Usage
    calls: tuple[Call, ...]
    findings: tuple[Finding, ...]
    readable: bool = True


def rendering(chapter: Chapter, edition: Edition, script: Script | None = None) -> Rendering:
    """Render a chapter; every bad call is a finding at its line, and the rest goes on.

    ``script`` is what the chapter says, if that has been read already.
    """
    script = script or script_of(chapter, Memory())
    vocabulary = Vocabulary(edition, chapter.path)
    found = [Finding(chapter.place(line), fault) for line, fault in script.faults]
    parts: list[str] = []
    calls: list[Call] = []
    for part in script.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            printed, call = _called(chapter, vocabulary, part)
            parts.append(printed)
            calls.append(call)
    found += [call.fault for call in calls if call.fault is not None]
    body = "".join(parts)
    return Rendering(body, vocabulary.usage, tuple(calls), tuple(found), script.readable)


def _called(chapter: Chapter, vocabulary: Vocabulary, written: Written) -> tuple[str, Call]:
    """Carry out a call; a failure is its finding."""
    name, arguments, options = written.name, written.arguments, dict(written.options)
    signature = signature_of(name)
    before, own = vocabulary.usage, Usage()
    vocabulary.usage = own
    fault, unknown, printed, shown = "", None, "", ""
    names = frozenset(_texts((*arguments, *options.values())))
    misread = True
    try:
        given = signature.bind(*arguments, **options).arguments
        misread = False
        shown = str(given.get("shown") or "")
        if name != "references":
            printed = str(getattr(vocabulary, name)(*arguments, **options))
    except Misspoken as error:
        fault, misread = f"{name}(): {error}", True
    except UnknownName as error:
        fault = f"{name}(): {error}"
        unknown = (error.kind, error.name) if error.name in names else None
    except FactbookError as error:
        fault = f"{name}(): {error}"
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        fault = argument_fault(name, str(error), signature)
    finally:
        vocabulary.usage = _merged(before, own)
    finding = Finding(chapter.place(written.line), fault) if fault else None
    return printed, Call(written.line, own, finding, unknown, misread, names, shown, printed)


def _texts(given: Iterable[object]) -> Iterator[str]:
    """The texts among what a call is given, those in lists too."""
    for one in given:
        if isinstance(one, str):
            yield one
        elif isinstance(one, list | tuple):
            yield from _texts(one)


def _merged(whole: Usage, part: Usage) -> Usage:
    for kind, name in part.seen:
        whole.add(kind, name)
    for source, locators in part.locators.items():
        whole.locators.setdefault(source, []).extend(locators)
    whole.years |= part.years
    return whole
