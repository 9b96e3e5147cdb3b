"""What to look up once more, where no passage answers by itself: the rest of the question, of what was found first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked
from index.analysis.mentions import name_spans
from index.analysis.terms import content_tokens, terms

_SENTENCES = 2
"""Of the first so many sentences the names lead on."""

_NAMES = 3


def second_hop(question: str, ranked: Sequence[Ranked]) -> list[str]:
    """Questions made of the names in what the reader likes best and of what the question asks beside; two at most.

    "Who founded the line that runs to Brask Island?" finds that Esk Ferries runs there; "founded Esk Ferries" is looked
    up next. (Pseudo-relevance feedback with entities, as in multi-hop retrieval: Qi and others 2019, arXiv:1910.07000.)
    """
    asked = set(terms(question))
    found: dict[str, None] = {}
    for item in ranked[:_SENTENCES]:
        evidence = item.candidate
        words = evidence.words
        names = [words[start:end] for start, end in name_spans(words)]
        new = [name for name in dict.fromkeys(names) if not set(terms(name)) <= asked]
        if new:
            held = evidence.terms | set(terms(evidence.article.title or ""))
            left = [word for word, term in content_tokens(question) if term not in held]
            found[" ".join([*left, *new[:_NAMES]])] = None
    return list(found)
