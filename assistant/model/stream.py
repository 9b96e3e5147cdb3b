"""What comes in from elsewhere while somebody waits for it, who may lose patience at any time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import CancelledError, Future
from contextlib import aclosing, suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

_T = TypeVar("_T")

_LOOK_UP = 0.05
"""Seconds between two looks at whether somebody has had enough."""

_CLOSING = 5
"""Seconds that closing connections may take."""


def received(coming: Callable[[], AsyncGenerator[_T, None]], stop: Event) -> Generator[_T, None, None]:
    """The items of an async generator, which runs on a thread of its own.

    It is cancelled, with all that it holds open, when the iterator is closed or ``stop`` is set, even in the midst of
    waiting for the next item; a program that ends meanwhile does not wait for it. Raises CancelledError for ``stop``,
    and what the generator raises.
    """
    arrived: SimpleQueue[tuple[_T] | BaseException | None] = SimpleQueue()
    begun: Future[Callable[[], object]] = Future()

    async def collect() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task
        begun.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
        async with aclosing(coming()) as items:
            async for item in items:
                arrived.put((item,))

    def run() -> None:
        try:
            asyncio.run(collect())
        except BaseException as error:  # handed to whoever waits
            arrived.put(error)
        else:
            arrived.put(None)

    thread = Thread(target=run, name="received", daemon=True)
    thread.start()
    try:
        while True:
            if stop.is_set():
                raise CancelledError
            try:
                item = arrived.get(timeout=_LOOK_UP)
            except Empty:
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        with suppress(RuntimeError):  # its loop is closed already
            begun.result()()
        if not sys.is_finalizing():
            thread.join(_CLOSING)
