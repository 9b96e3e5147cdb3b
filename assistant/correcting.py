"""An article's correction, and whether it says that a chosen sentence is wrong: one of its own, or another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answerers.extractive import Scored
from assistant.evidence import Evidence
from assistant.later_notes import added_later
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
    r"|^\W*editor['’]s note\b.{0,120}\b(?:correct|amend|misstat|misspel|misreport|wrongly|incorrectly|mistaken)",
    re.IGNORECASE | re.DOTALL,
)
_WRONG = re.compile(
    r"\b(?:said|stated|misstated|gave|misspelled|misidentified|incorrectly|wrongly|mistakenly|erroneously|misreported)\b"
    r"(?P<value>.*?)(?:[.;](?=\s|$)|, (?:when|while|but|in fact)\b|\bin fact\b|\bnot(?= )|$)",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r",? (?:and )?not (?P<value>[^,.;]+)")
_AMENDED_ON = re.compile(r"\b(?:corrected|amended|updated) on [^.;:]+")
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
    own: bool = True
    """Whether it stands in the article of the chosen sentence."""

    @property
    def told(self) -> str:
        """In words for people."""
        text = " ".join(one.text for one in self.evidence)
        if not self.wrong:
            return f"The article carries a correction of this: “{text}”"
        return f"The article corrects itself: “{text}”" if self.own else f"Another article corrects this: “{text}”"


def is_correction(text: str) -> bool:
    """Whether a sentence says that its own article was wrong; what an "earlier report by the ministry" said is not.

    >>> is_correction("An earlier version of this article said that 12 people were hurt.")
    True
    >>> is_correction("An earlier report by the ministry said that 12 people were hurt.")
    False
    """
    return bool(_CORRECTION.search(text))


def find_correction(store: Store, query: Query, chosen: Evidence, ranked: Sequence[Scored]) -> Correction | None:
    """The correction that bears on a chosen sentence, or is that sentence; None where none does.

    That of its own article is asked first; one of another article bears on it if it calls it wrong.
    """
    for span in store.catalog.sentences(chosen.article):
        text = chosen.article.text[span.start : span.end]
        itself = span == chosen.span
        if not span.evidence or not is_correction(text) or (is_correction(chosen.text) and not itself):
            continue
        if added_later(chosen.article, span.start, query.window.last if query.window else None):
            continue
        evidence = _whole(store, replace(chosen, span=span))
        if itself or _bears(query, evidence, chosen):
            return Correction(evidence, itself or _calls_wrong(evidence, chosen))
    for item in ranked:
        other = item.evidence
        if other.article.id == chosen.article.id or not is_correction(other.text):
            continue
        evidence = _whole(store, other)
        named = other.features.names >= chosen.features.names
        if named and _bears(query, evidence, chosen) and _calls_wrong(evidence, chosen):
            return Correction(evidence, wrong=True, own=False)
    return None


def _bears(query: Query, correction: Sequence[Evidence], chosen: Evidence) -> bool:
    """Whether a correction, or its first sentence, speaks of what a sentence and the question speak of."""
    known = chosen.terms | {term for words in query.terms.values() for term in words}
    for text in (correction[0].text, " ".join(one.text for one in correction)):
        there = set(terms(_AMENDED_ON.sub(" ", text))) - STOP_WORDS - _BOILERPLATE
        enough = len(there & known) >= max(_LEAST, _SHARE * len(there))
        if enough and offers(kind_of(query.text), text, query.terms) is not False:
            return True
    return False


def _whole(store: Store, correction: Evidence) -> list[Evidence]:
    """The sentences of a correction, from its first."""
    article = correction.article
    spans = [span for span in store.catalog.sentences(article) if span.evidence and span.start >= correction.span.start]
    return [
        replace(correction, span=one, terms=frozenset(terms(article.text[one.start : one.end])), reading=None)
        for one in (spans[0], *_rest_of(article.text, spans[1 : 1 + _NEXT]))
    ]


def _calls_wrong(correction: Sequence[Evidence], chosen: Evidence) -> bool:
    return calls_wrong(" ".join(one.text for one in correction), chosen.words or chosen.text)


def put_in_place(
    query: Query, chosen: Sequence[Scored], correction: Correction, ranked: Sequence[Scored]
) -> list[Scored]:
    """The sentences of an answer with a correction: before them where it calls the first one wrong, else behind.

    A correction that only tells what was wrong stands behind what its article says now.
    """
    if correction.wrong and correction.own and not _gives_right(correction.evidence):
        kind, article = kind_of(query.text), correction.evidence[0].article.id
        for item in ranked:
            text = item.evidence.text
            if item.evidence.article.id == article and not is_correction(text) and offers(kind, text, query.terms):
                now = item._replace(probability=chosen[0].probability)
                return [now, *(chosen[0]._replace(evidence=one) for one in correction.evidence)]
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
    replaced = " ".join(match["value"] for match in _NOT.finditer(correction))
    rest = _NOT.sub(" ", correction)
    wrong = " ".join([replaced, *(match["value"] for match in _WRONG.finditer(rest))])
    right = _WRONG.sub(" ", rest)
    if not _values(words).isdisjoint(_values(wrong) - _values(right)):
        return True
    # "A silver medal, not gold": what is no name and no number is taken from there only.
    return not (set(terms(words)) - STOP_WORDS).isdisjoint(set(terms(replaced)) - set(terms(right)) - STOP_WORDS)


def _gives_right(correction: Sequence[Evidence]) -> bool:
    """Whether a correction tells what is right, and not only what was wrong."""
    rest = _NOT.sub(" ", " ".join(one.text for one in correction))
    return bool(_values(_CORRECTION.sub(" ", _WRONG.sub(" ", rest))))


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
