"""The product over newsroom questions that nothing was trained on: ``python -m evals.research.newsroom``.

Whole archives that training never saw (``claim_support.archives``) are asked as of the day of each question. Right is
what ``ablate`` calls right. Printed is, by kind, how many questions with an answer are answered rightly, wrongly, not,
and, by what misleads, how many without one are refused.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant.pipeline import choose, read_parts
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import share_interval
from evals.research.ablate import outcome
from evals.research.asked import ARCHIVES, all_sets, store_of
from index.training.teacher.split import NEVER_TRAINED_ON


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a question."""

    question: str
    kind: str
    answerable: bool
    right: bool
    refused: bool
    said: str


def ask(archives: Path, names: list[str], work: Path, every: int, progress: Progress) -> list[Told]:
    """Ask every question that needs no conversation."""
    told = []
    for questions in all_sets(work, None, archives):
        if questions.name not in names:
            continue
        with store_of(questions, work, progress) as assistant:
            rows = [one for one in questions.questions if not one.history][::every]
            for number, asked in enumerate(rows):
                progress(f"asking {questions.name}", number, len(rows))
                top_k = assistant.settings.top_k
                parts = read_parts(
                    assistant.store, asked.question, top_k=top_k, fast=False, now=asked.now, window=asked.window
                )
                found = outcome(asked, [choose(part, asked.now) for part in parts])
                answerable = asked.accept is not None
                kind = asked.kind if answerable else asked.why or "not said"
                said = " | ".join(found.sentences[:1])
                told.append(Told(asked.question, kind, answerable, found.right, not found.sentences, said))
    return told


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.newsroom", description="Unseen newsroom questions.")
    parser.add_argument("--archives", type=Path, default=ARCHIVES, help="the folder of the invented archives")
    parser.add_argument("--only", nargs="+", default=list(NEVER_TRAINED_ON), help="archives (%(default)s)")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where stores are kept")
    parser.add_argument("--every", type=int, default=1, help="ask one question in so many")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    console, beside = consoles()
    with Progress(beside) as progress:
        told = ask(options.archives, options.only, options.work, options.every, progress)
    for answerable in (True, False):
        rows = [one for one in told if one.answerable == answerable]
        groups: dict[str, list[Told]] = defaultdict(list)
        for one in rows:
            groups[one.kind].append(one)
        title = "with an answer" if answerable else "without an answer"
        table = Table(title, "questions", "right", "wrong", "refused", box=None, pad_edge=False)
        for kind, some in [*sorted(groups.items()), ("all", rows)]:
            wrong = [not one.right and not one.refused for one in some]
            shares = [[one.right for one in some], wrong, [one.refused for one in some]]
            table.add_row(kind, str(len(some)), *(share_of(row, interval=kind == "all") for row in shares))
        console.print(table)
    for one in told if options.show else ():
        if not one.right:
            console.print(f"{one.kind}: {one.question}\n    {one.said}", markup=False, highlight=False)


def share_of(flags: list[bool], *, interval: bool) -> str:
    """A share, with its interval if that is asked for."""
    share, low, high = share_interval([float(flag) for flag in flags])
    return f"{share:.3f} [{low:.3f}, {high:.3f}]" if interval else f"{share:.3f}"


if __name__ == "__main__":
    main()
