"""What a rule is: a named factor with its reason and examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis

Key = tuple[str, int]
Factors = Mapping[Key, float]
"""Of some candidates, by their keys, what their strength is multiplied with."""

DEMOTED = 0.1
"""The factor of what is another event or none: it stays behind what has a tenth of its strength."""


class Example(NamedTuple):
    """A question, asked on a day, over dated reports; words of the sentence that comes first."""

    question: str
    now: str
    reports: tuple[tuple[str, str], ...]
    """The day of each, and what it says."""
    says: str


class Rule(NamedTuple):
    """A factor on the strength of candidates."""

    name: str
    reason: str
    """In words for people."""
    applies: Callable[[QuestionAnalysis], bool]
    judge: Callable[[QuestionAnalysis, Sequence[Ranked]], Factors]
    examples: tuple[Example, ...] = ()
    excludes: bool = False
    """Whether what it moves is no answer, and not only behind another one."""
    earned: str = ""
    """What the ablation said, and when."""


def demoted(others: Sequence[Ranked], factor: float = DEMOTED) -> Factors:
    """The same factor for some candidates."""
    return {item.candidate.key: factor for item in others}


def in_order(row: Sequence[Ranked]) -> Factors:
    """Factors that put some candidates into this order, among the places that they have."""
    places = sorted((item.strength for item in row), reverse=True)
    return {
        item.candidate.key: strength * (1 - number * _STEP) / item.strength
        for number, (item, strength) in enumerate(zip(row, places, strict=True))
    }


_STEP = 1e-9
"""So much less, of two places of the same strength, the second has."""
