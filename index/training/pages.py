"""Fits what tells the article of a web page from the rest: ``python -m index.training.pages``.

On every other page of ``evals/web_pages``, by the sha256 of its name; the others are kept back
(``evals.research.extraction``). A piece is of the article where its text stands in the truth beside the page.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from evals.research.extraction import PAGES, is_kept_back
from index.models.linear import Linear
from index.sources.html import kept_by_trafilatura, page_text, parse_page
from index.sources.page_blocks import (
    ARTICLE,
    OTHER,
    WEIGHTS,
    Block,
    blocks_of,
    features_of,
)
from index.sources.page_headline import find_headline
from index.training.conversation import write

_PENALTY, _STEPS, _RATE = 3e-4, 500, 0.05
_FOLDS = 5
_FEWEST_PAGES = 3
"""A feature counts that stands on so many pages."""

Page = tuple[str, list[Block], list[set[str]], NDArray[np.float32]]


def labels(blocks: list[Block], text: str) -> NDArray[np.float32]:
    """1 for each piece whose text stands in the truth; of two alike the one beside others that do."""
    truth = " ".join(text.split())
    lines = {" ".join(line.split()) for line in text.split("\n")}
    there = np.array([float(_stands(block, truth, lines)) for block in blocks], dtype=np.float32)
    seen: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        if there[number]:
            seen.setdefault(block.text, []).append(number)
    for numbers in seen.values():
        if len(numbers) > 1:
            near = [there[max(0, at - 3) : at + 4].sum() for at in numbers]
            for at in numbers:
                there[at] = float(at == numbers[int(np.argmax(near))])
    return there


def _stands(block: Block, truth: str, lines: set[str]) -> bool:
    return block.text in lines or (block.words >= 4 and block.text in truth)


def read_pages() -> list[Page]:
    """The pages that may be looked at: name, pieces, features, labels."""
    pages: list[Page] = []
    for file in sorted(PAGES.glob("*.json")):
        if is_kept_back(file.stem):
            continue
        truth: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        tree = parse_page(page_text(file.with_suffix(".html").read_bytes(), file.stem), file.stem)
        blocks = blocks_of(tree)
        head = find_headline(tree, blocks)
        pages.append(
            (
                file.stem,
                blocks,
                features_of(blocks, head, kept_by_trafilatura(tree)),
                labels(blocks, truth["text"]),
            )
        )
    return pages


def sparse(features: list[set[str]], places: dict[str, int]) -> csr_matrix:
    """Rows of features as zeros and ones."""
    columns = [[places[one] for one in some if one in places] for some in features]
    ends = np.cumsum([0, *(len(some) for some in columns)])
    flat = np.concatenate([np.array(some, dtype=np.int64) for some in columns])
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(features), len(places)))


def fit(rows: csr_matrix, wanted: NDArray[np.float32], weights: NDArray[np.float32]) -> Linear:
    """Logistic regression with an L2 penalty, by Adam."""
    value = np.zeros(rows.shape[1] + 1, dtype=np.float64)
    mean, square = np.zeros_like(value), np.zeros_like(value)
    share = weights / weights.sum()
    for step in range(1, _STEPS + 1):
        chances = 1 / (1 + np.exp(-(rows @ value[:-1] + value[-1])))
        slope = (chances - wanted) * share
        gradient = np.append(rows.T @ slope + _PENALTY * value[:-1], slope.sum())
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        value -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    half = (value / 2).astype(np.float32)
    return Linear((OTHER, ARTICLE), np.stack([-half[:-1], half[:-1]]), np.array([-half[-1], half[-1]]))


def known_features(pages: list[Page], features: list[list[set[str]]]) -> dict[str, int]:
    """The features that enough pages have."""
    counts: dict[str, int] = {}
    for some in features:
        for one in set().union(*some):
            counts[one] = counts.get(one, 0) + 1
    kept = sorted(one for one, count in counts.items() if count >= min(_FEWEST_PAGES, len(pages)))
    return {one: place for place, one in enumerate(kept)}


def fitted(pages: list[Page], features: list[list[set[str]]]) -> tuple[Linear, dict[str, int]]:
    """A layer over some features of pages; each page counts alike, its pieces by the root of their words."""
    places = known_features(pages, features)
    rows = sparse([one for some in features for one in some], places)
    wanted = np.concatenate([page[3] for page in pages])
    weights = []
    for _, blocks, _, _ in pages:
        words = np.sqrt(np.array([block.words + 1 for block in blocks]))
        weights.append(words / words.sum())
    return replace(fit(rows, wanted, np.concatenate(weights)), features=tuple(places)), places


def crossed(pages: list[Page]) -> list[NDArray[np.float32]]:
    """What is said of each page when it was fitted on others."""
    found: dict[int, NDArray[np.float32]] = {}
    for fold in range(_FOLDS):
        others = [page for number, page in enumerate(pages) if number % _FOLDS != fold]
        linear, places = fitted(others, [page[2] for page in others])
        for number in range(fold, len(pages), _FOLDS):
            sides = linear.weights[1] - linear.weights[0]
            logits = sparse(pages[number][2], places) @ sides + (linear.bias[1] - linear.bias[0])
            found[number] = 1 / (1 + np.exp(-logits))
    return [found[number] for number in range(len(pages))]


def main() -> None:
    """Fit it, write it, and print how it does on pages that it was not fitted on."""
    pages = read_pages()
    outcomes = crossed(pages)
    print(f"F1 of words: {np.mean([_f1(page, some) for page, some in zip(pages, outcomes, strict=True)]):.3f}")
    for page, some in zip(pages, outcomes, strict=True):
        if (value := _f1(page, some)) < 0.95:
            print(f"  {page[0]} {value:.2f}")
    linear, _ = fitted(pages, [page[2] for page in pages])
    write(linear, WEIGHTS)


def _f1(page: Page, chances: NDArray[np.float32]) -> float:
    words = np.array([block.words for block in page[1]])
    told, right = chances >= 0.5, page[3] > 0.5
    both = words[told & right].sum()
    return float(2 * both / max(1, words[told].sum() + words[right].sum()))


if __name__ == "__main__":
    main()
