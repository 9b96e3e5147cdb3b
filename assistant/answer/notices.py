"""What the reader of an answer should know beside it: its days, what the store lacks, what is nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant import messages
from assistant.options import Asking
from assistant.types import Notice
from index.analysis.terms import is_name, tokens
from index.languages.en.follow_ups import EMPTY
from index.passage import Passage
from index.search.query import Query
from index.storage.store import Store
from index.types import Window

Asked = tuple[Query, Sequence[Passage]]
"""A part of a question, and what was found for it."""


def all_notices(store: Store, asking: Asking, parts: Sequence[Asked], unanswered: Sequence[bool]) -> Iterator[Notice]:
    """Of the time, the store and the words of a question; ``unanswered`` is true for a part that nothing answers."""
    yield from _of_time(store, asking, parts)
    yield from _of_store(store)
    yield from _of_queries(store, parts, unanswered)


def _of_time(store: Store, asking: Asking, parts: Sequence[Asked]) -> Iterator[Notice]:
    if window := asking.window:
        yield of_window(store, window)
    times = [query.time for query, _ in parts]
    for asked in dict.fromkeys(time for time in times if time and str(time)):
        yield Notice("time_asked", messages.time_asked(asked))
    for written in dict.fromkeys(day for time in times if time for day in time.impossible):
        yield Notice("no_such_day", messages.no_such_day(written))


def of_window(store: Store, window: Window) -> Notice:
    """Which articles are searched, and how many are left out as they have no date."""
    titles = [found[0].title or name for name in sorted(window.articles) if (found := store.catalog.article(name))]
    undated = store.catalog.undated() if window.dated else 0
    return Notice("published", messages.searched(window, titles, undated, store.catalog.changed_since(window)))


def _of_store(store: Store) -> Iterator[Notice]:
    counts = store.catalog.counts()
    if pending := counts["chunks_to_embed"]:
        yield Notice("chunks_to_embed", messages.to_embed(pending))
    lost = store.lost_vectors()
    if lost > 0:
        yield Notice("vectors_lost", messages.vectors_lost(lost, store.path))


def _of_queries(store: Store, parts: Sequence[Asked], unanswered: Sequence[bool]) -> Iterator[Notice]:
    for language in dict.fromkeys(query.language for query, _ in parts if query.language != "en"):
        yield Notice("other_language", messages.other_language(language))
    for (query, passages), nothing in zip(parts, unanswered, strict=True):
        if nothing and not all(unanswered):
            yield Notice("not_answered", messages.not_answered(query.text))
        for term, spellings in query.terms.items():
            if query.language == "en" and spellings and is_name(query.written[term]) and term not in spellings:
                known = [_as_written(word, passages) for word in spellings]
                written = _bare(query.written[term])
                yield Notice("spelling", messages.spelling(written, known, narrowed=query.window is not None))
        unknown = [
            _bare(query.written[term])
            for term, spellings in query.terms.items()
            if term not in query.time_terms | EMPTY and not any(store.stands(word, query.window) for word in spellings)
        ]
        if nothing and unknown:
            yield Notice("unknown_words", messages.unknown_words(unknown, narrowed=query.window is not None))


def _as_written(term: str, passages: Sequence[Passage]) -> str:
    """A term as the first of some passages that has it writes it: "Zelenskyy", which the index folds to "zelensky"."""
    for passage in passages:
        for word, other in tokens(passage.text):
            if other == term:
                return _bare(word)
    return term


def _bare(word: str) -> str:
    """A name without its "'s"."""
    return re.sub(r"['’]s$", "", word)
