"""Which groups of examples a step shows: sources in fixed shares, every source walked in shuffled passes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.training.teacher.store import Store


def open_all(folder: Path) -> dict[str, Store]:
    """All stores below a folder, by name."""
    return {place.parent.name: Store.open(place.parent) for place in sorted(folder.glob("*/rows.npy"))}


@dataclass
class Sampler:
    """Draws whole groups, so that twins meet in one batch.

    `walked` counts the groups drawn of every source and is all that a resumed run needs: sources may be added, made
    anew or given other shares in between.
    """

    stores: dict[str, Store]
    shares: dict[str, float]
    seed: int
    walked: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = dict.fromkeys(self.stores, 0)
        self.orders: dict[str, tuple[int, NDArray[np.int64]]] = {}
        total = sum(self.shares.get(name, 0.0) for name in self.stores)
        self.share = {name: self.shares.get(name, 0.0) / total for name in self.stores}

    def draw(self, size: int) -> tuple[list[NDArray[np.int64]], NDArray[Any], dict[str, int]]:
        """Lines, rows and examples of every source, for at least `size` examples."""
        lines, rows, counts = [], [], dict.fromkeys(self.stores, 0)
        while len(rows) < size:
            done = sum(self.shown.values()) + 1
            name = max(self.stores, key=lambda name: self.share[name] * done - self.shown[name])
            store = self.stores[name]
            group = self._next(name)
            for row in range(int(store.groups[group]), int(store.groups[group + 1])):
                lines.append(store.ids(row))
                rows.append(store.rows[row])
                self.shown[name] += 1
                counts[name] += 1
        return lines, np.array(rows, dtype=rows[0].dtype), counts

    def _next(self, name: str) -> int:
        turn, place = divmod(self.walked.get(name, 0), len(self.stores[name].groups) - 1)
        if name not in self.orders or self.orders[name][0] != turn:
            noise = np.random.default_rng([self.seed, zlib.crc32(name.encode()), turn])
            self.orders[name] = turn, noise.permutation(len(self.stores[name].groups) - 1)
        self.walked[name] = self.walked.get(name, 0) + 1
        return int(self.orders[name][1][place])
