"""The days on which an article may have been published, as exactly as it is known."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from index.times.days import Days, a_day, a_month, a_year, day_in_words
from index.types import Article

FIRST_YEAR = 1600
"""Before it there were no newspapers: 0001-01-01 is how some programs write that they know no date."""

SOON = timedelta(days=31)
"""An update that comes so long after the publication goes on with the story."""

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ].*)?)?|\d{4})?$", re.ASCII)


@lru_cache(maxsize=4096)
def published_days(published: str | None) -> Days | None:
    """The days of an ISO 8601 year, month, day or moment, where it was written; None where it is none of these.

    >>> published_days("2024-05")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 31), 'month')
    """
    value = published or ""
    if not _ISO.match(value) or int(value[:4]) < FIRST_YEAR:
        return None
    try:
        match len(value):
            case 4:
                return a_year(int(value))
            case 7 if value[4] == "-":
                return a_month(int(value[:4]), int(value[5:]))
            case _:
                return a_day(datetime.fromisoformat(value).date())
    except ValueError:
        return None


def report_days(article: Article) -> Days | None:
    """The days that an article reports from: of its last update, if that was soon, else of its publication.

    A story goes on being written for days; a page that is stamped anew months later is no newer report.

    >>> report_days(Article("a", "The toll is 15.", "a", published="2025-03-01", updated="2025-03-03"))
    (datetime.date(2025, 3, 3), datetime.date(2025, 3, 3), 'day')
    """
    days, updated = published_days(article.published), published_days(article.updated)
    return updated if days and updated and updated[1] - days[1] <= SOON else days


def published_in_words(published: str | None) -> str:
    """The date of an article as people write it.

    >>> published_in_words("2026-02-10T14:05:00+00:00"), published_in_words("2026-02"), published_in_words(None)
    ('10 February 2026', '2026-02', 'undated')
    """
    days = published_days(published)
    return day_in_words(days[1]) if days and days[2] == "day" else published or "undated"


def report_in_words(article: Article) -> str:
    """When an article was published, and when it was updated, if that was later."""
    updated = f", updated {published_in_words(article.updated)}" if article.updated else ""
    return published_in_words(article.published) + updated


def published_day(published: str | None) -> date | None:
    """The day of publication; None where it is not known, or not as a day.

    >>> published_day("2024-05-03T23:30:00-04:00"), published_day("2024-05")
    (datetime.date(2024, 5, 3), None)
    """
    days = published_days(published)
    return days[0] if days and days[2] == "day" else None
