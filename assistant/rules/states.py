"""States, such as who holds an office or what a thing costs: on a day the newest report before it holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.event_time import may_be_of
from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import Example, Factors, Rule, in_order

_HOLDS = 0.3
"""Candidates with this share of the best one's strength, or more, may tell what was so."""


def _in_force(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    intent = question.query.time
    assert intent
    holds = [
        item
        for item in ranked
        if item.candidate.article.published  # in an undated one it may have been at any time
        and item.candidate.event.happened
        and item.candidate.event.last
        and may_be_of(intent, item.candidate.event)
    ]
    best = max((item.strength for item in holds), default=1.0)
    alike = [item for item in holds if item.strength >= _HOLDS * best]

    def place(item: Ranked) -> tuple[bool, int]:
        when = item.candidate.event
        assert when.last
        of_then = when.explicit and intent.meets(when.first, when.last)
        return not of_then, -(when.first or when.last).toordinal()

    return in_order(sorted(alike, key=place))


IN_FORCE = Rule(
    "in force",
    "the newest report before the days asked for says what was so then",
    lambda question: bool((time := question.query.time) and time.bounded and time.state and not time.order),
    _in_force,
    (
        Example(
            "Who was transport minister of Vessen in August 2025?",
            "2025-12-01",
            (
                ("2025-03-04", "Lena Rask is transport minister of Vessen."),
                ("2025-07-10", "The government of Vessen named Tomas Weil to follow her as transport minister."),
                ("2025-10-02", "Transport minister Ida Holm of Vessen signed the ferry contract."),
            ),
            "Tomas Weil",
        ),
    ),
    earned="680 questions, 28 November 2026: moves nothing; kept for answers as of a day",
)
