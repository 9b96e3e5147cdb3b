"""What a correction says: that something was wrong, and what is right."""

from __future__ import annotations

import re

from index.analysis.names import forms
from index.analysis.quantities import quantities
from index.analysis.terms import STOP_WORDS, terms, tokens

_OWN = r"(?:this|our|the) (?:article|story|report|page|post|headline)"
_CORRECTION = re.compile(
    rf"\b(?:earlier|previous|original|initial) versions? of (?:{_OWN}|this)\b"
    r"|^\W*(?:corrections?|clarifications?)(?: and (?:corrections?|clarifications?))?"
    r"(?:,? (?:on )?(?:\d{1,2} )?[A-Z]\w+\.?(?: \d{1,2})?(?:,? \d{4})?)?\s*(?:[:,(\[–—-]|$)"
    rf"|\b{_OWN} (?:(?:has|have) (?:since )?been|was) (?:corrected|amended|updated to correct)\b"
    r"|^\W*editor['’]s note\b.{0,120}\b(?:correct|amend|misstat|misspel|misreport|wrongly|incorrectly|mistaken)",
    re.IGNORECASE | re.DOTALL,
)
_WRONG = re.compile(
    r"\b(?:said|stated|misstated|gave|misspelled|misidentified|incorrectly|wrongly|mistakenly|erroneously|misreported)\b"
    r"(?P<value>.*?)(?:[.;](?=\s|$)|, (?:when|while|but|in fact)\b|\bin fact\b|\bnot(?= )|$)",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r",? (?:and )?not (?P<value>[^,.;]+)")
AMENDED_ON = re.compile(r"\b(?:corrected|amended|updated) on [^.;:]+")
"""When it was corrected, which is not what it speaks of."""


def is_correction(text: str) -> bool:
    """Whether a sentence says that its own article was wrong; what an "earlier report by the ministry" said is not.

    >>> is_correction("An earlier version of this article said that 12 people were hurt.")
    True
    >>> is_correction("An earlier report by the ministry said that 12 people were hurt.")
    False
    """
    return bool(_CORRECTION.search(text))


def calls_wrong(correction: str, words: str) -> bool:
    """Whether a correction says that a number, a time or a name in some words is wrong.

    >>> calls_wrong("An earlier version of this article said that 12 were hurt; it was 15.", "12 people")
    True
    """
    replaced = " ".join(match["value"] for match in _NOT.finditer(correction))
    rest = _NOT.sub(" ", correction)
    wrong = " ".join([replaced, *(match["value"] for match in _WRONG.finditer(rest))])
    right = _WRONG.sub(" ", rest)
    if not values_of(words).isdisjoint(values_of(wrong) - values_of(right)):
        return True
    # "A silver medal, not gold": what is no name and no number is taken from there only.
    return not (set(terms(words)) - STOP_WORDS).isdisjoint(set(terms(replaced)) - set(terms(right)) - STOP_WORDS)


def right_values(correction: str) -> set[str]:
    """The numbers, months, weekdays and names that a correction calls right.

    >>> right_values("An earlier version of this article said that 12 were hurt; it was 15.")
    {'15.0'}
    """
    replaced = " ".join(match["value"] for match in _NOT.finditer(correction))
    rest = AMENDED_ON.sub(" ", _NOT.sub(" ", correction))
    wrong = " ".join([replaced, *(match["value"] for match in _WRONG.finditer(rest))])
    return values_of(_CORRECTION.sub(" ", _WRONG.sub(" ", rest))) - values_of(wrong)


def values_of(text: str) -> set[str]:
    """The numbers, months, weekdays and names of a text."""
    found = {str(quantity.value) for quantity in quantities(text)}
    return found | {form for word, _ in tokens(text) if word[0].isupper() for form in forms(word)} - STOP_WORDS
