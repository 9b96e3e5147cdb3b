"""Cheap dropout: one bank of random keep-masks, cut at a random place for every use.

Drawing a Bernoulli number for every activation costs as much as a dense product on a CPU. The bank
is drawn once; a use takes a random contiguous slice of it, so neighbouring uses are uncorrelated.
Dropout itself: Srivastava et al. 2014.
"""

from __future__ import annotations

import torch
from torch import Tensor

BANK = 1 << 24


class NoiseBank:
    """Scaled keep-masks of one rate, shared by all layers."""

    def __init__(self, rate: float, dtype: torch.dtype, seed: int = 0) -> None:
        maker = torch.Generator().manual_seed(seed)
        keep = torch.rand(BANK, generator=maker) >= rate
        self.bank = keep.to(dtype) / (1.0 - rate)

    def like(self, values: Tensor) -> Tensor:
        """A mask of the shape of `values`, drawn with torch's global generator."""
        size = values.numel()
        start = int(torch.randint(0, BANK - size, (1,)))
        return self.bank[start : start + size].view(values.shape)
