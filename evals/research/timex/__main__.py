"""``python -m evals.research.timex``: expressions of time against gold files, beside what dateutil alone makes of them.

``gold.txt`` was at hand when the rules were written; ``held_back.txt`` was not. An expression counts as right if
exactly one was found in its place and both ends of its days are those of the file. ``intents.txt`` has questions, with
what they ask of time; every other one was there when those rules were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dateutil import parser
from rich.table import Table

from assistant.terminal.render import consoles
from evals.measures.metrics import interval
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.times.order import Order
from index.times.time_request import TimeIntent, read_intent
from index.times.timex import find_times

FILES = ("gold.txt", "held_back.txt")

Resolver = Callable[["Expression"], str]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time in its text, and the days it stands for, as the file has them."""

    published: date | None
    text: str
    start: int
    end: int
    days: str


def read_gold(name: str) -> list[Expression]:
    """The expressions of a gold file beside this one; raises ValueError for a line that is in another form."""
    found = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        published, marked, days = line.split(" | ")
        if not (match := re.fullmatch(r"(.*)\[(.+)\](.*)", marked)):
            raise ValueError(f"{name}: no expression in brackets: {line}")
        day = None if published == "-" else date.fromisoformat(published)
        found.append(Expression(day, "".join(match.groups()), match.start(2) - 1, match.end(2) - 1, days.strip()))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the day it is asked on, and what it asks of time, as the file has it."""

    question: str
    now: date
    intent: TimeIntent


def read_intents(name: str = "intents.txt") -> list[Asked]:
    """The questions of a gold file beside this one."""

    def day(written: str) -> date | None:
        return None if written == "-" else date.fromisoformat(written)

    found = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        question, now, order, first, last, _ = line.split("\t")
        known: Order | None = None if order == "-" else "latest" if order == "latest" else "first"
        found.append(Asked(question, date.fromisoformat(now), TimeIntent(known, day(first), day(last))))
    return found


def ours(expression: Expression) -> str:
    """What our rules make of it."""
    spans = split_sentences(expression.text, read_layout(expression.text, title=""))
    times = find_times(expression.text, spans, expression.published)
    here = [time for time in times if time.start < expression.end and expression.start < time.end]
    if not any(time.resolved for time in here):
        return "-"
    if len(here) > 1:
        return "several"
    return "..".join(day.isoformat() if day else "" for day in (here[0].first, here[0].last))


def dateutil_alone(expression: Expression) -> str:
    """What dateutil's parser makes of the words alone, with the day of publication as its default."""
    written = expression.text[expression.start : expression.end]
    default = datetime.combine(expression.published or date(1, 1, 1), datetime.min.time())
    try:
        day = parser.parse(written, default=default, dayfirst=True).date()
    except (ValueError, OverflowError):
        return "-"
    return f"{day}..{day}"


def accuracy(expressions: Sequence[Expression], resolver: Resolver) -> list[float]:
    """For each expression 1 if it was resolved to exactly its days, else 0."""
    return [float(resolver(expression) == expression.days) for expression in expressions]


def main() -> None:
    """Resolve, compare, print."""
    console, _ = consoles()
    headings = ("file", "expressions", "exact days", "dateutil alone", "resolved though nothing tells the day")
    table = Table(*headings, box=None, pad_edge=False)
    for name in FILES:
        expressions = read_gold(name)
        undated = [expression for expression in expressions if expression.published is None and expression.days == "-"]
        invented = sum(ours(expression) != "-" for expression in undated)
        shares = (accuracy(expressions, ours), accuracy(expressions, dateutil_alone))
        told = ("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in shares)
        table.add_row(name, str(len(expressions)), *told, f"{invented} of {len(undated)}")
    console.print(table)
    asked = read_intents()
    right = [float(read_intent(row.question, row.now) == row.intent) for row in asked]
    console.print("questions understood: {:.3f} [{:.3f}, {:.3f}]".format(*interval(right)), f"of {len(asked)}")


if __name__ == "__main__":
    main()
