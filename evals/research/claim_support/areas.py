"""The area under the ROC curve, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """How often a positive scores above a negative, ties counting half: the area under the ROC curve.

    >>> area_under_curve([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    higher = np.asarray(positives)[:, None] > np.asarray(negatives)
    equal = np.asarray(positives)[:, None] == np.asarray(negatives)
    return float((higher + 0.5 * equal).mean())


def area_interval(positives: Sequence[float], negatives: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The 95% bootstrap interval of ``area_under_curve``."""
    draw = np.random.default_rng(seed)
    areas = [
        area_under_curve(
            draw.choice(positives, len(positives)).tolist(), draw.choice(negatives, len(negatives)).tolist()
        )
        for _ in range(1000)
    ]
    low, high = np.quantile(areas, [0.025, 0.975])
    return float(low), float(high)
