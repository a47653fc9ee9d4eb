"""The two editions state the same facts, section by section."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.miniature import checked


@pytest.fixture(name="chapter")
def spanish_chapter(mini: Path) -> Path:
    """The Spanish chapter of the small project."""
    (found,) = [f for f in (mini / "docs/es").glob("*.md") if "{{ cite(" in f.read_text("utf-8")]
    return found


def test_an_event_in_one_language_only_is_found_at_its_call(mini: Path, chapter: Path) -> None:
    """A date added in Spanish is a finding at its call, naming the other place."""
    text = chapter.read_text("utf-8")
    event = (mini / "data/events.toml").read_text("utf-8").split("[", 1)[1].split("]", 1)[0]
    added = f'{text}\nDesde el {{{{ when("{event}") }}}}.\n'
    chapter.write_text(added, encoding="utf-8")
    code, found = checked(mini)
    assert code == 1
    (path, line, message) = found[0]
    assert (path, line) == (f"docs/es/{chapter.name}", added.count("\n"))
    assert message.startswith(f"uses the event '{event}', which docs/en/{chapter.name}:")
    assert message.endswith(" does not in the same section; use it in both or in neither")


def test_a_heading_in_one_language_only_is_found(mini: Path, chapter: Path) -> None:
    """A section added in Spanish is one finding that shows both outlines."""
    text = chapter.read_text("utf-8")
    chapter.write_text(text + "\n#### Algo\n", encoding="utf-8")
    code, found = checked(mini)
    assert code == 1
    assert len(found) == 1
    assert found[0][0] == f"docs/es/{chapter.name}"
    assert "give both the same structure" in found[0][2]


def test_the_same_facts_in_other_words_are_no_finding(mini: Path, chapter: Path) -> None:
    """Sentences may differ as the languages do."""
    text = chapter.read_text("utf-8")
    chapter.write_text(text.replace("# ", "# Sobre ", 1), encoding="utf-8")
    assert checked(mini) == (0, [])
