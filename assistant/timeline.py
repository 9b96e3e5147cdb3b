"""What happened when, of a subject: the dated events of a corpus in order, each with its quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant.answer.notices import of_window
from assistant.evidence.as_of import without_later_notes
from assistant.evidence.candidates import share_of_names, share_of_terms
from assistant.evidence.event_time import days_told
from assistant.types import Citation, Notice
from index.analysis.names import forms
from index.analysis.quantities import quantities
from index.analysis.terms import content_tokens, terms
from index.analysis.types import SentenceAnalysis, Status
from index.languages.en.function_words import STOP_WORDS
from index.search.query import Query, plan_query
from index.search.retrieve import retrieve
from index.storage.store import Store
from index.times.days import days_in_words
from index.times.expression import Timex
from index.types import Article, Window, page_of

CHUNKS = 100
"""How many chunks an event is looked for in; both searches give 50."""

LEAST = 0.5
"""The least share of a subject without a name that a sentence with its neighbours must have."""

CLOSE = 0.5
"""The least similarity to a subject of a sentence that names whom it names, and has less of its other words."""

_SAME = 0.7
"""Sentences of the same days that share this much of their words report the same."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What a sentence reports, with the days on which it happened; None for an open end, and where it is undated.

    ``said`` is how the sentence tells the time, ``planned`` whether it lay ahead when it was written, or was only meant
    to be; ``called_off`` whether the sentence says that it was cancelled or put off.
    """

    citation: Citation
    first: date | None
    last: date | None
    precision: str | None
    said: str
    planned: bool
    called_off: bool

    @property
    def status(self) -> str:
        """In a word: "called off", "planned" or "happened"."""
        return "called off" if self.called_off else "planned" if self.planned else "happened"

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
            "status": self.status,
            "article_id": cited.article_id,
            "title": cited.title,
            "uri": cited.uri,
            "published": cited.published,
            "outlet": cited.outlet,
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
    notices: tuple[Notice, ...] = ()
    """What is left out."""

    def to_json(self) -> dict[str, Any]:
        """The timeline as JSON values."""
        return {
            "schema_version": 1,
            "subject": self.subject,
            "events": [event.to_json() for event in self.events],
            "undated": [event.to_json() for event in self.undated],
            "notices": [asdict(notice) for notice in self.notices],
        }


def find_timeline(store: Store, subject: str, now: date, window: Window | None, *, most: int) -> Timeline:
    """The events that the articles of a window report of a subject, at most so many dated and so many undated ones."""
    query = plan_query(store, subject, now, window)
    dated: list[TimelineEvent] = []
    undated: list[TimelineEvent] = []
    seen: list[tuple[date | None, str]] = []
    for article, span, timex in _reported(store, query):
        event = _event(article, span, timex, len(seen) + 1)
        text = event.citation.quote
        if any(event.first == day and _report_the_same(text, other) for day, other in seen):
            continue
        seen.append((event.first, text))
        (dated if event.precision else undated).append(event)
    dated = sorted(dated[:most], key=lambda event: (event.first or event.last or date.min, event.last or date.max))
    notices = (of_window(store, window),) if window else ()
    return Timeline(subject, tuple(dated), tuple(undated[:most]), notices)


def _reported(store: Store, query: Query) -> list[tuple[Article, SentenceAnalysis, Timex]]:
    """The sentences about a subject that report something with a time, and that time."""
    named: list[tuple[Article, SentenceAnalysis, Timex]] = []
    close: list[bool] = []
    others = _without_names(query)
    for passage in without_later_notes(query, retrieve(store, query, top_k=CHUNKS, fast=True)):
        article, sentences = passage.article, passage.sentences
        held = [frozenset(terms(article.text[one.start : one.end])) for one in sentences]
        title = frozenset(terms(article.title or ""))
        for number, sentence in enumerate(sentences):
            # The first time of its main clause is of what is reported; those that follow of what is told beside it.
            if not sentence.evidence or not sentence.times:
                continue
            around = title.union(*held[max(0, number - 1) : number + 1])
            about = share_of_names(query, article, sentence, held[number], held[max(0, number - 2) : number])
            # Whoever is named must be there; of the other words half of what they tell will do.
            if about < 1 or (not query.names and share_of_terms(query, query.weights, around) < LEAST):
                continue
            timex = sentence.main_time or sentence.times[0]
            if sentence.status_at(timex.start) is not Status.DENIED:
                named.append((article, sentence, timex))
                close.append(share_of_terms(query, others, around) >= LEAST)
    if all(close):
        return named
    alike = _alike(store, query, named)
    kept = [one for one, words, meaning in zip(named, close, alike, strict=True) if words or meaning >= CLOSE]
    return kept or named


def _without_names(query: Query) -> dict[str, float]:
    """The weights of the query's other words, if it has any: "tram line" of "Velmora tram line"."""
    names = {term for name in query.names for term in name}
    return {term: weight for term, weight in query.weights.items() if term not in names} or query.weights


def _alike(store: Store, query: Query, found: Sequence[tuple[Article, SentenceAnalysis, Timex]]) -> list[float]:
    """The cosine similarity of each sentence, with its article's title, to the subject."""
    texts = [f"{article.title or ''}. {article.text[one.start : one.end]}" for article, one, _ in found]
    return [float(similarity) for similarity in store.embedder.embed(texts) @ query.vector]


def _event(article: Article, sentence: SentenceAnalysis, timex: Timex, number: int) -> TimelineEvent:
    quote = article.text[sentence.start : sentence.end]
    where = (article.id, article.title, article.uri, article.published, sentence.start, sentence.end)
    cited = Citation(
        number,
        *where,
        quote,
        (timex.start, timex.end),
        article.outlet,
        page=page_of(article.text, sentence.start),
    )
    said = article.text[timex.start : timex.end]
    published = days_told(article, sentence)
    status = sentence.status_at(timex.start)
    ahead = timex.derived == "after publication" or bool(published and timex.first and timex.first > published[1])
    called_off = status is Status.CALLED_OFF
    planned = called_off or ahead or status is Status.PLANNED
    return TimelineEvent(cited, timex.first, timex.last, timex.precision, said, planned, called_off)


def _report_the_same(one: str, other: str) -> bool:
    """Whether two sentences share most of their words, and neither has a number or a name instead of the other's."""
    mine, yours = set(terms(one)) - STOP_WORDS, set(terms(other)) - STOP_WORDS
    if len(mine & yours) < _SAME * max(1, min(len(mine), len(yours))):
        return False
    numbers = [{quantity.value for quantity in quantities(text)} for text in (one, other)]
    names = [
        {form for word, _ in content_tokens(text) if word[0].isupper() for form in forms(word)} for text in (one, other)
    ]
    return all(pair[0] <= pair[1] or pair[1] <= pair[0] for pair in (numbers, names))
