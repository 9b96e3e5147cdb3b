"""The encoder with its heads, and batches as it takes them: flat tokens, sequences sorted by length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from index.training.teacher.encoder import Encoder, load_mpnet


@dataclass
class Batch:
    """Flat token ids, their places, groups of equal length, and every sequence's first token, all sorted by length."""

    ids: Tensor
    places: Tensor
    groups: list[tuple[int, int, int]]
    firsts: Tensor
    lengths: list[int]
    order: list[int]


def batch_of(lines: Sequence[NDArray[np.int64]], device: torch.device) -> Batch:
    """Lay sequences one after another; `order` says which line stands at each place."""
    order = sorted(range(len(lines)), key=lambda place: len(lines[place]))
    groups: list[tuple[int, int, int]] = []
    firsts, lengths, at = [], [], 0
    for place in order:
        length = len(lines[place])
        if groups and groups[-1][2] == length:
            groups[-1] = (groups[-1][0], groups[-1][1] + 1, length)
        else:
            groups.append((at, 1, length))
        firsts.append(at)
        lengths.append(length)
        at += length
    ids = torch.from_numpy(np.concatenate([lines[place] for place in order])).to(device)
    places = torch.cat([torch.arange(length) for length in lengths]).to(device)
    return Batch(ids, places, groups, torch.tensor(firsts, device=device), lengths, order)


@dataclass
class Logits:
    """What the heads say: span (tokens, 2); the others one row a sequence, in the batch's order."""

    span: Tensor
    relevance: Tensor
    choice: Tensor
    verdict: Tensor


class Teacher(nn.Module):
    """Span and relevance, yes/no/unclear, and supported/contradicted/neither over one encoder."""

    def __init__(self, frozen: int = 0) -> None:
        super().__init__()
        self.encoder = Encoder(frozen=frozen)
        hidden = self.encoder.shape.hidden
        self.pool = nn.Linear(hidden, hidden)
        self.span = nn.Linear(hidden, 2)
        self.relevance = nn.Linear(hidden, 1)
        self.choice = nn.Linear(hidden, 3)
        self.verdict = nn.Linear(hidden, 3)
        for head in (self.span, self.relevance, self.choice, self.verdict):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def begin(self, weights: Path) -> None:
        """Start from the published sentence encoder."""
        raw = load_mpnet(self.encoder, weights)
        self.pool.load_state_dict({"weight": raw["pooler.dense.weight"], "bias": raw["pooler.dense.bias"]})

    def forward(self, batch: Batch) -> Logits:
        """All heads over one batch, in fp32."""
        rows = self.encoder(batch.ids, batch.places, batch.groups)
        pooled = torch.tanh(self.pool(rows[batch.firsts]))
        return Logits(self.span(rows).float(), self.relevance(pooled).float().squeeze(-1),
                      self.choice(pooled).float(), self.verdict(pooled).float())  # fmt: skip

    def heads(self) -> list[nn.Parameter]:
        """Parameters outside the encoder, which learn faster."""
        return [item for name, item in self.named_parameters() if not name.startswith("encoder.")]

    def body(self) -> list[nn.Parameter]:
        """Trained parameters of the encoder."""
        return [item for item in self.encoder.parameters() if item.requires_grad]


def rows_of(rows: NDArray[Any], batch: Batch) -> NDArray[Any]:
    """Rows of examples in the batch's order."""
    found: NDArray[Any] = rows[batch.order]
    return found
