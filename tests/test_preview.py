"""The live preview: what is built for an edit, what is not, and what a mistake does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from factbook.editions import preview as live
from factbook.editions.preview import TARGET, Preview
from tests.second_site import ADDRESSES, done, site_about_saffron

pytestmark = pytest.mark.xdist_group("preview")  # it is built whole once, not once a worker

EN, ES = "farming/index.html", "es/farming/index.html"
CHAPTERS = ("docs/en/farming.md", "docs/es/farming.md")


class NoWholeBuild:
    """Stands for the whole build, which another test compares the pages with."""

    begun: ClassVar[list[NoWholeBuild]] = []

    def __init__(self, root: Path, target: str, finished: Any) -> None:
        self.abandoned = False
        self.begun.append(self)

    def abandon(self) -> None:
        """Note that it would have been stopped."""
        self.abandoned = True


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the second site, built whole."""
    made = site_about_saffron(tmp_path_factory.mktemp("preview") / "site")
    done(made, "-m", "factbook", "publish", "--pages-only")
    return made


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Preview]:
    """A preview of it that has started and shown every page."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ADDRESSES.items():
            patch.setenv(name, value)
        patch.setattr(live, "WholeBuild", NoWholeBuild)
        (root / TARGET).mkdir(parents=True)
        made = Preview(root)
        made.follow(())
        assert made.findings == ""
        for name in names(root):
            made.refresh(name)
        yield made
        made.stop()


def names(root: Path) -> list[str]:
    """The pages of the whole build, by their paths in the site."""
    whole = root / "site"
    return sorted(page.relative_to(whole).as_posix() for page in whole.rglob("index.html"))


def pages(root: Path) -> dict[str, tuple[int, bytes]]:
    """Each page of the preview with what tells a file written anew, and its content."""
    target = root / TARGET
    return {
        page.relative_to(target).as_posix(): (page.stat().st_ino, page.read_bytes())
        for page in target.rglob("*.html")
    }


def edited(preview: Preview, root: Path, texts: dict[str, str]) -> set[str]:
    """Add texts to files and let the preview follow; return the pages written for it."""
    before = pages(root)
    for path, text in texts.items():
        file = root / path
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    preview.follow(sorted(texts))
    return {name for name, state in pages(root).items() if before.get(name) != state}


def mended(preview: Preview, root: Path, goods: dict[str, str]) -> None:
    """Put files back as they were and let the preview follow."""
    for path, text in goods.items():
        (root / path).write_text(text, encoding="utf-8")
    preview.follow(sorted(goods))
    assert preview.findings == ""


def good(root: Path, paths: Sequence[str]) -> dict[str, str]:
    """The texts of files, to put back."""
    return {path: (root / path).read_text(encoding="utf-8") for path in paths}


def test_pages_are_those_of_a_whole_build(root: Path, preview: Preview) -> None:
    """Byte for byte, each page of both languages."""
    assert {EN, ES} <= set(names(root))
    for name in names(root):
        assert (root / TARGET / name).read_bytes() == (root / "site" / name).read_bytes(), name


def test_an_edit_builds_the_page_of_its_language_only(root: Path, preview: Preview) -> None:
    """One chapter gives one page; both languages give two; the text is in them."""
    goods = good(root, CHAPTERS)
    assert edited(preview, root, {CHAPTERS[0]: "\nFarmers agree.\n"}) == {EN}
    assert b"Farmers agree." in (root / TARGET / EN).read_bytes()
    more = {CHAPTERS[0]: "\nThey do.\n", CHAPTERS[1]: "\nEs así.\n"}
    assert edited(preview, root, more) == {EN, ES}
    assert "Es así.".encode() in (root / TARGET / ES).read_bytes()
    mended(preview, root, goods)


def test_an_edit_abandons_the_whole_build_and_begins_another(root: Path, preview: Preview) -> None:
    """What stands behind is never a build of an older state."""
    last = NoWholeBuild.begun[-1]
    goods = good(root, CHAPTERS[:1])
    edited(preview, root, {CHAPTERS[0]: "\nFarmers agree.\n"})
    assert last.abandoned and NoWholeBuild.begun[-1] is not last
    assert not NoWholeBuild.begun[-1].abandoned
    mended(preview, root, goods)


def test_a_mistake_is_told_and_leaves_the_last_good_page(root: Path, preview: Preview) -> None:
    """With path and line; mending takes it away, and the page is up to date."""
    goods = good(root, CHAPTERS[:1])
    line = goods[CHAPTERS[0]].count("\n") + 2
    assert edited(preview, root, {CHAPTERS[0]: '\n{{ figur("x") }}\n'}) == set()
    fault = f"{CHAPTERS[0]}:{line}: unknown macro 'figur'. Did you mean 'figure'?"
    assert preview.findings == fault
    preview.refresh("sources/index.html")
    mended(preview, root, goods)


def test_an_edit_to_data_shows_in_the_pages_that_are_looked_at(
    root: Path, preview: Preview
) -> None:
    """The page is built when it is asked for; the others wait."""
    path = "data/terms.toml"
    goods = good(root, [path])
    word = 'en = "The bulb'
    assert word in goods[path]
    (root / path).write_text(
        goods[path].replace(word, 'en = "Indeed the bulb', 1), encoding="utf-8"
    )
    before = pages(root)
    preview.follow([path])
    assert preview.findings == "" and pages(root) == before
    preview.refresh("glossary/index.html")
    changed = {name for name, state in pages(root).items() if before[name] != state}
    assert changed == {"glossary/index.html"}
    assert b"Indeed the bulb" in (root / TARGET / "glossary/index.html").read_bytes()
    mended(preview, root, goods)


def test_a_chart_is_drawn_for_the_page_that_shows_it(
    root: Path, preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not before, and in its language only; then the page has the number in its picture."""
    path = "data/observations/crop-area.csv"
    goods = good(root, [path])
    assert "XA,2021,4200," in goods[path]
    (root / path).write_text(goods[path].replace("2021,4200,", "2021,4300,"), encoding="utf-8")
    capsys.readouterr()
    preview.follow([path])
    assert preview.findings == "" and "drew" not in capsys.readouterr().out
    preview.refresh("glossary/index.html")
    assert capsys.readouterr().out == ""
    preview.refresh(EN)
    assert capsys.readouterr().out == f"{EN}: drew saffron-area.en\n"
    picture = (root / TARGET / EN).read_bytes().partition(b'id="chart-saffron-area"')[2]
    assert b"4,300" in picture and b"4,200" not in picture
    mended(preview, root, goods)


