"""The reader: one encoder over question, title and window; relevance and answer-span logits.

Input is `[CLS] question [SEP] title : window [SEP]` (Nogueira and Cho 2019, arXiv:1901.04085, for
ranking; Devlin et al. 2019 for spans). Every logit is measured against a fixed zero that stands
for "no answer here", so scores of different windows can be compared.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from index.training.encoder import Encoder, additive_mask
from index.training.weights import load_minilm


class Reader(nn.Module):
    """Encoder with a span head on tokens and a relevance head on the first token."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        hidden = self.encoder.shape.hidden
        self.pool = nn.Linear(hidden, hidden)
        self.relevance = nn.Linear(hidden, 1)
        self.span = nn.Linear(hidden, 2)
        for head in (self.relevance, self.span):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def begin(self, weights: Path) -> None:
        """Start from the published sentence encoder."""
        raw = load_minilm(self.encoder, weights)
        self.pool.load_state_dict({"weight": raw["pooler.dense.weight"], "bias": raw["pooler.dense.bias"]})

    def load_words(self, base: str) -> None:
        """Only what is never trained, for a worker whose other weights are shared."""
        load_minilm(self.encoder, Path(base) / "model.safetensors")

    def forward(self, ids: Tensor, kinds: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Return relevance (batch,) and span logits (batch, length, 2) in fp32."""
        batch, width = ids.shape
        dtype = self.pool.weight.dtype
        mask = additive_mask(lengths, width, dtype)
        rows = self.encoder(ids, kinds, mask)
        first = rows.view(batch, width, -1)[:, 0]
        relevance = self.relevance(torch.tanh(self.pool(first))).float().squeeze(-1)
        return relevance, self.span(rows).float().view(batch, width, 2)
