"""How far the PDFs are: what WeasyPrint says of its steps, told from its processes to ours."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from queue import Empty, Queue
from typing import Any

from factbook.model import Language

Progress = Callable[[int, int, str], None]
"""Told how many steps are done, how many there are, and what is being done."""

Message = tuple[Language, int, str]
"""A language, the number of the step it is in, and the page being laid out, if any."""

STEPS = 8
"""WeasyPrint numbers seven steps; examining the file is the eighth."""

_STEP = re.compile(r"Step (\d+) - (?:Creating layout - (Page \d+))?")
_LOGGER = "weasyprint.progress"


class Telling(logging.Handler):
    """Puts WeasyPrint's progress messages on a queue."""

    def __init__(self, queue: Queue[Message], language: Language) -> None:
        super().__init__()
        self._queue, self._language = queue, language

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one message; what is no numbered step is left untold."""
        if match := _STEP.match(record.getMessage()):
            self.tell(int(match.group(1)), match.group(2) or "")

    def tell(self, step: int, page: str = "") -> None:
        """Tell that ``step`` has begun."""
        self._queue.put((self._language, step, page))

    def listen(self) -> None:
        """Hear WeasyPrint from now on, in this process."""
        logger = logging.getLogger(_LOGGER)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        logger.addHandler(self)


def follow(
    queue: Queue[Message], running: Iterable[Future[Any]], progress: Progress | None
) -> None:
    """Pass messages on to ``progress`` until every task of ``running`` is done."""
    tasks = tuple(running)
    reached = dict.fromkeys(Language, 0)
    while not all(task.done() for task in tasks):
        try:
            language, step, page = queue.get(timeout=0.5)
        except Empty:
            continue
        reached[language] = max(reached[language], step - 1)
        if progress is not None:
            what = f"PDF {language}" + (f": {page.lower()}" if page else "")
            progress(sum(reached.values()), STEPS * len(reached), what)
