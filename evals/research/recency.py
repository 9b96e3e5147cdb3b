"""What favouring new articles gives: ``python -m evals.research.recency --data DIR``.

DIR is a data set whose questions have a ``question_date``, and whose articles have dates. Half of the questions, by
their ids, were there to choose the constants of ``index/search/recency.py``; the other half is measured.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from rich.table import Table

from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import interval
from evals.research.data import filled_store, read_options, read_rows

_DEPTHS = (1, 5)
_LONG_AFTER = date(9999, 1, 1)
"""No article is new then: as if the day did not count."""


def is_measured(question: dict[str, Any]) -> bool:
    """Whether a question is of the half that is measured."""
    return hashlib.sha256(question["id"].encode()).digest()[0] % 2 == 1


def main() -> None:
    """Search on the day and without one, print."""
    options = read_options("recency", "What favouring new articles gives.")
    console, beside = consoles()
    questions = [row for row in read_rows(options.data) if row["evidence"] and is_measured(row)]
    hits: dict[tuple[str, str], list[list[float]]] = {}
    with (
        Progress(beside) as progress,
        filled_store(options, Settings(), progress) as assistant,
    ):
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
