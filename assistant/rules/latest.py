"""The latest or the first of something: of what may answer about as well, the newest event, or the oldest."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.event_time import may_be_of
from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import Example, Factors, Rule, in_order
from index.languages.en.states import ENDED
from index.times.time_request import TimeIntent

ALIKE = 0.6
"""Candidates with this share of the best one's strength, or more, may report what is asked for as well as it."""

_OF_A_STATE = 0.3
"""The same of what is so until it changes, by whatever words it is told."""

_DAY = 24 * 60
ANSWERS = 0.7
"""What was read closely may report it if it answers with this probability, or more; of a state with ``_HOLDS``.

Chosen on 53 questions of archives that nothing was trained on, 30 November 2026: from .6 on, and without questions for
yes or no, 35 are right, as without the rule; at .45, and with them, 31.
"""

_HOLDS = 0.5
"""As ``ANSWERS``, of who holds an office, or what a thing costs: it is often told in passing ("the coach, Ida Marn,
said")."""


def _by_age(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    intent = question.query.time
    assert intent
    first = max(ranked, key=lambda item: item.strength)
    least = first.strength * (_OF_A_STATE if intent.state else ALIKE)
    answers = _HOLDS if intent.state else ANSWERS
    named = first.candidate.features.names
    alike = [
        item
        for item in ranked
        if item.candidate.features.names >= named
        and (item is first or (item.probability >= answers if item.candidate.close else item.strength >= least))
    ]
    # What may be of any day keeps its place: that it is undated makes it neither newer nor older.
    dated = [item for item in alike if not item.candidate.event.happened or item.candidate.event.last]
    if not any(item.candidate.event.last for item in dated):
        return {}
    return in_order(sorted(dated, key=lambda item: _place(intent, item)))


def _place(intent: TimeIntent, item: Ranked) -> tuple[int, int, float]:
    """Sorts before others: within the bounds, happened, newest event (or oldest), newest report or update."""
    when = item.candidate.event
    if not when.happened:
        return 2, 0, 0
    outside = intent.bounded and when.explicit and not may_be_of(intent, when)
    order = 0
    if day := when.last or when.first:
        if intent.state and intent.order == "latest" and ENDED.search(item.candidate.text):
            day = when.first or day.replace(day=1)  # whoever follows came about when it ended
        order = -day.toordinal() if intent.order == "latest" else (when.first or day).toordinal()
    days, posted = item.candidate.reported, item.candidate.sentence.posted
    hour = (60 * posted.hour + posted.minute) / _DAY if posted else 0.0
    return int(outside), order, -(days[1].toordinal() + hour) if days else 0.0


IN_ORDER = Rule(
    "latest",
    "the latest or the first is asked for",
    lambda question: bool(question.query.time and question.query.time.order) and question.answer_type != "yes_no",
    _by_age,
    (
        Example(
            "Who first crossed the Esk strait?",
            "2025-12-01",
            (
                ("2025-03-04", "Hana Velt was the first woman who crossed the Esk strait, in 1963."),
                ("2025-08-14", "Stefan Korrin crossed the Esk strait in a rowing boat in 1951."),
            ),
            "1951",
        ),
    ),
    earned="53 questions of unseen archives, 30 November 2026: helps 0, hurts 0; kept for the latest event",
)
