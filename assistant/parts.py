"""A question to its parts, each with the passages found for it and their sentences, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answerers.extractive import Scored, rank
from assistant.later_notes import without_later_notes
from assistant.question import kind_of, split_question
from assistant.timing import in_time
from assistant.tolls import counts_first
from index.query import plan_query
from index.retrieve import retrieve
from index.store import Store
from index.types import Passage, Query, Window


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions that are asked in a sentence; ``passages`` and ``ranked`` are best first."""

    query: Query
    passages: list[Passage]
    ranked: list[Scored]


def read_parts(
    store: Store, question: str, *, top_k: int, fast: bool, now: date | None = None, window: Window | None = None
) -> list[Part]:
    """Look for what answers each part of a question, asked on the day ``now``, in what was published in a ``window``.

    ``fast`` leaves out the reader. A yes-or-no question is answered without it: the reader has learnt to mark words,
    and there it has none.
    """
    parts = []
    for text in split_question(question):
        query = plan_query(store, text, now, window)
        found = retrieve(store, query, top_k=top_k, fast=fast or kind_of(text) == "yes_no")
        passages = without_later_notes(found, window.last if window else None)
        ranked = rank(store, query, passages)
        parts.append(Part(query, passages, counts_first(query, in_time(store, query, ranked))))
    return parts
