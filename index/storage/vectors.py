"""The vectors of a store, in Chroma: dense search only, and rebuildable from the catalog at any time."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from index.models.embedding import Vectors
from index.storage.faults import vectors_error

_COLLECTION = "chunks"
_openings = count(1)
# Unit vectors: inner product is cosine. 1000 is Chroma's own threshold for writing to disk; smaller ones lose data.
_HNSW = {"space": "ip", "ef_construction": 128, "ef_search": 128, "max_neighbors": 16, "sync_threshold": 1000}


class VectorIndex:
    """One Chroma collection of chunk vectors; opened on first use, reopened when another process wrote it.

    Chroma serves stale hits after another process wrote its folder, so every call names the catalog's generation.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._client: Any = None
        self._collection: Any = None
        self._generation = -1

    def search(self, vector: Vectors, limit: int, *, generation: int) -> list[tuple[str, float]]:
        """The nearest chunk ids with their cosine similarity, nearest first; approximate, as HNSW is."""
        with self._using(generation) as collection:
            hits = collection.query(query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"])
        return [
            (chunk_id, 1.0 - float(far)) for chunk_id, far in zip(hits["ids"][0], hits["distances"][0], strict=True)
        ]

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors; an id that is there already is left alone (ids are made of the content)."""
        with self._using(self._generation) as collection:
            collection.add(ids=list(ids), embeddings=vectors)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; an unknown id is passed over."""
        with self._using(self._generation) as collection:
            collection.delete(ids=list(ids))

    def count(self, *, generation: int) -> int:
        """How many vectors there are."""
        with self._using(generation) as collection:
            return int(collection.count())

    def wrote(self, generation: int) -> None:
        """This process itself moved the store on to this generation: no need to reopen."""
        with self._lock:
            self._generation = generation

    def clear(self) -> None:
        """Drop every vector, whatever state Chroma's folder is in."""
        with self._lock:
            self.close()
            if self.path.is_dir():
                shutil.rmtree(self.path)
            else:
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of Chroma's files."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    @contextmanager
    def _using(self, generation: int) -> Iterator[Any]:
        """The collection, opened for this generation; one thread at a time; raises StoreDamaged for Chroma's faults."""
        with self._lock:
            try:
                if self._client is None or generation != self._generation:
                    self.close()
                    self._open()
                    self._generation = generation
                yield self._collection
            except (KeyboardInterrupt, SystemExit, GeneratorExit):
                raise
            except BaseException as error:  # a panic in Chroma's Rust part is not an Exception
                self._client = self._collection = None  # an engine that failed once goes on failing
                raise vectors_error(self.path, error) from error

    def _spell_path(self) -> str:
        """The folder, spelled differently each time ("/./" is "/").

        Chroma keeps one engine per spelling of a path and process, and goes on using it after it failed or after
        another process wrote; a new spelling is a new engine. A number in "/" and "/." is short however often.
        """
        return str(self.path) + format(next(_openings), "b").replace("0", "/").replace("1", "/.")

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        self._client = chromadb.PersistentClient(self._spell_path(), settings=settings)
        self._collection = self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )
