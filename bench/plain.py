"""The floor: the same pages with all calls written out and no charts, for a plain site engine.

Run with the program of the project to be written out: ``python -m bench.plain PROJECT TARGET``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from jinja2 import Environment

from factbook.chapters import Chapter, read_chapters
from factbook.edition import edition_of
from factbook.model import Language
from factbook.vocabulary import Edition, Vocabulary

EXTENSIONS: tuple[str, ...] = (
    "attr_list", "md_in_html", "tables", "def_list", "footnotes",
)  # fmt: skip


def write_plain(root: Path, target: Path) -> None:
    """Write the pages of both languages and a configuration for each; no plugin but the search."""
    for language in Language:
        edition = edition_of(root, language)
        chapters, _ = read_chapters(root, language)
        folder = target / "docs" / language.value
        for chapter in chapters:
            file = folder / chapter.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written_out(chapter, edition), encoding="utf-8")
        configuration = {
            "site_name": "Plain",
            "docs_dir": f"docs/{language.value}",
            "site_dir": f"site/{language.value}",
            "theme": {"name": "material", "language": language.value, "font": False},
            "plugins": ["search"],
            "markdown_extensions": [*EXTENSIONS, {"toc": {"permalink": "#", "toc_depth": 3}}],
        }
        text = yaml.safe_dump(configuration, allow_unicode=True)
        (target / f"{language.value}.yml").write_text(text, encoding="utf-8")


def written_out(chapter: Chapter, edition: Edition) -> str:
    """A page with its front matter, each call replaced by what it prints, charts left out."""
    vocabulary = Vocabulary(edition, chapter.path)
    calls = {**vocabulary.functions, "chart": lambda *_, **__: ""}
    body = Environment().from_string(chapter.body).render(calls)
    head = yaml.safe_dump(dict(chapter.front), allow_unicode=True)
    return f"---\n{head}---\n\n{body}\n"


if __name__ == "__main__":
    write_plain(Path(sys.argv[1]), Path(sys.argv[2]))
