"""A table over many data sets, each with intervals: ``python -m evals.research.results --data DIR --keep FOLDER``.

DIR holds the sets, each a folder with ``corpus.jsonl.gz`` and ``questions.jsonl.gz``. Of each so many questions are
drawn at random; of a set that the reader was trained on, only those about articles that were held back. The stores and
the runs are kept in FOLDER, and the same command goes on after a stop.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.cases import Suite, read_suite
from evals.research.data import draw
from evals.runs.run import read_run, run_suite, write_run
from evals.runs.summary import summarise
from index.errors import SuiteInvalid

_COLUMNS = ("right", "f1", "refusal precision", "refusal recall", "recall@1", "recall@5", "citations_exact",
            "citations_on_evidence", "risk-coverage area", "calibration error")  # fmt: skip


def main() -> None:
    """Ask, and print the table as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.results", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the sets")
    parser.add_argument("--keep", type=Path, required=True, help="where stores and runs are kept")
    parser.add_argument("--sample", type=int, default=200, help="questions of each set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("sets", nargs="*", help="only these")
    options = parser.parse_args()
    console, beside = consoles()
    rows = []
    for folder in sorted(path for path in options.data.iterdir() if (path / "questions.jsonl.gz").exists()):
        if options.sets and folder.name not in options.sets:
            continue
        try:
            suite, note = sample(folder, options.sample, options.seed)
        except SuiteInvalid as error:  # claims, to which nothing is an answer
            beside.print(f"Left out: {folder.name}: {error}", markup=False, soft_wrap=True)
            continue
        out = options.keep / f"{folder.name}.json"
        with Progress(beside) as progress, Assistant.open(options.keep / folder.name, settings=Settings()) as assistant:
            assistant.ingest([folder / "corpus.jsonl.gz"], label="data", progress=progress)
            before = read_run(out) if out.exists() else None
            run = run_suite(assistant, suite, before=before, progress=partial(progress, folder.name),
                            keep=partial(write_run, path=out))  # fmt: skip
        rows.append(_row(run, note))
    console.print(f"{datetime.now(UTC):%Y-%m-%d}, {options.sample} questions at most of each set, seed {options.seed}")
    console.print(table(rows), soft_wrap=True, markup=False)


def sample(folder: Path, limit: int, seed: int) -> tuple[Suite, str]:
    """So many cases of a set, and in words what they are to the reader."""
    suite = read_suite(folder)
    drawn, note = draw(folder, limit, seed)
    chosen = {question.id for question in drawn}
    return Suite(suite.name, tuple(case for case in suite.cases if case.id in chosen)), note


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table in Markdown."""
    head = ("set", "questions", *_COLUMNS, "to the reader")
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _row(run: dict[str, Any], note: str) -> list[str]:
    figures = {figure.name: figure.told for figure in summarise(run)}
    return [run["suite"], str(len(run["cases"])), *(figures.get(name, "") for name in _COLUMNS), note]


if __name__ == "__main__":
    main()
