"""Questions that more than one event answers: what happened in some days, and how often something has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.evidence.candidates import Evidence, Features
from assistant.evidence.event_time import Happened, may_meet
from assistant.evidence.gather import Part
from assistant.evidence.same_verb import tells_the_same
from assistant.evidence.scoring import MAX_SENTENCES, REFUSE_BELOW, Scored, say_the_same, select
from assistant.evidence.when import when_happened
from assistant.question.answer_type import asks_for_news, asks_how_often, says_how_often
from assistant.timeline import TimelineEvent, find_timeline
from assistant.types import Notice
from index.analysis.terms import terms
from index.storage.store import Store
from index.times.days import days_in_words
from index.times.published import report_days
from index.times.time_request import TimeIntent
from index.types import Query, Span

_NOT_EVENTS = frozenset("often time occasion many happen since".split())
"""Terms of such a question that are not of the event."""

_ABOUT = 0.5
"""The least share of a question in a sentence and those around it that may tell its news."""

_LEAD = 160
"""Characters at the beginning of an article that tell its news."""

_SINCE = re.compile(r"\b(?:since|after)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior to|until|up to)\b", re.IGNORECASE)
_EVENTS = 100
_LONG = timedelta(days=31)
"""What took longer is no event of some days."""


def asks_for_several(part: Part) -> bool:
    """Whether a question is for several events, so that each has its day beside it."""
    return asks_how_often(part.query.text) or asks_for_news(part.query.text)


def answered_by_several(store: Store, part: Part, now: date) -> tuple[list[Scored], list[Notice]] | None:
    """The sentences and what to know beside them; None where a question is for no several events, or none are told."""
    query = part.query
    if asks_how_often(query.text):
        return _counted(store, part, now)
    if asks_for_news(query.text) and query.time and (query.time.bounded or query.time.order == "latest"):
        news = _news(store, query, part.ranked)
        return (news, []) if news else None
    return None


def _news(store: Store, query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """What sentences about the subject report of the days asked for, the newest first, one of each article first."""
    intent = query.time
    assert intent
    found: list[tuple[int, bool, Scored]] = []
    for item in ranked:
        features = item.evidence.features
        if not _names_all(query, item.evidence) or (not query.names and features.context < _ABOUT):
            continue
        when = when_happened(store, item.evidence)
        if intent.bounded and not (when and _is_of(intent, when)):
            continue
        told = bool(when and when.told)
        if not told and item.evidence.span.start > _LEAD:
            continue  # what is told beside the news
        days = report_days(item.evidence.article)
        day = (when.last if when else None) or (days[1] if days else None)
        found.append((day.toordinal() if day else 0, told, item))
    found.sort(key=lambda one: -one[0])
    chosen: list[Scored] = []
    first_of = {item.evidence.article.id: item for _, _, item in sorted(found, key=_place, reverse=True)}
    for of_new_articles in (True, False):
        for _, told, item in found:
            alike = any(say_the_same(item.evidence, other.evidence) for other in chosen)
            first = first_of[item.evidence.article.id] is item
            fits = first if of_new_articles else told
            if len(chosen) < MAX_SENTENCES and fits and not alike:
                chosen.append(item)
    order = {id(item): place for place, (_, _, item) in enumerate(found)}
    return [item.without_short for item in sorted(chosen, key=lambda item: order[id(item)])]


def _names_all(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence names whom the question names, or is reported from there."""
    if evidence.features.names == 1:
        return True
    there = evidence.terms.union(terms(evidence.article.place or ""))
    return all(there.issuperset(name) for name in query.names)


def _place(one: tuple[int, bool, Scored]) -> int:
    return one[2].evidence.span.start


def _is_of(intent: TimeIntent, when: Happened) -> bool:
    """Whether an event is of the days asked for: not of ten years in which these lie."""
    if when.first and when.last and when.last - when.first > _LONG:
        return False
    return bool(when.last and (when.first or not when.told) and may_meet(intent, when))


def _counted(store: Store, part: Part, now: date) -> tuple[list[Scored], list[Notice]] | None:
    """The events of the kind asked for that the articles date, and how many; None where a sentence says how often."""
    query = part.query
    told = select(query, part.ranked)
    if told and _SINCE.search(query.text) and _BEFORE.search(told[0].evidence.text):
        # How often before the war is not how often since; and without its day none are counted.
        told = select(query, [item for item in part.ranked if not _BEFORE.search(item.evidence.text)])
        if not query.time or not query.time.bounded:
            return [item.without_short for item in told], []
    if told and says_how_often(told[0].evidence.text):
        return None
    asked = [term for term in query.terms if term not in query.time_terms | _NOT_EVENTS]
    events: dict[date, TimelineEvent] = {}
    for event in find_timeline(store, query.text, now, query.window, most=_EVENTS).events:
        meets = not query.time or query.time.meets(event.first, event.last)
        happened = event.status == "happened" and event.first and event.first <= now
        if happened and meets and event.first and tells_the_same(asked, terms(event.citation.quote)):
            events.setdefault(event.first, event)
    if not events:
        return None
    days = [days_in_words(event.first, event.last) for event in events.values()]
    such = "1 such event" if len(days) == 1 else f"{len(days)} such events"
    notice = Notice(
        "counted",
        f"The articles date {such}: {', '.join(days)}. What they do not tell, or do not date, is not counted.",
    )
    rows = [_as_evidence(store, event) for event in events.values()]
    return [Scored(REFUSE_BELOW, evidence) for evidence in rows[-MAX_SENTENCES:] if evidence], [notice]


def _as_evidence(store: Store, event: TimelineEvent) -> Evidence | None:
    cited = event.citation
    found = store.catalog.article(cited.article_id)
    if not found:  # removed meanwhile
        return None
    held = frozenset(terms(cited.quote))
    return Evidence(found[0], Span(cited.start, cited.end), Features(1.0, 1.0, 1.0, 1.0, 0.0), held)
