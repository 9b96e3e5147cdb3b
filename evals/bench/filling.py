"""Stores that are filled without embedding for an hour: the vectors are drawn at random."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.terminal.render import Progress, consoles
from evals.bench.stories import write_jsonl
from evals.bench.synthetic import World
from index.models.embedding import DIMENSIONS, MiniLM, Vectors

_CHUNKS_PER_ARTICLE = 4.9
"""Of the invented articles; how many chunks there really are is printed."""


class RandomEmbedder(MiniLM):
    """Stands in for the embedder while a store is filled: unit vectors at random, under the embedder's own name.

    Ingest puts them into the catalog's embedding cache and into Chroma as it does with real ones; the store is then
    opened with the real embedder, which embeds the questions.
    """

    def __init__(self, seed: int = 7) -> None:
        self._rng = np.random.default_rng(seed)

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """Random float32 rows of unit length, shape (len(texts), 384)."""
        vectors = self._rng.standard_normal((len(texts), DIMENSIONS), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def fill(store: Path, source: Path) -> int:
    """Ingest a file or folder with random vectors; gives back how many chunks the store has."""
    _, beside = consoles()
    with Assistant.open(store) as assistant:
        assistant.store.embedder = RandomEmbedder()
        with Progress(beside) as progress:
            assistant.ingest([source], progress=progress)
        return int(assistant.status()["chunks"])


def large_store(folder: Path, chunks: int) -> tuple[Path, int, float]:
    """A store of about so many chunks of invented news, how many there are, and the seconds it took."""
    stories = World().articles(max(1, round(chunks / _CHUNKS_PER_ARTICLE)))
    source = write_jsonl(stories, folder / "large.jsonl")
    began = time.perf_counter()
    filled = fill(folder / "large", source)
    return folder / "large", filled, time.perf_counter() - began
