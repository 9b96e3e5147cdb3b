"""Where good passages contradict each other on a number, a date or a name: both sides are told, never averaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assistant.answerers.extractive import Scored
from assistant.correcting import calls_wrong, is_correction
from assistant.evidence import Evidence
from assistant.naming import forms
from assistant.quantities import Quantity, quantities
from assistant.question import Kind, kind_of
from assistant.timing import is_of_another_time
from index.store import Store
from index.times.days import MONTHS, day_in_words
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


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences that answer the same question differently; ``newer`` is None where that is not known."""

    first: Scored
    other: Scored
    newer: Article | None
    corrects: bool = False
    """Whether the first is a correction that calls the other wrong."""
    counts_later: bool = False
    """Whether the first counts the dead of the same event anew, later."""

    @property
    def code(self) -> str:
        """Of its notice."""
        return "correction" if self.corrects else "newer_count" if self.counts_later else "contradiction"

    @property
    def told(self) -> str:
        """In words for people, the newest first.

        "The articles disagree: “Tampa” (5 May 2024, newer), “Glendale” (undated)."
        """
        if self.corrects:
            one, other = self.first.evidence, self.other.evidence
            return (
                f"A correction (“{one.words}”, {_day(one.article)}) calls wrong what another article says "
                f"(“{other.words}”, {_day(other.article)})."
            )
        if self.counts_later:
            return (
                f"A later report (“{self.first.evidence.words}”, {_day(self.first.evidence.article)}) counts anew what "
                f"another counted before (“{self.other.evidence.words}”, {_day(self.other.evidence.article)})."
            )
        sides = ", ".join(
            f"“{side.evidence.words}” ({_day(side.evidence.article)}"
            f"{', newer' if self.newer is side.evidence.article else ''})"
            for side in (self.first, self.other)
        )
        return f"The articles disagree: {sides}."


