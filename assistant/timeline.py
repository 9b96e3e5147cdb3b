"""What happened when, of a subject: the dated events of a corpus in order, each with its quote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.evidence import covered, share_of_names
from assistant.types import Citation
from index.query import plan_query
from index.retrieve import retrieve
from index.store import Store
from index.times.days import days_in_words
from index.times.published import published_days
from index.times.timex import Timex
from index.types import Article, Span, Window
from index.words import STOP_WORDS, terms

CHUNKS = 100
"""How many chunks an event is looked for in; both searches give 50."""

LEAST = 0.5
"""The least share of a subject without a name that a sentence with its neighbours must have."""

_SAME = 0.7
"""Sentences of the same days that share this much of their words report the same."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What a sentence reports, with the days on which it happened; None for an open end, and where it is undated.

    ``said`` is how the sentence tells the time, ``planned`` whether it lay ahead when it was written.
    """

    citation: Citation
    first: date | None
    last: date | None
    precision: str | None
    said: str
    planned: bool

    def to_json(self) -> dict[str, Any]:
        """The event as JSON values."""
        cited = self.citation
        return {
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "when": days_in_words(self.first, self.last) if self.precision else None,
            "precision": self.precision,
            "said": self.said,
            "planned": self.planned,
            "article_id": cited.article_id,
            "title": cited.title,
            "uri": cited.uri,
            "published": cited.published,
            "start": cited.start,
            "end": cited.end,
            "quote": cited.quote,
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a subject: the dated ones in order, the others as they were found, best first."""

    subject: str
    events: tuple[TimelineEvent, ...]
    undated: tuple[TimelineEvent, ...]

    def to_json(self) -> dict[str, Any]:
        """The timeline as JSON values."""
        return {
            "schema_version": 1,
            "subject": self.subject,
            "events": [event.to_json() for event in self.events],
            "undated": [event.to_json() for event in self.undated],
        }


def find_timeline(store: Store, subject: str, now: date, window: Window | None, *, most: int) -> Timeline:
    """The events that the articles of a window report of a subject, at most so many dated and so many undated ones."""
    query = plan_query(store, subject, now, window)
    dated: list[TimelineEvent] = []
    undated: list[TimelineEvent] = []
    seen: list[tuple[date | None, frozenset[str]]] = []
    for passage in retrieve(store, query, top_k=CHUNKS, fast=True):
        article, spans = passage.article, passage.sentences
        times = store.catalog.times(article)
        held = [frozenset(terms(article.text[span.start : span.end])) for span in spans]
        title = frozenset(terms(article.title or ""))
        for number, span in enumerate(spans):
            around = title.union(*held[max(0, number - 1) : number + 1])
            about = share_of_names(query, article, span, held[number], held[max(0, number - 2) : number])
            # Whoever is named must be there; of other words half of what they tell will do.
            if not span.evidence or about < 1 or (not query.names and covered(query, around) < LEAST):
                continue
            here = [timex for timex in times if span.start <= timex.start and timex.end <= span.end]
            if not here:
                continue
            # The first belongs to what is reported; those that follow mostly to what is told beside it.
            event = _event(article, span, here[0], len(seen) + 1)
            words = held[number] - STOP_WORDS
            if any(event.first == day and _alike(words, others) for day, others in seen):
                continue
            seen.append((event.first, words))
            (dated if event.precision else undated).append(event)
    dated = sorted(dated[:most], key=lambda event: (event.first or event.last or date.min, event.last or date.max))
    return Timeline(subject, tuple(dated), tuple(undated[:most]))


def _event(article: Article, span: Span, timex: Timex, number: int) -> TimelineEvent:
    quote = article.text[span.start : span.end]
    where = (article.id, article.title, article.uri, article.published, span.start, span.end)
    cited = Citation(number, *where, quote, (timex.start, timex.end))
    said = article.text[timex.start : timex.end]
    published = published_days(article.published)
    ahead = bool(published and timex.first and timex.first > published[1])
    planned = ahead or timex.derived == "after publication"
    return TimelineEvent(cited, timex.first, timex.last, timex.precision, said, planned)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * max(1, min(len(one), len(other)))
