"""Ingesting 5,000 articles again of which none has changed: as one JSON Lines file and as a folder of text files.

They are first ingested with random vectors. The second ingest runs on a newly opened store, in this process, so it
includes opening the catalog but not Python's imports.
"""

from __future__ import annotations

import time
from pathlib import Path

from assistant import Assistant
from evals.bench.filling import fill
from evals.bench.measures import Measure
from evals.bench.stories import write_folder, write_jsonl
from evals.bench.synthetic import World

_TARGET = 5.0


def measure_reingest(folder: Path, articles: int) -> list[Measure]:
    """Fill two stores, then bring each up to date with what it holds already."""
    stories = list(World().articles(articles))
    sources = {
        "one JSON Lines file": write_jsonl(stories, folder / "again.jsonl"),
        "a folder of text files": write_folder(stories, folder / "again"),
    }
    measures: list[Measure] = []
    for number, (name, source) in enumerate(sources.items()):
        store = folder / f"again-{number}"
        fill(store, source)
        taken = _ingest_again(store, source, articles)
        measures.append(Measure(f"unchanged re-ingest of {articles:,} articles, {name}", taken, "s", _TARGET))
    return measures


def _ingest_again(store: Path, source: Path, articles: int) -> float:
    with Assistant.open(store) as assistant:
        began = time.perf_counter()
        report = assistant.ingest([source])
        taken = time.perf_counter() - began
    if len(report.unchanged) != articles:
        raise RuntimeError(f"{source}: {len(report.unchanged)} of {articles} articles are unchanged")
    return taken
