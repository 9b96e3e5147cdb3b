"""How well follow-up questions find their evidence: ``python -m evals.followups --data DIR``.

DIR is a data set whose questions have a ``history`` of turns (``role``, ``text``). Each question is looked up as it was
asked, as it is understood without a model, and with all that the user said before. (MTRAG: Katsis and others 2025,
arXiv:2501.03468.)
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.table import Table

from assistant import Assistant
from assistant.render import Progress, consoles
from assistant.settings import Settings
from assistant.standalone import Turn, standalone
from evals.metrics import interval

Form = Callable[[str, Sequence[Turn]], str]
FORMS: dict[str, Form] = {
    "as asked": lambda question, _: question,
    "as understood": standalone,
    "after all that was asked": lambda question, history: " ".join([*(asked for asked, _ in history), question]),
}


def turns(history: Sequence[dict[str, str]]) -> list[Turn]:
    """What was said, as pairs of question and answer, each question as it is understood in its turn."""
    found: list[Turn] = []
    asked = ""
    for said in history:
        if said["role"] == "user":
            asked = standalone(said["text"], found)
        elif asked:
            found.append((asked, said["text"]))
    return found


def main() -> None:
    """Look up, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.followups", description="Measure follow-up questions.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    parser.add_argument("--fast", action="store_true", help="without the reader")
    options = parser.parse_args()
    console, beside = consoles()
    with gzip.open(options.data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [row for row in map(json.loads, file) if row["evidence"] and row["history"]]
    hits: dict[str, list[list[float]]] = {name: [[], []] for name in FORMS}
    changed = 0
    with (
        Progress(beside) as progress,
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(options.store or Path(folder), settings=Settings()) as assistant,
    ):
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        for number, row in enumerate(questions):
            progress("asking", number, len(questions))
            history = turns(row["history"])
            changed += standalone(row["question"], history) != row["question"]
            for name, form in FORMS.items():
                asked = form(row["question"], history)[-2000:]
                found = [passage.article.id for passage in assistant.search(asked, top_k=5, fast=options.fast)]
                for place, most in enumerate((1, 5)):
                    hits[name][place].append(float(bool(set(row["evidence"]) & set(found[:most]))))
    console.print(f"{options.data.name}: {len(questions)} follow-ups with evidence; {changed} were put anew")
    table = Table("looked up", "recall@1", "recall@5", box=None, pad_edge=False)
    for name, rows in hits.items():
        table.add_row(name, *("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in rows))
    console.print(table)


if __name__ == "__main__":
    main()
