"""News is asked for when it is new: how much the age of an article counts for a question."""

from __future__ import annotations

from datetime import date
from math import exp

from index.languages.en.calendar import RECENT
from index.times.published import published_days
from index.times.timex import find_times
from index.types import Span

DAYS = 20.0
"""The age, in days, by which the favour has fallen to a third; with WEIGHT tried on half of a news quiz's questions."""

WEIGHT = 0.4
"""How much a passage of today gains, as a share of its score, where a question asks for news."""


def news_asked_for(question: str, now: date) -> float:
    """How much a question asks for news, 0 to 1: 1 where it says so, 0 where it names a time that is long past.

    >>> news_asked_for("Who won this week?", date(2026, 2, 10)), news_asked_for("Who won in 2014?", date(2026, 2, 10))
    (1.0, 0.0)
    """
    times = find_times(question, [Span(0, len(question))], now)
    if any(timex.first and timex.derived == "absolute" and (now - timex.first).days > 366 for timex in times):
        return 0.0
    return 1.0 if RECENT.search(question) else 0.5


def favour(published: str | None, now: date, asked_for: float) -> float:
    """What the score of a passage is multiplied with: 1 for an undated or an old article, more for a new one.

    Smooth, so that nothing is cut off: ``1 + asked_for * WEIGHT * exp(-age / DAYS)``; what was published after the
    question counts by its distance too.

    >>> favour("2026-02-10", date(2026, 2, 10), 1.0), favour(None, date(2026, 2, 10), 1.0)
    (1.4, 1.0)
    """
    days = published_days(published)
    if days is None:
        return 1.0
    age = (now - days[1]).days
    return 1 + asked_for * WEIGHT * exp(-abs(age) / DAYS)
