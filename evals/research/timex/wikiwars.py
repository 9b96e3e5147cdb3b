"""Dates and times against WikiWars: ``python -m evals.research.timex.wikiwars --data DIR``.

WikiWars (Mazur and Dale 2010) has 22 articles of Wikipedia on wars; DIR holds ``documents.jsonl.gz``, each with its
text and its TIMEX3 expressions. Those of type DATE or TIME whose value is a day, a month or a year are compared, by
their days: what stands open ("until May") counts by the end that the expression names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from evals.measures.metrics import interval
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.times.timex import Timex, find_times

_VALUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d)(?:T.*)?)?")


def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day of a TIMEX3 value; None for other ones.

    >>> days_of("1941-02"), days_of("1941-WXX")
    ((datetime.date(1941, 2, 1), datetime.date(1941, 2, 28)), None)
    """
    match = _VALUE.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not date.min.year <= year:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def says(found: Timex, days: tuple[date, date]) -> bool:
    """Whether an expression was resolved to some days, or to what comes before or after them."""
    one = timedelta(days=1)
    if found.first and found.last:
        return (found.first, found.last) == days
    if found.first:
        return found.first in (days[0], days[1] + one)
    return found.last in (days[1], days[0] - one)


def compared(path: Path) -> Iterator[tuple[int, int, int]]:
    """Of each document how many expressions there are, how many were resolved, and how many rightly."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for document in map(json.loads, file):
            text = document["text"]
            spans = split_sentences(text, read_layout(text, title=""))
            times = [one for one in find_times(text, spans, date.fromisoformat(document["published"][:10]))
                     if one.resolved]  # fmt: skip
            gold: list[tuple[dict[str, Any], tuple[date, date]]] = [
                (row, days)
                for row in document["times"]
                if row["type"] in ("DATE", "TIME") and (days := days_of(row.get("value") or ""))
            ]
            right = sum(
                any(one.start < row["end"] and row["start"] < one.end and says(one, days) for one in times)
                for row, days in gold
            )
            yield len(gold), len(times), right


def main() -> None:
    """Resolve, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.timex.wikiwars", description="Times of WikiWars.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with documents.jsonl.gz")
    rows = list(compared(parser.parse_args().data / "documents.jsonl.gz"))
    gold, found, right = (sum(column) for column in zip(*rows, strict=True))
    share, low, high = interval([1.0] * right + [0.0] * (gold - right))
    Console(highlight=False).print(
        f"{len(rows)} documents, {gold} dates and times: right {share:.3f} [{low:.3f}, {high:.3f}]; {found} resolved, "
        f"precision at least {right / found:.3f}"
    )


if __name__ == "__main__":
    main()
