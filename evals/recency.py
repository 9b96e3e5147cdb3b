"""What favouring new articles gives: ``python -m evals.recency --data DIR``.

DIR is a data set whose questions have a ``question_date``, and whose articles have dates. Half of the questions, by
their ids, were there to choose the constants of ``index/recency.py``; the other half is measured.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from rich.table import Table

from assistant import Assistant
from assistant.render import Progress, consoles
from assistant.settings import Settings
from evals.metrics import interval

_DEPTHS = (1, 5)
_LONG_AFTER = date(9999, 1, 1)
"""No article is new then: as if the day did not count."""


def is_measured(question: dict[str, Any]) -> bool:
    """Whether a question is of the half that is measured."""
    return hashlib.sha256(question["id"].encode()).digest()[0] % 2 == 1


def main() -> None:
    """Search on the day and without one, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.recency", description="What favouring new articles gives.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    parser.add_argument("--questions", type=int, default=10**9, help="at most so many")
    parser.add_argument("--fast", action="store_true", help="without the reader")
    options = parser.parse_args()
    console, beside = consoles()
    with gzip.open(options.data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [row for row in map(json.loads, file) if row["evidence"] and is_measured(row)][: options.questions]
    hits: dict[tuple[str, str], list[list[float]]] = {}
    with (
        Progress(beside) as progress,
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(options.store or Path(folder), settings=Settings()) as assistant,
    ):
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        for number, row in enumerate(questions):
            progress("asking", number, len(questions))
            kind = 'say "this week"' if "this week" in row["question"].lower() else "others"
            days = {"without a day": _LONG_AFTER, "on its day": date.fromisoformat(row["question_date"][:10])}
            for way, now in days.items():
                passages = assistant.search(row["question"], top_k=max(_DEPTHS), fast=options.fast, now=now)
                found = [passage.article.id for passage in passages]
                for name in (kind, "all"):
                    depths = hits.setdefault((name, way), [[] for _ in _DEPTHS])
                    for place, depth in enumerate(_DEPTHS):
                        depths[place].append(float(bool(set(row["evidence"]) & set(found[:depth]))))
    table = Table("questions", "number", "asked", *(f"recall@{depth}" for depth in _DEPTHS), box=None, pad_edge=False)
    for (name, way), rows in sorted(hits.items()):
        table.add_row(name, str(len(rows[0])), way, *("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in rows))
    console.print(table)


if __name__ == "__main__":
    main()
