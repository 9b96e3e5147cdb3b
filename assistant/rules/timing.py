"""When what a sentence reports happened, and which of several sentences the time of a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_time import Happened, may_meet
from assistant.evidence.same_verb import same_verbs, tells_the_same
from assistant.evidence.scoring import Scored
from assistant.evidence.when import time_of, when_happened
from assistant.question.answer_type import kind_of
from assistant.rules.scheduled import newest_plan, only_planned
from assistant.rules.states import end_first, has_ended, newest_before
from assistant.rules.terminating_events import tells_the_end
from index.storage.store import Store
from index.times.days import MONTHS
from index.times.published import published_days, report_days
from index.times.question_times import asks_past
from index.times.time_request import TimeIntent
from index.types import Query

ALIKE = 0.6
"""Sentences with this share of the first one's probability, or more, may report what is asked for as well as it."""

_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_LAST = re.compile(r"(?<!the )\blast (?!week|month|year|night|time)[a-z]*(?:ed|oke|et|ew|id|ent|ame|aw|old|ote|rote)\b")
_SUPERSEDED = re.compile(
    r"\b(?:earlier|previous|initial|preliminary|original) (?:report|estimate|count|figure|toll|statement)s?\b",
    re.IGNORECASE,
)
"""What is told as having been said before, and by now is not."""

_ORDINAL = re.compile(
    r"\b(?P<which>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?P<what>[a-z]+)\b(?! time\b)",
    re.IGNORECASE,
)
_CALLS = frozenset("phone telephone call".split())
_FEW_DAYS = timedelta(days=2)
"""News of a day is mostly told by then."""

_TELLS = 0.3
"""The same for those that tell of the days asked for, beside one that tells of others."""

_SAYS_SO = 0.3
"""The same for those that say themselves that it was the last."""

_NAMED = 0.2
"""The same for those that have the month that a question for a time names: "which year was the July call?"."""


