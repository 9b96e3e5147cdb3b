"""The year of an undated "in July": by a dated article that says the same, or so many years after a dated event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from assistant.evidence.candidates import Candidate
from index.analysis.quantities import quantities
from index.analysis.terms import terms
from index.languages.en.calendar import FIRST_IN, MONTH
from index.languages.en.function_words import STOP_WORDS
from index.times.days import MONTHS, a_month, day_in_words, days_in_words
from index.times.expression import Timex
from index.times.published import published_day
from index.types import Article, Span

_ALIKE = 2
"""How many words of meaning the dated sentence shares with the other, at least."""


_MOST_YEARS = 200
"""After more years than these no month is told from another."""

_SAME = 0.5
"""How much of the words of the shorter one two sentences share that report the same event."""


class Inferred(NamedTuple):
    """In words what was inferred, and the sentence that it was inferred from."""

    text: str
    article: Article
    source: Span


def dated_by_another(candidate: Candidate, start: int, end: int, others: Iterable[Candidate]) -> Inferred | None:
    """The days of a month between two places of an undated article, by a dated one that tells the same with it."""
    article = candidate.article
    month = MONTH.search(article.text, start, end)
    if not month or article.published:
        return None
    ours = candidate.terms - STOP_WORDS
    for other in others:
        theirs = other.terms - STOP_WORDS
        if other.article.id == article.id or len(ours & theirs) < _SAME * max(1, min(len(ours), len(theirs))):
            continue
        published = published_day(other.article.published)
        for timex in other.sentence.times:
            said = other.article.text[timex.start : timex.end]
            if timex.resolved and month[1] in said and published:
                when = days_in_words(timex.first, timex.last)
                told = f"{when}: the article of {day_in_words(published)} says “{said}” of the same"
                return Inferred(told, other.article, Span(other.sentence.start, other.sentence.end))
    return None


def infer_year(candidate: Candidate, start: int, end: int) -> Inferred | None:
    """The year of a month between two places of a sentence, by "their first in over two years"; None if not one only.

    What it was the first since is the newest dated event in the article that shares words with the sentence.
    """
    article, sentence = candidate.article, candidate.sentence
    month, since = MONTH.search(article.text, start, end), FIRST_IN.search(candidate.text)
    if not month or not since or any(timex.resolved for timex in sentence.times):
        return None
    counted = quantities(since["count"])
    source = _newest(candidate)
    if not counted or source is None or counted[0].value > _MOST_YEARS:
        return None
    anchor, where = source
    least, most = _bounds(12 * int(counted[0].value) + (6 if since["half"] else 0), (since["about"] or "").lower())
    number = MONTHS.index(month[1]) + 1
    earliest, latest = anchor.first, anchor.last
    assert earliest and latest
    begin, finish = earliest + relativedelta(months=least), latest + relativedelta(months=most)
    fits = [year for year in range(begin.year, finish.year + 1) if begin <= date(year, number, 15) <= finish]
    if len(fits) != 1:
        return None
    first, last, _ = a_month(fits[0], number)
    told = f"{since['about'] or ''} {since['span']}".strip()
    when = days_in_words(earliest, latest)
    return Inferred(f"probably {days_in_words(first, last)}, inferred: “{told}” after {when}", article, where)


def _bounds(months: int, about: str) -> tuple[int, int]:
    """From how many months on, and up to how many, "over two and a half years" may mean."""
    if about in ("over", "more than"):
        return months, months + (6 if months % 12 else 11)
    if about in ("almost", "nearly"):
        return months - 5, months
    return months - 3, months + 3


def _newest(candidate: Candidate) -> tuple[Timex, Span] | None:
    """The newest event known to the month that a sentence like this one dates, and that sentence."""
    text, ours = candidate.article.text, candidate.terms - STOP_WORDS
    found: list[tuple[Timex, Span]] = []
    for number, other in enumerate(candidate.around):
        before = candidate.around[max(0, number - 1)]
        there = set(terms(text[before.start : other.end])) - STOP_WORDS  # "He" is who was named before
        if other.start == candidate.sentence.start or not other.evidence or len(ours & there) < _ALIKE:
            continue
        found += [
            (timex, Span(other.start, other.end))
            for timex in other.times
            if timex.precision in ("day", "week", "month")
            and timex.first
            and timex.last
            and timex.derived != "after publication"
        ]
    return max(found, key=lambda pair: pair[0].last or date.min, default=None)
