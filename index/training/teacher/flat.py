"""AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) over parameters laid into one fp32 vector a learning rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn


class Flat:
    """Parameters and their gradients as views of two vectors, with one fused optimiser over all of them."""

    def __init__(self, parts: Sequence[tuple[Sequence[nn.Parameter], float]], decay: float) -> None:
        self.peaks = [rate for _, rate in parts]
        self.slots: list[nn.Parameter] = []
        for items, _ in parts:
            slot = nn.Parameter(torch.cat([item.detach().reshape(-1) for item in items]))
            slot.grad = torch.zeros_like(slot)
            at = 0
            for item in items:
                end = at + item.numel()
                item.data = slot.data[at:end].view(item.shape)
                item.grad = slot.grad[at:end].view(item.shape)
                at = end
            self.slots.append(slot)
        groups = [{"params": [slot], "lr": rate} for slot, rate in zip(self.slots, self.peaks, strict=True)]
        self.inner = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=decay, fused=True)

    def step(self, share: float, clip: float) -> float:
        """One update at `share` of the peak rates; returns the gradient's norm before clipping."""
        grads: list[Tensor] = [slot.grad for slot in self.slots if slot.grad is not None]
        norm = float(torch.stack([grad.norm() for grad in grads]).norm())
        for group, peak in zip(self.inner.param_groups, self.peaks, strict=True):
            group["lr"] = peak * share
        if norm == norm and norm != float("inf"):
            for grad in grads:
                grad.mul_(min(1.0, clip / max(norm, 1e-9)))
            self.inner.step()
        for grad in grads:
            grad.zero_()
        return norm

    def state(self) -> dict[str, Any]:
        """All that a resumed run needs."""
        return {"slots": [slot.data for slot in self.slots], "inner": self.inner.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Undo `state`."""
        for slot, kept in zip(self.slots, state["slots"], strict=True):
            slot.data.copy_(kept)
        self.inner.load_state_dict(state["inner"])
