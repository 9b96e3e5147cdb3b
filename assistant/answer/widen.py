"""Passages as a language model is shown them: each among its neighbours, with the beginning of its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer.generative import shown_tokens
from assistant.model.tokens import count_tokens
from index.analysis.terms import STOP_WORDS, terms
from index.analysis.types import SentenceAnalysis
from index.passage import Passage

_ROUNDS = 6
"""So many sentences before and after a passage are shown with it, where there is room."""

_SAME = 0.7
"""Two passages that share this much of their words report the same."""


def one_of_each_report(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those that say mostly what one before them says: agency copies, an updated report."""
    kept: list[tuple[Passage, frozenset[str]]] = []
    for passage in passages:
        words = frozenset(terms(passage.text)) - STOP_WORDS
        others = (other for one, other in kept if one.article.id != passage.article.id)
        if not any(len(words & other) >= _SAME * max(1, min(len(words), len(other))) for other in others):
            kept.append((passage, words))
    return [passage for passage, _ in kept]


def widen(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The passages with the first sentence of each one's article and the sentences around it, best first.

    ``most`` tokens hold them all: what was found has room before what is added, the best passage before the next.
    Those of one article that meet become one. What an article was not to tell is not shown: such passages stay as
    they are.
    """
    shown = [_Shown(passage) for passage in passages]
    left = most - sum(shown_tokens(passage) for passage in passages)
    for one in shown:
        left -= one.add_lead(left)
    for _ in range(_ROUNDS):
        for one in shown:
            left -= one.grow(left)
    return [passage for one in _joined(shown) for passage in one.passages()]


class _Shown:
    """A passage as runs of the sentences of its article: the lead, and what was found with what stands around it."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.article = passage.article.id
        self.sentences: Sequence[SentenceAnalysis] = () if passage.kept is not None else passage.around
        start, end = passage.chunk.start, passage.chunk.end
        inside = [number for number, one in enumerate(self.sentences) if one.start < end and start < one.end]
        self.runs: list[tuple[int, int]] = [(inside[0], inside[-1])] if inside else []
        self.heading = shown_tokens(passage, of_text=False)

    def add_lead(self, left: int) -> int:
        """Show the first sentence that is evidence too, if so many tokens hold it; how many it takes."""
        lead = next((number for number, one in enumerate(self.sentences) if one.evidence), None)
        if not self.runs or lead is None or lead >= self.runs[0][0]:
            return 0
        cost = self._cost(lead) + self.heading
        if cost > left:
            return 0
        self.runs.insert(0, (lead, lead))
        return cost

    def grow(self, left: int) -> int:
        """Show a sentence more on each side, as far as so many tokens hold them; how many they take."""
        if not self.runs:
            return 0
        first, last = self.runs[-1]
        spent = 0
        for number in (first - 1, last + 1):
            if 0 <= number < len(self.sentences) and spent + (cost := self._cost(number)) <= left:
                first, last, spent = min(first, number), max(last, number), spent + cost
        self.runs[-1] = first, last
        return spent

    def passages(self) -> Iterator[Passage]:
        """What is shown of it, as passages."""
        if not self.runs:
            yield self.passage
        for first, last in self.runs:
            chunk = replace(self.passage.chunk, start=self.sentences[first].start, end=self.sentences[last].end)
            yield replace(self.passage, chunk=chunk, readings=())

    def _cost(self, number: int) -> int:
        sentence = self.sentences[number]
        return count_tokens(self.passage.article.text[sentence.start : sentence.end])


def _joined(shown: Sequence[_Shown]) -> list[_Shown]:
    """Those of one article as one, in the place of the best; runs that meet as one run."""
    kept: dict[str, _Shown] = {}
    joined: list[_Shown] = []
    for one in shown:
        before = kept.get(one.article) if one.runs else None
        if before:
            before.runs += one.runs
        else:
            joined.append(one)
            if one.runs:
                kept[one.article] = one
    for one in joined:
        runs: list[tuple[int, int]] = []
        for first, last in sorted(one.runs):
            if runs and first <= runs[-1][1] + 1:
                runs[-1] = runs[-1][0], max(runs[-1][1], last)
            else:
                runs.append((first, last))
        one.runs = runs
    return joined
