"""The command line: ``python -m factbook check | render | publish | serve | diff …``."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from factbook.errors import FactbookError, Finding, FindingsError, refusal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit code: 0, or 1 when there are findings or a failure."""
    options = _parser().parse_args(arguments)
    root = Path(options.root).resolve()
    try:
        return int(options.command(root, options))
    except FindingsError as error:
        print(error, file=sys.stderr)
        print(_summary(len(error.findings)), file=sys.stderr)
    except FactbookError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(_refused(error), file=sys.stderr)
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        if package == "factbook":  # a slip in the program itself
            raise
        print(_not_set_up(package), file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    return 1


def _refused(error: OSError) -> str:
    """What the system refused; errors of several files at once have a text and no number."""
    if error.errno is None:
        return f"cannot go on: {error}"
    return refusal(error.errno, None if error.filename is None else str(error.filename))


def _not_set_up(package: str) -> str:
    """What to do where another Python was asked than the one that has the project's packages."""
    return (
        f"this Python ({sys.executable}) does not have the package '{package}'; run 'make setup' once,"
        " then 'source .venv/bin/activate', and try again"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m factbook", description=__doc__)
    parser.add_argument("--root", default=".", help="the project's folder (default: here)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="report every finding in data and chapters")
    check.add_argument(
        "--annotations", action="store_true", help="print findings as annotations for GitHub"
    )
    check.set_defaults(command=_check)
    read = commands.add_parser("read", help="report how the chapters read; fails nothing")
    read.add_argument("page", nargs="*", help="pages by their path, with more about each")
    read.set_defaults(command=_read)
    translated = commands.add_parser(
        "translated", help="remember that both languages of a page say the same now"
    )
    translated.add_argument("page", nargs="*", help="a page by its path, e.g. leaf.md")
    translated.add_argument("--all", action="store_true", help="every page")
    translated.set_defaults(command=_translated)
    render = commands.add_parser("render", help="draw the charts that are not up to date")
    render.add_argument("--language", choices=("en", "es"), help="in one language only")
    render.set_defaults(command=_render)
    publish = commands.add_parser("publish", help="build the whole site into site/")
    publish.add_argument("--target", default="site", help="the folder to put it in (default: site)")
    publish.add_argument(
        "--pages-only", action="store_true", help="leave out the PDF and offline editions"
    )
    publish.add_argument(
        "--paper", choices=("a4", "letter"), default="", help="the paper of the PDFs (default: a4)"
    )
    publish.set_defaults(command=_publish)
    upkeep = commands.add_parser(
        "upkeep", help="report overdue series and, if asked, addresses that do not answer"
    )
    upkeep.add_argument(
        "--links", action="store_true", help="ask the address of each source over the network"
    )
    upkeep.set_defaults(command=_upkeep)
    serve = commands.add_parser("serve", help="live preview of both languages")
    serve.add_argument("--port", type=int, default=8000, help="default: 8000")
    serve.set_defaults(command=_serve)
    diff = commands.add_parser(
        "diff", help="what a change of the data does to readers, as Markdown"
    )
    diff.add_argument("base", help="the git revision to compare with, e.g. origin/main")
    diff.add_argument("other", nargs="?", help="another revision (default: the working tree)")
    diff.set_defaults(command=_diff)
    _add_new(commands.add_parser("new", help="write the skeleton of something new"))
    schemas = commands.add_parser("schemas", help="write the JSON Schemas that editors use")
    schemas.set_defaults(command=_schemas)
    errors = commands.add_parser("errors", help="write the page of all rules with their messages")
    errors.set_defaults(command=_errors)
    return parser


def _add_new(new: argparse.ArgumentParser) -> None:
    kinds = new.add_subparsers(required=True, metavar="kind", dest="kind")
    indicator = kinds.add_parser("indicator", help="something to measure, with its table")
    indicator.add_argument("--theme", help="the data page it stands on")
    indicator.add_argument("--unit", help="a code of data/units.csv")
    indicator.add_argument("--producer", action="append", default=[], help="best first")
    source = kinds.add_parser("source", help="a work that states something")
    source.add_argument("--producer", help="a code of data/producers.csv")
    kinds.add_parser("chapter", help="a page in both languages")
    chart = kinds.add_parser("chart", help="a module that draws a series, with a test")
    chart.add_argument("--indicator", help="what it draws")
    for kind in kinds.choices.values():
        kind.add_argument("name", help="its id: lower case, digits, single hyphens")
    new.set_defaults(command=_new)


def _new(root: Path, options: argparse.Namespace) -> int:
    from factbook.contributing import skeletons

    match options.kind:
        case "indicator":
            makers = tuple(options.producer)
            made = skeletons.new_indicator(
                root, options.name, theme=options.theme, unit=options.unit, producers=makers
            )
        case "source":
            made = skeletons.new_source(root, options.name, producer=options.producer)
        case "chapter":
            made = skeletons.new_chapter(root, options.name)
        case _:
            made = skeletons.new_chart(root, options.name, indicator=options.indicator)
    print(made.write(root))
    return 0


def _check(root: Path, options: argparse.Namespace) -> int:
    from factbook.checks import check_project

    project = check_project(root)
    for finding in project.findings:
        print(_annotation("error", finding) if options.annotations else finding)
    for notice in project.notices:
        print(_annotation("notice", notice) if options.annotations else notice, file=sys.stderr)
    if project.findings:
        print(_summary(len(project.findings)), file=sys.stderr)
        return 1
    pages = sum(map(len, project.chapters.values()))
    observations = len(project.dataset.observations)
    print(f"No findings in {observations} observations and {pages} pages.")
    return 0


def _annotation(kind: str, finding: Finding) -> str:
    return f"::{kind} file={finding.place.path},line={finding.place.line}::{finding.message}"


def _read(root: Path, options: argparse.Namespace) -> int:
    from factbook import readability
    from factbook.charts.store import chart_ids
    from factbook.checks import check_project
    from factbook.errors import did_you_mean
    from factbook.model import Language
    from factbook.rendering import rendering
    from factbook.vocabulary import Edition

    project = check_project(root)
    charts = dict.fromkeys(chart_ids())
    found: list[readability.Measure] = []
    known = [chapter.path for chapter in project.chapters.get(Language.EN, ())]
    for page in options.page:
        if page not in known:
            raise FactbookError(f"no page '{page}'.{did_you_mean(page, known)}")
    for path in options.page or [path for path in known if not path.startswith("data/")]:
        for language in Language:
            draft = Edition(project.dataset, language, charts, draft=True)
            pages = [c for c in project.chapters[language] if c.path == path]
            measures = (readability.measure(c, rendering(c, draft)) for c in pages)
            found += (measured for measured in measures if measured is not None)
    print("\n".join(readability.table(found)))
    for measured in found if options.page else ():
        print("\n".join(["", *readability.details(measured)]))
    return 0


def _translated(root: Path, options: argparse.Namespace) -> int:
    from factbook.chapters import read_chapters
    from factbook.model import Language
    from factbook.translations import mark

    if bool(options.page) == options.all:
        raise FactbookError("name the pages that are up to date, e.g. leaf.md, or say --all")
    chapters = {language: read_chapters(root, language)[0] for language in Language}
    for page, pairs in mark(root, chapters, options.page).items():
        print(f"{page}: {pairs} paragraphs are marked as saying the same in both languages.")
    return 0


def _render(root: Path, options: argparse.Namespace) -> int:
    from factbook.charts.processes import load_ahead
    from factbook.charts.render import expected, render
    from factbook.checks import check_project
    from factbook.editions.progress import Steps
    from factbook.model import Language

    if expected(root):
        load_ahead()
    project = check_project(root)
    if project.findings:
        raise FindingsError(project.findings)
    steps = Steps(1)
    steps.begin("Drawing charts")
    with steps.counting("charts") as count:
        languages = [Language(options.language)] if options.language else Language
        drawn = render(root, project.dataset, languages=languages, progress=count)
    names = ", ".join(drawn) if len(drawn) <= 6 else f"{len(drawn)} drawn anew"
    steps.say(names or "all are up to date")
    return 0


def _publish(root: Path, options: argparse.Namespace) -> int:
    from factbook.editions.progress import Steps
    from factbook.editions.website import build_site

    editions = not options.pages_only
    steps = Steps(4 if editions else 3)
    site = build_site(root, steps, target=options.target, editions=editions, paper=options.paper)
    pages = sum(1 for _ in site.rglob("*.html"))
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    shown = site.relative_to(root) if site.is_relative_to(root) else site
    print(f"The site is in {shown}/: {pages} pages, {size / 1e6:.1f} MB.")
    print(f"Look at it with 'make preview', or open {shown}/index.html on any web server.")
    return 0


def _upkeep(root: Path, options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from factbook import upkeep
    from factbook.dataset import Dataset
    from factbook.editions.progress import Steps
    from factbook.tables import read_tables

    dataset = Dataset(read_tables(root))
    late = list(upkeep.overdue(dataset, datetime.now(UTC).date()))
    gone: list[upkeep.Silent] = []
    if options.links:
        steps = Steps(1)
        steps.begin("Asking the sources")
        with steps.counting("sources") as count:
            gone = upkeep.silent(dataset.sources.values(), upkeep.asked, count)
    print(upkeep.report(dataset, late, gone) or "Nothing waits for upkeep.")
    return 1 if late or gone else 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    from factbook.editions.preview import serve

    gc.enable()  # it may live for a day
    serve(root, options.port)
    return 0


def _diff(root: Path, options: argparse.Namespace) -> int:
    from factbook.diff.report import compare

    print(compare(root, options.base, options.other), end="")
    return 0


def _schemas(root: Path, options: argparse.Namespace) -> int:
    from factbook.contributing.schemas import write_schemas

    written = write_schemas(root)
    print("\n".join(f"wrote {path}" for path in written) or "All schemas are up to date.")
    return 0


def _errors(root: Path, options: argparse.Namespace) -> int:
    from factbook.contributing.rules import write_page

    print(f"wrote {write_page(root)}")
    return 0


def _summary(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}; nothing was published."


if __name__ == "__main__":
    gc.disable()  # a command lives for seconds; looking for garbage took up to a third of them
    sys.exit(main())
