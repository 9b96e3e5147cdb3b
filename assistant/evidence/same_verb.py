"""Verbs that tell the same change: a rate that is cut, lowered or reduced; what met, spoke or talked."""

from __future__ import annotations

from collections.abc import Collection

from index.analysis.terms import STOP_WORDS, terms

_SAME = (
    "cut lowered reduce slash trim decrease",
    "raise increase hike lift",
    "fall drop decline slide tumble sink",
    "rise climb grow jump soar",
    "talk speak spoke phone call telephone confer",
    "close shut",
    "resign quit",
    "win beat defeat",
    "attack bomb shell strike hit",
    "visit travel",
    "arrest detain",
    "fire sack dismiss oust",
    "launch start begin",
    "postpone delay",
    "ban forbid prohibit outlaw",
    "approve pass adopt ratify",
    "erupt explode",
    "flood inundate",
    "collapse crumble",
)
_GROUPS = {term: frozenset(terms(words)) for words in _SAME for term in terms(words)}


def same_verbs(term: str) -> frozenset[str]:
    """The terms of the verbs that tell the same change as one, itself among them.

    >>> sorted(same_verbs("cut"))[:3], sorted(same_verbs("ferry"))
    (['cut', 'decrease', 'lower'], ['ferry'])
    """
    return _GROUPS.get(term, frozenset([term]))


def tells_the_same(asked: Collection[str], told: Collection[str]) -> bool:
    """Whether a sentence's terms have each of some others, of a verb one that tells the same change.

    >>> tells_the_same(["cut", "rate"], ["the", "bank", "lower", "its", "rate"]), tells_the_same(["cut"], ["raise"])
    (True, False)
    """
    return all(term in STOP_WORDS or not same_verbs(term).isdisjoint(told) for term in asked)
