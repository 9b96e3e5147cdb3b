"""When what a sentence reports happened or is to happen, and whether it has: by the clause that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from index.analysis.types import SentenceAnalysis, Status
from index.times.days import Days, a_day
from index.times.expression import Timex
from index.times.published import report_days
from index.times.time_request import TimeIntent
from index.types import Article

_A_MONTH = timedelta(days=31)
_DAYS_BEFORE = timedelta(days=6)
"""What was so long before a week may be of it."""


class EventTime(NamedTuple):
    """The days of an event, None for an open or unknown end.

    ``explicit`` is whether the sentence tells them; else it is only known that it was before the report.
    """

    first: date | None
    last: date | None
    explicit: bool
    status: Status

    @property
    def happened(self) -> bool:
        """Whether the sentence says that it has happened."""
        return self.status is Status.ASSERTED

    def overlaps(self, other: EventTime) -> bool:
        """Whether both may be of the same days."""
        return (self.last is None or other.first is None or other.first <= self.last) and (
            other.last is None or self.first is None or self.first <= other.last
        )


def days_told(article: Article, sentence: SentenceAnalysis) -> Days | None:
    """The days that a sentence reports from: that of its update in a live blog, else those of its article."""
    return a_day(sentence.posted.date()) if sentence.posted else report_days(article)


def event_time(article: Article, sentence: SentenceAnalysis, words: tuple[int, int] | None, place: int) -> EventTime:
    """When what stands at a place of a sentence was, or is to be.

    ``words`` is where the words stand that answer, if that is known: the time nearest to them counts; else that of the
    main clause.
    """
    days = days_told(article, sentence)
    status = sentence.status_at(place)
    known = [timex for timex in sentence.times if timex.resolved]
    if words is None:
        timex = sentence.main_time
    else:
        if status is Status.ASSERTED:  # what is to come is told beside what happened
            gone = [one for one in known if not _lies_ahead(one, days[1] if days else None)]
            nearest = _nearest(known, words)
            if nearest and nearest not in gone and _touches(nearest, words):
                status = Status.PLANNED
            else:
                known = gone
        timex = _nearest(known, words)
    if timex:
        if timex.given_up:
            return EventTime(timex.first, timex.last, True, Status.CALLED_OFF)
        if status is Status.ASSERTED and days and timex.first and timex.first > days[1]:
            status = Status.PLANNED
        return EventTime(timex.first, timex.last, True, status)
    return EventTime(None, days[1] if days and status is Status.ASSERTED else None, False, status)


def may_be_of(intent: TimeIntent, when: EventTime) -> bool:
    """Whether an event may be of the days that are asked for.

    What is only known from the day of the report happened some days before it, a month if the question is as wide. What
    is so until it changes may have begun before.
    """
    closed = when.explicit and when.first and when.last and when.last - when.first > _A_MONTH  # "mayor 1989-1997"
    if intent.state and when.last and not closed:
        began = when.first if when.explicit else when.last
        return intent.meets(began, None if began else when.last)
    if when.last and not when.explicit:
        return intent.meets(when.last - intent.told_within, when.last)
    if when.last and intent.about:
        return intent.meets(when.first, when.last + _DAYS_BEFORE)
    return intent.meets(when.first, when.last)


def _nearest(times: Sequence[Timex], words: tuple[int, int]) -> Timex | None:
    return min(times, key=lambda timex: max(timex.start - words[1], words[0] - timex.end, 0), default=None)


def _touches(timex: Timex, words: tuple[int, int]) -> bool:
    return timex.start < words[1] and words[0] < timex.end


def _lies_ahead(timex: Timex, published: date | None) -> bool:
    return timex.derived == "after publication" or bool(published and timex.first and timex.first > published)
