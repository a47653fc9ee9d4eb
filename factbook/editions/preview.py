"""A live preview: what was edited is checked and shown at once, everything else follows behind.

A warm engine (:mod:`macros.preview`) builds the chapters that were edited; any other page is built,
and its charts are drawn, when a browser shows it or asks for it. Then a whole build runs in the
background and takes the place of the pages, so that search, downloads and data catch up; the next
edit abandons it. Findings leave the last good pages in place; they show in the terminal and in the
page.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.server
import queue
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from factbook.charts.keys import modules
from factbook.editions.engine import Engine, WholeBuild
from factbook.editions.live import Pages
from factbook.errors import ChartError, FactbookError

FOLDERS = ("data", "docs", "factbook", "macros", "overrides", "fonts")
FILES = ("mkdocs.yml", "mkdocs.es.yml", "pyproject.toml", "CHANGELOG.md", "CHANGELOG.es.md")
TARGET = ".build/preview"
_WHOLE = ".build/preview-whole"
_OLD = ".build/preview-old"
_ASSETS = "overrides/assets/"
_CHARTS = "factbook/charts"
_READ_AT_START = ("fonts/", "data/site.toml", *FILES)
"""What the engine reads once; Python too, but for the charts."""
_QUIET = 0.1
"""Seconds without a further edit before anything is read: editors write in bursts."""
_CHANGES: list[type[FileSystemEvent]] = [
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
]  # fmt: skip
"""Not that a file is read: a check and a build read all of them, more often than a queue can hold."""
_IGNORED = ("__pycache__", ".pyc", ".swp", ".part", "~")


class Preview:
    """The state of the preview: which pages are out of date, and the findings since the last good state.

    One thing happens at a time; every public function may be called from any thread.
    """

    def __init__(self, root: Path) -> None:
        self.findings = ""
        self.looks = 0
        self._root = root
        self._target = root / TARGET
        self._stale: set[str] = set()
        self._lock = threading.RLock()
        self._engine = Engine(root, self._target)
        self._whole: WholeBuild | None = None

    def follow(self, edited: Sequence[str]) -> None:
        """Show what was edited: paths relative to the project; none means the start."""
        begun = time.monotonic()
        with self._lock:
            self._abandon()
            answer = self._follow(edited)
            self._take(answer)
            if "findings" not in answer:
                there = [path for path in edited if (self._root / path).exists()]
                _say(there or edited, answer, time.monotonic() - begun)
                self._whole = WholeBuild(self._root, _WHOLE, self._finished)

    def refresh(self, page: str) -> None:
        """Build a page that is out of date, unless there are findings."""
        if page not in self._stale or self.findings:
            return
        with self._lock:
            if page in self._stale and not self.findings:
                answer = self._engine.ask(do="build", pages=[page])
                self._take(answer)
                if drawn := answer.get("drawn"):
                    print(f"{page}: drew {', '.join(drawn)}", flush=True)

    def stop(self) -> None:
        """End all other processes."""
        with self._lock:
            self._abandon()
            self._engine.stop()

    def _follow(self, edited: Sequence[str]) -> dict[str, Any]:
        looks = [path for path in edited if path.startswith(_ASSETS)]
        if looks:
            self._copy(looks)
        rest = [path for path in edited if path not in looks]
        if edited and not rest and self._engine.started:
            return {}
        if any(map(self._is_read_at_start, rest)):
            self._engine.stop()
        if any(path.startswith("overrides/") for path in rest) and self._engine.started:
            self._engine.ask(do="templates")
        answer = self._engine.ask(do="follow")
        if "findings" not in answer and not (self._target / "assets").is_dir():
            answer |= self._engine.ask(do="assets")
        return answer

    def _is_read_at_start(self, path: str) -> bool:
        if not path.endswith(".py"):
            return path.startswith(_READ_AT_START)
        try:
            charts = modules(self._root / _CHARTS)
            return self._root / path not in {module.path for module in charts.values()}
        except ChartError:  # the engine says what is wrong
            return True

    def _copy(self, assets: Sequence[str]) -> None:
        for path in assets:
            for folder in ("assets", "es/assets"):
                copy = self._target / folder / path.removeprefix(_ASSETS)
                copy.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileNotFoundError):  # deleted again: a whole build follows
                    shutil.copyfile(self._root / path, copy)
        self.looks += 1

    def _take(self, answer: dict[str, Any]) -> None:
        findings = "\n".join(answer.get("findings", ()))
        if findings != self.findings or findings:
            print(findings or "the findings are gone", flush=True)
        self.findings = findings
        if not findings:
            self._stale |= set(answer.get("pages", ()))
            self._stale -= set(answer.get("built", ()))

    def _abandon(self) -> None:
        if self._whole is not None:
            self._whole.abandon()
            self._whole = None

    def _finished(self, whole: WholeBuild, findings: Sequence[str] | None) -> None:
        """Put a whole build in the place of the pages, unless an edit has come meanwhile."""
        with self._lock:
            if whole is not self._whole:
                return
            self._whole = None
            if findings is not None:
                self._take({"findings": findings})
                return
            old = self._root / _OLD
            shutil.rmtree(old, ignore_errors=True)
            if self._target.exists():
                self._target.rename(old)
            (self._root / _WHOLE).rename(self._target)
            shutil.rmtree(old, ignore_errors=True)
            self._stale.clear()
            print("the whole site is up to date", flush=True)


def _say(edited: Sequence[str], answer: dict[str, Any], seconds: float) -> None:
    built, drawn = answer.get("built", ()), answer.get("drawn", ())
    what = [f"built {', '.join(built)}"] if built else []
    what += [f"drew {', '.join(drawn)}"] if drawn else []
    names = ", ".join(edited[:3]) + (f" and {len(edited) - 3} more" if len(edited) > 3 else "")
    done = "; ".join(what) or "pages are built as they are looked at"
    print(f"{names or 'ready'}: {done} ({seconds:.1f} s)", flush=True)


class _Edits(FileSystemEventHandler):
    def __init__(self, root: Path, edited: queue.Queue[str]) -> None:
        self._root = root
        self._edited = edited

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what changed a file of ours."""
        if event.is_directory:
            return
        for path in filter(None, (str(event.src_path), str(event.dest_path))):
            name = Path(path).relative_to(self._root).as_posix()
            ours = name in FILES or name.startswith(tuple(f"{folder}/" for folder in FOLDERS))
            if ours and not any(part in name for part in _IGNORED):
                self._edited.put(name)


