"""The days that a question names: what tells of other days goes behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assistant.evidence.candidates import Candidate
from assistant.evidence.scoring import Ranked
from assistant.evidence.time_asked import is_of_other_days
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import DEMOTED, Example, Factors, Key, Rule
from index.times.published import report_days
from index.times.time_request import TimeIntent

_REPORTED_THEN = 0.6
"""The factor of what was only reported at another time, and tells no days itself."""

_FEW_DAYS = timedelta(days=2)
"""News of a day is mostly told by then."""


def _other_days(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    intent = question.query.time
    assert intent
    factors: dict[Key, float] = {}
    for item in ranked:
        candidate = item.candidate
        if is_of_other_days(question, candidate):
            told = candidate.event.explicit or not candidate.event.happened
            factors[candidate.key] = DEMOTED if told else _REPORTED_THEN
        elif _reported_long_after(intent, candidate):
            factors[candidate.key] = DEMOTED
    return factors


def _reported_long_after(intent: TimeIntent, candidate: Candidate) -> bool:
    """Whether it was published a good while after the day or the few that are asked for, and tells no time itself."""
    if not intent.last or not intent.first or intent.last - intent.first > _FEW_DAYS or intent.about:
        return False
    days = report_days(candidate.article)
    when = candidate.event
    return bool(when.happened and not when.explicit and days and days[0] > intent.last + _FEW_DAYS)


OTHER_DAYS = Rule(
    "days asked",
    "it tells of other days than those asked for",
    lambda question: bool(question.query.time and question.query.time.bounded and not question.query.time.order),
    _other_days,
    (
        Example(
            "Who won the Esk regatta in May 2025?",
            "2025-12-01",
            (
                ("2025-05-19", "Marlow Rowers won the Esk regatta on Sunday."),
                ("2025-09-08", "Brask Island won the autumn Esk regatta on Sunday."),
            ),
            "Marlow Rowers",
        ),
    ),
    excludes=True,
    earned="680 questions, 28 November 2026: helps 1, hurts 3; 160 of the news quiz before: helps 1, hurts 0",
)
