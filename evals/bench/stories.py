"""Articles to measure with, from a data set or invented, and how they come into files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Story:
    """One article as a line of a corpus gives it."""

    id: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a data set, with the ids of the articles that answer it."""

    text: str
    evidence: frozenset[str]


def read_stories(data: Path, limit: int | None = None) -> Iterator[Story]:
    """The first articles of ``corpus.jsonl.gz``."""
    with gzip.open(data / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            record = json.loads(line)
            yield Story(record["id"], record["title"] or "", record["date"] or "", record["text"])


def read_questions(data: Path) -> list[Question]:
    """The questions of ``questions.jsonl.gz`` that have evidence."""
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return [Question(record["question"], frozenset(record["evidence"])) for record in records if record["evidence"]]


def write_jsonl(stories: Iterable[Story], file: Path) -> Path:
    """One story a line."""
    with file.open("w", encoding="utf-8") as out:
        for story in stories:
            record = {name: value or None for name, value in asdict(story).items()}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return file


def write_folder(stories: Iterable[Story], folder: Path) -> Path:
    """One text file a story, named by its id, with the title as its first line."""
    folder.mkdir(parents=True)
    for story in stories:
        (folder / f"{story.id}.txt").write_text(f"{story.title}\n\n{story.text}", encoding="utf-8")
    return folder
