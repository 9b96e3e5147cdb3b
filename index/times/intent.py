"""What a question asks of time: the latest or the first of something, and between which days."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.times.days import days_in_words, moved
from index.times.timex import Timex, find_times
from index.types import Span

Order = Literal["latest", "first"]

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
_ROLLING = re.compile(r"\bthe past (week|fortnight|month|year|decade)\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\bso far\b", re.IGNORECASE)
_COUNTED = re.compile(r" [a-z]+s\b")
_NAME_FOLLOWS = re.compile(r" [A-Z]")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


@dataclass(frozen=True, slots=True)
class TimeIntent:
    """What a question asks of time; ``first`` and ``last`` bound the event asked for, None for an open end."""

    order: Order | None = None
    first: date | None = None
    last: date | None = None

    @property
    def bounded(self) -> bool:
        """Whether the question names a time."""
        return self.first is not None or self.last is not None

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
    order = _order(plain)
    times = [timex for timex in find_times(plain, [Span(0, len(plain))], now, day_first=day_first) if timex.resolved]
    times = [timex for timex in times if not _is_no_time(plain, timex)]
    first, last = _bounds(plain, times, now)
    if rolling := _ROLLING.search(plain):
        with suppress(ValueError, OverflowError):  # before the year 1
            first, last = moved(now, rolling[1].lower(), -1), now
    elif _SO_FAR.search(plain):
        last = now
    if _AS_OF.search(plain):
        first = None
    return TimeIntent(order, first, last)


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
