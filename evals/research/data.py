"""What the scripts share: questions of a data set, drawn at random or as they are written, and a store of its articles.

A data set is a folder with ``corpus.jsonl.gz`` (id, title, date, text) and ``questions.jsonl.gz`` (question, answers,
evidence = ids of the corpus, type, and where known spans = {doc, start, end}).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress
from index.training.sources import MEASURE_ONLY, TRAIN_SETS, Question, held_back, load, load_all, unit

_HELD_BACK = "articles held back from training"


def draw(data: Path, limit: int, seed: int, *, fitting: bool = False) -> tuple[list[Question], str]:
    """So many questions of a data set, and in words what they are to the reader.

    Of a set that it was trained on only questions about articles that were held back are drawn, as long as the other
    train sets lie beside it; which articles those are depends on all of them. By title they are of two halves, one for
    ``fitting`` the weights of ranks and confidence, the other for reporting. Raises ValueError where there are no such
    halves to fit on.
    """
    data = data.resolve()
    articles, questions = load(data)
    note = "the reader was not trained on this set"
    if data.name in TRAIN_SETS:
        if all((data.parent / name).is_dir() for name in TRAIN_SETS):
            held = held_back(load_all(data.parent, TRAIN_SETS)[0])
            chosen = {name for name in held if _is_for_fitting(name) == fitting}
            kept = {article.id for article in articles if unit(article) in chosen}
            questions = [question for question in questions if kept.issuperset(question.docs)]
            note = _HELD_BACK
        else:
            note = "TRAINING DATA: the reader has seen most of these questions"
    elif data.name not in MEASURE_ONLY:
        note = "its name does not tell whether the reader was trained on it"
    if fitting and note != _HELD_BACK:
        raise ValueError(f"{data}: {note}; nothing is fitted on it")
    random.Random(seed).shuffle(questions)
    return questions[:limit], note


def _is_for_fitting(title: str) -> bool:
    return hashlib.sha256(title.encode()).digest()[0] % 2 == 0


def read_options(name: str, description: str) -> argparse.Namespace:
    """``data``, ``store`` and ``fast``, from the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m evals.research.{name}", description=description)
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
