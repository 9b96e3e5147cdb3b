"""Which articles are copies of one report: kept in the catalog, each with the first of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.storage.schema import ARTICLE
from index.types import Article

if TYPE_CHECKING:
    import sqlite3

    from index.storage.catalog import Catalog


def forget_copies(db: sqlite3.Connection, article_id: str) -> None:
    """Forget of what an article is a copy; what was a copy of it is compared anew."""
    row = db.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return
    db.execute(
        "UPDATE signatures SET compared = 0 WHERE article IN (SELECT article FROM copies WHERE original = ?)", row
    )
    db.execute("DELETE FROM copies WHERE article = ?1 OR original = ?1", row)
    db.execute("DELETE FROM signatures WHERE article = ?", row)


def originals(catalog: Catalog, article_ids: Sequence[str]) -> dict[str, str]:
    """By the ids of those articles that are copies, or of which there are copies, the id of the first of them."""
    with catalog.reading() as db:
        rows = db.execute(
            "SELECT a.id, o.id FROM articles a JOIN copies c ON c.article = a.number OR c.original = a.number "
            "JOIN articles o ON o.number = c.original WHERE a.id IN (SELECT value FROM json_each(?))",
            (json.dumps([*article_ids]),),
        )
        return dict(rows)


def reports_of(catalog: Catalog, chunk_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Of the chunks of articles that have copies, by their ids: the article, and the first of its copies."""
    with catalog.reading() as db:
        rows = db.execute(
            "SELECT ch.id, a.id, o.id FROM chunks ch JOIN articles a ON a.number = ch.article "
            "JOIN copies c ON c.article = a.number OR c.original = a.number "
            "JOIN articles o ON o.number = c.original WHERE ch.id IN (SELECT value FROM json_each(?))",
            (json.dumps([*chunk_ids]),),
        )
        return {chunk: (article, original) for chunk, article, original in rows}


def copies_of(catalog: Catalog, article_id: str) -> list[Article]:
    """The other articles that are copies of the same report as this one, the first of them first."""
    original = originals(catalog, [article_id]).get(article_id)
    if original is None:
        return []
    with catalog.reading() as db:
        rows = db.execute(
            f"SELECT {ARTICLE} FROM articles o LEFT JOIN copies c ON c.original = o.number "
            "JOIN articles a ON a.number IN (o.number, c.article) WHERE o.id = ?1 AND a.id != ?2 "
            "GROUP BY a.number ORDER BY a.number != o.number, a.first_day, a.published, a.number",
            (original, article_id),
        )
        return [Article(*row) for row in rows]
