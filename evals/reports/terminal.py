"""A run and how it differs from another, as tables in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from assistant.terminal.render import consoles, printable
from evals.reports.report import how_often, said, way_of
from evals.runs.compare import HEAD, Change, compare_groups, detectable, flips, unpaired
from evals.runs.summary import by_group, summarise

_DIFFERING = 0.1
"""The share of answers that two runs are taken to differ in, for what so many cases can show."""

_SHOWN = 5
"""Of the cases that cannot be compared."""


def show_run(run: dict[str, Any]) -> None:
    """Tables of figures, overall, by type and by tag, and the answers that are not right."""
    console, _ = consoles()
    table = Table("measure", "cases", "value", title=f"{run['suite']}, {run['answerer']}")
    for figure in summarise(run):
        table.add_row(figure.name, str(figure.cases), figure.told)
    for field in ("type", "tags"):
        groups = by_group(run, field)
        for figure in groups if len(groups) > 1 or field == "tags" else ():
            table.add_row(f"right, {'tag ' if field == 'tags' else ''}{figure.name}", str(figure.cases), figure.told)
    console.print(table)
    count = len(run["cases"])
    cases, least = "1 case" if count == 1 else f"{count} cases", detectable(count, _DIFFERING)
    if least < 1:
        least_told = f"can show a drop of {100 * least:.0f} points or more"
        console.print(f"{cases} {least_told}, if {_DIFFERING:.0%} of the answers come out differently.")
    else:
        console.print(f"{cases}: too few to show that a drop is more than chance.")
    for result in run["cases"]:
        if result["measures"]["right"] < 1:
            often = f", {how_often(result)}" if result.get("flaky") else ""
            console.print(
                f"wrong{often}: {printable(result['id'])}: {printable(result['question'])} – {printable(said(result))}",
                markup=False,
            )


def show_changes(changes: Sequence[Change], before: dict[str, Any], after: dict[str, Any]) -> None:
    """Tables of how each measure moved, overall, by type and by tag, and the answers that flipped."""
    console, _ = consoles()
    table = Table(*HEAD)
    table.columns[0].overflow = "fold"
    for change in [*changes, *compare_groups(before, after)]:
        table.add_row(*change.told)
    console.print(table)
    for one, other, told in ((before, after, "gone or changed"), (after, before, "new or changed")):
        if others := unpaired(one, other):
            some = printable(", ".join(others[:_SHOWN]))
            console.print(f"Not compared: {len(others)} cases that are {told}: {some}", markup=False)
    for old, new in flips(before, after):
        console.print(f"{way_of(old, new)}: {printable(new['id'])}: {printable(new['question'])}", markup=False)
        for word, result in (("before", old), ("after", new)):
            console.print(f"   {word}: {printable(said(result))}", markup=False)
