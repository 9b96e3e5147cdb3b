"""What the reader of an answer should know beside it: its days, what the store lacks, what is nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.options import Asking
from assistant.parts import Part
from assistant.types import Notice
from index.store import Store
from index.times.days import days_in_words
from index.types import Window
from index.words import is_name


def all_notices(store: Store, asking: Asking, parts: Sequence[Part], unanswered: Sequence[bool]) -> Iterator[Notice]:
    """Of the time, the store and the words of a question; ``unanswered`` is true for a part that nothing answers."""
    yield from _of_time(store, asking, parts)
    yield from _of_store(store)
    yield from _of_queries(parts, unanswered)


def _of_time(store: Store, asking: Asking, parts: Sequence[Part]) -> Iterator[Notice]:
    if window := asking.window:
        undated = store.catalog.undated()
        left_out = f" {undated:,} undated articles are left out." if undated else ""
        days = days_in_words(window.first, window.last)
        yield Notice("published", f"Only what was published {_in(window)}{days} counts.{left_out}")
    for asked in dict.fromkeys(str(part.query.time) for part in parts if part.query.time):
        if asked:
            yield Notice("time_asked", f"Asked for: {asked}.")


def _of_store(store: Store) -> Iterator[Notice]:
    counts = store.catalog.counts()
    if pending := counts["chunks_to_embed"]:
        yield Notice(
            "chunks_to_embed",
            f"{pending:,} chunks are found by their words only until an ingest has finished embedding them.",
        )
    lost = store.lost_vectors()
    if lost > 0:
        yield Notice(
            "vectors_lost",
            f"The vectors of {lost:,} chunks are gone; these are found by their words only. "
            f"Have them back with: assistant rebuild --store {store.path}",
        )


def _of_queries(parts: Sequence[Part], unanswered: Sequence[bool]) -> Iterator[Notice]:
    for part, nothing in zip(parts, unanswered, strict=True):
        query = part.query
        if nothing and not all(unanswered):
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


def _in(window: Window) -> str:
    return "on " if window.first == window.last else "in " if window.first and window.last else ""
