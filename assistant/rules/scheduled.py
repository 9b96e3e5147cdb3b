"""What was planned beside what has happened: the event answers before its plan, and of plans the newest one holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.candidates import Evidence
from assistant.evidence.scoring import Scored
from assistant.evidence.when import is_ahead
from assistant.question.answer_type import kind_of
from index.storage.store import Store
from index.times.published import report_days
from index.times.question_times import asks_past
from index.types import Query

_HOLDS = 0.5
"""Sentences with this share of the first one's probability, or more, may tell of the same plan."""

_WHEN_WILL = re.compile(r"\W*when(?:['’]s| is| are| will| does| do)\b", re.IGNORECASE)
_PUT_OFF_TO = re.compile(
    r"\b(?:put off|postponed|delayed|deferred|pushed back|moved|rescheduled|adjourned|brought forward)\b[^.;]*?"
    r"\b(?:to|until|till)(?: at least)?(?: the| early| mid| late)?\s*$"
)


def only_planned(store: Store, query: Query, evidence: Evidence) -> bool:
    """Whether a question of the past is answered with what was only planned when it was written."""
    known = bool(evidence.article.published) or kind_of(query.text) == "yes_no"
    return known and asks_past(query.text) and is_ahead(store, query, evidence)


def newest_plan(store: Store, query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The ranked sentences, of those that may tell when something will be the newest report first.

    Where it says that the day was moved, the new one is what it answers with.
    """
    if not ranked or not _WHEN_WILL.match(query.text):
        return list(ranked)
    least = _HOLDS * max(item.probability for item in ranked)
    alike = [item for item in ranked if item.probability >= least]
    if not all(item.evidence.article.published for item in alike):
        return list(ranked)
    newest = sorted(alike, key=_published, reverse=True)
    others = [item for item in ranked if item.probability < least]
    return [*(_with_new_day(store, item) for item in newest), *others]


def _published(item: Scored) -> int:
    days = report_days(item.evidence.article)
    return days[1].toordinal() if days else 0


def _with_new_day(store: Store, item: Scored) -> Scored:
    """A sentence that says to which day something was put off, with that day as its answer."""
    evidence = item.evidence
    text, span = evidence.text, evidence.span
    for timex in store.catalog.times(evidence.article):
        inside = span.start <= timex.start and timex.end <= span.end
        if evidence.reading and inside and _PUT_OFF_TO.search(text, 0, timex.start - span.start):
            reading = replace(evidence.reading, start=timex.start, end=timex.end)
            return item._replace(evidence=replace(evidence, reading=reading))
    return item
