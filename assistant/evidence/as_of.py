"""What an article says that it added later: "Update, 12 May 2025: …" is not told to who asks as of 9 May.

Nor is what a later correction put right: the sentences that have now what it says they should have said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.analysis.editorial_notes import is_correction, read_correction, values_of
from index.languages.en.editorial import BEFORE_DAY, NOTE
from index.passage import Passage
from index.search.query import Query
from index.times.published import published_day, published_days
from index.times.timex import find_times
from index.types import Article, Span

_HEAD = 120
"""Characters in which a note tells its day."""

_ASIDE = re.compile(r"\([^()]+\)|\[[^][]+\]")
"""A note may stand in brackets behind what it adds to."""

_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n))*")
_LINES = re.compile(r"[^\n](?:[^\n]|(?<![.!?”\"'’)])\n)*")
"""Paragraphs of a text without empty lines: they end where a line ends with a sentence."""


def last_day(query: Query) -> date | None:
    """The last day of which a question may be told: that as of which it is asked, or of its window."""
    days = [query.window.last] if query.window else []
    days += [query.time.last] if query.time and query.time.as_of else []
    return min((day for day in days if day), default=None)


def is_later(text: str, last: date, published: date | None = None) -> bool:
    """Whether a paragraph is a note that was added after a day, by the day that it tells itself.

    One without its year is of the first after ``published``.

    >>> is_later("Update, 12 May 2025: The nurses of Lorn were offered more.", date(2025, 5, 9))
    True
    >>> is_later("Update, 12 May: The nurses of Lorn were offered more.", date(2025, 5, 9), date(2025, 5, 8))
    True
    >>> is_later("Update, 12 May 2025: The nurses of Lorn were offered more.", date(2025, 5, 12))
    False
    """
    note = NOTE.match(text)
    if not note:
        return False
    head = text[:_HEAD]
    told = [timex.first for timex in find_times(head, [Span(0, len(head))], None) if timex.derived == "absolute"]
    if not told and published:
        begin = BEFORE_DAY.match(text, note.end())
        dated = find_times(head, [Span(0, len(head))], published, coming=True)
        told = [
            timex.first
            for timex in dated
            if begin and timex.start == begin.end() and any(map(str.isdigit, head[timex.start : timex.end]))
        ]
    return bool(told and told[0] and told[0] > last)


def without_later_notes(query: Query, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without what their articles added or put right after the last day that a question may be told of.

    Of a passage the longest run of what is left is kept.
    """
    last = last_day(query)
    if last is None:
        return list(passages)
    reported = [passage for passage in passages if not _reported_after(passage.article, last)]
    return [kept for passage in reported if (kept := _before(passage, last))]


def _reported_after(article: Article, last: date) -> bool:
    """Whether an article was published, or changed last, after a day."""
    days = [published_days(day) for day in (article.published, article.updated)]
    return any(day and day[0] > last for day in days)


def added_later(article: Article, place: int, last: date | None) -> bool:
    """Whether a place of an article is in a note that was added after a day."""
    return last is not None and any(note.start <= place < note.end for note in _notes(article, last))


def _notes(article: Article, last: date) -> Iterator[Span]:
    text, published = article.text, published_day(article.published)
    for paragraph in (_PARAGRAPH if "\n\n" in text else _LINES).finditer(text):
        if is_later(paragraph.group(), last, published):
            yield Span(paragraph.start(), paragraph.end())
            continue
        for aside in _ASIDE.finditer(text, paragraph.start(), paragraph.end()):
            if is_later(aside.group(), last, published):
                yield Span(aside.start(), aside.end())


def _before(passage: Passage, last: date) -> Passage | None:
    article, chunk = passage.article, passage.chunk
    notes = list(_notes(article, last))
    if not notes:
        return passage
    said = [article.text[note.start : note.end] for note in notes]
    right = {value for text in said if is_correction(text) for value in read_correction(text).right}
    put_right = [span for span in passage.sentences if right and right & values_of(article.text[span.start : span.end])]
    start, end = chunk.start, chunk.start
    begin = chunk.start
    holes = [*notes, *(Span(one.start, one.end) for one in put_right), Span(chunk.end, chunk.end)]
    for hole in sorted(holes, key=lambda span: span.start):
        upto = min(max(hole.start, begin), chunk.end)
        if upto - begin > end - start:
            start, end = begin, upto
        begin = max(begin, hole.end)
    kept = [start <= span.start and span.end <= end for span in passage.sentences]
    if not any(kept):
        return None
    return replace(
        passage,
        chunk=replace(chunk, start=start, end=end),
        kept=tuple(span for span, keep in zip(passage.sentences, kept, strict=True) if keep),
        readings=tuple(read for read, keep in zip(passage.readings, kept, strict=True) if keep)
        if passage.readings
        else passage.readings,
    )
