"""A linear layer whose three products run on 8-bit integers where that pays: on CPUs with VNNI.

Forward and input gradient follow SwitchBack (Wortsman et al. 2023, arXiv:2304.13013): activations and gradients are
scaled by row, weights by output channel, and the channel's scale is folded into the gradient before it is rounded. The
weight gradient, a sum over tokens, is scaled by column and rounded at random, so that its error has mean zero.
Master weights stay in fp32.
"""

from __future__ import annotations

from typing import Any

import torch
import torch._dynamo
from torch import Tensor, nn
from torch.nn import functional as F

torch._dynamo.config.recompile_limit = 64

TOP = 127.0
TINY = 1e-20


def _by_row(values: Tensor) -> tuple[Tensor, Tensor]:
    scale = values.abs().amax(1, keepdim=True).clamp_min(TINY) / TOP
    return (values / scale).round().to(torch.int8), scale


def _by_column(values: Tensor) -> tuple[Tensor, Tensor]:
    scale = values.abs().amax(0, keepdim=True).clamp_min(TINY) / TOP
    return (values / scale).round().to(torch.int8), scale


def _by_column_at_random(values: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    scale = values.abs().amax(0, keepdim=True).clamp_min(TINY) / TOP
    return (values / scale + noise).floor().clamp(-TOP, TOP).to(torch.int8), scale


def _widen(sums: Tensor, rows: Tensor, columns: Tensor, bias: Tensor | None) -> Tensor:
    wide = sums.float() * rows * columns
    return wide if bias is None else wide + bias


by_row = torch.compile(_by_row, dynamic=True)
by_column = torch.compile(_by_column, dynamic=True)
by_column_at_random = torch.compile(_by_column_at_random, dynamic=True)
widen = torch.compile(_widen, dynamic=True)


class _Noise:
    """Uniform numbers from one bank, cut at a random place: drawing each anew costs more than the product."""

    bank: Tensor | None = None

    def like(self, values: Tensor) -> Tensor:
        """Numbers in [0, 1) of the shape of `values`."""
        size = values.numel()
        if self.bank is None or self.bank.numel() < 2 * size:
            self.bank = torch.rand(max(2 * size, 1 << 24))
        start = int(torch.randint(0, self.bank.numel() - size, (1,)))
        return self.bank[start : start + size].view(values.shape)


_noise = _Noise()


class _Product(torch.autograd.Function):
    """rows @ weight.T + bias by integer products, with gradients for all three."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, weight: Tensor, bias: Tensor, small: Tensor, scale: Tensor) -> Tensor:
        ctx.save_for_backward(rows, small, scale)
        ctx.learns = weight.requires_grad
        small_rows, row_scale = by_row(rows.detach())
        result: Tensor = widen(torch._int_mm(small_rows, small.t()), row_scale, scale, bias.detach())
        return result

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, Tensor | None, Tensor | None, None, None]:
        rows, small, scale = ctx.saved_tensors
        rows, grad = rows.detach(), grads[0].contiguous()
        down = over = total = None
        if ctx.needs_input_grad[0]:
            small_grad, row_scale = by_row(grad * scale)
            down = widen(torch._int_mm(small_grad, small), row_scale, torch.ones(1), None)
        if ctx.learns:
            small_grad, grad_scale = by_column_at_random(grad, _noise.like(grad))
            small_rows, row_scale = by_column(rows)
            over = widen(torch._int_mm(small_grad.t(), small_rows), grad_scale.t(), row_scale, None)
            total = grad.sum(0)
        return down, over, total, None, None


class Dense(nn.Linear):
    """nn.Linear, by integer products once `shrink` was called."""

    small: Tensor | None = None
    scale: Tensor | None = None

    def shrink(self) -> None:
        """Round the present weights to integers, one scale an output channel; to be called after every step."""
        with torch.no_grad():
            small, scale = by_row(self.weight.detach())
            self.small, self.scale = small, scale.t().contiguous()

    def forward(self, rows: Tensor) -> Tensor:
        """Map rows (n, inputs) to (n, outputs)."""
        if self.small is None or self.scale is None:
            return F.linear(rows, self.weight, self.bias)
        result: Tensor = _Product.apply(rows, self.weight, self.bias, self.small, self.scale)  # type: ignore[no-untyped-call]
        return result


def shrink_all(model: nn.Module) -> None:
    """Round every Dense of a model."""
    for part in model.modules():
        if isinstance(part, Dense):
            part.shrink()
