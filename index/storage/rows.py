"""How an article is written into the tables of the catalog, and taken out of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.times.days import COARSENESS
from index.times.published import published_days
from index.times.timex import DERIVED, Timex
from index.types import Article, Chunk, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that is ready to be written: cut, with its terms, and with where it came from."""

    article: Article
    root: str
    source: str
    fingerprint: bytes
    sentences: Sequence[Span]
    chunks: Sequence[Chunk]
    keys: Sequence[bytes]
    """For each chunk the key of its embedding."""
    title_terms: str
    chunk_terms: Sequence[str]
    times: Sequence[Timex] = ()


def write_article(db: sqlite3.Connection, entry: Entry, rewrite: bool) -> None:
    article = entry.article
    row = (
        article.id, entry.root, entry.source, entry.fingerprint, article.text, article.uri, article.title,
        article.published, article.author, article.agency, article.place, article.language,
        article.published_from, *_days(article.published), pack_sentences(entry.sentences), pack_times(entry.times),
        article.updated, _days(article.updated)[1],
    )  # fmt: skip
    [number] = db.execute(
        "INSERT INTO articles (id, root, source, fingerprint, text, uri, title, published, author, agency, place,"
        " language, published_from, first_day, last_day, sentences, times, updated, updated_day)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET root = excluded.root,"
        " source = excluded.source, fingerprint = excluded.fingerprint, text = excluded.text, uri = excluded.uri,"
        " title = excluded.title, published = excluded.published, author = excluded.author, agency = excluded.agency,"
        " place = excluded.place, language = excluded.language, published_from = excluded.published_from,"
        " first_day = excluded.first_day, last_day = excluded.last_day, sentences = excluded.sentences,"
        " times = excluded.times, updated = excluded.updated, updated_day = excluded.updated_day RETURNING number",
        row,
    ).fetchone()
    keep = frozenset[str]() if rewrite else frozenset(chunk.id for chunk in entry.chunks)
    kept = remove_chunks(db, number, keep=keep)
    for chunk, key, chunk_terms in zip(entry.chunks, entry.keys, entry.chunk_terms, strict=True):
        if chunk.id in kept:
            continue
        cursor = db.execute(
            "INSERT INTO chunks (id, article, start, end, embedding) VALUES (?,?,?,?,?)",
            (chunk.id, number, chunk.start, chunk.end, key),
        )
        db.execute(
            "INSERT INTO words (rowid, title, body) VALUES (?,?,?)",
            (cursor.lastrowid, entry.title_terms, chunk_terms),
        )


def remove_chunks(db: sqlite3.Connection, article: int, *, keep: frozenset[str]) -> set[str]:
    """Remove an article's chunks but those to keep; gives back which of those there were."""
    rows = db.execute("SELECT number, id FROM chunks WHERE article = ?", (article,)).fetchall()
    gone = [(number, chunk_id) for number, chunk_id in rows if chunk_id not in keep]
    db.executemany("DELETE FROM words WHERE rowid = ?", [(number,) for number, _ in gone])
    db.executemany("DELETE FROM chunks WHERE number = ?", [(number,) for number, _ in gone])
    # Whether or not they are marked as embedded: a kill may have come between Chroma and the mark.
    db.executemany("INSERT OR IGNORE INTO vectors_to_delete VALUES (?)", [(chunk_id,) for _, chunk_id in gone])
    return {chunk_id for _, chunk_id in rows} & keep


def pack_sentences(sentences: Iterable[Span]) -> bytes:
    """Sentences as unsigned 32-bit triples: start, end, evidence."""
    return np.array([(span.start, span.end, span.evidence) for span in sentences], dtype="<u4").tobytes()


def unpack_sentences(data: bytes, *, start: int, end: int) -> tuple[Span, ...]:
    """The packed sentences that lie between two offsets."""
    rows = np.frombuffer(data, "<u4").reshape(-1, 3)
    inside = rows[(rows[:, 0] >= start) & (rows[:, 1] <= end)]
    return tuple(Span(first, last, bool(evidence)) for first, last, evidence in inside.tolist())


_TIME = np.dtype([("start", "<u4"), ("end", "<u4"), ("first", "<i4"), ("last", "<i4"), ("known", "i1"), ("by", "i1")])
"""An expression of time: where it stands, its days counted from 1 January of year 1 (0 for an open end), how exactly
they are known (-1 for not at all), and how they were found."""


def pack_times(times: Iterable[Timex]) -> bytes:
    """Expressions of time as rows of ``_TIME``."""
    rows = [
        (
            timex.start,
            timex.end,
            timex.first.toordinal() if timex.first else 0,
            timex.last.toordinal() if timex.last else 0,
            COARSENESS.index(timex.precision) if timex.precision else -1,
            DERIVED.index(timex.derived),
        )
        for timex in times
    ]
    return np.array(rows, dtype=_TIME).tobytes()


def unpack_times(data: bytes) -> tuple[Timex, ...]:
    """The packed expressions of time, in the order of the text."""
    return tuple(
        Timex(
            start,
            end,
            date.fromordinal(first) if first else None,
            date.fromordinal(last) if last else None,
            COARSENESS[known] if known >= 0 else None,
            DERIVED[by],
        )
        for start, end, first, last, known, by in np.frombuffer(data, _TIME).tolist()
    )


def _days(published: str | None) -> tuple[int | None, int | None]:
    days = published_days(published)
    return (days[0].toordinal(), days[1].toordinal()) if days else (None, None)
