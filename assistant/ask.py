"""The public Python API: a store of articles that can be asked.

>>> with Assistant.open("store") as a:  # doctest: +SKIP
...     a.ingest(["seeds"])
...     a.ask("When did Macron and Putin last speak?").text
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.types import REFUSAL, Answer, Notice
from index.errors import ArticleUnknown, QuestionInvalid
from index.types import Article, IngestReport, Passage, Query

if TYPE_CHECKING:
    from assistant.answerers.extractive import Scored
    from assistant.settings import Settings
    from index.fill_vectors import Progress
    from index.store import Store

_T = TypeVar("_T")


class Assistant:
    """Asks, searches and fills one store; use it as a context manager, or close it. Safe to use from threads."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings

    @classmethod
    def open(cls, store: str | PathLike[str] | None = None, *, settings: Settings | None = None) -> Assistant:
        """Open the store in a folder, which is made by the first ``ingest``.

        Without ``settings`` they are read from ``assistant.toml`` and ``ASSISTANT_…``. Raises SettingsInvalid; what is
        wrong with a store is said by its first use.
        """
        from assistant.settings import read_settings
        from index.store import Store

        settings = settings or read_settings(store=store)
        return cls(Store(Path(store or settings.store), settings.index), settings)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self.store.close()

    def ingest(
        self,
        paths: Sequence[str | PathLike[str]],
        *,
        label: str | None = None,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Bring the store up to date with files and folders; makes the store if need be.

        What cannot be read is in the report's ``failed``, each with its reason; all else is done.
        Raises StoreLocked, StoreMismatch, StoreFull, StoreDamaged, ModelMissing.
        """
        from index.ingest import ingest

        if isinstance(paths, str | PathLike):
            paths = [paths]
        return ingest(self.store, [Path(path) for path in paths], label=label, progress=progress)

    def rebuild(self, *, progress: Progress | None = None) -> int:
        """Cut, index and embed every article anew with the settings of now; gives back how many chunks were embedded.

        Raises StoreMissing, StoreLocked, StoreFull, StoreDamaged, ModelMissing.
        """
        from index.ingest import rebuild

        return rebuild(self.store, progress=progress)

    def ask(self, question: str, *, fast: bool | None = None) -> Answer:
        """Answer a question from the articles, every sentence with its quotes, or refuse.

        ``fast`` leaves out the reader (default: the setting of that name): about four times as fast, less often right.
        Raises QuestionInvalid, StoreMissing, StoreMismatch, StoreDamaged, ModelMissing.
        """
        from assistant.answerers import extractive
        from assistant.parts import read_parts
        from assistant.quotation import quote_sentences

        clock = _Clock()
        question = self._check_question(question)
        fast = self.settings.fast if fast is None else fast
        top_k = self.settings.top_k
        parts = read_parts(self.store, question, top_k=top_k, fast=fast)
        clock.lap("retrieve")
        chosen = [extractive.select(part.query, part.ranked) for part in parts]
        quotation = quote_sentences(
            self.store,
            [(item.evidence, item.mark(part.query)) for part, row in zip(parts, chosen, strict=True) for item in row],
        )
        clock.lap("answer")
        mark = quotation.citations[0].mark if quotation.citations else None
        shown = _by_turns([part.passages[:top_k] for part in parts])
        return Answer(
            question=question,
            text=quotation.text or REFUSAL,
            refused=not quotation.sentences,
            answerer=extractive.NAME,
            sentences=tuple(quotation.sentences),
            citations=tuple(quotation.citations),
            passages=tuple({passage.chunk.id: passage for passage in shown}.values()),
            notices=tuple(self._notices([part.query for part in parts], [not row for row in chosen])),
            annotations=tuple(quotation.annotations),
            short=quotation.text[slice(*(place - quotation.citations[0].start for place in mark))] if mark else None,
            confidence=_confidence(chosen, [part.ranked for part in parts]),
            timings_ms=clock.timings(),
        )

    def search(self, question: str, *, top_k: int | None = None, fast: bool | None = None) -> list[Passage]:
        """The passages most likely to answer a question, best first, without an answer.

        ``fast`` ranks them without the reader. Raises what ``ask`` raises.
        """
        from index.query import plan_query
        from index.retrieve import retrieve

        query = plan_query(self.store, self._check_question(question))
        fast = self.settings.fast if fast is None else fast
        top_k = top_k or self.settings.top_k
        return retrieve(self.store, query, top_k=top_k, fast=fast)[:top_k]

    def articles(self) -> Iterator[Article]:
        """All articles, in the order of their addresses; raises StoreMissing."""
        return self.store.catalog.articles()

    def article(self, article_id: str) -> Article:
        """One article; raises ArticleUnknown, StoreMissing."""
        found = self.store.catalog.article(article_id) if article_id.isprintable() else None
        if found is None:
            raise ArticleUnknown(f"there is no article {article_id!r}. See: assistant articles list")
        return found[0]

    def remove(self, ids: Sequence[str]) -> None:
        """Remove articles from the store (their files stay, and would be added again by ``ingest``).

        Raises ArticleUnknown before anything is removed; StoreLocked, StoreMissing.
        """
        from index.ingest import remove

        for article_id in ids:
            self.article(article_id)
        remove(self.store, ids)

    def status(self) -> dict[str, Any]:
        """What is in the store: counts, folders, languages, and the settings that built it; raises StoreMissing."""
        catalog = self.store.catalog
        built_with = {name: value for name, value in catalog.meta().items() if name != "generation"}
        return {
            "store": str(self.store.path),
            **catalog.counts(),
            "roots": {label: str(path) for label, path in catalog.roots().items()},
            "languages": {language or "unknown": count for language, count in catalog.languages().items()},
            "generation": catalog.generation(),
            "built_with": built_with,
            "answerer": "extractive",
        }

    def _check_question(self, question: str) -> str:
        question = question.strip()
        if not question:
            raise QuestionInvalid("the question is empty; ask something like: When did Macron and Putin last speak?")
        if any("\ud800" <= character <= "\udfff" for character in question):
            raise QuestionInvalid("the question has bytes that are not UTF-8")
        if len(question) > (limit := self.settings.max_question_characters):
            raise QuestionInvalid(
                f"the question has {len(question):,} characters; {limit:,} at most (ASSISTANT_MAX_QUESTION_CHARACTERS)"
            )
        self.store.check_settings()
        return question

    def _notices(self, queries: Sequence[Query], refused: Sequence[bool]) -> Iterator[Notice]:
        from index.store import EXACT_UP_TO
        from index.words import is_name

        counts = self.store.catalog.counts()
        if pending := counts["chunks_to_embed"]:
            yield Notice(
                "chunks_to_embed",
                f"{pending:,} chunks are found by their words only until an ingest has finished embedding them.",
            )
        lost = self.store.lost_vectors() if counts["chunks"] > EXACT_UP_TO else 0
        if lost > 0:
            yield Notice(
                "vectors_lost",
                f"The vectors of {lost:,} chunks are gone; these are found by their words only. "
                f"Have them back with: assistant rebuild --store {self.store.path}",
            )
        for query, nothing in zip(queries, refused, strict=True):
            if nothing and not all(refused):
                yield Notice("not_answered", f"The articles do not answer this part: {query.text}")
            for term, spellings in query.terms.items():
                if spellings and is_name(query.written[term]) and term not in spellings:
                    yield Notice(
                        "spelling",
                        f"{query.written[term]!r} is nowhere in the articles; searched for {', '.join(spellings)}.",
                    )
            unknown = [query.written[term] for term, spellings in query.terms.items() if not spellings]
            if nothing and unknown:
                yield Notice("unknown_words", f"Nowhere in the articles: {', '.join(map(repr, unknown))}.")


def _confidence(chosen: Sequence[Sequence[Scored]], ranked: Sequence[Sequence[Scored]]) -> float:
    """That of the least sure part that is answered; where nothing is, that of the best sentence there was."""
    best = [row[0].probability for row in (chosen if any(chosen) else ranked) if row]
    return round(min(best) if any(chosen) else max(best, default=0.0), 4)


def _by_turns(lists: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """The first of each list, then the second of each, and so on."""
    for rank in range(max(map(len, lists))):
        for items in lists:
            yield from items[rank : rank + 1]


class _Clock:
    """Milliseconds between laps, and in all."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 2)
        self._last = now

    def timings(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1000, 2)}
