"""Sentences, answer normalisation and the exact-match and F1 measures of SQuAD.

Normalisation and measures follow the definition in Rajpurkar et al. 2016 (arXiv:1606.05250):
lower case, no punctuation, no articles, single spaces; F1 over the bag of remaining words.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable

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


def exact(guess: str, golds: Iterable[str]) -> float:
    """1.0 when the guess equals a gold answer after normalisation."""
    form = normalise(guess)
    return float(any(form == normalise(gold) for gold in golds))


def f1(guess: str, golds: Iterable[str]) -> float:
    """Best word-level F1 of the guess against the gold answers."""
    words = normalise(guess).split()
    best = 0.0
    for gold in golds:
        other = normalise(gold).split()
        same = sum((Counter(words) & Counter(other)).values())
        if same:
            best = max(best, 2.0 * same / (len(words) + len(other)))
    return best


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether a normalised answer occurs in the normalised text on word borders."""
    padded = f" {normalise(text)} "
    forms = (normalise(answer) for answer in answers)
    return any(form and f" {form} " in padded for form in forms)
