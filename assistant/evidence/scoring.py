"""The embedded default: one to three verbatim sentences, or a refusal; no language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from math import exp, inf, log, prod
from typing import NamedTuple

from assistant.evidence.candidates import Evidence, covered, find_evidence
from assistant.evidence.short_answer import is_duration, marked
from assistant.question.answer_type import asks_how_often, kind_of, says_how_often
from index.analysis.terms import STOP_WORDS, content_tokens
from index.storage.store import Store
from index.times.days import WEEKDAYS
from index.types import Passage, Query

NAME = "extractive"


class Scored(NamedTuple):
    """A sentence with the probability that it holds the answer."""

    probability: float
    evidence: Evidence

    def mark(self, query: Query) -> tuple[int, int] | None:
        """Where the words that answer stand in the article; None where the reader is not sure of them."""
        reading = self.evidence.reading
        if reading is None or reading.mass < 0 or self.evidence.words.lower() in STOP_WORDS:  # "he" is no answer
            return None
        if reading.span - 2 * reading.mass < _SHORT_FROM:
            return None
        if kind_of(query.text) in ("who", "where") and is_given(query, self.evidence.words):
            return None
        words = self.evidence.words
        if is_duration(words) if kind_of(query.text) == "when" else _HOW_LONG.match(query.text) and _DAY.match(words):
            return None
        if _ANOTHER_COUNT.search(self.evidence.text) and any(map(str.isdigit, words)):
            return None  # one of two sides is no answer without the other
        if asks_how_often(query.text) and not says_how_often(self.evidence.words):
            return None
        begin = self.evidence.span.start
        place = reading.start - begin, reading.end - begin
        found = marked(query.text, kind_of(query.text), self.evidence.text, *place)
        return (begin + found[0], begin + found[1]) if found else None

    @property
    def without_short(self) -> Scored:
        """The same, whose words by themselves are no answer: who resigned as mayor is none to who is the mayor."""
        reading = self.evidence.reading
        told = replace(self.evidence, reading=replace(reading, span=-inf)) if reading else self.evidence
        return self._replace(evidence=told)


_ANOTHER_COUNT = re.compile(
    r"\d.*(?:;|,|\bwhile\b|\bbut\b) [^;]*\bputs? (?:it|that|(?:the|their|its) \w+(?: of \w+)?) at [^;]*\d"
)
"""What another says against it in the same sentence: "11, while the union put the number at 14"."""

ORDER = {
    "coverage": 1.474, "context": 3.56, "offers": 0.051, "names": -0.159, "fused": 2.574, "relevance": 0.274,
    "mass": 0.688,
}  # fmt: skip
"""Which sentence comes first: fitted by ``evals.fit``, a softmax over the sentences read for a question."""

NEW = 4.0
"""How much its being new counts beside them: fitted on the half of RealTimeQA that ``evals.recency`` leaves out."""

SURE = {
    "relevance": 0.065, "mass": 0.249, "lead": 0.247, "names": 0.201, "others": -0.739, "offers": 0.31,
    "dateless": -0.376, "coverage": 0.171, "context": -0.427, "bias": -1.704,
}  # fmt: skip
"""Whether one of the first sentences holds the answer: fitted by ``evals.fit``, a logistic regression."""

# Without the reader: a logistic regression over the sentences found for 306 questions of SQuAD 2.0 dev, the whole
# corpus searched. For 306 others it puts a right sentence first in 0.72 (words 0.71, meaning 0.61 alone).
_FAST = {"coverage": 3.8, "context": 2.0, "offers": 1.3, "similarity": 4.4, "bias": -8.4}

_SHORT_FROM = log(0.2)
"""A short answer is given from this share of all that the reader makes of its sentence on."""

REFUSE_BELOW = 0.48
"""Below this probability that one of the first two sentences answers, none does: fitted by ``evals.fit``."""

_FAST_REFUSE_BELOW = 0.12

_ALIKE = 0.8
"""A further sentence is as good as the first from this share of its probability on."""

_ALIKE_WHY = 0.5
"""The same for a "why": reasons stand in several sentences."""

_ASKED = 0.3
"""With less of the question than this in a sentence and those around, it answers another."""

_COMPLETES = 0.3
"""A further sentence is needed if it holds this share of the question that those before it lack."""

_BEFORE_WHOM = re.compile(r"\bbefore (?:the )?(?:[\w'’-]+ ){0,4}[A-Z][\w'’-]+\?*$")
_FOLLOWS = re.compile(r"\b(?:replac\w+|succeed\w*|tak\w+ over from|took over from|predecessor|former|follow\w+)\b")
"""Who came before somebody is told by such words."""

_HOW_LONG = re.compile(r"\W*(?:for )?how long\b", re.IGNORECASE)
_DAY = re.compile(rf"(?:on )?(?:{'|'.join(WEEKDAYS)})\b")
_RIVALS = 0.3
"""A sentence with this share of the first one's probability may answer in its place."""

_SAME = 0.6
"""Two sentences that share this much of their words say the same: a standfirst and its lead, two agency copies."""

MAX_SENTENCES = 3


