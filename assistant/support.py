"""Whether quotes carry a sentence: its numbers, dates, names and negations, who said it, and then its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.quantities import quantities
from assistant.quotes import NEGATIONS
from index.words import CALENDAR_WORDS, STOP_WORDS, is_name, tokens

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SAYING = re.compile(
    r"\b(?:said|says?|saying|told|tells|according to|claim(?:s|ed)?|alleg\w+|argu(?:es|ed)|insist(?:s|ed)?|believes?d?"
    r"|think(?:s)?|thought|report(?:s|ed(?:ly)?)|denie[sd]|den(?:y|ies)|warn(?:s|ed)|promis(?:es|ed)|vow(?:s|ed)"
    r"|announce[sd]?|confirm(?:s|ed)|suggest(?:s|ed)|add(?:s|ed)|expects?|expected|predict(?:s|ed)|call(?:s|ed)|write?s"
    r"|wrote|describe[sd]|accus(?:es|ed)|state[sd]|rumou?red|hop(?:es|ed)|plan(?:s|ned)|want(?:s|ed))\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(r"\b(?:he|she|they|it|him|her|them|his|its|their|the|this|that|these|those)\b", re.IGNORECASE)
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rise rose risen increase increased climb climbed grow grew grown gain gained up soar soared",
         "fall fell fallen decrease decreased drop dropped decline declined shrink shrank lose lost down sink sank"),
        ("accept accepted approve approved agree agreed back backed support supported",
         "reject rejected refuse refused oppose opposed decline declined"),
        ("win won beat", "lose lost"),
        ("before", "after"),
        ("more above over", "less fewer below under"),
        ("buy bought", "sell sold"),
        ("start started begin began begun open opened", "stop stopped end ended close closed cease ceased"),
        ("arrive arrived enter entered", "leave left depart departed"),
        ("allow allowed permit permitted", "ban banned forbid forbade prohibit prohibited"),
        ("guilty convicted", "innocent acquitted"),
        ("alive survived", "dead died killed"),
        ("first", "last"),
    )
)  # fmt: skip
_DENIAL = re.compile(
    r"\b(?:(?:un|in|im|dis)\w{4,}|(?:fail|refus|lack|den[iy]|reject|stop|ceas|ban|without)\w*)", re.IGNORECASE
)
"""What a sentence may put as "not"."""

_MARKUP = re.compile(
    r"https?:\S*|www\.\S+|\w+@\w+\.\w+|</?\w+[^>]*>|!?\[[^\]]*\]\([^)]*\)|[`{}<>|#*_~]{1,3}"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
_PERSONS = frozenset("i me my mine we us our ours you your yours".split())
LEAST_COVERAGE = 0.4
"""The least share of a sentence's words that its quotes have; see ``evals.support`` for what it costs."""

_CLAUSE = re.compile(r"[,;:.!?—–]\s|\bbut\b")
_NEAR = 3
"""How many words after a "not" it still speaks of."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a sentence may rest on: its quotes, what stands around them, and what is known of their articles."""

    quotes: Sequence[str]
    around: str = ""
    """The sentences before the quotes: who "he" is."""
    known: str = ""
    """Titles and dates of the articles."""


def unsupported(sentence: str, carried: Carried) -> str | None:
    """What in a sentence its quotes do not carry, in words for a model and for people; None where they carry all.

    >>> unsupported("The ferry cost $12 million.", Carried(["The ferry cost $10 million."]))
    'the quotes do not have the number $12 million'
    """
    said = " ".join(carried.quotes)
    return (
        _foreign(sentence, said)
        or _missing_number(sentence, said, carried.known)
        or _missing_date(sentence, said, carried.known)
        or _missing_name(sentence, carried)
        or _turned(sentence, said)
        or _speaker_lost(sentence, carried.quotes)
        or _little_shared(sentence, carried)
    )


def _foreign(sentence: str, said: str) -> str | None:
    """What no sentence of news has: markup, a link, somebody who speaks to the reader."""
    for match in _MARKUP.finditer(sentence):
        if match.group() not in said:
            return f"it has {match.group()!r}, which is no text of an article"
    theirs = _words(said)
    for word, _ in tokens(sentence):
        if word.lower() in _PERSONS and word.lower() not in theirs:
            return f"it says {word!r}, which the quotes do not"
    return None


def _missing_number(sentence: str, said: str, known: str) -> str | None:
    there = {quantity.same_as for quantity in quantities(said)}
    dates = {quantity.value for quantity in quantities(known)} | {value for value, unit in there if unit == "th"}
    for quantity in quantities(sentence):
        plain = quantity.unit in ("", "th") and quantity.value in dates  # the 6th of May is 6 May
        if quantity.same_as not in there and not plain:
            return f"the quotes do not have the number {quantity.written}"
    return None


