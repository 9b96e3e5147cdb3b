"""Whether a message leans on those before it: "Why did she resign?", "And in 2024?".

A linear layer over runs of one to three words, in which names and other words of content are only their kind, and over
how many words are new; fitted by ``python -m index.training.conversation``. What it takes is decided by
``assistant.question.follow_up``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from index.analysis.mentions import name_spans
from index.analysis.terms import content_tokens, is_name, terms, tokens
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER

WEIGHTS = FOLDER / "leaning.json"
LEANS, ALONE = "leans", "alone"
SURE = 0.7
"""From this probability on a question leans; one that stands alone and is changed costs more."""

_LONGEST_RUN = 3


@cache
def _known() -> tuple[Linear, dict[str, int]]:
    linear = read_linear(WEIGHTS)
    return linear, {feature: place for place, feature in enumerate(linear.features)}


def leaning(question: str, history: Sequence[tuple[str, str]]) -> float:
    """The probability that a question cannot be understood without those before it. Raises ModelMissing.

    >>> before = [("When did Ilse Torvald resign?", "Ilse Torvald resigned in May.")]
    >>> leaning("Why did she?", before) > SURE, leaning("Who is the mayor of Esk?", before) > SURE
    (True, False)
    """
    linear, places = _known()
    found = [places[feature] for feature in features(question, history) if feature in places]
    return float(linear.chances(as_vector(found, len(places)))[linear.names.index(LEANS)])


def as_vector(places: Sequence[int], size: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Features that are there as a vector of unit length, shape (size,)."""
    vector = np.zeros(size, dtype=np.float32)
    vector[list(places)] = 1 / max(1.0, np.sqrt(len(places)))
    return vector


def features(question: str, history: Sequence[tuple[str, str]]) -> set[str]:
    """What a question and those before it have that tells."""
    content = {word for word, _ in content_tokens(question)}
    names = {word for start, end in name_spans(question, lower=True) for word in question[start:end].split()}
    kinds = ["<"]
    for word, _ in tokens(question):
        kind = "NAME" if word in names or is_name(word) else "WORD" if word in content else word.lower()
        if kind.islower() or kind != kinds[-1]:
            kinds.append(kind)
    kinds.append(">")
    sizes = range(1, _LONGEST_RUN + 1)
    found = {" ".join(kinds[at : at + size]) for size in sizes for at in range(len(kinds) - size + 1)}
    said = {term for asked, answer in history for term in terms(f"{asked} {answer}")}
    own = {term for _, term in content_tokens(question)}
    counts = {"words": len(content), "names": len(names), "new": len(own - said), "said": len(own & said)}
    return found | {f"{name}={min(count, 3)}" for name, count in counts.items()}
