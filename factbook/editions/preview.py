"""A live preview: builds on every edit in a process of its own, and tells open pages.

A fresh process for each build is what makes edits to Python count like edits to text and data. A
build with findings leaves the last good pages in place; the findings show in the terminal and in
the page.
"""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WATCHED = ("data", "docs", "factbook", "macros", "overrides", "mkdocs.yml", "mkdocs.es.yml")
TARGET = ".build/preview"
_QUIET = 0.3
"""Seconds without a further edit before a build starts: editors write in bursts."""

_IGNORED = ("__pycache__", ".pyc", ".swp", "~")
_SCRIPT = b"""<script>
(() => {
  const box = document.createElement("pre");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;" +
    "padding:1rem;background:#a3222b;color:#fff;z-index:99;white-space:pre-wrap;font:14px monospace";
  let seen = null;
  const ask = async () => {
    try {
      const state = await (await fetch("/-/state", {cache: "no-store"})).json();
      if (seen !== null && state.version !== seen) location.reload();
      seen = state.version;
      box.textContent = state.findings;
      state.findings ? document.body.append(box) : box.remove();
    } catch { /* the server is being restarted */ }
    setTimeout(ask, 500);
  };
  ask();
})();
</script></body>"""


@dataclass(slots=True)
class State:
    """What open pages ask for: the number of the last good build, and findings since."""

    version: int = 0
    findings: str = ""
    changed: threading.Event = field(default_factory=threading.Event)


class _Edits(FileSystemEventHandler):
    def __init__(self, state: State) -> None:
        self._state = state

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the builder for anything that changed a file of ours."""
        path = str(event.src_path)
        if event.event_type in {"opened", "closed_no_write"} or event.is_directory:
            return
        if not any(part in path for part in _IGNORED):
            self._state.changed.set()


class _Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the preview, with the reload script in each page."""

    def __init__(self, *arguments: object, state: State, **options: object) -> None:
        self._state = state
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer the state, a page, or a file."""
        if self.path == "/-/state":
            answer = {"version": self._state.version, "findings": self._state.findings}
            self._send(json.dumps(answer).encode(), "application/json")
            return
        file = Path(self.translate_path(self.path))
        file = (
            file / "index.html" if file.is_dir() and self.path.split("?")[0].endswith("/") else file
        )
        if file.suffix == ".html" and file.is_file():
            page = file.read_bytes().replace(b"</body>", _SCRIPT, 1)
            page = page.replace(b'http-equiv="Content-Security-Policy"', b"data-preview", 1)
            self._send(page, "text/html; charset=utf-8")
            return
        super().do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Requests are not worth a line."""


def serve(root: Path, port: int) -> None:
    """Build, serve on ``port`` of this machine, and build again on every edit, until interrupted."""
    state = State()
    (root / TARGET).mkdir(parents=True, exist_ok=True)
    observer = Observer()
    for name in WATCHED:
        if (root / name).exists():
            observer.schedule(_Edits(state), str(root / name), recursive=True)
    observer.start()
    handler = partial(_Pages, state=state, directory=str(root / TARGET))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Preview: http://127.0.0.1:{port}/ (English), /es/ (Spanish). Ctrl-C stops it.")
        try:
            _build_forever(root, state)
        finally:
            observer.stop()
            server.shutdown()


def _build_forever(root: Path, state: State) -> None:
    state.changed.set()
    while True:
        state.changed.wait()
        while state.changed.is_set():
            state.changed.clear()
            state.changed.wait(_QUIET)
        _build(root, state)


def _build(root: Path, state: State) -> None:
    command = [sys.executable, "-m", "factbook", "publish", "--pages-only", "--target", TARGET]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        state.version += 1
        state.findings = ""
        print("up to date", flush=True)
        return
    lines = [line for line in done.stderr.splitlines() if not line.startswith(("[", "      "))]
    state.findings = "\n".join(lines)
    print(state.findings, file=sys.stderr, flush=True)
