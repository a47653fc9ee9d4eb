"""The words of the PDF editions in both languages."""

from __future__ import annotations

from factbook.identity import NAME, TAGLINE
from factbook.model import Text

TITLE = NAME
SUBTITLE = TAGLINE
PROMISE = Text(
    "Every number leads to its source, and to whoever disagrees.",
    "Cada cifra lleva a su fuente y a quien no está de acuerdo.",
)
VERSION = Text("Version {version}", "Versión {version}")
ISSUED = Text("Edition of {date}", "Edición del {date}")
DATA_AS_OF = Text("Sources consulted until {date}", "Fuentes consultadas hasta {date}")
CONTENTS = Text("Contents", "Contenido")
CHARTS = Text("Charts", "Gráficos")
PAGE = Text("p.", "pág.")
APPENDIX = Text("Data", "Datos")
APPENDIX_LEAD = Text(
    "Every number this edition uses, as its source states it, by theme and indicator. Where sources"
    " disagree, all of them stand here. Of the figures computed from these numbers only those that"
    " the chapters print are listed; all of them, and where each number is used, are at {address}.",
    "Cada cifra que usa esta edición, tal como la da su fuente, por tema e indicador. Donde las"
    " fuentes no coinciden, aquí están todas. De las cifras calculadas solo figuran las que aparecen"
    " en los capítulos; todas, y dónde se usa cada una, están en {address}.",
)
COMPUTED = Text("Computed figures", "Cifras calculadas")
TABLES = Text("Charts in words and numbers", "Los gráficos en palabras y números")
TABLES_LEAD = Text(
    "What each chart shows, and the numbers it is drawn from.",
    "Lo que muestra cada gráfico y los números con que está dibujado.",
)
TABLE_LINK = Text("In words and numbers", "En palabras y números")
CHART_ELSEWHERE = Text("Chart: {title}", "Gráfico: {title}")
CITE = Text("How to cite", "Cómo citar")
CITE_WHOLE = Text(
    "{title} ({year}) {title}: {subtitle}. Version {version}, {date}. Available at: {address}.",
    "{title} ({year}) {title}: {subtitle}. Versión {version}, {date}. Disponible en: {address}.",
)
CITE_FIGURE = Text(
    "Quote a single number with its own source, which its row in the data names; every row has an"
    " address of its own at {address}.",
    "Cite cada cifra con su propia fuente, que se nombra en su fila de los datos; cada fila tiene su"
    " propia dirección en {address}.",
)
LICENCE = Text("Licence", "Licencia")
LICENCE_SAYS = Text(
    "You may copy, change and pass on the text, the charts and the data of this edition, also for"
    " money, if you name the source: Creative Commons Attribution 4.0 International (CC BY 4.0),"
    " {licence}. The program that makes it is under the MIT licence; the fonts, Hoja Serif and Hoja"
    " Sans, are under the SIL Open Font License 1.1.",
    "Puede copiar, modificar y compartir el texto, los gráficos y los datos de esta edición, también"
    " con fines comerciales, si nombra la fuente: Creative Commons Atribución 4.0 Internacional"
    " (CC BY 4.0), {licence}. El programa que la produce está bajo la licencia MIT; las tipografías,"
    " Hoja Serif y Hoja Sans, bajo la SIL Open Font License 1.1.",
)
COLOPHON = Text("Colophon", "Colofón")
COLOPHON_SAYS = Text(
    "Made from the pages of {address}, without hand work, from one set of data. The same revision"
    " gives the same file, byte for byte.",
    "Hecho a partir de las páginas de {address}, sin trabajo manual, con un solo conjunto de datos."
    " La misma revisión da el mismo archivo, byte por byte.",
)
REVISION = Text("Revision of text and program", "Revisión de los textos y del programa")
NO_REVISION = Text("outside version control", "fuera del control de versiones")
CHECKSUM = Text(
    "SHA-256 of the data (data/observations.csv)", "SHA-256 de los datos (data/observations.csv)"
)
TAGGED = Text(
    "Tagged for screen readers after PDF/UA-1. Set in Hoja Serif and Hoja Sans.",
    "Etiquetado para lectores de pantalla según PDF/UA-1. Compuesto en Hoja Serif y Hoja Sans.",
)
OFFPRINT = Text(
    "A chapter taken out of this edition keeps its page numbers; a page named in brackets is one of"
    " the whole edition.",
    "Un capítulo separado de esta edición conserva sus números de página; la página que se nombra"
    " entre paréntesis es la de la edición completa.",
)
GO_TO_PAGE = Text("{text}, in this document", "{text}, en este documento")
GO_TO_FIGURE = Text("{text}: its row in the data", "{text}: su fila en los datos")
GO_TO_TERM = Text("{text}: in the glossary", "{text}: en el glosario")
GO_TO_EVENT = Text("{text}: in the timeline", "{text}: en la cronología")
GO_TO_CLAIM = Text("The claim: {text}", "La afirmación: {text}")
GO_TO_SOURCE = Text("Source: {text}", "Fuente: {text}")
GO_TO_WEB = Text("{text}: on the web", "{text}: en la web")
