"""Questions beside windows of text: one that answers, and several that look as if they did.

Negatives are other windows of the article or its title, windows of other articles that share the question's words,
questions known to have no answer, and questions whose name or number was changed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from index.training.sources import Article, Question, load_all, unit
from index.training.teacher.example import READ, Example, Group, shown
from index.training.teacher.split import held
from index.training.text import normalise, sentences

SETS = ("squad_v11_dev", "squad_v2_dev", "nq_open_oracle", "qed_train_pieces", "covid_qa", "timeqa_human_train",
        "timeqa_human_train_easy_hard", "qamr_dev_test")  # fmt: skip
SIZES = (40, 70, 100)
MOST_OF_A_SET = {"qamr_dev_test": 3000, "covid_qa": 700}
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:of |de |the )?[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b(?:1[5-9]\d\d|20[0-2]\d|\d{1,3})\b")
_JOINED = re.compile(r"\b(?:and|or|between|with)\b")
_NO_NAMES = frozenset("January February March April May June July August September October November December I".split())


@dataclass(frozen=True)
class Window:
    """A range of an article's characters."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its characters."""
        return self.article.text[self.start : self.end]


def around(article: Article, start: int, end: int, words: int, draw: random.Random) -> Window:
    """Whole sentences around a place, more of them by chance before or after it, up to about `words` words."""
    marks = sentences(article.text)
    inside = [number for number, (low, high) in enumerate(marks) if low < end and high > start]
    if not inside:
        return Window(article, start, end)
    first, last = inside[0], inside[-1]

    def size(low: int, high: int) -> int:
        return len(article.text[marks[low][0] : marks[high][1]].split())

    while True:
        ways = [(first - 1, last)] * (first > 0) + [(first, last + 1)] * (last + 1 < len(marks))
        ways = [way for way in ways if size(*way) <= words]
        if not ways:
            return Window(article, marks[first][0], marks[last][1])
        first, last = draw.choice(ways)


def cut(article: Article, words: int) -> list[Window]:
    """An article as windows of whole sentences, one after another."""
    found: list[Window] = []
    begin, end = -1, -1
    for low, high in sentences(article.text):
        if begin >= 0 and len(article.text[begin:high].split()) > words:
            found.append(Window(article, begin, end))
            begin = -1
        begin = low if begin < 0 else begin
        end = high
    return [*found, Window(article, begin, end)] if begin >= 0 else found