def _missing_date(sentence: str, said: str, known: str) -> str | None:
    there = {word.lower() for word in _WORD.findall(f"{said} {known}")}
    there |= {day for day in CALENDAR_WORDS if day[:3] in there or day[:4] in there}  # Nov., Sept., Tues.
    for word in _WORD.findall(sentence):
        dated = word.lower() in CALENDAR_WORDS and word[0].isupper()
        if (dated or word.lower() in ("yesterday", "today", "tomorrow")) and word.lower() not in there:
            return f"the quotes do not have the date {word}"
    return None


def _missing_name(sentence: str, carried: Carried) -> str | None:
    there = _forms(f"{' '.join(carried.quotes)} {carried.known}")
    around = _forms(carried.around)
    initials = _initials(f"{' '.join(carried.quotes)} {carried.known} {carried.around}")
    refers_back = any(_REFERS_BACK.search(quote) for quote in carried.quotes)
    words = list(tokens(sentence))
    for number, (word, term) in enumerate(words):
        capitalised = word[0].isupper() and (number > 0 or is_name(word))
        if not capitalised or {word.lower(), term} & (STOP_WORDS | CALENDAR_WORDS):
            continue
        if not _forms(word).isdisjoint(there) or word.replace(".", "") in initials:
            continue
        beside = [other for other, _ in words[max(0, number - 1) : number + 2] if other != word and other[0].isupper()]
        halved = any(
            not _forms(other).isdisjoint(there) for other in beside
        )  # the quote has "Torvald" of "Ilse Torvald"
        if not (refers_back or halved) or _forms(word).isdisjoint(around):
            return f"the quotes do not have the name {word}"
    return None


def _forms(text: str) -> set[str]:
    """The words of a text with what is left of each without the ending of a people: Russia, Russian → russ."""
    found: set[str] = set()
    for _, term in tokens(text):
        found.add(term)
        if len(term) > 4:
            found.add(re.sub(r"(?:ian|ean|an|ese|ish|i|n|s|a|e|y|ia)$", "", term))
    return found


def _initials(text: str) -> set[str]:
    """The initials of runs of capitalised words, as "EU" of "European Union"."""
    runs = re.findall(r"\b[A-Z]\w+(?:(?: of| for| and| the)* [A-Z]\w+)+", text)
    return {"".join(character for word in run.split() if (character := word[0]).isupper()) for run in runs}


def _turned(sentence: str, said: str) -> str | None:
    """A "not" that the quotes do not have, or have and the sentence has not; a word that stands for its opposite."""
    ours, theirs = _words(sentence), _words(said)
    denied, denied_there = _denied(sentence), _denied(said)
    if denied and not denied_there and not _DENIAL.search(said):
        return "it says not where the quotes do not"
    plain = ours - denied
    for term in sorted(denied_there & plain - STOP_WORDS):
        return f'it leaves out the "not" before {term!r}'
    for one, other in _OPPOSITES:
        for mine, yours in ((one, other), (other, one)):
            if mine & plain and not mine & theirs and yours & theirs - denied_there:
                return f"it says {min(mine & plain)!r} where the quotes say {min(yours & theirs)!r}"
    return None


def _words(text: str) -> set[str]:
    """The words of a text, as they stand and as terms."""
    return {form for word, term in tokens(text) for form in (word.lower(), term)}


def _denied(text: str) -> set[str]:
    """The terms that a "not" speaks of; it does not reach over a comma or a "but"."""
    found: set[str] = set()
    for clause in _CLAUSE.split(text):
        words = [(word.lower().replace("’", "'"), term) for word, term in tokens(clause)]
        for number, (word, _) in enumerate(words):
            if word.endswith("n't") or word.replace("'", "") in NEGATIONS:
                found.update(term for _, term in words[number + 1 : number + 1 + _NEAR])
    return found


def _speaker_lost(sentence: str, quotes: Iterable[str]) -> str | None:
    """A claim is no fact: what is only said must not lose the one who says it."""
    if _SAYING.search(sentence) or not all(_SAYING.search(quote) for quote in quotes):
        return None
    return "the passage only says that somebody says so: name who says it"


def _little_shared(sentence: str, carried: Carried) -> str | None:
    if coverage(sentence, carried) < LEAST_COVERAGE:
        return "the quotes have few of its words"
    return None


def coverage(sentence: str, carried: Carried) -> float:
    """The share of a sentence's content words that its quotes and their titles have, 0 to 1.

    >>> coverage("The ferry sank on Monday.", Carried(["The ferry sank."]))
    0.6666666666666666
    """
    there = _forms(f"{' '.join(carried.quotes)} {carried.known}")
    content = {term for word, term in tokens(sentence) if word.lower() not in STOP_WORDS and term not in STOP_WORDS}
    return sum(not _forms(term).isdisjoint(there) for term in content) / len(content) if content else 1.0
