"""How an article is written into the tables of the catalog, and taken out of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from sys import maxsize

from index.analysis.quantities import Quantity
from index.analysis.types import Clause, Role, SentenceAnalysis, Status
from index.storage.copies import forget_copies
from index.storage.history import keep_version
from index.storage.repeats import count_lines, forget_lines, repeated_lines, without_repeated
from index.storage.schema import ARTICLE
from index.times.days import COARSENESS
from index.times.expression import DERIVED, Timex
from index.times.published import published_days
from index.times.timex3 import Timex3
from index.types import Article, Chunk


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that is ready to be written: cut, with its terms, and with where it came from."""

    article: Article
    root: str
    source: str
    fingerprint: bytes
    sentences: Sequence[SentenceAnalysis]
    chunks: Sequence[Chunk]
    keys: Sequence[bytes]
    """For each chunk the key of its embedding."""
    title_terms: str
    chunk_terms: Sequence[str]


def write_article(db: sqlite3.Connection, entry: Entry, rewrite: bool) -> None:
    article = entry.article
    _forget_lines(db, article.id)
    keep_version(db, article.id, entry.fingerprint)
    forget_copies(db, article.id)
    # Where it stood before it does not stand any more, or not alone: that is read again.
    db.execute(
        "DELETE FROM stamps WHERE source = (SELECT source FROM articles WHERE id = ? AND source != ?)",
        (article.id, entry.source),
    )
    row = (
        article.id, entry.root, entry.source, entry.fingerprint, article.text, article.uri, article.title,
        article.published, article.author, article.agency, article.place, article.language,
        article.published_from, *_days(article.published), pack_analysis(entry.sentences),
        article.updated, _days(article.updated)[1],
    )  # fmt: skip
    [number] = db.execute(
        "INSERT INTO articles (id, root, source, fingerprint, text, uri, title, published, author, agency, place,"
        " language, published_from, first_day, last_day, analysis, updated, updated_day)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET root = excluded.root,"
        " source = excluded.source, fingerprint = excluded.fingerprint, text = excluded.text, uri = excluded.uri,"
        " title = excluded.title, published = excluded.published, author = excluded.author, agency = excluded.agency,"
        " place = excluded.place, language = excluded.language, published_from = excluded.published_from,"
        " first_day = excluded.first_day, last_day = excluded.last_day, analysis = excluded.analysis,"
        " updated = excluded.updated, updated_day = excluded.updated_day RETURNING number",
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
    for changed in count_lines(db, number, article):
        _mark_repeated(db, changed)


def remove_article(db: sqlite3.Connection, article_id: str) -> None:
    """Remove an article with all that hangs on it; its vectors are noted for deletion, its file is read again."""
    number = _forget_lines(db, article_id)
    if number is not None:
        forget_copies(db, article_id)
        remove_chunks(db, number, keep=frozenset())
        db.execute("DELETE FROM versions WHERE article = ?", (article_id,))
        db.execute("DELETE FROM stamps WHERE source = (SELECT source FROM articles WHERE number = ?)", (number,))
        db.execute("DELETE FROM articles WHERE number = ?", (number,))


def _forget_lines(db: sqlite3.Connection, article_id: str) -> int | None:
    """Count the lines of an article that is there no longer; its number."""
    row = db.execute(f"SELECT a.number, {ARTICLE} FROM articles a WHERE a.id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    forget_lines(db, row[0], Article(*row[1:]))
    return int(row[0])


def _mark_repeated(db: sqlite3.Connection, number: int) -> None:
    """Let the lines of an article that repeat be no evidence, where they are likelier no news."""
    analysis, *row = db.execute(
        f"SELECT a.analysis, {ARTICLE} FROM articles a WHERE a.number = ?", (number,)
    ).fetchone()
    article, before = Article(*row), unpack_analysis(analysis)
    after = without_repeated(article, before, repeated_lines(db, article))
    if after != before:
        db.execute("UPDATE articles SET analysis = ? WHERE number = ?", (pack_analysis(after), number))


def remove_chunks(db: sqlite3.Connection, article: int, *, keep: frozenset[str]) -> set[str]:
    """Remove an article's chunks but those to keep; returns which of those there were."""
    rows = db.execute("SELECT number, id FROM chunks WHERE article = ?", (article,)).fetchall()
    gone = [(number, chunk_id) for number, chunk_id in rows if chunk_id not in keep]
    db.executemany("DELETE FROM words WHERE rowid = ?", [(number,) for number, _ in gone])
    db.executemany("DELETE FROM chunks WHERE number = ?", [(number,) for number, _ in gone])
    # Whether or not they are marked as embedded: a kill may have come between Chroma and the mark.
    db.executemany("INSERT OR IGNORE INTO vectors_to_delete VALUES (?)", [(chunk_id,) for _, chunk_id in gone])
    return {chunk_id for _, chunk_id in rows} & keep


_ROLES, _STATUSES = tuple(Role), tuple(Status)


def pack_analysis(sentences: Iterable[SentenceAnalysis]) -> str:
    """Sentences as JSON rows: start, end, role, clauses, times, quantities, mentions, speakers, posted, lengths.

    Days are counted from 1 January of year 1, 0 for an open end; roles and the like by their place in their list.
    """
    rows = [
        [
            one.start,
            one.end,
            _ROLES.index(one.role),
            [[part.start, part.end, _STATUSES.index(part.status), int(part.main)] for part in one.clauses],
            [_pack_time(timex) for timex in one.times],
            [list(quantity) for quantity in one.quantities],
            one.mentions,
            one.speakers,
            one.posted.isoformat() if one.posted else 0,
            [[length.start, length.end, length.type, length.value, length.mod] for length in one.lengths],
        ]
        for one in sentences
    ]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=512)
def unpack_analysis(data: str, first: int = 0, last: int = maxsize) -> tuple[SentenceAnalysis, ...]:
    """The sentences that were packed, or those between two places of the text; the last ones are kept in mind."""
    return tuple(
        SentenceAnalysis(
            start,
            end,
            _ROLES[role],
            tuple(Clause(begins, ends, _STATUSES[status], bool(main)) for begins, ends, status, main in clauses),
            tuple(_unpack_time(*row) for row in times),
            tuple(Quantity(*row) for row in quantities),
            tuple((begins, ends) for begins, ends in mentions),
            tuple((begins, ends) for begins, ends in speakers),
            datetime.fromisoformat(posted) if posted else None,
            tuple(Timex3(*row) for row in lengths),
        )
        for start, end, role, clauses, times, quantities, mentions, speakers, posted, lengths in json.loads(
            data or "[]"
        )
        if first <= start and end <= last
    )


def _pack_time(timex: Timex) -> list[int]:
    return [
        timex.start,
        timex.end,
        timex.first.toordinal() if timex.first else 0,
        timex.last.toordinal() if timex.last else 0,
        COARSENESS.index(timex.precision) if timex.precision else -1,
        DERIVED.index(timex.derived),
        int(timex.given_up),
    ]


def _unpack_time(start: int, end: int, first: int, last: int, known: int, by: int, given_up: int) -> Timex:
    return Timex(
        start,
        end,
        date.fromordinal(first) if first else None,
        date.fromordinal(last) if last else None,
        COARSENESS[known] if known >= 0 else None,
        DERIVED[by],
        bool(given_up),
    )


def _days(published: str | None) -> tuple[int | None, int | None]:
    days = published_days(published)
    return (days[0].toordinal(), days[1].toordinal()) if days else (None, None)
