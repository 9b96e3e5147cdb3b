"""What a message is for: most ask what the articles report, some greet, or ask for the archive itself.

Intent classification: a linear layer over MiniLM's embedding of the message, fitted on messages that people might write
(``python -m index.training.conversation``). A message counts as one about the archive only where that is quite sure.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from index.models.embedding import MiniLM
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER

WEIGHTS = FOLDER / "intents.json"
OF_ONE_ARTICLE = frozenset(("summary", "published"))
"""What asks about one article."""

REPORTED = "other"
"""What asks for what the articles report."""

SURE = 0.7
"""From this probability on; a question to the articles that is taken for one about the archive costs more."""

_LONGEST = 120
"""Characters; whoever writes more asks for something that is reported."""


@cache
def _known() -> tuple[MiniLM, Linear]:
    return MiniLM(), read_linear(WEIGHTS)


def intent_of(message: str) -> str:
    """What a message is for: "greeting", "count", "summary" …, or "other". Raises ModelMissing.

    >>> intent_of("How many articles do you have?"), intent_of("How many articles does the new constitution have?")
    ('count', 'other')
    """
    if len(message) > _LONGEST or not any(character.isalpha() for character in message):
        return REPORTED
    embedder, linear = _known()
    chances = linear.chances(embedder.embed_question(message))
    best = int(np.argmax(chances))
    return linear.names[best] if chances[best] >= SURE else REPORTED
