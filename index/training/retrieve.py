"""Words (BM25) and vectors (MiniLM) over windows, fused by reciprocal rank.

BM25: Robertson and Zaragoza 2009, as in bm25s (Lù 2024, arXiv:2407.03618). Fusion: Cormack et al.
2009, sum of 1 / (60 + rank). Vectors: mean of the last layer over tokens, length one (Reimers and
Gurevych 2019, arXiv:1908.10084).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import torch
from numpy.typing import NDArray

from index.training.encoder import Encoder, additive_mask
from index.training.weights import load_minilm

CLS, SEP = 101, 102
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Dense:
    """Sentence vectors by the bf16 encoder, in batches of equal work."""

    def __init__(self, weights: Path) -> None:
        self.encoder = Encoder()
        load_minilm(self.encoder, weights)
        self.encoder.eval().bfloat16()

    @torch.inference_mode()
    def vectors(self, rows: Sequence[NDArray[np.int32]], budget: int = 4096) -> Floats:
        """One unit vector a token list."""
        result = np.zeros((len(rows), self.encoder.shape.hidden), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        at = 0
        while at < len(order):
            stop = at + 1
            while stop < len(order) and (stop + 1 - at) * (len(rows[order[stop]]) + 2) <= budget:
                stop += 1
            part = order[at:stop]
            result[part] = self._batch([rows[i] for i in part])
            at = stop
        return result

    def _batch(self, rows: list[NDArray[np.int32]]) -> Floats:
        lengths = torch.tensor([len(row) + 2 for row in rows])
        ids = torch.zeros((len(rows), int(lengths.max())), dtype=torch.long)
        for number, row in enumerate(rows):
            line = np.concatenate([[CLS], row, [SEP]])
            ids[number, : len(line)] = torch.from_numpy(line)
        mask = additive_mask(lengths, ids.shape[1], torch.bfloat16)
        hidden = self.encoder(ids, torch.zeros_like(ids), mask).view(*ids.shape, -1).float()
        keep = (mask[:, 0, 0] == 0).float().unsqueeze(-1)
        mean = (hidden * keep).sum(1) / keep.sum(1)
        found: Floats = torch.nn.functional.normalize(mean, dim=1).numpy()
        return found


class Words:
    """BM25 over texts, English stop words removed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.index: Any = bm25s.BM25()
        self.index.index(self._split(texts), show_progress=False)
        self.size = len(texts)

    @staticmethod
    def _split(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(list(texts), stopwords="en", show_progress=False)

    def top(self, queries: Sequence[str], count: int) -> Ints:
        """Window numbers of the best `count` for every query."""
        count = min(count, self.size)
        found, _ = self.index.retrieve(self._split(queries), k=count, show_progress=False)
        return np.asarray(found, dtype=np.int64)


def nearest(queries: Floats, vectors: Floats, count: int) -> Ints:
    """Row numbers of the `count` largest products, best first."""
    rows = []
    count = min(count, len(vectors))
    table = torch.from_numpy(vectors).t().contiguous()
    for first in range(0, len(queries), 256):
        scores = torch.from_numpy(queries[first : first + 256]) @ table
        rows.append(scores.topk(count, dim=1).indices.numpy())
    return np.concatenate(rows)


def fuse(first: NDArray[Any], second: NDArray[Any], constant: float = 60.0) -> dict[int, float]:
    """Reciprocal-rank scores of everything in two rankings, best first."""
    scores: dict[int, float] = {}
    for ranking in (first, second):
        for rank, item in enumerate(ranking.tolist()):
            scores[item] = scores.get(item, 0.0) + 1.0 / (constant + rank + 1)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))
