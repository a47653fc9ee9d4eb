"""What is kept between two readings of the project, and when it is still good.

Nothing is kept that says on its own what it depends on: each result stands beside its basis, all that
it was made from, and is made anew as soon as a part of that is another. A :class:`Memory` lasts as
long as its process; a :class:`Shelf` in it lasts longer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
Basis = tuple[object, ...]

PACKAGE = Path(__file__).parent


@dataclass(slots=True)
class Memory:
    """Results by name, each with the basis it was made from. An empty one remembers nothing."""

    shelf: Shelf | None = None
    """Of what depends on the data as well."""
    texts: Shelf | None = None
    """Of what depends on the program and on given texts alone."""
    _kept: dict[str, tuple[Basis, Any]] = field(default_factory=dict)

    def kept(
        self, name: str, basis: Basis, make: Callable[[], Result], *, text: str | None = None
    ) -> Result:
        """The result called ``name``: what ``make`` gave last time if ``basis`` is the same.

        ``make`` must depend on nothing but the basis; what it raises is not kept. A result that
        depends on nothing but the ground of the shelf and on ``text`` may come from the shelf.
        """
        last = self._kept.get(name)
        if last is not None and last[0] == basis:
            result: Result = last[1]
            return result
        shelf = None if text is None else self.shelf
        made = make() if shelf is None or text is None else shelf.kept(name, text, make)
        self._kept[name] = (basis, made)
        return made

    def stood(self, name: str, basis: tuple[str, ...], make: Callable[[], Result]) -> Result:
        """The same of a result that depends on nothing but texts: an edit of the data leaves it."""
        shelf = self.texts
        if shelf is None:
            return self.kept(name, basis, make)
        return self.kept(name, basis, lambda: shelf.kept(name, "\0".join(basis), make))


class Shelf:
    """Results in a file, which a later process finds there.

    All of them depend on the ``ground``, a digest; each may depend on a text besides. A file that is
    missing, damaged or of another ground is an empty shelf. It is a cache like those of compiled
    modules: whoever may write into the project's folder may change what runs there.
    """

    def __init__(self, path: Path, ground: str) -> None:
        self._path, self._ground = path, ground
        self._stored = _read(path, ground)
        self._found = dict(self._stored)
        self._used: dict[str, tuple[str, bytes]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing was found in the file, nor given since."""
        return not self._found

    @property
    def used(self) -> dict[str, tuple[str, bytes]]:
        """What was asked for so far, as another shelf of the same ground can be :meth:`given` it."""
        return dict(self._used)

    def given(self, results: dict[str, tuple[str, bytes]]) -> None:
        """Take up what another process made for a shelf of the same ground."""
        self._found |= results

    def kept(self, name: str, text: str, make: Callable[[], Result]) -> Result:
        """The result called ``name`` for a text, from the file or made now."""
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        known = self._found.get(name)
        if known is not None and known[0] == key:
            self._used[name] = known
            result: Result = pickle.loads(known[1])
            return result
        result = make()
        self._used[name] = (key, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        return result

    def store(self) -> None:
        """Write what was asked for, whole or not at all, unless the file has just that.

        A folder that cannot be written keeps nothing; what was asked for has been given.
        """
        if self._used == self._stored:
            return
        content = pickle.dumps(self._used, pickle.HIGHEST_PROTOCOL)
        head = _head(self._ground, content)
        part: str | None = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
            with os.fdopen(handle, "wb") as file:
                file.write(head + content)
            Path(part).replace(self._path)
        except OSError:
            if part is not None:
                Path(part).unlink(missing_ok=True)
            return
        self._found = dict(self._used)
        self._stored = dict(self._used)


def shelve(root: Path, memory: Memory) -> Basis:
    """Give a memory the shelves that earlier checks left; return the state of all they rest on.

    They are those of the data and the program as they are now, and stay while these do.
    """
    state = stamps(root / "data", PACKAGE)
    cache = root / ".cache"
    memory.shelf = memory.kept(
        "shelf", state, lambda: Shelf(cache / "check", ground(root, root / "data"))
    )
    memory.texts = memory.kept(
        "shelf of prose", stamps(PACKAGE), lambda: Shelf(cache / "prose", ground(root))
    )
    return state


def made_beside(make: Callable[[], object], *shelves: Shelf) -> Callable[[], None]:
    """Begin to ``make`` in a process beside this one what is going to be asked of the ``shelves``.

    Whoever calls the answer waits for it; then the shelves have it. Where no process can be forked
    off, or it fails, they have it not, and it is made where it is asked for: ``make`` must do nothing
    else that matters.
    """
    if not _can_fork():
        return lambda: None
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            make()
            with os.fdopen(writing, "wb") as channel:
                pickle.dump([shelf.used for shelf in shelves], channel)
        finally:
            os._exit(0)
    os.close(writing)

    def taken() -> None:
        with os.fdopen(reading, "rb") as channel:
            said = channel.read()
        os.waitpid(process, 0)
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            for shelf, results in zip(shelves, pickle.loads(said), strict=True):
                shelf.given(results)

    return taken


def _can_fork() -> bool:
    """Whether a fork is safe and of use: on Linux, without other threads, with a second processor."""
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


OWN = Memory()
"""What this process keeps; a process that is forked off it has it from the start."""


def stamps(*folders: Path) -> Basis:
    """The state of all files below some folders: path, time of the last change, size."""
    states = ((str(file), file.stat()) for file in _files(folders))
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def digest(*folders: Path) -> str:
    """What all files below some folders say and how they are called, with the version of Python."""
    found = hashlib.sha256(sys.version.encode())
    for folder in folders:
        for file in _files([folder]):
            name = file.relative_to(folder).as_posix()
            said = hashlib.sha256(file.read_bytes()).hexdigest()
            found.update(f"{name}\n{said}\n".encode())
    return found.hexdigest()


def ground(root: Path, *folders: Path) -> str:
    """What a :class:`Shelf` rests on: all that some folders say, this program and its libraries."""
    lock = root / "uv.lock"
    libraries = hashlib.sha256(lock.read_bytes() if lock.is_file() else b"").hexdigest()
    return f"{digest(*folders, PACKAGE)} {libraries}"


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    found = (file for folder in folders for file in sorted(folder.rglob("*")))
    return (file for file in found if file.is_file() and "__pycache__" not in file.parts)


def _head(ground: str, content: bytes) -> bytes:
    return f"{ground}\n{hashlib.sha256(content).hexdigest()}\n".encode()


def _read(path: Path, ground: str) -> dict[str, tuple[str, bytes]]:
    """The results in a file; none unless it is whole and of that ground."""
    try:
        whole = path.read_bytes()
    except OSError:
        return {}
    head = len(_head(ground, b""))
    content = whole[head:]
    if whole[:head] != _head(ground, content):
        return {}
    found: dict[str, tuple[str, bytes]] = pickle.loads(content)
    return found