def in_time(store: Store, query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The ranked sentences with those first, of the ones that are about as likely to answer, that the time asks for.

    Of "the latest" the newest event comes first, then the newest report; what has not happened comes last, and what
    lies outside of the days that the question names. Where only such days are named, dated articles that tell of them
    go before those that do not; undated ones stay: "from 1916 to 1920" may be answered by "bought it in 1911".
    """
    intent = query.time
    if ranked:
        ranked = _put_behind(ranked, [item for item in ranked if _SUPERSEDED.search(item.evidence.text)], _TELLS)
    if ranked:
        ranked = _put_behind(ranked, [item for item in ranked if tells_the_end(query, item.evidence)], _TELLS)
    if ranked:
        ranked = _put_behind(ranked, [item for item in ranked if _by_phone(query, item.evidence)], _TELLS)
    if ranked and (asked := _ordinals(query.text)):
        others = [item for item in ranked if _is_another(asked, item.evidence.text)]
        ranked = _put_behind(ranked, others, _TELLS)
    if ranked and asks_past(query.text):
        ahead = [item for item in ranked if only_planned(store, query, item.evidence)]
        ranked = _put_behind(ranked, ahead, _TELLS)
    if ranked and (months := set(_MONTH.findall(query.text)) if kind_of(query.text) == "when" else set()):
        named = [item for item in ranked if item.probability >= _NAMED * ranked[0].probability]
        named.sort(key=lambda item: months.isdisjoint(_MONTH.findall(item.evidence.text)))
        best = max(item.probability for item in ranked)
        if months & set(_MONTH.findall(named[0].evidence.text)):  # what dates nothing itself, the reader takes for none
            named[0] = named[0]._replace(probability=best)
        ranked = [*named, *(item for item in ranked if item.probability < _NAMED * ranked[0].probability)]
    ranked = newest_plan(store, query, ranked)
    if not intent or not ranked:
        return ranked
    if intent.as_of:
        ranked = [item for item in ranked if not _reported_later(intent, item)] or ranked
    if not intent.order:
        return _reported_then(store, query, intent, ranked) if intent.bounded else list(ranked)
    if intent.order == "latest":
        ranked = _says_so_first(query, ranked)
    alike = [item for item in ranked if _is_alike(query, ranked[0], item)]
    when = {id(item): when_happened(store, item.evidence) for item in alike}
    if not any(found and found.last for found in when.values()):
        return list(ranked)
    # What may be of any day keeps its place among them: that it is undated makes it neither newer nor older.
    known = [item for item in alike if (found := when[id(item)]) is None or found.last]
    newest = iter(sorted(known, key=lambda item: _place(intent, item, when[id(item)])))
    keep = {id(item) for item in alike} - {id(item) for item in known}
    moved = [item if id(item) in keep else next(newest) for item in alike]
    chosen = {id(item) for item in alike}
    in_order = [*moved, *(item for item in ranked if id(item) not in chosen)]
    return end_first(store, in_order) if intent.state and intent.order == "latest" else in_order


def _is_alike(query: Query, first: Scored, item: Scored) -> bool:
    """Whether a sentence may report what is asked for as well as the first: with another verb it is liked less."""
    if _by_phone(query, item.evidence) and not _by_phone(query, first.evidence):
        return False
    of_a_state = bool(query.time and query.time.state)  # by whatever words: the newest report holds
    if item.probability >= (_TELLS if of_a_state else ALIKE) * first.probability:
        return True
    asked = [term for term in query.terms if not same_verbs(term).isdisjoint(first.evidence.terms)]
    of_a_change = any(len(same_verbs(term)) > 1 for term in asked)
    likely = item.probability >= _TELLS * first.probability
    return likely and of_a_change and tells_the_same(asked, item.evidence.terms)


def _by_phone(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence tells only of a call where a meeting is asked for."""
    asked_to_meet = "meet" in query.terms and _CALLS.isdisjoint(query.terms)
    return asked_to_meet and "meet" not in evidence.terms and not _CALLS.isdisjoint(evidence.terms)


def _ordinals(text: str) -> dict[str, str]:
    """Of which things a text names which one in a row: "vote" to "second"."""
    return {found["what"].lower(): found["which"].lower() for found in _ORDINAL.finditer(text)}


def _is_another(asked: Mapping[str, str], text: str) -> bool:
    """Whether a sentence is of the second vote where the first is asked for."""
    told = _ordinals(text)
    return any(told.get(what, which) != which for what, which in asked.items())


def _reported_then(store: Store, query: Query, intent: TimeIntent, ranked: Sequence[Scored]) -> list[Scored]:
    """Those sentences first that may be of the days asked for.

    Behind them go, of dated articles, those about as likely that were published at another time, and, more readily,
    those that tell of other days themselves; where a time is asked for, these are no answer beside others.
    """
    when = {id(item): when_happened(store, item.evidence) for item in ranked}
    undated = kind_of(query.text) == "yes_no"  # "had they met since?": what was before is no answer
    other = [item for item in ranked if _is_other(store, intent, item.evidence, when[id(item)], undated=undated)]
    told = [item for item in other if (found := when[id(item)]) is None or found.told]
    in_order = _put_behind(_put_behind(ranked, other, ALIKE), told, _TELLS)
    if later := _reported_long_after(intent, in_order, when):
        in_order = _put_behind(in_order, later, _TELLS)
    if intent.state:
        return newest_before(intent, in_order, when)
    if kind_of(query.text) == "when" and all(in_order[0] is not item for item in told):
        return [item for item in in_order if all(item is not out for out in told)]
    return in_order


def _reported_long_after(
    intent: TimeIntent, ranked: Sequence[Scored], when: Mapping[int, Happened | None]
) -> list[Scored]:
    """What was published a good while after the day or the few that are asked for, and tells no time itself."""
    if not intent.last or not intent.first or intent.last - intent.first > _FEW_DAYS or intent.about:
        return []
    return [
        item
        for item in ranked
        if (found := when[id(item)])
        and not found.told
        and (days := report_days(item.evidence.article))
        and days[0] > intent.last + _FEW_DAYS
    ]


def _reported_later(intent: TimeIntent, item: Scored) -> bool:
    """Whether a sentence was published after the day as of which it is asked."""
    article = item.evidence.article
    days = [published_days(day) for day in (article.published, article.updated)]
    return any(day and intent.last and day[0] > intent.last for day in days)


def _put_behind(ranked: Sequence[Scored], others: Sequence[Scored], share: float) -> list[Scored]:
    """Some sentences behind those that have a share of the best one's probability, or more."""
    least = share * max(item.probability for item in ranked)
    alike = [item for item in ranked if item.probability >= least]
    behind = [item for item in alike if any(item is other for other in others)]
    if not behind or len(behind) == len(alike):
        return list(ranked)
    before = [item for item in alike if all(item is not other for other in behind)]
    return [*before, *behind, *(item for item in ranked if item.probability < least)]


def is_of_another_time(store: Store, intent: TimeIntent, evidence: Evidence) -> bool:
    """Whether a sentence of a dated article tells of other days than those asked for."""
    return _is_other(store, intent, evidence, when_happened(store, evidence))


def _is_other(
    store: Store, intent: TimeIntent, evidence: Evidence, when: Happened | None, *, undated: bool = False
) -> bool:
    """Whether a sentence tells of other days; of an ``undated`` article only where it names them itself."""
    if not intent.bounded:
        return False
    if not evidence.article.published:
        return undated and bool(when and when.told and not may_meet(intent, when))
    if when is None:  # what was planned for other days is of these
        planned = time_of(store, evidence)
        return bool(planned and not intent.meets(planned.first, planned.last))
    return bool(when.last and not may_meet(intent, when))


def _has_verb(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence has the verb of a question, or one that tells the same: "last cut" is not "last raised"."""
    verbs = [same_verbs(term) for term in query.terms if len(same_verbs(term)) > 1 or term == "meet"]
    return all(not verb.isdisjoint(evidence.terms) for verb in verbs)


def _says_so_first(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """A sentence of the first one's article that says "last spoke" itself before the others of that article."""
    first = ranked[0]
    for item in ranked:
        if item.probability < _SAYS_SO * first.probability:
            break
        same = item.evidence.article.id == first.evidence.article.id and _has_verb(query, item.evidence)
        if same and _LAST.search(item.evidence.text) and not _LAST.search(first.evidence.text):
            return [
                item._replace(probability=first.probability),
                *(other for other in ranked if other is not item),
            ]
    return list(ranked)


def _place(intent: TimeIntent, item: Scored, when: Happened | None) -> tuple[int, int, int]:
    """Sorts before others: within the bounds, happened, newest event (or oldest), newest report."""
    if when is None:
        return 2, 0, 0
    outside = intent.bounded and when.told and not may_meet(intent, when)
    order = 0
    if day := when.last or when.first:
        if intent.state and intent.order == "latest" and has_ended(item.evidence):
            day = when.first or day.replace(day=1)  # whoever follows came about when it ended
        order = -day.toordinal() if intent.order == "latest" else (when.first or day).toordinal()
    days = report_days(item.evidence.article)
    return int(outside), order, -days[1].toordinal() if days else 0
