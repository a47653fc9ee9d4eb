"""What the preview serves: pages with a script that asks for changes, and findings on top of them."""

from __future__ import annotations

import hashlib
import http.server
import json
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

_SCRIPT = b"""<script>
(() => {
  const box = document.createElement("pre");
  box.setAttribute("role", "alert");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;" +
    "padding:1rem;background:#a3222b;color:#fff;z-index:99;white-space:pre-wrap;font:14px monospace";
  const here = "/-/state?page=" + encodeURIComponent(location.pathname);
  let seen = "%s";
  const ask = async () => {
    try {
      const state = await (await fetch(here, {cache: "no-store"})).json();
      if (state.tag !== seen) { seen = state.tag; location.reload(); }
      if (box.textContent !== state.findings) box.textContent = state.findings;
      state.findings ? document.body.append(box) : box.remove();
    } catch { /* the server is being restarted */ }
    setTimeout(ask, 300);
  };
  ask();
})();
</script></body>"""
_WAIT = b"""<!doctype html><meta charset="utf-8"><title>Preview</title>
<body><p>There is no such page, or not yet. This page looks again by itself.</p></body>"""


class Shown(Protocol):
    """The state of the preview as the server asks for it."""

    findings: str
    looks: int
    """How often styles, scripts or pictures have changed."""

    def refresh(self, page: str) -> None:
        """See that a page, named by its path in the site, is up to date, unless there are findings."""


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the preview, with the asking script in each page."""

    def __init__(self, *arguments: object, shown: Shown, **options: object) -> None:
        self._shown = shown
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer the state of a page, a page, or a file."""
        address = urlsplit(self.path)
        if address.path == "/-/state":
            page = parse_qs(address.query).get("page", ["/"])[0]
            body, tag = self._page(page)
            answer = {"tag": tag, "findings": self._shown.findings}
            self._send(json.dumps(answer).encode(), "application/json")
            return
        name = address.path.rpartition("/")[2]
        if name and not name.endswith(".html"):
            super().do_GET()
            return
        body, tag = self._page(unquote(address.path))
        script = _SCRIPT.replace(b"%s", tag.encode(), 1)
        body = body.replace(b"</body>", script, 1)
        # The policy would stop our script.
        body = body.replace(b'http-equiv="Content-Security-Policy"', b"data-preview", 1)
        self._send(body, "text/html; charset=utf-8")

    def _page(self, address: str) -> tuple[bytes, str]:
        """The page at an address as it is now, and what tells it from earlier states."""
        name = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
        self._shown.refresh(name)
        file = Path(self.translate_path("/" + name))
        try:
            body = file.read_bytes()
        except OSError:
            body = _WAIT
        digest = hashlib.sha256(b"%d\n%s" % (self._shown.looks, body))
        return body, digest.hexdigest()[:16]

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Let nothing be kept by the browser that the next edit may change."""
        if "no-store" not in b"".join(getattr(self, "_headers_buffer", [])).decode("latin-1"):
            self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Requests are not worth a line."""
