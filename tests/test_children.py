"""Workers of a build that is killed end too; a process of its own is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factbook.children import end_with_parent

ROOT = Path(__file__).parents[1]
START = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from multiprocessing import get_context
from multiprocessing.managers import SyncManager
from factbook.charts.processes import started
from factbook.children import end_with_parent

def busy(end):
    if end:
        end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(600)

if __name__ == "__main__":
    kind = sys.argv[1]
    if kind == "pool":
        pool = started(1)
        print(pool.submit(os.getpid).result(), flush=True)
    elif kind == "manager":
        manager = SyncManager(ctx=get_context("spawn"))
        manager.start(end_with_parent)
        print(manager._process.pid, flush=True)
    else:
        get_context("fork").Process(target=busy, args=(kind == "fork",)).start()
    time.sleep(600)
"""


def _alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _orphan(kind: str, folder: Path) -> int:
    """The process that a killed one had started."""
    script = folder / "start.py"
    script.write_text(START, encoding="utf-8")
    command = [sys.executable, str(script), kind]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert _alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    return child


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to look at processes")
@pytest.mark.parametrize("kind", ["pool", "manager", "fork"])
def test_the_workers_of_a_killed_build_end(kind: str, tmp_path: Path) -> None:
    child = _orphan(kind, tmp_path)
    limit = time.monotonic() + 60
    while _alive(child) and time.monotonic() < limit:
        time.sleep(0.1)
    left = _alive(child)
    if left:
        os.kill(child, signal.SIGKILL)
    assert not left


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to look at processes")
def test_without_it_they_would_stay(tmp_path: Path) -> None:
    child = _orphan("fork left alone", tmp_path)
    time.sleep(1)
    assert _alive(child)
    os.kill(child, signal.SIGKILL)


def test_a_process_that_nobody_started_stays() -> None:
    end_with_parent()
    assert _alive(os.getpid())
