"""The times that a question names, however it writes them: "in march", "ON FRIDAY", "the day before 5 May"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from index.languages.en.function_words import CALENDAR_WORDS
from index.times.days import MONTHS, a_month
from index.times.expression import Timex
from index.times.timex import find_times
from index.types import Span

_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_CALENDAR = re.compile(rf"\b(?:{'|'.join(sorted(CALENDAR_WORDS - {'may', 'march'}))})\b")
_MAY = re.compile(
    r"(?<![\w-])(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\bby )|(?<=\bfrom )|(?<=\bearly )|(?<=\blate )"
    r"|(?<=\blast )|(?<=\bnext )|(?<=\d )|(?<=\dth )|(?<=\dst )|(?<=\dnd )|(?<=\drd ))(?:may|march)\b"
    r"|\b(?:may|march)(?= \d)"
)
_PRESENT = re.compile(
    r"\W*(?:(?:when|where|who|what|which|how|why)(?: [\w'’-]+){0,4}? )?(?:is|are|does|do)\b"
    r"|\W*(?:who|what|which \w+) (?!was\b|has\b)[a-z]+s\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:did|was|were|had|has|have|been|\w+ed)\b")
_DID = re.compile(
    r"\W*(?:(?:when|where|(?:on |in )?(?:what|which) (?:day|date|month|year|city|town|place|country)) (?:exactly )?)?"
    r"(?:did|was|were|has|have|had)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|would|going to|(?:is|are|was|were) (?:to|due|set|planned|scheduled|expected))\b")
_A_DAY = re.compile(rf"\d.*\b(?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)})\b.*\d|^\d+[-/.]\d+[-/.]\d+$")
_COUNTED = re.compile(r" [a-z]+s\b")
_NAME_FOLLOWS = re.compile(r" [A-Z]")
_NAME_BEFORE = re.compile(r"(?<=\w )([A-Z][a-z]+) $")
_NAMED_DAY = re.compile(r"\b(?:Black|Ash|Palm|Bloody|Super|Cyber|Fat|Shrove|Holy|Maundy) $")
_JOINED = re.compile(r" (?:or|and)(?: in)? ")
_BESIDE = re.compile(r"\bthe (?P<unit>day|week) (?P<way>before|after) (?:the )?$", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?P<way>after|since|following|before|ahead of) (?:the|an?|his|her|their|its) (?:[\w'’-]+ ){1,4}(?:of|on|in)"
    r"(?: the)? $",
    re.IGNORECASE,
)
"""An event that is named with its time: "after the quake of 11 February"."""


def in_plain_case(question: str) -> str:
    """A question with its months and weekdays as an article writes them, and nothing in what it quotes.

    >>> in_plain_case('who said "in May" on friday or in may?')
    'who said ________ on Friday or in May?'
    """
    plain = _QUOTED.sub(lambda match: "_" * len(match.group()), question)
    plain = plain.lower() if plain.isupper() else plain
    for words in (_CALENDAR, _MAY):
        plain = words.sub(lambda match: match.group().capitalize(), plain)
    return plain


def question_times(question: str, now: date, *, day_first: bool) -> list[Timex]:
    """The expressions in a question in plain case whose days are known when it is asked on the day ``now``."""
    times = find_times(question, [Span(0, len(question))], now, day_first=day_first)
    if _PRESENT.match(question) and not _PAST.search(question):
        coming = find_times(question, [Span(0, len(question))], now, day_first=day_first, coming=True)
        times = [_nearer(*pair, now) for pair in zip(times, coming, strict=True)]
    known = [timex for timex in times if timex.resolved and not _is_no_time(question, timex)]
    return [_beside(question, timex) for timex in _of_one_year(question, known)]


def asks_past(question: str) -> bool:
    """Whether a question asks when, where or whether something happened: not what was announced "for when".

    >>> asks_past("When did it open?"), asks_past("When will it open?"), asks_past("Has it opened?")
    (True, False, True)
    """
    return bool(_DID.match(question)) and not _WILL.search(question)


def impossible_days(question: str, now: date, *, day_first: bool) -> tuple[str, ...]:
    """The days that a question in plain case names and that do not exist.

    >>> impossible_days("What happened on 31 February 2025?", date(2026, 2, 10), day_first=True)
    ('31 February 2025',)
    """
    times = find_times(question, [Span(0, len(question))], now, day_first=day_first)
    unknown = [question[timex.start : timex.end] for timex in times if not timex.resolved]
    return tuple(written for written in unknown if _A_DAY.search(written))


def _nearer(gone: Timex, coming: Timex, now: date) -> Timex:
    """Of the past and the next "December" the nearer one; "plays on Saturday" is always of the next."""
    if not (gone.last and coming.first and gone.last < now < coming.first):
        return gone
    away = coming.first - now
    return coming if away < timedelta(days=7) or away < now - gone.last else gone


def _of_one_year(question: str, times: Sequence[Timex]) -> list[Timex]:
    """The months of "in March or June 2022" are both of that year."""
    mended = list(times)
    for place, (one, other) in enumerate(pairwise(times)):
        months = one.precision == other.precision == "month" and one.derived != "absolute" == other.derived
        if months and _JOINED.fullmatch(question[one.end : other.start]) and one.first and other.first:
            first, last, _ = a_month(other.first.year, one.first.month)
            mended[place] = replace(one, first=first, last=last, derived="absolute")
    return mended


def _beside(question: str, timex: Timex) -> Timex:
    """The day before another, and what comes after an event that is named with its time."""
    if (beside := _BESIDE.search(question, 0, timex.start)) and (timex.first or timex.last):
        days = timedelta(days=1 if beside["unit"].lower() == "day" else 7)
        one = timedelta(days=1)
        if beside["way"].lower() == "before" and timex.last:  # "before 5 May" ends on the 4th
            return replace(timex, start=beside.start(), first=timex.last - days + one)
        if beside["way"].lower() == "after" and timex.first:
            return replace(timex, start=beside.start(), last=timex.first + days - one)
    if event := _EVENT.search(question, 0, timex.start):
        before = event["way"].lower() in ("before", "ahead of")
        return replace(timex, first=None) if before else replace(timex, last=None)
    return timex


def _is_no_time(question: str, timex: Timex) -> bool:
    """August Lindqvist and Sergeant August, Black Friday, and "the 2000 workers"."""
    written = question[timex.start : timex.end]
    if written.isdigit():
        return bool(_COUNTED.match(question, timex.end)) and question[: timex.start].endswith(("the ", "of ", "all "))
    before = _NAME_BEFORE.search(question, 0, timex.start)
    named = written in MONTHS and before and before[1].lower() not in CALENDAR_WORDS
    return bool(named or _NAMED_DAY.search(question, 0, timex.start) or _NAME_FOLLOWS.match(question, timex.end))
