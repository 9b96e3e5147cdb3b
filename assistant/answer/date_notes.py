"""Which day a cited "in July" or "on Tuesday" was, as far as its article tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assistant import messages
from index.times.days import day_in_words, days_in_words
from index.times.expression import Timex
from index.times.published import published_day, published_days, report_days
from index.times.timex3 import interval_of
from index.types import Article


def whole_times(times: Sequence[Timex], start: int, end: int) -> tuple[int, int]:
    """Two places of an article, widened to all of an expression of time between them: "yesterday" of "the day before
    yesterday".

    ``times`` are those of the article.
    """
    touched = [timex for timex in times if timex.start < end and start < timex.end]
    return min([start, *(timex.start for timex in touched)]), max([end, *(timex.end for timex in touched)])


def dates_told(
    article: Article, times: Sequence[Timex], start: int, end: int, posted: datetime | None = None
) -> dict[str, str]:
    """In words what the expressions of time between two places of an article stand for, each with its value.

    Those that say it themselves are left out. A value is one of TIMEX3, else an interval of ISO 8601.
    ``times`` are those of the article; ``posted`` is when their update of a live blog was. "July 2025: the article of
    10 February 2026 says “July”".
    """
    published = published_day(article.published)
    found = [timex for timex in times if start <= timex.start and timex.end <= end]
    told = {_told(article, one, published, posted): interval_of(one.first, one.last, one.precision) for one in found}
    return {words: value for words, value in told.items() if words}


def _told(article: Article, timex: Timex, published: date | None, posted: datetime | None) -> str | None:
    said = f"“{article.text[timex.start : timex.end]}”"
    if not timex.resolved:
        if published is None and article.published:
            return f"{said}: the article is dated {article.published} only"
        return f"{said}: the article is undated" if published is None else None
    if timex.derived == "absolute":
        return None
    days = days_in_words(timex.first, timex.last)
    if timex.derived == "from the text":
        return f"{days}: {said}, counted from the date that the text names"
    if published is None:
        return None
    if posted:
        return f"{days}: the {messages.posted(posted)} says {said}"
    updated = published_day(article.updated) if report_days(article) != published_days(article.published) else None
    since = f", updated on {day_in_words(updated)}," if updated else ""
    return f"{days}: the article of {day_in_words(published)}{since} says {said}"
