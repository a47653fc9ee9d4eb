"""The adapter between the vocabulary and the site engine's macros plugin: nothing but wiring.

This package is the only Python of the project that knows the engine. The engine calls
:func:`define_env` once a build; for each page it renders, a fresh vocabulary takes the calls,
and the templates ask the frame for what stands around the text. :mod:`macros.preview` drives the
engine page by page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from factbook import identity
from factbook.edition import edition_of
from factbook.frame import frame_of
from factbook.markup.aside import set_aside
from factbook.memory import OWN
from factbook.model import Language
from factbook.vocabulary import NAMES, Vocabulary


def define_env(env: Any) -> None:
    """Give the engine's Jinja environment the authors' vocabulary.

    ``env.conf["extra"]["lang"]`` names the language of the edition; addresses follow
    ``use_directory_urls``.
    """
    root = Path(os.environ.get("FACTBOOK_ROOT", env.project_dir))
    language = Language(env.conf["extra"]["lang"])
    # Templates reach it as config.extra.frame. The live preview brings its own and changes it.
    extra = env.conf["extra"]
    if "frame" not in extra:
        directories = bool(env.conf["use_directory_urls"])
        edition = edition_of(root, language, directories=directories, memory=OWN)
        extra["frame"] = frame_of(root, edition, OWN)
    extra["name"] = identity.NAME[language]
    extra["tagline"] = identity.TAGLINE[language]
    for name in NAMES:
        env.macro(_bound(env, name), name)


def on_pre_page_macros(env: Any) -> None:
    """Give each page a vocabulary of its own, each time it is built."""
    edition = env.conf["extra"]["frame"].edition
    env.vocabulary = Vocabulary(edition, env.page.file.src_uri)


def on_post_page_macros(env: Any) -> None:
    """Tell the templates what the page's first chart shows, and set aside what no parser has to see."""
    env.page.meta["leading_chart"] = env.vocabulary.leading_chart()
    env.markdown, env.page.meta["aside"] = set_aside(env.markdown)


def _bound(env: Any, name: str) -> Callable[..., str]:
    def call(*arguments: Any, **options: Any) -> str:
        return str(getattr(env.vocabulary, name)(*arguments, **options))

    return call
