"""Second-round negatives: a trained reader reorders the mined windows by how far they fool it.

`python -m index.training.remine --cache C --run RUN --base B --out C2`. Windows that BM25 and vectors rank high
are soon easy; those the reader itself believes are the hardest (as in Xiong et al. 2020,
arXiv:2007.00808, there for dense retrieval). A window whose best span repeats most words of an
answer is dropped, since it probably does answer. Only the sets of real questions are done.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.reader import ANSWER_TOKENS
from index.training.batches import line, split
from index.training.cache import SOURCES, Cache
from index.training.checkpoint import open_reader
from index.training.reader import Reader

REAL = [SOURCES.index(name) for name in SOURCES[:4]]


def best_span(logits: NDArray[np.float32]) -> tuple[int, int, float]:
    """The best (start, end) of at most ANSWER_TOKENS tokens, and its summed logit."""
    sums = logits[:, 0][:, None] + logits[:, 1][None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(np.ones_like(sums, dtype=bool), ANSWER_TOKENS)
    sums = np.where(allowed, sums, -np.inf)
    start, end = np.unravel_index(int(sums.argmax()), sums.shape)
    return int(start), int(end), float(sums[start, end])


class Judge:
    """Scores windows of a cache."""

    def __init__(self, cache: Cache, reader: Reader) -> None:
        self.cache, self.reader = cache, reader

    @torch.inference_mode()
    def judge(self, pairs: list[tuple[int, int]]) -> tuple[NDArray[np.float64], list[set[int]]]:
        """Relevance plus half the span logit of (question, window) pairs, and the span's tokens."""
        lines, parts, begins = [], [], []
        for question, window in pairs:
            title, body, _ = self.cache.window(window)
            ids, part, begin = line(self.cache.question(question), title, body)
            lines.append(ids)
            parts.append(part)
            begins.append((begin, len(body)))
        scores = np.zeros(len(pairs))
        tokens: list[set[int]] = [set() for _ in pairs]
        for micro in split(lines, parts, 2048):
            relevance, spans = self.reader(micro.ids, micro.kinds, micro.lengths)
            for row, score, logits in zip(micro.rows.tolist(), relevance.tolist(), spans.numpy(), strict=True):
                begin, size = begins[row]
                start, end, span = best_span(logits[begin : begin + size])
                scores[row] = score + 0.5 * span
                tokens[row] = set(lines[row][begin + start : begin + end + 1])
        return scores, tokens


def _answers(cache: Cache, question: int) -> list[set[int]]:
    golds = [pair for pair in cache.golds[question].tolist() if pair[0] >= 0]
    return [set(cache.ids[first : last + 1].tolist()) for first, last in golds]


def _repeats(span: set[int], answers: list[set[int]]) -> bool:
    return any(2 * len(span & gold) > len(gold) for gold in answers)


def reorder(cache: Cache, reader: Reader, chunk: int = 32) -> tuple[Cache, int]:
    """The cache with near and far hardest first; and how many windows were dropped."""
    near, far = np.array(cache.near), np.array(cache.far)
    judge = Judge(cache, reader)
    chosen = np.flatnonzero(np.isin(cache.source, REAL))
    dropped = 0
    for first in range(0, len(chosen), chunk):
        keys = [
            (question, table, size, int(window))
            for question in chosen[first : first + chunk].tolist()
            for table, rows in enumerate((near, far))
            for size in range(near.shape[1])
            for window in rows[question, size]
            if window >= 0
        ]
        scores, spans = judge.judge([(key[0], key[3]) for key in keys])
        groups: dict[tuple[int, int, int], list[tuple[float, int]]] = {}
        for key, score, span in zip(keys, scores.tolist(), spans, strict=True):
            kept = groups.setdefault(key[:3], [])
            if _repeats(span, _answers(cache, key[0])):
                dropped += 1
            else:
                kept.append((score, key[3]))
        for (question, table, size), found in groups.items():
            row = (near, far)[table][question, size]
            row[:] = -1
            row[: len(found)] = [window for _, window in sorted(found, reverse=True)]
        if first // chunk % 20 == 0:
            print(f"{first}/{len(chosen)} dropped {dropped}", flush=True)
    return replace(cache, near=near, far=far), dropped


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("cache", "run", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--checkpoint")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    path = given.run / given.checkpoint if given.checkpoint else max(given.run.glob("step*.pt"))
    cache, dropped = reorder(Cache.open(given.cache), open_reader(path, given.base))
    cache.save(given.out, {"from": str(given.cache.name), "reader": path.name, "dropped": dropped})


if __name__ == "__main__":
    main()
