"""The first page of the offline edition: what it is, its version, how to check that it is whole."""

from __future__ import annotations

from html import escape

from factbook.editions.pdf import words
from factbook.editions.pdf.imprint import STEMS, Imprint
from factbook.model import Language, Text

START = "START.html"

_TAGS = {Language.EN: "en", Language.ES: "es-419"}
_WHAT = Text(
    "This is the whole site for reading without a connection: both languages, the search, the"
    " charts, the data and the PDF editions. Nothing in it asks for anything from the internet.",
    "Este es el sitio completo para leer sin conexión: los dos idiomas, la búsqueda, los gráficos,"
    " los datos y las ediciones en PDF. Nada en él pide algo de internet.",
)
_READ = Text("Start reading", "Empezar a leer")
_PRINT = Text("PDF edition", "Edición en PDF")
_DATA = Text("Data as tables", "Datos en tablas")
_CHECK = Text("Is this copy whole?", "¿Está completa esta copia?")
_CHECK_SAYS = Text(
    "The file {sums} lists the SHA-256 checksum of every file. In a terminal, in this folder:",
    "El archivo {sums} contiene la suma SHA-256 de cada archivo. En una terminal, en esta carpeta:",
)
_SILENT = Text(
    "No line of output means that every file is as it was published.",
    "Si no aparece ninguna línea, todos los archivos están como se publicaron.",
)
_NEWER = Text("The newest edition is at {address}.", "La edición más reciente está en {address}.")
COMMANDS = (
    ("Linux", "sha256sum --quiet -c SHA256SUMS"),
    ("macOS", "shasum -a 256 -c SHA256SUMS | grep -v ': OK$'"),
    (
        "Windows (PowerShell)",
        "Get-Content SHA256SUMS | ForEach-Object { $sum, $file = $_ -split '  ', 2;"
        " if ((Get-FileHash -LiteralPath $file).Hash -ne $sum) { $file } }",
    ),
)
_STYLE = """
@font-face{font-family:"Hoja Serif";src:url("assets/fonts/hoja-serif.woff2");font-weight:400 650}
@font-face{font-family:"Hoja Sans";src:url("assets/fonts/hoja-sans.woff2");font-weight:400 650}
:root{color-scheme:light dark;--paper:#fcfaf5;--ink:#1d2420;--muted:#4c554f;--rule:#d9d2c1;
--leaf:#0a6650;--raised:#f3eee2}
@media(prefers-color-scheme:dark){:root{--paper:#121815;--ink:#ece8dd;--muted:#aeb5ad;
--rule:#34403a;--leaf:#6fd3b5;--raised:#1b2420}}
body{margin:0 auto;max-width:64rem;padding:3rem 1.25rem;background:var(--paper);color:var(--ink);
font:400 1.125rem/1.6 "Hoja Serif",Georgia,serif}
main{display:grid;gap:3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
h1,h2{font-weight:600;line-height:1.15;margin:0 0 1rem}h1{font-size:2.5rem}
h2{font-size:1.25rem;margin-top:2rem}section{border-top:2px solid var(--ink);padding-top:1.5rem}
a{color:var(--leaf)}.facts,dt,li{font-family:"Hoja Sans",sans-serif}.facts{color:var(--muted)}
ul{list-style:none;padding:0}li{margin:.5rem 0}dt{font-weight:600;margin-top:.75rem}dd{margin:0}
code{display:block;padding:.5rem .75rem;background:var(--raised);font-size:.875rem;
overflow-wrap:anywhere}
"""


def start_page(imprint: Imprint) -> str:
    """The page in both languages, without script."""
    sections = "\n".join(_section(imprint, language) for language in Language)
    title = f"{words.TITLE[Language.EN]} · {words.TITLE[Language.ES]}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        '<link rel="icon" type="image/svg+xml" href="assets/images/favicon.svg">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(imprint: Imprint, language: Language) -> str:
    def say(text: Text, **marks: str) -> str:
        return escape(text[language].format(**marks))

    name = "h1" if language is Language.EN else "h2"
    home = "index.html" if language is Language.EN else f"{language}/index.html"
    links = (
        (home, say(_READ)),
        (f"editions/{STEMS[language]}.pdf", say(_PRINT)),
        ("data/observations.csv", say(_DATA)),
    )
    listed = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in links)
    commands = "".join(
        f"<dt>{escape(system)}</dt><dd><code>{escape(line)}</code></dd>"
        for system, line in COMMANDS
    )
    facts = (
        f"{say(words.VERSION, version=imprint.version)} · "
        f"{say(words.ISSUED, date=imprint.date(language))}"
    )
    return (
        f'<section lang="{_TAGS[language]}">\n'
        f'<{name} style="font-size:2.5rem;margin-top:0">{say(words.TITLE)}</{name}>\n'
        f'<p>{say(words.SUBTITLE)}</p>\n<p class="facts">{facts}</p>\n<p>{say(_WHAT)}</p>\n'
        f"<ul>{listed}</ul>\n<h2>{say(_CHECK)}</h2>\n<p>{say(_CHECK_SAYS, sums='SHA256SUMS')}</p>\n"
        f"<dl>{commands}</dl>\n<p>{say(_SILENT)}</p>\n"
        f"<p>{say(_NEWER, address=imprint.address)}</p>\n</section>"
    )


def version_text(imprint: Imprint) -> str:
    """The version file: a fact on each line, for people and programs."""
    return (
        f"version: {imprint.version}\n"
        f"date: {imprint.moment}\n"
        f"revision: {imprint.revision or 'unknown'}\n"
        f"data-sha256: {imprint.data_sha256}\n"
        f"address: {imprint.address}\n"
    )
