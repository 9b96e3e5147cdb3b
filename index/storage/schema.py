"""The tables of a catalog, and what makes an older one like it.

``first_day`` and ``last_day`` are those on which an article may have been published, ``updated_day`` the last on which
it may have been changed, all counted from 1 January of year 1. ``lines`` tells which lines stand in which articles of
an outlet, by ``repeats.key_of``; ``taken_out`` which articles somebody removed, so that no ingest brings them back.

``sources`` are the paths and addresses that somebody named; ``stamps`` tell of each file and page how it was when it
was read last; ``dismissed`` are files and pages that are passed over; ``versions`` what changed articles said before.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = 7
_SOURCES_AND_COPIES = """
CREATE TABLE sources (place TEXT PRIMARY KEY, label TEXT NOT NULL, hosts TEXT NOT NULL DEFAULT '', fault TEXT,
    looked_at TEXT) WITHOUT ROWID;
CREATE TABLE stamps (source TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dismissed (source TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE versions (number INTEGER PRIMARY KEY, article TEXT NOT NULL, until TEXT NOT NULL, record BLOB NOT NULL);
CREATE INDEX versions_by_article ON versions (article);
CREATE TABLE signatures (article INTEGER PRIMARY KEY, day INTEGER, digest BLOB NOT NULL, signature BLOB NOT NULL,
    compared INTEGER NOT NULL DEFAULT 0);
CREATE INDEX signatures_by_day ON signatures (day);
CREATE INDEX signatures_by_digest ON signatures (digest);
CREATE TABLE copies (article INTEGER PRIMARY KEY, original INTEGER NOT NULL);
CREATE INDEX copies_by_original ON copies (original);
"""
SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (label TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, root TEXT NOT NULL, source TEXT NOT NULL,
    fingerprint BLOB NOT NULL, text TEXT NOT NULL, uri TEXT NOT NULL, title TEXT, published TEXT, author TEXT,
    agency TEXT, place TEXT, language TEXT, analysis TEXT NOT NULL DEFAULT '', published_from TEXT,
    first_day INTEGER, last_day INTEGER,
    updated TEXT, updated_day INTEGER);
CREATE INDEX articles_by_source ON articles (root, source);
CREATE INDEX articles_by_day ON articles (last_day, first_day);
CREATE TABLE chunks (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, end INTEGER NOT NULL, embedding BLOB NOT NULL, in_vectors INTEGER NOT NULL DEFAULT 0);
CREATE INDEX chunks_by_article ON chunks (article);
CREATE INDEX chunks_to_embed ON chunks (number) WHERE in_vectors = 0;
CREATE TABLE embeddings (key BLOB NOT NULL PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE vectors_to_delete (chunk_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE lines (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE taken_out (id TEXT PRIMARY KEY) WITHOUT ROWID;
{_SOURCES_AND_COPIES}
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = "unicode61 tokenchars '.'");
INSERT INTO words(words, rank) VALUES ('rank', 'bm25(0.5, 1.0)');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
ARTICLE = (
    "a.id, a.text, a.uri, a.title, a.published, a.author, a.agency, a.place, a.language, a.published_from, a.updated"
)
"""The columns of an ``Article``, in its order."""
MIGRATIONS = {
    1: """
ALTER TABLE articles ADD COLUMN published_from TEXT;
ALTER TABLE articles ADD COLUMN first_day INTEGER;
ALTER TABLE articles ADD COLUMN last_day INTEGER;
ALTER TABLE articles ADD COLUMN times BLOB NOT NULL DEFAULT x'';
UPDATE articles SET published_from = 'metadata' WHERE published IS NOT NULL;
CREATE INDEX articles_by_day ON articles (last_day, first_day);
""",
    2: """
ALTER TABLE articles ADD COLUMN updated TEXT;
ALTER TABLE articles ADD COLUMN updated_day INTEGER;
""",
    3: """
ALTER TABLE articles ADD COLUMN analysis TEXT NOT NULL DEFAULT '';
ALTER TABLE articles DROP COLUMN sentences;
ALTER TABLE articles DROP COLUMN times;
""",
    4: """
CREATE TABLE lines (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
""",
    5: """
CREATE TABLE taken_out (id TEXT PRIMARY KEY) WITHOUT ROWID;
""",
    6: _SOURCES_AND_COPIES,
}
"""What makes a catalog of a version one of the next; what it leaves empty, a rebuild fills."""


def migrate(db: sqlite3.Connection) -> int:
    """Bring a catalog to the newest version, wholly or not at all; returns the version it has then."""
    db.execute("BEGIN IMMEDIATE")
    try:
        [version] = db.execute("PRAGMA user_version").fetchone()  # another process may have been faster
        while version in MIGRATIONS:
            for statement in MIGRATIONS[version].split(";"):
                db.execute(statement)
            version += 1
            db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return int(version)
