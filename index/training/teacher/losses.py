"""The loss of a batch: every example counts for the heads of its task only."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from index.training.teacher.example import CHOOSE, JUDGE, LABELS, READ, UNKNOWN_PLACE
from index.training.teacher.model import Batch, Logits

UNTOLD = LABELS.index("X")


def span_loss(logits: Tensor, body: int, start: int, end: int) -> Tensor:
    """Cross-entropy of start and end over the second text and place 0, which stands for no answer here."""
    places = torch.cat([logits[:1], logits[body:-1]])
    targets = torch.tensor([0 if place == UNKNOWN_PLACE else place - body + 1 for place in (start, end)])
    return F.cross_entropy(places.t(), targets.to(logits.device)) * 1.0


def verdict_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy, where "not supported" asks only that the mass lie outside "supported"."""
    chances = F.log_softmax(logits, -1)
    known = -chances.gather(1, labels.clamp_max(2).unsqueeze(1)).squeeze(1)
    untold = -torch.logsumexp(chances[:, 1:], 1)
    return torch.where(labels == UNTOLD, untold, known)


def objective(logits: Logits, batch: Batch, rows: NDArray[Any], total: float) -> tuple[Tensor, dict[str, float]]:
    """Sum over `rows` (in the batch's order) divided by `total`, and the mean of every part."""
    device = logits.relevance.device
    task = rows["task"]
    label = torch.from_numpy(rows["label"].astype(np.int64)).to(device)
    weight = torch.from_numpy(rows["weight"].astype(np.float32)).to(device)
    each = {}
    if (found := np.flatnonzero(task == READ)).size:
        here = torch.from_numpy(found).to(device)
        answers = F.binary_cross_entropy_with_logits(logits.relevance[here], label[here].float(), reduction="none")
        each["relevance"] = (weight[here] * answers, len(found))
        spans = []
        for place in found:
            row, first, length = rows[place], int(batch.firsts[place]), batch.lengths[place]
            if row["label"] and row["start"] == UNKNOWN_PLACE:
                continue
            part = span_loss(logits.span[first : first + length], int(row["body"]), int(row["start"]), int(row["end"]))
            spans.append(float(row["weight"]) * (1.0 if row["label"] else 0.5) * part)
        if spans:
            each["span"] = (torch.stack(spans), len(spans))
    if (found := np.flatnonzero(task == CHOOSE)).size:
        here = torch.from_numpy(found).to(device)
        each["choice"] = (
            weight[here] * F.cross_entropy(logits.choice[here], label[here], reduction="none"),
            len(found),
        )
    if (found := np.flatnonzero(task == JUDGE)).size:
        here = torch.from_numpy(found).to(device)
        each["verdict"] = (weight[here] * verdict_loss(logits.verdict[here], label[here]), len(found))
    loss = torch.stack([values.sum() for values, _ in each.values()]).sum() / total
    return loss, {name: float(values.detach().sum()) / count for name, (values, count) in each.items()}
