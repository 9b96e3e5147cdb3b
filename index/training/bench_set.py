"""A set to measure on: whole-corpus search gives every question its candidate windows.

Nothing here looks at answers except to name the evidence; candidates are cached in one file.
"""

from __future__ import annotations

import hashlib
import pickle
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from prepare import QUESTION_TOKENS, TITLE_TOKENS
from retrieve import Dense, Words, fuse, nearest
from sources import Article, Question, held_back, load, load_all
from tokenizers import BertWordPieceTokenizer
from windows import Tokens, cut, encode

SQUAD = ("squad_v11_dev", "squad_v2_dev")


@dataclass
class BenchSet:
    """Questions with candidates: (window number, fused score), best first."""

    articles: list[Article]
    tokens: Tokens
    titles: list[NDArray[np.int32]]
    windows: NDArray[np.int32]
    questions: list[Question]
    asked: list[NDArray[np.int32]]
    candidates: list[list[tuple[int, float]]]


def held_questions(data: Path, seed: int, yes: int, no: int) -> tuple[list[Article], list[Question]]:
    """The whole SQuAD corpus; answerable and unanswerable questions on held-back articles."""
    articles, questions = load_all(data, SQUAD)
    held = held_back(load_all(data, ("squad_v11_dev", "squad_v2_dev", "nq_open_oracle",
                                     "timeqa_human_train", "qamr_dev_test"))[0], seed)  # fmt: skip
    mine = [item for item in questions if item.docs[0] in held]
    random.Random(f"{seed}/held").shuffle(mine)
    some = [item for item in mine if item.answers][:yes]
    return articles, some + [item for item in mine if not item.answers][:no]


def sample(folder: Path, seed: int, count: int) -> tuple[list[Article], list[Question]]:
    """A seeded sample of the answerable questions of one set, and its whole corpus."""
    articles, questions = load(folder)
    questions = [item for item in questions if item.answers]
    random.Random(f"{seed}/{folder.name}").shuffle(questions)
    return articles, questions[:count]


def build(
    articles: list[Article], questions: list[Question], words: BertWordPieceTokenizer,
    dense: Dense, size: int, depth: int,
) -> BenchSet:  # fmt: skip
    """Cut the corpus into windows of one size and search it for every question."""
    tokens = encode([article.text for article in articles], words)
    windows = cut(articles, tokens, (size,))
    titles = _rows(encode([article.title for article in articles], words), TITLE_TOKENS)
    asked = _rows(encode([item.text for item in questions], words), QUESTION_TOKENS)
    result = BenchSet(articles, tokens, titles, windows, questions, asked, [])
    texts = [window_text(result, number) for number in range(len(windows))]
    named = [f"{articles[row[0]].title} {text}" for row, text in zip(windows, texts, strict=True)]
    by_words = Words(named).top([item.text for item in questions], 100)
    vectors = dense.vectors([tokens.ids[first:last] for _, first, last, _ in windows])
    by_vector = nearest(dense.vectors(asked), vectors, 100)
    for one, two in zip(by_words, by_vector, strict=True):
        result.candidates.append(list(fuse(one, two).items())[:depth])
    return result


def _rows(tokens: Tokens, most: int) -> list[NDArray[np.int32]]:
    bounds = zip(tokens.bounds, tokens.bounds[1:], strict=False)
    return [tokens.ids[first:last][:most] for first, last in bounds]


def window_text(bench: BenchSet, number: int) -> str:
    """Characters of a window."""
    article, first, last, _ = bench.windows[number]
    span = slice(int(bench.tokens.starts[first]), int(bench.tokens.ends[last - 1]))
    found: str = bench.articles[article].text[span]
    return found


def cached(name: str, folder: Path, make: object) -> BenchSet:
    """Read a set from the cache folder, or build it with `make` and keep it."""
    path = folder / f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}.pickle"
    if path.exists():
        with path.open("rb") as handle:
            found: BenchSet = pickle.load(handle)
        return found
    assert callable(make)
    built: BenchSet = make()
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        pickle.dump(built, handle)
    return built
