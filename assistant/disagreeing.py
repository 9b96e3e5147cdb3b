"""Where good passages contradict each other on a number, a date or a name: both sides are told, never averaged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answerers.extractive import Scored
from assistant.evidence import Evidence
from assistant.naming import forms
from assistant.quantities import quantities
from assistant.question import Kind, kind_of
from index.store import Store
from index.times.days import day_in_words
from index.times.published import published_days
from index.types import Article, Query
from index.words import CALENDAR_WORDS, STOP_WORDS, content_tokens, terms

SURE = 0.4
"""The least probability of an answer that may contradict another."""

SHARE = 0.6
"""How much of what the better one shares with the question the other must share with it."""

ALIKE = 0.3
"""How much of the words of the shorter one both share beside their answers: the same is told, with another filling."""

APART = 60
"""Days between two reports of the same event, at most; later ones mostly tell of the next such event."""

_CORRECTION = re.compile(
    r"\b(?:an |the )?(?:earlier|previous|original) (?:version|report|article|story|headline)\b.{0,60}\b(?:said|stated"
    r"|misstated|gave|misspelled|misidentified|incorrectly|wrongly|mistakenly|reported|referred|had)\b"
    r"|^\W*(?:correction|clarification|editor['’]s note)\b|\bwas (?:corrected|amended) (?:on|to)\b"
    r"|\b(?:this|the) (?:article|story|report) (?:has been|was) (?:corrected|amended|updated to correct)\b",
    re.IGNORECASE | re.DOTALL,
)
_CORRECTED = 2
"""How many words of meaning a correction shares with what it corrects, at least."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences that answer the same question differently; ``newer`` is None where that is not known."""

    first: Scored
    other: Scored
    newer: Article | None

    @property
    def told(self) -> str:
        """In words for people, the newest first.

        "The articles disagree: “Tampa” (5 May 2024, newer), “Glendale” (undated)."
        """
        sides = ", ".join(
            f"“{side.evidence.words}” ({_day(side.evidence.article)}"
            f"{', newer' if self.newer is side.evidence.article else ''})"
            for side in (self.first, self.other)
        )
        return f"The articles disagree: {sides}."


def find_disagreement(query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
    """The best answer and the best of those that contradict it, the newer one first; None where none does."""
    read = [item for item in ranked if item.evidence.reading and item.evidence.words and item.probability >= SURE]
    if not read:
        return None
    first = read[0]
    kind = kind_of(query.text)
    for other in read[1:]:
        if other.evidence.article.id == first.evidence.article.id or _is_update(query, first, other):
            continue
        if _same_matter(query, first.evidence, other.evidence) and contradict(
            kind, query, first.evidence.words, other.evidence.words
        ):
            pair = [first, other]
            if _CORRECTION.search(other.evidence.text) and not _CORRECTION.search(first.evidence.text):
                return Disagreement(other, first, None)
            days = [published_days(item.evidence.article.published) for item in pair]
            newer = None
            if (mine := days[0]) and (yours := days[1]) and mine[1] != yours[1]:
                pair.sort(key=lambda item: (published_days(item.evidence.article.published) or mine)[1], reverse=True)
                newer = pair[0].evidence.article
            return Disagreement(pair[0], pair[1], newer)
    return None


def _is_update(query: Query, one: Scored, other: Scored) -> bool:
    """Whether the latest or the first is asked for and the reports are of different days: then none need be wrong."""
    days = [published_days(item.evidence.article.published) for item in (one, other)]
    return bool(query.time and query.time.order and days[0] and days[1] and days[0] != days[1])


def contradict(kind: Kind, query: Query, one: str, other: str) -> bool:
    """Whether two short answers to the same question exclude each other.

    >>> contradict("how_many", None, "12 people", "at least 14")
    True
    >>> contradict("who", None, "Ilse Torvald", "Torvald")
    False
    """
    mine, yours = quantities(one), quantities(other)
    if kind == "when":
        return _other_time(one, other)
    if mine and yours and kind in ("how_many", "what"):
        values = {quantity.value for quantity in mine}
        return values.isdisjoint(quantity.value for quantity in yours)
    if kind in ("who", "where", "what"):
        named, named_there = _names(one, query), _names(other, query)
        return bool(named and named_there) and named.isdisjoint(named_there)
    return False


def _other_time(one: str, other: str) -> bool:
    """Whether two times have the same parts, a year or a month or a weekday, and these differ."""
    for kind in (_YEAR, _MONTH, _WEEKDAY):
        mine, yours = set(kind.findall(one.lower())), set(kind.findall(other.lower()))
        if mine and yours and mine.isdisjoint(yours):
            return True
    days, days_there = _days(one), _days(other)
    return bool(days and days_there) and days.isdisjoint(days_there)


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?=[a-z]*day)")


def _days(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)", text)}


def _names(words: str, query: Query | None) -> set[str]:
    """The terms of the names in a short answer that the question does not have."""
    asked = set(query.terms) if query else set()
    found = set()
    for word, term in content_tokens(words):
        if word[0].isupper() and word.lower() not in CALENDAR_WORDS:
            found |= forms(word) | {term}
    return found - asked


def _same_matter(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences are about the same: as much of the question is in both, and the years named agree."""
    if other.features.context < SHARE * max(one.features.context, SHARE):
        return False
    if other.features.names < one.features.names:
        return False
    asked = {term for term in query.terms if term not in STOP_WORDS}
    mine, yours = asked & set(terms(one.text)), asked & set(terms(other.text))
    if len(mine & yours) < SHARE * max(1, min(len(mine), len(yours))):
        return False
    days = [published_days(item.article.published) for item in (one, other)]
    if days[0] and days[1] and abs((days[0][1] - days[1][1]).days) > APART:
        return False
    said = [item.terms - set(terms(item.words)) - STOP_WORDS for item in (one, other)]
    if len(said[0] & said[1]) < ALIKE * max(1, min(map(len, said))):
        return False
    outside = [_YEAR.findall(item.text.replace(item.words, " ")) for item in (one, other)]
    return not (outside[0] and outside[1] and set(outside[0]).isdisjoint(outside[1]))


def find_correction(store: Store, chosen: Evidence) -> Evidence | None:
    """The sentence with which an article corrects a chosen one of its own; None where it has none."""
    article = chosen.article
    if _CORRECTION.search(chosen.text):
        return None
    for span in store.catalog.sentences(article):
        text = article.text[span.start : span.end]
        if span.evidence and _CORRECTION.search(text):
            there = frozenset(terms(text))
            if len((chosen.terms & there) - STOP_WORDS) >= _CORRECTED:
                return replace(chosen, span=span, terms=there, reading=None)
    return None


def _day(article: Article) -> str:
    days = published_days(article.published)
    return day_in_words(days[1]) if days and days[2] == "day" else article.published or "undated"