def rank(store: Store, query: Query, passages: Sequence[Passage]) -> list[Scored]:
    """The sentences of some passages that may hold the answer, those that most likely do first."""
    if not query.terms:  # nothing is asked, so nothing answers
        return []
    scored = [(_order(evidence), evidence) for evidence in find_evidence(store, query, passages)]
    scored.sort(key=lambda pair: (-pair[0], pair[1].article.id, pair[1].span.start))
    rivals = [(order, evidence.words) for order, evidence in scored]
    return _given_last(query, [Scored(_probability(query, order, one, rivals), one) for order, one in scored])


def _given_last(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """Nobody is the answer to a question that names him: what the first sentence has from it goes behind a rival.

    "Who was minister before Brandt?" is not Brandt, as "Brandt was sworn in as minister" would have it.
    """
    if not ranked or kind_of(query.text) not in ("who", "where") or not is_given(query, ranked[0].evidence.words):
        return list(ranked)
    before = _BEFORE_WHOM.search(query.text)
    for item in ranked[1:]:
        if item.probability < _RIVALS * ranked[0].probability and not before:
            break
        if before and not _FOLLOWS.search(item.evidence.text):
            continue
        if item.evidence.words and not is_given(query, item.evidence.words):
            return [item, *(other for other in ranked if other is not item)]
    return list(ranked)


def is_given(query: Query, words: str) -> bool:
    """Whether a question that leaves no choice has the words of an answer itself."""
    held = [term for _, term in content_tokens(words)]
    return bool(held) and " or " not in query.text and all(term in query.terms for term in held)


def select(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The sentences that answer a question, best first; none where the ranked ones do not answer it."""
    ranked = [item for item in ranked if _may_answer(query, item.evidence)]
    if not ranked:
        return []
    read = ranked[0].evidence.reading is not None
    sure = either(item.probability for item in ranked[:2]) if read else ranked[0].probability
    if sure < (REFUSE_BELOW if read else _FAST_REFUSE_BELOW):
        return []
    best = ranked[0].probability
    share = _ALIKE_WHY if kind_of(query.text) == "why" else _ALIKE
    chosen = [ranked[0]]
    for item in ranked[1:]:
        if len(chosen) == MAX_SENTENCES:
            break
        if item.probability < best / 2:
            continue
        others = [other.evidence for other in chosen]
        completes = _held(query, [*others, item.evidence]) - _held(query, others) >= _COMPLETES
        alike = item.probability >= share * best
        if (alike or completes) and not any(say_the_same(item.evidence, other) for other in others):
            chosen.append(item)
    return chosen


def _order(evidence: Evidence) -> float:
    known = asdict(evidence.features)
    return _sum(ORDER, known) + NEW * known["recency"] if evidence.reading else _sum(_FAST, known)


def _probability(query: Query, order: float, evidence: Evidence, rivals: Sequence[tuple[float, str]]) -> float:
    if evidence.reading:
        order = _sum(SURE, doubts(query, evidence) | {"lead": leads_by(order, evidence.words, rivals)})
    return 1 / (1 + exp(-order))


def doubts(query: Query, evidence: Evidence) -> dict[str, float]:
    """The features of a sentence, and what speaks against it.

    ``others``: it has some of the names asked about, but not all, so it may tell it of others; ``dateless``: it has no
    time where one is asked for.
    """
    features = evidence.features
    return asdict(features) | {
        "others": float(0 < features.names < 1),
        "dateless": float(kind_of(query.text) == "when" and features.offers == 0),
    }


def leads_by(order: float, words: str, all_: Iterable[tuple[float, str]]) -> float:
    """How far a sentence is before the best one with another answer, 5 at most; of one that is behind, how far.

    >>> leads_by(3.0, "July", [(3.0, "July"), (2.5, "july"), (1.0, "June")])
    2.0
    """
    rival = max((other for other, others in all_ if others.casefold() != words.casefold()), default=-inf)
    return min(order - rival, 5.0)


def _sum(weights: dict[str, float], known: dict[str, float]) -> float:
    return sum(weight * (1.0 if name == "bias" else known[name]) for name, weight in weights.items())


def either(probabilities: Iterable[float]) -> float:
    """The probability that one of some sentences answers.

    >>> either([0.5, 0.5])
    0.75
    """
    return 1 - prod(1 - probability for probability in probabilities)


def speaks_of_others(known: dict[str, float]) -> bool:
    """Whether a sentence that was read is about others or something else than what is asked, or lacks its time.

    ``known`` is what ``doubts`` gives back.
    """
    return bool(known["others"] or known["dateless"] or known["context"] < _ASKED)


def _may_answer(query: Query, evidence: Evidence) -> bool:
    known = doubts(query, evidence)
    if evidence.reading:
        return not speaks_of_others(known)
    return known["names"] == 1 and not known["dateless"]


def _held(query: Query, chosen: Sequence[Evidence]) -> float:
    """The weighted share of the question's terms in some sentences together."""
    return covered(query, frozenset[str]().union(*(evidence.terms for evidence in chosen)))


def say_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether most words of the shorter sentence are in the longer one."""
    mine, yours = one.terms - STOP_WORDS, other.terms - STOP_WORDS
    return len(mine & yours) >= _SAME * max(1, min(len(mine), len(yours)))
