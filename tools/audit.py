"""Measure the finished site with Lighthouse, as a phone sees it: ``make audit``.

Needs Node and Chromium. The site is served compressed, as its hosts do. Each page is measured
three times; of each score the median counts. Exits 1 where one is below its floor.
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
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median

LIGHTHOUSE = "lighthouse@12.8.2"
"""The last release for Node 20; newer ones want 22."""

PAGES = ("", "bolivia-cato/", "data/area/", "es/peru-enaco/")
FLOORS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
TIMES = 3
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv")


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts of static sites do: by gzip, to be kept for ten minutes."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if path.suffix not in _TEXT or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
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


def measured(address: str) -> dict[str, float]:
    """The scores of one run, and what cost points. Raises CalledProcessError where it cannot run."""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-sync"]
    command += [f"--only-categories={','.join(FLOORS)}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    for name, audit in report["audits"].items():
        if audit["score"] is not None and audit["score"] < 0.9 and audit.get("displayValue"):
            print(f"      {name}: {audit['displayValue']}")
        elif audit["score"] == 0:
            print(f"      {name}: {audit['title']}")
    return {name: 100 * report["categories"][name]["score"] for name in FLOORS}


def main(site: Path, pages: tuple[str, ...] = PAGES) -> int:
    """Measure the pages and print what came out; 1 where a score is below its floor."""
    browser = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    if not (site / "index.html").exists() or not shutil.which("npx") or not browser:
        print("audit: needs a built site, npx (Node) and Chromium", file=sys.stderr)
        return 2
    os.environ["CHROME_PATH"] = browser
    low = 0
    handler = partial(_Compressing, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in pages:
            runs = [measured(f"http://127.0.0.1:{server.server_port}/{page}") for _ in range(TIMES)]
            scores = {name: median(run[name] for run in runs) for name in FLOORS}
            short = {name: score for name, score in scores.items() if score < FLOORS[name]}
            low += len(short)
            shown = ", ".join(f"{name} {score:.0f}" for name, score in scores.items())
            print(f"/{page}: {shown}{' <- too low' if short else ''}", flush=True)
        server.shutdown()
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), tuple(sys.argv[2:]) or PAGES))
