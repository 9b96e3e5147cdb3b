"""The tables of a catalog."""

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (label TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, root TEXT NOT NULL, source TEXT NOT NULL,
    fingerprint BLOB NOT NULL, text TEXT NOT NULL, uri TEXT NOT NULL, title TEXT, published TEXT, author TEXT,
    agency TEXT, place TEXT, language TEXT, sentences BLOB NOT NULL);
CREATE INDEX articles_by_source ON articles (root, source);
CREATE TABLE chunks (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, end INTEGER NOT NULL, embedding BLOB NOT NULL, in_vectors INTEGER NOT NULL DEFAULT 0);
CREATE INDEX chunks_by_article ON chunks (article);
CREATE INDEX chunks_to_embed ON chunks (number) WHERE in_vectors = 0;
CREATE TABLE embeddings (key BLOB NOT NULL PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE vectors_to_delete (chunk_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = "unicode61 tokenchars '.'");
INSERT INTO words(words, rank) VALUES ('rank', 'bm25(0.5, 1.0)');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
