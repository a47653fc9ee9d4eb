"""Processes that end when the one that started them has, however that ended."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """Let this process end as soon as its parent has; for a child of ``multiprocessing`` to call.

    A build that is killed cannot tell its workers. They would wait for work for ever.
    """
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)  # nobody is there to be told, and what is half done is a part file

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()
