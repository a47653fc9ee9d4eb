"""What goes wrong around a build: one clear sentence, exit 1, and the last good site stays.

Disks fill up, folders may not be written, processes are killed, tools are missing, two builds start
at once. The check, the engine and the pictures stand aside here (each takes seconds and has tests of
its own): what is left of a build writes one page, which is what its first and last steps need.
"""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factbook.__main__ import main
from factbook.charts.store import keep_entry, read_content
from factbook.checks import Project
from factbook.dataset import Dataset
from factbook.editions import website
from factbook.editions.complaints import complaints
from factbook.editions.engines import engine
from factbook.editions.pdf import render
from factbook.errors import FactbookError, refusal
from factbook.model import Language
from factbook.release import release_of, source_date
from factbook.tables import Tables
from tests.miniature import REAL, copy_of_mini

QUICK = """
import os, sys, time
from pathlib import Path
from factbook.__main__ import main
from factbook.checks import Project
from factbook.dataset import Dataset
from factbook.editions import website
from factbook.tables import Tables

class Engines:
    def __init__(self, root, stage):
        self.site = stage

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def finished(self):
        self.site.mkdir()
        (self.site / "index.html").write_text("new")
        if "wait" in sys.argv:
            print("halfway", flush=True)
            time.sleep(600)
        return self.site

def swapped(root, built, site):
    site.rename(website._aside(root, site))
    print("halfway", flush=True)
    time.sleep(600)

website.check_project = lambda *_: Project(Dataset(Tables()), {}, ())
website.Engines = Engines
website.render = lambda *_, **__: ()
website.drawings_of = lambda *_: {}
website._beside_pages = lambda root, beside, *_: (beside / "data").mkdir(parents=True)
if "swap" in sys.argv:
    website._swap = swapped
sys.exit(main(["publish", "--pages-only"]))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project with a site that was built earlier."""
    root = copy_of_mini(tmp_path / "mini")
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("good")
    return root


class QuickEngines:
    """They build one page; as long as they work, ``running`` is true of them."""

    running = False

    def __init__(self, _: Path, stage: Path) -> None:
        self.site = stage

    def __enter__(self) -> QuickEngines:
        type(self).running = True
        return self

    def __exit__(self, *_: object) -> None:
        type(self).running = False

    def finished(self) -> Path:
        """Write the page."""
        self.site.mkdir()
        (self.site / "index.html").write_text("new")
        return self.site


