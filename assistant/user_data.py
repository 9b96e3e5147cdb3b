"""What is kept beside a store: conversations, shared answers, what people think of answers, what models have cost.

In a database of its own, ``kept.db`` in the store's folder: ``rebuild`` never touches it, nothing in it is searched.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.storage.faults import store_error

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, browser TEXT NOT NULL, title TEXT NOT NULL, turns TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS of_browser ON conversations (browser, changed);
CREATE TABLE IF NOT EXISTS shared (token TEXT PRIMARY KEY, turn TEXT NOT NULL, made TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS opinions (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, turn INTEGER NOT NULL, liked INTEGER NOT NULL,
    comment TEXT NOT NULL, told TEXT NOT NULL, asked TEXT NOT NULL, UNIQUE (conversation, turn)
) STRICT;
CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, cost REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS secret (value TEXT NOT NULL) STRICT;
"""

_TITLE = 80
"""Characters of a first question that name a conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """An earlier conversation of a browser; ``changed`` is in UTC."""

    id: str
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of an answer, as a case for an evaluation; ``told`` is when, in UTC.

    ``evidence`` are the quotes of the answer with their articles' ids, ``options`` what it was narrowed by.
    """

    question: str
    history: tuple[tuple[str, str], ...]
    options: dict[str, Any]
    liked: bool
    comment: str
    answer: str
    short: str | None
    refused: bool
    evidence: tuple[dict[str, str], ...]
    told: str

    def to_json(self) -> dict[str, Any]:
        """The opinion as JSON values."""
        return asdict(self)


class Kept:
    """The database beside a store; made when something is first kept. Each call is a transaction of its own."""

    def __init__(self, store: Path) -> None:
        self.path = store / "kept.db"

    def secret(self) -> str:
        """A random text that is the same as long as the database is there: what browsers hold is sealed with it."""
        with self._open() as db:
            found = db.execute("SELECT value FROM secret").fetchone()
            if found is None:
                found = (secrets.token_urlsafe(24),)
                db.execute("INSERT INTO secret VALUES (?)", found)
        return str(found[0])

    def spend(self, cost: float) -> None:
        """Count what a call of a language model cost to what was spent today (UTC)."""
        with self._open() as db:
            db.execute(
                "INSERT INTO spent VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET cost = cost + excluded.cost",
                (_now()[:10], cost),
            )

    def spent(self) -> float:
        """What language models have cost today (UTC)."""
        if not self.path.exists():
            return 0.0
        with self._open() as db:
            row = db.execute("SELECT cost FROM spent WHERE day = ?", (_now()[:10],)).fetchone()
        return float(row[0]) if row else 0.0

    def save(self, browser: str, conversation: str | None, turns: list[Any]) -> str:
        """Keep a conversation as it is now, and give back its id; the first question names a new one.

        What another browser kept under that id is left alone, and kept anew.
        """
        title = turns[0]["question"][:_TITLE]
        now = _now()
        with self._open() as db:
            changed = db.execute(
                "UPDATE conversations SET turns = ?, changed = ? WHERE id = ? AND browser = ?",
                (json.dumps(turns), now, conversation, browser),
            ).rowcount
            if not changed:
                conversation = secrets.token_urlsafe(16)
                db.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, ?, ?)",
                    (conversation, browser, title, json.dumps(turns), now),
                )
        assert conversation
        return conversation

    def conversations(self, browser: str) -> list[Conversation]:
        """Those of a browser, the last changed first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT id, title, changed FROM conversations WHERE browser = ? ORDER BY changed DESC, id", (browser,)
            ).fetchall()
        return [Conversation(name, title, datetime.fromisoformat(changed)) for name, title, changed in rows]

    def turns(self, browser: str, conversation: str) -> list[Any]:
        """The turns of a conversation of a browser; none if it has no such one."""
        with self._open() as db:
            row = db.execute(
                "SELECT turns FROM conversations WHERE id = ? AND browser = ?", (conversation, browser)
            ).fetchone()
        return list(json.loads(row[0])) if row else []

    def rename(self, browser: str, conversation: str, title: str) -> None:
        """Give a conversation of a browser another name."""
        with self._open() as db:
            db.execute(
                "UPDATE conversations SET title = ? WHERE id = ? AND browser = ?",
                (title.strip(), conversation, browser),
            )

    def delete(self, browser: str, conversation: str) -> None:
        """Delete a conversation of a browser; answers of it that were shared stay."""
        with self._open() as db:
            db.execute("DELETE FROM conversations WHERE id = ? AND browser = ?", (conversation, browser))

    def share(self, turn: Any) -> str:
        """Keep one answer as it is, and give back the token that shows it: 128 random bits, so not to be guessed."""
        token = secrets.token_urlsafe(16)
        with self._open() as db:
            db.execute("INSERT INTO shared VALUES (?, ?, ?)", (token, json.dumps(turn), _now()))
        return token

    def shared(self, token: str) -> tuple[Any, datetime] | None:
        """The turn that was shared under a token, and when (UTC); None if none was."""
        if not self.path.exists():
            return None
        with self._open() as db:
            row = db.execute("SELECT turn, made FROM shared WHERE token = ?", (token,)).fetchone()
        return (json.loads(row[0]), datetime.fromisoformat(row[1])) if row else None

    def judge(self, conversation: str, turn: int, liked: bool, asked: dict[str, Any]) -> None:
        """Keep a thumb up or down for an answer; a later one for the same answer replaces it, its comment stays."""
        with self._open() as db:
            db.execute(
                "INSERT INTO opinions (conversation, turn, liked, comment, told, asked) VALUES (?, ?, ?, '', ?, ?)"
                " ON CONFLICT (conversation, turn) DO UPDATE SET liked = excluded.liked, told = excluded.told,"
                " asked = excluded.asked",
                (conversation, turn, int(liked), _now(), json.dumps(asked)),
            )

    def comment(self, conversation: str, turn: int, comment: str) -> None:
        """Say why, of an answer that has a thumb."""
        with self._open() as db:
            db.execute(
                "UPDATE opinions SET comment = ? WHERE conversation = ? AND turn = ?",
                (comment.strip(), conversation, turn),
            )

    def opinions(self) -> list[Opinion]:
        """All of them, in the order in which answers first got one."""
        if not self.path.exists():
            return []
        with self._open() as db:
            rows = db.execute("SELECT liked, comment, told, asked FROM opinions ORDER BY number").fetchall()
        return [_opinion(bool(liked), comment, told, json.loads(asked)) for liked, comment, told, asked in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction; raises StoreUnwritable, StoreFull, StoreLocked, StoreDamaged."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30)) as db:
                db.executescript(_SCHEMA)
                with db:
                    yield db
        except (sqlite3.Error, OSError) as error:
            raise store_error(self.path, error) from error


def _opinion(liked: bool, comment: str, told: str, asked: dict[str, Any]) -> Opinion:
    answer = asked["answer"]
    return Opinion(
        asked["question"],
        tuple((question, reply) for question, reply in asked["history"]),
        asked["options"],
        liked,
        comment,
        answer["answer"],
        answer["short"],
        answer["refused"],
        tuple({"article_id": cited["article_id"], "quote": cited["quote"]} for cited in answer["citations"]),
        told,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
