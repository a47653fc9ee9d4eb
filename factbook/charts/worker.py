"""What a drawing process does: one chart in one language, from records to a drawing as JSON.

The heavy libraries are imported inside the functions, so that the parent, which imports this
module for the name of its work, stays light.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from factbook.charts import poster, svg
from factbook.charts.drawing import Drawing
from factbook.charts.keys import Module, fault
from factbook.charts.lean import lean
from factbook.charts.plot import NARROW, WIDE, Chart, Layout
from factbook.charts.raster import with_fonts
from factbook.charts.unmeasured import unmeasured
from factbook.dataset import Dataset
from factbook.errors import ChartError, FactbookError
from factbook.model import Language, Text
from factbook.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCES = Text("Sources: {}", "Fuentes: {}")
SOURCE = Text("Source: {}", "Fuente: {}")


@dataclass(frozen=True, slots=True)
class Job:
    """One drawing to make: the module and all that its chart may see."""

    chart: str
    language: Language
    key: str
    module: Module
    seen: Tables
    fonts: tuple[Path, ...]

    @property
    def name(self) -> str:
        """How progress names the job: ``chart.language``."""
        return f"{self.chart}.{self.language.value}"


def draw(job: Job) -> str:
    """Draw one chart; raises :class:`ChartError` naming the chart and the fault."""
    try:
        dataset = Dataset(job.seen)
        module = _imported(job.module.path)
        chart = module.chart(dataset, job.language)
        if not isinstance(chart, Chart):
            raise ChartError("chart() must return a Chart")
        return _drawing(job, dataset, chart).to_json()
    except Exception as error:  # whatever a chart module does wrong, the author learns where
        ours = isinstance(error, FactbookError)
        says = str(error) if ours else f"{type(error).__name__}: {error}"
        message = f"chart '{job.chart}' ({job.language.value}): {says}"
        raise fault(job.module.path, message, _line_of(error, job.module.path)) from None


def _line_of(error: Exception, path: Path) -> int:
    """The last line of the module that an error came through; the first if it came from elsewhere."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return error.lineno
    trace = traceback.extract_tb(error.__traceback__)
    lines = [f.lineno for f in trace if f.filename == str(path) and f.lineno is not None]
    return lines[-1] if lines else 1


def _imported(path: Path) -> ModuleType:
    """The module at ``path``, read afresh, whatever package it belongs to."""
    name = f"factbook_chart_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _drawing(job: Job, dataset: Dataset, chart: Chart) -> Drawing:
    wide = picture(job.fonts, chart, WIDE)
    narrow = picture(job.fonts, chart, NARROW)
    said = [c for figure in chart.figures for c in figure.citations]
    said += [c for event in chart.events for c in event.citations]
    sources = tuple(dict.fromkeys(c.source for c in (*said, *chart.citations)))
    credit = source_line(dataset, sources, job.language)
    paper = svg.literal(svg.prefixed(wide, f"{job.chart}-paper-"))
    summary = " ".join(chart.description)
    return Drawing(
        id=job.chart,
        language=job.language,
        title=chart.title,
        subtitle=chart.subtitle,
        note=chart.note,
        description=chart.description,
        figures=tuple(dict.fromkeys(figure.id for figure in chart.figures)),
        events=tuple(dict.fromkeys(event.id for event in chart.events)),
        sources=sources,
        columns=chart.columns,
        rows=chart.rows,
        wide=lean(svg.inline(svg.prefixed(wide, f"{job.chart}-wide-"), job.chart)),
        narrow=lean(svg.inline(svg.prefixed(narrow, f"{job.chart}-narrow-"), job.chart)),
        paper=svg.named(paper, chart.title, summary, job.language.tag),
        download=poster.framed(
            paper,
            poster.Words(
                chart.title, chart.subtitle, chart.note, credit, summary, job.language.tag
            ),
        ),
    )


def source_line(dataset: Dataset, sources: Iterable[str], language: Language) -> str:
    """Who stands behind the plotted figures, each once, in the order of first use."""
    makers = dict.fromkeys(dataset.source(name).producer for name in sources)
    names = [dataset.producers[code].short[language] for code in makers]
    return (SOURCE if len(names) == 1 else SOURCES)[language].format("; ".join(names))


def picture(fonts: tuple[Path, ...], chart: Chart, layout: Layout) -> svg.Element:
    """Draw one layout of a chart with the project's fonts, in this process."""
    import vl_convert
    from altair.utils import schemapi

    with_fonts(tuple(dict.fromkeys(str(path.parent) for path in fonts)))
    # Altair asks of each plain value whether it follows a protocol, for longer than it takes to
    # write all of them down; here what is no object of its schema is plain.
    schemapi.SchemaLike = schemapi.SchemaBase  # type: ignore[assignment,misc]
    with schemapi.debug_mode(False):  # the tests check every specification; here it would cost most
        spec: dict[str, Any] = chart.spec(layout).to_dict(validate=False)
    if "url" in _data_keys(spec):
        raise ChartError("data.url is not supported; give the chart its data as values")
    width, height = spec.pop("usermeta")["size"]
    picture = vl_convert.vegalite_to_svg(json.dumps(unmeasured(spec)), allowed_base_urls=[])
    return svg.tidied(picture, width, height)


def _data_keys(part: object) -> set[str]:
    """The keys of all ``data`` objects anywhere in a specification."""
    if isinstance(part, list):
        return set().union(*(_data_keys(item) for item in part))
    if not isinstance(part, dict):
        return set()
    own = set(part["data"]) if isinstance(part.get("data"), dict) else set()
    return own.union(*(_data_keys(value) for key, value in part.items() if key != "datasets"))


def warm() -> None:
    """Load the libraries that draw, and the renderer's own engine, before there is anything to draw."""
    import altair
    import vl_convert

    nothing = altair.LayerChart(layer=[]).to_dict(validate=False)
    vl_convert.vegalite_to_svg(json.dumps(nothing), allowed_base_urls=[])
