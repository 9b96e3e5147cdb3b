"""Whether a text tells of times long past in their order, so that a day without a year goes on from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from index.times.days import MONTHS, WEEKDAYS
from index.times.expression import Timex

_FEWEST_YEARS = 8
"""Of a text that is a history, at least; the shares below were chosen on half of WikiWars and on news texts."""
_MOSTLY = 0.65
_IN_ORDER = 0.55
_SELDOM = 0.05
_LONG_AGO = timedelta(days=366)
_OF_NOW = re.compile(
    rf"\b(?:(?:{'|'.join(WEEKDAYS)})(?!,)|yesterday|today|tomorrow|now|this|these|ago|(?<!the )(?:last|next))\b",
    re.IGNORECASE,
)


def is_history(text: str, times: Sequence[Timex], published: date | None) -> bool:
    """Whether a text tells of times long past in their order, and not of now: days without a year go on from them.

    Nearly all that it dates with a year is long past and told in order, and it hardly says "on Tuesday" or "last week".
    """
    of_now = sum(bool(_OF_NOW.search(text[max(0, one.start - 4) : one.end])) for one in times)
    if published is None or of_now > _SELDOM * len(times):
        return False
    named = [one.first for one in times if one.derived == "absolute" and one.first]
    past = sum(published - day > _LONG_AGO for day in named)
    ordered = sum(one <= other for one, other in pairwise(named))
    return past >= _FEWEST_YEARS and past >= _MOSTLY * len(named) and ordered >= _IN_ORDER * (len(named) - 1)


_FEWEST_IN_ORDER = 3
_DECADES_AGO = timedelta(days=30 * 366)


def years_told_of(text: str, times: Sequence[Timex], published: date | None) -> frozenset[int]:
    """Where a year long past stands of which the next sentences tell: three days or months in order, none of now.

    "… how close it came to vanishing in 1877. The army crossed the river on 2 June …".
    """
    found = set()
    for number, one in enumerate(times):
        if published is None or one.derived != "absolute" or one.precision != "year" or one.first is None:
            continue
        if published - one.first < _DECADES_AGO or one.last is None:
            continue
        said: list[tuple[int, int]] = []
        for other in times[number + 1 :]:
            words = text[max(0, other.start - 4) : other.end]
            named = _NAMED_MONTH.search(words)
            if _OF_NOW.search(words) or other.derived == "absolute" or len(said) == _FEWEST_IN_ORDER:
                break
            if named and other.units:
                said.append((other.units[0].days[0].month, other.units[0].days[0].day))
        if len(said) == _FEWEST_IN_ORDER and said == sorted(said):
            found.add(one.start)
    return frozenset(found)


_NAMED_MONTH = re.compile(rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})")
