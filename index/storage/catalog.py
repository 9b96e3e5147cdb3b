"""The catalog: an SQLite database that is the truth about a store.

It holds articles, sentence boundaries, chunks, the word index (FTS5), embeddings by content hash, and the settings
that built it. All else in a store can be rebuilt from it without embedding anything again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from index.analysis.types import SentenceAnalysis
from index.errors import StoreDamaged, StoreMismatch, StoreMissing
from index.models.embedding import Vectors
from index.storage.faults import store_error
from index.storage.rows import Entry, remove_article, unpack_analysis, write_article
from index.storage.schema import ARTICLE, MIGRATIONS, SCHEMA, SCHEMA_VERSION, migrate
from index.types import Article, Chunk, Window, outlet_of


@dataclass(frozen=True, slots=True)
class Found:
    """A chunk with its article and its sentences."""

    chunk: Chunk
    article: Article
    analysis: str
    """Its article's sentences, packed."""


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A chunk whose vector is not in Chroma yet: its number and id, the key of its embedding, and what to embed."""

    number: int
    chunk_id: str
    key: bytes
    title: str | None
    words: str


class Catalog:
    """One catalog file; each thread has a connection of its own, closed when the thread has ended."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open a catalog, or make an empty one.

        Raises StoreMissing, StoreDamaged, or StoreMismatch for a schema of another version.
        """
        self.path = path
        self._local = threading.local()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._opening = threading.Lock()
        if not path.exists():
            if not create:
                raise StoreMissing(f"there is no store at {path.parent}. Make one with: assistant ingest FOLDER")
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._check_version(create)
        except BaseException:
            self.close()
            raise

    def _check_version(self, create: bool) -> None:
        with self.errors():
            [version] = self._db.execute("PRAGMA user_version").fetchone()
            if version == 0 and not self._db.execute("SELECT 1 FROM sqlite_schema").fetchone():
                if not create:
                    raise StoreDamaged(
                        f"{self.path} is empty. Delete it, and fill the store again with: assistant ingest FOLDER"
                    )
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.executescript(f"BEGIN IMMEDIATE;{SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
                version = SCHEMA_VERSION
            if version in MIGRATIONS:
                version = migrate(self._db)
        if version != SCHEMA_VERSION:
            raise StoreMismatch(
                f"{self.path.parent} has schema version {version}; this version of the assistant reads "
                f"{SCHEMA_VERSION}. Upgrade the assistant, or ingest into a new store with: "
                "assistant ingest FOLDER --store NEW"
            )

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=30, check_same_thread=False)
            with self._opening:
                for thread in [thread for thread in self._connections if not thread.is_alive()]:
                    self._connections.pop(thread).close()
                self._connections[threading.current_thread()] = connection
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.create_function("outlet_of", 2, outlet_of, deterministic=True)
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        while self._connections:
            self._connections.popitem()[1].close()
        self._local = threading.local()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into the store's, which say what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise store_error(self.path.parent, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; a generation number tells readers afterwards that the store moved on."""
        with self.errors():
            db = self._db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute(
                    "INSERT INTO meta VALUES ('generation', '1') "
                    "ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has rolled it back already
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The thread's connection, for one statement that reads."""
        with self.errors():
            yield self._db

    def meta(self) -> dict[str, str]:
        """The settings that built the store, and its generation."""
        with self.errors():
            return dict(self._db.execute("SELECT name, value FROM meta"))

    def generation(self) -> int:
        """A number that grows with every write."""
        with self.errors():
            row = self._db.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
        return int(row[0]) if row else 0

    def roots(self) -> dict[str, Path]:
        """The folders that were ingested, by label."""
        with self.errors():
            return {label: Path(path) for label, path in self._db.execute("SELECT label, path FROM roots")}

    def write_articles(
        self, entries: Sequence[Entry], *, rewrite: bool = False, stamps: Mapping[str, str | None] | None = None
    ) -> None:
        """Add or replace articles, searchable by words at once; a chunk that did not change keeps its vector.

        With ``rewrite`` no chunk is kept: the words may have been analysed differently before. ``stamps`` are those
        of the files and pages that were read wholly, None for those that were not.
        """
        if not entries and not stamps:
            return
        with self.transaction() as db:
            for entry in entries:
                write_article(db, entry, rewrite)
            write_stamps(db, stamps or {})

    def remove_articles(self, ids: Sequence[str], *, stamps: Mapping[str, str | None] | None = None) -> None:
        """Remove articles with all that hangs on them, and write the stamps of the files that they have gone from."""
        if not ids and not stamps:
            return
        with self.transaction() as db:
            for article_id in ids:
                remove_article(db, article_id)
            write_stamps(db, stamps or {})

    def take_out(self, ids: Sequence[str]) -> None:
        """Remove articles, wholly or not at all; they stay out until ``take_back``."""
        with self.transaction() as db:
            for article_id in ids:
                remove_article(db, article_id)  # and its file is read again next time, to say what it left out
            db.executemany("INSERT OR IGNORE INTO taken_out VALUES (?)", [(one,) for one in ids])

    def take_back(self, ids: Sequence[str]) -> None:
        """Let articles in again that were taken out."""
        with self.transaction() as db:
            db.executemany("DELETE FROM taken_out WHERE id = ?", [(one,) for one in ids])

    def taken_out(self) -> set[str]:
        """The ids of the articles that were taken out."""
        with self.errors():
            return {one for (one,) in self._db.execute("SELECT id FROM taken_out")}

    def write_embeddings(self, keys: Sequence[bytes], vectors: Sequence[Vectors]) -> None:
        """Keep embeddings by content, so that the same words are never embedded twice."""
        rows = ((key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True))
        with self.transaction() as db:
            db.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", rows)

    def embeddings(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The embeddings that are known among these keys."""
        with self.errors():
            rows = self._db.execute(
                f"SELECT key, vector FROM embeddings WHERE key IN ({_marks(keys)})", tuple(keys)
            ).fetchall()
        return {key: np.frombuffer(vector, dtype=np.float32) for key, vector in rows}

    def all_embeddings(self, window: Window | None = None) -> tuple[list[str], Vectors]:
        """The ids and the embeddings, shape (chunks, dimensions), of all chunks that are embedded, or of a window's."""
        where, values = _counts(window)
        with self.errors():
            rows = self._db.execute(
                "SELECT c.id, e.vector FROM chunks c JOIN embeddings e ON e.key = c.embedding "
                f"JOIN articles a ON a.number = c.article {where} ORDER BY c.id",
                values,
            ).fetchall()
        joined = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float32)
        return [chunk_id for chunk_id, _ in rows], joined.reshape(len(rows), -1 if rows else 0)

    def chunks_to_embed(self, limit: int, *, after: int) -> list[Unembedded]:
        """Chunks whose vectors are not in Chroma yet, in the order of their numbers, from the one after a number on."""
        with self.errors():
            rows = self._db.execute(
                "SELECT c.number, c.id, c.embedding, a.title, a.text, c.start, c.end FROM chunks c "
                "JOIN articles a ON a.number = c.article WHERE c.in_vectors = 0 AND c.number > ? "
                "ORDER BY c.number LIMIT ?",
                (after, limit),
            ).fetchall()
        return [
            Unembedded(number, chunk_id, key, title, text[start:end])
            for number, chunk_id, key, title, text, start, end in rows
        ]

    def mark_embedded(self, numbers: Sequence[int]) -> None:
        """Note that the vectors of these chunks are in Chroma."""
        with self.transaction() as db:
            db.executemany("UPDATE chunks SET in_vectors = 1 WHERE number = ?", [(number,) for number in numbers])

    def vectors_to_delete(self) -> list[str]:
        """Ids of chunks that are gone from the catalog and may still be in Chroma."""
        with self.errors():
            return [row[0] for row in self._db.execute("SELECT chunk_id FROM vectors_to_delete")]

    def counts(self) -> dict[str, int]:
        """How many articles and chunks there are, and how many chunks are not in Chroma yet."""
        with self.errors():
            [articles] = self._db.execute("SELECT count(*) FROM articles").fetchone()
            [chunks] = self._db.execute("SELECT count(*) FROM chunks").fetchone()
            [pending] = self._db.execute("SELECT count(*) FROM chunks WHERE in_vectors = 0").fetchone()
        return {"articles": articles, "chunks": chunks, "chunks_to_embed": pending}

    def digest(self) -> str:
        """The first twelve characters of the sha256 of which articles there are, what they say and when they are of."""
        with self.errors():
            rows = self._db.execute("SELECT id, fingerprint, published FROM articles ORDER BY id")
            held = hashlib.sha256()
            for row in rows:
                held.update(repr(row).encode())
        return held.hexdigest()[:12]

    def has_quote(self, quote: str) -> bool:
        """Whether some words stand in an article, character for character."""
        with self.errors():
            row = self._db.execute("SELECT 1 FROM articles WHERE instr(text, ?) LIMIT 1", (quote,)).fetchone()
        return row is not None

    def sources(self, root: str, address: str | None = None) -> dict[str, tuple[bytes, str]]:
        """The articles of a root, or those from an address of it and from below: fingerprint and source by id."""
        below = "" if address is None else "AND (source = ? OR substr(source, 1, ?) = ?)"
        values = () if address is None else (address, len(address) + 1, address + "/")
        with self.errors():
            rows = self._db.execute(
                f"SELECT id, fingerprint, source FROM articles WHERE root = ? {below}", (root, *values)
            )
            return {article_id: (fingerprint, source) for article_id, fingerprint, source in rows}

    def articles(
        self, window: Window | None = None, *, language: str | None = None, source: str | None = None
    ) -> Iterator[Article]:
        """All articles, or those of a window, in a language, whose source begins so; by their addresses and ids."""
        where, values = _counts(window)
        for condition, value in (("a.language = ?", language), ("instr(a.source, ?) = 1", source)):
            if value is not None:
                where, values = f"{where} {'AND' if where else 'WHERE'} {condition}", (*values, value)
        with self.errors():
            found = f"SELECT number FROM articles a {where} ORDER BY root, source, id"
            order = self._db.execute(found, values).fetchall()
            for number in order:
                row = self._db.execute(f"SELECT {ARTICLE} FROM articles a WHERE number = ?", number).fetchone()
                if row:  # removed meanwhile
                    yield Article(*row)

    def article(self, article_id: str) -> tuple[Article, str] | None:
        """An article and the root it belongs to."""
        with self.errors():
            row = self._db.execute(f"SELECT {ARTICLE}, a.root FROM articles a WHERE id = ?", (article_id,)).fetchone()
        return (Article(*row[:-1]), row[-1]) if row else None

    def analysis(self, article: Article) -> tuple[SentenceAnalysis, ...]:
        """The sentences of an article; none if it was removed or changed meanwhile."""
        with self.errors():
            row = self._db.execute(
                "SELECT analysis FROM articles WHERE id = ? AND text = ?", (article.id, article.text)
            ).fetchone()
        return unpack_analysis(row[0]) if row else ()

    def languages(self) -> dict[str | None, int]:
        """How many articles there are in each language."""
        with self.errors():
            return dict(self._db.execute("SELECT language, count(*) FROM articles GROUP BY language"))

    def find_chunks(self, ids: Sequence[str]) -> dict[str, Found]:
        """Chunks by id; an id that is no longer in the catalog is left out."""
        with self.errors():
            rows = self._db.execute(
                f"SELECT c.id, a.id, c.start, c.end, a.analysis, {ARTICLE} FROM chunks c "
                f"JOIN articles a ON a.number = c.article WHERE c.id IN ({_marks(ids)})",
                tuple(ids),
            ).fetchall()
        return {
            chunk_id: Found(Chunk(chunk_id, article_id, start, end), Article(*article), analysis)
            for chunk_id, article_id, start, end, analysis, *article in rows
        }

    def terms_of(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        """The terms of some chunks and of their articles' titles, as the word index has them, a space around each."""
        with self.errors():
            rows = self._db.execute(
                "SELECT c.id, w.title, w.body FROM chunks c JOIN words w ON w.rowid = c.number "
                f"WHERE c.id IN ({_marks(chunk_ids)})",
                tuple(chunk_ids),
            )
            return {chunk_id: f" {title} {body} " for chunk_id, title, body in rows}

    def published(self, chunk_ids: Sequence[str]) -> dict[str, str | None]:
        """When the articles of some chunks were published, as their sources say."""
        with self.errors():
            return dict(
                self._db.execute(
                    "SELECT c.id, a.published FROM chunks c JOIN articles a ON a.number = c.article "
                    f"WHERE c.id IN ({_marks(chunk_ids)})",
                    tuple(chunk_ids),
                )
            )

    def chunks_within(self, window: Window) -> dict[str, int]:
        """The ids and numbers of the chunks of the articles in a window."""
        where, values = _counts(window)
        with self.errors():
            return dict(
                self._db.execute(
                    f"SELECT c.id, c.number FROM chunks c JOIN articles a ON a.number = c.article {where}", values
                )
            )

    def count(self, window: Window | None = None) -> int:
        """How many articles there are, or in a window."""
        where, values = _counts(window)
        with self.errors():
            [count] = self._db.execute(f"SELECT count(*) FROM articles a {where}", values).fetchone()
        return int(count)

    def outlets(self, window: Window | None = None) -> dict[str, int]:
        """How many articles each outlet has, or has in a window, the most first; those without one are left out."""
        where, values = _counts(window)
        with self.errors():
            rows = self._db.execute(
                f"SELECT outlet_of(a.agency, a.uri) AS outlet, count(*) FROM articles a {where}"
                " GROUP BY outlet ORDER BY count(*) DESC, outlet",
                values,
            )
            return {outlet: count for outlet, count in rows if outlet is not None}

    def days(self, window: Window | None = None) -> tuple[date, date] | None:
        """From the first to the last day that an article, or one in a window, was published on; None without dates."""
        where, values = _counts(window)
        with self.errors():
            row = self._db.execute(f"SELECT min(a.first_day), max(a.last_day) FROM articles a {where}", values)
            first, last = row.fetchone()
        return (date.fromordinal(first), date.fromordinal(last)) if first else None

    def by_day(self, window: Window | None, limit: int, *, newest: bool = True) -> list[Article]:
        """Articles, or those of a window, the newest or else the oldest first, undated ones last."""
        where, values = _counts(window)
        order = "a.last_day DESC, a.published DESC" if newest else "a.first_day, a.published"
        with self.errors():
            rows = self._db.execute(
                f"SELECT {ARTICLE} FROM articles a {where} ORDER BY a.first_day IS NULL, {order}, a.id LIMIT ?",
                (*values, limit),
            ).fetchall()
        return [Article(*row) for row in rows]

    def undated(self) -> int:
        """How many articles have no date."""
        with self.errors():
            [count] = self._db.execute("SELECT count(*) FROM articles WHERE first_day IS NULL").fetchone()
        return int(count)

    def changed_since(self, window: Window) -> int:
        """How many articles of a window's days were changed after them: they are not in it as they were."""
        if window.last is None:
            return 0
        where, values = _counts(window, changed=True)
        with self.errors():
            [count] = self._db.execute(f"SELECT count(*) FROM articles a {where}", values).fetchone()
        return int(count)

    def search_words(self, terms: Sequence[str], limit: int, numbers: str | None = None) -> list[tuple[str, bool]]:
        """Chunk ids by BM25 over their own words and their title's, best first, and whether each is in Chroma.

        ``numbers`` is a JSON array with the numbers of the chunks that count.
        """
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        # The plus keeps SQLite from looking each number up; a rank is computed only for what is left.
        among = "AND +rowid IN (SELECT value FROM json_each(?))" if numbers else ""
        with self.errors():
            rows = self._db.execute(
                f"SELECT c.id, c.in_vectors FROM (SELECT rowid, rank AS score FROM words WHERE words MATCH ? {among} "
                "ORDER BY rank LIMIT ?) hits JOIN chunks c ON c.number = hits.rowid ORDER BY hits.score, c.id",
                (match, *([numbers] if numbers else []), limit),
            )
            return [(chunk_id, bool(in_vectors)) for chunk_id, in_vectors in rows]

    def articles_with(self, terms: Sequence[str], window: Window | None = None) -> list[str]:
        """The ids of the articles, or of those in a window, in which each of some terms stands, the newest first."""
        where, values = _counts(window)
        holds = " AND ".join(
            "a.number IN (SELECT c.article FROM words JOIN chunks c ON c.number = words.rowid WHERE words MATCH ?)"
            for _ in terms
        )
        joined = f"{where} AND {holds}" if where and holds else where or (f"WHERE {holds}" if holds else "")
        with self.errors():
            rows = self._db.execute(
                f"SELECT a.id FROM articles a {joined} ORDER BY a.published DESC, a.id",
                (*values, *(f'"{term}"' for term in terms)),
            )
            return [article_id for (article_id,) in rows]

    def stands(self, term: str, numbers: frozenset[int]) -> bool:
        """Whether a term stands in any of the chunks of some numbers; quick where it stands in few."""
        with self.errors():
            rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ?", (f'"{term}"',))
            return any(number in numbers for (number,) in rows)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many chunks each term stands; a term that stands nowhere has 0."""
        with self.errors():
            found = (
                (term, self._db.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone())
                for term in terms
            )
            return {term: row[0] if row else 0 for term, row in found}

    def vocabulary(self) -> dict[str, int]:
        """Every term of the corpus with the number of chunks it stands in."""
        with self.errors():
            return dict(self._db.execute("SELECT term, doc FROM vocabulary"))

    def check(self) -> str:
        """SQLite's own integrity check: "ok", or what is wrong."""
        with self.errors():
            return str(self._db.execute("PRAGMA quick_check(1)").fetchone()[0])


def _counts(window: Window | None, *, changed: bool = False) -> tuple[str, tuple[int | str, ...]]:
    """The condition that an article is in a window; or that it would be, had it not been ``changed`` after it."""
    if window is None:
        return "", ()
    conditions: list[str] = []
    values: list[int | str] = []
    if window.dated:
        conditions.append("a.first_day >= ? AND a.last_day <= ?")
        values += [window.first.toordinal() if window.first else 1, window.last.toordinal() if window.last else 10**7]
    if window.last:
        conditions.append("a.updated_day > ?" if changed else "(a.updated_day IS NULL OR a.updated_day <= ?)")
        values.append(window.last.toordinal())
    for column, chosen in (("outlet_of(a.agency, a.uri)", window.outlets), ("a.id", window.articles)):
        if chosen:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(chosen)))
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", tuple(values)


def write_stamps(db: sqlite3.Connection, stamps: Mapping[str, str | None]) -> None:
    """Remember how some files and pages were; of None nothing is known any more."""
    known = [(source, stamp) for source, stamp in stamps.items() if stamp]
    lost = [source.encode(errors="replace").decode() for source, stamp in stamps.items() if not stamp]
    db.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?)", known)
    db.executemany("DELETE FROM stamps WHERE source = ?", [(source,) for source in lost])


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
