"""Whether what a sentence reports has happened, and on which days: by the clause that tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from index.analysis.factuality import is_denied, lies_ahead
from index.times.published import report_days
from index.times.time_request import TimeIntent
from index.times.timex import Timex
from index.types import Article

_LEADING = re.compile(r"\W*(?:After|Before|Since|Following|Despite|When|While|As|Ahead of|Until|Once)\b[^,]*, ")
_ASIDE = re.compile(r", (?:\w+(?:ed|en|wn|lt|ght)|who|which|whose|where|once|first)\b[^,;]*,")
"""What is told beside the main clause: "the church, damaged by a quake in 2023, reopened"."""

FIRST_TIME = re.compile(
    r",? for the (?:\w+ )?(?:first|second|third|last) time (?:since|in) (?:\w+ ){0,3}?[\w'’]+"
    r"|,? (?:the|their|its|his|her) (?:\w+ )?(?:first|second|third|last) (?:\w+ ){0,2}?\w+ since [^,.;]+"
)
"""What says when such an event was before: "met for the first time since 2022"."""

_A_MONTH = timedelta(days=31)
_DAYS_BEFORE = timedelta(days=6)
"""What was so long before a week may be of it."""


class Happened(NamedTuple):
    """The days on which an event happened; ``told`` is whether the sentence itself tells them."""

    first: date | None
    last: date | None
    told: bool


def may_meet(intent: TimeIntent, when: Happened) -> bool:
    """Whether an event may have happened in the days asked for.

    What is only known from the day of the report happened some days before it, a month if the question is as wide. What
    is so until it changes may have begun before.
    """
    closed = when.told and when.first and when.last and when.last - when.first > _A_MONTH  # "mayor 1989-1997"
    if intent.state and when.last and not closed:
        began = when.first if when.told else when.last
        return intent.meets(began, None if began else when.last)
    if when.last and not when.told:
        return intent.meets(when.last - intent.told_within, when.last)
    if when.last and intent.about:
        return intent.meets(when.first, when.last + _DAYS_BEFORE)
    return intent.meets(when.first, when.last)


def happened(
    article: Article, times: Sequence[Timex], start: int, end: int, words: tuple[int, int] | None
) -> Happened | None:
    """When what the sentence at some place reports happened: as it tells, else before it was published.

    ``words`` is where in the article the words that matter stand, ``times`` are those of the article. None for what
    did not happen; both days are None where they are not known.
    """
    text = article.text[start:end]
    at = (words[0] - start, words[1] - start) if words else _main(text)
    if is_denied(text, *at) or lies_ahead(text, *at):
        return None
    days = report_days(article)
    beside = FIRST_TIME.search(text)
    main = [one for one in times if not (beside and start + beside.start() <= one.start < start + beside.end())]
    if words is None and (here := [one for one in main if one.resolved and start <= one.start and one.end <= end]):
        main = [main_time(text, here, start)]
    if timex := event_time(main, start, end, words, days[1] if days else None):
        return Happened(timex.first, timex.last, True)
    return Happened(None, days[1], False) if days else Happened(None, None, False)


def event_time(
    times: Sequence[Timex], start: int, end: int, words: tuple[int, int] | None, published: date | None
) -> Timex | None:
    """Which of the times in a sentence is that of its event: in the words that matter, else nearest to them.

    Without such words it is the newest. What lies after the day of publication, if one is given, is none.
    """
    known = [
        timex
        for timex in times
        if start <= timex.start
        and timex.end <= end
        and timex.resolved
        and not (published and timex.derived == "after publication")
        and not (published and timex.first and timex.first > published)
    ]
    if words is None:
        return max(known, key=lambda timex: timex.last or timex.first or date.min, default=None)
    return min(known, key=lambda timex: max(timex.start - words[1], words[0] - timex.end, 0), default=None)


def main_time(text: str, times: Sequence[Timex], start: int) -> Timex:
    """The time of a sentence's main clause: the first that stands neither in "After the scandal of 3 May, …" nor aside.

    ``times``, one at least, are those in the sentence, which begins at ``start``.
    """
    lead = _LEADING.match(text)
    aside = [(start + found.start(), start + found.end()) for found in _ASIDE.finditer(text)]
    before = [(start, start + lead.end())] if lead else []
    for beside in (before + aside, before):
        if main := [one for one in times if not any(first <= one.start < last for first, last in beside)]:
            return main[0]
    return times[0]


def _main(text: str) -> tuple[int, int]:
    """The main clause of a sentence of which nothing is known to matter more: the first."""
    lead = _LEADING.match(text)
    begin = lead.end() if lead else 0
    return begin, begin + 1
