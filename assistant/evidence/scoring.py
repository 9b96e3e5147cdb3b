"""Candidates scored: which comes first, how sure it is that one answers, and which are the answer.

A probability is what was calibrated, and is never changed. What a question asks of time moves a candidate by the
factors of ``assistant/rules``, which stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import exp, inf, prod

from assistant.evidence.candidates import Candidate, covered
from assistant.question.analysis import QuestionAnalysis
from index.analysis.terms import STOP_WORDS
from index.models.calibration import Calibration

_ALIKE = 0.8
"""A further sentence is as good as the first from this share of its score on."""

_ALIKE_WHY = 0.5
"""The same for a "why", whose reasons stand in several sentences, and for a "what" of what was read closely."""

_ASKED = 0.3
"""With less of the question than this in a sentence and those around, it answers another."""

_COMPLETES = 0.3
"""A further sentence is needed if it holds this share of the question that those before it lack."""

_SAME = 0.6
"""Two sentences that share this much of their words say the same: a standfirst and its lead, two agency copies."""

MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a rule multiplies a candidate's strength with, and why."""

    rule: str
    factor: float
    reason: str
    excludes: bool = False
    """Whether it says that the candidate is no answer, and not only that another comes before."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the calibrated probability that it answers, and what moved it up or down.

    ``strength`` is that probability, or that of the weakest before it where the order puts it behind one that is less
    sure: so without adjustments the order of strengths is that of ``Calibration.sentence_order``.
    """

    candidate: Candidate
    probability: float
    strength: float
    adjustments: tuple[Adjustment, ...] = field(default=())

    @property
    def score(self) -> float:
        """What it is ranked by."""
        return self.strength * prod(one.factor for one in self.adjustments)

    @property
    def excluded(self) -> bool:
        """Whether a rule says that it is no answer."""
        return any(one.excludes for one in self.adjustments)


def score(question: QuestionAnalysis, candidates: Sequence[Candidate], calibration: Calibration) -> list[Ranked]:
    """Candidates with their probabilities, those first that most likely hold the answer."""
    if not question.query.terms:  # nothing is asked, so nothing answers
        return []
    scored = [(_order(candidate, calibration), candidate) for candidate in candidates]
    scored.sort(key=lambda pair: (-pair[0], pair[1].key))
    rivals = [(order, candidate.words) for order, candidate in scored]
    ranked: list[Ranked] = []
    strength = 1.0
    for order, candidate in scored:
        probability = _probability(question, order, candidate, rivals, calibration)
        strength = min(strength, probability)
        ranked.append(Ranked(candidate, probability, strength))
    return ranked


def select(question: QuestionAnalysis, ranked: Sequence[Ranked], refuse_below: float) -> list[Ranked]:
    """The sentences that answer a question, best first; none where the ranked ones do not answer it.

    ``refuse_below`` is the least probability that an answer has.
    """
    ranked = [item for item in ranked if _may_answer(question, item.candidate)]
    if not ranked:
        return []
    if not _sure_enough(ranked, refuse_below):
        return []
    best = ranked[0].score
    closely = ranked[0].candidate.close is not None and question.answer_type == "what"
    share = _ALIKE_WHY if question.answer_type == "why" or closely else _ALIKE
    unread = question.query.language != "en"  # no reader knows it: of the nearest sentences any may answer
    chosen = [ranked[0]]
    for item in ranked[1:]:
        if len(chosen) == MAX_SENTENCES:
            break
        if item.score < best / 2 and not unread:
            continue
        others = [other.candidate for other in chosen]
        completes = _held(question, [*others, item.candidate]) - _held(question, others) >= _COMPLETES
        alike = unread or item.score >= share * best
        if (alike or completes) and not any(say_the_same(item.candidate, other) for other in others):
            chosen.append(item)
    return chosen


def _sure_enough(ranked: Sequence[Ranked], refuse_below: float) -> bool:
    """Whether the likeliest sentence answers: of those that no rule excludes, if the first is of these.

    Of sentences that only the small reader read one of the two likeliest has to.
    """
    able = [item for item in ranked if item.excluded <= ranked[0].excluded]
    likeliest = sorted((item.probability for item in able), reverse=True)
    only_read = ranked[0].candidate.reading and not ranked[0].candidate.close
    return either(likeliest[: 2 if only_read else 1]) >= refuse_below


def _order(candidate: Candidate, calibration: Calibration) -> float:
    known = features_of(candidate)
    if not candidate.reading:
        return weighed(calibration.fast, known)
    return weighed(calibration.sentence_order, known) + calibration.sentence_new * known["recency"]


def _probability(
    question: QuestionAnalysis,
    order: float,
    candidate: Candidate,
    rivals: Sequence[tuple[float, str]],
    calibration: Calibration,
) -> float:
    if candidate.reading:
        known = doubts(question, candidate) | {"lead": leads_by(order, candidate.words, rivals)}
        order = weighed(calibration.sure, known)
    return 1 / (1 + exp(-order))


def features_of(candidate: Candidate) -> dict[str, float]:
    """The features of a candidate by their names."""
    features = candidate.features
    return {one.name: getattr(features, one.name) for one in fields(features)}


def doubts(question: QuestionAnalysis, candidate: Candidate) -> dict[str, float]:
    """The features of a candidate, and what speaks against it.

    ``others``: it has some of the names asked about, but not all, so it may tell it of others; ``dateless``: it has no
    time where one is asked for.
    """
    features = candidate.features
    return features_of(candidate) | {
        "others": float(0 < features.names < 1),
        "dateless": float(question.answer_type == "when" and features.has_answer_type == 0),
    }


def leads_by(order: float, words: str, all_: Iterable[tuple[float, str]]) -> float:
    """How far a sentence is before the best one with another answer, 5 at most; of one that is behind, how far.

    >>> leads_by(3.0, "July", [(3.0, "July"), (2.5, "july"), (1.0, "June")])
    2.0
    """
    rival = max((other for other, others in all_ if others.casefold() != words.casefold()), default=-inf)
    return min(order - rival, 5.0)


def weighed(weights: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The sum of some features by their weights, and of the bias."""
    return sum(weight * (1.0 if name == "bias" else known[name]) for name, weight in weights.items())


def either(probabilities: Iterable[float]) -> float:
    """The probability that one of some sentences answers.

    >>> either([0.5, 0.5])
    0.75
    """
    return 1 - prod(1 - probability for probability in probabilities)


def speaks_of_others(known: dict[str, float]) -> bool:
    """Whether a sentence that was read is about others or something else than what is asked, or lacks its time.

    ``known`` is what ``doubts`` returns.
    """
    return bool(known["others"] or known["dateless"] or known["context"] < _ASKED)


def _may_answer(question: QuestionAnalysis, candidate: Candidate) -> bool:
    known = doubts(question, candidate)
    if candidate.close:
        return not known["others"]
    if candidate.reading:
        return not speaks_of_others(known)
    return known["names"] == 1 and not known["dateless"]


def _held(question: QuestionAnalysis, chosen: Sequence[Candidate]) -> float:
    """The weighted share of the question's terms in some sentences together."""
    return covered(question, frozenset[str]().union(*(candidate.terms for candidate in chosen)))


def say_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether most words of the shorter sentence are in the longer one."""
    mine, yours = one.terms - STOP_WORDS, other.terms - STOP_WORDS
    return len(mine & yours) >= _SAME * max(1, min(len(mine), len(yours)))
