"""AdamW on one flat fp32 master copy, while the model computes in bf16.

All trainable parameters are views of one shared bf16 buffer, their gradients of another, so a step
is a handful of passes over one array (mixed precision with master weights: Micikevicius et
al. 2018, arXiv:1710.03740; AdamW: Loshchilov and Hutter 2019, arXiv:1711.05101). An exponential
average of the master weights is kept for measuring and for export.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class FlatAdamW:
    """Optimiser, master weights and their running average."""

    def __init__(self, model: nn.Module, rate: float, decay: float, average: float) -> None:
        live = [item for item in model.parameters() if item.requires_grad]
        self.average_rate = average
        self.master = torch.cat([item.detach().float().reshape(-1) for item in live])
        self.average = self.master.clone()
        self.flat = self.master.bfloat16()
        self.flat.share_memory_()  # type: ignore[no-untyped-call]
        at = 0
        plain = torch.zeros(self.master.numel(), dtype=torch.bool)
        for item in live:
            end = at + item.numel()
            plain[at:end] = item.dim() < 2
            at = end
        self.decayed = (~plain).float() * decay
        self.inner = torch.optim.AdamW(
            [nn.Parameter(self.master)], lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )
        self.slot = self.inner.param_groups[0]["params"][0]
        self.master = self.slot.data
        self.steps = 0

    def step(self, gradient: Tensor, rate: float, clip: float) -> float:
        """Apply a flat fp32 gradient; returns its norm before clipping."""
        norm = float(gradient.norm())
        if norm > clip:
            gradient.mul_(clip / norm)
        self.inner.param_groups[0]["lr"] = rate
        self.master.sub_(rate * self.decayed * self.master)
        self.slot.grad = gradient
        self.inner.step()
        self.slot.grad = None
        self.steps += 1
        fresh = min(self.average_rate, self.steps / (self.steps + 10.0))
        self.average.lerp_(self.master, 1.0 - fresh)
        self.flat.copy_(self.master)
        return norm

    def state(self) -> dict[str, Any]:
        """All that a resumed run needs."""
        return {"inner": self.inner.state_dict(), "master": self.master,
                "average": self.average, "steps": self.steps}  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        """Undo `state`."""
        self.inner.load_state_dict(state["inner"])
        self.master.copy_(state["master"])
        self.average.copy_(state["average"])
        self.flat.copy_(self.master)
        self.steps = int(state["steps"])


def spread(flat: Tensor, model: nn.Module) -> None:
    """Write a flat fp32 weight vector into a model's trainable parameters."""
    at = 0
    with torch.no_grad():
        for item in model.parameters():
            if item.requires_grad:
                item.copy_(flat[at : at + item.numel()].view(item.shape))
                at += item.numel()
    if at != flat.numel():
        raise ValueError("the weight vector does not fit the model")


def schedule(step: int, steps: int, peak: float, warm: int = 100, fall: float = 0.3) -> float:
    """Warm-up, a plateau, and a linear fall over the last share of the steps.

    Only the fall depends on the length of the run, so a run can be made longer or shorter on the
    way (Hu et al. 2024, arXiv:2404.06395).
    """
    left = (steps - step) / (fall * steps)
    return peak * min((step + 1) / warm, 1.0, max(0.01, left))
