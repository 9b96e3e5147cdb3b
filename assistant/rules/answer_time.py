"""Which of the times in a sentence is asked for: not when it was said; of several in a row the last or the first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.evidence.event_time import main_time
from assistant.evidence.scoring import Scored
from assistant.question.answer_type import kind_of
from index.analysis.attribution import SAYING
from index.storage.store import Store
from index.times.timex import Timex
from index.types import Query

_JOINED = re.compile(
    r",? (?:and|then|or)?(?: again| later| also| then)? ?(?:(?:in|on) )?|, (?:in |on )?", re.IGNORECASE
)
_WHO_SAID = re.compile(
    r",[”\"]? (?:[\w’'.-]+ ){0,8}?(?:said|says|told|announced|reported|added|confirmed|wrote|stated)\b[^,;]*$"
)


def of_the_order(store: Store, query: Query, item: Scored) -> Scored:
    """A sentence with the latest of its times as its answer: "froze over in 1963 and again in 1985"; or with the first.

    Times in a row only: each joined to the one before it.
    """
    evidence, order = item.evidence, query.time.order if query.time else None
    reading, span = evidence.reading, evidence.span
    if reading is None or order is None or kind_of(query.text) != "when":
        return item
    row: list[Timex] = []
    for timex in store.catalog.times(evidence.article):
        if not (timex.resolved and span.start <= timex.start and timex.end <= span.end):
            continue
        joined = row and _JOINED.fullmatch(evidence.article.text, row[-1].end, timex.start)
        if row and not joined:
            if any(one.start < reading.end and reading.start < one.end for one in row):
                break
            row = []
        row.append(timex)
    if len(row) < 2 or not any(one.start < reading.end and reading.start < one.end for one in row):
        return item
    which = (max if order == "latest" else min)(row, key=lambda one: one.last or one.first or date.min)
    return item._replace(evidence=replace(evidence, reading=replace(reading, start=which.start, end=which.end)))


def of_the_event(store: Store, query: Query, item: Scored) -> Scored:
    """A sentence with the time of its event as its answer, where the reader likes when it was said and nobody asked."""
    evidence = item.evidence
    reading, span, text = evidence.reading, evidence.span, evidence.text
    said = _WHO_SAID.search(text)
    if not said or reading is None or reading.start < span.start + said.start():
        return item
    if kind_of(query.text) != "when" or SAYING.search(query.text):
        return item
    main = [
        timex
        for timex in store.catalog.times(evidence.article)
        if timex.resolved and span.start <= timex.start < span.start + said.start()
    ]
    if not main:  # news is told on the day
        return item
    timex = main_time(text, main, span.start)
    return item._replace(evidence=replace(evidence, reading=replace(reading, start=timex.start, end=timex.end)))
