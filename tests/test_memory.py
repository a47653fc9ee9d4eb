"""What is remembered, in a process or on the shelf, never changes what a check finds."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factbook import dataset, memory
from factbook.chapters import Chapter
from factbook.checks import check_project, prose
from factbook.dataset import dataset_of
from factbook.errors import Finding
from factbook.memory import Memory, Shelf, digest, ground, made_beside, shelve, stamps
from factbook.tables import Tables, read_tables

FARMING = "docs/en/farming.md"
EDITS = {
    "a call that fails": (FARMING, "\n{{ figur('x') }}\n"),
    "a number typed by hand": (FARMING, "\nThere are 37 farms.\n"),
    "a word in no dictionary": (FARMING, "\nThe farmrs agree.\n"),
    "a year that a figure explains": (FARMING, "\nThis was so in 2021.\n"),
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


def stored(path: Path, ground: str = "g", text: str = "t", said: str = "first") -> str:
    """What a shelf gives that is asked for one result and stored."""
    shelf = Shelf(path, ground)
    found = shelf.kept("name", text, lambda: said)
    shelf.store()
    return found


def test_the_ground_is_the_program_its_libraries_and_the_folders(tmp_path: Path) -> None:
    """A change of any is another ground."""
    grounds = [ground(tmp_path)]
    (tmp_path / "data").mkdir()
    for text in ("a", "b"):
        (tmp_path / "data" / "a.csv").write_text(text)
        grounds.append(ground(tmp_path, tmp_path / "data"))
    assert ground(tmp_path) == grounds[0]
    (tmp_path / "uv.lock").write_text("a = 1")
    grounds.append(ground(tmp_path))
    assert len(set(grounds)) == 4


def test_a_shelf_of_another_ground_is_empty(tmp_path: Path) -> None:
    """Other data or another program: everything is made anew."""
    assert stored(tmp_path / "shelf") == "first"
    assert stored(tmp_path / "shelf", ground="other", said="second") == "second"


def test_a_result_of_another_text_is_made_anew(tmp_path: Path) -> None:
    """And one of the same text is not."""
    assert stored(tmp_path / "shelf") == "first"
    assert stored(tmp_path / "shelf", text="edited", said="second") == "second"
    assert stored(tmp_path / "shelf", text="edited", said="third") == "second"


@pytest.mark.parametrize("at", [0, 70, 140, -1])
def test_a_damaged_shelf_is_empty(tmp_path: Path, at: int) -> None:
    """One byte is enough: nothing of it is unpacked."""
    stored(tmp_path / "shelf")
    content = bytearray((tmp_path / "shelf").read_bytes())
    content[at] ^= 1
    (tmp_path / "shelf").write_bytes(content)

    assert stored(tmp_path / "shelf", said="second") == "second"


def test_a_shelf_cut_short_is_empty(tmp_path: Path) -> None:
    """As a killed program of another kind might leave it."""
    stored(tmp_path / "shelf")
    (tmp_path / "shelf").write_bytes((tmp_path / "shelf").read_bytes()[:100])

    assert stored(tmp_path / "shelf", said="second") == "second"


def test_a_shelf_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """The folder's place is taken by a file: results are given all the same."""
    (tmp_path / "taken").write_text("")

    assert stored(tmp_path / "taken" / "shelf") == "first"
    assert [file.name for file in tmp_path.iterdir()] == ["taken"]


def test_a_shelf_forgets_what_nobody_asked_for(tmp_path: Path) -> None:
    """A chapter that is gone does not stay for ever."""
    stored(tmp_path / "shelf")
    shelf = Shelf(tmp_path / "shelf", "g")
    shelf.kept("another", "t", lambda: "second")
    shelf.store()

    assert Shelf(tmp_path / "shelf", "g").kept("name", "t", lambda: "third") == "third"


def test_a_digest_follows_names_and_contents(tmp_path: Path) -> None:
    """A file renamed or edited, and back again."""
    file = tmp_path / "a.csv"
    file.write_text("a")
    first = digest(tmp_path)
    file.write_text("b")
    second = digest(tmp_path)
    file.write_text("a")
    assert first == digest(tmp_path) != second
    file.rename(tmp_path / "b.csv")
    assert digest(tmp_path) != first


def fresh(root: Path) -> tuple[Finding, ...]:
    """What a check finds that remembers nothing."""
    for name in ("check", "prose"):
        (root / ".cache" / name).unlink(missing_ok=True)
    return check_project(root).findings


@pytest.mark.parametrize("edit", EDITS)
def test_a_second_process_finds_what_the_first_one_found(mini: Path, edit: str) -> None:
    """With the shelf of a sound state, of a state with faults, and of the mended one."""
    path, more = EDITS[edit]
    good = (mini / path).read_text(encoding="utf-8")
    for text in (good, good + more, good + more, good):
        (mini / path).write_text(text, encoding="utf-8")
        found = check_project(mini).findings
        assert found == fresh(mini)
        check_project(mini)
    assert all((mini / ".cache" / name).is_file() for name in ("check", "prose"))


