"""A query to the passages that most likely answer it: found by meaning and by words, ranked, then read."""

from __future__ import annotations

from math import exp

from index.passage import Passage, Why
from index.search.one_of_copies import OneOfCopies
from index.search.query import Query
from index.search.recency import favour
from index.search.rerank import found_score, rerank
from index.storage.store import Store

_CANDIDATES = 50
"""How many chunks each of the two searches contributes."""

_RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009)."""

_MIDDLE = 8.0
"""Where a score, a logistic function of the weighted sum, is a half."""


def retrieve(store: Store, query: Query, *, top_k: int, fast: bool = False) -> list[Passage]:
    """The passages most likely to answer the query, best first: found by both searches, then read and ranked anew.

    All that were read are given back, ``top_k`` at least, as far as there are as many. With ``fast`` ``top_k`` are, and
    not read.
    """
    if fast:
        return _find(store, query, top_k)
    return rerank(store.reader, query, _find(store, query, max(top_k, store.reader.passages)))


def _find(store: Store, query: Query, top_k: int) -> list[Passage]:
    reasons = _reasons(store, query)
    sums = {chunk_id: found_score(why) for chunk_id, why in reasons.items()}
    ranked = sorted(sums, key=lambda chunk_id: (-sums[chunk_id], chunk_id))
    passages: list[Passage] = []
    copies = OneOfCopies(store.catalog, ranked)
    # Chroma may still hold a chunk that the catalog no longer has, so fetch until there are enough.
    for position in range(0, len(ranked), top_k):
        batch = ranked[position : position + top_k]
        found = store.catalog.find_chunks(batch)
        for chunk_id in batch:
            if chunk_id in found and len(passages) < top_k and not copies.repeats(found[chunk_id]):
                hit = found[chunk_id]
                score = 1 / (1 + exp(_MIDDLE - sums[chunk_id]))
                passages.append(Passage(hit.chunk, hit.article, score, reasons[chunk_id], analysis=hit.analysis))
        if len(passages) == top_k:
            break
    return passages


def _reasons(store: Store, query: Query) -> dict[str, Why]:
    """Every chunk that one of the two searches found, and why."""
    by_vector = store.background.submit(store.search_vectors, query.vector, _CANDIDATES, query.window)
    words = store.search_words(query.search_terms, _CANDIDATES, query.window)
    spelled = {term: tuple(f" {word} " for word in spellings) for term, spellings in query.terms.items()}
    matched = {
        chunk_id: tuple(term for term, spellings in spelled.items() if any(word in there for word in spellings))
        for chunk_id, there in store.catalog.terms_of([chunk_id for chunk_id, _ in words]).items()
    }
    dense = by_vector.result()
    similarity = dict(dense)
    dense_rank = {chunk_id: place for place, (chunk_id, _) in enumerate(dense, start=1)}
    words_rank = {chunk_id: place for place, (chunk_id, _) in enumerate(words, start=1)}
    # A chunk whose vector is not there yet could not be found by meaning: it is judged by its words alone.
    by_words_alone = {chunk_id: words_rank[chunk_id] for chunk_id, in_vectors in words if not in_vectors}
    by_meaning = by_words_alone | dense_rank
    favours = _favours(store, query, [*dict.fromkeys([*dense_rank, *words_rank])])
    told = sum(query.weights.values()) or 1.0
    return {
        chunk_id: Why(
            dense_rank.get(chunk_id),
            similarity.get(chunk_id),
            words_rank.get(chunk_id),
            matched.get(chunk_id, ()),
            (_reciprocal(by_meaning.get(chunk_id)) + _reciprocal(words_rank.get(chunk_id))) / (2 * _reciprocal(1)),
            sum(query.weights[term] for term in matched.get(chunk_id, ())) / told,
            recency=favours.get(chunk_id, 1.0),
        )
        for chunk_id in dense_rank.keys() | words_rank.keys()
    }


def _favours(store: Store, query: Query, chunk_ids: list[str]) -> dict[str, float]:
    """What favours each by the age of its article, from 1 on; nothing where no day is to count."""
    if query.now is None or query.news == 0:
        return {}
    published = store.catalog.published(chunk_ids)
    return {chunk_id: favour(day, query.now, query.news) for chunk_id, day in published.items()}


def _reciprocal(rank: int | None) -> float:
    return 1 / (_RRF_K + rank) if rank else 0.0
