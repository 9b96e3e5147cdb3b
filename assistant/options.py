"""How a question is asked: on which day, of what was published when, with or without the reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from index.errors import DateInvalid
from index.times.days import day_in_words
from index.types import Window


class Options(TypedDict, total=False):
    """What ``ask``, ``chat``, ``stream``, ``search`` and ``preview`` take by name; None counts as not given."""

    fast: bool | None
    """Without the reader: about three times as fast, less often right (default: the setting of that name)."""
    now: date | str | None
    """The day it is asked on, a date or "2026-02-10" (default: ``as_of``, else today): news of then is favoured."""
    as_of: date | str | None
    """Nothing that was published after this day counts, nor what has no date."""
    published: tuple[date | str | None, date | str | None] | None
    """From when to when what counts was published, both days included; None for an open end."""
    outlets: Collection[str]
    """Only what these outlets published counts: their names as ``Article.outlet`` gives them."""
    articles: Collection[str]
    """Only the articles of these ids count."""


class Chosen(TypedDict, total=False):
    """Which articles ``articles`` and ``export`` take; None counts as not given."""

    published: tuple[date | str | None, date | str | None] | None
    """From when to when, both days included; None for an open end."""
    outlets: Collection[str]
    """Their names as ``Article.outlet`` gives them."""
    language: str | None
    """As ISO 639-1 has it, "en"."""
    source: str | None
    """What their address, in the store's folders or of the web, begins with."""
    words: str | None
    """Words that all stand in them, in any form."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The options of one question, with what was left out filled in."""

    fast: bool
    now: date
    window: Window | None


def read_options(options: Options, *, fast: bool) -> Asking:
    """Fill in what was left out, ``fast`` from the settings; raises DateInvalid for days that leave nothing.

    >>> read_options({"as_of": date(2024, 5, 3)}, fast=False).window.last
    datetime.date(2024, 5, 3)
    """
    chosen = options.get("fast")
    as_of = _day(options.get("as_of"))
    first, last = map(_day, options.get("published") or (None, None))
    last = min((day for day in (last, as_of) if day), default=None)
    if first and last and first > last:
        raise DateInvalid(f"the first day, {day_in_words(first)}, is after the last, {day_in_words(last)}")
    window = Window(first, last, _names(options.get("outlets")), _names(options.get("articles")))
    now = _day(options.get("now")) or as_of or date.today()
    return Asking(fast if chosen is None else chosen, now, window if window != Window() else None)


def _names(names: Collection[str] | None) -> frozenset[str]:
    """Some names; a single one may stand by itself."""
    return frozenset([names] if isinstance(names, str) else names or ())


def _day(day: date | str | None) -> date | None:
    """A day; of a moment its day, in its own zone; raises DateInvalid for words that are none."""
    if isinstance(day, str):
        try:
            return date.fromisoformat(day)
        except ValueError as error:
            raise DateInvalid(f"{day!r} is not a date; write it as 2026-02-10") from error
    if day is not None and not isinstance(day, date):
        raise DateInvalid(f"{day!r} is not a date; write it as 2026-02-10")
    return day.date() if isinstance(day, datetime) else day
