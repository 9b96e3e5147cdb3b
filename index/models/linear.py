"""A linear classifier: softmax over weighted features, its numbers in a JSON file beside the other weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """Class names, weights of shape (classes, features), and a bias for each class."""

    names: tuple[str, ...]
    weights: _Floats
    bias: _Floats
    features: tuple[str, ...] = ()
    """What each feature is, where they have names."""

    def chances(self, features: _Floats) -> _Floats:
        """The probability of each class, shape (classes,)."""
        return _softmax(self.weights @ features + self.bias)

    def chances_of(self, places: Sequence[int]) -> _Floats:
        """The probability of each class where the features at some places are 1 and all others 0."""
        return _softmax(self.weights[:, places].sum(axis=1) + self.bias)


def _softmax(logits: _Floats) -> _Floats:
    shares = np.exp(logits - logits.max())
    return np.asarray(shares / shares.sum(), dtype=np.float32)


def read_linear(file: Path) -> Linear:
    """A classifier from its file; raises ModelMissing."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return Linear(
            tuple(record["names"]),
            np.array(record["weights"], dtype=np.float32),
            np.array(record["bias"], dtype=np.float32),
            tuple(record.get("features", ())),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(f"{file} cannot be read ({error}). Get it again with: git checkout {file}") from None
