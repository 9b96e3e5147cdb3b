"""Checkpoints that survive a kill at any moment: written aside, synced, then renamed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

from index.training.optim import spread
from index.training.reader import Reader

LAST = "last.pt"


def save(folder: Path, state: dict[str, Any], keep_as: str | None = None) -> None:
    """Replace the last checkpoint atomically; `keep_as` also keeps it under a name of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{LAST}.tmp"
    with aside.open("wb") as handle:
        torch.save(state, handle)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(folder / LAST)
    if keep_as is not None:
        kept = folder / keep_as
        kept.unlink(missing_ok=True)
        os.link(folder / LAST, kept)


def load(folder: Path) -> dict[str, Any] | None:
    """The last checkpoint, or None at the very beginning."""
    path = folder / LAST
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


def open_reader(path: Path, base: Path) -> Reader:
    """The averaged weights of a checkpoint, ready to read in fp32."""
    model = Reader()
    model.begin(base / "model.safetensors")
    state = torch.load(path, map_location="cpu", weights_only=True)
    spread(state["optim"]["average"], model)
    return model.eval().float()
