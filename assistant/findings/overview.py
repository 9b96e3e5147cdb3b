"""What several reports tell of a subject: the answer to a broad question, without a language model."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked, say_the_same
from assistant.question.analysis import QuestionAnalysis
from index.models.embedding import Embedder
from index.passage import Passage

MOST = 6
"""Sentences of an overview."""

_REPORTS = 16
"""So many reports are looked at, those that were found first."""

_OPTIONS = 4
"""Sentences of a report that may stand for it: its first, and those with most of the question."""

_LEAST = 0.35
"""Where no passage is as near to the question as this, nothing is about it; cosine similarity."""

_ABOUT = 0.8
"""A report is about the subject from this share of the nearest passage's similarity on."""

_FEW = 3
"""With fewer reports than this, they give further sentences."""

_FIRST = 0.1
"""By so much the first sentence of a report is favoured: it tells the news."""


def overview(
    question: QuestionAnalysis, passages: Sequence[Passage], ranked: Sequence[Ranked], embedder: Embedder
) -> list[Ranked]:
    """Sentences of several reports about what is asked, oldest first; none where no report is about it.

    Each report gives the sentence that is nearest to the question; of those that say the same one is enough. Where few
    reports tell of it, they give further sentences.
    """
    options = _options(_about(passages), ranked)
    rows = [item for items in options for item in items]
    if not rows:
        return []
    likeness = (embedder.embed([item.candidate.text for item in rows]) @ question.query.vector).tolist()
    near = dict(zip((item.candidate.key for item in rows), likeness, strict=True))
    best = [
        max(items, key=lambda item, first=items[0]: near[item.candidate.key] + _FIRST * (item is first))  # type: ignore[misc]
        for items in options
    ]
    chosen: list[Ranked] = []
    for item in (*best, *sorted(rows, key=lambda item: -near[item.candidate.key])[: 2 * max(0, _FEW - len(best))]):
        if len(chosen) < MOST and not any(say_the_same(item.candidate, other.candidate) for other in chosen):
            chosen.append(item)
    return sorted(chosen, key=_told)


def _about(passages: Sequence[Passage]) -> list[str]:
    """The ids of the articles that are about the subject, the likeliest first."""
    nearest: dict[str, float] = {}
    for passage in passages:
        similarity = passage.why.similarity or 0.0
        nearest[passage.article.id] = max(similarity, nearest.get(passage.article.id, 0.0))
    most = max(nearest.values(), default=0.0)
    if most < _LEAST:
        return []
    return [article for article, similarity in nearest.items() if similarity >= _ABOUT * most][:_REPORTS]


def _options(articles: Sequence[str], ranked: Sequence[Ranked]) -> list[list[Ranked]]:
    """The sentences that may stand for each of some articles, the first one of it before the others."""
    found: list[list[Ranked]] = []
    for article in articles:
        items = [item for item in ranked if item.candidate.article.id == article and not item.excluded]
        items = [item for item in items if item.candidate.features.names == 1]
        items = [item for item in items if item.candidate.tells] or items
        if items:
            first = min(items, key=lambda one: one.candidate.sentence.start)
            most = sorted(items, key=lambda one: -one.candidate.features.context)
            found.append([first, *(item for item in most if item is not first)][:_OPTIONS])
    return found


def _told(item: Ranked) -> tuple[int, str, int]:
    """When a sentence was published, and where it stands."""
    candidate = item.candidate
    days, posted = candidate.reported, candidate.sentence.posted
    place = 60 * posted.hour + posted.minute if posted else candidate.sentence.start
    return days[1].toordinal() if days else 0, candidate.article.id, place
