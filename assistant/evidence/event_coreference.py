"""Whether two sentences report the same event: what they share of the question and beside it, and their days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_time import Happened
from assistant.evidence.when import when_happened
from index.analysis.terms import STOP_WORDS, terms
from index.storage.store import Store
from index.times.published import report_days
from index.types import Query

SHARE = 0.6
"""How much of what the better one shares with the question the other must share with it."""

ALIKE = 0.3
"""How much of the words of the shorter one both share beside their answers: the same is told, with another filling."""

APART = 60
"""Days between two reports of the same event, at most; later ones mostly tell of the next such event."""


TOLL = frozenset("kill die dead death toll victim casualty fatality drown".split())
_FRESH = timedelta(days=7)
"""What is told so soon after it happened is news, and another such event is another event."""

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def same_event(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences may report the same event: of one kind, reported within ``APART`` days."""
    return not reported_apart(one, other) and same_kind(query, one, other)


def reported_apart(one: Evidence, other: Evidence) -> bool:
    """Whether two articles were published more than ``APART`` days from each other."""
    days = [report_days(item.article) for item in (one, other)]
    return bool(days[0] and days[1] and abs((days[0][1] - days[1][1]).days) > APART)


def same_kind(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences share what they have of the question and much beside it, and name no other years."""
    asked = _as_toll(term for term in query.terms if term not in STOP_WORDS)
    mine, yours = asked & _as_toll(one.terms), asked & _as_toll(other.terms)
    if len(mine & yours) < SHARE * max(1, min(len(mine), len(yours))):
        return False
    said = [_as_toll(item.terms - set(terms(item.words)) - STOP_WORDS) for item in (one, other)]
    if len(said[0] & said[1]) < ALIKE * max(1, min(map(len, said))):
        return False
    outside = [_YEAR.findall(item.text.replace(item.words, " ") if item.words else item.text) for item in (one, other)]
    return not (outside[0] and outside[1] and set(outside[0]).isdisjoint(outside[1]))


def _as_toll(words: Iterable[str]) -> set[str]:
    """Terms, with one for all that a death toll is told with: "killed 12", "the dead are 12", "a toll of 12"."""
    return {"toll" if word in TOLL else word for word in words}


def of_other_events(store: Store, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences report events of days of their own, each within the week before it was published."""
    when = [when_happened(store, item) for item in (one, other)]
    published = [report_days(item.article) for item in (one, other)]
    for happened, days in zip(when, published, strict=True):
        if not happened or not happened.told or not happened.first or not happened.last or not days:
            return False
        if not timedelta(0) <= days[1] - happened.last <= _FRESH or happened.last - happened.first > _FRESH:
            return False
    return not share_days(when) and not _adjoin(when)


def _adjoin(pair: Sequence[Happened | None]) -> bool:
    """Whether two events are a day from each other: of one event two reports may tell Saturday and Sunday."""
    days = sorted((one.first, one.last) for one in pair if one and one.first and one.last)
    return len(days) == 2 and days[1][0] - days[0][1] <= timedelta(days=1)


def share_days(pair: Sequence[Happened | None]) -> bool:
    one, other = pair
    if not one or not other:
        return False
    return (one.last is None or other.first is None or other.first <= one.last) and (
        other.last is None or one.first is None or one.first <= other.last
    )


def told_alike(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences have the words of the question in the same order: "Union won", not "beating Union"."""
    spelled = {word: term for term, words in query.terms.items() if term not in STOP_WORDS for word in words}
    rows = [list(dict.fromkeys(spelled[word] for word in terms(item.text) if word in spelled)) for item in (one, other)]
    return [term for term in rows[0] if term in rows[1]] == [term for term in rows[1] if term in rows[0]]
