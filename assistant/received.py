"""What comes in from elsewhere while somebody waits for it, who may lose patience at any time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import CancelledError
from contextlib import aclosing
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

_T = TypeVar("_T")

_LOOK_UP = 0.05
"""Seconds between two looks at whether somebody has had enough."""


def received(coming: Callable[[], AsyncGenerator[_T, None]], stop: Event) -> Generator[_T, None, None]:
    """The items of an async generator, which runs on a thread of its own.

    It is cancelled, with all that it holds open, when the iterator is closed or ``stop`` is set, even in the midst of
    waiting for the next item. Raises CancelledError for ``stop``, and what the generator raises.
    """
    from anyio.from_thread import start_blocking_portal

    arrived: SimpleQueue[tuple[_T] | None] = SimpleQueue()

    async def collect() -> None:
        async with aclosing(coming()) as items:
            async for item in items:
                arrived.put((item,))

    with start_blocking_portal() as portal:
        collecting = portal.start_task_soon(collect)
        collecting.add_done_callback(lambda _: arrived.put(None))
        try:
            while True:
                if stop.is_set():
                    raise CancelledError
                try:
                    item = arrived.get(timeout=_LOOK_UP)
                except Empty:
                    continue
                if item is None:
                    break
                yield item[0]
            collecting.result()
        finally:
            collecting.cancel()
