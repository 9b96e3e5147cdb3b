"""Whether a message leans on those before it: "Why did she resign?", "And in 2024?".

A linear layer over runs of one to three words, in which names and other words of content are only their kind, and over
how many words are new; fitted by ``python -m index.training.conversation``. What it takes is decided by
``assistant.question.follow_up``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER
from index.models.word_runs import as_vector, features

WEIGHTS = FOLDER / "leaning.json"
LEANS, ALONE = "leans", "alone"
SURE = 0.7
"""From this probability on a question leans; one that stands alone and is changed costs more."""


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
