"""What a question asks of time: the latest or the first of something, and between which days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from index.times.days import a_month, days_in_words, moved
from index.times.published import published_days
from index.times.timex import Timex, find_times
from index.types import Span
from index.words import CALENDAR_WORDS

Order = Literal["latest", "first"]

REPORTED_WITHIN = timedelta(days=31)
"""How long after an event the news tell of it without telling when it was."""

_PERIODS = (
    "second minute hour day night week weekend fortnight month quarter season summer winter spring autumn year decade"
    " century monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december"
).split()
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|couple)"
_NO_ORDER = (
    rf"(?:{'|'.join(_PERIODS)})s?\b|{_NUMBER}\b|names?\b|resort\b|supper\b|straw\b|will\b|rites\b|lap\b|word\b|ditch\b"
    r"|but\b|in\b|place\b|lady\b|minister\b|aid\b|class\b|responders?\b|rate\b|edition\b|round\b|half\b|legs?\b"
)
_ADVERB = re.compile(
    rf"\b(?:did|do|does|has|have|had|was|were|is|are|be|been)\b(?:(?!\bthe\b (?:last|first)\b).)*?"
    rf"(?<!the )(?<!'s )(?<!’s )(?<!came )(?<!come )(?<!finish )\b(last|first)\b(?! (?:{_NO_ORDER}))(?: [a-z]|\?|$)"
)
_THE_LAST = re.compile(rf"\b(?:the|her|his|their|its|[A-Z]\w+['’]s) last (?!{_NO_ORDER})[a-z]")
_TIME = re.compile(r"\bthe (last|first) time\b")
_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|currently|at present|at the moment|nowadays|these days|as of|as at"
    r"|still(?! lifes?\b)|right now|now(?=\?|$)|the current\b(?! account)|(?<=\bis )now\b|(?<=\bare )now\b)",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\W*(?:for )?how long\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:earliest|very first|originally|who first)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\bas (?:of|at)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|ever since)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_ROLLING = re.compile(r"\bthe past (week|fortnight|month|year|decade|century)\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\bso far\b", re.IGNORECASE)
_COUNTED = re.compile(r" [a-z]+s\b")
_NAME_FOLLOWS = re.compile(r" [A-Z]")
_JOINED = re.compile(r" (?:or|and)(?: in)? ")
_NOT_BEFORE = re.compile(r"\bnot before (?:the )?", re.IGNORECASE)
_CALENDAR = re.compile(rf"\b(?:{'|'.join(sorted(CALENDAR_WORDS - {'may', 'march'}))})\b")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


@dataclass(frozen=True, slots=True)
class TimeIntent:
    """What a question asks of time; ``first`` and ``last`` bound the event asked for, None for an open end."""

    order: Order | None = None
    first: date | None = None
    last: date | None = None
    as_of: bool = field(default=False, compare=False, repr=False)
    """Whether what was reported after ``last`` does not count."""
    said: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    """Where in the question the days stand."""

    @property
    def bounded(self) -> bool:
        """Whether the question names a time."""
        return self.first is not None or self.last is not None

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether some days, None for an open end, share any with those asked for."""
        begins_before_end = self.last is None or first is None or first <= self.last
        return begins_before_end and (self.first is None or last is None or last >= self.first)

    def may_be_reported(self, published: str | None) -> bool:
        """Whether an article of that date may report the days asked for as news: within ``REPORTED_WITHIN`` of them."""
        days = published_days(published)
        if self.as_of and self.last and days and days[0] > self.last:
            return False
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
    plain = _QUOTED.sub(lambda match: "_" * len(match.group()), question)
    if plain.isupper():
        plain = _CALENDAR.sub(lambda match: match.group().capitalize(), plain.lower())
    order = _order(plain)
    times = [timex for timex in find_times(plain, [Span(0, len(plain))], now, day_first=day_first) if timex.resolved]
    times = [timex for timex in times if not _is_no_time(plain, timex)]
    times = _of_one_year(plain, times)
    first, last = _bounds(plain, times, now)
    if rolling := _ROLLING.search(plain):
        with suppress(ValueError, OverflowError):  # before the year 1
            first, last = moved(now, rolling[1].lower(), -1), now
    elif _SO_FAR.search(plain):
        last = now
    if _AS_OF.search(plain):
        first = None
    if first is None and last and (never := _NOT_BEFORE.search(plain)) and any(never.end() == t.start for t in times):
        first, last = last + timedelta(days=1), None
    said = tuple((timex.start, timex.end) for timex in times)
    return TimeIntent(order, first, last, bool(last and _AS_OF.search(plain)), said if first or last else ())


def _of_one_year(question: str, times: Sequence[Timex]) -> list[Timex]:
    """The months of "in March or June 2022" are both of that year."""
    mended = list(times)
    for place, (one, other) in enumerate(pairwise(times)):
        months = one.precision == other.precision == "month" and one.derived != "absolute" == other.derived
        if months and _JOINED.fullmatch(question[one.end : other.start]) and one.first and other.first:
            first, last, _ = a_month(other.first.year, one.first.month)
            mended[place] = replace(one, first=first, last=last, derived="absolute")
    return mended


def _is_no_time(question: str, timex: Timex) -> bool:
    """August Lindqvist, and "the 2000 workers"."""
    if question[timex.start : timex.end].isdigit():
        return bool(_COUNTED.match(question, timex.end)) and question[: timex.start].endswith(("the ", "of ", "all "))
    return bool(_NAME_FOLLOWS.match(question, timex.end))


def _order(question: str) -> Order | None:
    if _LATEST.search(question) or _THE_LAST.search(question):
        return "latest"
    if not _HOW_LONG.match(question) and (match := _ADVERB.search(question) or _TIME.search(question)):
        return "latest" if match[1] == "last" else "first"
    return "first" if _FIRST.search(question) else None


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
