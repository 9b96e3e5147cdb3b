"""Whether a sentence asserts what its quotes assert: not, may, failed to, never; more, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verification.align import NEGATIONS
from index.analysis.attribution import SAYING, clauses
from index.analysis.terms import STOP_WORDS, terms, tokens

_NOT = NEGATIONS | frozenset(
    "fail failed fails refuse refused refuses deny denied denies unable nearly almost except instead unlike".split()
)
_UNSURE = frozenset(
    "may might could would plan plans planned consider considers considering considered threaten threatens threatened"
    " try tries tried seek seeks sought propose proposes proposed offer offered expect expects expected likely unlikely"
    " if unless suspected suspect suspects charged accused appear appears appeared seem seems seemed probably possibly"
    " avoid avoided prevent prevented prevents former deputy want wants wanted hope hopes hoped intend"
    " intends intended aims promise promised pledge pledged vow vowed ready prepare prepares preparing myth"
    " hoax".split()
)
"""What makes less of the words after it than a fact."""

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rise rose increase climb grow gain up soar", "fall fell decrease drop decline shrink lose down sink"),
        ("raise hike", "cut lower reduce slash trim"),
        ("accept approve agree back support uphold", "reject refuse oppose decline overturn"),
        ("win won", "lose lost"),
        ("more above over", "less fewer below under"),
        ("buy", "sell"),
        ("start begin open", "stop end close cease"),
        ("arrive enter", "leave left depart"),
        ("allow permit", "ban forbid prohibit"),
        ("confirm admit", "deny"),
        ("guilty convict", "innocent acquit"),
        ("alive survive survivor", "dead die kill death"),
        ("first", "last second third fourth fifth"),
        ("second", "third fourth fifth"),
        ("keep retain maintain", "abandon scrap drop give"),
        ("sign", "veto"),
        ("rarely seldom", "often frequently usually"),
        ("release free", "convict jail imprison detain"),
        ("close shut", "reopen"),
        ("create add", "cut remove"),
        ("half", "third quarter"),
        ("double", "triple halve"),
        ("dozen", "hundred thousand"),
        ("likely", "unlikely"),
        ("legal", "illegal"),
        ("safe", "unsafe"),
        ("able", "unable"),
        ("high", "low"),
        ("large big", "small"),
        ("good", "bad"),
        ("rich", "poor"),
        ("long", "short"),
        ("old", "young new"),
        ("strong", "weak"),
        ("early", "late"),
        ("praise welcome", "criticise criticize condemn"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("export", "import"),
        ("until", "since"),
        ("next", "last"),
        ("most", "least few some"),
    )
)
_ALL = frozenset("all every each both most many several few only always never entire entirely completely".split())
"""Of how many it is true; a sentence has such a word from its quotes only."""

_SAME_AMOUNT = {"every": {"all", "each"}, "each": {"all", "every"}, "all": {"every", "each"}, "several": {"many"}}
_BOUND = re.compile(
    r"\b(?:at (?:least|most)|or (?:more|fewer|less)|as (?:many|much) as|(?:more|less|fewer) than)\b"
    r"|(?<=\b(?:may|can) )last\b|(?<=\b(?:will) )last\b",
    re.IGNORECASE,
)
"""What says how exact a number is, and "last" as a verb: compared elsewhere, or not at all."""

_HALVES = re.compile(r",? (?:and|but) ")
_IF = re.compile(r"\b(?:if|unless|provided|assuming|in case)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:ask(?:s|ed)?|question(?:s|ed)?|wonder(?:s|ed)?|whether)\b", re.IGNORECASE)
_DENYING = frozenset("reject deny decline oppose lack without ban stop cease refuse refusal fail unable".split())
_PREFIX = ("un", "in", "im", "ir", "il", "dis", "non")
_CLAUSE = re.compile(r"[,;:.!?—–]\s|\bbut\b")
_NEARER = {
    "former": 1, "deputy": 1, "without": 1, "nearly": 1, "almost": 1, "except": 1, "instead": 1, "unlike": 1
}  # fmt: skip
_NEAR = 3
"""How many words of meaning after a "not" or "may" it still speaks of."""


def turned(sentence: str, said: str) -> str | None:
    """What a sentence makes of its quotes that they do not say; None where it keeps to them."""
    ours, theirs = _words(_BOUND.sub("", sentence)), _words(_BOUND.sub("", said))
    return (
        _negated(sentence, said, ours)
        or _half_negated(sentence, said)
        or _made_sure(sentence, said, ours)
        or _of_more(ours, theirs)
        or _opposite(ours - _reach(sentence, _NOT), theirs - _reach(said, _NOT), theirs)
    )


def _negated(sentence: str, said: str, ours: set[str]) -> str | None:
    denied, denied_there = _reach(sentence, _NOT), _reach(said, _NOT)
    if denied and denied.isdisjoint(denied_there) and not _has_not(said, denied):
        return "it says not where the quotes do not"
    rests_on = _rests_on(said, ours)
    lost = (_reach(rests_on, _NOT) - _outside(rests_on, _NOT)) & (ours - denied) - STOP_WORDS
    if lost and not denied and not _has_not(sentence, lost):
        return f'it leaves out the "not" before {min(lost)!r}'
    return None


def _half_negated(sentence: str, said: str) -> str | None:
    """What one half of a sentence leaves out, where the other half has a "not" too."""
    halves = _HALVES.split(sentence)
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
    if there & _DENYING:
        return True
    return any(term.removeprefix(prefix) in denied for term in there for prefix in _PREFIX if term.startswith(prefix))


def _made_sure(sentence: str, said: str, ours: set[str]) -> str | None:
    for piece in clauses(said):
        if 2 * len(ours & _words(piece) - STOP_WORDS) < len(ours - STOP_WORDS):
            continue  # another sentence is what it rests on
        if _IF.search(piece) and not _IF.search(sentence):
            return "the quotes say it only on a condition: name it"
        if piece.rstrip("\"'”’ ").endswith("?") and not _ASKED.search(sentence):
            return "the quotes only ask it"
    hedged = {_plain(word) for word, _ in tokens(sentence)} & _UNSURE
    if hedged or SAYING.search(sentence):
        return None
    unsure = _reach(said, _UNSURE) - _outside(said, _UNSURE)
    if made_sure := unsure & ours - STOP_WORDS:
        return f"the quotes are less sure of {min(made_sure)!r}"
    return None


def _of_more(ours: set[str], theirs: set[str]) -> str | None:
    for word in sorted(ours & _ALL - theirs):
        if theirs.isdisjoint(_SAME_AMOUNT.get(word, set())):
            return f"it says {word!r}, which the quotes do not"
    return None


def _opposite(ours: set[str], theirs: set[str], all_theirs: set[str]) -> str | None:
    for one, other in _OPPOSITES:
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
                left, pending = _NEARER.get(word, _NEAR), True
            elif not {word, term} & STOP_WORDS:
                left, pending = left - 1, False


def _clauses(text: str) -> list[Sequence[tuple[str, str]]]:
    return [[(_plain(word), term) for word, term in tokens(clause)] for clause in _CLAUSE.split(text)]


def _plain(word: str) -> str:
    return "" if word == "May" else word.lower().replace("’", "'")  # the month, and no doubt


def _is(word: str, leads: frozenset[str]) -> bool:
    return word.replace("'", "") in leads or (word.endswith("n't") and "not" in leads)
