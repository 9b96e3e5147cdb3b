"""Turns the shipped files back into weights to train on: `python -m index.training.teacher.restore --base B --out W`.

Rounding to int8 costs little, and training mends it: a run can go on where no checkpoint of the last one is left.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

from index.models.sessions import FOLDER
from index.training.teacher.model import Teacher

FROZEN = ("encoder.words.", "encoder.places.", "encoder.norm.", "encoder.blocks.0.", "encoder.blocks.1.")
"""What training leaves as it is published."""


class Shipped:
    """The constants of one int8 graph."""

    def __init__(self, path: Path) -> None:
        self.held = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}

    def values(self, name: str) -> Any:
        """A constant in fp32, with what was moved into a matrix taken out of it again; None if it is not here."""
        if name in self.held:
            return self.held[name].astype(np.float32)
        if f"{name}_quantized" not in self.held:
            return None
        small, zero = (self.held[f"{name}_{kind}"].astype(np.float32) for kind in ("quantized", "zero_point"))
        factor = self.held.get(f"{name.removesuffix('.weight')}.factor")
        large = (small - zero) * self.held[f"{name}_scale"]
        return large if factor is None else large * factor[:, None]


def restore(base: Path, folder: Path) -> dict[str, torch.Tensor]:
    """All weights of the large reader: the frozen ones as published, the others from the files in ``folder``.

    Raises ValueError if a weight is in none of them, or has another shape.
    """
    model = Teacher()
    model.begin(base / "model.safetensors")
    state = model.state_dict()
    parts = [Shipped(folder / f"large_{part}_int8.onnx") for part in ("lower", "upper")]
    for name, old in state.items():
        if name.startswith(FROZEN):
            continue
        found = next((values for part in parts if (values := part.values(name)) is not None), None)
        if found is None:
            raise ValueError(f"{name} is in no file of {folder}")
        turned = np.ascontiguousarray(found.T)  # ONNX keeps (in, out)
        if turned.shape != tuple(old.shape):
            raise ValueError(f"{name} has the shape {turned.shape}, not {tuple(old.shape)}")
        state[name] = torch.from_numpy(turned)
    return state


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the int8 files")
    parser.add_argument("--out", type=Path, required=True, help="weights.safetensors to write")
    given = parser.parse_args()
    save_file(restore(given.base, given.folder), str(given.out))


if __name__ == "__main__":
    main()
