"""A linear classifier: softmax over weighted features, its numbers in a JSON file beside the other weights."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from math import exp, fsum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

_Floats = NDArray[np.float32]
_FARTHEST = 500.0
"""Nats; more would overflow."""


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


@dataclass(frozen=True, slots=True)
class LogOdds:
    """One of two classes against the other: how much each feature that is there speaks for it, in nats."""

    weights: dict[str, float]
    bias: float

    def of(self, features: Iterable[str]) -> float:
        """How much features together speak for the class; the same in whatever order they come."""
        return fsum(map(self.weights.get, features, repeat(0.0))) + self.bias

    def chance(self, features: Iterable[str]) -> float:
        """The probability of the class."""
        return 1 / (1 + exp(min(_FARTHEST, -self.of(features))))


def log_odds(linear: Linear, name: str) -> LogOdds:
    """A class of two, by its name, of a classifier whose features have names.

    >>> linear = Linear(("no", "yes"), np.array([[0, 0], [1, -3]]), np.array([0, 1]), ("glad", "sorry"))
    >>> log_odds(linear, "yes").of(["sorry", "unknown"])
    -2.0
    """
    wanted = linear.names.index(name)
    sides = linear.weights[wanted] - linear.weights[1 - wanted]
    bias = float(linear.bias[wanted] - linear.bias[1 - wanted])
    return LogOdds(dict(zip(linear.features, sides.tolist(), strict=True)), bias)


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
