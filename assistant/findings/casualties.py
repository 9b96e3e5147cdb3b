"""The dead and the hurt of an event are counted anew from day to day: the newest count, and one it differs from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_coreference import APART, TOLL, of_other_events
from assistant.evidence.exclusive_answers import contradict
from assistant.evidence.scoring import Scored
from assistant.evidence.when import when_happened
from assistant.question.answer_type import kind_of
from assistant.rules.timing import is_of_another_time
from index.analysis.factuality import is_denied, lies_ahead, place_of
from index.analysis.quantities import quantities
from index.analysis.terms import STOP_WORDS, terms
from index.storage.store import Store
from index.times.published import report_days
from index.types import Query

_BESIDE = frozenset(
    "people person many man woman child worker number late recent last current new life lose any".split()
)
"""Words of a question for the dead that do not say of which event."""

HURT = frozenset("hurt injure injury wound".split())
"""How it is told that people were hurt, as terms."""

_ANEW = re.compile(
    r"\b(?:tolls?|(?:has|have) (?:now )?(?:killed|died)|the number of|rose|risen|rises|climb\w+|reach\w*|lower\w*"
    r"|revis\w+|correct\w*)\b"
)
"""What has happened before is counted again."""

_LIVES = re.compile(
    r"\b(?:los(?:t|e|es|ing) (?:their|his|her) li(?:fe|ves)|lives? (?:(?:was|were|had been) )?lost|claim(?:ed|ing|s)?"
    r" [^.;]{0,30}\blives|perish\w*|fatal(?:ly)?|bod(?:y|ies) of)\b",
    re.IGNORECASE,
)
_SURVIVED = re.compile(r"\b(?:alive|surviv\w+|rescued|escaped|saved|unhurt|unharmed)\b", re.IGNORECASE)
_DIED = r"(?:killed|die[ds]?|dead|dies|perished|lost|hurt|injured|wounded)"
_NOBODY = re.compile(
    rf"\b(?:no ?one|nobody|none)\b[^.;,]{{0,40}}\b{_DIED}\b"
    r"|\b(?:no|without|without any) (?:\w+ )?(?:deaths?|casualties|fatalities|victims|dead|loss of life|injuries)\b"
    rf"|\bno (?:people|persons?|lives|\w+s) (?:\w+ )?(?:was |were |had been |have been )?{_DIED}\b",
    re.IGNORECASE,
)
_ANYONE = re.compile(
    r"\b(?:any ?one|anybody|any (?:\w+ )?\w+s|people"
    r"|there (?:\w+ )?(?:deaths|dead|casualties|victims|fatalities))\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:[Oo]ne|[Aa]) (?=(?:\w+ )?(?:person|man|woman|child|boy|girl|worker|\w+er) )")
"""Where one is a number: "one person", "a miner"."""

_TELLS = 0.3
"""A sentence that counts the dead, with this share of the first one's probability, goes before one that does not."""

_ABOUT = 0.5
"""The least share of what a question says of an event, its names aside, in an article that counts its dead."""

_LEAD = 300
"""Characters at the beginning of an article that say what it is about."""


def _harm(query: Query) -> frozenset[str]:
    """The terms that tell of the harm that is asked for: of the dead, or of those who were hurt."""
    return HURT if not HURT.isdisjoint(query.terms) and TOLL.isdisjoint(query.terms) else TOLL


def counts_the_dead(query: Query) -> bool:
    """Whether a question is for a number of dead or hurt."""
    asked = not _harm(query).isdisjoint(query.terms) or bool(_LIVES.search(query.text))
    return (kind_of(query.text) == "how_many" and asked) or "toll" in query.terms


def asks_for_dead(query: Query) -> bool:
    """Whether a question is whether anybody died or was hurt: "was anyone killed?", and not "was Orlov killed?"."""
    asked = not _harm(query).isdisjoint(query.terms) or bool(_LIVES.search(query.text))
    return kind_of(query.text) == "yes_no" and asked and bool(_ANYONE.search(query.text))


