"""A question to its parts, each with the passages found for it and their sentences, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.evidence.as_of import without_later_notes
from assistant.evidence.scoring import Scored, rank
from assistant.findings.casualties import counts_first
from assistant.question.answer_type import asks_for_news, kind_of, split_question
from assistant.rules.answer_time import of_the_event, of_the_order
from assistant.rules.timing import in_time
from assistant.rules.told_aside import told_aside
from index.search.query import plan_query
from index.search.retrieve import retrieve
from index.storage.store import Store
from index.types import Passage, Query, Window

_NEWS_FROM = 20
"""How many passages are looked through for news."""


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
        news = asks_for_news(text)  # of more articles, and none says it in an answer's words
        unread = fast or news or kind_of(text) == "yes_no"
        found = retrieve(store, query, top_k=max(top_k, _NEWS_FROM) if news else top_k, fast=unread)
        passages = without_later_notes(query, found)
        ranked = [of_the_order(store, query, of_the_event(store, query, item)) for item in rank(store, query, passages)]
        in_order = in_time(store, query, [told_aside(store, query, item) for item in ranked])
        parts.append(Part(query, passages, counts_first(store, query, in_order)))
    return parts
