"""What a question asks of time: the latest or the first of something, and between which days."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from index.times.days import MONTHS, days_in_words, moved
from index.times.expression import Timex
from index.times.order import Order, asks_state, read_order
from index.times.published import published_days
from index.times.question_times import impossible_days, in_plain_case, question_times

REPORTED_WITHIN = timedelta(days=31)
"""How long after an event the news tell of it without telling when it was."""

_AS_OF = re.compile(r"\bas (?:of|at)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|ever since)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_ROLLING = re.compile(r"\bthe past (week|fortnight|month|year|decade|century)\b", re.IGNORECASE)
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\bso far\b", re.IGNORECASE)
_THIS_WEEK = re.compile(r"\b(?:this|last|the past) week\b", re.IGNORECASE)


_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class TimeIntent:
    """What a question asks of time; ``first`` and ``last`` bound the event asked for, None for an open end."""

    order: Order | None = None
    first: date | None = None
    last: date | None = None
    as_of: bool = field(default=False, compare=False, repr=False)
    """Whether what was reported after ``last`` does not count."""
    about: bool = field(default=False, compare=False, repr=False)
    """Whether the days are only about meant: on a Friday, "this week" began on Saturday for many."""
    state: bool = field(default=False, compare=False, repr=False)
    """Whether what is so until it changes is asked for: what was so before may still have been."""
    said: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    """Where in the question the days stand."""
    impossible: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Days that it names and that do not exist."""

    @property
    def bounded(self) -> bool:
        """Whether the question names a time."""
        return self.first is not None or self.last is not None

    @property
    def told_within(self) -> timedelta:
        """How long before a report an event of these days may be that tells no time: as long as they are, a week to a
        month."""
        if self.first is None or self.last is None:
            return REPORTED_WITHIN
        return min(max(self.last - self.first, timedelta(days=7)), REPORTED_WITHIN)

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether some days, None for an open end, share any with those asked for."""
        begins_before_end = self.last is None or first is None or first <= self.last
        return begins_before_end and (self.first is None or last is None or last >= self.first)

    def may_be_reported(self, published: str | None) -> bool:
        """Whether an article of that date may report the days asked for as news: within ``REPORTED_WITHIN`` of them.

        What is so until it changes, any earlier one may tell.
        """
        days = published_days(published)
        if self.as_of and self.last and days and days[0] > self.last:
            return False
        if self.state and days:
            return self.bounded and (self.last is None or days[0] <= self.last)
        return self.bounded and days is not None and self.meets(days[0] - REPORTED_WITHIN, days[1])

    def __str__(self) -> str:
        """
        >>> str(TimeIntent("latest", last=date(2023, 6, 30)))
        'the latest, up to 30 June 2023'
        """
        parts = [f"the {self.order}"] if self.order else []
        if self.bounded:
            parts.append(days_in_words(self.first, self.last))
        return ", ".join(parts)


def read_intent(question: str, now: date, *, day_first: bool = True) -> TimeIntent:
    """What a question asks of time when it is asked on the day ``now``.

    >>> read_intent("When did Oren and Salka last speak?", date(2026, 2, 10))
    TimeIntent(order='latest', first=None, last=None)
    >>> str(read_intent("What happened between March and June 2022?", date(2026, 2, 10)))
    '1 March to 30 June 2022'
    """
    plain = in_plain_case(question)
    order = read_order(plain)
    times = question_times(plain, now, day_first=day_first)
    first, last = _bounds(plain, times, now)
    said = [(timex.start, timex.end) for timex in times]
    if rolling := _ROLLING.search(plain):
        with suppress(ValueError, OverflowError):  # before the year 1
            first, last = moved(now, rolling[1].lower(), -1), now
    elif so_far := _SO_FAR.search(plain):
        last = now
        said.append(so_far.span())
    if _AS_OF.search(plain):
        first = None
    if order and (first or last) and _STILL.search(plain):
        order = read_order(_STILL.sub("", plain))  # "still" of a day is of that day
    as_of, about = bool(last and _AS_OF.search(plain)), bool(_THIS_WEEK.search(plain))
    places = tuple(sorted(said)) if first or last else ()
    state = asks_state(plain)
    return TimeIntent(order, first, last, as_of, about, state, places, impossible_days(plain, now, day_first=day_first))


def names_no_year(question: str) -> bool:
    """Whether a question names a month, or a day of one, and no year.

    >>> names_no_year("What happened on 21 march?"), names_no_year("What happened in March 2024?")
    (True, False)
    """
    plain = in_plain_case(question)
    return bool(_MONTH.search(plain)) and not _YEAR.search(plain)


def _bounds(question: str, times: list[Timex], now: date) -> tuple[date | None, date | None]:
    """The days that all expressions allow; where they exclude each other, those from the first to the last."""
    firsts, lasts = [], []
    for timex in times:
        if timex.first:
            firsts.append(timex.first)
        if timex.last and not (timex.last == now and _SINCE.search(question[: timex.start])):
            lasts.append(timex.last)
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first and last and first > last:
        return min(firsts), max(lasts)
    return first, last
