"""Measure the finished site with Lighthouse, as a phone sees it: ``make audit``.

Needs Node and Chromium. The site is served compressed, as its hosts do. Each page is measured
three times; of each score the median counts. Exits 1 where one is below its floor, 2 where nothing
can be measured. A machine that is busy gives less for performance than the page deserves; the
times behind the scores are printed with whatever falls short.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

LIGHTHOUSE = "lighthouse@12.8.2"
"""The last release for Node 20; newer ones want 22."""
PAGES = ("", "bolivia-cato/", "data/markets/", "es/peru-enaco/")
FLOORS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
TIMES = 3
LONGEST = 180
"""Seconds after which a run is given up."""
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv")
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-sync"


class AuditError(Exception):
    """Why nothing could be measured, and what helps."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement of a page: its scores, and the audits that cost points with what they found."""

    scores: dict[str, float]
    faults: dict[str, str]


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts of static sites do: by gzip, to be kept for ten minutes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if path.suffix not in _TEXT or not path.is_file():
            return super().do_GET()
        body = _compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server that lives as long as the block."""
    handler = partial(_Compressing, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def checked(site: Path) -> str:
    """The browser's program. Raises AuditError, which names everything that is missing."""
    browser = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    missing = []
    if not (site / "index.html").exists():
        missing.append(f"there is no site in {site}/; build it with 'make site'")
    if not shutil.which("npx"):
        missing.append("Node is not installed (npx); install Node 20 or newer")
    if not browser:
        missing.append("there is no Chromium; install it or name its program in CHROMIUM")
    if missing or not browser:
        raise AuditError("; ".join(missing))
    return browser


def measured(address: str, browser: str) -> Run:
    """One run of Lighthouse in its own preset, a phone. Raises AuditError where it fails."""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(FLOORS)}"]
    surroundings = os.environ | {"CHROME_PATH": browser}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=LONGEST, env=surroundings
        )
    except subprocess.TimeoutExpired:
        raise AuditError(f"Lighthouse took longer than {LONGEST} s at {address}") from None
    if not done.stdout.lstrip().startswith("{"):
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise AuditError(f"Lighthouse did not run: {said[-1]}")
    return read(json.loads(done.stdout))


def read(report: dict[str, Any]) -> Run:
    """What counts of a report. Raises AuditError where the page could not be measured."""
    scores = {name: report["categories"][name]["score"] for name in FLOORS}
    if None in scores.values():
        why = report.get("runtimeError", {}).get("message", "a score is missing")
        raise AuditError(f"Lighthouse could not measure the page: {why}")
    faults = {
        name: audit.get("displayValue") or audit["title"]
        for name, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 0.9
    }
    return Run({name: 100 * score for name, score in scores.items()}, faults)


def verdict(page: str, runs: list[Run]) -> tuple[bool, str]:
    """Whether the medians reach the floors, and the line that says them; faults where they do not."""
    scores = {name: median(run.scores[name] for run in runs) for name in FLOORS}
    good = all(scores[name] >= floor for name, floor in FLOORS.items())
    line = f"/{page}: " + ", ".join(f"{name} {score:.0f}" for name, score in scores.items())
    if not good:
        middle = sorted(runs, key=lambda run: run.scores["performance"])[len(runs) // 2]
        line += "  <- too low"
        line += "".join(f"\n      {name}: {said}" for name, said in middle.faults.items())
    return good, line


def main(site: Path, pages: tuple[str, ...] = PAGES) -> int:
    """Measure the pages and print what came out; 1 where a score is below its floor."""
    good = True
    try:
        browser = checked(site)
        with served(site) as address:
            for page in pages:
                runs = []
                for number in range(1, TIMES + 1):
                    print(f"measuring /{page}, {number} of {TIMES}", file=sys.stderr, flush=True)
                    runs.append(measured(address + page, browser))
                reached, line = verdict(page, runs)
                good &= reached
                print(line, flush=True)
    except AuditError as fault:
        print(f"audit: {fault}", file=sys.stderr)
        return 2
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), tuple(sys.argv[2:]) or PAGES))
