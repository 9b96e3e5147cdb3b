"""How much evidence is found for questions that need several articles: ``python -m evals.steps --data DIR``.

DIR is a data set whose questions have all their ``evidence``. Each is looked up as it was asked, with a second look at
what the first found, and, where ASSISTANT_MODEL names a model, in the steps that it plans. (HotpotQA: Yang and others
2018, arXiv:1809.09600; MuSiQue: Trivedi and others 2022, arXiv:2108.00573.)
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from pathlib import Path

from rich.table import Table

from assistant import Assistant
from assistant.render import Progress, consoles
from assistant.settings import Settings, read_settings
from assistant.types import PassagesFound
from evals.metrics import interval

_MOST = (5, 10)


def found(assistant: Assistant, question: str, *, fast: bool) -> list[str]:
    """The articles of the passages that an answer would be made of, best first."""
    events = assistant.stream(question, fast=fast)
    first = next(events)
    events.close()
    assert isinstance(first, PassagesFound)
    return list(dict.fromkeys(passage.article.id for passage in first.passages))


def main() -> None:
    """Look up, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.steps", description="Measure questions of several steps.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    parser.add_argument("--fast", action="store_true", help="without the reader")
    options = parser.parse_args()
    console, beside = consoles()
    with gzip.open(options.data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    model = read_settings().model
    with Progress(beside) as progress, tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder)
        ways: dict[str, Settings] = {"as asked": Settings(top_k=max(_MOST), model=None)}
        if model:
            ways[f"in steps planned by {model}"] = Settings(top_k=max(_MOST), model=model)
        table = Table("looked up", *(f"evidence among {most}" for most in _MOST), box=None, pad_edge=False)
        for name, settings in ways.items():
            with Assistant.open(store, settings=settings) as assistant:
                assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
                shares: list[list[float]] = [[] for _ in _MOST]
                for number, row in enumerate(questions):
                    progress(name, number, len(questions))
                    ids = found(assistant, row["question"], fast=options.fast)
                    for place, most in enumerate(_MOST):
                        wanted = set(row["evidence"])
                        shares[place].append(len(wanted & set(ids[:most])) / len(wanted))
            table.add_row(name, *("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in shares))
    console.print(f"{options.data.name}: {len(questions)} questions")
    console.print(table)


if __name__ == "__main__":
    main()
