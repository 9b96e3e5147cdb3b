"""What a correction in an article says: that something was wrong, and what is right."""

from __future__ import annotations

from typing import NamedTuple

from index.analysis.names import forms
from index.analysis.quantities import quantities
from index.analysis.terms import terms, tokens
from index.languages.en.editorial import AMENDED_ON, BOILERPLATE, CORRECTION, INSTEAD_OF, WRONG
from index.languages.en.function_words import STOP_WORDS

__all__ = ["BOILERPLATE", "Correction", "is_correction", "read_correction", "values_of"]


class Correction(NamedTuple):
    """The numbers, months, weekdays and names that a correction calls wrong, and those it calls right.

    Of "silver, not gold" the words count, too."""

    wrong: frozenset[str]
    right: frozenset[str]


def is_correction(text: str) -> bool:
    """Whether a sentence says that its own article was wrong; what an "earlier report by the ministry" said is not.

    >>> is_correction("An earlier version of this article said that 12 people were hurt.")
    True
    >>> is_correction("An earlier report by the ministry said that 12 people were hurt.")
    False
    """
    return bool(CORRECTION.search(text))


def read_correction(text: str) -> Correction:
    """What a correction calls wrong and right.

    >>> read_correction("An earlier version of this article said that 12 were hurt; it was 15.")
    Correction(wrong=frozenset({'12.0'}), right=frozenset({'15.0'}))
    """
    replaced = " ".join(match["value"] for match in INSTEAD_OF.finditer(text))
    rest = AMENDED_ON.sub(" ", INSTEAD_OF.sub(" ", text))
    wrong = values_of(" ".join([replaced, *(match["value"] for match in WRONG.finditer(rest))]))
    told = CORRECTION.sub(" ", WRONG.sub(" ", rest))
    right = values_of(told)
    # "A silver medal, not gold": what is no name and no number is taken from there only.
    wrong |= set(terms(replaced)) - set(terms(told)) - STOP_WORDS
    return Correction(frozenset(wrong - right), frozenset(right - wrong))


def values_of(text: str) -> set[str]:
    """The numbers, months, weekdays and names of a text."""
    found = {str(quantity.value) for quantity in quantities(text)}
    return found | {form for word, _ in tokens(text) if word[0].isupper() for form in forms(word)} - STOP_WORDS
