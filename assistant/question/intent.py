"""What a message is for: most ask what the articles report, some greet, or ask for the archive itself.

Intent classification: a linear layer over MiniLM's embedding of the message, fitted on messages that people might write
(``python -m index.training.conversation``). A message counts as one about the archive only where that is quite sure.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from index.languages.en.question_words import ARTICLE_ABOUT, NO_SUBJECT
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


OF_A_SUBJECT = frozenset(("count", "outlets", "period", "newest", "oldest", "summary", "published"))
"""What can be asked about the articles on a subject."""


def intent_and_subject(message: str) -> tuple[str, str | None]:
    """What a message is for, and on which subject the articles are that it asks about, if it names one.

    >>> intent_and_subject("How many articles about the dam failure are there?")
    ('count', 'the dam failure')
    """
    match = ARTICLE_ABOUT.fullmatch(message.strip())
    if match and not NO_SUBJECT.search(match["subject"]):
        intent = intent_of(match["asked"] + (match["rest"] or ""))
        if intent in OF_A_SUBJECT:
            return intent, match["subject"]
    return intent_of(message), None


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
