"""A passage that was found for a question: a chunk, how it came to its rank, and what the reader makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from index.analysis.types import SentenceAnalysis
from index.storage.rows import unpack_analysis
from index.types import Article, Chunk


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one sentence beside a question; logits, where 0 stands for "not answered here"."""

    relevance: float
    """That the run of sentences it was read in answers the question."""
    mass: float
    """That an answer is somewhere in this sentence: the mean over its starts and its ends."""
    span: float
    """That the answer is the words from ``start`` to ``end`` of the article's text."""
    start: int
    end: int


class Choice(NamedTuple):
    """The probabilities that a text answers a yes-or-no question with yes, with no, or leaves it open."""

    yes: float
    no: float
    unclear: float


@dataclass(frozen=True, slots=True)
class CloseReading(Reading):
    """What the large reader makes of one sentence beside a question, read with its neighbours."""

    choice: Choice
    """Whether it answers a yes-or-no question with yes or no."""


@dataclass(frozen=True, slots=True)
class Why:
    """How a passage came to its rank: places are 1 for the best, None where a search did not find it."""

    dense_rank: int | None = None
    similarity: float | None = None
    words_rank: int | None = None
    terms: tuple[str, ...] = ()
    fused: float = 0.0
    """The reciprocal ranks of both searches together, 0 to 1."""
    matched: float = 0.0
    """The share of what the question's words tell that was found by them, 0 to 1; 0 for what words did not find."""
    relevance: float | None = None
    """What the reader makes of it, a logit; None where it did not read."""
    recency: float = 1.0
    """What ``fused`` was multiplied with since the article was new when the question was asked."""

    def __str__(self) -> str:
        parts = []
        if self.dense_rank is not None:
            parts.append(f"meaning: place {self.dense_rank}, similarity {self.similarity:.2f}")
        if self.words_rank is not None:
            parts.append(f"words: place {self.words_rank}, {self.matched:.0%} matched, {', '.join(self.terms)}")
        if self.relevance is not None:
            parts.append(f"reader: relevance {self.relevance:+.1f}")
        if self.recency > 1.005:
            parts.append(f"new: × {self.recency:.2f}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found for a query, with its article, its rank score, and the reason.

    ``readings`` is empty where the reader did not read, else has one for each sentence, None for what is no evidence.
    """

    chunk: Chunk
    article: Article
    score: float
    why: Why
    kept: tuple[SentenceAnalysis, ...] | None = field(default=None, repr=False)
    """The sentences that count, where these are not all of the chunk."""
    readings: tuple[Reading | None, ...] = field(default=(), repr=False)
    analysis: str = field(default="", repr=False)
    """All sentences of its article, packed."""

    @property
    def sentences(self) -> tuple[SentenceAnalysis, ...]:
        """Its sentences, unpacked when they are asked for: who only searches does not need them."""
        return unpack_analysis(self.analysis, self.chunk.start, self.chunk.end) if self.kept is None else self.kept

    @property
    def around(self) -> tuple[SentenceAnalysis, ...]:
        """All sentences of its article."""
        return unpack_analysis(self.analysis)

    @property
    def text(self) -> str:
        """The chunk's own words."""
        return self.article.text[self.chunk.start : self.chunk.end]
