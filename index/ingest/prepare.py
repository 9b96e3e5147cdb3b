"""An article becomes an entry of the catalog: cut into sentences and chunks, its words and times analysed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from index.analysis.analyse import analyse
from index.analysis.language import detect_language
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.analysis.stems import searched_terms
from index.ingest.chunking import TokenCounter, chunk_article
from index.ingest.date_article import times_of
from index.storage.rows import Entry
from index.storage.store import Store
from index.times.live_blog import posted, without_stamps
from index.types import Article


@dataclass(frozen=True, slots=True)
class Tools:
    """What an article is prepared with, which may be sent to another process."""

    counter: TokenCounter
    embedder: str
    """Its name."""
    chunk_tokens: int
    day_first: bool


def tools_of(store: Store) -> Tools:
    """Those of a store."""
    settings, embedder = store.settings, store.embedder
    return Tools(embedder, embedder.name, settings.chunk_tokens, settings.day_first)


def prepare(tools: Tools, article: Article, root: str, source: str, fingerprint: bytes) -> Entry:
    """Cut an article into sentences and chunks, and analyse its words."""
    if article.language is None:
        article = replace(article, language=detect_language(article.text))
    layout = read_layout(article.text, title=article.title)
    sentences = split_sentences(article.text, layout, page=article.language == "en", language=article.language or "en")
    told = [span for span in sentences if span.evidence]
    updates = posted(article, sentences)
    if updates:
        sentences = without_stamps(article.text, sentences, updates)
        told = [span for span in sentences if span.evidence]
    times = times_of(article, told, updates, day_first=tools.day_first)
    pieces, chunks = chunk_article(article, sentences, tools.counter, max_tokens=tools.chunk_tokens)
    bodies = [article.text[chunk.start : chunk.end] for chunk in chunks]
    return Entry(
        article,
        root,
        source,
        fingerprint,
        analyse(article.text, pieces, times, updates, article.title),
        chunks,
        keys=[_embedding_key(tools.embedder, article.title, body) for body in bodies],
        title_terms=" ".join(searched_terms(f"{article.title or ''} {article.place or ''}", article.language)),
        chunk_terms=[" ".join(searched_terms(body, article.language)) for body in bodies],
    )


def fingerprint(article: Article) -> bytes:
    """What is the same as long as a source gives the same article."""
    return hashlib.sha256(json.dumps(asdict(article), sort_keys=True).encode()).digest()


def _embedding_key(embedder: str, title: str | None, body: str) -> bytes:
    return hashlib.sha256(json.dumps([embedder, title, body]).encode()).digest()
