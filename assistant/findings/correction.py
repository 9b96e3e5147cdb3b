"""An article's correction, and whether it says that a chosen sentence is wrong: one of its own, or another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.evidence.as_of import added_later, last_day
from assistant.evidence.candidates import Evidence
from assistant.evidence.scoring import Scored
from assistant.question.answer_type import kind_of, offers
from index.analysis.editorial_notes import AMENDED_ON, calls_wrong, is_correction, right_values
from index.analysis.terms import STOP_WORDS, terms
from index.storage.store import Store
from index.types import Query, Span

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


def find_correction(store: Store, query: Query, chosen: Evidence, ranked: Sequence[Scored]) -> Correction | None:
    """The correction that bears on a chosen sentence, or is that sentence; None where none does.

    That of its own article is asked first; one of another article bears on it if it calls it wrong.
    """
    for span in store.catalog.sentences(chosen.article):
        text = chosen.article.text[span.start : span.end]
        itself = span == chosen.span
        if not span.evidence or not is_correction(text) or (is_correction(chosen.text) and not itself):
            continue
        if added_later(chosen.article, span.start, last_day(query)):
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
        there = set(terms(AMENDED_ON.sub(" ", text))) - STOP_WORDS - _BOILERPLATE
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
    if correction.wrong and correction.own and not right_values(" ".join(one.text for one in correction.evidence)):
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


def _rest_of(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences that go on with a correction: those in its paragraph."""
    rest: list[Span] = []
    for span in spans:
        if "\n\n" in text[span.start - 2 : span.start] or is_correction(text[span.start : span.end]):
            break
        rest.append(span)
    return rest
