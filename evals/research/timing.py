"""What the time of a question gives, how often a contradiction is told: ``python -m evals.research.timing --data DIR``.

DIR is a data set with ``answers``. The sentences found for a question are ranked with and without what it asks of time
(``assistant/rules``), and right is a first sentence that has an accepted answer. Questions with a
``question_date`` are asked on that day, with and without it (``index/search/recency.py``). Where questions have a
``fake_answer`` that part of the corpus gives, it is counted how often both it and a right one are told as contradicting
each other. (TimeQA: Chen and others 2021, arXiv:2108.06314; RGB: Chen and others 2024, arXiv:2309.01431.)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.table import Table

from assistant import Assistant
from assistant.evidence.scoring import Ranked
from assistant.pipeline import choose, read_parts
from assistant.rules import adjust
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import interval, mentions
from evals.research.data import filled_store, read_options, read_rows

_LONG_AFTER = date(9999, 1, 1)
"""No article is new then: as if the day did not count."""


def main() -> None:
    """Ask, rank, compare, print."""
    options = read_options("timing", "What the time of a question gives.")
    console, beside = consoles()
    questions = [row for row in read_rows(options.data) if row["evidence"]]
    shares: dict[tuple[str, str], list[float]] = {}
    with Progress(beside) as progress, filled_store(options, Settings(), progress) as assistant:
        for number, row in enumerate(questions):
            progress("asking", number, len(questions))
            for (kind, way), share in _measure(assistant, row, fast=options.fast).items():
                for name in ("all", kind):
                    shares.setdefault((name, way), []).append(share)
    table = Table("questions", "number", "measure", "share", box=None, pad_edge=False)
    for (kind, way), values in sorted(shares.items()):
        table.add_row(kind, str(len(values)), way, "{:.3f} [{:.3f}, {:.3f}]".format(*interval(values)))
    console.print(options.data.name)
    console.print(table)


def _measure(assistant: Assistant, row: dict[str, Any], *, fast: bool) -> dict[tuple[str, str], float]:
    """By the kind of a question and what is measured: 1 or 0."""
    asked = row.get("question_date")
    found: dict[tuple[str, str], float] = {}
    for day in [date.fromisoformat(asked[:10]), _LONG_AFTER] if asked else [date.today()]:
        [part, *_] = read_parts(assistant.store, row["question"], top_k=5, fast=fast, now=day)
        time = part.question.query.time
        assert time
        when = "" if not asked else ", on its day" if day != _LONG_AFTER else ", without a day"
        if day != _LONG_AFTER:
            named = time.order or ("bounded" if time.bounded else "others")
            untimed = adjust(part.question, part.ranked, ())
            found[named, f"right first, without its time{when}"] = _right(untimed, row)
        found[named, f"right first{when}"] = _right(part.ranked, row)
        if day != _LONG_AFTER:
            told = [one for one in choose(part, day).findings if one.code in _CONTRADICTIONS]
            found[named, "contradiction told"] = float(bool(told))
            if fake := row.get("fake_answer"):
                sides = [side.text for one in told for side in one.before]
                both = any(mentions(side, [fake]) for side in sides) and any(
                    mentions(side, row["answers"]) for side in sides
                )
                found[named, "with the planted pair"] = float(both)
    return found


_CONTRADICTIONS = frozenset(("contradiction", "newer_count", "newer_plan", "occasions"))


def _right(ranked: Sequence[Ranked], row: dict[str, Any]) -> float:
    return float(bool(ranked) and mentions(ranked[0].candidate.text, row["answers"]))


if __name__ == "__main__":
    main()
