"""Kept PDFs: taken only when nothing they are made from has changed and the files are whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factbook.editions.pdf.kept import keep, key_of, take
from factbook.editions.pdf.render import NO_PANGO
from tests.test_pdf import DRAWING

PAGES = {"whole.pdf": 12, "en/one.pdf": 3}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A project with an entry under the key ``k``."""
    (tmp_path / "made" / "en").mkdir(parents=True)
    for path in PAGES:
        (tmp_path / "made" / path).write_bytes(path.encode())
    keep(tmp_path, "book", "k", tmp_path / "made", PAGES)
    return tmp_path


def test_files_come_back_with_their_pages(kept: Path) -> None:
    assert take(kept, "book", "k", kept / "out") == PAGES
    assert (kept / "out" / "en" / "one.pdf").read_bytes() == b"en/one.pdf"


def test_nothing_comes_back_under_another_key_or_name(kept: Path) -> None:
    assert take(kept, "book", "other", kept / "out") is None
    assert take(kept, "letter", "k", kept / "out") is None
    assert not (kept / "out").exists()


@pytest.mark.parametrize("spoiled", ["en/one.pdf", "entry.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", None])
def test_a_damaged_or_missing_file_is_as_if_nothing_was_kept(
    kept: Path, spoiled: str, content: bytes | None
) -> None:
    file = kept / ".cache" / "pdf" / "book" / spoiled
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    assert take(kept, "book", "k", kept / "out") is None
    keep(kept, "book", "k", kept / "made", PAGES)
    assert take(kept, "book", "k", kept / "out") == PAGES


def test_an_entry_replaces_the_older_one(kept: Path) -> None:
    keep(kept, "book", "new", kept / "made", {"whole.pdf": 12})
    assert take(kept, "book", "k", kept / "out") is None
    assert [f.name for f in (kept / ".cache" / "pdf").iterdir()] == ["book"]
    assert not (kept / ".cache" / "pdf" / "book" / "en").exists()


def test_the_key_is_of_text_charts_and_files(tmp_path: Path) -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(NO_PANGO)
    (tmp_path / "font.ttf").write_bytes(b"a")
    charts = {"falling": DRAWING}
    first = key_of("<p>1</p>", charts, (tmp_path,))
    assert key_of("<p>1</p>", charts, (tmp_path,)) == first
    redrawn = {"falling": replace(DRAWING, paper="<svg/>")}
    others = {key_of("<p>2</p>", charts, (tmp_path,)), key_of("<p>1</p>", redrawn, (tmp_path,))}
    (tmp_path / "font.ttf").write_bytes(b"b")
    others.add(key_of("<p>1</p>", charts, (tmp_path,)))
    assert len(others - {first}) == 3
