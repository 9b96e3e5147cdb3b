"""What the reader of an answer should know beside it: its days, what the store lacks, what is nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence.gather import Part
from assistant.evidence.scoring import Scored
from assistant.options import Asking
from assistant.rules.scheduled import only_planned
from assistant.rules.states import has_ended, since_before
from assistant.rules.timing import is_of_another_time
from assistant.types import Notice
from index.analysis.terms import is_name, tokens
from index.storage.store import Store
from index.times.days import days_in_words
from index.types import Passage, Window


def all_notices(store: Store, asking: Asking, parts: Sequence[Part], unanswered: Sequence[bool]) -> Iterator[Notice]:
    """Of the time, the store and the words of a question; ``unanswered`` is true for a part that nothing answers."""
    yield from _of_time(store, asking, parts)
    yield from _of_store(store)
    yield from _of_queries(store, parts, unanswered)


def of_another_time(store: Store, part: Part, chosen: Sequence[Scored]) -> Iterator[Notice]:
    """That what answers a part best had not happened when it was written, or tells of other days than asked for."""
    intent = part.query.time
    if chosen and only_planned(store, part.query, chosen[0].evidence):
        yield Notice("only_planned", "What follows was only planned, or not so, when it was written.")
    if not chosen or not intent:
        return
    if intent.state and intent.order == "latest" and has_ended(chosen[0].evidence):
        yield Notice("ended", "By the newest report that was found this is so no longer.")
    asked, first = days_in_words(intent.first, intent.last), chosen[0].evidence
    if before := since_before(store, intent, first):
        told = days_in_words(before.first, before.last) if before.told else "the report"
        yield Notice("so_before", f"Nothing was found of {asked} itself: what follows was so before, as of {told}.")
    elif is_of_another_time(store, intent, first):
        yield Notice("other_time", f"Nothing was found that is surely of {asked}: what follows is of another time.")


def _of_time(store: Store, asking: Asking, parts: Sequence[Part]) -> Iterator[Notice]:
    if window := asking.window:
        yield of_window(store, window)
    for asked in dict.fromkeys(str(part.query.time) for part in parts if part.query.time):
        if asked:
            yield Notice("time_asked", f"Asked for: {asked}.")
    for written in dict.fromkeys(day for part in parts if part.query.time for day in part.query.time.impossible):
        yield Notice("no_such_day", f"There is no day {written!r}: it was passed over.")


def of_window(store: Store, window: Window) -> Notice:
    """Which articles count, and how many are left out as they have no date."""
    days = f" {_when(window)}{days_in_words(window.first, window.last)}" if window.dated else ""
    by = f" by {', '.join(sorted(window.outlets))}" if window.outlets else ""
    only, count = f"what was published{days}{by}", "counts"
    if window.articles:
        titles = [found[0].title or name for name in sorted(window.articles) if (found := store.catalog.article(name))]
        chosen = f"“{titles[0]}”" if len(titles) == 1 else f"{len(titles):,} chosen articles"
        if days or by:
            only = f"what of {chosen} was published{days}{by}"
        else:
            only, count = chosen, "counts" if len(titles) == 1 else "count"
    undated = store.catalog.undated() if window.dated else 0
    are = "1 undated article is" if undated == 1 else f"{undated:,} undated articles are"
    left_out = f" {are} left out." if undated else ""
    if changed := store.catalog.changed_since(window):
        were = "1 article is left out as it was" if changed == 1 else f"{changed:,} articles are left out as they were"
        left_out += f" {were} changed after that: what stood there before is not known."
    return Notice("published", f"Only {only} {count}.{left_out}")


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


def _of_queries(store: Store, parts: Sequence[Part], unanswered: Sequence[bool]) -> Iterator[Notice]:
    for part, nothing in zip(parts, unanswered, strict=True):
        query = part.query
        if nothing and not all(unanswered):
            yield Notice("not_answered", f"The articles do not answer this part: {query.text}")
        for term, spellings in query.terms.items():
            if spellings and is_name(query.written[term]) and term not in spellings:
                known = ", ".join(_as_written(word, part.passages) for word in spellings)
                yield Notice("spelling", f"{query.written[term]!r} is nowhere in the articles; searched for {known}.")
        unknown = [
            query.written[term]
            for term, spellings in query.terms.items()
            if term not in query.time_terms and not any(store.stands(word, query.window) for word in spellings)
        ]
        if nothing and unknown:
            yield Notice("unknown_words", f"Nowhere in the articles: {', '.join(map(repr, unknown))}.")


def _as_written(term: str, passages: Sequence[Passage]) -> str:
    """A term as the first of some passages that has it writes it: "Zelenskyy", which the index folds to "zelensky"."""
    for passage in passages:
        for word, other in tokens(passage.text):
            if other == term:
                return re.sub(r"['’]s$", "", word)
    return term


def _when(window: Window) -> str:
    """The word before its days: "on 3 May", "in May", "from 3 to 9 May"; "up to" is one of them already."""
    if window.first is None or window.last is None:
        return ""
    days = days_in_words(window.first, window.last)
    return "on " if window.first == window.last else "from " if " to " in days else "in "