@pytest.fixture
def quick(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """A build of one page."""

    def beside(_: Path, folder: Path, *__: object) -> None:
        (folder / "data").mkdir(parents=True)

    sound = Project(Dataset(Tables()), {}, ())
    monkeypatch.setattr(website, "check_project", lambda *_: sound)
    monkeypatch.setattr(website, "Engines", QuickEngines)
    monkeypatch.setattr(website, "render", lambda *_, **__: ())
    monkeypatch.setattr(website, "drawings_of", lambda *_: {})
    monkeypatch.setattr(website, "_beside_pages", beside)
    return lambda: main(["--root", str(project), "publish", "--pages-only"])


def shown(root: Path) -> str:
    """What the site says now."""
    return (root / "site" / "index.html").read_text()


def left_behind(root: Path) -> list[str]:
    """What lies in the folder of builds but the lock."""
    return sorted(path.name for path in (root / ".build").iterdir() if path.name != "lock")


def started(root: Path, *how: str) -> subprocess.Popen[str]:
    """Start a quick build of its own process, and wait until it is halfway."""
    environment = os.environ | {"PYTHONPATH": str(REAL)}
    command = [sys.executable, "-c", QUICK, *how]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line == "halfway\n":
            return process
    raise AssertionError(process.communicate()[1])


def killed(process: subprocess.Popen[str]) -> None:
    """End a process as the system does when memory is short: it can do nothing about it."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


# Killed, and two at once


def test_a_build_replaces_the_site_and_leaves_nothing(
    project: Path, quick: Callable[[], int]
) -> None:
    """Nothing goes wrong."""
    assert quick() == 0
    assert (shown(project), left_behind(project)) == ("new", [])


def test_a_build_killed_halfway_leaves_the_site_and_does_not_hinder_the_next(
    project: Path, quick: Callable[[], int]
) -> None:
    """The stage of a killed build stays until the next one, which removes it."""
    killed(started(project, "wait"))

    assert shown(project) == "good"
    assert [name.partition("-")[0] for name in left_behind(project)] == ["stage"]
    assert quick() == 0
    assert (shown(project), left_behind(project)) == ("new", [])


def test_a_build_killed_while_it_swaps_loses_no_site(
    project: Path, quick: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last good site is put back by the next build, even by one that fails."""
    killed(started(project, "swap"))
    assert not (project / "site").exists()

    def fails(_: object) -> Path:
        raise FactbookError("the pages cannot be built")

    monkeypatch.setattr(QuickEngines, "finished", fails)
    assert quick() == 1
    assert (shown(project), left_behind(project)) == ("good", [])


def test_a_site_that_cannot_be_put_in_place_leaves_the_last_one(
    project: Path,
    quick: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """When the last step is refused, the old site moves back."""
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.parent.name.startswith("stage-"):
            raise OSError(errno.EACCES, "Permission denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)

    assert quick() == 1
    assert (shown(project), left_behind(project)) == ("good", [])
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"nothing may be written or read here ({project}/site); change the permissions, or the"
        " folder"
    )


def test_a_second_build_at_the_same_time_is_refused(project: Path) -> None:
    """The second one says so at once; the first one goes on."""
    first = started(project, "wait")
    try:
        environment = os.environ | {"PYTHONPATH": str(REAL)}
        command = [sys.executable, "-m", "factbook", "publish"]
        second = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        assert first.poll() is None
    finally:
        killed(first)

    assert second.returncode == 1
    assert second.stderr == "another build is running; wait for it and try again\n"
    assert shown(project) == "good"


# Disks and folders


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told(
    project: Path,
    quick: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
) -> None:
    """Whatever step finds no room, the site stays, the stage goes, and one sentence says so."""

    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number), str(project / ".build/stage/x.csv"))

    monkeypatch.setattr(website, "_beside_pages", full)

    assert quick() == 1
    assert not QuickEngines.running
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"the disk is full ({project}/.build/stage/x.csv); make room there and run the command"
        " again"
    )
    assert (shown(project), left_behind(project)) == ("good", [])


def test_the_system_refuses_to_write_more(project: Path) -> None:
    """A real limit of the system on the size of files, hit by the list of checksums."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))

    environment = os.environ | {"PYTHONPATH": str(REAL)}
    command = [sys.executable, "-B", "-c", QUICK]
    done = subprocess.run(
        command,
        cwd=project,
        env=environment,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("the disk is full")
    assert "Traceback" not in done.stdout + done.stderr
    assert (shown(project), left_behind(project)) == ("good", [])


def test_several_files_that_cannot_be_copied_are_told(
    project: Path,
    quick: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Python's error for a whole tree has no number; its text is given instead."""

    def failing(*_: object) -> None:
        raise shutil.Error([("a", "b", "No space left on device")])

    monkeypatch.setattr(website, "_beside_pages", failing)

    assert quick() == 1
    assert "No space left on device" in capsys.readouterr().err.splitlines()[-1]


def test_a_folder_for_builds_that_cannot_be_made_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the place of the folder stops the build before anything is done."""
    (project / ".build").write_text("")

    assert main(["--root", str(project), "publish"]) == 1
    assert capsys.readouterr().err == "cannot write into .build/ (File exists)\n"
    assert shown(project) == "good"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_project_that_may_not_be_written_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A project on a read-only medium can be checked, and says why it cannot be built."""
    project.chmod(0o555)
    try:
        assert main(["--root", str(project), "check"]) == 0
        capsys.readouterr()
        assert main(["--root", str(project), "publish"]) == 1
    finally:
        project.chmod(0o755)
    assert capsys.readouterr().err == "cannot write into .build/ (Permission denied)\n"


