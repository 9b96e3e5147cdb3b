"""Which windows hold an answer, and which look as if they did: positives and hard negatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.cache import FAR, GOLDS, HOMES, NEAR
from index.training.retrieve import Dense, Words, fuse, nearest
from index.training.sources import Article, Question
from index.training.text import normalise
from index.training.windows import Tokens

Ints = NDArray[np.int32]
DEPTH = 64


@dataclass
class Pool:
    """The windows of one size that one kind of question is answered from."""

    numbers: list[int]
    texts: list[str]


class Miner:
    """Fills golds, homes, near and far for all questions, one pool and size at a time."""

    def __init__(
        self, articles: Sequence[Article], tokens: Tokens, windows: Ints,
        asked: Sequence[Question], questions: Sequence[Ints],
    ) -> None:  # fmt: skip
        self.articles, self.tokens, self.windows = articles, tokens, windows
        self.asked, self.questions = asked, questions
        self.place = {article.id: number for number, article in enumerate(articles)}
        sizes = int(windows[:, 3].max()) + 1
        self.golds = np.full((len(asked), GOLDS, 2), -1, dtype=np.int32)
        self.homes = np.full((len(asked), sizes, HOMES), -1, dtype=np.int32)
        self.near = np.full((len(asked), sizes, NEAR), -1, dtype=np.int32)
        self.far = np.full((len(asked), sizes, FAR), -1, dtype=np.int32)
        self._find_golds()

    def _find_golds(self) -> None:
        for number, item in enumerate(self.asked):
            for rank, (doc, start, end) in enumerate(item.spans[:GOLDS]):
                low, high = self.tokens.bounds[self.place[doc] : self.place[doc] + 2]
                first = low + np.searchsorted(self.tokens.ends[low:high], start, side="right")
                last = low + np.searchsorted(self.tokens.starts[low:high], end, side="left") - 1
                if low <= first <= last < high:
                    self.golds[number, rank] = first, last

    def text(self, window: int) -> str:
        """Characters of a window."""
        article, first, last, _ = self.windows[window]
        span = slice(int(self.tokens.starts[first]), int(self.tokens.ends[last - 1]))
        found: str = self.articles[article].text[span]
        return found

    def mine(self, numbers: Sequence[int], pool: Pool, size: int, dense: Dense) -> None:
        """Rank the pool for the questions `numbers` and keep what the answer rules allow."""
        texts = [self.asked[number].text for number in numbers]
        rows = [self._row(window) for window in pool.numbers]
        tops = Words(pool.texts).top(texts, DEPTH)
        vectors = dense.vectors(rows)
        closest = nearest(dense.vectors([self.questions[n] for n in numbers]), vectors, DEPTH)
        plain = [f" {normalise(text)} " for text in pool.texts]
        by_article: dict[int, list[int]] = {}
        for local, window in enumerate(pool.numbers):
            by_article.setdefault(int(self.windows[window, 0]), []).append(local)
        for number, words, near in zip(numbers, tops, closest, strict=True):
            self._one(number, size, fuse(words, near), pool, plain, by_article)

    def _row(self, window: int) -> Ints:
        _, first, last, _ = self.windows[window]
        return self.tokens.ids[first:last]

    def _one(
        self, number: int, size: int, ranked: dict[int, float], pool: Pool, plain: list[str],
        by_article: dict[int, list[int]],
    ) -> None:  # fmt: skip
        item = self.asked[number]
        mine = {self.place[doc] for doc in item.docs}
        forms = [f" {normalise(answer)} " for answer in item.answers]
        own = [local for place in sorted(mine) for local in by_article.get(place, [])]
        own.sort(key=lambda local: -ranked.get(local, 0.0))
        golds = [tuple(pair) for pair in self.golds[number].tolist() if pair[0] >= 0]
        homes, near, far = [], [], []
        for local in own:
            window = pool.numbers[local]
            if self._touches(item, window):
                continue
            _, first, last, _ = self.windows[window]
            if any(first <= start and end < last for start, end in golds):
                homes.append(window)
            elif not any(form in plain[local] for form in forms):
                near.append(window)
        for local in ranked:
            window = pool.numbers[local]
            other = int(self.windows[window, 0]) not in mine
            if other and not any(form in plain[local] for form in forms):
                far.append(window)
        homes = homes[:HOMES] if item.sure else homes[:1]
        self.homes[number, size, : len(homes)] = homes
        self.near[number, size, : len(near[:NEAR])] = near[:NEAR]
        self.far[number, size, : len(far[:FAR])] = far[:FAR]

    def _touches(self, item: Question, window: int) -> bool:
        if item.avoid is None:
            return False
        _, first, last, _ = self.windows[window]
        start, end = int(self.tokens.starts[first]), int(self.tokens.ends[last - 1])
        return start < item.avoid[1] and item.avoid[0] < end
