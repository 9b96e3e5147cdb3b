"""Articles that are new or have changed are compared with others of their days: which are copies of one report.

The earliest of them stands for all. An article without a day, of 2031 or of March, is a copy only where its words are
the same; the same words of days that lie further apart are news of each of these days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from index.analysis.near_copies import (
    MOST_DAYS,
    Rows,
    Shingled,
    are_copies,
    lookalikes,
    rows_of,
    shingled,
    signature,
)
from index.ingest.fill_vectors import Progress
from index.storage.catalog import Catalog
from index.storage.store import Store

_AT_A_TIME = 200
_MOST_COMPARED = 10_000
"""So many articles before it, at most, is one compared with: 10 ms, where to embed it takes a fifth of a second."""

_EARLIEST = "s.day IS NULL, s.day, length(a.published) <= 10, a.published, s.article"
"""The order in which an article may be a copy of those before it: of a day, those first that tell the hour."""


def find_copies(store: Store, progress: Progress) -> None:
    """Compare what was not compared yet. Interrupted, it goes on where it stopped."""
    catalog = store.catalog
    _sign(catalog, progress)
    while rows := _uncompared(catalog):
        for day, group in groupby(enumerate(rows), key=lambda one: one[1][1]):
            these = [(place, number) for place, (number, _) in group]
            earlier = _Earlier.of(catalog, day)
            for begin in range(0, len(these), _AT_A_TIME):
                some = these[begin : begin + _AT_A_TIME]
                progress("finding copies", some[0][0], len(rows))
                _compare(catalog, [number for _, number in some], earlier)


def _sign(catalog: Catalog, progress: Progress) -> None:
    """Make the signatures that are missing; what may be a copy of these articles is compared anew."""
    with catalog.reading() as db:
        rows = db.execute(
            "SELECT number, CASE WHEN first_day = last_day THEN first_day END FROM articles "
            "WHERE number NOT IN (SELECT article FROM signatures) ORDER BY number"
        ).fetchall()
    for position in range(0, len(rows), _AT_A_TIME):
        progress("signing articles", position, len(rows))
        made = []
        for number, day in rows[position : position + _AT_A_TIME]:
            text = shingled(_text(catalog, number))
            made.append((number, day, text.digest, signature(text)))
        with catalog.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO signatures VALUES (?, ?, ?, ?, 0)", made)
            for _, day, digest, _ in made:
                db.execute(
                    "UPDATE signatures SET compared = 0 WHERE compared AND (day BETWEEN ?1 AND ?1 + ?2 OR digest = ?3)",
                    (day, MOST_DAYS, digest),
                )
            db.execute("DELETE FROM copies WHERE article IN (SELECT article FROM signatures WHERE NOT compared)")


def _uncompared(catalog: Catalog) -> list[tuple[int, int | None]]:
    """The numbers and days of the articles that are to be compared, the earliest first."""
    with catalog.transaction() as db:
        # The first of some copies turned out to be a copy itself: the others may be copies of another then.
        late = "SELECT c.article FROM copies c JOIN copies o ON o.article = c.original"
        db.execute(f"UPDATE signatures SET compared = 0 WHERE article IN ({late})")
        db.execute("DELETE FROM copies WHERE article IN (SELECT article FROM signatures WHERE NOT compared)")
        return db.execute(
            "SELECT s.article, s.day FROM signatures s JOIN articles a ON a.number = s.article "
            f"WHERE NOT s.compared ORDER BY {_EARLIEST}"
        ).fetchall()


@dataclass(slots=True)
class _Earlier:
    """The signatures of the articles of some days, the earliest first, and which are no copies of others."""

    numbers: list[int]
    places: dict[int, int]
    """By their numbers."""
    rows: Rows
    first: set[int]
    texts: dict[int, Shingled] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, day: int | None) -> _Earlier:
        """Those of a day and of the week before it; none without a day."""
        with catalog.reading() as db:
            found = db.execute(
                "SELECT s.article, s.signature, c.original IS NULL FROM signatures s "
                "JOIN articles a ON a.number = s.article LEFT JOIN copies c ON c.article = s.article "
                f"WHERE s.day BETWEEN ?1 - ?2 AND ?1 ORDER BY {_EARLIEST}",
                (day, MOST_DAYS),
            ).fetchall()
        numbers = [number for number, _, _ in found]
        rows = rows_of([signed for _, signed, _ in found]) if found else np.empty((0, 0), np.uint32)
        places = {number: place for place, number in enumerate(numbers)}
        return cls(numbers, places, rows, {number for number, _, first in found if first})

    def text(self, catalog: Catalog, number: int) -> Shingled:
        """An article's text as shingles, made once."""
        if number not in self.texts:
            self.texts[number] = shingled(_text(catalog, number))
        return self.texts[number]


def _compare(catalog: Catalog, numbers: list[int], earlier: _Earlier) -> None:
    """Write down which of some articles are copies, and of which."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        original = _same_words(catalog, number)
        if original is None:
            original = _near(catalog, number, earlier)
        if original is not None:
            found.append((number, original))
            earlier.first.discard(number)
    with catalog.transaction() as db:
        db.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?)", found)
        db.executemany("UPDATE signatures SET compared = 1 WHERE article = ?", [(number,) for number in numbers])


def _same_words(catalog: Catalog, number: int) -> int | None:
    """The first article with the same words, or of which that is a copy; None where none is earlier."""
    with catalog.reading() as db:
        row = db.execute(
            "SELECT s.article, coalesce(c.original, s.article) FROM signatures s "
            "JOIN signatures mine ON mine.digest = s.digest JOIN articles a ON a.number = s.article "
            "LEFT JOIN copies c ON c.article = s.article WHERE mine.article = ? "
            "AND (s.day IS NULL OR mine.day IS NULL OR abs(s.day - mine.day) <= ?) "
            f"ORDER BY {_EARLIEST} LIMIT 1",
            (number, MOST_DAYS),
        ).fetchone()
    return None if row is None or row[0] == number else int(row[1])


def _near(catalog: Catalog, number: int, earlier: _Earlier) -> int | None:
    """The first of the earlier articles that an article is a copy of."""
    place = earlier.places.get(number)
    if place is None:
        return None
    begin = max(0, place - _MOST_COMPARED)
    for other in lookalikes(earlier.rows[place], earlier.rows[begin:place]):
        before = earlier.numbers[begin + other]
        if before in earlier.first and are_copies(earlier.text(catalog, number), earlier.text(catalog, before)):
            return before
    return None


def _text(catalog: Catalog, number: int) -> str:
    with catalog.reading() as db:
        row = db.execute("SELECT text FROM articles WHERE number = ?", (number,)).fetchone()
    return str(row[0]) if row else ""
