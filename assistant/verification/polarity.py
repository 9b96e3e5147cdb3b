"""Whether a sentence asserts what its quotes assert: not, may, failed to, never; more, or the opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.analysis.attribution import clauses
from index.analysis.terms import terms, tokens
from index.languages.en.attribution import SAYING
from index.languages.en.clauses import HALVES, REACH_END
from index.languages.en.function_words import STOP_WORDS
from index.languages.en.polarity import (
    ALL,
    ASKED,
    DENYING,
    EXACTNESS,
    IF,
    NEARER,
    NOT,
    OPPOSITES,
    PREFIXES,
    SAME_AMOUNT,
    UNSURE,
)

_NEAR = 3
"""How many words of meaning after a "not" or "may" it still speaks of."""


def turned(sentence: str, said: str) -> str | None:
    """What a sentence makes of its quotes that they do not say; None where it keeps to them."""
    ours, theirs = _words(EXACTNESS.sub("", sentence)), _words(EXACTNESS.sub("", said))
    return (
        _negated(sentence, said, ours)
        or _half_negated(sentence, said)
        or _made_sure(sentence, said, ours)
        or _of_more(ours, theirs)
        or _opposite(ours - _reach(sentence, NOT), theirs - _reach(said, NOT), theirs)
    )


def _negated(sentence: str, said: str, ours: set[str]) -> str | None:
    denied, denied_there = _reach(sentence, NOT), _reach(said, NOT)
    if denied and denied.isdisjoint(denied_there) and not _has_not(said, denied):
        return "it says not where the quotes do not"
    rests_on = _rests_on(said, ours)
    lost = (_reach(rests_on, NOT) - _outside(rests_on, NOT)) & (ours - denied) - STOP_WORDS
    if lost and not denied and not _has_not(sentence, lost):
        return f'it leaves out the "not" before {min(lost)!r}'
    return None


def _half_negated(sentence: str, said: str) -> str | None:
    """What one half of a sentence leaves out, where the other half has a "not" too."""
    halves = HALVES.split(sentence)
    if len(halves) > 1:
        for half in halves:
            words = _words(half)
            if len(words - STOP_WORDS) > 2 and (fault := _negated(half, said, words)) and "leaves out" in fault:
                return fault
    return None


def _rests_on(said: str, ours: set[str]) -> str:
    """Those clauses of the quotes that have most of a sentence's words."""
    shared = {part: len(ours & _words(part) - STOP_WORDS) for part in clauses(said)}
    most = max(shared.values(), default=0)
    return " ".join(part for part, count in shared.items() if 2 * count >= most)


def _has_not(said: str, denied: set[str]) -> bool:
    """Whether the quotes deny by a word's own form: "rejected", "unable", "lacks"."""
    there = set(terms(said))
    if there & DENYING:
        return True
    return any(term.removeprefix(prefix) in denied for term in there for prefix in PREFIXES if term.startswith(prefix))


def _made_sure(sentence: str, said: str, ours: set[str]) -> str | None:
    for piece in clauses(said):
        if 2 * len(ours & _words(piece) - STOP_WORDS) < len(ours - STOP_WORDS):
            continue  # another sentence is what it rests on
        if IF.search(piece) and not IF.search(sentence):
            return "the quotes say it only on a condition: name it"
        if piece.rstrip("\"'”’ ").endswith("?") and not ASKED.search(sentence):
            return "the quotes only ask it"
    hedged = {_plain(word) for word, _ in tokens(sentence)} & UNSURE
    if hedged or SAYING.search(sentence):
        return None
    unsure = _reach(said, UNSURE) - _outside(said, UNSURE)
    if made_sure := unsure & ours - STOP_WORDS:
        return f"the quotes are less sure of {min(made_sure)!r}"
    return None


def _of_more(ours: set[str], theirs: set[str]) -> str | None:
    for word in sorted(ours & ALL - theirs):
        if theirs.isdisjoint(SAME_AMOUNT.get(word, set())):
            return f"it says {word!r}, which the quotes do not"
    return None


def _opposite(ours: set[str], theirs: set[str], all_theirs: set[str]) -> str | None:
    for one, other in OPPOSITES:
        for mine, yours in ((one, other), (other, one)):
            if mine & ours and not mine & all_theirs and yours & theirs:
                return f"it says {min(mine & ours)!r} where the quotes say {min(yours & theirs)!r}"
    return None


def _words(text: str) -> set[str]:
    """The words of a text, as they stand and as terms."""
    return {form for word, term in tokens(text) for form in (word.lower(), term)}


def _reach(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that some words speak of, such as a "not"."""
    return {term for term, reached in _reached(text, leads) if reached}


def _outside(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that stand somewhere out of the reach of such words."""
    return {term for term, reached in _reached(text, leads) if not reached}


def _reached(text: str, leads: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Each term with whether such a word reaches it: over so many words of meaning, and no comma or "but".

    A "not" right before a comma speaks of what comes after the insertion: "has not, it said, approved".
    """
    pending, inserted = False, 0
    for words in _clauses(text):
        inserted = 2 if pending else inserted - 1
        left = _NEAR if inserted > 0 else 0
        pending = False
        for word, term in words:
            yield term, left > 0
            if _is(word, leads):
                left, pending = NEARER.get(word, _NEAR), True
            elif not {word, term} & STOP_WORDS:
                left, pending = left - 1, False


def _clauses(text: str) -> list[Sequence[tuple[str, str]]]:
    return [[(_plain(word), term) for word, term in tokens(clause)] for clause in REACH_END.split(text)]


def _plain(word: str) -> str:
    return "" if word == "May" else word.lower().replace("’", "'")  # the month, and no doubt


def _is(word: str, leads: frozenset[str]) -> bool:
    return word.replace("'", "") in leads or (word.endswith("n't") and "not" in leads)
