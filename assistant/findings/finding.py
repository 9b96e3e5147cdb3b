"""What a finding is: something that stands beside an answer, and the sentences that it brings along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence.candidates import Candidate
from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis


@dataclass(frozen=True, slots=True)
class Finding:
    """A notice with the sentences that stand before those chosen, or behind them."""

    code: str
    message: str
    before: tuple[Candidate, ...] = ()
    after: tuple[Candidate, ...] = ()
    without_short: bool = False
    """Whether the words that answer are no answer by themselves: who resigned as mayor is not the mayor."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for one kind of finding; ``excludes`` are the codes after which it is not asked."""

    name: str
    find: Callable[[QuestionAnalysis, Sequence[Ranked], Sequence[Ranked]], Finding | None]
    """Given the question, the chosen candidates (one at least) and all ranked ones."""
    reason: str
    earned: str = ""
    excludes: frozenset[str] = frozenset()