def test_tables_on_the_shelf_are_those_of_the_files_as_they_are(mini: Path) -> None:
    check_project(mini, Memory())
    late = Memory()
    shelve(mini, late)
    harvest = mini / "data/observations/harvest.csv"
    before, _ = dataset_of(mini, late)
    harvest.write_text(f"{harvest.read_text('utf-8')}nonsense,row\n", encoding="utf-8")
    after, _ = dataset_of(mini, late)  # with the shelf of a moment ago
    assert not before.findings
    assert [finding.place.path for finding in after.findings] == ["data/observations/harvest.csv"]


def test_tables_that_stand_on_the_shelf_are_not_read(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_project(mini, Memory())

    def read(_: Path) -> Tables:
        raise AssertionError

    monkeypatch.setattr(dataset, "read_tables", read)
    memory = Memory()
    shelve(mini, memory)
    assert dataset_of(mini, memory)[0] == read_tables(mini)


@pytest.mark.parametrize("edit", EDITS)
def test_a_check_with_memory_finds_what_one_without_finds(mini: Path, edit: str) -> None:
    """After an edit, after its mending, and after a second check of the same state."""
    memory = Memory()
    path, more = EDITS[edit]
    file = mini / path
    good = file.read_text(encoding="utf-8")
    sound = check_project(mini, memory).findings
    assert sound == fresh(mini) == ()
    file.write_text(good + more, encoding="utf-8")
    for _ in range(2):
        assert check_project(mini, memory).findings == fresh(mini)
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


STYLE = '[some-words]\nlanguage = "en"\nwords = ["nowhere"]\nremedy = "be plain"\n'
CHANGES = {
    "a name that is none any more": ("data/names.csv", "Edict 7,Edicto 7\n", ""),
    "an event in another year": ("data/events.toml", 'date = "2017-05-01"', 'date = "2016-05-01"'),
    "a word that the guide avoids from now on": ("data/style.toml", "nowhere", "nobody"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_prose_is_read_again_where_the_data_say_otherwise_of_it(mini: Path, change: str) -> None:
    """Prose stays on its shelf while data change, but not where rules of prose ask for these."""
    (mini / "data/style.toml").write_text(STYLE, encoding="utf-8")
    path, old, new = CHANGES[change]
    known = Memory()
    assert check_project(mini, known).findings == ()
    file = mini / path
    good = file.read_text(encoding="utf-8")
    assert old in good
    file.write_text(good.replace(old, new), encoding="utf-8")
    with_memory = check_project(mini, known).findings
    with_shelf = check_project(mini).findings
    assert with_memory == with_shelf == fresh(mini)
    assert FARMING in {finding.place.path for finding in with_memory}


def test_prose_is_not_read_again_where_other_data_change(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of a table leaves to a page without its figures what was found there."""
    check_project(mini)
    file = mini / "data/observations/harvest-sold.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2022,2.1,", "2022,3.4,"), encoding="utf-8")
    read: list[str] = []

    def noted(chapter: Chapter, *others: Any) -> Iterator[prose.Typed]:
        read.append(chapter.path)
        return iter(())

    monkeypatch.setattr(prose, "numbers_typed", noted)
    monkeypatch.setattr(memory, "_can_fork", lambda: False)
    check_project(mini)
    assert read == ["farming.md", "farming.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked off on Linux only")
def test_what_a_process_beside_made_is_on_the_shelf(tmp_path: Path) -> None:
    """Nothing is made again, and all of it is stored."""
    shelf = Shelf(tmp_path / "shelf", "g")
    taken = made_beside(lambda: shelf.kept("beside", "t", os.getpid), shelf)
    here = shelf.kept("here", "t", os.getpid)
    taken()
    beside = shelf.kept("beside", "t", os.getpid)
    assert here == os.getpid() != beside
    shelf.store()
    again = Shelf(tmp_path / "shelf", "g")
    assert [again.kept(name, "t", lambda: 0) for name in ("here", "beside")] == [here, beside]


@pytest.mark.parametrize("failure", ["raises", "dies", "may not be forked"])
def test_what_no_process_made_beside_is_made_here(
    tmp_path: Path, failure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that fails leaves nothing, and says nothing."""
    shelf = Shelf(tmp_path / "shelf", "g")

    def fail() -> None:
        if failure == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    if failure == "may not be forked":
        monkeypatch.setattr(memory, "_can_fork", lambda: False)
    made_beside(fail, shelf)()
    assert shelf.empty and shelf.kept("name", "t", lambda: "here") == "here"
