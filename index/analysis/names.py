"""Names of countries, peoples and languages, and the forms by which words are compared."""

from __future__ import annotations

import re

from index.analysis.terms import tokens
from index.languages.en.names import PEOPLES

_COUNTRY = {
    term: names.split()[0]
    for names in re.split(r"\||\n", PEOPLES)
    for word in names.split()
    for _, term in tokens(word)
}
"""A people or its language to its country, all as terms."""


def is_people(word: str) -> bool:
    """Whether a word names a country, a people or a language.

    >>> is_people("French"), is_people("Macron")
    (True, False)
    """
    return any(term in _COUNTRY for _, term in tokens(word))


def forms(text: str) -> set[str]:
    """The terms of a text, those of a people or its language also as their country."""
    found = {term for _, term in tokens(text)}
    return found | {_COUNTRY[term] for term in found if term in _COUNTRY}