class Maker:
    """Makes groups of examples from questions and the windows of all articles."""

    def __init__(self, articles: Sequence[Article], questions: Sequence[Question], seed: int) -> None:
        self.articles = {article.id: article for article in articles}
        self.questions, self.seed = questions, seed
        self.windows = [
            window for article in articles if article.source != "qamr_dev_test" for window in cut(article, 75)
        ]
        self.plain = [f" {normalise(window.text)} " for window in self.windows]
        self.by_unit: dict[str, list[int]] = {}
        for number, window in enumerate(self.windows):
            self.by_unit.setdefault(unit(window.article), []).append(number)
        self.names: dict[int, list[str]] = {}
        for item in questions:
            for name in _names(item.text):
                self.names.setdefault(len(name.split()), []).append(name)
        index: Any = bm25s.BM25()
        index.index(_split([window.text for window in self.windows]), show_progress=False)
        found, _ = index.retrieve(_split([item.text for item in questions]), k=24, show_progress=False)
        self.nearest = np.asarray(found)

    def groups(self) -> Iterator[Group]:
        """One group a question."""
        for number, item in enumerate(self.questions):
            draw = random.Random(f"{self.seed}/{item.id}")
            group = self._one(item, self.nearest[number].tolist(), draw)
            if group:
                yield group

    def _front(self, window: Window, draw: random.Random) -> tuple[str, int]:
        return shown(window.text, window.article.title if draw.random() < 0.6 else "")

    def _no(self, question: str, window: Window, kind: str, draw: random.Random) -> Example:
        return Example(READ, question, self._front(window, draw)[0], 0, kind)

    def _one(self, item: Question, nearest: list[int], draw: random.Random) -> Group:
        words = draw.choice(SIZES)
        own = self.articles[item.docs[0]]
        if not item.answers:
            most = [number for number in nearest if self.windows[number].article is own]
            first = self.windows[most[0]] if most else cut(own, words)[0]
            return [self._no(item.text, around(own, first.start, first.start + 1, words, draw), "no answer", draw)]
        if not item.spans or not item.sure:
            return []
        doc, start, end = item.spans[0]
        home = around(self.articles[doc], start, end, words, draw)
        text, shift = self._front(home, draw)
        span = (start - home.start + shift, end - home.start + shift)
        if text[span[0] : span[1]] != self.articles[doc].text[start:end]:
            return []
        group = [Example(READ, item.text, text, 1, "answer", span)]
        if item.source != "qamr_dev_test":
            group += self._others(item, nearest, words, draw)
        if draw.random() < 0.6 and (changed := self._changed(item, draw)):
            group.append(self._no(changed, home, "changed question", draw))
        return group

    def _others(self, item: Question, nearest: list[int], words: int, draw: random.Random) -> Group:
        forms = [f" {normalise(answer)} " for answer in item.answers]
        here = self.by_unit.get(unit(self.articles[item.docs[0]]), [])
        home = set(here)
        rank = {number: place for place, number in enumerate(nearest)}
        near = [
            number for number in sorted(here, key=lambda number: rank.get(number, 99)) if self._lacks(number, forms)
        ]
        far = [number for number in nearest if number not in home and self._lacks(number, forms)]
        found = []
        if near and draw.random() < 0.65:
            found.append((draw.choice(near[:3]), "same title"))
        if far and draw.random() < 0.45:
            found.append((draw.choice(far[:4]), "like words"))
        return [self._no(item.text, self.windows[number], kind, draw) for number, kind in found]

    def _lacks(self, number: int, forms: list[str]) -> bool:
        return not any(form in self.plain[number] for form in forms)

    def _changed(self, item: Question, draw: random.Random) -> str | None:
        """The question with a number, two names' roles, or a name changed, so that its text answers it no more."""
        there = " ".join(self.articles[doc].text for doc in item.docs)
        numbers = [hit for hit in _NUMBER.finditer(item.text) if item.text[hit.end() : hit.end() + 1] not in ",.%"]
        names = _names(item.text)
        if numbers and draw.random() < 0.5:
            hit = draw.choice(numbers)
            value = int(hit.group())
            other = str(
                value + draw.choice([-20, -11, -7, -3, 3, 5, 8, 12]) if value > 30 else value + draw.randint(1, 9)
            )
            if other not in there and int(other) > 0:
                return item.text[: hit.start()] + other + item.text[hit.end() :]
        if len(names) == 2 and len(set(names)) == 2 and draw.random() < 0.35:
            one, two = item.text.find(names[0]), item.text.find(names[1])
            between = item.text[one + len(names[0]) : two]
            if (
                0 <= one < two
                and len(between) > 5
                and not _JOINED.search(between)
                and re.search(r"\b\w+ed\b|\bby\b", between)
            ):
                return item.text[:one] + names[1] + between + names[0] + item.text[two + len(names[1]) :]
        if not names:
            return None
        name = draw.choice(names)
        pool = self.names[len(name.split())]
        there = there.lower()
        for other in draw.sample(pool, min(8, len(pool))):
            if not any(word in there for word in other.lower().split() if len(word) > 2) and other != name:
                return item.text.replace(name, other)
        return None


def _names(question: str) -> list[str]:
    return [name for name in _NAME.findall(question) if name not in _NO_NAMES]


def _split(texts: Sequence[str]) -> Any:
    return bm25s.tokenize(list(texts), stopwords="en", show_progress=False)


def load(data: Path, seed: int = 7) -> tuple[list[Article], list[Question], list[Article], list[Question]]:
    """Articles and questions to train on, and those that are held back."""
    articles, questions = load_all(data, SETS)
    kept = {article.id for article in articles if held(article)}
    draw = random.Random(seed)
    draw.shuffle(questions)
    used: dict[str, int] = {}
    some = []
    for item in questions:
        used[item.source] = used.get(item.source, 0) + 1
        if used[item.source] <= MOST_OF_A_SET.get(item.source, 10**9):
            some.append(item)
    return (
        [article for article in articles if article.id not in kept],
        [item for item in some if item.docs and not kept.intersection(item.docs)],
        [article for article in articles if article.id in kept],
        [item for item in some if item.docs and kept.issuperset(item.docs)],
    )
