"""The published tables: which files the site offers, and what each column holds, bilingually.

The order of columns here is the order in the files; ``factbook.editions`` writes them, and the data
page lists them.
"""

from __future__ import annotations

from dataclasses import dataclass

from factbook.model import Qualifier, Rank, Status, Text, UnitKind, Verdict

FOLDER = "data"
"""The folder of the published files, shared by both languages."""

PACKAGE = "datapackage.json"
SOURCES = "sources.json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind`` is a type of Table Schema, ``refers`` the ``table.column`` it points to."""

    name: str
    says: Text
    kind: str = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A published CSV file; without a ``key`` no column tells its rows apart."""

    name: str
    title: Text
    holds: Text
    columns: tuple[Column, ...]
    key: str | None = None

    @property
    def file(self) -> str:
        """The name of the file in the folder of published files."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _must(name: str, en: str, es: str, refers: str = "", kind: str = "string") -> Column:
    return Column(name, Text(en, es), kind, required=True, refers=refers)


def _may(name: str, en: str, es: str, refers: str = "", kind: str = "string") -> Column:
    return Column(name, Text(en, es), kind, refers=refers)


def _one_of(name: str, en: str, es: str, choices: tuple[str, ...]) -> Column:
    filled = tuple(choice for choice in choices if choice)
    return Column(name, Text(en, es), required="" not in choices, choices=filled)


def _both(name: str, en: str, es: str, *, required: bool = True) -> tuple[Column, Column]:
    """A text in both languages: two columns."""
    return (
        Column(f"{name}_en", Text(f"{en}, in English", f"{es}, en inglés"), required=required),
        Column(f"{name}_es", Text(f"{en}, in Spanish", f"{es}, en español"), required=required),
    )


_AREA = _must("area", "Code of the place", "Código del lugar", "areas.code")
_UNIT = _must("unit", "Code of the unit", "Código de la unidad", "units.code")
_LOW = _may("low", "Low end of the range", "Extremo inferior del rango", kind="number")
_HIGH = _may("high", "High end of the range", "Extremo superior del rango", kind="number")
_NOTE = _both("note", "Note", "Nota", required=False)
_PERIOD = _must(
    "period",
    "Date or interval in EDTF: 2022, 2022-06, 2018/2021, 2017/.., 2013~",
    "Fecha o intervalo en EDTF: 2022, 2022-06, 2018/2021, 2017/.., 2013~",
)

OBSERVATIONS = Table(
    "observations",
    Text("Observations", "Observaciones"),
    Text("every number, as one source states it", "cada número, tal como lo da una fuente"),
    (
        _must("id", "Key: indicator/area/period/source", "Clave: indicador/lugar/periodo/fuente"),
        _must("indicator", "What is measured", "Qué se mide", "indicators.id"),
        *_both("indicator", "Title of the indicator", "Título del indicador"),
        _AREA,
        *_both("area", "Name of the place", "Nombre del lugar"),
        _PERIOD,
        _may(
            "value",
            "The number; empty where the source gives a range only",
            "El número; vacío si la fuente solo da un rango",
            kind="number",
        ),
        _LOW,
        _HIGH,
        _UNIT,
        _one_of(
            "qualifier",
            "How exactly the source states it",
            "Con qué exactitud lo da la fuente",
            tuple(Qualifier),
        ),
        _one_of(
            "status",
            "Standing; break: first value after a change of method",
            "Estado; también dice si es el primer valor tras un cambio de método",
            tuple(Status),
        ),
        _one_of(
            "rank",
            "Rank among rivals; the note says why. Empty: the order of producers decides",
            "Rango entre rivales; la nota dice por qué. Vacío: decide el orden de productores",
            tuple(Rank),
        ),
        _must(
            "producer", "Who stands behind the number", "Quién respalda el número", "producers.code"
        ),
        _must("source", "The work that states it", "La obra que lo dice", "sources.id"),
        _must("source_title", "Title of the work", "Título de la obra"),
        _must("locator", "Place in the work", "Lugar en la obra"),
        *_NOTE,
    ),
    key="id",
)

DERIVED = Table(
    "derived",
    Text("Derived figures", "Cifras derivadas"),
    Text("what we compute, with the formula", "lo que calculamos, con la fórmula"),
    (
        _must("id", "Key: name/area/period", "Clave: nombre/lugar/periodo"),
        *_both("label", "What it is", "Qué es"),
        _must("formula", "Arithmetic over the inputs", "Aritmética sobre los datos"),
        _must(
            "inputs",
            "name=id of an observation or derived figure, separated by blanks",
            "nombre=id de una observación o cifra derivada, separados por espacios",
        ),
        _AREA,
        _PERIOD,
        _may(
            "value", "The result, rounded once", "El resultado, redondeado una vez", kind="number"
        ),
        _LOW,
        _HIGH,
        _UNIT,
    ),
    key="id",
)

INDICATORS = Table(
    "indicators",
    Text("Indicators", "Indicadores"),
    Text(
        "what is measured, defined, with unit and breaks",
        "qué se mide, definido, con unidad y cortes",
    ),
    (
        _must("id", "Key", "Clave"),
        _must("theme", "Theme, the name of its data page", "Tema, nombre de su página de datos"),
        *_both("title", "Title", "Título"),
        *_both("definition", "Definition", "Definición"),
        *_NOTE,
        _UNIT,
        _must("decimals", "Most decimals printed", "Máximo de decimales", kind="integer"),
        _must(
            "in_force",
            "Whether a value holds through the whole of its period",
            "Si el valor rige durante todo su periodo",
            kind="boolean",
        ),
        _may(
            "producers",
            "Order of preference: codes separated by blanks",
            "Orden de preferencia: códigos separados por espacios",
        ),
        _may(
            "breaks",
            "Breaks in the series: area@period, separated by blanks",
            "Cortes de la serie: lugar@periodo, separados por espacios",
        ),
    ),
    key="id",
)

