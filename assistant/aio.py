"""The public Python API for asyncio: the same names, each call in a thread, so the event loop stays free."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing
from datetime import date
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from assistant.api import Assistant
from assistant.options import Chosen, Options
from assistant.types import Answer, Done, DraftReport, Event, VerifiedClaim
from index.passage import Passage
from index.types import Article, IngestReport

if TYPE_CHECKING:
    from assistant.question.follow_up import Turn
    from assistant.settings import Settings
    from assistant.timeline import Timeline
    from index.ingest.fill_vectors import Progress
    from index.ingest.removal import Removed
    from index.models.large_reader import CloseReader
    from index.models.reader import Reader
    from index.sources.documents import Document
    from index.storage.history import Change
    from index.storage.source_memory import Remembered

_T = TypeVar("_T")


class AsyncAssistant:
    """The same as ``Assistant`` for asyncio: each call runs in a thread, so the event loop stays free."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @classmethod
    async def open(
        cls,
        store: str | PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        llm: Any = None,
        embedder: Any = None,
        reader: Reader | None = None,
        close_reader: CloseReader | None = None,
    ) -> AsyncAssistant:
        """See ``Assistant.open``."""
        given = {"llm": llm, "embedder": embedder, "reader": reader, "close_reader": close_reader}
        opened = await _in_thread(Assistant.open, store, settings=settings, **given)
        return cls(opened)

    async def __aenter__(self) -> AsyncAssistant:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """See ``Assistant.close``."""
        await _in_thread(self._assistant.close)

    async def ingest(
        self,
        paths: Sequence[str | PathLike[str] | Document],
        *,
        label: str | None = None,
        published: date | str | None = None,
        again: bool = False,
        hosts: Collection[str] = (),
        most_pages: int = 500,
        progress: Progress | None = None,
    ) -> IngestReport:
        """See ``Assistant.ingest``."""
        return await _in_thread(
            self._assistant.ingest,
            paths,
            label=label,
            published=published,
            again=again,
            hosts=hosts,
            most_pages=most_pages,
            progress=progress,
        )

    async def sync(
        self,
        *,
        dry_run: bool = False,
        keep: bool = False,
        most_pages: int = 500,
        progress: Progress | None = None,
    ) -> IngestReport:
        """See ``Assistant.sync``."""
        return await _in_thread(
            self._assistant.sync, dry_run=dry_run, keep=keep, most_pages=most_pages, progress=progress
        )

    async def sources(self) -> list[Remembered]:
        """See ``Assistant.sources``."""
        return await _in_thread(self._assistant.sources)

    async def forget(self, places: Sequence[str]) -> None:
        """See ``Assistant.forget``."""
        await _in_thread(self._assistant.forget, places)

    async def dismiss(self, addresses: Sequence[str]) -> None:
        """See ``Assistant.dismiss``."""
        await _in_thread(self._assistant.dismiss, addresses)

    async def rebuild(self, *, progress: Progress | None = None) -> int:
        """See ``Assistant.rebuild``."""
        return await _in_thread(self._assistant.rebuild, progress=progress)

    async def ask(self, question: str, **options: Unpack[Options]) -> Answer:
        """See ``Assistant.ask``; cancelling the task closes the connection to a model."""
        return await self._last(self.stream(question, **options))

    async def chat(self, question: str, *, history: Sequence[Turn], **options: Unpack[Options]) -> Answer:
        """See ``Assistant.chat``; cancelling the task closes the connection to a model."""
        return await self._last(self.stream(question, history=history, **options))

    async def stream(
        self, question: str, *, history: Sequence[Turn] = (), **options: Unpack[Options]
    ) -> AsyncGenerator[Event, None]:
        """See ``Assistant.stream``; leaving it, or cancelling the task, closes the connection to a model."""
        import asyncio
        import threading

        stop = threading.Event()
        events = self._assistant.stream(question, history=history, stop=stop, **options)
        coming: asyncio.Future[Event | None] | None = None
        try:
            while True:
                coming = asyncio.ensure_future(_in_thread(next, events, None))
                if (event := await asyncio.shield(coming)) is None:
                    return
                yield event
        finally:
            stop.set()
            if coming is not None:
                await asyncio.wait([coming])
            events.close()

    @staticmethod
    async def _last(events: AsyncGenerator[Event, None]) -> Answer:
        last = None
        async with aclosing(events):
            async for event in events:
                last = event
        assert isinstance(last, Done)
        return last.answer

    async def preview(self, question: str, **options: Unpack[Options]) -> list[dict[str, str]]:
        """See ``Assistant.preview``."""
        return await _in_thread(self._assistant.preview, question, **options)

    async def search(self, question: str, *, top_k: int | None = None, **options: Unpack[Options]) -> list[Passage]:
        """See ``Assistant.search``."""
        return await _in_thread(self._assistant.search, question, top_k=top_k, **options)

    async def verify(
        self, claim: str, *, quotes: Sequence[str] | None = None, **options: Unpack[Options]
    ) -> VerifiedClaim:
        """See ``Assistant.verify``."""
        return await _in_thread(self._assistant.verify, claim, quotes=quotes, **options)

    async def check(self, text: str, *, progress: Progress | None = None, **options: Unpack[Options]) -> DraftReport:
        """See ``Assistant.check``."""
        return await _in_thread(self._assistant.check, text, progress=progress, **options)

    async def timeline(self, subject: str, *, most: int = 30, **options: Unpack[Options]) -> Timeline:
        """See ``Assistant.timeline``."""
        return await _in_thread(self._assistant.timeline, subject, most=most, **options)

    async def articles(self, **choice: Unpack[Chosen]) -> list[Article]:
        """See ``Assistant.articles``."""
        return await _in_thread(lambda: list(self._assistant.articles(**choice)))

    async def history(self, article_id: str) -> list[Change]:
        """See ``Assistant.history``."""
        return await _in_thread(self._assistant.history, article_id)

    async def export(self, file: str | PathLike[str], **choice: Unpack[Chosen]) -> int:
        """See ``Assistant.export``."""
        return await _in_thread(self._assistant.export, file, **choice)

    async def outlets(self) -> dict[str, int]:
        """See ``Assistant.outlets``."""
        return await _in_thread(self._assistant.outlets)

    async def article(self, article_id: str) -> Article:
        """See ``Assistant.article``."""
        return await _in_thread(self._assistant.article, article_id)

    async def remove(self, ids: Sequence[str]) -> list[Removed]:
        """See ``Assistant.remove``."""
        return await _in_thread(self._assistant.remove, ids)

    async def restore(self, removed: Sequence[Removed]) -> int:
        """See ``Assistant.restore``."""
        return await _in_thread(self._assistant.restore, removed)

    async def status(self) -> dict[str, Any]:
        """See ``Assistant.status``."""
        return await _in_thread(self._assistant.status)


async def _in_thread(call: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
    import asyncio  # a third of what starting the command line would cost

    return await asyncio.to_thread(call, *arguments, **named)
