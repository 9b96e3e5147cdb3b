"""Whether a question is broad: "What led to the strike?" asks for several facts of several reports.

A linear layer over MiniLM's embedding of the question and its runs of words (as in ``leaning``), fitted on questions
that people might write (``python -m index.training.conversation``).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.question.leaning import as_vector, features
from index.models.embedding import MiniLM
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER

WEIGHTS = FOLDER / "breadth.json"
BROAD, NARROW = "broad", "narrow"
SURE, SURE_THOUGH_ANSWERED = 0.45, 0.8
"""From this probability on; from a higher one where one place seems to answer."""


@cache
def _known() -> tuple[MiniLM, Linear, dict[str, int]]:
    linear = read_linear(WEIGHTS)
    return MiniLM(), linear, {feature: place for place, feature in enumerate(linear.features)}


def is_broad(question: str, *, answered: bool = False) -> bool:
    """Whether a question needs several facts of several reports, also where one place seems to have ``answered`` it.

    Raises ModelMissing.

    >>> is_broad("What led to the strike in Dravik?"), is_broad("When did the strike in Dravik begin?")
    (True, False)
    """
    embedder, linear, places = _known()
    chances = linear.chances(as_features(question, embedder.embed_question(question), places))
    return bool(chances[linear.names.index(BROAD)] >= (SURE_THOUGH_ANSWERED if answered else SURE))


def as_features(question: str, vector: NDArray[np.float32], places: dict[str, int]) -> NDArray[np.float32]:
    """What is weighed of a question: its runs of words, of which ``places`` tells the columns, then its embedding."""
    found = [places[feature] for feature in features(question, []) if feature in places]
    return np.concatenate([as_vector(found, len(places)), vector])
