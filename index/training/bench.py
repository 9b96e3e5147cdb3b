"""Examples a second of one forward and backward pass: `python -m index.training.bench [--length 128]`.

Each line adds one change to the line before, so the table tells what each is worth.
"""

from __future__ import annotations

import argparse
import time

import torch
from torch import Tensor
from torch.nn import functional as F

from index.training import encoder
from index.training.attention import attend
from index.training.encoder import Encoder, additive_mask
from index.training.noise import NoiseBank


def fused(qkv: Tensor, mask: Tensor | None, batch: int, heads: int) -> Tensor:
    """Attention by the library's fused operator, for comparison."""
    rows = qkv.shape[0]
    parts = qkv.view(batch, rows // batch, 3, heads, -1).permute(2, 0, 3, 1, 4)
    mixed = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
    return mixed.transpose(1, 2).reshape(rows, -1)


class Bernoulli(NoiseBank):
    """Dropout masks drawn one by one, for comparison."""

    def like(self, values: Tensor) -> Tensor:
        """A fresh mask."""
        return F.dropout(torch.ones_like(values), 0.1)


def speed(dtype: torch.dtype, noise: type[NoiseBank] | None, batch: int, length: int) -> float:
    """Examples a second, after two passes to warm up."""
    model = Encoder().to(dtype).train()
    model.noise = None if noise is None else noise(0.1, dtype)
    ids = torch.randint(1000, 30000, (batch, length))
    kinds = torch.randint(0, 2, (batch, length))
    lengths = torch.randint(int(length * 0.9), length + 1, (batch,))
    mask = additive_mask(lengths, length, dtype)
    times = []
    for _ in range(6):
        began = time.monotonic()
        model(ids, kinds, mask).float().square().mean().backward()
        model.zero_grad()
        times.append(time.monotonic() - began)
    return batch / (sum(times[2:]) / 4)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    rows = (
        ("fp32, fused attention, drawn dropout", torch.float32, fused, Bernoulli),
        ("bf16, fused attention, drawn dropout", torch.bfloat16, fused, Bernoulli),
        ("bf16, own attention, drawn dropout", torch.bfloat16, attend, Bernoulli),
        ("bf16, own attention, dropout from a bank", torch.bfloat16, attend, NoiseBank),
        ("bf16, own attention, no dropout", torch.bfloat16, attend, None),
    )
    for name, dtype, attention, noise in rows:
        setattr(encoder, "attend", attention)  # noqa: B010
        print(f"{name:45} {speed(dtype, noise, given.batch, given.length):6.1f} examples/s")


if __name__ == "__main__":
    main()
