"""A claim checked against the archive: beside quotes that are given, or beside what the articles have nearest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from assistant import messages
from assistant.answer.compose import Place, Quotation
from assistant.answer.same_report import with_copies
from assistant.evidence.as_of import without_later_notes
from assistant.options import Asking
from assistant.types import VerifiedClaim
from assistant.verification.align import locate
from assistant.verification.evidence import Evidence, evidence_of
from assistant.verification.nearest import nearest_sentences
from assistant.verification.verify import Verdict, Verification, verify
from index.analysis.types import SentenceAnalysis
from index.passage import Passage
from index.search.query import Query, plan_query
from index.search.retrieve import retrieve
from index.storage.store import Store
from index.types import Article, Span

_SENTENCES = 6
"""How many sentences of the archive a claim is read beside."""

_TOGETHER = 2
"""So many of the best of them are also read together."""

_PASSAGES = 5


class _Found(NamedTuple):
    """A quote in an article."""

    article: Article
    span: Span
    around: tuple[SentenceAnalysis, ...]

    @property
    def evidence(self) -> Evidence:
        """As it is put beside a claim."""
        return evidence_of(self.article, self.span, self.around)

    @property
    def posted(self) -> datetime | None:
        """When the update of a live blog that it stands in was posted."""
        return next((one.posted for one in self.around if one.start == self.span.start), None)


def verify_in_archive(store: Store, claim: str, quotes: Sequence[str] | None, asking: Asking) -> VerifiedClaim:
    """Whether quotes bear out a claim; without quotes, whether what the articles have nearest to it does.

    A quote that stands in one of the articles found for it comes with that article's title and date; another one is
    taken as it is. Raises what ``Assistant.ask`` raises.
    """
    if quotes is not None:
        return _beside_quotes(store, claim, quotes, asking)
    found = _nearest(store, claim, asking)
    judged = [([one], verify(claim, [one.evidence], store.close_reader)) for one in found]
    judged.sort(key=lambda entry: -entry[1].score)  # stable: the nearest first of those that are alike
    if len(judged) >= _TOGETHER and judged[0][1].verdict is not Verdict.SUPPORTED:
        together = [one for ones, _ in judged[:_TOGETHER] for one in ones]
        judged.append((together, verify(claim, [one.evidence for one in together], store.close_reader)))
    if not judged:
        return _told(store, claim, verify(claim, [], store.close_reader), [])
    places, best = max(judged, key=lambda entry: entry[1].score)
    if best.kept:
        return _told(store, claim, best, places)
    # What is nearest may be about something else, so it contradicts nothing for certain.
    nearest, first = found[0], next(one for ones, one in judged if ones == [found[0]])
    otherwise = first.verdict is Verdict.CONTRADICTED
    reason = messages.NEAREST_SAYS_OTHERWISE if otherwise else messages.NOTHING_SAYS_SO
    return _told(store, claim, Verification(Verdict.UNSUPPORTED, best.score, reason), [nearest])


def _beside_quotes(store: Store, claim: str, quotes: Sequence[str], asking: Asking) -> VerifiedClaim:
    found = [_find(store, quote, asking) for quote in quotes]
    evidence = [one.evidence if one else Evidence(quote) for one, quote in zip(found, quotes, strict=True)]
    return _told(store, claim, verify(claim, evidence, store.close_reader), [one for one in found if one])


def _find(store: Store, quote: str, asking: Asking) -> _Found | None:
    """Where a quote stands, widened to whole sentences; None where no article found for it has it."""
    for passage in _passages(store, plan_query(store, quote, asking.now, asking.window)):
        if span := locate(quote, passage.article.text):
            touched = [one for one in passage.around if one.start < span.end and span.start < one.end]
            whole = Span(touched[0].start, touched[-1].end) if touched else span
            return _Found(passage.article, whole, passage.around)
    return None


def _nearest(store: Store, claim: str, asking: Asking) -> list[_Found]:
    """The sentences of the archive that bear most on a claim, best first."""
    ranked = nearest_sentences(store, claim, asking, passages=_PASSAGES, most=_SENTENCES)
    return [_Found(one.article, Span(one.sentence.start, one.sentence.end), one.around) for one in ranked]


def _passages(store: Store, query: Query) -> list[Passage]:
    return without_later_notes(query, retrieve(store, query, top_k=_PASSAGES, fast=True))


def _told(store: Store, claim: str, found: Verification, places: Sequence[_Found]) -> VerifiedClaim:
    quotation = Quotation()
    quotation.add(claim, [Place(one.article, one.span, posted=one.posted) for one in places])
    return VerifiedClaim(claim, found.verdict.value, found.score, found.reason, with_copies(store, quotation.citations))