SOURCE_LIST = Table(
    "sources",
    Text("Sources", "Fuentes"),
    Text("the works that state the numbers", "las obras que dan los números"),
    (
        _must("id", "Key", "Clave"),
        _must("type", "Type of work in CSL", "Tipo de obra en CSL"),
        _must("title", "Title", "Título"),
        _may("author", "Authors, separated by semicolons", "Autores, separados por punto y coma"),
        _may("publisher", "Publisher", "Editor"),
        _may("container_title", "Where it appeared", "Dónde apareció"),
        _may("issued", "When it appeared, in EDTF", "Cuándo apareció, en EDTF"),
        _may("accessed", "When it was read", "Cuándo se leyó"),
        _may("url", "The publisher’s own address", "Dirección propia del editor"),
        _may("archived", "Archived copy", "Copia archivada"),
        _must("language", "Language of the work", "Idioma de la obra"),
        _must(
            "producer",
            "Who stands behind its numbers",
            "Quién respalda sus números",
            "producers.code",
        ),
        _must("kind", "Kind of source", "Clase de fuente"),
        *_NOTE,
    ),
    key="id",
)

EVENTS = Table(
    "events",
    Text("Events", "Hechos"),
    Text("what happened when, with citations", "qué pasó y cuándo, con citas"),
    (
        _must("id", "Key", "Clave"),
        _must("date", "Date in EDTF", "Fecha en EDTF"),
        _AREA,
        _must("topics", "Topics, separated by blanks", "Temas, separados por espacios"),
        *_both("title", "Title", "Título"),
        *_both("text", "What happened", "Qué pasó"),
        _must("citations", "source, locator; …", "fuente, lugar; …"),
    ),
    key="id",
)

CLAIMS = Table(
    "claims",
    Text("Claims tested", "Afirmaciones verificadas"),
    Text(
        "published claims, each with a verdict",
        "afirmaciones publicadas, cada una con un veredicto",
    ),
    (
        _must("id", "Key", "Clave"),
        *_both("said", "What was said", "Qué se dijo"),
        _must("citations", "Who said it: source, locator; …", "Quién lo dijo: fuente, lugar; …"),
        _one_of("verdict", "What the test showed", "Qué mostró la prueba", tuple(Verdict)),
        *_both("reason", "Why", "Por qué"),
        _may("evidence", "Other evidence: source, locator; …", "Otra evidencia: fuente, lugar; …"),
        _may(
            "observations",
            "Figures it was tested against, separated by blanks",
            "Cifras con las que se contrastó, separadas por espacios",
        ),
    ),
    key="id",
)

AREAS = Table(
    "areas",
    Text("Places", "Lugares"),
    Text("codes and names of places", "códigos y nombres de lugares"),
    (
        _must("code", "Key; ISO 3166 where there is one", "Clave; ISO 3166 donde existe"),
        _must("kind", "Kind of place", "Clase de lugar"),
        _may("parent", "The place that contains it", "El lugar que lo contiene", "areas.code"),
        *_both("name", "Name", "Nombre"),
    ),
    key="code",
)

UNITS = Table(
    "units",
    Text("Units", "Unidades"),
    Text("codes and names of units", "códigos y nombres de unidades"),
    (
        _must("code", "Key", "Clave"),
        *_both("name", "Name", "Nombre"),
        *_both(
            "pattern", "How it is printed; {n} is the number", "Cómo se imprime; {n} es el número"
        ),
        _one_of("kind", "What adds up", "Qué se suma", tuple(UnitKind)),
    ),
    key="code",
)

PRODUCERS = Table(
    "producers",
    Text("Producers", "Productores de cifras"),
    Text("who stands behind the numbers", "quién respalda los números"),
    (
        _must("code", "Key", "Clave"),
        _must("group", "Group", "Grupo"),
        *_both("name", "Name", "Nombre"),
        *_both("short", "Short name", "Nombre corto"),
    ),
    key="code",
)

USAGE = Table(
    "usage",
    Text("Use of figures", "Uso de las cifras"),
    Text(
        "on which page and in which sentence a figure stands",
        "en qué página y frase está cada cifra",
    ),
    (
        _must(
            "figure",
            "Id of an observation or derived figure",
            "Id de una observación o cifra derivada",
        ),
        _may(
            "page",
            "Address of the page; empty for the front page",
            "Dirección de la página; vacía para la portada",
        ),
        Column(
            "language",
            Text("Language of the page", "Idioma de la página"),
            required=True,
            choices=("en", "es"),
        ),
        _must("sentence", "The sentence", "La frase"),
    ),
)

TABLES = (
    OBSERVATIONS,
    DERIVED,
    INDICATORS,
    SOURCE_LIST,
    EVENTS,
    CLAIMS,
    AREAS,
    UNITS,
    PRODUCERS,
    USAGE,
)
"""All published tables, the most wanted first."""

PACKAGE_HOLDS = Text(
    "what each table and column holds (Data Package)",
    "qué contiene cada tabla y columna (Data Package)",
)
SOURCES_HOLDS = Text("the sources as CSL-JSON", "las fuentes en CSL-JSON")
