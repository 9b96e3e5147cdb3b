"""One file or page that a source has: its address, how it is now, and what reads its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.errors import SourceError
from index.types import Article, Note

Item = tuple[str, Article | SourceError | Note]
"""A place, ``news.jsonl line 7``, and the article that stands there, what is wrong there, or what should be known."""


class Reading(NamedTuple):
    """A file or page, not read yet."""

    source: str
    """Its address."""
    stamp: str | None
    """How it is now; None where that cannot be told. With the stamp of last time it need not be read."""
    read: Callable[[], Iterator[Item]]
    apart: bool = False
    """Whether another process may read it, before it is asked for: a file that is not large."""
