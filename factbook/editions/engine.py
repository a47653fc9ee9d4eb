"""The preview's other processes: the warm engine that builds pages, and the whole build behind it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from factbook.editions.engines import engine_environment
from factbook.release import Release, release_of

_FRAME = re.compile(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
_PATIENCE = 5.0
"""Seconds until a whole build is tried again that found another build at work."""
_POLITE = 10
"""How much a whole build stands back behind everything else on the machine."""


class Engine:
    """The process of :mod:`macros.preview`: questions and answers, one at a time.

    It is started by the first question, and again by the next one after :meth:`stop`.
    """

    def __init__(self, root: Path, target: Path) -> None:
        self._root = root
        self._target = target
        self._process: subprocess.Popen[str] | None = None
        self._release = Release()
        self._said: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115

    def ask(self, **question: Any) -> dict[str, Any]:
        """Put a question; the answer has ``findings`` where the engine could not even start."""
        if self._process is not None and self._release != release_of(self._root):
            self.stop()  # a commit: pages carry its date
        process = self._process if self._process is not None else self._start()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.stop()
        return {"findings": [self._last_words()]}

    @property
    def started(self) -> bool:
        """Whether the process runs."""
        return self._process is not None

    def stop(self) -> None:
        """End the process and the processes that draw for it."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        self._said.seek(0)
        self._said.truncate()
        self._release = release_of(self._root)
        command = [sys.executable, "-m", "macros.preview", str(self._root), str(self._target)]
        self._process = subprocess.Popen(
            command,
            cwd=self._root,
            env=engine_environment(self._root),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,
        )
        return self._process

    def _last_words(self) -> str:
        """Why the process ended, at the last place in the project that its traceback names."""
        self._said.seek(0)
        said = self._said.read()
        lines = [line for line in said.splitlines() if line.strip()]
        message = (
            lines[-1].strip() if lines else "the preview's engine died; edit a file to restart it"
        )
        own = self._root / ".venv"
        for match in reversed([*_FRAME.finditer(said)]):
            file = Path(match["file"])
            if file.is_relative_to(self._root) and not file.is_relative_to(own):
                return f"{file.relative_to(self._root).as_posix()}:{match['line']}: {message}"
        return message


class WholeBuild:
    """A build of everything in the background, which stands back behind the rest.

    ``finished`` is told, in a thread of its own, the findings or None; not if it was abandoned.
    """

    def __init__(
        self, root: Path, target: str, finished: Callable[[WholeBuild, Sequence[str] | None], None]
    ) -> None:
        self._root = root
        self._finished = finished
        self._command = [sys.executable, "-m", "factbook", "publish", "--pages-only"]
        self._command += ["--target", target]
        self._abandoned = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._follow, daemon=True).start()

    def abandon(self) -> None:
        """Stop it and all that it has started."""
        self._abandoned.set()
        _end(self._process)

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self._command,
            cwd=self._root,
            env=engine_environment(self._root),
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        os.setpriority(os.PRIO_PROCESS, process.pid, _POLITE)
        return process

    def _follow(self) -> None:
        _, said = self._process.communicate()
        while "another build is running" in said and not self._abandoned.wait(_PATIENCE):
            self._process = self._start()
            _, said = self._process.communicate()
        if not self._abandoned.is_set():
            good = self._process.returncode == 0
            lines = (line for line in said.splitlines() if not line.startswith(("[", "      ")))
            self._finished(self, None if good else tuple(lines))


def _end(process: subprocess.Popen[str]) -> None:
    """End a process with all of its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
