"""Brings Chroma up to date with the catalog: embeds what has no vector yet, deletes what is gone; resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from index.ingest.chunking import embedding_text
from index.models.embedding import Vectors
from index.storage.catalog import Catalog, Unembedded
from index.storage.store import Store

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Nobody is told."""


_T = TypeVar("_T")
_CHUNKS_PER_BATCH = 128


def embed_chunks(store: Store, progress: Progress) -> int:
    """Bring Chroma up to date with the catalog; returns how many chunks had to be embedded.

    Embeddings are kept in the catalog batch by batch, so whatever interrupts this loses two batches at most.
    """
    catalog, vectors = store.catalog, store.vectors
    if not vectors.path.exists():  # somebody deleted them
        with catalog.transaction() as db:
            db.execute("UPDATE chunks SET in_vectors = 0 WHERE in_vectors = 1")
    total = catalog.counts()["chunks_to_embed"]
    delete_vectors(store)
    if total:
        vectors.count(generation=catalog.generation())  # reopens what another process may have written
    done = embedded = ticks = 0

    def tick(_: int) -> None:
        nonlocal ticks
        ticks += 1
        progress("embedding", max(done, ticks), total)

    # While one batch is written, which one core does, the next is embedded.
    ahead = ThreadPoolExecutor(1, thread_name_prefix="next-batch")
    try:
        for batch, missing, known, new in _one_ahead(
            (batch, missing, known, ahead.submit(_embed, store, missing, tick))
            for batch, missing, known in _batches(catalog)
        ):
            known |= zip(missing, new.result(), strict=True)
            catalog.write_embeddings(list(missing), [known[key] for key in missing])
            vectors.add([item.chunk_id for item in batch], np.stack([known[item.key] for item in batch]))
            catalog.mark_embedded([item.number for item in batch])
            vectors.wrote(catalog.generation())
            done += len(batch)
            embedded += len(missing)
            progress("embedding", max(done, ticks), total)
    finally:
        ahead.shutdown(wait=False, cancel_futures=True)  # an interrupt does not wait for what nobody will write
    return embedded


def _batches(catalog: Catalog) -> Iterator[tuple[list[Unembedded], dict[bytes, Unembedded], dict[bytes, Vectors]]]:
    """The chunks without a vector in batches: all of a batch, those to embed by key, and the embeddings known."""
    last = 0
    while batch := catalog.chunks_to_embed(_CHUNKS_PER_BATCH, after=last):
        known = catalog.embeddings([item.key for item in batch])
        yield batch, {item.key: item for item in batch if item.key not in known}, known
        last = batch[-1].number


def _embed(store: Store, missing: dict[bytes, Unembedded], tick: Callable[[int], None]) -> Vectors:
    texts = [embedding_text(item.title, item.words, store.embedder) for item in missing.values()]
    return store.embedder.embed(texts, progress=tick)


def _one_ahead(items: Iterable[_T]) -> Iterator[_T]:
    """The items, the next one drawn before each is given."""
    waiting: list[_T] = []
    for item in items:
        yield from waiting
        waiting = [item]
    yield from waiting


def delete_vectors(store: Store) -> None:
    """Delete the vectors of chunks that the catalog no longer has."""
    doomed = store.catalog.vectors_to_delete()
    if doomed:
        store.vectors.count(generation=store.catalog.generation())  # reopens what another process may have written
    for position in range(0, len(doomed), _CHUNKS_PER_BATCH):
        batch = doomed[position : position + _CHUNKS_PER_BATCH]
        store.vectors.delete(batch)
        with store.catalog.transaction() as db:
            db.executemany("DELETE FROM vectors_to_delete WHERE chunk_id = ?", [(chunk_id,) for chunk_id in batch])
        store.vectors.wrote(store.catalog.generation())
