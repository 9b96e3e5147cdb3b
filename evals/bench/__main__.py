"""``python -m evals.bench``: speed and size of the assistant on this machine, as a report, never as a test."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console

from evals.bench.measures import Measure, table

_QUESTIONS = 20


def main() -> None:
    """Run the benchmarks and print what they measured; the exit code is 0 whatever that was."""
    options = _read_options()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 100  # a file or a pipe has no width of its own: the names of the measures fit
    header = _header()
    console.print(", ".join(f"{name} {value}" for name, value in header.items()))
    measures: list[Measure] = []
    for name in options.only or BENCHMARKS:
        print(f"{datetime.now():%H:%M:%S} {name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
            found = BENCHMARKS[name](options, Path(folder), console)
        if found:
            console.print(table(name, found))
        measures += found
    console.print(table("targets", [measure for measure in measures if measure.target is not None]))
    if options.json:
        record = {**header, "measures": [measure.to_json() for measure in measures]}
        options.json.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with corpus.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers to this file")
    parser.add_argument("--chunks", type=int, default=50_000, help="size of the large store (%(default)s)")
    parser.add_argument("--articles", type=int, default=5000, help="how many to ingest again (%(default)s)")
    parser.add_argument("--embedded", type=int, default=300, help="how many to embed (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS))
    return parser.parse_args()


def _header() -> dict[str, str | int]:
    return {
        "date": f"{datetime.now():%Y-%m-%d %H:%M}",
        "cores": os.cpu_count() or 1,
        "load": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "machine": platform.machine(),
    }


def _ingest(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.ingest import measure_ingest
    from evals.bench.stories import read_stories
    from evals.bench.synthetic import World

    count = options.embedded
    return measure_ingest(read_stories(options.data, count) if options.data else World().articles(count), folder)


def _reingest(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.reingest import measure_reingest

    return measure_reingest(folder, options.articles)


def _llamaindex(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench import llamaindex

    if not options.data:
        console.print("llamaindex: left out, it needs --data DIR")
        return []
    if missing := llamaindex.missing_packages():
        console.print(f"llamaindex: left out, not installed: {', '.join(missing)} (make bench installs them)")
        return []
    shown, measures = llamaindex.compare(options.data, folder, options.embedded)
    console.print(shown)
    return measures


def _startup(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.seeds import seed_store
    from evals.bench.startup import measure_startup

    return measure_startup(seed_store(folder), folder)


def _seeds(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.latency import measure_latency
    from evals.bench.seeds import QUESTIONS, seed_store

    return measure_latency(seed_store(folder), "seeds", QUESTIONS, search_target=40, ask_target=150)


def _verification(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.verification import measure_verification

    return measure_verification(folder)


def _large(options: argparse.Namespace, folder: Path, console: Console) -> list[Measure]:
    from evals.bench.filling import large_store
    from evals.bench.latency import measure_latency, measure_windows
    from evals.bench.memory import measure_memory
    from evals.bench.synthetic import World

    store, chunks, filling = large_store(folder, options.chunks)
    name, questions = f"{chunks:,} chunks", World().questions(_QUESTIONS)
    return [
        *measure_latency(store, name, questions, search_target=100, ask_target=250),
        *measure_windows(store, name, questions),
        *measure_memory(store, name, questions),
        Measure("filling that store without embedding, a chunk", 1000 * filling / chunks, "ms"),
    ]


BENCHMARKS: dict[str, Callable[[argparse.Namespace, Path, Console], list[Measure]]] = {
    "ingest": _ingest,
    "reingest": _reingest,
    "llamaindex": _llamaindex,
    "startup": _startup,
    "seeds": _seeds,
    "verification": _verification,
    "large": _large,
}

if __name__ == "__main__":
    main()
