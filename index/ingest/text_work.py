"""The text work of an ingest: files are read and articles prepared, where there are many of them in several processes.

One process does what one core can, and finding sentences, their parts and their times is most of what an ingest
does besides embedding. Processes are begun by loky, which does not run the program that called once more in each of
them, as the standard library's do where threads are about.
"""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from index.ingest.prepare import Tools, prepare
from index.sources.reading import Item, Reading
from index.storage.rows import Entry
from index.types import Article

_ALONE = 64
"""So many pieces of work are done in this process first: to begin others takes a second or two."""

_AHEAD = 32
"""So many files are read before the first of them is asked for."""

_Result = TypeVar("_Result")
_tools: Tools | None = None
"""Those of a process that works for another."""


class TextWork:
    """Pieces of work, given out in order; close it after use."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._begun = 0
        self._pool: Any = None
        self._able: bool | None = None

    def prepare(self, article: Article, root: str, source: str, fingerprint: bytes) -> Callable[[], Entry]:
        """Begin to make an entry of an article; what is given back waits for it."""
        here = partial(prepare, self._tools, article, root, source, fingerprint)
        return self._begin(here, partial(_prepared, article, root, source, fingerprint))

    def read_ahead(
        self, readings: Iterable[Reading], is_wanted: Callable[[Reading], bool]
    ) -> Iterator[tuple[Reading, Callable[[], Iterable[Item]]]]:
        """Each reading in order, with what gives its items; of those that may be read apart, some are begun before."""
        waiting: deque[tuple[Reading, Callable[[], Iterable[Item]]]] = deque()
        for reading in readings:
            if reading.apart and is_wanted(reading):
                waiting.append((reading, self._begin(reading.read, partial(_items, reading.read))))
            else:
                waiting.append((reading, reading.read))
            while len(waiting) > (_AHEAD if reading.apart else 0):
                yield waiting.popleft()
        yield from waiting

    def close(self) -> None:
        """End the other processes, whatever they are at."""
        if self._pool is not None:
            self._pool.shutdown(kill_workers=True)
            self._pool = None

    def _begin(self, here: Callable[[], _Result], there: Callable[[], _Result]) -> Callable[[], _Result]:
        """Begin a piece of work in another process; in this one it is done when it is asked for."""
        self._begun += 1
        if self._begun <= _ALONE or not self._is_able():
            return here
        import loky

        try:
            result = self._pool.submit(there)
        except (loky.BrokenProcessPool, OSError):
            return here

        def wait() -> _Result:
            try:
                found: _Result = result.result()
            except loky.BrokenProcessPool:  # killed, for its memory perhaps: no article is lost by that
                return here()
            return found

        return wait

    def _is_able(self) -> bool:
        """Whether there are other cores, and the tools can be sent to other processes."""
        if self._able is None:
            import loky

            self._able = loky.cpu_count() > 1
            try:
                pickle.dumps(self._tools)
            except Exception:  # an embedder of somebody else's, with a connection or a lock
                self._able = False
            if self._able:
                try:
                    self._pool = loky.ProcessPoolExecutor(loky.cpu_count(), initializer=_start, initargs=(self._tools,))
                except OSError:  # a system that gives no semaphores
                    self._able = False
        return self._able


def _start(tools: Tools) -> None:
    """Make ready a process that works for another; Ctrl-C is for the other, which ends this one."""
    global _tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tools = tools


def _prepared(article: Article, root: str, source: str, fingerprint: bytes) -> Entry:
    assert _tools
    return prepare(_tools, article, root, source, fingerprint)


def _items(read: Callable[[], Iterator[Item]]) -> list[Item]:
    return list(read())
