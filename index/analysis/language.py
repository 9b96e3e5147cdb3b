"""Which language an article is in; the embedder reads English, so any other is said."""

from __future__ import annotations

from functools import cache
from typing import Any

MIN_CHARACTERS = 80
"""Shorter texts (a flash, a headline) are too little to tell."""

_SAMPLE = 1000
"""Characters: more tell nothing more."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where it is too short or the classifier is unsure.

    Source: py3langid, a multinomial naive Bayes over byte n-grams (Lui and Baldwin 2012).

    >>> detect_language("The minister said on Tuesday that the bridge over the river would open again in the spring.")
    'en'
    """
    sample = text[:_SAMPLE]
    if len(sample) < MIN_CHARACTERS:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= 0.9 else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