@pytest.mark.parametrize(
    ("number", "path", "sentence"),
    [
        (errno.EROFS, "/x", "nothing may be written or read here (/x); change the permissions, or"
         " the folder"),
        (errno.EMFILE, None, "too many files are open; close other programs or raise 'ulimit -n'"),
        (errno.ENOMEM, None, "the memory is full; close other programs and run the command again"),
        (errno.ENOENT, "/x", "cannot go on: No such file or directory (/x)"),
    ],
)  # fmt: skip
def test_what_the_system_refuses_is_one_sentence(
    number: int, path: str | None, sentence: str
) -> None:
    """Each refusal names the file, where there is one, and the remedy, where there is one."""
    assert refusal(number, path) == sentence


@pytest.mark.parametrize(
    "spoiled", [b"", b"{", b"[]", b'{"key": "k"}', b"\xff\xfe", b'{"key":"k","checksum":"x"}']
)
def test_a_drawing_half_written_is_drawn_again(tmp_path: Path, spoiled: bytes) -> None:
    """Nothing but a whole entry of the cache is read, whatever a killed build left there."""
    entry = tmp_path / "a.json"
    keep_entry(entry, "k", "content")
    assert read_content(entry, "k") == "content"

    entry.write_bytes(spoiled)
    assert read_content(entry, "k") is None


def test_a_drawing_that_cannot_be_kept_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the cache as it was: the entry of before, and no half of the new one."""
    entry = tmp_path / "a.json"
    keep_entry(entry, "k", "before")

    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        keep_entry(entry, "k", "after")

    assert read_content(entry, "k") == "before"
    assert list(tmp_path.iterdir()) == [entry]


# Missing tools


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Path]:
    """A folder of programs with nothing in it but what a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    yield folder


