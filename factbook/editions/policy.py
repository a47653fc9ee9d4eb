"""The content-security policy of every hosted page: our own host only, inline scripts by their hash."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r"<meta charset=\"?utf-8\"?\s*/?>", re.IGNORECASE)


def add_policies(site: Path) -> int:
    """Write a policy into each page of ``site``; return the number of pages."""
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        page.write_text(with_policy(text), encoding="utf-8")
    return len(pages)


def with_policy(page: str) -> str:
    """The page with its policy directly behind the character set, where it covers all that follows."""
    content = policy(page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return _CHARSET.sub(lambda match: match.group() + meta, page, count=1)


def policy(page: str) -> str:
    """The policy of one page; a script is allowed from our host, or inline by its SHA-256."""
    hashes = sorted({_hash(m.group("code")) for m in _SCRIPT.finditer(page) if _is_inline(m)})
    scripts = " ".join(["'self'", *hashes])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self';"
        " manifest-src 'self'; base-uri 'self'; form-action 'self'"
    )


def _is_inline(match: re.Match[str]) -> bool:
    attributes = match.group("attributes")
    data = re.search(r"type=\"?application/(ld\+)?json", attributes)
    return "src=" not in attributes and data is None


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
