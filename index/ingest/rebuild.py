"""A store is made anew from its own articles, with the settings of now."""

from __future__ import annotations

from contextlib import closing

from index.ingest.date_article import date_article
from index.ingest.fill_vectors import Progress, embed_chunks, silent
from index.ingest.find_copies import find_copies
from index.ingest.prepare import tools_of
from index.ingest.text_work import TextWork
from index.storage.store import Store

_ARTICLES_PER_TRANSACTION = 100


def rebuild(store: Store, *, progress: Progress | None = None) -> int:
    """Cut, index and embed every article anew with the settings of now; returns how many chunks were embedded.

    The articles stay searchable by words throughout; embeddings of unchanged words are taken from the catalog.
    Interrupted, it leaves a store that can be rebuilt again.
    """
    progress = progress or silent
    store.catalog.counts()  # a missing store is said before a lock file is made for it
    with store.writing():
        with store.catalog.transaction() as db:
            # Until it has ended the store is half of the one kind and half of the other, and says so.
            db.execute("INSERT OR REPLACE INTO meta VALUES ('analysis', 'an unfinished rebuild')")
            db.execute("UPDATE chunks SET in_vectors = 0")
            rows = db.execute("SELECT id, root, source, fingerprint FROM articles ORDER BY number").fetchall()
        store.vectors.clear()
        with store.catalog.transaction() as db:
            db.execute("DELETE FROM vectors_to_delete")
        with closing(TextWork(tools_of(store))) as work:
            for position in range(0, len(rows), _ARTICLES_PER_TRANSACTION):
                progress("cutting articles", position, len(rows))
                entries = [
                    work.prepare(
                        date_article(article[0], article, day_first=store.settings.day_first)[0],
                        root,
                        source,
                        fingerprint,
                    )
                    for article_id, root, source, fingerprint in rows[position : position + _ARTICLES_PER_TRANSACTION]
                    if (article := store.catalog.article(article_id))
                ]
                store.catalog.write_articles([entry() for entry in entries], rewrite=True)
        store.remember_settings()
        find_copies(store, progress)
        embedded = embed_chunks(store, progress)
        with store.catalog.transaction() as db:
            db.execute("DELETE FROM embeddings WHERE key NOT IN (SELECT embedding FROM chunks)")
        return embedded
