"""A claim beside evidence, with what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim; ``kind`` says in what it is true, or what is wrong with it."""

    text: str
    evidence: Sequence[Evidence]
    true: bool
    kind: str
