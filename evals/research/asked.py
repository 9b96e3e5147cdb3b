"""The questions that ``snapshot`` and ``ablate`` ask: of the seeds, of invented archives, and of public data sets.

Public sets are drawn from a folder that is given; only some articles of each are ingested: the evidence of the
questions drawn, and others beside it. Stores and drawn articles are kept in a work folder, so a second run is quick.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress
from index.types import Window

ROOT = Path(__file__).parent.parent.parent
ARCHIVES = ROOT / "evals" / "archives"
SEEDS_DAY = date(2026, 2, 10)
"""The day on which the seeds are asked about."""

PUBLIC = {
    "realtimeqa_silver_2022_25": 160,
    "squad_v2_dev": 60,
    "timeqa_human_train": 40,
    "rgb_en_fact": 40,
}
"""Of which public set how many questions are asked."""

_BESIDE = 2
"""For each article of the evidence so many others are ingested beside it, up to a hundred."""

_MOST_CHARACTERS = 6000
"""Longer articles of public sets are cut: what is compared are rules, not the speed of an ingest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the day it is asked on, and what is right: some forms, or None where a refusal is."""

    id: str
    question: str
    now: date
    accept: tuple[str, ...] | None = None
    history: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    """The sentences that answer."""
    all_of_them: bool = False
    """Whether all of what is right has to be told."""
    kind: str = ""
    as_of: bool = False
    """Whether what was published after that day is left out."""
    why: str = ""
    """What misleads, where nothing answers."""

    @property
    def window(self) -> Window | None:
        """Which articles count."""
        return Window(last=self.now) if self.as_of else None


@dataclass(frozen=True, slots=True)
class AskedSet:
    """Questions over some articles, which lie in files or folders."""

    name: str
    paths: tuple[Path, ...]
    questions: tuple[Asked, ...]


def all_sets(work: Path, data: Path | None, archives: Path = ARCHIVES) -> Iterator[AskedSet]:
    """The seeds, each archive below ``archives``, and of ``data`` the sets of ``PUBLIC`` that are there."""
    yield _seeds()
    for folder in sorted(path.parent for path in archives.glob("*/questions.jsonl")):
        yield _archive(folder)
    for name, count in PUBLIC.items():
        if data and (data / name).is_dir():
            yield _public(data / name, count, work / "articles")


@contextmanager
def store_of(asked: AskedSet, work: Path, progress: Progress) -> Iterator[Assistant]:
    """A store of a set's articles, kept in the work folder; made anew where settings have changed."""
    with store_at(work / "stores" / asked.name, asked.paths, progress) as assistant:
        yield assistant


@contextmanager
def store_at(folder: Path, paths: Sequence[Path], progress: Progress | None = None) -> Iterator[Assistant]:
    """A store in a folder, kept there; made anew where settings have changed."""
    with Assistant.open(folder, settings=Settings()) as assistant:
        if folder.exists():
            stored, wanted = assistant.store.catalog.meta(), assistant.store.built_with()
            if any(stored.get(name) != value for name, value in wanted.items()):
                assistant.rebuild(progress=progress)
        assistant.ingest(list(paths), label="data", progress=progress)
        yield assistant


@contextmanager
def together(work: Path, progress: Progress) -> Iterator[Assistant]:
    """A store of the articles of all invented archives, kept in the work folder."""
    file = work / "articles" / "together.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    texts = [one.read_text(encoding="utf-8") for one in sorted(ARCHIVES.glob("*/articles.jsonl"))]
    file.write_text("".join(texts), encoding="utf-8")
    with store_at(work / "together", [file], progress) as assistant:
        yield assistant


def _seeds() -> AskedSet:
    suite = yaml.safe_load((ROOT / "evals" / "suites" / "seeds.yaml").read_text(encoding="utf-8"))
    questions = tuple(
        Asked(
            str(case.get("id") or case["question"]),
            case["question"],
            SEEDS_DAY,
            None if case.get("unanswerable") else tuple(map(str, case.get("accept") or case.get("must_mention") or ())),
        )
        for case in suite["cases"]
        if not case.get("history")
    )
    return AskedSet("seeds", (ROOT / "seeds",), questions)


def _archive(folder: Path) -> AskedSet:
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines() if line]
    questions = tuple(
        Asked(
            row["id"],
            row["question"],
            date.fromisoformat(row["asked_on"][:10]),
            tuple(row["answers"]) if row["answerable"] else None,
            tuple(row.get("history", ())),
            tuple(one["sentence"] for one in row["evidence"]),
            bool(row.get("all")),
            row["kind"],
            as_of=True,
            why=row.get("why", ""),
        )
        for row in rows
    )
    return AskedSet(folder.name, (folder / "articles.jsonl",), questions)


def _public(folder: Path, count: int, work: Path) -> AskedSet:
    """A draw of a public set, the same each time."""
    draw = random.Random(5)
    rows = [row for row in _read(folder / "questions.jsonl.gz") if row["evidence"]]
    draw.shuffle(rows)
    rows = rows[:count]
    needed = {name for row in rows for name in row["evidence"]}
    written = work / f"{folder.name}.jsonl"
    articles = list(_read(folder / "corpus.jsonl.gz"))
    others = [article["id"] for article in articles if article["id"] not in needed]
    kept = needed.union(draw.sample(others, min(len(others), max(100, _BESIDE * len(needed)), 100)))
    work.mkdir(parents=True, exist_ok=True)
    with written.open("w", encoding="utf-8") as file:
        for article in articles:
            if article["id"] in kept:
                row = {
                    "id": article["id"],
                    "title": article.get("title"),
                    "published": article.get("date"),
                    "text": article["text"][:_MOST_CHARACTERS],
                }
                file.write(json.dumps({name: value for name, value in row.items() if value}) + "\n")
    questions = tuple(
        Asked(
            row["id"],
            row["question"],
            date.fromisoformat(row["question_date"]) if row.get("question_date") else SEEDS_DAY,
            tuple(row["answers"]) or None,
        )
        for row in rows
    )
    return AskedSet(folder.name, (written,), questions)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
