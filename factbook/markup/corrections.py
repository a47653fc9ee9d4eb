"""Where a reader proposes a correction: the file in the repository's editor, or a form to fill in."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from factbook.errors import Place
from factbook.markup.html import element, escape
from factbook.model import Language

BRANCH = "main"
FORMS = {Language.EN: "number.yml", Language.ES: "numero.yml"}
"""The form for a figure; the field ``figure`` of it is filled in by the address."""


def edit_address(repository: str, place: Place) -> str:
    """The file and line of ``place`` in the editor of the repository's host."""
    return f"{repository}/edit/{BRANCH}/{quote(place.path)}#L{place.line}"


def form_address(repository: str, language: Language, subject: str) -> str:
    """The form for a figure or chart, ``subject`` being its id.

    Its strokes stay as they are, for a query may hold them and a chapter has a hundred such addresses.
    """
    asked = {"template": FORMS[language], "figure": subject, "title": subject}
    filled = urlencode(asked, safe="/")
    return f"{repository}/issues/new?{filled}"


def correct_link(label: str, address: str, *, about: str = "") -> str:
    """The link itself; ``about`` completes its name for those who hear it out of its place."""
    hidden = element("span", escape(f": {about}"), class_="visually-hidden") if about else ""
    return element(
        "a",
        escape(label) + hidden,
        class_="correct",
        href=address,
        rel="noopener external nofollow",
    )
