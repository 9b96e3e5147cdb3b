"""Expressions of time as TIMEX3, against texts annotated by hand: ``python -m evals.research.timex.annotations``.

``seen.jsonl`` and ``unseen.jsonl`` beside this file have invented texts of news, written and annotated by others who
had not seen the rules; the rules were mended with the first at hand, not with the second. ``--wikiwars DIR`` adds
WikiWars (Mazur and Dale 2010: 22 articles of Wikipedia on wars; ``documents.jsonl.gz``), of which every other one was
at hand.
Compared as at TempEval-3 (UzZaman and others 2013): an expression is found where one of ours overlaps it, and has the
right value where that is the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.times.timex3 import Timex3, annotate

Kind = str
_DAYS = re.compile(r"\d{2,4}(?:-(?:\d\d|W\d\d|Q\d|H\d|SP|SU|FA|WI).*)?")
ALL, DATED, DURATIONS, SETS = "all", "dates and times with days", "durations", "sets"


def kind_of(type_: str, value: str) -> Kind:
    """Of which kind an expression is; "" for what has no days, as "now".

    >>> kind_of("DATE", "1941-02-10"), kind_of("DATE", "PAST_REF"), kind_of("SET", "P1Y")
    ('dates and times with days', '', 'sets')
    """
    if type_ in ("DATE", "TIME"):
        return DATED if _DAYS.fullmatch(value) else ""
    return DURATIONS if type_ == "DURATION" else SETS


def same_value(one: str, other: str) -> bool:
    """Whether two values say the same, whatever the case.

    >>> same_value("1941-02-10TMO", "1941-02-10tmo"), same_value("1941", "1941-02")
    (True, False)
    """
    return one.lower() == other.lower()


def compared(found: Sequence[Timex3], gold: Sequence[dict[str, Any]]) -> Counter[tuple[Kind, str]]:
    """How many expressions of each kind are ours, are theirs, are found, and have the right value."""
    counts: Counter[tuple[Kind, str]] = Counter()
    for ours in found:
        for kind in {ALL, kind_of(ours.type, ours.value)}:
            counts[kind, "ours"] += 1
            counts[kind, "right"] += any(ours.start < row["end"] and row["start"] < ours.end for row in gold)
    for row in gold:
        value = row.get("value") or ""
        over = [ours for ours in found if ours.start < row["end"] and row["start"] < ours.end]
        for kind in {ALL, kind_of(row["type"], value)}:
            counts[kind, "theirs"] += 1
            counts[kind, "found"] += bool(over)
            counts[kind, "same value"] += any(same_value(ours.value, value) for ours in over)
    return counts


def documents(path: Path) -> list[dict[str, Any]]:
    """Texts with their day and their expressions; those that have no offsets are found by their words."""
    written = path.read_bytes()
    rows = [json.loads(line) for line in (gzip.decompress(written) if path.suffix == ".gz" else written).splitlines()]
    for row in rows:
        for time in row["times"]:
            if "start" not in time:
                start = -1
                for _ in range(time.get("occurrence", 1)):
                    start = row["text"].index(time["text"], start + 1)
                time.update(start=start, end=start + len(time["text"]))
    return rows


def annotated(row: dict[str, Any]) -> list[Timex3]:
    """What we find in a document."""
    spans = split_sentences(row["text"], read_layout(row["text"], title=""))
    return annotate(row["text"], spans, date.fromisoformat(row["published"][:10]))


def main() -> None:
    """Annotate, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.timex.annotations", description="Times as TIMEX3.")
    parser.add_argument("--wikiwars", type=Path, help="a folder with documents.jsonl.gz")
    options = parser.parse_args()
    sets = {name: documents(Path(__file__).parent / name) for name in ("seen.jsonl", "unseen.jsonl")}
    if options.wikiwars:
        rows = documents(options.wikiwars / "documents.jsonl.gz")
        sets |= {"WikiWars, at hand": rows[::2], "WikiWars, the others": rows[1::2]}
    table = Table(
        "texts", "expressions", "number", "precision", "recall", "F1", "right value: F1", box=None, pad_edge=False
    )
    for name, rows in sets.items():
        counts = sum((compared(annotated(row), row["times"]) for row in rows), Counter())
        for kind in (ALL, DATED, DURATIONS, SETS):
            ours, theirs = counts[kind, "ours"], counts[kind, "theirs"]
            if not theirs:
                continue
            precision, recall = counts[kind, "right"] / max(1, ours), counts[kind, "found"] / theirs
            value = 2 * counts[kind, "same value"] / (ours + theirs)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            figures = (precision, recall, f1, value)
            table.add_row(name, kind, str(theirs), *(f"{share:.3f}" for share in figures))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
