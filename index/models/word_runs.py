"""A question as runs of one to three words, in which names and other words of content are only their kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.mentions import name_spans
from index.analysis.terms import content_tokens, is_name, terms, tokens

_LONGEST_RUN = 3


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


def as_features(question: str, vector: NDArray[np.float32], places: dict[str, int]) -> NDArray[np.float32]:
    """What is weighed of a question: its runs of words, of which ``places`` tells the columns, then its embedding."""
    found = [places[feature] for feature in features(question, []) if feature in places]
    return np.concatenate([as_vector(found, len(places)), vector])
