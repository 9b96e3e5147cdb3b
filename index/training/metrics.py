"""Scores of readings: ranking, short answers, answer sentences, refusal.

The order of windows is by a weighted sum of relevance, span and fused score. The weights are fitted
on calibration questions by a listwise logistic loss and kept apart from what is reported. Area
under the risk-coverage curve: Geifman and El-Yaniv 2017 (arXiv:1705.08500).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from bench_set import BenchSet, window_text
from numpy.typing import NDArray
from score import Reading
from text import exact, f1, holds, sentences

Floats = NDArray[np.float64]
PLAIN = (1.0, 0.5, 0.0)


def features(readings: Sequence[Reading]) -> Floats:
    """Rows (relevance, span, fused) of a question's windows; fused is scaled to about 0..2."""
    return np.array([[r.relevance, r.span, r.fused * 61.0] for r in readings])


def fit(bench: BenchSet, read: Sequence[Sequence[Reading]], rows: Sequence[int]) -> tuple[float, ...]:
    """Weights that put windows with the answer, in an evidence article, first."""
    groups = []
    for row in rows:
        good = [relevant(bench, row, reading.window) for reading in read[row]]
        if any(good):
            groups.append((torch.tensor(features(read[row])), torch.tensor(good)))
    weights = torch.tensor(PLAIN, dtype=torch.float64, requires_grad=True)
    solver = torch.optim.LBFGS([weights], max_iter=60)

    def closure() -> torch.Tensor:
        solver.zero_grad()
        loss = torch.stack([
            torch.logsumexp(x @ weights, 0) - torch.logsumexp((x @ weights)[good], 0)
            for x, good in groups
        ]).mean() + 1e-3 * weights.square().sum()  # fmt: skip
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    solver.step(closure)  # type: ignore[no-untyped-call]
    return tuple(round(float(value), 4) for value in weights.detach())


def relevant(bench: BenchSet, row: int, window: int) -> bool:
    """An evidence article's window that holds an answer string."""
    item = bench.questions[row]
    article = bench.articles[int(bench.windows[window, 0])]
    return article.id in item.docs and holds(window_text(bench, window), item.answers)


def sentence(bench: BenchSet, reading: Reading) -> str:
    """The sentence (of its article) that a reading's span begins in."""
    text = bench.articles[int(bench.windows[reading.window, 0])].text
    for start, end in sentences(text):
        if start <= reading.start < end:
            return text[start : max(end, reading.end)]
    return text[reading.start : reading.end]


def ordered(readings: Sequence[Reading], weights: Sequence[float]) -> list[tuple[float, Reading]]:
    """Readings with their score, best first."""
    scores = features(readings) @ np.array(weights)
    order = np.argsort(-scores, kind="stable")
    return [(float(scores[at]), readings[at]) for at in order]


def quality(
    bench: BenchSet, read: Sequence[Sequence[Reading]], rows: Sequence[int],
    weights: Sequence[float],
) -> dict[str, float]:  # fmt: skip
    """Means over answerable questions."""
    table: dict[str, list[float]] = {}
    for row in rows:
        item = bench.questions[row]
        best = [reading for _, reading in ordered(read[row], weights)]
        docs = [bench.articles[int(bench.windows[r.window, 0])].id for r in best]
        first = [bench.articles[int(bench.windows[r.window, 0])].id for r in read[row]]
        article = bench.articles[int(bench.windows[best[0].window, 0])]
        short = article.text[best[0].start : best[0].end]
        shown = list(dict.fromkeys(sentence(bench, reading) for reading in best[:6]))[:3]
        hits = [holds(text, item.answers) for text in shown]
        values = {
            "fused@1": first[0] in item.docs, "recall@1": docs[0] in item.docs,
            "recall@5": bool(set(docs[:5]) & set(item.docs)),
            "reach": bool(set(docs) & set(item.docs)),
            "sentence@1": hits[0], "sentence@3": any(hits),
            "em": exact(short, item.answers), "f1": f1(short, item.answers),
        }  # fmt: skip
        for key, value in values.items():
            table.setdefault(key, []).append(float(value))
    return {key: round(float(np.mean(values)), 4) for key, values in table.items()}


def refusal(
    read: Sequence[Sequence[Reading]], answered: Sequence[bool], fit_rows: Sequence[int],
    rows: Sequence[int], correct: Sequence[float], weights: Sequence[float],
) -> dict[str, float]:  # fmt: skip
    """Threshold with the best refusal F1 on `fit_rows`; precision and recall on `rows`."""
    top = np.array([ordered(readings, weights)[0][0] for readings in read])
    no = ~np.array(answered)
    fit_at, at = np.array(fit_rows), np.array(rows)
    tried = [(_refuse(top[fit_at] < cut, no[fit_at])[2], cut) for cut in np.unique(top[fit_at])]
    _, cut = max(tried)
    precision, recall, balance = _refuse(top[at] < cut, no[at])
    order = np.argsort(-top[at], kind="stable")
    risk = 1.0 - np.array(correct)[at][order]
    area = float(np.mean(np.cumsum(risk) / np.arange(1, len(risk) + 1)))
    return {"threshold": round(float(cut), 3), "precision": round(precision, 4),
            "recall": round(recall, 4), "refusal_f1": round(balance, 4),
            "aurc": round(area, 4)}  # fmt: skip


def _refuse(refused: NDArray[np.bool_], no: NDArray[np.bool_]) -> tuple[float, float, float]:
    right = float((refused & no).sum())
    precision, recall = right / max(1, refused.sum()), right / max(1, no.sum())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
