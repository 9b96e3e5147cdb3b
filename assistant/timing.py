"""When what a sentence reports happened, and which of several sentences the time of a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from assistant.answerers.extractive import Scored
from assistant.evidence import Evidence
from assistant.question import kind_of
from index.store import Store
from index.times.days import MONTHS
from index.times.intent import TimeIntent
from index.times.published import published_days
from index.types import Query

ALIKE = 0.6
"""Sentences with this share of the first one's probability, or more, may report what is asked for as well as it."""

_NOT_HAPPENED = re.compile(
    r"\b(?:will|would|may|might|could|should|can|shall|if|unless|whether|(?:plan|hope|intend|aim|want|vow|agree|promise"
    r"|prepare|expect|seek|offer|threaten|propose)(?:s|d|ed|ned|ning|ing|ring)? (?:to|for|a|an|the)"
    r"|(?:is|are|was|were) (?:to|preparing|planning|due|set|expected|scheduled|likely|about|ready|willing)"
    r"|resum(?:e|ing)"
    r"|proposal|upcoming|forthcoming|no longer|never|not|without)\b|n['’]t\b"
)
"""What makes of an event a plan, a wish, a condition or nothing: it does not count as having happened."""


_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_LAST = re.compile(r"(?<!the )\blast (?!week|month|year|night|time)[a-z]*(?:ed|oke|et|ew|id|ent|ame|aw|old|ote|rote)\b")
_SAYS_SO = 0.3
"""The same for those that say themselves that it was the last."""

_REPORTED_WITHIN = timedelta(days=31)

_NAMED = 0.2
"""The same for those that have the month that a question for a time names: "which year was the July call?"."""


class Happened(NamedTuple):
    """The days on which an event happened; ``told`` is whether the sentence itself tells them."""

    first: date | None
    last: date | None
    told: bool


def happened(store: Store, evidence: Evidence) -> Happened | None:
    """When what a sentence reports happened: as it tells, else before it was published; None for what did not happen.

    Both days are None where that is not known.
    """
    if _NOT_HAPPENED.search(evidence.text):
        return None
    spans = (
        timex
        for timex in store.catalog.times(evidence.article)
        if evidence.span.start <= timex.start and timex.end <= evidence.span.end
    )
    times = [timex for timex in spans if timex.resolved and timex.derived != "after publication"]
    if times:
        latest = max(times, key=lambda timex: timex.last or timex.first or date.min)
        return Happened(latest.first, latest.last, True)
    if days := published_days(evidence.article.published):
        return Happened(None, days[1], False)
    return Happened(None, None, False)


def in_time(store: Store, query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The ranked sentences with those first, of the ones that are about as likely to answer, that the time asks for.

    Of "the latest" the newest event comes first, then the newest report; what has not happened comes last, and what
    lies outside of the days that the question names. Where only such days are named, dated articles that tell of them
    go before those that do not; undated ones stay: "from 1916 to 1920" may be answered by "bought it in 1911".
    """
    intent = query.time
    if ranked and (months := set(_MONTH.findall(query.text)) if kind_of(query.text) == "when" else set()):
        named = [item for item in ranked if item.probability >= _NAMED * ranked[0].probability]
        named.sort(key=lambda item: months.isdisjoint(_MONTH.findall(item.evidence.text)))
        best = max(item.probability for item in ranked)
        if months & set(_MONTH.findall(named[0].evidence.text)):  # what dates nothing itself, the reader takes for none
            named[0] = named[0]._replace(probability=best)
        ranked = [*named, *(item for item in ranked if item.probability < _NAMED * ranked[0].probability)]
    if not intent or not ranked:
        return list(ranked)
    if not intent.order:
        return _reported_then(store, intent, ranked) if intent.bounded else list(ranked)
    if intent.order == "latest":
        ranked = _says_so_first(ranked)
    alike = [item for item in ranked if item.probability >= ALIKE * ranked[0].probability]
    when = {id(item): happened(store, item.evidence) for item in alike}
    if not any(found and found.last for found in when.values()):
        return list(ranked)
    # What may be of any day keeps its place among them: that it is undated makes it neither newer nor older.
    known = [item for item in alike if (found := when[id(item)]) is None or found.last]
    in_order = iter(sorted(known, key=lambda item: _place(intent, item, when[id(item)])))
    keep = {id(item) for item in alike} - {id(item) for item in known}
    moved = [item if id(item) in keep else next(in_order) for item in alike]
    chosen = {id(item) for item in alike}
    return [*moved, *(item for item in ranked if id(item) not in chosen)]


def _reported_then(store: Store, intent: TimeIntent, ranked: Sequence[Scored]) -> list[Scored]:
    """Of the sentences of dated articles that may answer as well, those first that tell of the days asked for."""
    alike = [item for item in ranked if item.probability >= ALIKE * ranked[0].probability]
    outside = []
    for item in alike:
        when = happened(store, item.evidence)
        outside.append(bool(item.evidence.article.published and when and when.last and not _meets(intent, _near(when))))
    if all(outside):
        return list(ranked)
    moved = [item for item, out in zip(alike, outside, strict=True) if not out]
    moved += [item for item, out in zip(alike, outside, strict=True) if out]
    return [*moved, *(item for item in ranked if all(item is not other for other in alike))]


def _near(when: Happened) -> Happened:
    """What is only known from the day of the report happened in the month before it."""
    if when.told or when.last is None:
        return when
    return Happened(when.last - _REPORTED_WITHIN, when.last, False)


def _says_so_first(ranked: Sequence[Scored]) -> list[Scored]:
    """A sentence of the first one's article that says "last spoke" itself before the others of that article."""
    first = ranked[0]
    for item in ranked:
        if item.probability < _SAYS_SO * first.probability:
            break
        same = item.evidence.article.id == first.evidence.article.id
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
    outside = intent.bounded and when.told and not _meets(intent, when)
    order = 0
    if day := when.last or when.first:
        order = -day.toordinal() if intent.order == "latest" else (when.first or day).toordinal()
    days = published_days(item.evidence.article.published)
    return int(outside), order, -days[1].toordinal() if days else 0


def _meets(intent: TimeIntent, when: Happened) -> bool:
    """Whether an event may have happened in the days asked for."""
    begins_before_end = intent.last is None or when.first is None or when.first <= intent.last
    ends_after_begin = intent.first is None or when.last is None or when.last >= intent.first
    return begins_before_end and ends_after_begin
