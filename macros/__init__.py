"""The adapter between the vocabulary and the site engine's macros plugin: nothing but wiring.

This is the only Python of the project that knows the engine. The engine calls :func:`define_env`
once a build; for each page it renders, a fresh vocabulary takes the calls,
and the templates ask the frame for what stands around the text.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from factbook import identity
from factbook.edition import edition_of
from factbook.frame import frame_of
from factbook.model import Language
from factbook.vocabulary import NAMES, Vocabulary


def define_env(env: Any) -> None:
    """Give the engine's Jinja environment the authors' vocabulary.

    ``env.conf["extra"]["lang"]`` names the language of the edition; addresses follow
    ``use_directory_urls``.
    """
    root = Path(os.environ.get("FACTBOOK_ROOT", env.project_dir))
    language = Language(env.conf["extra"]["lang"])
    edition = edition_of(root, language, directories=bool(env.conf["use_directory_urls"]))
    open_page: list[tuple[Any, Vocabulary]] = []

    def vocabulary() -> Vocabulary:
        """The vocabulary of the page being rendered: a new one as soon as the page changes."""
        if not open_page or open_page[0][0] is not env.page:
            open_page[:] = [(env.page, Vocabulary(edition, env.page.file.src_uri))]
        return open_page[0][1]

    # Templates reach it as config.extra.frame.
    env.conf["extra"]["frame"] = frame_of(root, edition)
    env.conf["extra"]["name"] = identity.NAME[language]
    env.conf["extra"]["tagline"] = identity.TAGLINE[language]
    for name in NAMES:
        env.macro(_bound(vocabulary, name), name)
    env.leading_chart = lambda: vocabulary().leading_chart()


def on_post_page_macros(env: Any) -> None:
    """Tell the templates what the page's first chart shows, once its calls are rendered."""
    env.page.meta["leading_chart"] = env.leading_chart()


def _bound(vocabulary: Callable[[], Vocabulary], name: str) -> Callable[..., str]:
    def call(*arguments: Any, **options: Any) -> str:
        return str(getattr(vocabulary(), name)(*arguments, **options))

    return call
