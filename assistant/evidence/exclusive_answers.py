"""Whether two short answers to one question exclude each other: other numbers, other times, other names."""

from __future__ import annotations

from index.analysis.names import forms
from index.analysis.quantities import Quantity, quantities
from index.analysis.terms import content_tokens
from index.languages.en.calendar import LOWER_DAY, LOWER_MONTH, LOWER_WEEKDAY, YEAR
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.numbers import ONE
from index.languages.en.question_words import AnswerType
from index.search.query import Query

_ROUGHLY = 0.1


def contradict(kind: AnswerType, query: Query | None, one: str, other: str, *, bounds: bool = True) -> bool:
    """Whether two short answers to the same question exclude each other.

    Without ``bounds`` 31 is another number than "at least 14", which a later report may well replace.

    >>> contradict("how_many", None, "12 people", "14 people"), contradict("how_many", None, "60 miles", "97 km")
    (True, False)
    >>> contradict("who", None, "Ilse Torvald", "Torvald")
    False
    """
    if kind == "when":
        return _other_time(one, other)
    if kind in ("how_many", "what"):
        mine, yours = quantities(_counted(one)), quantities(_counted(other))
        if not bounds:
            mine, yours = ([number._replace(bound="") for number in row] for row in (mine, yours))
        if mine and yours:
            return not any(_may_be_same(this, that) for this in mine for that in yours)
    if kind in ("who", "where", "what"):
        named, named_there = new_names(one, query), new_names(other, query)
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
    return ONE.sub("1", words)


def _initials(words: str) -> set[str]:
    """ "UN" for the United Nations."""
    capitals = [word[0] for word in words.split() if word[:1].isupper() and word.lower() not in STOP_WORDS]
    return {"".join(capitals), ".".join([*capitals, ""])} if len(capitals) > 1 else set()


def _other_time(one: str, other: str) -> bool:
    """Whether two times have the same parts, a year or a month or a weekday, and these differ."""
    for kind in (YEAR, LOWER_MONTH, LOWER_WEEKDAY):
        mine, yours = set(kind.findall(one.lower())), set(kind.findall(other.lower()))
        if mine and yours and mine.isdisjoint(yours):
            return True
    days, days_there = _days(one), _days(other)
    return bool(days and days_there) and days.isdisjoint(days_there)


def _days(text: str) -> set[int]:
    """The days of a month that are named with it: in "9 p.m." and "three days" there is none."""
    return {int(before or after) for before, after in LOWER_DAY.findall(text.lower())}


def new_names(words: str, query: Query | None) -> set[str]:
    """The terms of the names in a short answer that the question, if one is given, does not have."""
    asked = set(query.terms) if query else set()
    found = set()
    for word, term in content_tokens(words):
        if word[0].isupper() and word.lower() not in CALENDAR_WORDS:
            found |= forms(word) | {term}
    return found - asked
