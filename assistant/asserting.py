"""Whether a sentence asserts what its quotes assert: not, may, failed to; who did it to whom; and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.naming import is_like_a_name
from assistant.quotes import NEGATIONS
from index.words import STOP_WORDS, terms, tokens

_NOT = NEGATIONS | frozenset("fail failed fails refuse refused refuses".split())
_UNSURE = frozenset(
    "may might could would plan plans planned consider considers considering considered threaten threatens threatened"
    " try tries tried seek seeks sought propose proposes proposed offer offered expect expects expected likely unlikely"
    " if unless suspected suspect suspects charged accused appear appears appeared seem seems seemed probably possibly"
    " avoid avoided prevent prevented prevents former deputy almost nearly want wants wanted hope hopes hoped intend"
    " intends intended aims promise promised pledge pledged vow vowed ready prepare prepares preparing".split()
)
"""What makes less of the words after it than a fact."""

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rise rose increase climb grow gain up soar", "fall fell decrease drop decline shrink lose down sink"),
        ("accept approve agree back support uphold", "reject refuse oppose decline overturn"),
        ("win won beat", "lose lost"),
        ("before", "after"),
        ("more above over", "less fewer below under"),
        ("buy", "sell"),
        ("start begin open", "stop end close cease"),
        ("arrive enter", "leave left depart"),
        ("allow permit", "ban forbid prohibit"),
        ("confirm admit", "deny"),
        ("guilty convict", "innocent acquit"),
        ("alive survive", "dead die kill"),
        ("first", "last second third fourth fifth"),
        ("second", "third fourth fifth"),
        ("half", "third quarter"),
        ("double", "triple halve"),
        ("dozen", "hundred thousand"),
        ("likely", "unlikely"),
        ("legal", "illegal"),
        ("safe", "unsafe"),
        ("able", "unable"),
    )
)
_PREFIX = ("un", "in", "im", "ir", "il", "dis", "non")
_SAYING = re.compile(
    r"\b(?:said|says?|saying|told|tells|according to|claim(?:s|ed)?|alleg(?:es|ed|edly)|argu(?:es|ed)|insist(?:s|ed)?"
    r"|believ(?:es|ed?)|think(?:s)?|thought|report(?:s|ed|edly)|den(?:y|ies|ied)|warn(?:s|ed)|announce[sd]?"
    r"|confirm(?:s|ed)|suggest(?:s|ed)|add(?:s|ed)|predict(?:s|ed)|wrote|writes|describe[sd]|accus(?:es|ed)|stated"
    r"|rumou?red|noted|stress(?:es|ed)|admit(?:s|ted)|acknowledge[sd]|estimate[sd]|urge[sd]|explain(?:s|ed)"
    r"|reveal(?:s|ed)|concede[sd]|declare[sd]|testif(?:ies|ied)|tweeted|posted|quoted)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.!?—–]\s|\bbut\b")
_PASSIVE = re.compile(r"\b(?:by|with|from|and|between)\b", re.IGNORECASE)
_NEAR = 3
"""How many words after a "not" or "may" it still speaks of."""


def turned(sentence: str, said: str) -> str | None:
    """What a sentence makes of its quotes that they do not say; None where it keeps to them."""
    ours, theirs = _words(sentence), _words(said)
    return (
        _negated(sentence, said, ours)
        or _made_sure(sentence, said, ours)
        or _opposite(ours - _reach(sentence, _NOT), theirs - _reach(said, _NOT), theirs)
        or _swapped(sentence, said)
    )


def speaker_lost(sentence: str, quotes: Iterable[str]) -> bool:
    """Whether all quotes only tell what somebody says, and the sentence makes a fact of it."""
    return not _SAYING.search(sentence) and all(_SAYING.search(quote) for quote in quotes)


def _negated(sentence: str, said: str, ours: set[str]) -> str | None:
    denied, denied_there = _reach(sentence, _NOT), _reach(said, _NOT)
    if denied and not denied_there and not _has_not(said, denied):
        return "it says not where the quotes do not"
    lost = (denied_there - _outside(said, _NOT)) & (ours - denied) - STOP_WORDS
    if lost and not denied:
        return f'it leaves out the "not" before {min(lost)!r}'
    return None


def _has_not(said: str, denied: set[str]) -> bool:
    """Whether the quotes deny by a word's own form: "rejected", "unable", "lacks"."""
    there = set(terms(said))
    if there & {"reject", "deny", "decline", "oppose", "lack", "without", "ban", "stop", "cease", "refuse", "fail"}:
        return True
    return any(term.removeprefix(prefix) in denied for term in there for prefix in _PREFIX if term.startswith(prefix))


def _made_sure(sentence: str, said: str, ours: set[str]) -> str | None:
    if ours & _UNSURE or _SAYING.search(sentence):
        return None
    unsure = _reach(said, _UNSURE) - _outside(said, _UNSURE)
    if made_sure := unsure & ours - STOP_WORDS:
        return f"the quotes are less sure of {min(made_sure)!r}"
    return None


def _opposite(ours: set[str], theirs: set[str], all_theirs: set[str]) -> str | None:
    for one, other in _OPPOSITES:
        for mine, yours in ((one, other), (other, one)):
            if mine & ours and not mine & all_theirs and yours & theirs:
                return f"it says {min(mine & ours)!r} where the quotes say {min(yours & theirs)!r}"
    return None


def _swapped(sentence: str, said: str) -> str | None:
    """Two names in the other order, where neither text turns the verb round or binds the two together."""
    ours, theirs = _order(sentence), _order(said)
    shared = [term for term in ours if term in theirs]
    if len(shared) != 2 or len(set(shared)) != 2:
        return None
    if (
        theirs.index(shared[0]) > theirs.index(shared[1])
        and not _PASSIVE.search(sentence)
        and not _PASSIVE.search(said)
    ):
        return f"it has {shared[0]!r} and {shared[1]!r} the other way round"
    return None


def _order(text: str) -> list[str]:
    """The names of a text in order, as terms."""
    return list(dict.fromkeys(term for word, term in tokens(text) if word[0].isupper() and is_like_a_name(word)))


def _words(text: str) -> set[str]:
    """The words of a text, as they stand and as terms."""
    return {form for word, term in tokens(text) for form in (word.lower(), term)}


def _reach(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that some words speak of, such as a "not"; it does not reach over a comma or a "but"."""
    found: set[str] = set()
    for words in _clauses(text):
        for number, (word, _) in enumerate(words):
            if _is(word, leads):
                found.update(term for _, term in words[number + 1 : number + 1 + _NEAR])
    return found


def _outside(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that stand somewhere out of the reach of such words."""
    found: set[str] = set()
    for words in _clauses(text):
        reached = {
            place
            for number, (word, _) in enumerate(words)
            if _is(word, leads)
            for place in range(number + 1, number + 1 + _NEAR)
        }
        found.update(term for place, (_, term) in enumerate(words) if place not in reached)
    return found


def _clauses(text: str) -> list[Sequence[tuple[str, str]]]:
    return [[(word.lower().replace("’", "'"), term) for word, term in tokens(clause)] for clause in _CLAUSE.split(text)]


def _is(word: str, leads: frozenset[str]) -> bool:
    return word.replace("'", "") in leads or (word.endswith("n't") and "not" in leads)
