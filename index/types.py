"""Articles and their parts, and what an ingest did.

Offsets are Unicode code points into ``Article.text``, end exclusive: ``text[start:end]`` is the span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


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


PAGE_END = "\f"
"""Stands between the pages of an article that was read from a file with pages."""


def page_of(text: str, place: int) -> int | None:
    """The page on which a place of a text stands, from 1; None for a text without pages.

    >>> page_of("One.\\fTwo.", 5), page_of("One. Two.", 5)
    (2, None)
    """
    return text.count(PAGE_END, 0, place) + 1 if PAGE_END in text else None


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


class Note(str):
    """What should be known of an article that was read: that a page shows only its beginning, say."""

    __slots__ = ()


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
    left_out: tuple[str, ...] = ()
    """The ids of articles that were removed by hand and stay out."""
    places: dict[str, str] = field(default_factory=dict)
    """Where each of those added, updated and removed stands, or stood."""
    notes: tuple[str, ...] = ()
    """What else should be known of these: dates that can be read in two ways, or that contradict each other."""
