"""Rows of a table in a text: each cell with the name of its column, so that "77.4" is read as a turnout.

A table is a run of lines whose cells are parted by "|" or by tabs; the first one names the columns. The reader, and
what verifies claims, are shown "Town: Esk; Turnout (%): 77.4." in place of "| Esk | 77.4 |".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_PARTED = re.compile(r"[|\t]")
_EDGES = re.compile(r"\s*\|?(.*?)\|?\s*", re.DOTALL)
_RULE = re.compile(r"\s*:?-{2,}:?\s*")
"""What Markdown draws below the names of the columns."""

_FEWEST = 2
"""Cells of a row."""

_MOST_CHARACTERS = 2000
"""A longer line is no row."""

_MOST_ROWS = 300
"""So far up the names of the columns are looked for."""


class Cell(NamedTuple):
    """A cell of a row: the name of its column, and where it stands in the text."""

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpelledRow:
    """A row as it is shown to a reader, with the places of its cells in that and in the text."""

    text: str
    places: tuple[tuple[int, Cell], ...]
    """Where each cell begins in ``text``, and the cell."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the article stands what is shown between two places: of the cells there the one with most of it."""

        def shared(entry: tuple[int, Cell]) -> int:
            at, cell = entry
            return min(end, at + cell.end - cell.start) - max(start, at)

        at, cell = max(self.places, key=shared)
        if shared((at, cell)) <= 0:
            return cell.start, cell.end
        low, high = max(start, at) - at, min(end - at, cell.end - cell.start)
        return cell.start + low, cell.start + high


def is_row(text: str, start: int, end: int) -> bool:
    """Whether a line has cells."""
    return len(_cells(text, start, end)) >= _FEWEST


def is_head(text: str, start: int, end: int) -> bool:
    """Whether a line names the columns of a table below it, or is the rule under those names."""
    row = _cells(text, start, end)
    if len(row) < _FEWEST:
        return False
    if _is_rule(text, row):
        return True
    below = _line_at(text, text.find("\n", end) + 1) if "\n" in text[end:] else None
    return bool(below) and _is_row(text, below, len(row)) and not _head_above(text, start, len(row))


def spelled_row(text: str, start: int, end: int) -> SpelledRow | None:
    """A line of a table with the names of its columns; None for what is no row below such names.

    >>> table = "Town | Turnout (%)\\n--- | ---\\nEsk | 77.4\\nHolm | 61.0"
    >>> row = spelled_row(table, 29, 39)
    >>> row.text, table[slice(*row.place(10, 30))]
    ('Town: Esk; Turnout (%): 77.4.', '77.4')
    """
    row = _cells(text, start, end)
    if len(row) < _FEWEST or _is_rule(text, row):
        return None
    head = _head_above(text, start, len(row))
    if not head:
        return None
    shown, places = "", []
    for (first, last), (low, high) in zip(head, row, strict=True):
        shown += f"{'; ' if shown else ''}{text[first:last]}: "
        places.append((len(shown), Cell(text[first:last], low, high)))
        shown += text[low:high] or "–"
    return SpelledRow(f"{shown}.", tuple(places))


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand; none for a line of words."""
    if end - start > _MOST_CHARACTERS or not _PARTED.search(text, start, end):
        return []
    inner = _EDGES.fullmatch(text, start, end)
    assert inner
    found, at = [], inner.start(1)
    for cell in _PARTED.split(inner[1]):
        words = cell.strip()
        low = at + (cell.index(words) if words else 0)
        found.append((low, low + len(words)))
        at += len(cell) + 1
    return found


def _is_rule(text: str, row: list[tuple[int, int]]) -> bool:
    return all(_RULE.fullmatch(text, *place) for place in row)


def _is_row(text: str, line: tuple[int, int] | None, count: int) -> bool:
    return line is not None and len(_cells(text, *line)) == count


def _head_above(text: str, start: int, count: int) -> list[tuple[int, int]]:
    """The cells of the first line of the table that a line belongs to; none if it is the first itself."""
    head: list[tuple[int, int]] = []
    at = text.rfind("\n", 0, start) + 1
    for _ in range(_MOST_ROWS):
        if at == 0:
            break
        line = _line_at(text, text.rfind("\n", 0, at - 1) + 1)
        row = _cells(text, *line)
        if len(row) != count:
            break
        if not _is_rule(text, row):
            head = row
        at = text.rfind("\n", 0, at - 1) + 1
    return head


def _line_at(text: str, start: int) -> tuple[int, int]:
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end
