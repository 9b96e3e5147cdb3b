"""Stems of words in other languages than English, beside their terms: a word is found in its other forms by them.

Snowball stems (Porter 2001, https://snowballstem.org) where it has the language; else a word's beginning, which is
nearly as good for languages that inflect at the end (McNamee and Mayfield 2004).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from index.analysis.terms import terms, tokens

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_WITHOUT = frozenset(("en", "zh", "ja", "ko", "th"))
"""English has lemmas, the others no stems."""

_BEGINNING = 6
"""Letters."""


def searched_terms(text: str, language: str | None) -> list[str]:
    """What a text in a language is found by: its terms, in order, and behind them its stems."""
    return [*terms(text), *stems(text, language)]


def stems(text: str, language: str | None) -> list[str]:
    """The stems of a text's words that are not their terms, in order; none in English, nor where it is not known.

    >>> stems("Die Bürgermeisterin trat zurück", "de"), stems("мости", "uk"), stems("bridges", "en")
    (['burgermeist'], [], [])
    """
    if language is None or language in _WITHOUT:
        return []
    found = ((term, stem(word, language)) for word, term in tokens(text))
    return [one for term, one in found if one != term]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a word."""
    plain = word.lower()
    if not plain.isalpha():
        return plain
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(plain)) if stemmer else plain[:_BEGINNING]


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = _SNOWBALL.get(language)
    return snowballstemmer.stemmer(name) if name else None
