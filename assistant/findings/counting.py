"""Questions that several events answer: how often something has happened, and what happened in some days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from assistant import messages
from assistant.evidence.candidates import Candidate
from assistant.evidence.event_time import may_be_of
from assistant.evidence.scoring import MAX_SENTENCES, Ranked, say_the_same
from assistant.findings.finding import Finding
from assistant.question.analysis import QuestionAnalysis
from index.analysis.terms import same_meaning, terms
from index.languages.en.function_words import STOP_WORDS
from index.languages.en.question_words import FREQUENCY
from index.passage import Passage
from index.times.days import days_in_words
from index.times.time_request import TimeIntent

_NOT_EVENTS = frozenset("often time occasion many happen since".split())
"""Terms of such a question that are not of the event."""

_ABOUT = 0.5
"""The least share of a question in a sentence and those around it that may tell its news."""

_LEAD = 160
"""Characters at the beginning of an article that tell its news."""

_LONG = timedelta(days=31)
"""What took longer is no event of some days."""


def counted(question: QuestionAnalysis, ranked: Sequence[Ranked], now: date) -> Finding | None:
    """The events of the kind asked for that the candidates date, and how many; None where a sentence says how often."""
    if ranked and FREQUENCY.search(ranked[0].candidate.text):
        return None
    query = question.query
    asked = {term for term in query.terms if term not in query.time_terms | _NOT_EVENTS | STOP_WORDS}
    events: dict[date, Ranked] = {}
    for item in ranked:
        when = item.candidate.event
        if not when.happened or not when.explicit or not when.first or when.first > now:
            continue
        if (not query.time or query.time.meets(when.first, when.last)) and _tells(asked, item.candidate.terms):
            events.setdefault(when.first, item)
    if not events:
        return None
    rows = [events[day] for day in sorted(events)]
    days = [days_in_words(item.candidate.event.first, item.candidate.event.last) for item in rows]
    return Finding("counted", messages.counted(days), before=tuple(item.candidate for item in rows[-MAX_SENTENCES:]))


def _tells(asked: Collection[str], told: Collection[str]) -> bool:
    """Whether a sentence's terms have each of some others, of a verb one that tells the same change."""
    return same_meaning(asked) <= same_meaning(told)


def within_days(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What sentences about the subject report of the days asked for, the newest first, one of each article first."""
    intent = question.query.time
    if not intent or not (intent.bounded or intent.order == "latest"):
        return []
    found: list[tuple[int, Ranked]] = []
    for item in ranked:
        candidate, when = item.candidate, item.candidate.event
        if not _names_all(question, candidate):
            continue
        if not question.query.names and candidate.features.context < _ABOUT:
            continue
        if intent.bounded and not (when.happened and _is_of(intent, candidate)):
            continue
        if not when.explicit and candidate.sentence.start > _LEAD:
            continue  # what is told beside the news
        days = candidate.reported
        day = when.last or (days[1] if days else None)
        found.append((day.toordinal() if day else 0, item))
    found = [one for one in found if one[1].candidate.tells] or found
    found.sort(key=lambda one: -one[0])
    leads: dict[str, Ranked] = {}
    for _, item in sorted(found, key=lambda one: one[1].candidate.sentence.start):
        leads.setdefault(item.candidate.article.id, item)
    chosen: list[Ranked] = []
    for of_new_articles in (True, False):
        for _, item in found:
            candidate = item.candidate
            fits = leads[candidate.article.id] is item if of_new_articles else candidate.event.explicit
            alike = any(say_the_same(candidate, other.candidate) for other in chosen)
            if len(chosen) < MAX_SENTENCES and fits and not alike:
                chosen.append(item)
    order = [item.candidate.key for _, item in found]
    return sorted(chosen, key=lambda item: order.index(item.candidate.key))


def newest(passages: Sequence[Passage], ranked: Sequence[Ranked]) -> list[Ranked]:
    """Of the news of each report of a story the first sentence that tells something, the newest report first."""
    chosen: list[Ranked] = []
    for passage in passages:
        items = [item for item in ranked if _stands_in(passage, item.candidate)]
        items.sort(key=lambda item: (not item.candidate.tells, item.candidate.sentence.start))
        if items and not any(say_the_same(items[0].candidate, other.candidate) for other in chosen):
            chosen.append(items[0])
    return chosen[:MAX_SENTENCES]


def _stands_in(passage: Passage, candidate: Candidate) -> bool:
    return candidate.article.id == passage.article.id and candidate.sentence in passage.sentences


def _names_all(question: QuestionAnalysis, candidate: Candidate) -> bool:
    """Whether a sentence names whom the question names, or is reported from there."""
    if candidate.features.names == 1:
        return True
    there = candidate.terms.union(terms(candidate.article.place or ""))
    return all(there.issuperset(name) for name in question.query.names)


def _is_of(intent: TimeIntent, candidate: Candidate) -> bool:
    """Whether an event is of the days asked for: not of ten years in which these lie."""
    when = candidate.event
    if when.first and when.last and when.last - when.first > _LONG:
        return False
    return bool(when.last and (when.first or not when.explicit) and may_be_of(intent, when))
