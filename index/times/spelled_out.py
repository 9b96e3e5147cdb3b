"""A text with the days that its "on Tuesday" and "last month" stand for, in brackets behind them."""

from __future__ import annotations

from collections.abc import Sequence

from index.times.days import days_in_words
from index.times.expression import Timex

_SAYS_SO = ("as said", "absolute", "absolute, if day and month are not the other way round")


def spelled_out(text: str, start: int, end: int, times: Sequence[Timex]) -> str:
    """What stands between two places of a text, with its days; ``times`` are those found in the text.

    >>> from datetime import date
    >>> from index.times.timex import find_times
    >>> from index.types import Span
    >>> said = "It sank on Tuesday, three days after the storm."
    >>> spelled_out(said, 0, 19, find_times(said, [Span(0, 47)], date(2025, 3, 6)))
    'It sank on Tuesday (4 March 2025),'
    """
    pieces: list[str] = []
    at = start
    for timex in times:
        if timex.start < at or timex.end > end or timex.derived in _SAYS_SO or not (timex.first and timex.last):
            continue
        pieces += [text[at : timex.end], f" ({days_in_words(timex.first, timex.last)})"]
        at = timex.end
    return "".join([*pieces, text[at:end]])
