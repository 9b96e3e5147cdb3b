"""A compact BERT encoder (Devlin et al. 2019, arXiv:1810.04805) for CPU training in bf16.

Only what a six-layer MiniLM needs (Wang et al. 2020, arXiv:2002.10957): one fused QKV product,
post-layer-norm blocks, and token rows kept flat (T, H) outside attention so that every dense
product sees the same large matrix whatever the length of the sequences is.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from index.training.attention import attend
from index.training.noise import NoiseBank


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; the defaults are those of MiniLM-L6-H384."""

    vocab: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    eps: float = 1e-12


def residual(rows: Tensor, change: Tensor, noise: NoiseBank | None) -> Tensor:
    """rows + dropout(change) in one pass where there is noise."""
    return rows + change if noise is None else torch.addcmul(rows, change, noise.like(change))


class Block(nn.Module):
    """One transformer layer over flat token rows."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.eps)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.eps)

    def forward(self, rows: Tensor, mask: Tensor | None, batch: int, noise: NoiseBank | None) -> Tensor:
        """Map rows (batch*length, hidden) to rows of the same shape."""
        mixed = attend(self.qkv(rows), mask, batch, self.heads)
        return self.rest(rows, mixed, noise)

    def rest(self, rows: Tensor, mixed: Tensor, noise: NoiseBank | None) -> Tensor:
        """Everything after attention: projection, residuals, norms, feed-forward."""
        rows = self.norm1(residual(rows, self.out(mixed), noise))
        wide = F.gelu(self.up(rows))
        result: Tensor = self.norm2(residual(rows, self.down(wide), noise))
        return result


class Encoder(nn.Module):
    """Embeddings and blocks; word vectors are frozen (no 30k-row gradient)."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        hidden = self.shape.hidden
        self.words = nn.Embedding(self.shape.vocab, hidden)
        self.words.weight.requires_grad_(False)
        self.places = nn.Embedding(self.shape.positions, hidden)
        self.kinds = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=self.shape.eps)
        self.noise: NoiseBank | None = None
        self.blocks = nn.ModuleList(Block(self.shape) for _ in range(self.shape.layers))

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor | None) -> Tensor:
        """Encode ids (batch, length) to flat rows (batch*length, hidden)."""
        batch, length = ids.shape
        mixed = self.words(ids) + self.places.weight[:length] + self._kind_rows(kinds)
        rows = self.norm(mixed).view(batch * length, -1)
        noise = self.noise if self.training else None
        if noise is not None:
            rows = rows * noise.like(rows)
        for block in self.blocks:
            rows = block(rows, mask, batch, noise)
        result: Tensor = rows
        return result

    def _kind_rows(self, kinds: Tensor) -> Tensor:
        """Type vectors by arithmetic: two rows need no gather and no scatter backwards."""
        flag = kinds.unsqueeze(-1).to(self.kinds.weight.dtype)
        base, other = self.kinds.weight[0], self.kinds.weight[1]
        return base + flag * (other - base)


def additive_mask(lengths: Tensor, width: int, dtype: torch.dtype) -> Tensor:
    """0 on real tokens and a large negative number on padding, shaped for attention."""
    keep = torch.arange(width).unsqueeze(0) < lengths.unsqueeze(1)
    blocked = torch.zeros(keep.shape, dtype=dtype).masked_fill_(~keep, -1e4)
    return blocked[:, None, None, :]
