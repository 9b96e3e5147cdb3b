"""The chunks of articles that were published in some days, and searches among them alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from index.models.embedding import Vectors
from index.storage.catalog import Catalog
from index.types import Window

_Hit = TypeVar("_Hit", bound=tuple[object, ...])


@dataclass(frozen=True)
class Within:
    """The chunks of a window, read once for a generation of the store."""

    catalog: Catalog
    window: Window
    ids: frozenset[str]
    numbers: frozenset[int]
    """As the catalog counts them."""
    share: float
    """Of all chunks."""

    @classmethod
    def read(cls, catalog: Catalog, window: Window) -> Within:
        """Look up which chunks they are."""
        chunks = catalog.chunks_within(window)
        numbers = frozenset(chunks.values())
        return cls(catalog, window, frozenset(chunks), numbers, len(chunks) / max(1, catalog.counts()["chunks"]))

    def among(self, search: Callable[[int], list[_Hit]], limit: int) -> list[_Hit]:
        """The best hits of these chunks: as many are fetched as it takes to have so many of them, all at most.

        ``search`` gives the best hits of the whole store, as many as it is asked for; the first of a hit is its id.
        """
        if not self.ids:
            return []
        fetch = int(1.3 * limit / self.share) + limit
        while True:
            hits = search(fetch)
            kept = [hit for hit in hits if hit[0] in self.ids]
            if len(kept) >= limit or len(hits) < fetch:
                return kept[:limit]
            fetch *= 4

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The nearest of these chunks with their cosine similarity, compared one by one."""
        ids, matrix = self._embeddings
        if not ids:
            return []
        similarities = matrix @ vector
        nearest = np.argsort(-similarities, kind="stable")[:limit]
        return [(ids[place], float(similarities[place])) for place in nearest]

    @cached_property
    def as_json(self) -> str:
        """Their numbers, as a JSON array."""
        return json.dumps(sorted(self.numbers))

    @cached_property
    def _embeddings(self) -> tuple[list[str], Vectors]:
        return self.catalog.all_embeddings(self.window)
