"""What several reports tell of a subject: the answer to a broad question, without a language model."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked, say_the_same
from assistant.question.analysis import QuestionAnalysis
from index.models.embedding import Embedder
from index.passage import Passage

MOST = 6
"""Sentences of an overview."""

_OPTIONS = 4
"""Sentences of a report that may stand for it: the one that tells its news, and those with most of the question."""

_FEW = 3
"""With fewer reports than this, they give further sentences."""

_NEWS = 0.3
"""By so much the sentence that tells the news of a report is favoured; cosine similarity with the question."""


def overview(
    question: QuestionAnalysis, news: Sequence[Passage], ranked: Sequence[Ranked], embedder: Embedder
) -> list[Ranked]:
    """Sentences of the reports of a story, oldest first; ``news`` has of each report the sentence that tells its news.

    Each report gives that or the sentence that is nearest to the question; of those that say the same one is enough.
    Of many reports the first, the last and some between are told; where there are few, they give further sentences.
    """
    options = [found for passage in _spread(news) if (found := _options(passage, ranked))]
    rows = [item for items in options for item in items]
    if not rows:
        return []
    likeness = (embedder.embed([item.candidate.text for item in rows]) @ question.query.vector).tolist()
    near = dict(zip((item.candidate.key for item in rows), likeness, strict=True))
    best = [
        max(items, key=lambda item, first=items[0]: near[item.candidate.key] + _NEWS * (item is first))  # type: ignore[misc]
        for items in options
    ]
    chosen: list[Ranked] = []
    for item in (*best, *sorted(rows, key=lambda item: -near[item.candidate.key])[: 2 * max(0, _FEW - len(best))]):
        if len(chosen) < MOST and not any(say_the_same(item.candidate, other.candidate) for other in chosen):
            chosen.append(item)
    return sorted(chosen, key=_told)


def _spread(news: Sequence[Passage]) -> list[Passage]:
    """Of reports in order so many that each may give a sentence: the first, the last, and others evenly between."""
    if len(news) <= MOST:
        return list(news)
    return [news[round(place * (len(news) - 1) / (MOST - 1))] for place in range(MOST)]


def _options(news: Passage, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences that may stand for a report, that which tells its news before the others."""
    of_it = [item for item in ranked if item.candidate.article.id == news.article.id]
    first = [item for item in of_it if item.candidate.sentence == news.sentences[0]]
    others = [item for item in of_it if not item.excluded and item.candidate.features.names == 1]
    others = [item for item in others if item.candidate.tells and item not in first]
    return [*first, *sorted(others, key=lambda item: -item.candidate.features.context)][:_OPTIONS]


def _told(item: Ranked) -> tuple[int, str, int]:
    """When a sentence was published, and where it stands."""
    candidate = item.candidate
    days, posted = candidate.reported, candidate.sentence.posted
    place = 60 * posted.hour + posted.minute if posted else candidate.sentence.start
    return days[1].toordinal() if days else 0, candidate.article.id, place
