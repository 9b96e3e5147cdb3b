"""Runs a reader over the candidates of a set and keeps what every window says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from batches import line, split
from bench_set import BenchSet
from numpy.typing import NDArray

LONGEST = 24
Runner = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class Reading:
    """One window read for one question; start and end are characters of the article."""

    window: int
    fused: float
    relevance: float
    span: float
    start: int
    end: int


def best_span(logits: NDArray[np.float32]) -> tuple[int, int, float]:
    """Best (start, end) of at most LONGEST tokens, and its summed logit."""
    sums = logits[:, 0][:, None] + logits[:, 1][None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(np.ones_like(sums, dtype=bool), LONGEST)
    sums = np.where(allowed, sums, -np.inf)
    start, end = np.unravel_index(int(sums.argmax()), sums.shape)
    return int(start), int(end), float(sums[start, end])


@torch.inference_mode()
def read(bench: BenchSet, run: Runner, depth: int, chunk: int = 64) -> list[list[Reading]]:
    """Readings of the first `depth` candidates of every question, in candidate order."""
    result: list[list[Reading]] = []
    for first in range(0, len(bench.questions), chunk):
        numbers = range(first, min(first + chunk, len(bench.questions)))
        keys = [(q, w, f) for q in numbers for w, f in bench.candidates[q][:depth]]
        lines, parts, begins = [], [], []
        for question, window, _ in keys:
            article, low, high, _ = bench.windows[window]
            body = bench.tokens.ids[low:high]
            ids, part, begin = line(bench.asked[question], bench.titles[article], body)
            lines.append(ids)
            parts.append(part)
            begins.append(begin)
        found: dict[int, Reading] = {}
        for micro in split(lines, parts, 4096):
            relevance, spans = run(micro.ids, micro.kinds, micro.lengths)
            for row, score, logits in zip(micro.rows.tolist(), relevance.tolist(), spans.numpy(), strict=True):
                found[row] = _reading(bench, keys[row], begins[row], score, logits)
        groups: dict[int, list[Reading]] = {question: [] for question in numbers}
        for row, (question, _, _) in enumerate(keys):
            groups[question].append(found[row])
        result += [groups[question] for question in numbers]
    return result


def _reading(
    bench: BenchSet, key: tuple[int, int, float], begin: int, score: float,
    logits: NDArray[np.float32],
) -> Reading:  # fmt: skip
    _, window, fused = key
    _, low, high, _ = (int(value) for value in bench.windows[window])
    start, end, span = best_span(logits[begin : begin + high - low])
    tokens = bench.tokens
    return Reading(window, fused, score, span, int(tokens.starts[low + start]),
                   int(tokens.ends[low + end]))  # fmt: skip
