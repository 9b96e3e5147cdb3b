"""The training objective: spans and relevance, both against the other windows of the question.

Spans are normalised over all windows of a question (Clark and Gardner 2018, arXiv:1710.10723),
with a zero logit for "no answer"; several gold spans count together (their summed probability).
Relevance is listwise over the same windows and the same zero, plus a pointwise term that keeps the
number meaningful for a window on its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from index.training.batches import Batch

LOW = -1e4


@dataclass(frozen=True)
class Weights:
    """How much each term counts."""

    span: float = 1.0
    listwise: float = 1.0
    pointwise: float = 0.5


def _group_sum(values: Tensor, group: Tensor, groups: int) -> Tensor:
    """log(1 + sum of exp) of the values of every group."""
    peak = torch.zeros(groups).index_reduce(0, group, values.detach(), "amax", include_self=True)
    total = torch.zeros(groups).index_add(0, group, torch.exp(values - peak[group]))
    return peak + torch.log(total + torch.exp(-peak))


def objective(
    relevance: Tensor, spans: list[Tensor], batch: Batch, weights: Weights, total: int
) -> tuple[Tensor, dict[str, float]]:
    """Loss of a batch and its parts; `spans` are per micro-batch, `relevance` per input.

    Every term is a sum over questions divided by `total`, the number of questions of the step, so
    that the losses of a step's shards add up.
    """
    count = len(relevance)
    wide = torch.full((count, 2), LOW)
    gold = torch.full((count,), LOW)
    for micro, logits in zip(batch.micros, spans, strict=True):
        rows = micro.rows
        place = torch.arange(logits.shape[1]).unsqueeze(0)
        inside = (place >= batch.begins[rows, None]) & (place < batch.ends[rows, None])
        kept = logits.masked_fill(~inside.unsqueeze(-1), LOW)
        wide = wide.index_copy(0, rows, torch.logsumexp(kept, 1))
        golds = batch.golds[rows]
        safe = golds.clamp_min(0)
        pairs = logits[:, :, 0].gather(1, safe[:, :, 0]) + logits[:, :, 1].gather(1, safe[:, :, 1])
        pairs = pairs.masked_fill(golds[:, :, 0] < 0, LOW)
        gold = gold.index_copy(0, rows, torch.logsumexp(pairs, 1))
    group, groups, holds = batch.group, batch.groups, batch.holds
    starts = _group_sum(wide[:, 0], group, groups)
    ends = _group_sum(wide[:, 1], group, groups)
    held = torch.zeros(groups, dtype=torch.bool).index_fill(0, group[holds], True)
    target = torch.zeros(groups).index_add(0, group[holds], gold[holds])
    each = starts + ends - target
    span_held = each[held].sum() / total
    span_none = each[~held].sum() / total
    right = torch.zeros(groups).index_add(0, group[holds], relevance[holds])
    listwise = (_group_sum(relevance, group, groups) - right).sum() / total
    each_point = F.binary_cross_entropy_with_logits(relevance, holds.float(), reduction="none")
    mean_point = torch.zeros(groups).index_add(0, group, each_point)
    pointwise = (mean_point / torch.bincount(group, minlength=groups)).sum() / total
    loss = weights.span * (span_held + 0.5 * span_none) + weights.listwise * listwise + weights.pointwise * pointwise
    parts = {"span": float(span_held.detach()), "none": float(span_none.detach()),
             "list": float(listwise.detach()), "point": float(pointwise.detach())}  # fmt: skip
    return loss, parts
