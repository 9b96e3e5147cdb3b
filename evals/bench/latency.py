"""How long a warm ``search`` and a warm ``ask`` take, with the reader and without, on a store of any size.

In one process on an open store: first a few questions that are not counted, so that models, dictionaries and files
are loaded; then all the questions, three times over. No answer is cached, so a repeated question costs what a new
one costs, but for the pages that SQLite has read. The processor time is of all threads together.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assistant import Assistant
from evals.bench.measures import Measure, milliseconds, percentile
from index.times.published import published_days

READ_TARGET = 400
"""Milliseconds for what is read by the reader too."""

_ROUNDS = 3
_WARM_UP = 3


def measure_latency(
    store: Path, name: str, questions: Sequence[str], *, search_target: float, ask_target: float
) -> list[Measure]:
    """Ask the questions of a store; the first few only warm it up, and are asked again."""
    measures: list[Measure] = []
    with Assistant.open(store) as assistant:
        for kind, work, target in (
            ("search --fast", partial(assistant.search, fast=True), search_target),
            ("ask --fast", partial(assistant.ask, fast=True), ask_target),
            ("search", assistant.search, READ_TARGET),
            ("ask", assistant.ask, READ_TARGET),
        ):
            milliseconds(work, questions[:_WARM_UP])
            began = time.process_time()
            times = milliseconds(work, questions, rounds=_ROUNDS)
            processor = 1000 * (time.process_time() - began) / len(times)
            measures.append(Measure(f"warm {kind} p50, {name}", percentile(times, 0.5), "ms", target))
            measures.append(Measure(f"warm {kind} p95, {name}", percentile(times, 0.95), "ms"))
            measures.append(Measure(f"warm {kind} mean processor time, {name}", processor, "ms"))
    return measures


def measure_windows(store: Path, name: str, questions: Sequence[str]) -> list[Measure]:
    """A warm ``search`` in a window of publication that keeps a share of the chunks, beside one that keeps all.

    Each question is asked with and without it in turn, so that a busy machine slows both.
    """
    measures = []
    with Assistant.open(store) as assistant:
        days = sorted(
            days[1] for article in assistant.articles() if (days := published_days(article.published)) is not None
        )
        for share in (0.01, 0.1, 0.6):
            search = partial(assistant.search, fast=True, published=(None, days[int(share * len(days))]))
            milliseconds(search, questions[:_WARM_UP])
            pairs = [
                (milliseconds(assistant_search, [question])[0], milliseconds(search, [question])[0])
                for assistant_search in [partial(assistant.search, fast=True)] * _ROUNDS
                for question in questions
            ]
            ratio = percentile([kept for _, kept in pairs], 0.5) / percentile([whole for whole, _ in pairs], 0.5)
            measures.append(Measure(f"search that keeps {share:.0%} ÷ one that keeps all, {name}", ratio, "×", 1.5))
    return measures
