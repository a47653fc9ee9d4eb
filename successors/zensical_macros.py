"""The adapter for Zensical: what ``macros/__init__.py`` is for MkDocs, put in its place to compare.

Zensical runs this file anew for each page, gives pages no file and templates no Python: so editions
are kept by a module that stays, the page is known by its path, and the frame is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from factbook import edition
from factbook.model import Language
from factbook.vocabulary import NAMES, Vocabulary

if not hasattr(edition, "kept"):
    edition.kept = cache(edition.edition_of)  # type: ignore[attr-defined]


def define_env(env: Any) -> None:
    """Give a page the authors' vocabulary."""
    root = Path(os.environ["FACTBOOK_ROOT"])
    language = Language(env.conf["extra"]["lang"])
    kept = edition.kept(root, language)  # type: ignore[attr-defined]
    vocabulary = Vocabulary(kept, env.page.path)
    for name in NAMES:
        env.macro(_bound(vocabulary, name), name)


def _bound(vocabulary: Vocabulary, name: str) -> Callable[..., str]:
    def call(*arguments: Any, **options: Any) -> str:
        return str(getattr(vocabulary, name)(*arguments, **options))

    return call
