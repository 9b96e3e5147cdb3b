"""The date of an article: from its metadata, else from its own lines, else the one that was given with the ingest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from index.times.expression import Timex
from index.times.publication import stated_publication, stated_update
from index.times.published import published_day, published_days, report_days
from index.times.timex import find_times, of_either
from index.types import Article, Span

Known = tuple[Article, str] | None
"""An article as the catalog has it, with its root."""


def date_article(
    article: Article, before: Known, *, given: str | None = None, day_first: bool
) -> tuple[Article, str | None]:
    """An article with its dates and where that of publication was found, and a note on what is odd about it.

    ``given`` is for articles that state no date; one that was given earlier is kept.
    """
    dated, note = _date(article, before, given, day_first)
    return replace(dated, updated=_update(dated, day_first)), note


def _update(article: Article, day_first: bool) -> str | None:
    """The newest date after its publication on which an article was changed, by its metadata or its text."""
    days = published_days(article.published)
    if not days:
        return None
    stated = stated_update(article.text, days[1], day_first=day_first)
    told = (article.updated, stated.value if stated else None)
    found = [value for value in told if value and _is_later(value, days[1])]
    return max(found, default=None)


def _is_later(value: str | None, day: date) -> bool:
    days = published_days(value)
    return bool(days and days[0] > day)


def _date(article: Article, before: Known, given: str | None, day_first: bool) -> tuple[Article, str | None]:
    stated = stated_publication(article.text, day_first=day_first)
    if article.published and article.published_from in (None, "metadata"):
        odd = stated and not _agree(article.published, stated.value)
        note = f"dated {article.published}, but its text says {stated.value}; the first counts" if stated else None
        return replace(article, published_from="metadata"), note if odd else None
    if stated:
        order = "day" if day_first else "month"
        note = f"its date was read as {stated.value}, the {order} first (ASSISTANT_DAY_FIRST)"
        return replace(article, published=stated.value, published_from="text"), note if stated.ambiguous else None
    if not given and before and before[0].published_from == "given":
        given = before[0].published
    return replace(article, published=given, published_from="given" if given else None), None


def times_of(
    article: Article, told: Sequence[Span], updates: Sequence[tuple[int, datetime]] = (), *, day_first: bool
) -> list[Timex]:
    """The expressions of time in the sentences of a dated article.

    Each update of a live blog counts from the day on which it was posted; ``updates`` tell where each begins. Of a
    story that was written for days it is not known on which of them: a "Tuesday" is of either week then.
    """
    published, reported = published_day(article.published), report_days(article)
    if updates:
        begins = [start for start, _ in updates]
        found: list[Timex] = []
        for place, part in groupby(told, key=lambda span: bisect_right(begins, span.start)):
            # Before the first update stands what was written last.
            day = updates[place - 1][1].date() if place else reported[1] if reported else None
            found += find_times(article.text, list(part), day, day_first=day_first)
        return found
    times = find_times(article.text, told, published, day_first=day_first)
    if published and reported and reported[1] > published:
        return of_either(times, find_times(article.text, told, reported[1], day_first=day_first))
    return times


def awaits_date(known: Known, given: str) -> bool:
    """Whether an article would have the given date, and does not yet."""
    return known is not None and (
        known[0].published is None or (known[0].published_from == "given" and known[0].published != given)
    )


def _agree(one: str, other: str) -> bool:
    """Whether two dates may be of the same page: those of one zone may be a day apart from those of another."""
    days, others = published_days(one), published_days(other)
    if not days or not others:
        return True
    return days[0].toordinal() - 1 <= others[1].toordinal() and others[0].toordinal() <= days[1].toordinal() + 1
