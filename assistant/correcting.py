"""An article's correction of itself, and whether it says that a chosen sentence of it is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answerers.extractive import Scored
from assistant.evidence import Evidence
from assistant.naming import forms
from assistant.quantities import quantities
from assistant.question import kind_of, offers
from index.store import Store
from index.types import Query, Span
from index.words import STOP_WORDS, terms, tokens

_OWN = r"(?:this|our|the) (?:article|story|report|page|post|headline)"
_CORRECTION = re.compile(
    rf"\b(?:earlier|previous|original|initial) versions? of (?:{_OWN}|this)\b"
    r"|^\W*(?:corrections?|clarifications?)(?: and (?:corrections?|clarifications?))?"
    r"(?:,? (?:on )?(?:\d{1,2} )?[A-Z]\w+\.?(?: \d{1,2})?(?:,? \d{4})?)?\s*(?:[:,(\[–—-]|$)"
    rf"|\b{_OWN} (?:(?:has|have) (?:since )?been|was) (?:corrected|amended|updated to correct)\b"
    r"|^\W*editor['’]s note\b.{0,80}\b(?:correct|amend)",
    re.IGNORECASE | re.DOTALL,
)
_WRONG = re.compile(
    r"\b(?:said|stated|misstated|gave|misspelled|misidentified|incorrectly|wrongly|mistakenly|erroneously|misreported)\b"
    r"(?P<value>.*?)(?:[.;](?=\s|$)|, (?:when|while|but|in fact)\b|\bin fact\b|\bnot(?= )|$)",
    re.IGNORECASE | re.DOTALL,
)
_BOILERPLATE = frozenset(
    "early earlier version article story report correction correct incorrectly wrongly mistakenly misstate misstated"
    " say state give headline page post amend update clarification editor note previous original figure number".split()
)
_SHARE = 0.5
"""How much of what a correction speaks of is in the sentence it corrects or in the question."""

_LEAST = 2
_NEXT = 2
"""The sentences after a correction that may still belong to it: "It was opened on 5 May"."""


class Correction(NamedTuple):
    """The sentences of a correction; ``wrong`` is whether the chosen sentence has what they call wrong."""

    evidence: list[Evidence]
    wrong: bool

    @property
    def told(self) -> str:
        """In words for people."""
        if self.wrong:
            return "The article corrects itself: its correction comes first."
        return "The article carries a correction of this; it is quoted last."


def is_correction(text: str) -> bool:
    """Whether a sentence says that its own article was wrong; what an "earlier report by the ministry" said is not.

    >>> is_correction("An earlier version of this article said that 12 people were hurt.")
    True
    >>> is_correction("An earlier report by the ministry said that 12 people were hurt.")
    False
    """
    return bool(_CORRECTION.search(text))


def find_correction(store: Store, query: Query, chosen: Evidence) -> Correction | None:
    """The correction in an article that bears on a chosen sentence of it, or is that sentence; None where none does."""
    article, kind = chosen.article, kind_of(query.text)
    spans = [span for span in store.catalog.sentences(article) if span.evidence]
    for place, span in enumerate(spans):
        text = article.text[span.start : span.end]
        itself = span == chosen.span
        if not is_correction(text) or (is_correction(chosen.text) and not itself):
            continue
        there = set(terms(text)) - STOP_WORDS - _BOILERPLATE
        shared = there & (chosen.terms | {term for words in query.terms.values() for term in words})
        bears = len(shared) >= max(_LEAST, _SHARE * len(there)) and offers(kind, text, query.terms) is not False
        if not itself and not bears:
            continue
        row = [span, *_rest_of(article.text, spans[place + 1 : place + 1 + _NEXT])]
        evidence = [
            replace(chosen, span=one, terms=frozenset(terms(article.text[one.start : one.end])), reading=None)
            for one in row
        ]
        wrong = calls_wrong(" ".join(one.text for one in evidence), chosen.words or chosen.text)
        return Correction(evidence, wrong or itself)
    return None


def put_in_place(chosen: Sequence[Scored], correction: Correction, ranked: Sequence[Scored]) -> list[Scored]:
    """The sentences of an answer with a correction: before them where it calls the first one wrong, else behind."""
    first = correction.evidence[0].span
    read = {
        (item.evidence.article.id, item.evidence.span.start): item for item in ranked if item.evidence.span != first
    }
    row = [read.get((one.article.id, one.span.start), chosen[0]._replace(evidence=one)) for one in correction.evidence]
    others = [item for item in chosen if all(item.evidence.span != one.evidence.span for one in row)]
    return [*row, *others] if correction.wrong else [*others, *row]


def calls_wrong(correction: str, words: str) -> bool:
    """Whether a correction says that a number, a time or a name in some words is wrong.

    >>> calls_wrong("An earlier version of this article said that 12 were hurt; it was 15.", "12 people")
    True
    """
    wrong = " ".join(match["value"] for match in _WRONG.finditer(correction))
    right = _WRONG.sub(" ", correction)
    return not _values(words).isdisjoint(_values(wrong) - _values(right))


def _values(text: str) -> set[str]:
    """The numbers, months, weekdays and names of a text."""
    found = {str(quantity.value) for quantity in quantities(text)}
    return found | {form for word, _ in tokens(text) if word[0].isupper() for form in forms(word)} - STOP_WORDS


def _rest_of(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences that go on with a correction: those in its paragraph."""
    rest: list[Span] = []
    for span in spans:
        if "\n\n" in text[span.start - 2 : span.start] or is_correction(text[span.start : span.end]):
            break
        rest.append(span)
    return rest
