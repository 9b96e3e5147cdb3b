"""Fits which reports belong to the story that a question is about: ``python -m evals.research.fit_stories``.

All invented archives are one store. Each question of ``evals/stories`` asks for a story; the reports that were found
belong to it or not. ``WEIGHTS`` of ``index/search/story.py`` are fitted on every other story; printed are they, and for
the rest how often the first report that is told is of the story, and is its newest, how many of those taken belong to
it, and how many questions for its newest state are answered once the story's reports are gone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.question.analysis import analyse_question
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import share_interval
from evals.research.asked import ARCHIVES, together
from index.passage import Passage
from index.search.retrieve import retrieve
from index.search.story import find_reports, find_story, story_features

QUESTIONS = ARCHIVES.parent / "stories" / "questions.jsonl"
MOST = 60
"""So many passages are found for a question."""

_STEPS, _RATE, _RIDGE = 20_000, 0.5, 1e-4


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what was found for it: whether each report is of its story."""

    story: str
    kind: str
    rows: list[tuple[dict[str, float], bool]]
    told: list[str]
    """The stories of the reports that are taken for it, the newest first."""
    newest: bool
    """Whether the first of them is the newest of the story."""
    without: bool
    """Whether some story is told where the reports of this one are gone."""


def ask(assistant: Assistant, progress: Progress) -> list[Found]:
    """Find the story of every question."""
    stories, published = read_stories()
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = []
    for number, row in enumerate(rows):
        progress("asking", number, len(rows))
        query = analyse_question(assistant.store, row["question"]).query
        passages = retrieve(assistant.store, query, top_k=MOST, fast=True)
        reports = find_reports(assistant.store, query, passages)
        belongs = [stories[report.passage.article.id] == row["story"] for report in reports]
        found = find_story(assistant.store, query, passages)
        own = [name for name, story in stories.items() if story == row["story"]]
        newest = max(own, key=lambda name: published[name])
        asked.append(
            Found(
                row["story"],
                row["kind"],
                list(zip(story_features(assistant.store, reports), belongs, strict=True)),
                [stories[report.passage.article.id] for report in found],
                bool(found) and found[0].passage.article.id == newest,
                bool(find_story(assistant.store, query, _without(passages, own))),
            )
        )
    return asked


def read_stories() -> tuple[dict[str, str], dict[str, str]]:
    """Of every article its story, and when it was published."""
    stories: dict[str, str] = {}
    published: dict[str, str] = {}
    for file in sorted(ARCHIVES.glob("*/articles.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            stories[row["id"]] = f"{file.parent.name}/{row.get('story')}"
            published[row["id"]] = row["published"]
    return stories, published


def _without(passages: Sequence[Passage], gone: Sequence[str]) -> list[Passage]:
    return [passage for passage in passages if passage.article.id not in gone]


def fit(rows: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Weights of a logistic regression."""
    names = list(rows[0][0])
    features = np.array([[row[name] for name in names] for row, _ in rows])
    wanted = np.array([float(belongs) for _, belongs in rows])
    middle, spread = features.mean(0), features.std(0)
    bias = names.index("bias")
    middle[bias], spread[bias] = 0.0, 1.0
    scaled = (features - middle) / spread
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-scaled @ weights))
        weights -= _RATE * (scaled.T @ (chances - wanted) / len(wanted) + _RIDGE * weights)
    plain = weights / spread
    plain[bias] -= float((weights / spread) @ middle)
    return {name: round(float(weight), 2) for name, weight in zip(names, plain, strict=True)}


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.fit_stories", description="Running stories.")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where the store is kept")
    work = parser.parse_args().work
    console, beside = consoles()
    with Progress(beside) as progress, together(work, progress) as assistant:
        asked = ask(assistant, progress)
    names = sorted({one.story for one in asked})
    fitted = [row for one in asked if names.index(one.story) % 2 == 0 for row in one.rows]
    console.print(f"weights: {fit(fitted)}")
    rest = [one for one in asked if names.index(one.story) % 2]
    for kind in ("latest", "overview"):
        some = [one for one in rest if one.kind == kind]
        taken = [story == one.story for one in some for story in one.told]
        shares = {
            "of the story first": [one.told[:1] == [one.story] for one in some],
            "its newest first": [one.newest for one in some],
            "of those taken, of the story": taken,
            "told though it is gone": [one.without for one in some],
        }
        for name, flags in shares.items():
            share, low, high = share_interval([float(flag) for flag in flags])
            console.print(f"{kind}: {name}: {share:.3f} [{low:.3f}, {high:.3f}] of {len(flags)}", highlight=False)


if __name__ == "__main__":
    main()
