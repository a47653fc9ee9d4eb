"""How far the PDFs are is told from their processes, step by step."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from queue import Queue

from factbook.editions.pdf.telling import STEPS, Message, Telling, follow
from factbook.model import Language


def record(text: str) -> logging.LogRecord:
    """A message as WeasyPrint logs it."""
    return logging.LogRecord("weasyprint.progress", logging.INFO, "", 0, text, (), None)


def test_steps_and_pages_are_told_and_other_words_are_not() -> None:
    """Only numbered steps count; the page stands beside the step that lays pages out."""
    queue: Queue[Message] = Queue()
    telling = Telling(queue, Language.ES)
    for text in (
        "Fetching something",
        "Step 3 - Applying CSS",
        "Step 5 - Creating layout - Page 12",
    ):
        telling.emit(record(text))
    told = [queue.get_nowait() for _ in range(queue.qsize())]
    assert told == [(Language.ES, 3, ""), (Language.ES, 5, "Page 12")]


def test_progress_grows_and_ends_with_the_tasks() -> None:
    """Steps of both languages add up, never go back, and following ends when the tasks do."""
    queue: Queue[Message] = Queue()
    task: Future[None] = Future()
    for message in ((Language.EN, 5, "Page 1"), (Language.EN, 2, ""), (Language.ES, STEPS, "")):
        queue.put(message)
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, what: str) -> None:
        seen.append((done, total, what))
        if len(seen) == 3:
            task.set_result(None)

    follow(queue, [task], progress)
    assert seen == [(4, 16, "PDF en: page 1"), (4, 16, "PDF en"), (11, 16, "PDF es")]