def serve(root: Path, port: int) -> None:
    """Serve on ``port`` of this machine and follow every edit, until interrupted.

    Raises :class:`FactbookError` where the port is taken or another preview runs.
    """
    preview = Preview(root)
    (root / TARGET).mkdir(parents=True, exist_ok=True)
    handler = partial(Pages, shown=preview, directory=str(root / TARGET))
    with _only_preview(root), _listening(port, handler) as server, _watching(root) as edited:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Preview: http://127.0.0.1:{port}/ (English), /es/ (Spanish). Ctrl-C stops it.")
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            preview.follow(())
            while True:
                preview.follow(_next(edited))
        finally:
            preview.stop()
            server.shutdown()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _next(edited: queue.Queue[str]) -> list[str]:
    """Wait for an edit; return the paths of it and of those that follow at once."""
    paths = {edited.get()}
    with contextlib.suppress(queue.Empty):
        while True:
            paths.add(edited.get(timeout=_QUIET))
    return sorted(paths)


@contextlib.contextmanager
def _watching(root: Path) -> Iterator[queue.Queue[str]]:
    edited: queue.Queue[str] = queue.Queue()
    observer = Observer()
    handler = _Edits(root, edited)
    observer.schedule(handler, str(root), recursive=False, event_filter=_CHANGES)
    for name in FOLDERS:
        if (root / name).is_dir():
            folder = str(root / name)
            observer.schedule(handler, folder, recursive=True, event_filter=_CHANGES)
    observer.start()
    try:
        yield edited
    finally:
        observer.stop()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless a browser only closed the page it had asked for."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def _listening(port: int, handler: Any) -> Iterator[http.server.ThreadingHTTPServer]:
    try:
        server = _Server(("127.0.0.1", port), handler)
    except OSError:
        raise FactbookError(f"port {port} is in use; name another one with --port") from None
    with server:
        yield server


@contextlib.contextmanager
def _only_preview(root: Path) -> Iterator[None]:
    """One preview of a project at a time; the lock goes with the process."""
    with (root / ".build" / "preview.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = "another preview of this project is running; stop it first with Ctrl-C"
            raise FactbookError(message) from None
        yield