def find_disagreement(store: Store, query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
    """The best answer and the best of those that contradict it, the newer one first; None where none does.

    What is of other days than those asked for contradicts nothing that is of them.
    """
    read = [item for item in ranked if item.evidence.reading and item.evidence.words and item.probability >= SURE]
    if not read:
        return None
    first = read[0]
    kind = kind_of(query.text)
    for other in read[1:]:
        if other.evidence.article.id == first.evidence.article.id or _is_update(query, first, other):
            continue
        if query.time and is_of_another_time(store, query.time, other.evidence):
            continue
        if kind == "where" and _may_lie_in(first.evidence, other.evidence):
            continue
        if _same_matter(query, first.evidence, other.evidence) and contradict(
            kind, query, _measured(first.evidence), _measured(other.evidence)
        ):
            pair = [first, other]
            for one, wrong in (pair, pair[::-1]):
                if is_correction(one.evidence.text) and calls_wrong(one.evidence.text, wrong.evidence.words):
                    return Disagreement(one, wrong, None, corrects=True)
            days = [published_days(item.evidence.article.published) for item in pair]
            newer = None
            if (mine := days[0]) and (yours := days[1]) and mine[1] != yours[1]:
                pair.sort(key=lambda item: (published_days(item.evidence.article.published) or mine)[1], reverse=True)
                newer = pair[0].evidence.article
            return Disagreement(pair[0], pair[1], newer)
    later = _later_count(query, kind, first, ranked)
    if later is None:
        return None
    sure = later._replace(probability=first.probability)  # as sure as that the other counts the same
    return Disagreement(sure, first, later.evidence.article, counts_later=True)


def _later_count(query: Query, kind: Kind, first: Scored, ranked: Sequence[Scored]) -> Scored | None:
    """The newest count of the dead of the same event, where it is newer than that of the best sentence.

    A toll rises from day to day, and is told in other words each day: the reader seldom takes "the toll rose to 33"
    for an answer to "how many did it kill?".
    """
    counted_on = published_days(first.evidence.article.published)
    if kind != "how_many" or counted_on is None or _TOLL.isdisjoint(query.terms):
        return None
    about = {term for term in query.terms if term not in STOP_WORDS | _TOLL | _PEOPLE}
    newest, found = counted_on[1], None
    for item in ranked:
        evidence = item.evidence
        days = published_days(evidence.article.published)
        if not days or not newest < days[0] <= counted_on[1] + timedelta(days=APART):
            continue
        counts = evidence.features.names == 1 and about <= evidence.terms and not _TOLL.isdisjoint(evidence.terms)
        if counts and contradict(kind, query, _measured(first.evidence), _measured(evidence)):
            newest, found = days[1], item
    return found


def _measured(evidence: Evidence) -> str:
    """The words that answer; a number with what it counts: the reader may leave the "miles" of "60 miles" out."""
    end = evidence.reading.end if evidence.reading else 0
    after = _UNIT.match(evidence.article.text, end) if _ENDS_IN_NUMBER.search(evidence.words) else None
    return evidence.words + (after.group() if after else "")


def _may_lie_in(one: Evidence, other: Evidence) -> bool:
    """Whether an article names the place that another tells too: Lund, and the south of Sweden."""
    places = [_names(item.words, None) for item in (one, other)]
    titled = [set(terms(f"{item.article.title or ''} {item.article.text}")) for item in (one, other)]
    return any(there and there <= text for there, text in zip(places, reversed(titled), strict=True))


def _is_update(query: Query, one: Scored, other: Scored) -> bool:
    """Whether the latest or the first is asked for and the reports may be of different days: none need be wrong."""
    days = [published_days(item.evidence.article.published) for item in (one, other)]
    return bool(query.time and query.time.order and days[0] != days[1])


def contradict(kind: Kind, query: Query | None, one: str, other: str) -> bool:
    """Whether two short answers to the same question exclude each other.

    >>> contradict("how_many", None, "12 people", "14 people"), contradict("how_many", None, "60 miles", "97 km")
    (True, False)
    >>> contradict("who", None, "Ilse Torvald", "Torvald")
    False
    """
    if kind == "when":
        return _other_time(one, other)
    if kind in ("how_many", "what"):
        mine, yours = quantities(_counted(one)), quantities(_counted(other))
        if mine and yours:
            return not any(_may_be_same(this, that) for this in mine for that in yours)
    if kind in ("who", "where", "what"):
        named, named_there = _names(one, query), _names(other, query)
        if _initials(one) & set(other.split()) or _initials(other) & set(one.split()):
            return False
        return bool(named and named_there) and named.isdisjoint(named_there)
    return False


def _may_be_same(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be of the same amount: equal, within the other's bound, or in another measure."""
    measures = [(quantity.unit, quantity.measure) for quantity in (one, other)]
    if measures[0] != measures[1] and all(map(any, measures)):  # 60 miles and 97 kilometres
        return True
    return _within(one, other) or _within(other, one) or abs(one.value - other.value) <= _about(one, other)


def _within(one: Quantity, other: Quantity) -> bool:
    return (one.bound == ">" and other.value >= one.value) or (one.bound == "<" and other.value <= one.value)


def _about(one: Quantity, other: Quantity) -> float:
    """How far numbers that are only about right may be apart."""
    rough = {one.bound, other.bound} & {"~", "almost"}
    return _ROUGHLY * max(abs(one.value), abs(other.value)) if rough else 0.0


def _counted(words: str) -> str:
    """ "One" is a number in an answer to "how many?", though mostly a pronoun elsewhere."""
    return _ONE.sub("1", words)


def _initials(words: str) -> set[str]:
    """ "UN" for the United Nations."""
    capitals = [word[0] for word in words.split() if word[:1].isupper() and word.lower() not in STOP_WORDS]
    return {"".join(capitals), ".".join([*capitals, ""])} if len(capitals) > 1 else set()


def _other_time(one: str, other: str) -> bool:
    """Whether two times have the same parts, a year or a month or a weekday, and these differ."""
    for kind in (_YEAR, _MONTH, _WEEKDAY):
        mine, yours = set(kind.findall(one.lower())), set(kind.findall(other.lower()))
        if mine and yours and mine.isdisjoint(yours):
            return True
    days, days_there = _days(one), _days(other)
    return bool(days and days_there) and days.isdisjoint(days_there)


_TOLL = frozenset("kill die dead death toll victim casualty fatality".split())
_PEOPLE = frozenset("people person many man woman child".split())
_ENDS_IN_NUMBER = re.compile(r"(?:\d|illion|thousand|hundred|dozen)$")
_UNIT = re.compile(r"[ -]?(?:%|[a-zA-Z]+)(?: cent\b)?")
_ONE = re.compile(r"\b[Oo]ne\b(?! of\b)")
_ROUGHLY = 0.1
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONTHS = "|".join(rf"{month[:3]}(?:{month[3:]}|t)?" for month in map(str.lower, MONTHS))
_MONTH = re.compile(rf"\b(?={_MONTHS}\b)[a-z]{{3}}")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?=[a-z]*day)")
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b|\b(?:{_MONTHS})\.? (\d{{1,2}})(?![\d:])")


def _days(text: str) -> set[int]:
    """The days of a month that are named with it: in "9 p.m." and "three days" there is none."""
    return {int(before or after) for before, after in _DAY.findall(text.lower())}


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
    asked = _as_toll(term for term in query.terms if term not in STOP_WORDS)
    mine, yours = asked & _as_toll(one.terms), asked & _as_toll(other.terms)
    if len(mine & yours) < SHARE * max(1, min(len(mine), len(yours))):
        return False
    days = [published_days(item.article.published) for item in (one, other)]
    if days[0] and days[1] and abs((days[0][1] - days[1][1]).days) > APART:
        return False
    said = [_as_toll(item.terms - set(terms(item.words)) - STOP_WORDS) for item in (one, other)]
    if len(said[0] & said[1]) < ALIKE * max(1, min(map(len, said))):
        return False
    outside = [_YEAR.findall(item.text.replace(item.words, " ")) for item in (one, other)]
    return not (outside[0] and outside[1] and set(outside[0]).isdisjoint(outside[1]))


def _as_toll(words: Iterable[str]) -> set[str]:
    """Terms, with one for all that a death toll is told with: "killed 12", "the dead are 12", "a toll of 12"."""
    return {"toll" if word in _TOLL else word for word in words}


def _day(article: Article) -> str:
    days = published_days(article.published)
    return day_in_words(days[1]) if days and days[2] == "day" else article.published or "undated"
