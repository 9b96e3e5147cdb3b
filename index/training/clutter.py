"""Fits what tells news from clutter on a page: ``python -m index.training.clutter``.

``evals/pages`` has pages as text extractors leave them, in segments with what each is; every one ends with a space
where it is glued to the next. Fitted on ``train.jsonl`` and on sentences of the archives that are trained on, which are
news; measured on ``test.jsonl``, which another hand wrote. Logistic regression by AdaGrad, a part of the features left
out at each step.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.clutter import NEWS, OTHER, SENTENCES, WORDS, features, part_news, surroundings, word_features
from index.analysis.layout import Block
from index.analysis.sentences import sentences_of
from index.models.linear import Linear
from index.training.conversation import ARCHIVES, write
from index.training.teacher.split import NEVER_TRAINED_ON

PAGES = ARCHIVES.with_name("pages")
_NAMES = (NEWS, OTHER)
_IS_NEWS = ("body", "correction")
_SOME = 0.4
"""This share of the long lines of the archives is fitted on."""

_FEWER = 0.15
"""Of words this share of these is enough."""

_PULLED = 12
"""A sentence of so many words may also stand by itself without its full stop, as a pull-quote does."""

_BRIEFS = 0.15
"""This share is also shown as a brief of one to three lines, and its first sentence alone."""

_LONG = 150
"""Characters; shorter lines of the archives may be headings."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a layer is fitted: how often all is seen, by which steps, and which share of the features is left out."""

    epochs: int
    rate: float
    bias_rate: float
    penalty: float
    left_out: float
    least: int
    """A feature that fewer examples have is not looked at."""


OF_SENTENCES = Fitting(10, 0.12, 0.02, 1e-3, 0.3, 3)
OF_WORDS = Fitting(4, 0.05, 0.005, 1e-4, 0.4, 4)


class Segment(NamedTuple):
    """A run of a line that is news or not: start, end, and what it is."""

    start: int
    end: int
    label: str

    @property
    def kind(self) -> str:
        """News or other."""
        return NEWS if self.label in _IS_NEWS else OTHER


Line = tuple[str, list[Segment]]
Example = tuple[list[str], str]


def read_pages(name: str) -> list[list[Line]]:
    """The lines of each page of a file, with their segments."""
    return [lines_of(json.loads(row)) for row in (PAGES / name).read_text(encoding="utf-8").splitlines()]


def lines_of(page: dict[str, Any]) -> list[Line]:
    """The lines of a page."""
    lines: list[Line] = []
    text, segments = "", list[Segment]()
    for segment, label, end in page["segments"]:
        parts = segment.split("\n")
        for number, part in enumerate(parts):
            segments.append(Segment(len(text), len(text) + len(part), label))
            text += part
            if end == "\n" or number + 1 < len(parts):
                lines.append((text, segments))
                text, segments = "", []
            else:
                text += " "
    return [*lines, (text.rstrip(), segments)] if segments else lines


def sentences(line: str) -> list[tuple[int, int]]:
    """The places of a line's sentences."""
    return [(span.start, span.end) for span in sentences_of(line, Block(0, len(line), "body"))]


def sentence_examples(pages: Sequence[Sequence[Line]]) -> Iterator[Example]:
    """Sentences and their parts that are of one kind."""
    for lines in pages:
        texts = [text for text, _ in lines]
        for number, (text, segments) in enumerate(lines):
            around = surroundings(texts, number)
            for start, end in sentences(text):
                inside = [one for one in segments if one.start < end and start < one.end]
                cuts = {(max(start, one.start), min(end, one.end), one.kind) for one in inside}
                if len({one.kind for one in inside}) == 1:
                    cuts.add((start, end, inside[0].kind))
                for first, last, kind in sorted(cuts):
                    yield sorted(features(text, first, last, around)), kind


def word_examples(pages: Sequence[Sequence[Line]]) -> Iterator[Example]:
    """Words."""
    for lines in pages:
        for text, segments in lines:
            for place, found in word_features(text):
                kind = next((one.kind for one in segments if one.start <= place < one.end), None)
                if kind:
                    yield found, kind


