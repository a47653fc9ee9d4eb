"""One language as the site engine holds it between edits: loaded once, built page by page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from factbook.editions.engines import CONFIGURATION
from factbook.editions.policy import with_policy
from factbook.frame import Frame
from factbook.model import Language

STAGE = ".build/preview-pages"
"""The folder below the project in which the engine writes the pages."""


class Site:
    """One language as the site engine knows it. Raises what the engine raises."""

    def __init__(self, root: Path, language: Language, frame: Frame) -> None:
        self.language = language
        self.frame = frame
        folder = root / STAGE / language.value
        config: Any = load_config(str(root / CONFIGURATION[language]), site_dir=str(folder))
        config.extra["frame"] = frame
        config.plugins.on_startup(command="build", dirty=False)
        self.config = config.plugins.on_config(config)
        self.config.plugins.on_pre_build(config=config)
        self.env = self.config.theme.get_env()
        self.files = self.config.plugins.on_files(self._found_files(), config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        self.nav = self.config.plugins.on_nav(nav, config=self.config, files=self.files)
        for file in self.files.documentation_pages():
            page = file.page if file.page is not None else Page(None, file, self.config)
            page.read_source(self.config)
        self.load_templates()

    def load_templates(self) -> None:
        """Read the templates of the theme and our own afresh."""
        env = self.config.theme.get_env()
        self.env = self.config.plugins.on_env(env, config=self.config, files=self.files)

    def _found_files(self) -> Any:
        files = get_files(self.config)
        files.add_files_from_theme(self.env, self.config)
        return files

    @property
    def pages(self) -> Mapping[str, Any]:
        """The pages by the path of their file in the site."""
        folder = "" if self.language is Language.EN else f"{self.language.value}/"
        return {folder + file.dest_uri: file.page for file in self.files.documentation_pages()}

    def follow(self, frame: Frame) -> list[str]:
        """Take up a new state of the project; return the paths of the chapters that it changes."""
        before, self.frame = self.frame.chapters, frame
        self.config.extra["frame"] = frame
        changed = [path for path, chapter in frame.chapters.items() if chapter != before[path]]
        for page in self.pages.values():
            if page.file.src_uri in changed:
                page.read_source(self.config)
        return changed

    def build(self, page: Any) -> str:
        """Build one page and return its HTML."""
        build._populate_page(page, self.config, self.files)
        pages = self.files.documentation_pages()
        build._build_page(page, self.config, pages, self.nav, self.env)
        return with_policy(Path(page.file.abs_dest_path).read_text(encoding="utf-8"))
