"""A question to the passages that most likely answer it: dense and word search, fused by reciprocal rank."""

from __future__ import annotations

from math import log

from index.store import Store
from index.types import Chunk, Passage, Query, Why
from index.words import CALENDAR_WORDS, STOP_WORDS, content_tokens, is_name, terms, tokens

_CANDIDATES = 50
"""How many chunks each of the two searches contributes."""

_RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009)."""

_COMMON = 0.2
"""A term in more than this share of the chunks is searched for only where the question has too few rarer ones."""

_MIN_RARE_TERMS = 2

_RECENCY = {"last": "last", "latest": "late", "recent": "recent"}


def plan_query(store: Store, question: str) -> Query:
    """Read a question: its terms, which of them are names, and how the corpus spells those that it does not know."""
    written = {term: word for word, term in reversed(list(content_tokens(question)))}
    wanted = list(dict.fromkeys(term for _, term in content_tokens(question)))
    frequencies = store.catalog.document_frequencies(wanted)
    names = _names(question)
    spelled: dict[str, tuple[str, ...]] = {}
    for term in wanted:
        if frequencies[term] == 0 and is_name(term):
            spelled[term] = _similar(store, term)
        else:
            spelled[term] = _same_meaning(store, term, written[term])
    chunks = max(1, store.catalog.counts()["chunks"])
    weights = {
        term: log(1 + chunks / (1 + (frequencies[term] or len(spelled[term])))) / log(1 + chunks) for term in wanted
    }
    vector = store.embedder.embed([question])[0]
    return Query(question, spelled, written, frozenset(names.intersection(wanted)), weights, vector)


def retrieve(store: Store, query: Query, *, top_k: int) -> list[Passage]:
    """The passages most likely to answer the query, best first.

    ``score`` is the sum of the reciprocal ranks, scaled so that first in both searches is 1.
    """
    generation = store.catalog.generation()
    dense = store.vectors.search(query.vector, _CANDIDATES, generation=generation)
    words = store.catalog.search_words(_search_terms(store, query), _CANDIDATES)
    similarity = dict(dense)
    dense_rank = {chunk_id: place for place, (chunk_id, _) in enumerate(dense, start=1)}
    words_rank = {chunk_id: place for place, (chunk_id, _) in enumerate(words, start=1)}
    # A chunk whose vector is not there yet could not be found by meaning: it is judged by its words alone.
    by_words_alone = {chunk_id: words_rank[chunk_id] for chunk_id, in_vectors in words if not in_vectors}
    by_meaning = by_words_alone | dense_rank
    scores = {
        chunk_id: (_reciprocal(by_meaning.get(chunk_id)) + _reciprocal(words_rank.get(chunk_id))) / (2 * _reciprocal(1))
        for chunk_id in dense_rank.keys() | words_rank.keys()
    }
    ranked = sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))
    passages: list[Passage] = []
    # Chroma may still hold a chunk that the catalog no longer has, so fetch until there are enough.
    for position in range(0, len(ranked), top_k):
        batch = ranked[position : position + top_k]
        found = store.catalog.find_chunks(batch)
        for chunk_id in batch:
            if chunk_id in found and len(passages) < top_k:
                hit = found[chunk_id]
                why = Why(
                    dense_rank.get(chunk_id),
                    similarity.get(chunk_id),
                    words_rank.get(chunk_id),
                    _matched(query, hit.article.title, hit.article.text, hit.chunk) if chunk_id in words_rank else (),
                )
                passages.append(Passage(hit.chunk, hit.article, scores[chunk_id], why, hit.sentences))
        if len(passages) == top_k:
            break
    return passages


def _reciprocal(rank: int | None) -> float:
    return 1 / (_RRF_K + rank) if rank else 0.0


def _same_meaning(store: Store, term: str, word: str) -> tuple[str, ...]:
    """The terms that say the same: "the latest", "the most recent" and "last" are asked and written by turns."""
    same = list(_RECENCY.values()) if word.lower() in _RECENCY else [term]
    frequencies = store.catalog.document_frequencies(same)
    return tuple(term for term in same if frequencies[term])


def _names(question: str) -> set[str]:
    """The terms of a question that name somebody or something: capitalised inside it, or in no dictionary."""
    names: set[str] = set()
    for number, (word, term) in enumerate(tokens(question)):
        capitalised = word[0].isupper() and (number > 0 or word.isupper())
        if (capitalised or is_name(word)) and word.lower() not in STOP_WORDS | CALENDAR_WORDS:
            names.add(term)
    return names


def _similar(store: Store, term: str) -> tuple[str, ...]:
    """The corpus's spellings that a term may be a slip of: one edit, or two in a long word; same first letter."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 1 if len(term) < 7 else 2
    if len(term) < 4:
        return ()
    known = [word for word in store.vocabulary() if word[0] == term[0] and abs(len(word) - len(term)) <= slips]
    hits = extract(term, known, scorer=OSA.distance, score_cutoff=slips, limit=3)
    return tuple(word for word, _, _ in hits)


def _search_terms(store: Store, query: Query) -> list[str]:
    """What to search the word index for; very common terms cost time and tell nothing beside rarer ones."""
    spellings = list(dict.fromkeys(word for words in query.terms.values() for word in words))
    frequencies = store.catalog.document_frequencies(spellings)
    most = max(1000.0, _COMMON * store.catalog.counts()["chunks"])
    there = sorted((word for word in spellings if frequencies[word]), key=lambda word: frequencies[word])
    rare = [word for word in there if frequencies[word] <= most]
    return rare if len(rare) >= _MIN_RARE_TERMS else there[:_MIN_RARE_TERMS]


def _matched(query: Query, title: str | None, text: str, chunk: Chunk) -> tuple[str, ...]:
    there = set(terms(title or "")) | set(terms(text[chunk.start : chunk.end]))
    return tuple(term for term, spellings in query.terms.items() if not there.isdisjoint(spellings))
