"""What was planned beside what has happened: the event before its plan."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked
from assistant.evidence.time_asked import is_only_planned
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import Example, Rule, demoted
from index.analysis.types import Status

_SAME_PLAN = 0.5
"""Candidates with this share of the best one's strength, or more, may tell of the same plan."""


def _is_unrealised(question: QuestionAnalysis, item: Ranked, ranked: Sequence[Ranked]) -> bool:
    """Whether a sentence tells what had not happened; to "Has it opened?" that is an answer, till it is reported."""
    if question.answer_type != "yes_no":
        return is_only_planned(question, item.candidate)
    return item.candidate.event.status is not Status.ASSERTED and any(
        other.candidate.event.happened
        and other.strength >= _SAME_PLAN * item.strength
        and other.candidate.article.id != item.candidate.article.id
        and not item.candidate.is_newer(other.candidate)
        for other in ranked
    )


UNREALISED_LAST = Rule(
    "unrealised last",
    "it had not happened when this was written",
    lambda question: question.asks_past,
    lambda question, ranked: demoted([item for item in ranked if _is_unrealised(question, item, ranked)]),
    (
        Example(
            "When did the Karsk bridge open?",
            "2025-12-01",
            (
                ("2025-08-20", "The Karsk bridge will open on 3 September."),
                ("2025-09-14", "Traffic has been rolling over the new Karsk bridge since it was opened on Saturday."),
            ),
            "on Saturday",
        ),
    ),
    excludes=True,
    earned="680 questions, 28 November 2026: helps 0, hurts 1; kept since a plan is no event",
)
