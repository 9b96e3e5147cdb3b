"""The running story that a question is about, as evidence: the news of its reports, or what the last answer told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.evidence.as_of import last_day, without_later_notes
from index.analysis.sentences import sentences_in
from index.analysis.types import Role
from index.passage import Passage
from index.search.query import Query, plan_query
from index.search.retrieve import retrieve
from index.search.story import Report, find_story, news, story_told
from index.storage.store import Store
from index.times.published import published_days
from index.types import Window

_FOUND = 60
"""How many passages are looked through for the reports of a story."""


def found_for(store: Store, query: Query) -> list[Passage]:
    """The passages that are looked through for the reports of a story."""
    return without_later_notes(query, retrieve(store, query, top_k=_FOUND, fast=True))


def with_corrections(found: Sequence[Passage]) -> list[Passage]:
    """The passages that have a correction."""
    return [one for one in found if any(sentence.role is Role.CORRECTION for sentence in one.sentences)]


def news_of_story(store: Store, query: Query, found: Sequence[Passage]) -> list[Passage]:
    """Of each report of the story that a question is about the sentence that tells its news, the newest report first.

    Where the question names days, only what was published in them counts.
    """
    reports = [report for report in find_story(store, query, found) if _is_of(query, report)]
    return without_later_notes(query, news(store, query, reports, last_day(query)))


def story_before(store: Store, asked: str, answer: str, now: date, window: Window | None) -> frozenset[str]:
    """The ids of the articles of the story that a question and its answer were about."""
    said = sentences_in(answer)[0]
    query = plan_query(store, f"{asked} {said}", now, window)
    return story_told(store, query, found_for(store, query), said)


def _is_of(query: Query, report: Report) -> bool:
    """Whether a report was published in the days that a question names, if it names any."""
    if not query.time or not query.time.bounded:
        return True
    days = published_days(report.passage.article.published)
    return bool(days and query.time.meets(days[0], days[1]))
