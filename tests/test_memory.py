"""What a long-lived check remembers never changes what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.checks import check_project
from factbook.memory import Memory, stamps

FARMING = "docs/en/farming.md"
EDITS = {
    "a call that fails": (FARMING, "\n{{ figur('x') }}\n"),
    "a number typed by hand": (FARMING, "\nThere are 37 farms.\n"),
    "a word in no dictionary": (FARMING, "\nThe farmrs agree.\n"),
    "a row that cannot be read": ("data/observations/harvest.csv", "nonsense,row\n"),
    "a record that does not fit": ("data/terms.toml", "\n[nowhere]\n"),
    "a line more in the data": ("data/events.toml", "\n# nothing\n"),
}


def test_a_result_is_kept_while_its_basis_is_the_same() -> None:
    """Another basis, and only that, has the result made anew; what failed is tried again."""
    memory, made = Memory(), []

    def make() -> int:
        made.append(1)
        if len(made) == 1:
            raise ValueError
        return len(made)

    with pytest.raises(ValueError):
        memory.kept("count", (1,), make)
    assert [memory.kept("count", (basis,), make) for basis in (1, 1, 2, 1)] == [2, 2, 3, 4]


def test_stamps_tell_a_change_from_none(tmp_path: Path) -> None:
    """A file that is new, longer or gone is another state; reading is not."""
    file = tmp_path / "folder" / "a.csv"
    file.parent.mkdir()
    states = [stamps(tmp_path)]
    for text in ("a", "ab"):
        file.write_text(text)
        states.append(stamps(tmp_path))
    file.read_text()
    assert stamps(tmp_path) == states[-1]
    file.unlink()
    assert len(set(states)) == 3 and stamps(tmp_path) == states[0]


@pytest.mark.parametrize("edit", EDITS)
def test_a_check_with_memory_finds_what_one_without_finds(mini: Path, edit: str) -> None:
    """After an edit, after its mending, and after a second check of the same state."""
    memory = Memory()
    path, more = EDITS[edit]
    file = mini / path
    good = file.read_text(encoding="utf-8")
    sound = check_project(mini, memory).findings
    assert sound == check_project(mini).findings == ()
    file.write_text(good + more, encoding="utf-8")
    for _ in range(2):
        assert check_project(mini, memory).findings == check_project(mini).findings
    assert edit == "a line more in the data" or check_project(mini, memory).findings
    file.write_text(good, encoding="utf-8")
    assert check_project(mini, memory).findings == sound


def test_lines_of_findings_follow_an_edit_above_them(mini: Path) -> None:
    """A chapter whose text moved down names the new line."""
    file = mini / FARMING
    good = file.read_text(encoding="utf-8")
    memory = Memory()
    file.write_text(good + "\n{{ figur('x') }}\n", encoding="utf-8")
    before = check_project(mini, memory).findings
    file.write_text(good + "\n\n\n{{ figur('x') }}\n", encoding="utf-8")
    after = check_project(mini, memory).findings
    assert [f.place.line for f in after] == [f.place.line + 2 for f in before] != []
