"""When something was said is not when it was: "They will meet on 3 March, her office said on Monday."."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answerers.extractive import Scored
from assistant.happening import main_time
from assistant.question import kind_of
from assistant.speaking import SAYING
from index.store import Store
from index.types import Query

_WHO_SAID = re.compile(
    r",[”\"]? (?:[\w’'.-]+ ){0,8}?(?:said|says|told|announced|reported|added|confirmed|wrote|stated)\b[^,;]*$"
)


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
