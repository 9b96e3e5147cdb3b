"""Passages read and ranked anew: what the reader makes of each, together with the score it was found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from index.models.calibration import Calibration
from index.models.reader import Reader
from index.passage import Passage, Reading
from index.search.query import Query

_UNREAD = -10.0
"""The logits of a passage without evidence."""


def rerank(reader: Reader, query: Query, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with their readings, best first; ``score`` is a logit squeezed to 0 to 1."""
    questions = [_asked(query, passage) for passage in passages]
    rows = zip(passages, reader.read(questions, passages), strict=True)
    read = [_rescored(passage, row, reader.calibration) for passage, row in rows]
    return sorted(read, key=lambda passage: (-passage.score, passage.chunk.id))


def _asked(query: Query, passage: Passage) -> str:
    """The question as it is put to a passage: without the days it names, if the article is of them."""
    of_then = query.time is not None and query.time.may_be_reported(passage.article.published)
    return query.timeless if of_then else query.mended


def features(passage: Passage) -> dict[str, float]:
    """What a passage that was read is ranked by."""
    there = [reading for reading in passage.readings if reading]
    return {
        "fused": passage.why.fused * passage.why.recency,
        "relevance": max((reading.relevance for reading in there), default=_UNREAD),
        "mass": max((reading.mass for reading in there), default=_UNREAD),
    }


def _rescored(passage: Passage, readings: tuple[Reading | None, ...], calibration: Calibration) -> Passage:
    passage = replace(passage, readings=readings)
    known = features(passage)
    total = sum(weight * known[name] for name, weight in calibration.passage_order.items())
    total += calibration.passage_new * (passage.why.recency - 1)
    why = replace(passage.why, relevance=known["relevance"]) if any(readings) else passage.why
    return replace(passage, score=1 / (1 + exp(-total)), why=why)