def test_a_fault_in_a_chart_is_told_at_once(root: Path, preview: Preview) -> None:
    """Nobody has to look at a page that shows it; the engine lives on."""
    path = "factbook/charts/saffron_area.py"
    goods = good(root, [path])
    line = goods[path].count("\n") + 1
    edited(preview, root, {path: "nonsense\n"})
    told = "NameError: name 'nonsense' is not defined"
    assert preview.findings.splitlines() == [
        f"{path}:{line}: chart 'saffron-area' ({language}): {told}" for language in ("en", "es")
    ]
    mended(preview, root, goods)


def test_an_edit_to_a_template_or_a_style_shows(root: Path, preview: Preview) -> None:
    """A template in the page that is looked at; a style at once, in both languages."""
    footer = "overrides/partials/footer.html"
    style = "overrides/assets/stylesheets/pieces.css"
    goods = good(root, [footer, style])
    assert edited(preview, root, {footer: "<p>From the template.</p>\n"}) == set()
    preview.refresh(EN)
    assert b"From the template." in (root / TARGET / EN).read_bytes()
    looks = preview.looks
    edited(preview, root, {style: "/* new */\n"})
    for folder in ("", "es/"):
        copy = root / TARGET / folder / "assets/stylesheets/pieces.css"
        assert copy.read_text(encoding="utf-8").endswith("/* new */\n")
    assert preview.looks == looks + 1
    mended(preview, root, goods)


def test_an_engine_started_for_a_page_reads_the_project_first(root: Path, preview: Preview) -> None:
    """As after a commit, whose date pages carry: the page is there, and a gone one is no fault."""
    preview.follow(["data/terms.toml"])
    preview._engine.stop()
    before = pages(root)
    preview.refresh(EN)
    assert preview.findings == "" and pages(root)[EN][0] != before[EN][0]
    assert preview._engine.ask(do="build", pages=["gone/index.html"])["built"] == []


def test_an_edit_to_python_restarts_the_engine(root: Path, preview: Preview) -> None:
    """A fault in it is told with its line, and mending brings the engine back."""
    path = "factbook/markup/records.py"
    goods = good(root, [path])
    line = goods[path].count("\n") + 1
    edited(preview, root, {path: "def broken(:\n"})
    assert preview.findings == f"{path}:{line}: SyntaxError: invalid syntax"
    edited(preview, root, {CHAPTERS[0]: ""})
    assert preview.findings.startswith(f"{path}:{line}: ")
    mended(preview, root, goods)
    preview.refresh(EN)
    assert (root / TARGET / EN).read_bytes() == (root / "site" / EN).read_bytes()


def served(root: Path, port: int) -> subprocess.Popen[str]:
    """Start a preview as the command does."""
    command = [sys.executable, "-u", "-m", "factbook", "serve", "--port", str(port)]
    environment = os.environ | ADDRESSES | {"PYTHONPATH": str(root)}
    return subprocess.Popen(
        command, cwd=root, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        # Tests that a shell runs in the background ignore Ctrl-C, and what they start inherits that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def at_work(root: Path) -> list[str]:
    """The processes that name the project's folder in their command."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = process.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        found += [said] if str(root) in said else []
    return found


def test_a_taken_port_is_one_sentence(root: Path) -> None:
    """No traceback; nothing is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said, _ = served(root, port).communicate()
    assert said == f"port {port} is in use; name another one with --port\n"


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="lists processes by /proc")
def test_one_preview_at_a_time_and_nothing_left_behind(root: Path, preview: Preview) -> None:
    """The second says so in a sentence; the end of the first ends its processes."""
    preview.stop()
    first = served(root, free_port())
    assert first.stdout is not None
    assert first.stdout.readline().startswith("Preview: http://127.0.0.1:")
    said, _ = served(root, free_port()).communicate()
    assert said == "another preview of this project is running; stop it first with Ctrl-C\n"
    assert first.stdout.readline().startswith("ready: ")
    assert at_work(root)
    first.send_signal(signal.SIGINT)
    assert first.wait() == 1
    for _ in range(100):  # the one that others are forked off sees that all have gone, and goes
        if not at_work(root):
            break
        time.sleep(0.1)
    assert at_work(root) == []
