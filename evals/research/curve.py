"""How good answers are for the time that reading takes: ``python -m evals.research.curve --data DIR``.

Passages are read in windows of so many tokens, so many passages a question (``index/models/reader.py``,
``index/search/rerank.py``); for each choice the same questions are asked. ``evals/research/data.py`` describes DIR.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from assistant import Assistant
from assistant.pipeline import read_parts
from assistant.terminal.render import Progress, consoles
from evals.bench.measures import percentile
from evals.measures.metrics import f1
from evals.research.data import draw
from evals.research.reader import holds_candidate
from index.models.reader import MiniLMReader
from index.training.sources import Question

PASSAGES = (3, 6, 12, 18, 24)
TOKENS = (72, 120, 200)


@dataclass(frozen=True, slots=True)
class Point:
    """What one choice gives: shares of answerable questions, and the median milliseconds."""

    passages: int
    tokens: int
    recall: float
    first: float
    f1: float
    milliseconds: float


def measure(assistant: Assistant, questions: Sequence[Question], passages: int, tokens: int) -> Point:
    """Ask all questions with one choice."""
    found: list[tuple[bool, bool, float]] = []
    times = []
    assistant.store.reader = MiniLMReader(passages=passages, window_tokens=tokens, read_tokens=10**9)
    for question in questions:
        began = time.perf_counter()
        [part, *_] = read_parts(assistant.store, question.text, top_k=1, fast=False)
        times.append(1000 * (time.perf_counter() - began))
        hit = bool(part.passages) and part.passages[0].article.id in question.docs
        if not part.ranked or not (reading := part.ranked[0].candidate.reading):
            found.append((hit, False, 0.0))
            continue
        best = part.ranked[0].candidate
        right = holds_candidate(question, best)
        found.append((hit, right, f1(best.article.text[reading.start : reading.end], question.answers)))
    recall, first, short = np.mean(found, axis=0).tolist()
    return Point(passages, tokens, recall, first, short, percentile(times, 0.5))


def main() -> None:
    """Measure every choice, print a table."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.curve", description="How good answers are for the time."
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of a data set")
    parser.add_argument("--questions", type=int, default=200, help="how many, drawn at random (default: 200)")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    options = parser.parse_args()
    drawn, note = draw(options.data, 10**9, seed=1)
    questions = [question for question in drawn if question.answers][: options.questions]
    console, beside = consoles()
    title = f"{options.data.resolve().name}: {len(questions)} answerable questions; {note}"
    table = Table(title=title, title_justify="left")
    for heading in ("passages", "tokens a window", "recall@1", "right sentence first", "F1", "ms p50"):
        table.add_column(heading, justify="right")
    with ExitStack() as stack:
        folder = options.store or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "store"
        assistant = stack.enter_context(Assistant.open(folder))
        progress = stack.enter_context(Progress(beside))
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        choices = [(passages, tokens) for tokens in TOKENS for passages in PASSAGES]
        for number, (passages, tokens) in enumerate(choices):
            progress("asking", number, len(choices))
            point = measure(assistant, questions, passages, tokens)
            shares = (f"{share:.3f}" for share in (point.recall, point.first, point.f1))
            table.add_row(str(passages), str(tokens), *shares, f"{point.milliseconds:.0f}")
    console.print(table)


if __name__ == "__main__":
    main()