def briefs(draw: random.Random) -> Iterator[tuple[list[str], int]]:
    """Long lines of the archives, which are news, each on its page or on one of a few lines; and its number there."""
    for folder in sorted(ARCHIVES.iterdir()):
        if folder.name in NEVER_TRAINED_ON or not folder.is_dir():
            continue
        for row in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            lines = [line for line in json.loads(row)["text"].split("\n") if line.strip()]
            for number, line in enumerate(lines):
                if len(line) >= _LONG and draw.random() < _SOME:
                    yield lines, number
                if len(line) >= _LONG and draw.random() < _BRIEFS:
                    yield lines[number : number + draw.randint(1, 3)], 0
                    first, *_ = sentences(line)
                    yield [line[slice(*first)]], 0
                    words = line[slice(*first)].rstrip(".")
                    if len(words.split()) >= _PULLED:
                        yield [*lines[:number], words, *lines[number:]], number


def fit(rows: Sequence[Example], how: Fitting) -> Linear:
    """Weights of the features by which each example is of its kind."""
    seen = Counter(feature for found, _ in rows for feature in found)
    kept = tuple(sorted(feature for feature, count in seen.items() if count >= how.least))
    places = {feature: place for place, feature in enumerate(kept)}
    held = [np.array([places[one] for one in found if one in places], dtype=np.int64) for found, _ in rows]
    wanted = [_NAMES.index(kind) for _, kind in rows]
    weights: NDArray[np.float32] = np.zeros((len(kept), len(_NAMES)), dtype=np.float32)
    slopes: NDArray[np.float32] = np.full_like(weights, 1e-6)
    bias: NDArray[np.float32] = np.zeros(len(_NAMES), dtype=np.float32)
    draw = np.random.default_rng(3)
    order = np.arange(len(rows))
    for _ in range(how.epochs):
        draw.shuffle(order)
        for row in order:
            there = held[row][draw.random(len(held[row])) >= how.left_out]
            logits = weights[there].sum(axis=0) + bias
            shares = np.exp(logits - logits.max())
            shares /= shares.sum()
            shares[wanted[row]] -= 1
            slope = shares[None, :] + how.penalty * weights[there]
            slopes[there] += slope * slope
            weights[there] -= how.rate * slope / np.sqrt(slopes[there])
            bias -= how.bias_rate * shares
    return Linear(_NAMES, np.ascontiguousarray(weights.T) * (1 - how.left_out), bias, kept)


def measure(pages: Sequence[Sequence[Line]]) -> None:
    """Print how much of the news stays, and how much of each kind of clutter is told apart."""
    count: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for lines in pages:
        texts = [text for text, _ in lines]
        for number, (text, segments) in enumerate(lines):
            news = [
                (a, b) for a, b, is_news in part_news(text, sentences(text), surroundings(texts, number)) if is_news
            ]
            for one in segments:
                for start, end in _sentences_in(text, one) if one.kind == NEWS else [(one.start, one.end)]:
                    shown = sum(max(0, min(end, last) - max(start, first)) for first, last in news)
                    label = NEWS if one.kind == NEWS else one.label
                    count[label] += 1
                    kept[label] += shown >= (0.8 if one.kind == NEWS else 0.2) * (end - start)
    print(f"news      {kept[NEWS]:4} of {count[NEWS]:4} sentences stay")
    for label in sorted(count.keys() - {NEWS}):
        print(f"{label:9} {count[label] - kept[label]:4} of {count[label]:4} are told apart")


def _sentences_in(text: str, one: Segment) -> list[tuple[int, int]]:
    return [(one.start + start, one.start + end) for start, end in sentences(text[one.start : one.end])]


def main() -> None:
    """Fit, write, measure."""
    draw = random.Random(1)
    pages, plain = read_pages("train.jsonl"), list(briefs(draw))
    whole = [
        (sorted(features(lines[number], *place, surroundings(lines, number))), NEWS)
        for lines, number in plain
        for place in sentences(lines[number])
    ]
    words = [
        (found, NEWS) for lines, number in plain if draw.random() < _FEWER for _, found in word_features(lines[number])
    ]
    write(fit([*sentence_examples(pages), *whole], OF_SENTENCES), SENTENCES)
    write(fit([*word_examples(pages), *words], OF_WORDS), WORDS)
    measure(read_pages("test.jsonl"))


if __name__ == "__main__":
    main()
