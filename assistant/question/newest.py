"""Whether a question asks for the newest state of a subject: "What's the latest on the strike?", "any news on Orlo?".

A linear layer over MiniLM's embedding of the question and its runs of words (as in ``breadth``), fitted on questions
that people might write (``python -m index.training.conversation``).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.models.embedding import MiniLM
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER
from index.models.word_runs import as_features

WEIGHTS = FOLDER / "newest.json"
NEWEST, OTHER = "newest", "other"
SURE = 0.5
"""From this probability on."""


@cache
def _known() -> tuple[MiniLM, Linear, dict[str, int]]:
    linear = read_linear(WEIGHTS)
    return MiniLM(), linear, {feature: place for place, feature in enumerate(linear.features)}


def asks_for_newest(question: str, vector: NDArray[np.float32] | None = None) -> bool:
    """Whether a question asks how a subject stands; ``vector`` is MiniLM's embedding of it where that is known.

    Raises ModelMissing.

    >>> asks_for_newest("Any news about the strike in Dravik?"), asks_for_newest("Is the strike in Dravik over?")
    (True, False)
    """
    embedder, linear, places = _known()
    told = embedder.embed_question(question) if vector is None else vector
    chances = linear.chances(as_features(question, told, places))
    return bool(chances[linear.names.index(NEWEST)] >= SURE)
