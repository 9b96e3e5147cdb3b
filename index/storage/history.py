"""What articles said before they were changed: kept to be compared, never searched and never quoted."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING

from index.storage.schema import ARTICLE
from index.types import Article

if TYPE_CHECKING:
    import sqlite3

    from index.storage.catalog import Catalog


_COMPARED = ("title", "published", "updated", "author", "agency")


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it was until a moment, which is when a later version of it was read."""

    until: datetime
    article: Article


def keep_version(db: sqlite3.Connection, article_id: str, fingerprint: bytes) -> None:
    """Keep what an article says now, unless what is about to be written is the same."""
    row = db.execute(f"SELECT {ARTICLE}, a.fingerprint FROM articles a WHERE a.id = ?", (article_id,)).fetchone()
    if row is None or row[-1] == fingerprint:
        return
    record = zlib.compress(json.dumps(asdict(Article(*row[:-1])), ensure_ascii=False).encode())
    until = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO versions (article, until, record) VALUES (?, ?, ?)", (article_id, until, record))


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in an article, and when that was seen."""

    at: datetime
    before: Article
    lines: tuple[str, ...]
    """Paragraphs and fields that went, "- …", and that came, "+ …", in their order."""


def changes(catalog: Catalog, article: Article) -> list[Change]:
    """How an article came to be as it is, the oldest change first."""
    before = versions(catalog, article.id)
    after = [*(version.article for version in before), article][1:]
    return [
        Change(version.until, version.article, tuple(_difference(version.article, later)))
        for version, later in zip(before, after, strict=True)
    ]


def _difference(before: Article, after: Article) -> Iterator[str]:
    """Only what differs, field by field and then paragraph by paragraph."""
    was, now = (
        [f"{name}: {value}" for name, value in asdict(one).items() if name in _COMPARED and value]
        + [line for line in one.text.splitlines() if line.strip()]
        for one in (before, after)
    )
    lines = islice(unified_diff(was, now, n=0, lineterm=""), 2, None)  # the first two name the sides
    return (f"{line[0]} {line[1:]}" for line in lines if not line.startswith("@@"))


def versions(catalog: Catalog, article_id: str) -> list[Version]:
    """The versions of an article before the one that counts, the oldest first."""
    with catalog.reading() as db:
        rows = db.execute(
            "SELECT until, record FROM versions WHERE article = ? ORDER BY number", (article_id,)
        ).fetchall()
    return [
        Version(datetime.fromisoformat(until), Article(**json.loads(zlib.decompress(record)))) for until, record in rows
    ]
