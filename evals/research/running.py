"""Questions of time over running stories: ``python -m evals.research.running``.

The stories lie in ``evals/running``, all in one store; each question is asked as of its day. Every other story, by the
sha256 of its name, is kept back: it is measured, and never printed.

Right is an accepted form in the first sentence, and where the answer is a date, no other day in the short answer. Wrong
is a short answer, or without one a first sentence, with a form that a careless reader would give, or another day.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table

from assistant import Assistant
from assistant.pipeline import Part, choose, read_parts
from assistant.rules import RULES
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import mentions
from evals.research.ablate import reranked
from evals.research.asked import ROOT, store_at
from evals.research.newsroom import share_of
from index.times.published import published_days
from index.types import Window

RUNNING = ROOT / "evals" / "running"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the day it is asked on, and what is right and what is wrong; ``day`` is None for no date."""

    story: str
    question: str
    asked_on: date
    kind: str
    answers: tuple[str, ...]
    wrong: tuple[str, ...]
    day: tuple[date, date] | None

    @property
    def kept_back(self) -> bool:
        """Whether its story is only measured."""
        return bool(int(hashlib.sha256(self.story.encode()).hexdigest(), 16) % 2)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a question."""

    question: Question
    right: bool
    wrong: bool
    wrong_day: bool
    """Whether the short answer has a day, and not the right one."""
    said: str

    @property
    def refused(self) -> bool:
        """Whether nothing was said."""
        return not self.said


def questions(folder: Path = RUNNING) -> list[Question]:
    """The questions of all stories, in order."""
    rows = [
        (file.parent.name, json.loads(line))
        for file in sorted(folder.glob("*/questions.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [
        Question(
            story,
            row["question"],
            date.fromisoformat(row["asked_on"]),
            row["kind"] if row["answerable"] else "without an answer",
            tuple(row["answers"]),
            tuple(row.get("wrong", ())),
            days_of(row["day"]) if row.get("day") else None,
        )
        for story, row in rows
    ]


def days_of(written: str) -> tuple[date, date]:
    """The first and the last day of a day, month, year or range.

    >>> days_of("2025-02-03/2025-02-05")
    (datetime.date(2025, 2, 3), datetime.date(2025, 2, 5))
    """
    days = [published_days(one) for one in written.split("/")]
    assert days[0]
    assert days[-1]
    return days[0][0], days[-1][1]


def read(assistant: Assistant, asked: Question) -> list[Part]:
    """What is found for a question as of its day."""
    window, top_k = Window(last=asked.asked_on), assistant.settings.top_k
    return read_parts(assistant.store, asked.question, top_k=top_k, fast=False, now=asked.asked_on, window=window)


def judge(asked: Question, parts: Iterable[Part]) -> Told:
    """Answer from what was found, and judge."""
    rows = [row for part in parts for row in choose(part, asked.asked_on).rows]
    if not rows:
        return Told(asked, not asked.answers, wrong=False, wrong_day=False, said="")
    first = rows[0]
    candidate = first.candidate
    mark = first.mark
    short = candidate.article.text[slice(*mark)] if mark else ""
    shown = short or candidate.text
    times = [one for one in candidate.sentence.times if mark and one.start < mark[1] and mark[0] < one.end]
    days = [(one.first or date.min, one.last or date.max) for one in times if one.resolved]
    gold = asked.day
    wrong_day = bool(gold and days and not any(one[0] <= gold[1] and gold[0] <= one[1] for one in days))
    has = mentions(candidate.text, list(asked.answers)) if asked.answers else False
    misled = bool(asked.wrong) and mentions(shown, list(asked.wrong)) and not mentions(shown, list(asked.answers))
    right = bool(asked.answers) and has and not wrong_day and not (short and misled)
    return Told(asked, right, not right, wrong_day, f"{short or '-'} | {candidate.text}")


def _articles(work: Path) -> Path:
    """The articles of all stories in one file."""
    file = work / "articles" / "running.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    texts = [one.read_text(encoding="utf-8").strip() for one in sorted(RUNNING.glob("*/articles.jsonl"))]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.running", description="Time in running stories.")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where the store is kept")
    parser.add_argument("--show", action="store_true", help="print what is wrong, of the stories that are at hand")
    options = parser.parse_args()
    console, beside = consoles()
    rows = questions()
    with (
        Progress(beside) as progress,
        store_at(options.work / "running", [_articles(options.work)], progress) as assistant,
    ):
        found = []
        for number, row in enumerate(rows):
            progress("asking", number, len(rows))
            found.append((row, read(assistant, row)))
        told = [judge(row, parts) for row, parts in found]
    for kept_back in (False, True):
        some = [one for one in told if one.question.kept_back == kept_back]
        groups: dict[str, list[Told]] = defaultdict(list)
        for one in some:
            groups[one.question.kind].append(one)
        groups["all with an answer"] = [one for one in some if one.question.answers]
        title = "stories kept back" if kept_back else "stories at hand"
        table = Table(title, "questions", "right", "wrong", "wrong day", "refused", box=None, pad_edge=False)
        for kind, group in groups.items():
            shares = [
                [one.right for one in group],
                [one.wrong for one in group],
                [one.wrong_day for one in group],
                [one.refused for one in group],
            ]
            table.add_row(kind, str(len(group)), *(share_of(row, interval=kind.startswith("all")) for row in shares))
        console.print(table)
    for title, kept_back in (("each rule off, stories at hand", False), ("each rule off, kept back", True)):
        these = [(row, parts) for row, parts in found if row.kept_back == kept_back]
        table = Table(title, "applies", "right", "wrong", "wrong day", "refused rightly", box=None, pad_edge=False)
        for name, rules in [("none", RULES), *((rule.name, [x for x in RULES if x is not rule]) for rule in RULES)]:
            judged = [judge(asked, reranked(parts, rules)) for asked, parts in these]
            applies = [rule for rule in RULES if rule.name == name]
            asked_at_all = sum(rule.applies(part.question) for rule in applies for _, parts in these for part in parts)
            asks = [one for one in judged if one.question.answers]
            none = [one for one in judged if not one.question.answers]
            counts = [
                sum(one.right for one in asks),
                sum(one.wrong for one in asks),
                sum(one.wrong_day for one in asks),
                sum(one.right for one in none),
            ]
            table.add_row(name, str(asked_at_all), *map(str, counts))
        console.print(table)
    for one in told if options.show else ():
        if not one.right and not one.question.kept_back:
            asked = one.question
            console.print(
                f"{asked.story} {asked.kind} ({asked.asked_on}): {asked.question} → {' / '.join(asked.answers)}"
                f"\n    {one.said}",
                markup=False,
                highlight=False,
            )


if __name__ == "__main__":
    main()
