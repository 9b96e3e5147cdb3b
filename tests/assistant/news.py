"""What tests of running stories share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Answer, Assistant
from tests.stores import News, open_store

__all__ = ["Ingest", "News", "archive_of", "codes"]

Ingest = Callable[[News], Assistant]


def codes(answer: Answer) -> set[str]:
    """Of its notices."""
    return {notice.code for notice in answer.notices}


@contextmanager
def archive_of(folder: Path, news: News) -> Iterator[Assistant]:
    """A store of some articles, in a folder of its own."""
    with open_store(folder, news) as assistant:
        yield assistant
