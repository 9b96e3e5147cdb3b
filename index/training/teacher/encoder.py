"""MPNet's encoder (Song et al. 2020, arXiv:2004.09297) in plain torch, over flat token rows without padding.

Sequences lie one after another, sorted by length; attention runs over groups of equally long ones, so nothing is
padded and nothing masked. All layers share one table of relative positions (Raffel et al. 2020, arXiv:1910.10683).
Embeddings, that table and the lowest layers may stay frozen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from index.training.teacher.linear import Dense

FIRST_PLACE = 2
Groups = Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; the defaults are those of MPNet-base."""

    vocab: int = 30527
    hidden: int = 768
    layers: int = 12
    heads: int = 12
    inner: int = 3072
    positions: int = 514
    buckets: int = 32
    far: int = 128
    eps: float = 1e-5


def buckets(length: int, count: int, far: int) -> Tensor:
    """The bucket of every (query, key) pair: half of them for keys before, exact when near, logarithmic when far."""
    place = torch.arange(length)
    back = place[:, None] - place[None, :]
    half = count // 2
    side = (back < 0).long() * half
    back = back.abs()
    exact = half // 2
    far_bucket = exact + (
        torch.log(back.clamp_min(1).float() / exact) / math.log(far / exact) * (half - exact)
    ).long().clamp_max(half - exact - 1)
    return side + torch.where(back < exact, back, far_bucket)


class _Attention(torch.autograd.Function):
    """Attention over a fused (tokens, 3*hidden) tensor, group by group, with a bias that is not trained."""

    @staticmethod
    def forward(ctx: Any, qkv: Tensor, bias: Tensor, groups: Groups, heads: int) -> Tensor:
        rows, triple = qkv.shape
        depth = triple // (3 * heads)
        result = qkv.new_empty(rows, heads * depth)
        kept: list[Tensor] = []
        for start, count, length in groups:
            here = slice(start, start + count * length)
            parts = qkv[here].view(count, length, 3, heads, depth).permute(2, 0, 3, 1, 4)
            parts = parts.clone(memory_format=torch.contiguous_format).view(3, count * heads, length, depth)
            parts[0].mul_(1.0 / math.sqrt(depth))
            scores = torch.bmm(parts[0], parts[1].transpose(1, 2))
            scores.view(count, heads, length, length).add_(bias[:, :length, :length])
            weights = torch.softmax(scores, -1).to(qkv.dtype)
            mixed = torch.bmm(weights, parts[2]).view(count, heads, length, depth)
            result[here] = mixed.transpose(1, 2).reshape(count * length, heads * depth)
            kept += [parts, weights]
        ctx.save_for_backward(*kept)
        ctx.groups, ctx.heads = groups, heads
        return result

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None, None]:
        grad, heads = grads[0], ctx.heads
        result = grad.new_empty(grad.shape[0], 3 * grad.shape[1])
        for number, (start, count, length) in enumerate(ctx.groups):
            parts, weights = ctx.saved_tensors[2 * number : 2 * number + 2]
            depth = parts.shape[-1]
            here = slice(start, start + count * length)
            part = grad[here].view(count, length, heads, depth).transpose(1, 2).reshape(count * heads, length, depth)
            each = torch.empty_like(parts)
            torch.bmm(weights.transpose(1, 2), part, out=each[2])
            by_weight = torch.bmm(part, parts[2].transpose(1, 2))
            by_score = torch._softmax_backward_data(by_weight, weights, -1, weights.dtype)
            torch.bmm(by_score, parts[1], out=each[0])
            each[0].mul_(1.0 / math.sqrt(depth))
            torch.bmm(by_score.transpose(1, 2), parts[0], out=each[1])
            merged = each.view(3, count, heads, length, depth).permute(1, 3, 0, 2, 4)
            result[here] = merged.reshape(count * length, 3 * heads * depth)
        return result, None, None, None


class Block(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = Dense(shape.hidden, 3 * shape.hidden)
        self.out = Dense(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.eps)
        self.up = Dense(shape.hidden, shape.inner)
        self.down = Dense(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.eps)

    def forward(self, rows: Tensor, bias: Tensor, groups: Groups) -> Tensor:
        """Map rows (tokens, hidden) to rows of the same shape."""
        qkv = self.qkv(rows)
        mixed = _Attention.apply(qkv, bias.to(qkv.dtype), groups, self.heads)  # type: ignore[no-untyped-call]
        rows = self.norm1(rows + self.out(mixed))
        result: Tensor = self.norm2(rows + self.down(F.gelu(self.up(rows))))
        return result


class Encoder(nn.Module):
    """Embeddings and blocks; `frozen` counts the lowest blocks that are not trained."""

    def __init__(self, shape: Shape | None = None, frozen: int = 0) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.frozen = frozen
        self.words = nn.Embedding(self.shape.vocab, self.shape.hidden)
        self.places = nn.Embedding(self.shape.positions, self.shape.hidden)
        self.near = nn.Embedding(self.shape.buckets, self.shape.heads)
        self.norm = nn.LayerNorm(self.shape.hidden, eps=self.shape.eps)
        self.blocks = nn.ModuleList(Block(self.shape) for _ in range(self.shape.layers))
        for part in (self.words, self.places, self.near, self.norm, *self.blocks[:frozen]):
            part.requires_grad_(False)
        self.bias: Tensor | None = None

    def distances(self, length: int) -> Tensor:
        """Bias of relative positions (heads, at least length, at least length), kept for the next call."""
        if self.bias is None or self.bias.shape[1] < length:
            table = buckets(max(length, 256), self.shape.buckets, self.shape.far).to(self.near.weight.device)
            self.bias = self.near.weight.detach()[table].permute(2, 0, 1).contiguous()
        return self.bias

    def forward(self, ids: Tensor, places: Tensor, groups: Groups) -> Tensor:
        """Encode tokens (n,) at `places` (n,) of their sequences to rows (n, hidden)."""
        bias = self.distances(max(length for _, _, length in groups))
        with torch.no_grad():
            rows = self.norm(self.words(ids) + self.places(places + FIRST_PLACE))
            for block in self.blocks[: self.frozen]:
                rows = block(rows, bias, groups)
        for block in self.blocks[self.frozen :]:
            rows = block(rows, bias, groups)
        result: Tensor = rows
        return result


PARTS = {"out": "attention.attn.o", "norm1": "attention.LayerNorm", "up": "intermediate.dense",
         "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip


def load_mpnet(encoder: Encoder, path: Path) -> dict[str, Tensor]:
    """Copy the published weights in place and return the raw tensors (the pooler is among them)."""
    raw = load_file(str(path))
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "places.weight": raw["embeddings.position_embeddings.weight"],
        "near.weight": raw["encoder.relative_attention_bias.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for number in range(encoder.shape.layers):
        here, there = f"blocks.{number}", f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            for ours, theirs in PARTS.items():
                state[f"{here}.{ours}.{kind}"] = raw[f"{there}.{theirs}.{kind}"]
            state[f"{here}.qkv.{kind}"] = torch.cat([raw[f"{there}.attention.attn.{x}.{kind}"] for x in "qkv"])
    encoder.load_state_dict(state)
    return raw
