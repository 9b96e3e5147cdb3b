"""All settings of a run, kept beside its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """`groups` questions of `width` windows a step, in shards of `shard` questions."""

    base: str = ""
    steps: int = 4000
    groups: int = 24
    shard: int = 3
    width: int = 6
    budget: int = 4096
    rate: float = 1.2e-4
    decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0
    average: float = 0.998
    seed: int = 7
    workers: int = 2
    threads: int = 1
