"""An article becomes an entry of the catalog: cut into sentences and chunks, its words and times analysed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from index.analysis.analyse import analyse
from index.analysis.language import detect_language
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.analysis.terms import terms
from index.ingest.chunking import chunk_article
from index.ingest.date_article import times_of
from index.storage.rows import Entry
from index.storage.store import Store
from index.times.live_blog import posted, without_stamps
from index.types import Article


def prepare(store: Store, article: Article, root: str, source: str, fingerprint: bytes) -> Entry:
    """Cut an article into sentences and chunks, and analyse its words."""
    if article.language is None:
        article = replace(article, language=detect_language(article.text))
    layout = read_layout(article.text, title=article.title)
    sentences = split_sentences(article.text, layout, page=article.language == "en")
    # Counting tokens leaves the interpreter free, so the times are found in the meantime.
    told = [span for span in sentences if span.evidence]
    updates = posted(article, sentences)
    if updates:
        sentences = without_stamps(article.text, sentences, updates)
        told = [span for span in sentences if span.evidence]
    times = store.background.submit(times_of, article, told, updates, day_first=store.settings.day_first)
    pieces, chunks = chunk_article(article, sentences, store.embedder, max_tokens=store.settings.chunk_tokens)
    bodies = [article.text[chunk.start : chunk.end] for chunk in chunks]
    return Entry(
        article,
        root,
        source,
        fingerprint,
        analyse(article.text, pieces, times.result(), updates, article.title),
        chunks,
        keys=[_embedding_key(store, article.title, body) for body in bodies],
        title_terms=" ".join(terms(f"{article.title or ''} {article.place or ''}")),
        chunk_terms=[" ".join(terms(body)) for body in bodies],
    )


def fingerprint(article: Article) -> bytes:
    """What is the same as long as a source gives the same article."""
    return hashlib.sha256(json.dumps(asdict(article), sort_keys=True).encode()).digest()


def _embedding_key(store: Store, title: str | None, body: str) -> bytes:
    return hashlib.sha256(json.dumps([store.embedder.name, title, body]).encode()).digest()
