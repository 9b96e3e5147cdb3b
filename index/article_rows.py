"""How an article is written into the tables of the catalog, and taken out of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

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


def write_article(db: sqlite3.Connection, entry: Entry, rewrite: bool) -> None:
    article = entry.article
    row = (
        article.id, entry.root, entry.source, entry.fingerprint, article.text, article.uri, article.title,
        article.published, article.author, article.agency, article.place, article.language,
        pack_sentences(entry.sentences),
    )  # fmt: skip
    [number] = db.execute(
        "INSERT INTO articles (id, root, source, fingerprint, text, uri, title, published, author, agency, place,"
        " language, sentences) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET root = excluded.root,"
        " source = excluded.source, fingerprint = excluded.fingerprint, text = excluded.text, uri = excluded.uri,"
        " title = excluded.title, published = excluded.published, author = excluded.author, agency = excluded.agency,"
        " place = excluded.place, language = excluded.language, sentences = excluded.sentences RETURNING number",
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
