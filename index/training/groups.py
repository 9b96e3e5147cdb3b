"""Draws questions and their windows: one that holds the answer and several that do not.

The draw of a step depends on the seed and the step alone, so training resumes without any state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.cache import SOURCES, Cache

Ints = NDArray[np.int64]
EARLY = {"squad_v11_dev": 0.24, "squad_v2_dev": 0.08, "nq_open_oracle": 0.08, "timeqa_human_train": 0.04,
         "qamr_dev_test": 0.32, "cloze": 0.20, "swap": 0.04}  # fmt: skip
LATE = {"squad_v11_dev": 0.45, "squad_v2_dev": 0.16, "nq_open_oracle": 0.14, "timeqa_human_train": 0.05,
        "qamr_dev_test": 0.08, "cloze": 0.02, "swap": 0.10}  # fmt: skip
TURN = (0.25, 0.60)
FEW = 3


@dataclass(frozen=True)
class Draw:
    """Questions (n,), their windows (n, k) with -1 for none, the holder's column or -1."""

    questions: Ints
    windows: Ints
    holder: Ints


def mixture(progress: float) -> NDArray[np.float64]:
    """Share of every source at a point (0 to 1) of the training."""
    late = min(1.0, max(0.0, (progress - TURN[0]) / (TURN[1] - TURN[0])))
    shares = np.array([(1 - late) * EARLY[name] + late * LATE[name] for name in SOURCES])
    found: NDArray[np.float64] = shares / shares.sum()
    return found


class Sampler:
    """Deterministic draws from a cache.

    The first quarter shows few windows a question: marking answers is learnt from holders, and more
    questions fit into the same time; later on the full `width` teaches ranking.
    """

    def __init__(self, cache: Cache, seed: int, groups: int, width: int, steps: int) -> None:
        self.cache, self.seed, self.groups, self.width, self.steps = (
            cache, seed, groups, width, steps,
        )  # fmt: skip
        source = np.asarray(cache.source)
        self.members = [np.flatnonzero(source == number) for number in range(len(SOURCES))]
        self.sizes = cache.homes.shape[1]
        self.used = self._usage()
        self.orders: dict[tuple[int, int], Ints] = {}

    def _usage(self) -> Ints:
        """Expected number of draws of every source before each step, as whole numbers."""
        shares = np.array([mixture(step / self.steps) for step in range(self.steps)])
        total = np.cumsum(shares * self.groups, axis=0)
        whole: Ints = np.floor(np.vstack([np.zeros(len(SOURCES)), total])).astype(np.int64)
        return whole

    def draw(self, step: int) -> Draw:
        """The groups of one step; every source is walked in shuffled passes."""
        step = min(step, self.steps - 1)
        noise = np.random.default_rng([self.seed, step])
        questions = np.concatenate([
            self._walk(number, int(self.used[step, number]), int(self.used[step + 1, number]))
            for number in range(len(SOURCES))
        ])  # fmt: skip
        width = FEW if step < TURN[0] * self.steps else self.width
        windows = np.full((len(questions), width), -1, dtype=np.int64)
        holder = np.full(len(questions), -1, dtype=np.int64)
        for row, question in enumerate(questions):
            size = int(noise.integers(self.sizes))
            column = 0
            if self.cache.answerable[question]:
                homes = self.cache.homes[question, size]
                windows[row, 0] = noise.choice(homes[homes >= 0])
                holder[row], column = 0, 1
            others = self._others(int(question), size, width - column, noise)
            windows[row, column : column + len(others)] = others
        return Draw(questions, windows, holder)

    def _walk(self, source: int, first: int, last: int) -> Ints:
        members = self.members[source]
        found = []
        for place in range(first, last):
            turn, at = divmod(place, len(members))
            found.append(members[self._order(source, turn)[at]])
        return np.array(found, dtype=np.int64)

    def _order(self, source: int, turn: int) -> Ints:
        """The shuffle of one pass over a source."""
        if (source, turn) not in self.orders:
            noise = np.random.default_rng([self.seed, 1 + source, turn])
            self.orders[source, turn] = noise.permutation(len(self.members[source]))
        return self.orders[source, turn]

    def _others(self, question: int, size: int, count: int, noise: np.random.Generator) -> Ints:
        """Some windows of the same article, the rest from elsewhere, the hardest likeliest."""
        near = self.cache.near[question, size]
        far = self.cache.far[question, size]
        near, far = near[near >= 0], far[far >= 0]
        half = count // 2
        some = _weighted(near, max(half, count - len(far)), noise)
        rest = _weighted(far, count - len(some), noise)
        return np.concatenate([some, rest]).astype(np.int64)


def _weighted(rows: NDArray[np.int32], count: int, noise: np.random.Generator) -> Ints:
    if count <= 0 or len(rows) == 0:
        return np.zeros(0, dtype=np.int64)
    chance = 1.0 / (np.arange(len(rows)) + 3.0)
    count = min(count, len(rows))
    return noise.choice(rows, count, replace=False, p=chance / chance.sum()).astype(np.int64)
