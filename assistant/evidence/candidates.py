"""Passages to evidence: the sentences in them, each with how well it bears on the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.event_time import happened, may_meet
from assistant.question.answer_type import NAMED_BY_KIND, kind_of, offers
from index.analysis.terms import terms
from index.storage.store import Store
from index.times.timex import Timex
from index.types import Article, Passage, Query, Reading, Span

_REFERS_BACK = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]im|[Tt]hem)\b|^[\"'“‘]?(?:The|This|That|These|Those|It|Its|His|Her|Their)\b"
)
"""A pronoun, or the opening of "The French leader …": it speaks of somebody named before."""

_EMBEDDED = 16
"""How many sentences are compared by meaning: 2 ms each, so only those that words and rank put first."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a sentence beside a question; shares are 0 to 1."""

    coverage: float
    """The weighted share of the question's terms that the sentence holds."""
    context: float
    """The same, of the sentence with its neighbours and the title."""
    names: float
    """The share of the question's names in the sentence or the title, or where it refers back, in those before it.

    Half of "Agnes Tolliver" is enough where the other half stands elsewhere in the article."""
    offers: float
    """1 if it holds the kind of thing asked for, 0 if not, a half where that cannot be told."""
    fused: float
    """The score of both searches together for the passage it stands in."""
    recency: float = 0.0
    """By which share its passage was favoured for being new when the question was asked."""
    similarity: float = 0.0
    """The sentence's own cosine similarity to the question; only where the reader did not read."""
    relevance: float = 0.0
    """The reader's logit that the sentence and those around it answer."""
    mass: float = 0.0
    """The reader's logit that an answer is in this sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer a question."""

    article: Article
    span: Span
    features: Features
    terms: frozenset[str]
    reading: Reading | None = None
    aside: str | None = None
    """When what is asked for was, in words, where the sentence tells it only beside its news."""

    @property
    def text(self) -> str:
        """The sentence, character for character."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def words(self) -> str:
        """What the reader likes best in it; nothing where it did not read."""
        return self.article.text[self.reading.start : self.reading.end] if self.reading else ""


def find_evidence(store: Store, query: Query, passages: Sequence[Passage]) -> list[Evidence]:
    """The sentences of some passages that bear most on the query, in no order that matters."""
    found: dict[tuple[str, int], Evidence] = {}
    for passage in passages:
        for evidence in _sentences(store, query, passage):
            key = evidence.article.id, evidence.span.start
            if key not in found or found[key].features.mass < evidence.features.mass:
                found[key] = evidence
    if any(passage.readings for passage in passages):
        return [evidence for evidence in found.values() if evidence.reading]
    return _compare(store, query, sorted(found.values(), key=_first_sight, reverse=True)[:_EMBEDDED])


def _compare(store: Store, query: Query, first: Sequence[Evidence]) -> list[Evidence]:
    if not first:
        return []
    vectors = store.embedder.embed([evidence.text for evidence in first])
    similarities = (vectors @ query.vector).tolist()
    return [
        replace(evidence, features=replace(evidence.features, similarity=similarity))
        for evidence, similarity in zip(first, similarities, strict=True)
    ]


def _first_sight(evidence: Evidence) -> float:
    features = evidence.features
    return 2 * features.coverage + features.context + 0.5 * features.offers + features.fused


def _sentences(store: Store, query: Query, passage: Passage) -> list[Evidence]:
    article = passage.article
    spans = passage.sentences
    times = store.catalog.times(article) if query.time_terms and article.published else ()
    held = [frozenset(terms(article.text[span.start : span.end])) for span in spans]
    title = frozenset(terms(article.title or ""))
    kind = kind_of(query.text)
    result: list[Evidence] = []
    readings = passage.readings or (None,) * len(spans)
    for number, (span, reading) in enumerate(zip(spans, readings, strict=True)):
        if not span.evidence:
            continue
        around = title.union(*held[max(0, number - 2) : number + 2])
        offered = offers(kind, article.text[span.start : span.end], query.terms)
        implied = _implied(query, article, times, span, reading)
        features = Features(
            coverage=covered(query, held[number], implied),
            context=covered(query, around, implied),
            names=share_of_names(query, article, span, held[number] | title, held[max(0, number - 2) : number]),
            offers=0.5 if offered is None else float(offered),
            fused=passage.why.fused * passage.why.recency,
            recency=passage.why.recency - 1,
            relevance=reading.relevance if reading else 0.0,
            mass=reading.mass if reading else 0.0,
        )
        result.append(Evidence(article, span, features, held[number], reading))
    return result


def _implied(
    query: Query, article: Article, times: Sequence[Timex], span: Span, reading: Reading | None
) -> frozenset[str]:
    """The terms of the question that say when, if a sentence of a dated article reports those days."""
    if query.time is None or not query.time_terms or not article.published:
        return frozenset()
    words = (reading.start, reading.end) if reading else None
    when = happened(article, times, span.start, span.end, words)
    return query.time_terms if when and when.last and may_meet(query.time, when) else frozenset()


def covered(query: Query, there: frozenset[str], implied: frozenset[str] = frozenset()) -> float:
    """The weighted share of the query's terms, in any of their spellings, among some terms, or that are implied."""
    passed_over = NAMED_BY_KIND.get(kind_of(query.text), frozenset())
    weights = {term: weight for term, weight in query.weights.items() if term not in passed_over} or query.weights
    total = sum(weights.values())
    held = sum(weight for term, weight in weights.items() if term in implied or not there.isdisjoint(query.terms[term]))
    return held / total if total else 0.0


def share_of_names(
    query: Query, article: Article, span: Span, there: frozenset[str], before: Sequence[frozenset[str]]
) -> float:
    """The share of the query's names that a sentence is about; those before lend theirs only if it refers back."""
    if not query.names:
        return 1.0
    if _REFERS_BACK.search(article.text[span.start : span.end]):
        there = there.union(*before)
    return sum(_share_of(name, query, article, there) for name in query.names) / len(query.names)


def _share_of(name: tuple[str, ...], query: Query, article: Article, there: frozenset[str]) -> float:
    missing = [term for term in name if there.isdisjoint(query.terms[term])]
    if 0 < len(missing) < len(name) and all(_is_written(query, term, article) for term in missing):
        return 1.0  # an article names a person in full once, a place in its dateline
    return 1 - len(missing) / len(name)


def _is_written(query: Query, term: str, article: Article) -> bool:
    word = query.written[term]
    return word in article.text or word.upper() in article.text
