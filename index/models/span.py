"""The words that a reader likes best between two places, from the logits of its tokens (Devlin et al. 2019)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ANSWER_TOKENS = 24
"""The longest short answer."""


class BestSpan(NamedTuple):
    """First and last token of the best words, ends included, and what the logits make of them and of all together."""

    first: int
    last: int
    logit: float
    mass: float
    """That an answer is anywhere there: the mean over its starts and its ends."""


def best_span(logits: NDArray[np.float32]) -> BestSpan:
    """The best words of some tokens; logits of start and end have shape (tokens, 2), with a token at least.

    >>> best_span(np.array([[0, 0], [5, 0], [0, 4]], dtype=np.float32))[:3]
    (1, 2, 9.0)
    """
    sums = logits[:, 0][:, None] + logits[:, 1][None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(np.ones_like(sums, dtype=bool), ANSWER_TOKENS)
    first, last = divmod(int(np.where(allowed, sums, -np.inf).argmax()), len(sums))
    mass = float(np.logaddexp.reduce(logits, axis=0).mean())
    return BestSpan(first, last, float(sums[first, last]), mass)
