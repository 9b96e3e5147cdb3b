"""Passages ranked: by how they were found, and, once they were read, by what the reader makes of them besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from index.models.calibration import Calibration
from index.models.reader import Reader
from index.passage import Passage, Reading, Why
from index.search.query import Query

WEIGHTS = {"fused": 2.5, "matched": 8.05, "similarity": 3.08, "new": 17.75}
"""Of the reciprocal ranks, of the share of what the question's words tell, of the cosine, and of what ``favour`` adds.

Reciprocal ranks alone know places, not how much of a question was found: with the others a passage that has the
question's rarer words comes before one that shares common ones. ``python -m evals.research.fit_passages`` fits them.
"""

_UNREAD = -10.0
"""The logits of a passage without evidence."""


def found_by(why: Why) -> dict[str, float]:
    """What a passage is ranked by before it is read."""
    return {
        "fused": why.fused,
        "matched": why.matched,
        "similarity": why.similarity or 0.0,
        "new": why.recency - 1,
    }


def found_score(why: Why) -> float:
    """The weighted sum of what a passage is ranked by before it is read."""
    return sum(WEIGHTS[name] * value for name, value in found_by(why).items())


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
        "found": found_score(passage.why),
        "relevance": max((reading.relevance for reading in there), default=_UNREAD),
        "mass": max((reading.mass for reading in there), default=_UNREAD),
    }


def _rescored(passage: Passage, readings: tuple[Reading | None, ...], calibration: Calibration) -> Passage:
    passage = replace(passage, readings=readings)
    known = features(passage)
    total = sum(weight * known[name] for name, weight in calibration.passage_order.items())
    why = replace(passage.why, relevance=known["relevance"]) if any(readings) else passage.why
    return replace(passage, score=1 / (1 + exp(-total)), why=why)
