"""The command ``assistant eval``: suites are run, runs are compared, and a build fails where one got worse.

Exit codes: 0 held, 1 worse, 2 could not run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assistant.cli_options import common, model
from evals.compare import Change, broken_rules, compare, flips
from evals.metrics import interval
from evals.report import junit, markdown, said

WORSE = 1

_PATH = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)


@click.group("eval")
def evaluate() -> None:
    """Run suites of questions, compare runs, fail a build where one got worse."""


@evaluate.command("run")
@click.argument("suite", type=_PATH)
@click.option("--out", type=_NEW, help="Write the run here; go on if it is there.")
@click.option("--baseline", type=_PATH, help="Compare with this run.")
@click.option("--fail-if", "rules", multiple=True, metavar="RULE", help="Such as 'accuracy drops, p<0.05'; repeatable.")
@click.option("--junit", "junit_to", type=_NEW, help="Write JUnit XML here.")
@click.option("--markdown", "markdown_to", type=_NEW, help="Write a summary in Markdown here.")
@click.option("--at-once", type=click.IntRange(1, 32), default=1, help="Questions asked at a time (default: 1).")
@model
@common
def run_command(
    assistant: Any,
    suite: Path,
    out: Path | None,
    baseline: Path | None,
    rules: Sequence[str],
    junit_to: Path | None,
    markdown_to: Path | None,
    at_once: int,
    as_json: bool,
) -> int:
    """Ask every question of a suite, and say how many answers are right."""
    from assistant.render import consoles
    from evals.cases import read_suite
    from evals.run import read_run, run_suite, write_run

    if rules and baseline is None:
        raise click.UsageError("--fail-if compares with a run: name it with --baseline")
    cases = read_suite(suite)
    before = read_run(baseline) if baseline else None
    broken_off = read_run(out) if out and out.exists() else None
    _, beside = consoles()
    with beside.status("Asking …") as status:
        run = run_suite(
            assistant,
            cases,
            before=broken_off,
            at_once=at_once,
            progress=lambda done, total: status.update(f"Asking … {done} of {total}"),
            keep=(lambda now: write_run(now, out)) if out else None,
        )
    if out:
        write_run(run, out)
    changes = compare(before, run) if before else []
    broken = broken_rules(rules, changes) if before else []
    if junit_to:
        junit_to.write_text(junit(run), encoding="utf-8")
    if markdown_to:
        markdown_to.write_text(markdown(run, changes, before, broken), encoding="utf-8")
    if as_json:
        click.echo(json.dumps({"run": run, "changes": [_as_json(change) for change in changes]}, ensure_ascii=False))
    else:
        show_run(run)
        if before:
            show_changes(changes, before, run)
    return _verdict(broken)


@evaluate.command("compare")
@click.argument("before", type=_PATH)
@click.argument("after", type=_PATH)
@click.option("--fail-if", "rules", multiple=True, metavar="RULE", help="Such as 'accuracy drops, p<0.05'; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare_command(before: Path, after: Path, rules: Sequence[str], as_json: bool) -> int:
    """Compare two runs: what changed, whether by chance, and which answers flipped."""
    from evals.run import read_run

    old, new = read_run(before), read_run(after)
    changes = compare(old, new)
    if as_json:
        click.echo(json.dumps([_as_json(change) for change in changes], ensure_ascii=False))
    else:
        show_changes(changes, old, new)
    return _verdict(broken_rules(rules, changes))


@evaluate.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a case."""
    from evals.cases import SCHEMA

    click.echo(json.dumps(SCHEMA, indent=2))


def show_run(run: dict[str, Any]) -> None:
    """A table of measures, overall and by type, and the answers that are wrong."""
    from rich.table import Table

    from assistant.render import consoles, printable

    console, _ = consoles()
    table = Table("measure", "cases", "value", title=f"{run['suite']}, {run['answerer']}")
    for name in dict.fromkeys(name for result in run["cases"] for name in result["measures"]):
        values = [held for result in run["cases"] if (held := result["measures"].get(name)) is not None]
        if values and name != "confidence":
            table.add_row(name, str(len(values)), "{:.3f} [{:.3f}, {:.3f}]".format(*interval(values)))
    kinds = dict.fromkeys(str(result["type"]) for result in run["cases"])
    for kind in kinds if len(kinds) > 1 else ():
        values = [result["measures"]["right"] for result in run["cases"] if str(result["type"]) == kind]
        table.add_row(f"right, {kind}", str(len(values)), "{:.3f} [{:.3f}, {:.3f}]".format(*interval(values)))
    console.print(table)
    for result in run["cases"]:
        if not result["measures"]["right"]:
            console.print(
                f"wrong: {printable(result['id'])}: {printable(result['question'])} – {printable(said(result))}",
                markup=False,
            )


def show_changes(changes: Sequence[Change], before: dict[str, Any], after: dict[str, Any]) -> None:
    """A table of how each measure moved, and the answers that flipped."""
    from rich.table import Table

    from assistant.render import consoles, printable

    console, _ = consoles()
    table = Table("measure", "cases", "before", "after", "difference", "p (drop)", "can show a drop of")
    for change in changes:
        moved = f"{change.difference:+.3f} [{change.low:+.3f}, {change.high:+.3f}]"
        least = f"{100 * change.detectable:.0f} points"
        table.add_row(
            change.measure, str(change.cases), f"{change.before:.3f}", f"{change.after:.3f}", moved,
            f"{change.p_drop:.4f}", least,
        )  # fmt: skip
    console.print(table)
    for old, new in flips(before, after):
        way = "now right" if new["measures"]["right"] else "now wrong"
        console.print(f"{way}: {printable(new['id'])}: {printable(new['question'])}", markup=False)
        for word, result in (("before", old), ("after", new)):
            console.print(f"   {word}: {printable(said(result))}", markup=False)


def _verdict(broken: Sequence[str]) -> int:
    for rule in broken:
        click.echo(f"worse: {rule}", err=True)
    return WORSE if broken else 0


def _as_json(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in Change.__slots__} | {"difference": change.difference}
