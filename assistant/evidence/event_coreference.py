"""Event coreference: whether two sentences report the same event, by what they share and by their days."""

from __future__ import annotations

from datetime import timedelta

from assistant.evidence.candidates import Candidate
from assistant.question.analysis import QuestionAnalysis
from index.analysis.terms import same_meaning, terms
from index.languages.en.calendar import YEAR
from index.languages.en.function_words import STOP_WORDS

SHARE = 0.6
"""How much of what the better one shares with the question the other must share with it."""

ALIKE = 0.3
"""How much of the words of the shorter one both share beside their answers: the same is told, with another filling."""

APART = 60
"""Days between two reports of the same event, at most; later ones mostly tell of the next such event."""

_FRESH = timedelta(days=7)
"""What is told so soon after it happened is news, and another such event is another event."""


def reported_apart(one: Candidate, other: Candidate) -> bool:
    """Whether two articles were published more than ``APART`` days from each other."""
    days = [item.reported for item in (one, other)]
    return bool(days[0] and days[1] and abs((days[0][1] - days[1][1]).days) > APART)


def same_kind(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences share what they have of the question and much beside it, and name no other years."""
    asked = same_meaning(term for term in question.query.terms if term not in STOP_WORDS)
    mine, yours = asked & same_meaning(one.terms), asked & same_meaning(other.terms)
    if len(mine & yours) < SHARE * max(1, min(len(mine), len(yours))):
        return False
    said = [same_meaning(item.terms - set(terms(item.words)) - STOP_WORDS) for item in (one, other)]
    if len(said[0] & said[1]) < ALIKE * max(1, min(map(len, said))):
        return False
    outside = [YEAR.findall(item.text.replace(item.words, " ") if item.words else item.text) for item in (one, other)]
    return not (outside[0] and outside[1] and set(outside[0]).isdisjoint(outside[1]))


def of_other_events(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences report events of days of their own, each within the week before it was published."""
    for item in (one, other):
        when, days = item.event, item.reported
        if not when.happened or not when.explicit or not when.first or not when.last or not days:
            return False
        if not timedelta(0) <= days[1] - when.last <= _FRESH or when.last - when.first > _FRESH:
            return False
    return not one.event.overlaps(other.event) and not _adjoin(one, other)


def _adjoin(one: Candidate, other: Candidate) -> bool:
    """Whether two events are a day from each other: of one event two reports may tell Saturday and Sunday."""
    days = sorted((when.first, when.last) for when in (one.event, other.event) if when.first and when.last)
    return len(days) == 2 and days[1][0] - days[0][1] <= timedelta(days=1)


def told_alike(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences have the words of the question in the same order: "Union won", not "beating Union"."""
    query = question.query
    spelled = {word: term for term, words in query.terms.items() if term not in STOP_WORDS for word in words}
    rows = [list(dict.fromkeys(spelled[word] for word in terms(item.text) if word in spelled)) for item in (one, other)]
    return [term for term in rows[0] if term in rows[1]] == [term for term in rows[1] if term in rows[0]]
