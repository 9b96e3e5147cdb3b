"""The expressions of time in any text, as TIMEX3 has them; no store is needed."""

from __future__ import annotations

import re
from datetime import date, datetime

from index.errors import SettingsInvalid
from index.times.publication import stated_publication
from index.times.published import published_day
from index.times.timex3 import Timex3, annotate


def times_in(text: str, published: date | str | None = None, *, day_first: bool = True) -> list[Timex3]:
    """Find the dates, times of day, durations and sets in a text, in order; none overlaps another.

    ``published`` is the day that "on Tuesday" counts from: a date, or one as ``2026-02-10``; without it the date that
    the text states at its top or end counts, and where there is none "on Tuesday" gets no value. ``day_first`` reads
    03/04/2025 as 3 April. Offsets are characters of ``text``. Raises SettingsInvalid for a day that is no date.

    >>> [(one.type, one.value) for one in times_in("They met on Tuesday for two hours.", "2026-02-13")]
    [('DATE', '2026-02-10'), ('DURATION', 'PT2H')]

    TIMEX3 is the annotation of TimeML (Pustejovsky and others 2003; ISO 24617-1).
    """
    from index.analysis.layout import read_layout  # whoever imports the assistant need not wait for numpy
    from index.analysis.sentences import split_sentences

    text = _NO_CHARACTER.sub("\ufffd", text)
    layout = read_layout(text, title="")
    return annotate(text, split_sentences(text, layout), publication(text, published, day_first), day_first=day_first)


_NO_CHARACTER = re.compile(r"[\ud800-\udfff]")


def publication(text: str, given: date | str | None, day_first: bool) -> date | None:
    """The day that a text counts from: the one given, else the one it states itself."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if given is None:
        stated = stated_publication(text, day_first=day_first)
        return published_day(stated.value) if stated else None
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise SettingsInvalid(f"published: {given!r} is no day; write it as 2026-02-10.") from None
