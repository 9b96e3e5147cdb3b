"""Which language an article is in; the embedder reads English, so any other is said."""

from __future__ import annotations

from functools import cache
from typing import Any

from index.languages.en.function_words import STOP_WORDS

MIN_CHARACTERS = 80
"""Shorter texts (a flash, a headline) are too little to tell."""

_SAMPLE = 1000
"""Characters: more tell nothing more."""


_ENGLISH = 0.3
"""A question is English if so many of its words are function words of English; names may be of any language."""

_SURE = 0.8


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


def question_language(text: str, languages: frozenset[str]) -> str:
    """The likeliest of some ISO 639-1 codes and English for a question, which is too short to tell among all.

    >>> question_language("Warum ist der Minister zurückgetreten?", frozenset({"de", "fr"}))
    'de'
    >>> question_language("Who runs Käthe's bakery in Lützow?", frozenset({"de"}))
    'en'
    """
    words = text[:_SAMPLE].lower().split()
    known = languages & frozenset(_identifier().nb_classes)
    if not known - {"en"} or sum(word in STOP_WORDS for word in words) >= _ENGLISH * len(words):
        return "en"
    language, probability = _among(known | {"en"}).classify(text[:_SAMPLE])
    return str(language) if probability >= _SURE else "en"


@cache
def _among(languages: frozenset[str]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(languages))
    return identifier


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
