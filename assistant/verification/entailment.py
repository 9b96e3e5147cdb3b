"""How well quotes bear out a sentence, as a score: the words they share, and what the reader makes of them."""

from __future__ import annotations

from math import exp

from assistant.verification.check import Carried
from index.analysis.names import forms
from index.analysis.terms import content_tokens
from index.languages.en.clauses import JOINT
from index.models.reader import Reader

LEAST = 0.2
"""The least score of a sentence that is kept; what it costs, ``python -m evals.research.claim_support`` shows."""

_WITH_READER = (3.07, 0.19, -2.21)
_BY_WORDS = (4.31, 0.0, -2.94)
"""Weights of the share of words, of the reader's relevance and of neither; fitted on every other claim of WiCE."""

_LEAST_WORDS = 3
"""Of a part of a sentence that is read by itself."""


def bearing(sentence: str, carried: Carried, reader: Reader | None = None) -> float:
    """How well quotes bear out a sentence, 0 to 1: a logistic function of shared words and the reader's relevance.

    The reader reads each part of the sentence beside the quotes; the least relevant part counts. Raises ModelMissing.

    >>> bearing("The ferry sank.", Carried(["The ferry sank."])) > 0.7
    True
    >>> bearing("The ferry sank.", Carried(["Bread is dear."])) < 0.1
    True
    """
    words, relevance, constant = _WITH_READER if reader else _BY_WORDS
    logit = constant + words * coverage(sentence, carried)
    if reader:
        said = " ".join(carried.quotes)
        parts = [part for part in JOINT.split(sentence) if len(part.split()) >= _LEAST_WORDS] or [sentence]
        logit += relevance * min(reader.relevance(part, said) for part in parts)
    return 1 / (1 + exp(-logit))


def coverage(sentence: str, carried: Carried) -> float:
    """The share of a sentence's content words that its quotes have, a pronoun's name counted in, 0 to 1.

    >>> coverage("The ferry sank on Monday.", Carried(["The ferry sank."]))
    0.6666666666666666
    """
    there = forms(" ".join(carried.quotes))
    named = forms(" ".join(carried.around))
    content = {term: word for word, term in content_tokens(sentence)}
    held = [
        term
        for term, word in content.items()
        if not forms(word).isdisjoint(there) or (word[0].isupper() and not forms(word).isdisjoint(named))
    ]
    return len(held) / len(content) if content else 0.0
