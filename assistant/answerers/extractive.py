"""The embedded default: one to three verbatim sentences, or a refusal; no language model."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from assistant.evidence import Evidence, covered, find_evidence
from assistant.question import kind_of
from index.store import Store
from index.types import Passage, Query
from index.words import STOP_WORDS

NAME = "extractive"

# Logistic regression of "this sentence holds the answer" over the sentences retrieved for 306 questions of SQuAD 2.0
# dev, whole corpus searched. For 306 others it puts a right sentence first in 0.72 (words 0.71, meaning 0.61 alone).
_WEIGHTS = {"coverage": 3.8, "context": 2.0, "offers": 1.3, "similarity": 4.4}
_BIAS = -8.4

REFUSE_BELOW = 0.12
"""Below this no sentence is an answer."""

_ALIKE = 0.85
"""A further sentence is as good as the first from this share of its score on."""

_COMPLETES = 0.3
"""A further sentence is needed if it holds this share of the question that those before it lack."""

_SAME = 0.6
"""Two sentences that share this much of their words say the same: a standfirst and its lead, two agency copies."""

MAX_SENTENCES = 3


def select(store: Store, query: Query, passages: Sequence[Passage]) -> list[Evidence]:
    """The sentences that answer a question, best first; none where the passages do not answer it."""
    ranked = sorted(
        ((_probability(evidence), evidence) for evidence in find_evidence(store, query, passages)),
        key=lambda pair: (-pair[0], pair[1].article.id, pair[1].span.start),
    )
    ranked = [(score, evidence) for score, evidence in ranked if score >= REFUSE_BELOW and _may_answer(query, evidence)]
    if not ranked:
        return []
    best = ranked[0][0]
    chosen = [ranked[0][1]]
    for score, evidence in ranked[1:]:
        if len(chosen) == MAX_SENTENCES or score < best / 2:
            break
        completes = _held(query, [*chosen, evidence]) - _held(query, chosen) >= _COMPLETES
        if (score >= _ALIKE * best or completes) and not any(_say_the_same(evidence, other) for other in chosen):
            chosen.append(evidence)
    return chosen


def _probability(evidence: Evidence) -> float:
    total = sum(weight * getattr(evidence.features, name) for name, weight in _WEIGHTS.items())
    return 1 / (1 + exp(-total - _BIAS))


def _may_answer(query: Query, evidence: Evidence) -> bool:
    """A sentence about others than those asked about, or without any time where one is asked for, is no answer."""
    return evidence.features.names == 1 and not (kind_of(query.text) == "when" and evidence.features.offers == 0)


def _held(query: Query, chosen: Sequence[Evidence]) -> float:
    """The weighted share of the question's terms in some sentences together."""
    return covered(query, frozenset[str]().union(*(evidence.terms for evidence in chosen)))


def _say_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether most words of the shorter sentence are in the longer one."""
    mine, yours = one.terms - STOP_WORDS, other.terms - STOP_WORDS
    return len(mine & yours) >= _SAME * max(1, min(len(mine), len(yours)))
