"""What waits for upkeep: series without a new value, addresses that do not answer."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factbook import upkeep
from factbook.__main__ import main
from factbook.dataset import Dataset
from factbook.model import Source, SourceKind
from factbook.tables import read_tables
from factbook.upkeep import Silent, asked, overdue, report, silent
from tests.miniature import copy_of_mini


def watched(root: Path, months: int) -> Dataset:
    """The small dataset, whose crop area is due so many months after its newest period."""
    file = root / "data" / "indicators.toml"
    text = file.read_text()
    file.write_text(text.replace("in-force = false", f"in-force = false\ndue-after = {months}", 1))
    return Dataset(read_tables(root))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project to change."""
    return copy_of_mini(tmp_path / "mini")


def test_a_series_that_is_late_is_named_with_its_newest_period(root: Path) -> None:
    """Countries only; the months are counted from the end of the newest period, whole ones."""
    found = overdue(watched(root, 12), date(2024, 1, 31))

    assert [(late.area, str(late.newest), late.months) for late in found] == [
        ("XA", "2022", 13),
        ("XB", "2022", 13),
    ]


def test_nothing_is_late_on_the_last_day_of_its_time(root: Path) -> None:
    """Twelve months and thirty days after the end are not yet thirteen."""
    assert not list(overdue(watched(root, 12), date(2024, 1, 30)))


def test_indicators_without_a_time_are_never_late(root: Path) -> None:
    """Most figures were published once."""
    assert not list(overdue(Dataset(read_tables(root)), date(2999, 1, 1)))


@pytest.mark.parametrize("value", ["0", "-3", "241", "'12'", "1.5", "true"])
def test_the_months_are_a_whole_number(
    root: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong number of months is a finding at its line."""
    file = root / "data" / "indicators.toml"
    text = file.read_text().replace("in-force = false", f"in-force = false\ndue-after = {value}", 1)
    file.write_text(text)
    line = text.split("due-after")[0].count("\n") + 1

    assert main(["--root", str(root), "check"]) == 1
    assert capsys.readouterr().out.startswith(f"data/indicators.toml:{line}: ")


class Answering(BaseHTTPRequestHandler):
    """Answers with the status its path names; /moved leads to /200, /cut breaks off."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == "/cut":
            return
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/200")
            self.end_headers()
            return
        self.send_response(int(self.path[1:]))
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A web server of our own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/404", "404 Not Found"),
        ("/410", "410 Gone"),
        ("/500", "500 Internal Server Error"),
        ("/200", ""),
        ("/moved", ""),
        ("/403", ""),
        ("/429", ""),
    ],
)
def test_an_address_says_what_is_wrong_with_it(host: str, path: str, said: str) -> None:
    """A page that is gone is told from one that keeps programs out."""
    assert asked(host + path) == said


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http:///nowhere", "no address"])
def test_an_address_that_cannot_be_asked_is_an_answer_too(address: str) -> None:
    """No connection, no host, no scheme: a sentence, never a traceback."""
    assert asked(address)


def test_a_connection_cut_is_an_answer_too(host: str) -> None:
    """A server that hangs up has not answered."""
    assert asked(f"{host}/cut").startswith("no answer: ")


def test_silent_sources_come_in_their_order_with_progress() -> None:
    """Sources without an address are not asked; each answer is counted."""
    plain = Source("a", "webpage", "A", "en", "census", SourceKind.PRIMARY)
    sources = [
        dataclasses.replace(plain, id=name, url=url)
        for name, url in [("a", "bad:1"), ("b", None), ("c", "good"), ("d", "bad:2")]
    ]
    counted: list[tuple[int, int, str]] = []

    found = silent(
        sources,
        lambda address: "404" if address.startswith("bad") else "",
        lambda *told: counted.append(told),
    )

    assert [item.source.id for item in found] == ["a", "d"]
    assert counted == [(1, 3, "a"), (2, 3, "c"), (3, 3, "d")]


def test_the_report_is_markdown_that_an_answer_cannot_break(root: Path) -> None:
    """A pipe or a line break in a server's words stays in its cell; nothing gives nothing."""
    dataset = watched(root, 1)
    source = dataclasses.replace(next(iter(dataset.sources.values())), url="https://x.test/a")

    text = report(
        dataset, overdue(dataset, date(2999, 1, 1)), [Silent(source, "no | answer\n# really")]
    )

    assert "| Area under saffron (`crop-area`) | Ardania |" in text
    assert "no \\| answer # really" in text
    assert report(dataset, [], []) == ""


def test_the_command_reports_and_does_not_go_out_unasked(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --links no address is asked."""
    monkeypatch.setattr(upkeep, "asked", lambda address: pytest.fail(address))

    assert main(["--root", str(root), "upkeep"]) == 0
    assert capsys.readouterr().out == "Nothing waits for upkeep.\n"

    watched(root, 1)
    assert main(["--root", str(root), "upkeep"]) == 1
    assert "## Series that wait for a new value" in capsys.readouterr().out


def test_the_command_asks_each_address_when_told_to(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --links each source's address is asked once."""
    seen: list[str] = []

    def ask(address: str) -> str:
        seen.append(address)
        return "410 Gone"

    monkeypatch.setattr(upkeep, "asked", ask)

    assert main(["--root", str(root), "upkeep", "--links"]) == 1
    dataset = Dataset(read_tables(root))
    assert sorted(seen) == sorted(s.url for s in dataset.sources.values() if s.url)
    assert "## Sources whose address does not answer" in capsys.readouterr().out
