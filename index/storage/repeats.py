"""Lines that an outlet repeats from article to article: those that are likelier no news than news are no evidence.

"Reach our reporter at …" is hardly told from news by itself; that it stands in four articles tells. News is repeated
too, as the background of a running story, so the classifier of clutter still decides, only that it need not be sure.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from index.analysis.types import Role, SentenceAnalysis
from index.types import Article, outlet_of

REPEATED = 4
"""A line that stands in so many articles of an outlet repeats."""

_NEWS = 0.7
"""A line that repeats is news with this probability or more; another one is from far less on."""

_LEAST, _MOST = 20, 300
"""Characters of a line that is counted: shorter ones are no sentences, longer ones are hardly notices."""


def forget_lines(db: sqlite3.Connection, number: int, article: Article) -> None:
    """Count the lines of an article no longer."""
    db.executemany(
        "DELETE FROM lines WHERE key = ? AND article = ?",
        [(key_of(article, line), number) for line, _, _ in _lines(article.text)],
    )


def count_lines(db: sqlite3.Connection, number: int, article: Article) -> set[int]:
    """Count the lines of an English article; the numbers of the articles, it or others, to which repeats are news."""
    if article.language != "en":
        return set()
    changed: set[int] = set()
    for key in {key_of(article, line) for line, _, _ in _lines(article.text)}:
        db.execute("INSERT OR IGNORE INTO lines VALUES (?, ?)", (key, number))
        rows = db.execute("SELECT article FROM lines WHERE key = ? LIMIT ?", (key, REPEATED + 1)).fetchall()
        if len(rows) == REPEATED:
            changed.update(row[0] for row in rows)
        elif len(rows) > REPEATED:
            changed.add(number)
    return changed


def repeated_lines(db: sqlite3.Connection, article: Article) -> set[int]:
    """The keys of the lines of an article that repeat."""
    keys = {key_of(article, line) for line, _, _ in _lines(article.text)}
    counted = "SELECT count(*) FROM (SELECT 1 FROM lines WHERE key = ? LIMIT ?)"
    return {key for key in keys if db.execute(counted, (key, REPEATED)).fetchone()[0] >= REPEATED}


def without_repeated(
    article: Article, sentences: tuple[SentenceAnalysis, ...], repeated: set[int]
) -> tuple[SentenceAnalysis, ...]:
    """The sentences, those of repeated lines that are likelier no news as no evidence, as long as any is left.

    Raises ModelMissing.
    """
    from index.analysis.clutter import news_chance  # NumPy takes its time

    lines = list(_lines(article.text, least=1, most=len(article.text)))
    texts = [line for line, _, _ in lines]
    places = [
        (start, end)
        for number, (line, start, end) in enumerate(lines)
        if key_of(article, line) in repeated and news_chance(texts, number) < _NEWS
    ]
    found = tuple(
        replace(one, role=Role.HEADING)
        if one.evidence and any(start <= one.start and one.end <= end for start, end in places)
        else one
        for one in sentences
    )
    return found if any(one.evidence for one in found) else sentences


def key_of(article: Article, line: str) -> int:
    """A number for a line of an article's outlet."""
    named = f"{outlet_of(article.agency, article.uri) or ''}\0{line}"
    return int.from_bytes(blake2b(named.encode(), digest_size=8).digest(), signed=True)


def _lines(text: str, *, least: int = _LEAST, most: int = _MOST) -> Iterator[tuple[str, int, int]]:
    """The lines of a text that have so many characters, and where they stand."""
    position = 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        start = position + raw.find(line)
        position += len(raw)
        if least <= len(line) <= most:
            yield line, start, start + len(line)
