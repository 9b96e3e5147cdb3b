"""Multi-head self-attention with a hand-written backward pass.

The fused CPU attention of torch is quick forwards but takes ten to twenty times longer backwards
in bf16 (measured in bench.py); three batched products and a softmax use the matrix units better.
The gradient is the textbook one (Vaswani et al. 2017, arXiv:1706.03762, equation 1).
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor


class _Attention(torch.autograd.Function):
    """Attention over a fused (batch*length, 3*hidden) tensor of queries, keys and values."""

    @staticmethod
    def forward(ctx: Any, qkv: Tensor, mask: Tensor | None, batch: int, heads: int) -> Tensor:
        rows, triple = qkv.shape
        length, depth = rows // batch, triple // (3 * heads)
        parts = qkv.view(batch, length, 3, heads, depth).permute(2, 0, 3, 1, 4)
        parts = parts.clone(memory_format=torch.contiguous_format)
        parts = parts.view(3, batch * heads, length, depth)
        parts[0].mul_(1.0 / math.sqrt(depth))
        scores = torch.bmm(parts[0], parts[1].transpose(1, 2))
        if mask is not None:
            scores.view(batch, heads, length, length).add_(mask)
        weights = torch.softmax(scores, -1)
        mixed = torch.bmm(weights, parts[2])
        ctx.save_for_backward(parts, weights)
        ctx.batch, ctx.heads = batch, heads
        mixed = mixed.view(batch, heads, length, depth).transpose(1, 2)
        return mixed.reshape(rows, heads * depth)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None, None]:
        parts, weights = ctx.saved_tensors
        batch, heads = ctx.batch, ctx.heads
        _, _, length, depth = parts.shape
        grad = grads[0].reshape(batch, length, heads, depth).transpose(1, 2)
        grad = grad.reshape(batch * heads, length, depth)
        result = torch.empty_like(parts)
        torch.bmm(weights.transpose(1, 2), grad, out=result[2])
        by_weight = torch.bmm(grad, parts[2].transpose(1, 2))
        by_score = torch._softmax_backward_data(by_weight, weights, -1, weights.dtype)
        torch.bmm(by_score, parts[1], out=result[0])
        result[0].mul_(1.0 / math.sqrt(depth))
        torch.bmm(by_score.transpose(1, 2), parts[0], out=result[1])
        merged = result.view(3, batch, heads, length, depth).permute(1, 3, 0, 2, 4)
        return merged.reshape(batch * length, 3 * heads * depth), None, None, None


def attend(qkv: Tensor, mask: Tensor | None, batch: int, heads: int) -> Tensor:
    """Return the mixed values, (batch*length, hidden); `mask` is additive or None."""
    mixed: Tensor = _Attention.apply(qkv, mask, batch, heads)  # type: ignore[no-untyped-call]
    return mixed
