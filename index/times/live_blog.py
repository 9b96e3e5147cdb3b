"""A live blog's updates, each with the moment at which it was posted.

A stamp is a clock time at the beginning of a line, or in what is no sentence of the article ("9:22 p.m. June 30, 2026
Share this update"), with a sentence behind it. Stamps are those of updates where four or more follow each other in
time, up or down the page; a clock that is set back begins another day. Time zones are not told apart: a page keeps to
one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from index.languages.en.calendar import BETWEEN_CLOCK_AND_DAY, CLOCK, OPENS
from index.times.published import published_day, report_days
from index.times.timex import find_times
from index.types import Article, Span

_FEWEST, _SHARE = 4, 0.7
"""So many stamps, and this share of all, are in order; else they are times of something else."""

_DAY = 24 * 60
_BESIDE = 24
"""Characters between a clock and the day that stands with it."""

_MARKS = " \t[(•*–—-"
_MOST = 400
"""Stamps that are looked at: a page with more is a table of times."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a stamp begins, its minute of the day, and its day where it stands with it."""

    start: int
    minute: int
    day: date | None = None


def posted(article: Article, sentences: Sequence[Span]) -> list[tuple[int, datetime]]:
    """Where each update of a live blog begins, in order, and when it was posted; none for any other article.

    >>> blog = "9:40 pm|All are safe.|8:05 pm|Two are missing.|7:10 pm|It is listing.|6:30 pm|It sailed.".split("|")
    >>> text = "\\n".join(blog)
    >>> told = [Span(text.index(line), text.index(line) + len(line)) for line in blog[1::2]]
    >>> found = posted(Article("1", text, "1", published="2025-03-03"), told)
    >>> [(place, f"{when:%d %H:%M}") for place, when in found]
    [(0, '03 21:40'), (22, '03 20:05'), (47, '03 19:10'), (70, '03 18:30')]
    """
    published = published_day(article.published)
    if published is None:
        return []
    begins = [span.start for span in sentences if span.evidence]
    stamps = [
        one
        for one, following in pairwise([*_stamps(article.text, sentences, published), Stamp(len(article.text), 0)])
        if bisect_left(begins, one.start) < bisect_left(begins, following.start)
    ]
    if not _FEWEST <= len(stamps) <= _MOST:
        return []
    down, up = _in_order(stamps, -1), _in_order(stamps, 1)
    chain, step = (up, 1) if len(up) > len(down) else (down, -1)
    if len(chain) < max(_FEWEST, _SHARE * len(stamps)):
        return []
    try:
        days = _days(chain, step, article)
    except OverflowError:  # at the end of all calendars
        return []
    return [
        (stamp.start, datetime(day.year, day.month, day.day, *divmod(stamp.minute, 60)))
        for stamp, day in zip(chain, days, strict=True)
    ]


def without_stamps(text: str, sentences: Sequence[Span], updates: Sequence[tuple[int, datetime]]) -> list[Span]:
    """The sentences of a live blog, those that begin an update without its stamp, which is no evidence.

    >>> text = "11:10 Some say that he is back."
    >>> [one.end for one in without_stamps(text, [Span(0, len(text))], [(0, datetime(2025, 3, 3, 11, 10))])]
    [6, 31]
    """
    begins = [start for start, _ in updates]
    found: list[Span] = []
    for span in sentences:
        place = bisect_left(begins, span.start)
        clock = CLOCK.match(text, begins[place]) if place < len(begins) and begins[place] < span.end else None
        opens = OPENS.match(text, clock.end()) if clock else None
        begun = opens.end() if opens else span.start
        if span.evidence and span.start < begun < span.end:
            found += [Span(span.start, begun, evidence=False), Span(begun, span.end)]
        else:
            found.append(span)
    return found


def _stamps(text: str, sentences: Sequence[Span], published: date) -> Iterator[Stamp]:
    told = [span for span in sentences if span.evidence]
    place = 0
    for match in CLOCK.finditer(text):
        while place < len(told) and told[place].end <= match.start():
            place += 1
        start = told[place].start if place < len(told) else len(text)
        if start <= match.start() and (text[start : match.start()].strip(_MARKS) or not OPENS.match(text, match.end())):
            continue
        hour, minute = int(match["hour"]), int(match["minute"])
        if half := match["half"]:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        yield Stamp(match.start(), 60 * hour + minute, _day_beside(text, match, published))


def _day_beside(text: str, match: re.Match[str], published: date) -> date | None:
    """The day that stands with a clock: "October 23, 2025 21:40", "18:24 BST 16 May"."""
    line = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    first, last = max(line, match.start() - 40), min(end if end >= 0 else len(text), match.end() + 40)
    for timex in find_times(text, [Span(first, last)], published):
        before, after = text[timex.end : match.start()], text[match.end() : timex.start]
        beside = before if timex.end <= match.start() else after
        is_date = timex.precision == "day" and any(map(str.isdigit, text[timex.start : timex.end]))
        if is_date and len(beside) <= _BESIDE and BETWEEN_CLOCK_AND_DAY.fullmatch(beside):
            return timex.first
    return None


def _in_order(stamps: Sequence[Stamp], step: int) -> list[Stamp]:
    """The most stamps that follow each other, each less than half a day after the one before it, up or down."""
    best = [(1, 0)] * len(stamps)  # how many up to here, and how often the clock was not set back among them
    before = [-1] * len(stamps)
    for place, stamp in enumerate(stamps):
        for earlier in range(place):
            if _follows(stamps[earlier], stamp, step):
                count, straight = best[earlier]
                longer = count + 1, straight + (step * (stamp.minute - stamps[earlier].minute) >= 0)
                if longer > best[place]:
                    best[place], before[place] = longer, earlier
    at = max(range(len(stamps)), key=best.__getitem__)
    chain: list[Stamp] = []
    while at >= 0:
        chain.append(stamps[at])
        at = before[at]
    return chain[::-1]


def _follows(one: Stamp, other: Stamp, step: int) -> bool:
    if one.day and other.day:
        return step * ((other.day - one.day).days * _DAY + other.minute - one.minute) >= 0
    return step * (other.minute - one.minute) % _DAY < _DAY // 2


def _days(chain: Sequence[Stamp], step: int, article: Article) -> list[date]:
    """The day of each: those that are told, and from these on, or from the newest, by where the clock is set back."""
    turns = [0]
    for one, other in pairwise(chain):
        turns.append(turns[-1] + (step if step * (other.minute - one.minute) < 0 else 0))
    known = [(place, stamp.day) for place, stamp in enumerate(chain) if stamp.day] or [_anchor(chain, step, article)]
    days = []
    for place in range(len(chain)):
        at, day = min(known, key=lambda one: abs(one[0] - place))
        days.append(day + timedelta(days=turns[place] - turns[at]))
    return days


def _anchor(chain: Sequence[Stamp], step: int, article: Article) -> tuple[int, date]:
    """The oldest stamp is of the day of publication; the newest is of that of the last update.

    A page that is stamped once may be stamped when it ended: at the hour of the newest.
    """
    oldest, newest = (0, len(chain) - 1)[::step]
    published, days = published_day(article.published), report_days(article)
    assert published and days
    if days[1] > published:
        return newest, days[1]
    hour = CLOCK.search((article.published or "")[10:])
    if hour:
        minute = 60 * int(hour["hour"]) + int(hour["minute"])
        if _apart(minute, chain[newest].minute) < _apart(minute, chain[oldest].minute):
            return newest, published
    return oldest, published


def _apart(one: int, other: int) -> int:
    return min((one - other) % _DAY, (other - one) % _DAY)
