"""The values that flow from a source to a ranked passage.

Offsets are Unicode code points into ``Article.text``, end exclusive: ``text[start:end]`` is the span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from index.times.time_request import TimeIntent


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; ``text`` is never changed, only its newlines are ``\\n``.

    ``published`` is an ISO 8601 year, month, day or moment, as exact as it is known; None means unknown.
    """

    id: str
    text: str
    uri: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    agency: str | None = None
    place: str | None = None
    language: str | None = None
    published_from: str | None = None
    """Where ``published`` was found: "metadata", its own "text", or "given" with the ingest."""
    updated: str | None = None
    """When it was changed last, as its metadata or its text state, if that was on a later day; ISO 8601."""

    @property
    def outlet(self) -> str | None:
        """Who published it: the agency, else the host of its address; None where neither is known."""
        return outlet_of(self.agency, self.uri)


def outlet_of(agency: str | None, uri: str) -> str | None:
    """Who published what has this agency and this address.

    >>> outlet_of(None, "https://www.esk-post.example/2024/ferry"), outlet_of("UNN", "seeds/1.txt")
    ('esk-post.example', 'UNN')
    """
    if agency:
        return agency
    _, web, rest = uri.partition("://")
    return rest.partition("/")[0].removeprefix("www.") or None if web else None


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of an article; a heading, title or signature is not evidence and is never quoted."""

    start: int
    end: int
    evidence: bool = True


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one article, the unit that is embedded and searched."""

    id: str
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one sentence beside a question; logits, where 0 stands for "not answered here"."""

    relevance: float
    """That the run of sentences it was read in answers the question."""
    mass: float
    """That an answer is somewhere in this sentence: the mean over its starts and its ends."""
    span: float
    """That the answer is the words from ``start`` to ``end`` of the article's text."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Why:
    """How a passage came to its rank: places are 1 for the best, None where a search did not find it."""

    dense_rank: int | None = None
    similarity: float | None = None
    words_rank: int | None = None
    terms: tuple[str, ...] = ()
    fused: float = 0.0
    """The score of both searches together, 0 to 1."""
    relevance: float | None = None
    """What the reader makes of it, a logit; None where it did not read."""
    recency: float = 1.0
    """What ``fused`` was multiplied with since the article was new when the question was asked."""

    def __str__(self) -> str:
        parts = []
        if self.dense_rank is not None:
            parts.append(f"meaning: place {self.dense_rank}, similarity {self.similarity:.2f}")
        if self.words_rank is not None:
            parts.append(f"words: place {self.words_rank}, {', '.join(self.terms)}")
        if self.relevance is not None:
            parts.append(f"reader: relevance {self.relevance:+.1f}")
        if self.recency > 1.005:
            parts.append(f"new: × {self.recency:.2f}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found for a query, with its article, its rank score, the reason, and its sentences.

    ``readings`` is empty where the reader did not read, else has one for each sentence, None for what is no evidence.
    """

    chunk: Chunk
    article: Article
    score: float
    why: Why
    sentences: tuple[Span, ...] = field(default=(), repr=False)
    readings: tuple[Reading | None, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The chunk's own words."""
        return self.article.text[self.chunk.start : self.chunk.end]


@dataclass(frozen=True, slots=True)
class Window:
    """Which articles count: those published in some days, whole, by some outlets, or some alone; empty for any.

    ``first`` and ``last`` are None for an open end. An outlet is what ``Article.outlet`` gives.
    """

    first: date | None = None
    last: date | None = None
    outlets: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    @property
    def dated(self) -> bool:
        """Whether it bounds the days: then what is undated does not count."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Query:
    """What retrieval is asked: the question's text; terms that the corpus spells differently are mended.

    ``terms`` maps each term of the question, as the word index knows it, to the spellings to search for.
    ``names`` are runs of terms that name somebody or something (capitalised, or in no dictionary), such as
    "Ilse Torvald".
    """

    text: str
    mended: str
    """The question with the slips in its names mended, as the reader is asked it."""
    timeless: str
    """The same without the days it names, as the reader is asked it of an article that was published then."""
    terms: dict[str, tuple[str, ...]]
    written: dict[str, str]
    """Each term as the question writes it."""
    names: tuple[tuple[str, ...], ...]
    weights: dict[str, float]
    """How much each term tells, 0 to 1: inverse document frequency; a term that stands nowhere tells most."""
    search_terms: tuple[str, ...]
    """The spellings to search the word index for."""
    vector: NDArray[np.float32] = field(repr=False)
    """The question's embedding, shape (dimensions,)."""
    now: date | None = None
    """The day on which it is asked; None where that is not to count."""
    news: float = 0.0
    """How much it asks for news, 0 to 1."""
    time: TimeIntent | None = None
    """What it asks of time; None where it is not known when it was asked."""
    time_terms: frozenset[str] = frozenset()
    """The terms that say when, which a report of those days need not write: "in February 2025"."""
    window: Window | None = None
    """When what is searched must have been published; None for at any time, or not known when."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was not ingested: where it was, why, and the exit code of that kind of fault."""

    uri: str
    reason: str
    kind: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did; the first four are article ids."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    chunks_embedded: int = 0
    foreign: dict[str, int] = field(default_factory=dict)
    """How many of the added and updated articles are in which language other than English."""
    notes: tuple[str, ...] = ()
    """What else should be known of these: dates that can be read in two ways, or that contradict each other."""
