"""Question-answering sets in one form, and the deterministic split into training and held-back.

A set is a folder with `corpus.jsonl.gz` and `questions.jsonl.gz`. A fifth of the article titles is
held back, the same titles in every set (the two SQuAD sets share texts); where titles say nothing
(a set with few of them) the article's id takes their place.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

SEED = 7
TRAIN_SETS = (
    "squad_v11_dev", "squad_v2_dev", "nq_open_oracle", "timeqa_human_train", "qamr_dev_test",
)  # fmt: skip
MEASURE_ONLY = (
    "realtimeqa_silver_2022_25", "squadshifts_new_wiki", "squadshifts_reddit", "rgb_en_fact",
)  # fmt: skip


@dataclass(frozen=True)
class Article:
    """One text of a corpus."""

    id: str
    title: str
    text: str
    source: str


@dataclass(frozen=True)
class Question:
    """A question, its answers, and where they stand: (article id, start, end) in characters.

    `avoid` is a range of its article that no window shown with it may touch.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    docs: tuple[str, ...]
    spans: tuple[tuple[str, int, int], ...]
    sure: bool
    source: str
    avoid: tuple[int, int] | None = None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def load(folder: Path) -> tuple[list[Article], list[Question]]:
    """Read one set; `sure` is false where the place of the answer is not known for certain."""
    name = folder.name
    articles = [
        Article(row["id"], "" if row["title"] in ("wikipedia", "wikinews") else row["title"] or "",
                row["text"], name)
        for row in _lines(folder / "corpus.jsonl.gz")
    ]  # fmt: skip
    texts = {article.id: article.text for article in articles}
    questions = []
    for row in _lines(folder / "questions.jsonl.gz"):
        spans = row.get("spans") or []
        clear = [span for span in spans if not span.get("ambiguous")]
        if clear:
            places = [(span["doc"], span["start"], span["end"]) for span in clear]
        else:
            places = [place for span in spans for place in _everywhere(span, texts)]
        questions.append(
            Question(row["id"], row["question"], tuple(row["answers"]), tuple(row["evidence"]),
                     tuple(dict.fromkeys(places)), bool(clear) or not spans, name)
        )  # fmt: skip
    return articles, questions


def _everywhere(span: dict[str, Any], texts: dict[str, str]) -> list[tuple[str, int, int]]:
    """All places of an answer whose true place is unknown."""
    text, answer, found, at = texts[span["doc"]], span["text"], [], -1
    while answer and (at := text.find(answer, at + 1)) >= 0:
        found.append((span["doc"], at, at + len(answer)))
    return found[:8]


def load_all(data: Path, names: tuple[str, ...]) -> tuple[list[Article], list[Question]]:
    """Join sets; equal texts become one article, equal questions on it one question."""
    if forbidden := set(names) & set(MEASURE_ONLY):
        raise ValueError(f"measure-only sets cannot be trained on: {sorted(forbidden)}")
    by_text: dict[str, Article] = {}
    by_question: dict[tuple[str, tuple[str, ...], bool], Question] = {}
    for name in names:
        articles, questions = load(data / name)
        alias = {art.id: by_text.setdefault(art.text, art).id for art in articles}
        for item in questions:
            docs = tuple(alias[doc] for doc in item.docs)
            spans = tuple((alias[doc], start, end) for doc, start, end in item.spans)
            item = replace(item, docs=docs, spans=spans)
            by_question.setdefault((item.text, docs, bool(item.answers)), item)
    return list(by_text.values()), list(by_question.values())


def unit(article: Article) -> str:
    """What is held back as a whole: the title, or the article where it has none."""
    return article.title.strip().lower() or article.id


def held_back(articles: list[Article], seed: int = SEED, share: float = 0.2) -> set[str]:
    """The units that are held back: a share of those of every set, drawn from the seed."""
    units: dict[str, set[str]] = {}
    for article in articles:
        units.setdefault(article.source, set()).add(unit(article))
    chosen: set[str] = set()
    for source in sorted(units):
        names = sorted(units[source] - chosen)
        random.Random(f"{seed}/{source}").shuffle(names)
        chosen |= set(names[: round(share * len(names))])
    return chosen
