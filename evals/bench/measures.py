"""What a benchmark gives back, and how it is timed: numbers with their targets, percentiles, a table."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Measure:
    """One number; ``target`` is None where it only explains the others."""

    name: str
    value: float
    unit: str = ""
    target: float | None = None
    more_is_better: bool = False

    @property
    def held(self) -> bool | None:
        """Whether the target is held; a number that is to be larger has to exceed it."""
        if self.target is None:
            return None
        return self.value > self.target if self.more_is_better else self.value <= self.target

    def to_json(self) -> dict[str, Any]:
        """All fields, and whether the target is held."""
        return {**asdict(self), "held": self.held}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank).

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([4.0, 1.0, 3.0, 2.0], 0.95)
    (2.0, 4.0)
    """
    if not values:
        raise ValueError("there is no percentile of no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def seconds(work: Callable[[], object]) -> float:
    """How long something takes, once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def milliseconds(work: Callable[[str], object], questions: Iterable[str], *, rounds: int = 1) -> list[float]:
    """How long something takes for each question; every question is asked before the first is asked again."""
    questions = list(questions)
    return [1000 * seconds(lambda question=question: work(question)) for _ in range(rounds) for question in questions]  # type: ignore[misc]


def table(title: str, measures: Iterable[Measure]) -> Table:
    """Measure, value, target, held."""
    shown = Table(title=title, title_justify="left", title_style="bold")
    shown.add_column("measure")
    for heading in ("value", "target", "held"):
        shown.add_column(heading, justify="right")
    for measure in measures:
        relation = ">" if measure.more_is_better else "≤"
        target = "" if measure.target is None else f"{relation} {_number(measure.target)} {measure.unit}".rstrip()
        held = {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[measure.held]
        shown.add_row(measure.name, f"{_number(measure.value)} {measure.unit}".rstrip(), target, held)
    return shown


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
