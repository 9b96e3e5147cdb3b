"""Of plans the one that still holds, not a day that has gone; the one that was given up where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked
from assistant.evidence.time_asked import answers_with_given_up, has_passed
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import Example, Factors, Rule, demoted
from index.analysis.types import Status

_AS_WELL = 0.5
"""A day that has gone comes behind one to come that answers with this share of its probability, or more."""

_MAY_TELL = 0.3
"""What has this share of the best one's strength, or more, may tell of what was given up."""


def _passed(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    passed = [item for item in ranked if has_passed(question, item.candidate)]
    ahead = [item for item in ranked if item.candidate.event.explicit and item not in passed]
    likeliest = max((item.probability for item in ahead), default=0.0)
    return demoted([item for item in passed if likeliest >= _AS_WELL * item.probability])


def _given_up(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    given_up = [item for item in ranked if item.candidate.event.status in (Status.CALLED_OFF, Status.DENIED)]
    best = max(item.strength for item in ranked)
    if all(item.strength < _MAY_TELL * best for item in given_up):
        return {}
    return demoted([item for item in ranked if item not in given_up])


def _is_given_up(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    return demoted([item for item in ranked if answers_with_given_up(item.candidate)])


PASSED_LAST = Rule(
    "passed last",
    "it is asked for what is to come, and this day has gone",
    lambda question: question.asks_ahead,
    _passed,
    (
        Example(
            "When will the Ostrel ferry sail again?",
            "2025-05-20",
            (
                ("2025-04-28", "The Ostrel ferry will sail again on 5 May, the harbour office said."),
                (
                    "2025-05-16",
                    "Sailings of the Ostrel ferry are to begin again on 2 June.",
                ),
            ),
            "2 June",
        ),
    ),
    earned="168 questions of running stories, 1 December 2026: 3 more right, 3 fewer with a wrong day",
)
GIVEN_UP_FIRST = Rule(
    "given up first",
    "what had been meant, and was given up, is asked for",
    lambda question: question.asks_given_up,
    _given_up,
    (
        Example(
            "When had the Varn talks originally been due to open?",
            "2025-05-20",
            (
                ("2025-05-12", "The Varn talks will open on 3 June, the ministry said."),
                ("2025-05-13", "The opening had been set for Thursday, but the envoy to Varn fell ill."),
            ),
            "Thursday",
        ),
    ),
    earned="168 questions of running stories, 1 December 2026: 3 more right, 2 fewer with a wrong day",
)


GIVEN_UP_LAST = Rule(
    "given up last",
    "this day was given up",
    lambda question: question.asks_ahead,
    _is_given_up,
    (
        Example(
            "When will the Varn talks open?",
            "2025-05-14",
            (("2025-05-13", "The Varn talks were postponed until Monday. They had been due to open on Thursday."),),
            "until Monday",
        ),
    ),
    earned="168 questions of running stories, 1 December 2026: helps 0, hurts 0; kept: such a day is no answer",
)
