"""How well questions of a data set are answered, the whole corpus searched: ``python -m evals.answers --data DIR``.

DIR holds ``corpus.jsonl.gz`` (id, title, date, text) and ``questions.jsonl.gz`` (question, answers, evidence = ids of
the corpus, type, and where known spans = {doc, start, end}). Printed with 95% bootstrap intervals:

* recall@1 and @5: the share of questions whose evidence is among the articles of the first one or five passages;
* right sentence first, and among three: the share of answerable questions for which a sentence that holds the answer is
  the first, or among those, that the answer shows, a refusal counting as wrong;
* refusal precision and recall: of the refused, how many have no answer; of those without one, how many are refused.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from assistant import Answer, Assistant
from assistant.render import Progress, consoles
from evals.bench.measures import percentile


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a data set; unanswerable ones have no answers."""

    question: str
    answers: tuple[str, ...]
    evidence: frozenset[str]
    spans: tuple[tuple[str, int, int], ...]


def read_cases(data: Path, limit: int, seed: int) -> list[Case]:
    """So many questions of a data set, drawn at random."""
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(records)
    return [_case(record) for record in records[:limit]]


def _case(record: dict[str, Any]) -> Case:
    answerable = record.get("type") != "unanswerable"
    return Case(
        record["question"],
        tuple(record["answers"] or ()) if answerable else (),
        frozenset(record["evidence"] or ()),
        tuple((span["doc"], span["start"], span["end"]) for span in record.get("spans") or ()),
    )


def right_place(case: Case, answer: Answer) -> int | None:
    """The place of the first sentence that holds the answer, from 0; None if none does.

    Where the data set gives spans, the sentence has to hold one of them; else it has to be from the evidence and to
    hold the words of an answer.
    """
    for place, citation in enumerate(answer.citations):
        if case.spans:
            if any(
                doc == citation.article_id and citation.start <= start and end <= citation.end
                for doc, start, end in case.spans
            ):
                return place
        elif citation.article_id in case.evidence and any(
            words.casefold() in citation.quote.casefold() for words in case.answers
        ):
            return place
    return None


def interval(values: Sequence[bool], seed: int = 0) -> str:
    """A share with its 95% bootstrap interval (percentile method, 2,000 draws), or a dash for no values."""
    if not values:
        return "–"
    held = np.array(values, dtype=float)
    draws = np.random.default_rng(seed).choice(held, (2000, len(held))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"{held.mean():.3f} [{low:.3f}, {high:.3f}] n={len(held)}"


def measure(assistant: Assistant, cases: Sequence[Case], progress: Progress) -> dict[str, str]:
    """Ask every case; gives back the measures by name."""
    hits: dict[str, list[bool]] = {
        name: []
        for name in (
            "recall@1", "recall@5", "right sentence first", "right sentence among three",
            "refusal precision", "refusal recall",
        )
    }  # fmt: skip
    times: list[float] = []
    for number, case in enumerate(cases):
        progress("asking", number, len(cases))
        began = time.perf_counter()
        answer = assistant.ask(case.question[: assistant.settings.max_question_characters])
        times.append(1000 * (time.perf_counter() - began))
        if answer.refused:
            hits["refusal precision"].append(not case.answers)
        if not case.answers:
            hits["refusal recall"].append(answer.refused)
            continue
        found = [passage.article.id for passage in answer.passages]
        for depth in (1, 5):
            hits[f"recall@{depth}"].append(not case.evidence.isdisjoint(found[:depth]))
        place = right_place(case, answer)
        hits["right sentence first"].append(place == 0)
        hits["right sentence among three"].append(place is not None)
    return {name: interval(values) for name, values in hits.items()} | {
        "ms a question, p50": f"{percentile(times, 0.5):.0f}"
    }


def main() -> None:
    """Ingest the corpus into a temporary store, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.answers", description="How well questions are answered.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of a data set")
    parser.add_argument("--questions", type=int, default=500, help="how many questions, drawn at random (default: 500)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (default: 1)")
    options = parser.parse_args()
    cases = read_cases(options.data, options.questions, options.seed)
    console, beside = consoles()
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(Path(folder) / "store") as assistant,
        Progress(beside) as progress,
    ):
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        found = measure(assistant, cases, progress)
    table = Table(title=f"{options.data.name}, {len(cases)} questions, seed {options.seed}", title_justify="left")
    table.add_column("measure")
    table.add_column("share [95% interval]", justify="right")
    for name, value in found.items():
        table.add_row(name, value)
    console.print(table)


if __name__ == "__main__":
    main()
