"""The dictionaries: which words of a language are spelt right, and what was meant by those that are not.

The Hunspell word lists beside this file are read by spylls, which takes seconds. So what is learnt
about a word is kept in ``.cache/words``, under a key of the dictionaries; a warm check reads no word
list at all, and a missing or broken cache costs time, never an answer.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from factbook.model import Language

_HERE = Path(__file__).parent
_CACHE = _HERE.parent.parent / ".cache" / "words"
_LISTS: Mapping[Language, tuple[str, ...]] = {
    Language.EN: ("en_GB",),
    Language.ES: ("es_PE", "es_BO"),
}
"""What is right in one list is right: Spanish is written for La Paz and for Lima."""
_LETTERS = {
    Language.EN: "abcdefghijklmnopqrstuvwxyz",
    Language.ES: "abcdefghijklmnñopqrstuvwxyzáéíóúü",
}

Learnt = dict[str, list[str] | None]
"""A word, and None where a list has it, or else the words of the list that are one slip away."""


def misspelt(words: Iterable[str], language: Language) -> Mapping[str, tuple[str, ...]]:
    """Those of ``words`` that no list of the language has, each with the words one slip away from it."""
    wanted = set(words)
    learnt = _learnt(language)
    new = wanted - learnt.keys()
    for word in sorted(new):
        learnt[word] = None if _is_word(word, language) else sorted(_near(word, language))
    if new:
        _keep(language, learnt)
    return {word: tuple(near) for word in sorted(wanted) if (near := learnt[word]) is not None}


def _is_word(word: str, language: Language) -> bool:
    return any(_list(name).lookup(word) for name in _LISTS[language])


def _near(word: str, language: Language) -> set[str]:
    return {slip for slip in set(_slips(word, _LETTERS[language])) if _is_word(slip, language)}


def _slips(word: str, letters: str) -> Iterator[str]:
    """All that is one letter left out, doubled, wrong or out of place away from ``word``."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters if letter != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@cache
def _list(name: str) -> Any:
    from spylls.hunspell import Dictionary

    # A word list is a hundred thousand objects that all stay: looking among them for rubbish again
    # and again takes a third of the reading.
    gc.disable()
    try:
        return Dictionary.from_files(str(_HERE / name))
    finally:
        gc.enable()


@cache
def _key(language: Language) -> str:
    """A digest of the lists of a language and of this module, on which every answer depends."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in _LISTS[language]:
        for ending in ("aff", "dic"):
            digest.update((_HERE / f"{name}.{ending}").read_bytes())
    return digest.hexdigest()[:16]


@cache
def _learnt(language: Language) -> Learnt:
    """What earlier checks learnt; nothing where the cache is absent or cannot be read."""
    try:
        known = json.loads(_file(language).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(known, dict) and all(
        n is None or isinstance(n, list) for n in known.values()
    )
    return known if whole else {}


def _file(language: Language) -> Path:
    return _CACHE / f"{language.value}-{_key(language)}.json"


def _keep(language: Language, learnt: Learnt) -> None:
    """Write the cache in one move; a folder that cannot be written only makes the next check slow."""
    file = _file(language)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob(f"{language.value}-*.json"):
            if old != file:
                old.unlink(missing_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(learnt, stream, ensure_ascii=False, sort_keys=True)
        Path(draft).replace(file)
