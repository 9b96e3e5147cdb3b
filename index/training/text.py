"""Sentences and the answer normalisation of SQuAD.

Normalisation follows the definition in Rajpurkar et al. 2016 (arXiv:1606.05250): lower case, no
punctuation, no articles, single spaces.
"""

from __future__ import annotations

import re
import string

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n+")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Sgt|Lt|Capt|Rev|Sen|Rep|Gov|Hon|vs|etc|No|Inc|Ltd"
    r"|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|approx|ca|e\.g|i\.e|cf)|\b[A-Z])\s?\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Character ranges of the sentences of `text`, without surrounding white space."""
    found: list[tuple[int, int]] = []
    start = 0
    for hit in [*_BREAK.finditer(text), None]:
        end = len(text) if hit is None else hit.start()
        if hit is not None and "\n" not in hit.group() and _SHORT.search(text[start:end][-12:]):
            continue
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append((start + left, start + len(piece.rstrip())))
        if hit is not None:
            start = hit.end()
    return found


def normalise(answer: str) -> str:
    """The form in which SQuAD compares answers."""
    bare = answer.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())