def are_occasions(store: Store, counted: bool, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences tell of two events; where the dead are ``counted``, one may count the other's anew."""
    anew = counted and any(_ANEW.search(item.text) for item in (one, other))
    return not anew and of_other_events(store, one, other)


def later_count(store: Store, query: Query, first: Scored, ranked: Sequence[Scored]) -> Scored | None:
    """The newest count of the dead of the same event, where it is newer than that of the best sentence and another one.

    The reader seldom takes "the toll rose to 33" for an answer to "how many did it kill?".
    """
    counted_on = report_days(first.evidence.article)
    if counted_on is None:
        return None
    newest, found = counted_on[1], None
    for item in ranked:
        evidence = item.evidence
        days = report_days(evidence.article)
        if not days or not newest < days[0] <= counted_on[1] + timedelta(days=APART):
            continue
        if not _counts(query, evidence) or not _differ(query, first.evidence, evidence):
            continue
        if _is_history(store, query, evidence) or _is_history(store, query, first.evidence):
            continue
        if are_occasions(store, True, first.evidence, evidence):
            continue
        if not query.time or not is_of_another_time(store, query.time, evidence):
            newest, found = days[1], item
    return found


def counts_first(store: Store, query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """Before the others the best sentence that says how many died, or that nobody did, where that is asked for.

    Who was brought out alive is no answer to how many died.
    """
    if (counts_the_dead(query) or asks_for_dead(query)) and not _SURVIVED.search(query.text):
        ranked = [item for item in ranked if not _only_survived(query, item.evidence)]
        ranked = sorted(ranked, key=lambda item: _is_history(store, query, item.evidence))
    told = next((item for item in ranked if _counts(query, item.evidence)), None)
    if not asks_for_dead(query):
        uncounted = counts_the_dead(query) and ranked and not _counts(query, ranked[0].evidence)
        if not uncounted or told is None or told.probability < _TELLS * ranked[0].probability:
            return list(ranked)
    if told is None:
        return list(ranked)
    best = max(item.probability for item in ranked)
    features = replace(told.evidence.features, names=1.0)  # its article has them
    first = Scored(best, replace(told.evidence, features=features))
    return [first, *(item for item in ranked if item is not told)]


def two_counts(store: Store, query: Query, ranked: Sequence[Scored]) -> tuple[Scored, Scored] | None:
    """The newest sentence that says how many died and the best one that says otherwise; None where all say the same."""
    counts = [
        item
        for item in ranked
        if _counts(query, item.evidence)
        and item.evidence.article.published
        and not _is_history(store, query, item.evidence)
    ]
    for first in counts:
        if later := later_count(store, query, first, counts):
            return later._replace(probability=ranked[0].probability), first
    return None


def _is_history(store: Store, query: Query, evidence: Evidence) -> bool:
    """Whether a sentence counts the dead of long before: "the deadliest since 2008, when 23 people died"."""
    days, found = report_days(evidence.article), when_happened(store, evidence)
    if not days or not found or not found.told or (query.time and query.time.bounded):
        return False
    open_since = found.first and found.last and found.last >= days[0] and found.first.year < days[0].year
    when = found.first if open_since else found.last  # the deadliest "since 2008" is counted beside that one
    return bool(when and days[0] - when > timedelta(days=APART))


def _only_survived(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence tells of those who lived, and of nobody who did not."""
    if not _SURVIVED.search(evidence.text):
        return False
    return _harm(query).isdisjoint(evidence.terms) and not _LIVES.search(evidence.text)


def _counts(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence says how many died in the event asked for, or that nobody did; its article may name it."""
    text = evidence.text
    harm = _harm(query)
    if harm.isdisjoint(evidence.terms) and not (harm is TOLL and _LIVES.search(text)):
        return False
    number = _NOBODY.search(text) or any(not quantity.unit for quantity in quantities(_ONE.sub("1", text)))
    article = evidence.article
    about = {term for term in query.terms if term not in STOP_WORDS | harm | _BESIDE | query.time_terms}
    told = evidence.terms.union(terms(f"{article.title or ''} {article.text[:_LEAD]}"))
    at = place_of(text, harm)
    denied = is_denied(text, *at) and not _NOBODY.search(text)
    names = about.intersection(term for name in query.names for term in name)
    is_it = bool(about) and names <= told and len(about & told) >= _ABOUT * len(about)
    return bool(number and is_it and not denied and not lies_ahead(text, *at))


def _differ(query: Query, one: Evidence, other: Evidence) -> bool:
    return contradict("how_many", query, _number(one), _number(other))


def _number(evidence: Evidence) -> str:
    """What a sentence counts, without a bound, as 31 are "at least 14" too."""
    if _NOBODY.search(evidence.text):
        return "0"
    return evidence.words if quantities(evidence.words) else evidence.text
