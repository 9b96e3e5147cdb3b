"""Scores of the model on held-back stores: `python -m index.training.teacher.measure --weights W --dev DEV`."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch.nn import functional as F

from index.training.teacher.example import CHOOSE, JUDGE, READ, UNKNOWN_PLACE
from index.training.teacher.linear import shrink_all
from index.training.teacher.model import Teacher, batch_of
from index.training.teacher.sampler import open_all
from index.training.teacher.store import Store

Floats = NDArray[np.float64]
TOKENS = 4096


def auroc(scores: Floats, right: NDArray[np.bool_]) -> float:
    """The chance that a right one scores above a wrong one, ties counting a half."""
    many, few = int(right.sum()), int((~right).sum())
    if not many or not few:
        return math.nan
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    rank = np.cumsum(count) - (count - 1) / 2
    return float((rank[place][right].sum() - many * (many + 1) / 2) / (many * few))


def _span(logits: torch.Tensor, body: int) -> tuple[int, int, float]:
    """The best span of at most 24 tokens, and how far it lies above "no answer here"."""
    start, end = logits[body:-1, 0], logits[body:-1, 1]
    pair = (start[:, None] + end[None, :]).masked_fill(~torch.ones(len(start), len(end)).triu().tril(23).bool(), -1e4)
    place = int(pair.argmax())
    first, last = divmod(place, len(end))
    return body + first, body + last, float(pair.max() - logits[0].sum())


@torch.no_grad()
def scores(model: Teacher, store: Store, device: torch.device) -> dict[str, Floats]:
    """For every row: chance of support, choice, relevance, and the best span with its lead."""
    count = len(store.rows)
    found = {name: np.zeros(count) for name in ("support", "choice", "relevance", "first", "last", "lead")}
    order = np.argsort(np.diff(store.bounds), kind="stable")
    at = 0
    while at < count:
        stop, used = at, 0
        while stop < count and (used == 0 or used < TOKENS):
            used += int(store.bounds[order[stop] + 1] - store.bounds[order[stop]])
            stop += 1
        part = order[at:stop]
        batch = batch_of([store.ids(int(row)) for row in part], device)
        with torch.autocast("cuda", torch.bfloat16, enabled=device.type == "cuda"):
            logits = model(batch)
        numbers = part[batch.order]
        found["support"][numbers] = F.softmax(logits.verdict, -1)[:, 0].cpu().double().numpy()
        found["choice"][numbers] = logits.choice.argmax(-1).cpu().numpy()
        found["relevance"][numbers] = logits.relevance.cpu().double().numpy()
        for place, number in enumerate(numbers):
            if store.rows[number]["task"] == READ:
                low = int(batch.firsts[place])
                best = _span(logits.span[low : low + batch.lengths[place]].cpu(), int(store.rows[number]["body"]))
                found["first"][number], found["last"][number], found["lead"][number] = best
        at = stop
    return found


def judge(store: Store, support: Floats) -> dict[str, float]:
    """Claims: a group of equal labels is one claim, its best row counts; of twins the supported one must lead."""
    right = store.rows["label"] == 0
    edges = list(zip(store.groups[:-1], store.groups[1:], strict=True))
    twins = [(a, b) for a, b in edges if len(set(right[a:b])) == 2]
    if not twins:
        best = np.array([support[a:b].max() for a, b in edges])
        return {"auroc": auroc(best, np.array([right[a] for a, _ in edges])), "claims": len(edges)}
    result = {"auroc": auroc(support, right), "claims": len(right)}
    result["twins"] = float(
        np.mean([support[a:b][right[a:b]].max() > support[a:b][~right[a:b]].max() for a, b in twins])
    )
    chosen = np.median(support[right])
    result["accepted"] = float(np.mean(support[~right] >= 0.5))
    result["refused"] = float(np.mean(support[right] < 0.5))
    result["median"] = float(chosen)
    for number, kind in enumerate(store.kinds):
        here = (store.rows["kind"] == number) & ~right
        if here.sum() >= 10:
            result[f"kind {kind}"] = auroc(np.concatenate([support[right], support[here]]),
                                           np.arange(right.sum() + here.sum()) < right.sum())  # fmt: skip
    return result


def read(store: Store, found: dict[str, Floats]) -> dict[str, float]:
    """Questions: is the answering window known, and is the answer's token span found in it?"""
    rows = store.rows
    right = rows["label"] == 1
    result = {"auroc": auroc(found["relevance"], right), "auroc lead": auroc(found["lead"], right)}
    exact, overlap = [], []
    for number in np.flatnonzero(right & (rows["start"] != UNKNOWN_PLACE)):
        start, end = int(rows[number]["start"]), int(rows[number]["end"])
        first, last = int(found["first"][number]), int(found["last"][number])
        shared = max(0, min(end, last) - max(start, first) + 1)
        exact.append(first == start and last == end)
        overlap.append(2 * shared / (end - start + 1 + last - first + 1))
    if exact:
        result |= {"exact": float(np.mean(exact)), "overlap": float(np.mean(overlap)), "spans": len(exact)}
    return result


def measure(model: Teacher, stores: dict[str, Store], device: torch.device) -> dict[str, dict[str, float]]:
    """Scores of all held-back stores."""
    model.eval()
    result: dict[str, dict[str, float]] = {}
    for name, store in stores.items():
        found = scores(model, store, device)
        tasks = set(store.rows["task"].tolist())
        if tasks == {JUDGE}:
            result[name] = judge(store, found["support"])
        elif tasks == {READ}:
            result[name] = read(store, found)
        elif tasks == {CHOOSE}:
            result[name] = {"accuracy": float(np.mean(found["choice"] == store.rows["label"])), "rows": len(store.rows)}
    model.train()
    return {name: {key: round(value, 4) for key, value in each.items()} for name, each in result.items()}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="weights.safetensors of a run")
    parser.add_argument("--dev", type=Path, required=True, help="folder of held-back stores")
    parser.add_argument("--small", action="store_true", help="by 8-bit products")
    given = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Teacher()
    state: dict[str, Any] = load_file(str(given.weights))
    model.load_state_dict(state)
    model.to(device)
    if given.small:
        shrink_all(model)
    print(json.dumps(measure(model, open_all(given.dev), device), indent=1))


if __name__ == "__main__":
    main()
