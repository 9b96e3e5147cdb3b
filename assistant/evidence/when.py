"""When what answers in a sentence happened, or is to happen: by the time nearest to the words that the reader likes."""

from __future__ import annotations

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_time import Happened, event_time, happened
from assistant.question.answer_type import kind_of
from index.analysis.factuality import lies_ahead, place_of
from index.storage.store import Store
from index.times.published import report_days
from index.times.timex import Timex
from index.types import Query


def when_happened(store: Store, evidence: Evidence) -> Happened | None:
    """When what a sentence reports happened, by the clause with the words that the reader likes best."""
    reading = evidence.reading
    words = (reading.start, reading.end) if reading and evidence.words else None
    span, times = evidence.span, store.catalog.times(evidence.article)
    return happened(evidence.article, times, span.start, span.end, words)


def asked_place(query: Query, evidence: Evidence) -> tuple[int, int]:
    """Where a sentence speaks of what is asked about."""
    return place_of(evidence.text, {word for words in query.terms.values() for word in words})


def is_ahead(store: Store, query: Query, evidence: Evidence) -> bool:
    """Whether what answers in a sentence had not happened when it was written: it was planned, wished or denied."""
    reading, start = evidence.reading, evidence.span.start
    if reading is None or kind_of(query.text) == "yes_no":
        return lies_ahead(evidence.text, *asked_place(query, evidence))
    if lies_ahead(evidence.text, reading.start - start, reading.end - start):
        return True
    timex, days = time_of(store, evidence), report_days(evidence.article)
    return bool(days and timex and timex.first and timex.first > days[1])


def time_of(store: Store, evidence: Evidence) -> Timex | None:
    """The time in a sentence nearest to what the reader likes best, whether or not it has happened."""
    reading, span = evidence.reading, evidence.span
    words = (reading.start, reading.end) if reading else None
    return event_time(store.catalog.times(evidence.article), span.start, span.end, words, None)
