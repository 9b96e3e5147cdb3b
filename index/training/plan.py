"""All settings of a run, kept beside its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """`groups` questions of `width` windows a step, in shards of `shard` questions."""

    base: str = ""
    steps: int = 2600
    groups: int = 16
    shard: int = 4
    width: int = 5
    budget: int = 1024
    rate: float = 1.2e-4
    decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0
    average: float = 0.998
    seed: int = 7
    workers: int = 2
    threads: int = 1
