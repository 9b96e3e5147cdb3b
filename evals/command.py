"""The command ``assistant eval``: suites are run, runs are compared, and a build fails where one got worse.

Exit codes: 0 held, 1 worse, 2 could not run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.terminal.cli_options import common, model
from evals.runs.compare import Change, compare
from evals.runs.gate import broken_rules, read_rules
from index.errors import AssistantError, StoreMissing, SuiteInvalid

if TYPE_CHECKING:
    from evals.cases import Suite
    from evals.measures.judge import ModelJudge

WORSE = 1
_LIBRARIES = ("matplotlib", "pytrec_eval", "scipy", "yaml")
"""What only evaluations need."""

_SHOWN = 5
_HELD = "of-data.txt"
"""In the store of a data set: which one it is."""

_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


_Command = Callable[..., int]


def _worse_is_no_fault(command: _Command) -> _Command:
    """Whatever goes wrong is 2: 1 would say that the answers got worse."""

    @wraps(command)
    def guarded(*given: Any, **named: Any) -> int:
        if missing := [name for name in _LIBRARIES if find_spec(name) is None]:
            raise SuiteInvalid(f"evaluations need {', '.join(missing)}: pip install 'article-assistant[evals]'")
        try:
            return command(*given, **named)
        except (click.ClickException, click.Abort, SuiteInvalid):
            raise
        except AssistantError as error:
            raise SuiteInvalid(str(error)) from error
        except Exception as error:
            raise SuiteInvalid(f"{type(error).__name__}: {error}") from error

    return guarded


_rules = click.option(
    "--fail-if",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Such as 'accuracy drops, p<0.05' or 'citations_exact < 1'; repeatable.",
)


@click.group("eval")
def evaluate() -> None:
    """Run suites of questions, compare runs, fail a build where one got worse."""


@evaluate.command("run")
@_worse_is_no_fault
@click.argument("suite", type=_PATH, required=False)
@click.option("--data", type=_PATH, help="A folder of questions and articles, or SQuAD's JSON; fills the store first.")
@click.option("--sample", type=click.IntRange(1), help="Ask so many of the questions, drawn at random.")
@click.option("--seed", type=int, default=0, help="Which questions --sample draws (default: 0).")
@click.option("--out", type=_NEW, help="Write the run here; go on if it is there.")
@click.option("--runs", type=_FOLDER, help="Keep this run here beside earlier ones, with a report and the trend.")
@click.option("--baseline", type=_FILE, help="Compare with this run.")
@_rules
@click.option("--repeats", type=click.IntRange(1, 100), default=1, help="Ask each question so often (default: 1).")
@click.option("--judge", "judged_by", metavar="NAME", help="A language model whose opinion stands beside the rules.")
@click.option("--html", "html_to", type=_NEW, help="Write a report as one HTML page here.")
@click.option("--junit", "junit_to", type=_NEW, help="Write JUnit XML here.")
@click.option("--markdown", "markdown_to", type=_NEW, help="Write a summary in Markdown here.")
@click.option("--at-once", type=click.IntRange(1, 32), default=1, help="Questions asked at a time (default: 1).")
@model
@common
def run_command(
    assistant: Any,
    suite: Path | None,
    data: Path | None,
    sample: int | None,
    seed: int,
    out: Path | None,
    runs: Path | None,
    baseline: Path | None,
    rules: Sequence[str],
    repeats: int,
    judged_by: str | None,
    html_to: Path | None,
    junit_to: Path | None,
    markdown_to: Path | None,
    at_once: int,
    as_json: bool,
) -> int:
    """Ask every question of a suite, and say how many answers are right.

    SUITE is YAML or JSON Lines (assistant eval schema), a table in CSV, SQuAD's JSON, or a folder of questions.
    """
    from assistant.terminal.render import Progress, consoles
    from evals.cases import read_suite
    from evals.cases.importers import articles_of
    from evals.reports.page import page
    from evals.reports.report import junit, markdown
    from evals.reports.terminal import show_changes, show_run
    from evals.runs.history import earlier_runs, keep_run
    from evals.runs.run import lost_evidence, read_run, run_suite

    if (suite is None) == (data is None):
        raise click.UsageError("name a SUITE, or --data with the articles that it asks about")
    gate = read_rules(rules)
    if baseline is None and any(rule.way in ("drops", "rises") for rule in gate):
        raise click.UsageError("what drops or rises is compared with a run: name it with --baseline")
    if baseline and out and baseline.resolve() == out.resolve():
        raise click.UsageError("--out would write over the run that is compared with: name another file")
    written = read_suite(suite or data)  # type: ignore[arg-type]
    cases = _drawn(written.accepted, sample, seed)
    before = read_run(baseline) if baseline else None
    broken_off = read_run(out) if out and out.exists() else None
    _, beside = consoles()
    if drafts := len(written.cases) - len(written.accepted.cases):
        beside.print(f"Left out: {drafts} drafts that nobody has reviewed.")
    with Progress(beside) as progress:
        if data:
            with articles_of(data) as articles, _apart(assistant, data):
                assistant.ingest([articles], label=data.name, progress=progress)
        run = run_suite(
            assistant,
            cases,
            before=broken_off,
            at_once=at_once,
            repeats=repeats,
            judge=_judge(assistant, judged_by) if judged_by else None,
            progress=lambda done, total: progress("asking", done, total),
            keep=_keeper(out, broken_off, beside) if out else None,
        )
    if lost := lost_evidence(assistant, cases):
        some = ", ".join(lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
        told = f"The evidence of {len(lost)} cases stands in no article, character for character: {some}"
        beside.print(told, markup=False, soft_wrap=True)
    unheld: SuiteInvalid | None = None
    broken: list[str] = []
    changes: list[Change] = []
    try:
        changes = compare(before, run) if before else []
        broken = broken_rules(gate, before, run)
    except SuiteInvalid as error:  # the run has been asked: it is told before what is wrong with the rules
        unheld = error
    if not changes:  # nothing in common to be told
        before = None
    history = []
    if runs:
        kept = keep_run(runs, run)
        history = earlier_runs(runs, run["suite"], lambda line: beside.print(line, markup=False, soft_wrap=True))
        html_to = html_to or kept.with_suffix(".html")
    reports: list[tuple[Path | None, Callable[[], str]]] = [
        (html_to, partial(page, run, before=before, changes=changes, broken=broken, history=history)),
        (junit_to, partial(junit, run)),
        (markdown_to, partial(markdown, run, changes, before, broken)),
    ]
    for path, text in reports:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(), encoding="utf-8")
    if as_json:
        click.echo(json.dumps({"run": run, "changes": [_as_json(change) for change in changes]}, ensure_ascii=False))
    else:
        show_run(run)
        if before:
            show_changes(changes, before, run)
        if html_to:
            beside.print(f"Report: {html_to}", markup=False, soft_wrap=True)
    if unheld:
        raise unheld
    failed = [case for case in run["cases"] if case["error"]]
    if failed and len(failed) == len(run["cases"]):
        raise SuiteInvalid(f"no question was answered: {failed[0]['error']}")
    return _verdict(broken)


@evaluate.command("compare")
@_worse_is_no_fault
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@_rules
@click.option("--html", "html_to", type=_NEW, help="Write a report as one HTML page here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare_command(before: Path, after: Path, rules: Sequence[str], html_to: Path | None, as_json: bool) -> int:
    """Compare two runs: what changed, whether by chance, and which answers flipped."""
    from evals.reports.page import page
    from evals.reports.terminal import show_changes
    from evals.runs.run import read_run

    old, new = read_run(before), read_run(after)
    gate = read_rules(rules)
    changes = compare(old, new)
    broken = broken_rules(gate, old, new)
    if html_to:
        html_to.write_text(page(new, before=old, changes=changes, broken=broken), encoding="utf-8")
    if as_json:
        click.echo(json.dumps([_as_json(change) for change in changes], ensure_ascii=False))
    else:
        show_changes(changes, old, new)
    return _verdict(broken)


@evaluate.command("init")
@click.argument("suite", type=_NEW)
@click.option("--limit", type=click.IntRange(1), default=40, help="Draft so many cases at most (default: 40).")
@click.option("--seed", type=int, default=0, help="Which articles are drawn first (default: 0).")
@click.option("--feedback", is_flag=True, help="From what people thought of answers on the page, not from articles.")
@model
@common
def init_command(assistant: Any, suite: Path, limit: int, seed: int, feedback: bool, as_json: bool) -> int:
    """Draft a suite from your own articles, for you to review: nothing is asked before you have accepted it.

    Questions come from templates, or from the language model where one is set.
    """
    from assistant.terminal.render import Progress, consoles
    from assistant.user_data import Kept
    from evals.cases.drafting import draft_cases, drafts_of_opinions, write_drafts

    if suite.exists():
        raise click.UsageError(f"{suite} is there already; name another file")
    _, beside = consoles()
    if feedback:
        opinions = Kept(assistant.store.path).opinions()
        drafts = drafts_of_opinions([opinion.to_json() for opinion in opinions])[:limit]
    else:
        with Progress(beside) as progress:
            drafts = draft_cases(
                assistant,
                limit,
                model=assistant.model,
                seed=seed,
                progress=lambda done, most: progress("drafting", done, most),
            )
    write_drafts(drafts, suite)
    if as_json:
        click.echo(json.dumps(drafts, ensure_ascii=False))
    else:
        click.echo(
            f"{len(drafts)} drafts are in {suite}. Read them, mend them, and change 'reviewed: no' to 'reviewed: yes'."
        )
    return 0


@evaluate.command("schema")
@_worse_is_no_fault
def schema_command() -> int:
    """Print the JSON Schema of a case."""
    from evals.cases import SCHEMA

    click.echo(json.dumps(SCHEMA, indent=2))
    return 0


def _keeper(out: Path, earlier: dict[str, Any] | None, beside: Any) -> Callable[[dict[str, Any]], None]:
    """What writes a run to its file; an earlier one that it does not go on with is put aside, not written over."""
    from evals.runs.compare import unpaired
    from evals.runs.run import write_run

    aside = out.with_name(f"{out.stem}.old{out.suffix}")

    def keep(now: dict[str, Any]) -> None:
        nonlocal earlier
        if earlier and unpaired(earlier, now):
            out.replace(aside)
            beside.print(f"{out} was another run: it is kept as {aside}", markup=False, soft_wrap=True)
        earlier = None
        write_run(now, out)

    return keep


@contextmanager
def _apart(assistant: Any, data: Path) -> Iterator[None]:
    """To fill a store with a data set; raises SuiteInvalid for one that has other articles, which these would join."""
    folder = assistant.store.path
    held = folder / _HELD
    try:
        count = assistant.store.catalog.counts()["articles"]
    except StoreMissing:
        count = 0
    if count and not (held.exists() and held.read_text(encoding="utf-8").strip() == data.name):
        raise SuiteInvalid(
            f"the store {folder} has {count:,} articles that are not of {data.name}; a data set goes into a"
            f" store of its own: add --store .{data.stem}"
        )
    try:
        yield
    finally:  # an ingest that was interrupted goes on
        if folder.exists():
            held.write_text(data.name + "\n", encoding="utf-8")


def _drawn(suite: Suite, sample: int | None, seed: int) -> Suite:
    """So many cases of a suite, drawn at random, in their order."""
    import random
    from dataclasses import replace

    if sample is None or sample >= len(suite.cases):
        return suite
    chosen = sorted(random.Random(seed).sample(range(len(suite.cases)), sample))
    return replace(suite, cases=tuple(suite.cases[place] for place in chosen))


def _judge(assistant: Any, name: str) -> ModelJudge:
    """A model as a judge, whose replies are kept in the store's folder."""
    from assistant.api import choose_model
    from evals.measures.judge import ModelJudge

    chosen = choose_model(name, assistant.settings)
    assert chosen
    return ModelJudge(chosen, assistant.store.path / "judge.jsonl")


def _verdict(broken: Sequence[str]) -> int:
    for rule in broken:
        click.echo(f"worse: {rule}", err=True)
    return WORSE if broken else 0


def _as_json(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in Change.__slots__} | {"difference": change.difference}
