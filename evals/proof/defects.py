"""Defects to plant, each a context in which an assistant answers worse than it can."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from assistant import Answer, Assistant, pipeline
from assistant.types import Citation
from evals.cases import Case, Suite
from evals.measures.correctness import is_right
from index.search.retrieve import retrieve


@contextmanager
def retrieval_off_by_one() -> Iterator[None]:
    """The best passage is lost."""
    with patch.object(pipeline, "retrieve", lambda *given, **named: retrieve(*given, **named)[1:]):
        yield


@contextmanager
def quotes_shifted() -> Iterator[None]:
    """Each quote begins and ends one character later than it should, and is what stands there."""

    def later(one: Citation, text: str) -> Citation:
        start, end = one.start + 1, min(one.end + 1, len(text))
        return replace(one, start=start, end=end, quote=text[start:end], mark=None)

    with _citations(later):
        yield


@contextmanager
def places_shifted() -> Iterator[None]:
    """Each citation says that its quote begins and ends one character later than it does."""
    with _citations(lambda one, text: replace(one, start=one.start + 1, end=one.end + 1, mark=None)):
        yield


@contextmanager
def _citations(changed: Callable[[Citation, str], Citation]) -> Iterator[None]:
    chat = Assistant.chat

    def with_changed(self: Assistant, question: str, **options: Any) -> Answer:
        answer = chat(self, question, **options)
        cited = tuple(changed(one, self.article(one.article_id).text) for one in answer.citations)
        return replace(answer, citations=cited)

    with patch.object(Assistant, "chat", with_changed):
        yield


@contextmanager
def refusals_answered() -> Iterator[None]:
    """Whatever is found is told, however little it answers."""
    with patch.object(pipeline, "select", lambda *given: list(given[1][:1])):
        yield


@contextmanager
def dates_ignored() -> Iterator[None]:
    """Neither the day as of which is asked nor the order of events counts."""
    chat = Assistant.chat

    def today(self: Assistant, question: str, **options: Any) -> Answer:
        return chat(self, question, **{**options, "as_of": None})

    with (
        patch.object(Assistant, "chat", today),
        patch.object(pipeline, "adjust", lambda *given: list(given[1])),
    ):
        yield


def answers_swapped(run: dict[str, Any], suite: Suite, share: float, seed: int) -> dict[str, Any]:
    """A run in which a share of the cases has the answer of another case, judged anew."""
    rng = random.Random(seed)
    cases = run["cases"]
    known: dict[str, Case] = {case.id: case for case in suite.cases}
    changed = []
    for result in cases:
        if rng.random() < share:
            answer = rng.choice([other for other in cases if other["id"] != result["id"]])["answer"]
            right = float(is_right(known[result["id"]], answer))
            result = {**result, "answer": answer, "measures": {**result["measures"], "right": right}}
        changed.append(result)
    return {**run, "cases": changed}
