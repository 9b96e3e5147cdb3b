"""Whether a question is broad: "What led to the strike?" asks for several facts of several reports.

A linear layer over MiniLM's embedding of the question and its runs of words (as in ``leaning``), fitted on questions
that people might write (``python -m index.training.conversation``).
"""

from __future__ import annotations

from functools import cache

from index.models.embedding import MiniLM
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER
from index.models.word_runs import as_features

WEIGHTS = FOLDER / "breadth.json"
BROAD, NARROW = "broad", "narrow"
SURE, SURE_THOUGH_ANSWERED, SURE_THOUGH_SURELY_ANSWERED = 0.45, 0.8, 0.95
"""From this probability on; a higher one where one place seems to answer, a still higher one where it surely does."""


@cache
def _known() -> tuple[MiniLM, Linear, dict[str, int]]:
    linear = read_linear(WEIGHTS)
    return MiniLM(), linear, {feature: place for place, feature in enumerate(linear.features)}


def is_broad(question: str, least: float = SURE) -> bool:
    """Whether a question needs several facts of several reports, with ``least`` this probability.

    Raises ModelMissing.

    >>> is_broad("What led to the strike in Dravik?"), is_broad("When did the strike in Dravik begin?")
    (True, False)
    """
    embedder, linear, places = _known()
    chances = linear.chances(as_features(question, embedder.embed_question(question), places))
    return bool(chances[linear.names.index(BROAD)] >= least)
