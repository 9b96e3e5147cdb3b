"""What an article says that it added later: "Update, 12 May 2025: …" is not told to who asks as of 9 May."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.times.timex import find_times
from index.types import Article, Passage, Span

_NOTE = re.compile(
    r"\W*(?:updated?|corrections?|corrected|clarifications?|amended|editor['’]s note"
    r"|this (?:article|story|report|page) (?:was|has been) (?:updated|amended|corrected))\b",
    re.IGNORECASE,
)
_HEAD = 120
"""Characters in which a note tells its day."""

_ASIDE = re.compile(r"\([^()]+\)|\[[^][]+\]")
"""A note may stand in brackets behind what it adds to."""

_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n))*")


def is_later(text: str, last: date) -> bool:
    """Whether a paragraph is a note that was added after a day, by the day that it tells itself.

    >>> is_later("Update, 12 May 2025: The nurses were offered more.", date(2025, 5, 9))
    True
    >>> is_later("Update, 12 May 2025: The nurses were offered more.", date(2025, 5, 12))
    False
    """
    if not _NOTE.match(text):
        return False
    times = find_times(text[:_HEAD], [Span(0, min(len(text), _HEAD))], None)
    first = next((timex.first for timex in times if timex.derived == "absolute"), None)
    return first is not None and first > last


def without_later_notes(passages: Sequence[Passage], last: date | None) -> list[Passage]:
    """The passages without what their articles added after a day: what stands before it, or else behind it."""
    if last is None:
        return list(passages)
    return [kept for passage in passages if (kept := _before(passage, last))]


def added_later(article: Article, place: int, last: date | None) -> bool:
    """Whether a place of an article is in a note that was added after a day."""
    return last is not None and any(note.start <= place < note.end for note in _notes(article.text, 0, last))


def _notes(text: str, offset: int, last: date) -> Iterator[Span]:
    for paragraph in _PARAGRAPH.finditer(text):
        if is_later(paragraph.group(), last):
            yield Span(offset + paragraph.start(), offset + paragraph.end())
            continue
        for aside in _ASIDE.finditer(text, paragraph.start(), paragraph.end()):
            if is_later(aside.group(), last):
                yield Span(offset + aside.start(), offset + aside.end())


def _before(passage: Passage, last: date) -> Passage | None:
    start, end = passage.chunk.start, passage.chunk.end
    text = passage.article.text[start:end]
    for note in _notes(text, start, last):
        if text[: note.start - start].strip():
            end = note.start
            break
        start = note.end
    if (start, end) == (passage.chunk.start, passage.chunk.end):
        return passage
    kept = [start <= span.start and span.end <= end for span in passage.sentences]
    if not any(kept):
        return None
    return replace(
        passage,
        chunk=replace(passage.chunk, start=start, end=end),
        sentences=tuple(span for span, keep in zip(passage.sentences, kept, strict=True) if keep),
        readings=tuple(read for read, keep in zip(passage.readings, kept, strict=True) if keep)
        if passage.readings
        else passage.readings,
    )