def test_without_git_the_date_is_asked_for(
    project: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A history that nobody can read is told; made-up dates would be published unseen."""
    (project / ".git").mkdir()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("PATH", str(bare))

    with pytest.raises(FactbookError) as raised:
        release_of(project)
    assert str(raised.value) == (
        "git is not installed, and pages carry the date of the last commit; install it, or set"
        " SOURCE_DATE_EPOCH to the date of the pages, in seconds since 1970"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert release_of(project).date == 1_790_000_000


def test_a_history_that_git_does_not_tell_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is no repository, or another person's, makes git fail: it says why."""
    (project / ".git").write_text("gitdir: nowhere\n")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    with pytest.raises(FactbookError) as raised:
        source_date(project)
    assert str(raised.value).startswith("git does not tell the date of the last commit (fatal: ")
    assert str(raised.value).endswith("set SOURCE_DATE_EPOCH to the date of the pages, in seconds"
                                      " since 1970")  # fmt: skip


def test_without_pango_the_build_stops_before_it_draws(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library is looked for first: nobody waits minutes to be told."""
    import cffi

    dlopen = cffi.FFI.dlopen

    def without(self: object, name: str, *flags: object) -> object:
        if "pango" in str(name):
            raise OSError(f"cannot load library '{name}'")
        return dlopen(self, name, *flags)

    def drawn(*_: object, **__: object) -> None:
        raise AssertionError("charts were drawn")

    monkeypatch.setattr(cffi.FFI, "dlopen", without)
    monkeypatch.setattr(website, "render", drawn)
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)

    assert main(["--root", str(project), "publish"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == render.NO_PANGO
    assert (shown(project), left_behind(project)) == ("good", [])


def test_without_chromium_the_tests_say_how_to_get_it(bare: Path) -> None:
    """The script that looks for the browser names both ways to give it one."""
    environment = {"PATH": str(bare)}
    done = subprocess.run(
        [shutil.which("bash") or "bash", str(REAL / "tests/browser.sh")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "The tests need Chromium and found none. Install it (Debian: sudo apt install chromium),\n"
        "or name its program: CHROMIUM=/path/to/chromium make test\n"
    )


def made(root: Path, programs: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    """Run the project's make in a copy, with no other programs than those in a folder."""
    shutil.copy(REAL / "Makefile", root)
    (root / "uv.lock").write_text("")
    for name in ("bash", "make", "mkdir", "touch", "sh"):
        (programs / name).symlink_to(shutil.which(name) or name)
    return subprocess.run(
        [str(programs / "make"), "SHELL=" + str(programs / "bash"), *targets],
        cwd=root,
        env={"PATH": str(programs), "HOME": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_an_old_python_is_told(project: Path, bare: Path) -> None:
    """The first thing that make looks at is the version of Python."""
    script = '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 || exit 1\n'
    (bare / "python3").write_text(script)
    (bare / "python3").chmod(0o755)

    done = made(project, bare, "site")

    assert done.returncode != 0
    assert "Python 3.11 or newer is needed; this is Python 3.9.2." in done.stderr
    assert not (project / ".cache" / "ready").exists()
    assert shown(project) == "good"


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_without_uv_it_is_fetched_and_a_failure_is_no_readiness(project: Path, bare: Path) -> None:
    """Where uv is missing make fetches it; when that fails the next run tries again."""
    script = '#!/bin/sh\ncase "$*" in *venv*) echo "$@"; exit 3;; esac\n'
    (bare / "python3").write_text(script)
    (bare / "python3").chmod(0o755)

    done = made(project, bare, "site")

    assert done.returncode != 0
    assert "Fetching uv" in done.stdout
    assert "-m venv .cache/uv" in done.stdout
    assert not (project / ".cache" / "ready").exists()
    assert shown(project) == "good"


# The configuration

CONFIGURATION = (REAL / "mkdocs.yml").read_text(encoding="utf-8")


def line_of(text: str) -> int:
    """The line of the configuration in which a text stands."""
    return CONFIGURATION.count("\n", 0, CONFIGURATION.index(text)) + 1


SAID = [
    # What the engine prints, and our line. The first ones are its own words for faults of the file.
    (
        "Error: MkDocs encountered an error parsing the configuration file: while parsing a flow"
        ' node\nexpected the node content, but found \'-\'\n  in "mkdocs.yml", line 62, column 3\n',
        "mkdocs.yml:62: is not valid YAML (while parsing a flow node expected the node content, but"
        " found '-' , column 3); mend it there or in the line before",
    ),
    (
        "WARNING -  Config value 'strict': Unrecognised configuration name: strict\n"
        "\nAborted with 1 warnings in strict mode!\n",
        f"mkdocs.yml:{line_of('strict: true')}: 'strict': Unrecognised configuration name: strict",
    ),
    (
        "ERROR   -  Config value 'plugins': The \"macross\" plugin is not installed\n",
        f"mkdocs.yml:{line_of('plugins:')}: 'plugins': The \"macross\" plugin is not installed",
    ),
    (
        "ERROR   -  Config value 'nowhere': Unrecognised configuration name: nowhere\n",
        "mkdocs.yml:1: 'nowhere': Unrecognised configuration name: nowhere",
    ),
    (
        "WARNING -  A reference to 'timeline.md' is included in the 'nav' configuration, which is"
        " not found in the documentation files.\n",
        f"mkdocs.yml:{line_of('timeline.md')}: 'nav' names 'timeline.md', and there is no such"
        " page; mend its name, or add it",
    ),
    (
        "WARNING -  Doc file 'leaf.md' contains a link '#nowhere', but there is no such anchor on"
        " this page.\n",
        "Doc file 'docs/en/leaf.md' contains a link '#nowhere', but there is no such anchor on this"
        " page.",
    ),
    (
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in y\n"
        "ImportError: Macro plugin could not find custom 'macroz' module in 'x'.\n",
        "mkdocs.yml:1: the site engine stopped: ImportError: Macro plugin could not find custom"
        " 'macroz' module in 'x'.; check what changed here, in macros/ or overrides/",
    ),
    (
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in y\n"
        "jinja2.exceptions.TemplateSyntaxError: unexpected '}'\n",
        "mkdocs.yml:1: the site engine stopped: TemplateSyntaxError: unexpected '}'; check what"
        " changed here, in macros/ or overrides/",
    ),
    (
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in y\n"
        "OSError: [Errno 28] No space left on device: '/x/search_index.json'\n",
        "the disk is full (/x/search_index.json); make room there and run the command again"
        " (building the en pages)",
    ),
    ("", "mkdocs.yml:1: the site engine stopped: it said nothing; check what changed here, in"
     " macros/ or overrides/"),
]  # fmt: skip


@pytest.mark.parametrize(("output", "line"), SAID)
def test_what_the_engine_says_is_one_line_of_ours(output: str, line: str) -> None:
    """Place, fault, remedy; no traceback, even where the engine prints one."""
    assert complaints(output, Language.EN, "mkdocs.yml", CONFIGURATION) == [line]


def test_pages_outside_the_navigation_are_named() -> None:
    """The engine lists them under one warning; each is a line of ours."""
    output = (
        'WARNING -  The following pages exist in the docs directory, but are not included in the "nav"'
        " configuration:\n  - new.md\n  - data/newer.md\nWARNING -  Another.\n"
    )
    nav = line_of("nav:\n  - index.md")

    assert complaints(output, Language.EN, "mkdocs.yml", CONFIGURATION) == [
        f"mkdocs.yml:{nav}: the page new.md stands in no section of 'nav'; add it",
        f"mkdocs.yml:{nav}: the page data/newer.md stands in no section of 'nav'; add it",
        "Another.",
    ]


@pytest.mark.parametrize("gone", ["mkdocs.yml", "mkdocs.es.yml"])
def test_a_missing_configuration_is_a_finding(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    """A configuration that is not there is named before the engine is started."""
    for name in ("mkdocs.yml", "mkdocs.es.yml"):
        shutil.copy(REAL / name, project)
    (project / gone).unlink()
    monkeypatch.setattr(website, "render", lambda *_, **__: ())
    monkeypatch.setattr(website, "drawings_of", lambda *_: {})

    assert main(["--root", str(project), "publish", "--pages-only"]) == 1
    assert f"{gone}:1: the file is missing; restore it from version control" in (
        capsys.readouterr().err.splitlines()
    )
    assert shown(project) == "good"


FAULTS = [
    ("nav:\n", "nav: [\n", r"mkdocs\.yml:\d+: is not valid YAML \(.*\); mend it there .*"),
    ("strict: true", "stritc: true", r"mkdocs\.yml:\d+: 'stritc': Unrecognised .*"),
    ("module_name: macros", "module_name: macroz", r"mkdocs\.yml:1: the site engine stopped: .*"),
    (
        "  lang: en\n",
        "  lang: xx\n",
        r"mkdocs\.yml:1: the site engine stopped: ValueError: 'xx' .*",
    ),
]


@pytest.mark.parametrize(("good", "bad", "line"), FAULTS)
def test_the_engine_itself_is_read_so(
    project: Path, tmp_path: Path, good: str, bad: str, line: str
) -> None:
    """The engine's words may change with its version: some faults are put to the real one."""
    assert good in CONFIGURATION
    for name in ("macros", "factbook", "overrides"):
        (project / name).symlink_to(REAL / name)
    shutil.copy(REAL / "data/site.toml", project / "data")
    text = CONFIGURATION.replace(good, bad, 1)
    (project / "mkdocs.yml").write_text(text)
    process = engine(project, "mkdocs.yml", tmp_path / "out", tmp_path / "said", {})
    process.join()

    assert process.exitcode
    (said,) = complaints((tmp_path / "said").read_text(), Language.EN, "mkdocs.yml", text)
    assert re.fullmatch(line, said)
