"""Loads the published MiniLM weights into the compact encoder.

Names follow the file of `sentence-transformers/all-MiniLM-L6-v2` (Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from index.training.encoder import Encoder

PARTS = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def load_minilm(encoder: Encoder, path: Path) -> dict[str, Tensor]:
    """Copy the weights in place and return the raw tensors (the pooler is among them)."""
    raw = load_file(str(path))
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "places.weight": raw["embeddings.position_embeddings.weight"],
        "kinds.weight": raw["embeddings.token_type_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for number in range(encoder.shape.layers):
        here, there = f"blocks.{number}", f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            for ours, theirs in PARTS.items():
                state[f"{here}.{ours}.{kind}"] = raw[f"{there}.{theirs}.{kind}"]
            parts = [raw[f"{there}.attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
            state[f"{here}.qkv.{kind}"] = torch.cat(parts)
    encoder.load_state_dict(state)
    return raw
