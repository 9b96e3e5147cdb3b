"""What the scripts share that look up questions of a data set: options, the questions, a store of its articles."""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress


def read_options(name: str, description: str) -> argparse.Namespace:
    """``data``, ``store`` and ``fast``, from the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m evals.{name}", description=description)
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    parser.add_argument("--fast", action="store_true", help="without the reader")
    return parser.parse_args()


def read_rows(data: Path) -> list[dict[str, Any]]:
    """The questions of a data set, as they are written."""
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@contextmanager
def filled_store(options: argparse.Namespace, settings: Settings, progress: Progress) -> Iterator[Assistant]:
    """A store with the articles of a data set; gone afterwards unless it was to be kept."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(options.store or Path(folder), settings=settings) as assistant,
    ):
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        yield assistant
