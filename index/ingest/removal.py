"""Articles that somebody removes, and has back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.ingest.fill_vectors import Progress, delete_vectors, embed_chunks, silent
from index.ingest.find_copies import find_copies
from index.ingest.prepare import prepare, tools_of
from index.storage.store import Store
from index.types import Article


class Removed(NamedTuple):
    """An article that was removed, with where it came from: enough to have it back."""

    article: Article
    root: str
    source: str
    fingerprint: bytes


def remove(store: Store, ids: Sequence[str]) -> list[Removed]:
    """Remove articles from a store, and give them back; raises StoreLocked."""
    with store.writing():
        removed = []
        for article_id in ids:
            if found := store.catalog.article(article_id):
                article, root = found
                fingerprint, source = store.catalog.sources(root)[article_id]
                removed.append(Removed(article, root, source, fingerprint))
        store.catalog.take_out(ids)
        delete_vectors(store)
    return removed


def restore(store: Store, removed: Sequence[Removed], *, progress: Progress | None = None) -> int:
    """Put articles back that were removed, but those whose ids are there again; returns how many were.

    Raises StoreLocked, StoreFull, StoreDamaged, ModelMissing.
    """
    with store.writing():
        gone = [item for item in removed if store.catalog.article(item.article.id) is None]
        store.catalog.take_back([item.article.id for item in gone])
        store.catalog.write_articles([prepare(tools_of(store), *item) for item in gone])
        find_copies(store, progress or silent)
        embed_chunks(store, progress or silent)
    return len(gone)
