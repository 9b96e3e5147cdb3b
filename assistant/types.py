"""An answer and its parts.

``Citation.start``/``end`` are code points in the article's text, and ``quote`` is exactly what stands there.
``Sentence.start``/``end`` are code points in ``Answer.text``. All ends are exclusive.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from index.passage import Passage

SCHEMA_VERSION = 1
"""Of an answer's JSON; later versions only add keys."""

EXTRACTIVE = "extractive"
"""The name of what answers without a model."""

REFUSAL = "The articles do not answer this question."
"""What an answer says when nothing in the corpus answers; ``refused`` is true then, and only then."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote, character for character, with the place in the article that it was taken from."""

    number: int
    article_id: str
    title: str | None
    uri: str
    published: str | None
    start: int
    end: int
    quote: str
    mark: tuple[int, int] | None = None
    """Where the words that answer stand in the article; None where that is not sure."""
    outlet: str | None = None
    """Who published the article; None where that is not known."""
    posted: str | None = None
    """When the update of a live blog that it stands in was posted, ISO 8601; None in any other article."""
    page: int | None = None
    """The page of the file that it begins on, from 1; None where the file has no pages."""
    also_in: tuple[str, ...] = ()
    """The other outlets, or addresses, where a copy of the report has the same words: no further witnesses."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer with the numbers of the citations that carry it."""

    text: str
    start: int
    end: int
    citations: tuple[int, ...]
    support: float | None = None
    """The probability that its quotes bear all of it out; None for a verbatim sentence, which needs none."""
    verdict: str = "supported"
    """"supported", or "unsure" where the quotes may not say all of it; others are not shown."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of a language model that was left out, and why."""

    text: str
    reason: str
    quotes: tuple[str, ...] = ()
    """The sentences of articles that the model said it rests on; those it made up are not among them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One call of a language model: the messages that were sent, as they were sent, and its reply."""

    model: str
    messages: tuple[dict[str, str], ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of an answer should know; ``code`` is stable, ``message`` is for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something we add beside a verbatim sentence, shown as ours: ``sentence`` counts from 0.

    ``value`` is what a time stands for: a value of TIMEX3 (``2025-07``, ``P3W``), or an interval of ISO 8601.
    """

    kind: str
    sentence: int
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question: sentences with citations, or a refusal with the nearest passages.

    ``short`` and ``confidence`` are None where the answerer gives none; ``timings_ms`` are milliseconds.
    """

    question: str
    text: str
    refused: bool
    answerer: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    short: str | None = None
    confidence: float | None = None
    dropped: tuple[Dropped, ...] = ()
    prompts: dict[str, str] = field(default_factory=dict)
    """The versions of the prompts that a language model was sent, by name."""
    understood: str | None = None
    """A follow-up with what it takes from the conversation; None for a question that stands alone."""
    now: str | None = None
    """The day on which the question was asked, which "this week" and the favour for new articles count from."""
    usage: dict[str, float] = field(default_factory=dict)
    """Of a language model: calls, tokens in and out, and money if prices are set."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    sent: tuple[Sent, ...] = field(default=(), repr=False)
    """What language models were sent for it, and replied; not in its JSON."""

    def to_json(self) -> dict[str, Any]:
        """The answer as JSON values, in its stable form (see docs/api.md)."""
        return {
            "schema_version": SCHEMA_VERSION,
            "question": self.question,
            "understood": self.understood,
            "now": self.now,
            "answer": self.text,
            "short": self.short,
            "confidence": self.confidence,
            "refused": self.refused,
            "answerer": self.answerer,
            "sentences": [_plain(sentence) for sentence in self.sentences],
            "citations": [_plain(citation) for citation in self.citations],
            "passages": [passage_json(passage) for passage in self.passages],
            "notices": [_plain(notice) for notice in self.notices],
            "annotations": [_plain(annotation) for annotation in self.annotations],
            "dropped": [_plain(dropped) for dropped in self.dropped],
            "prompts": self.prompts,
            "usage": self.usage,
            "timings_ms": self.timings_ms,
        }


@dataclass(frozen=True, slots=True)
class VerifiedClaim:
    """A claim with the verdict on it: "supported", "unsure", "unsupported" or "contradicted".

    ``score`` is the probability that the quotes bear all of it out; ``reason`` says why it is not supported.
    """

    claim: str
    verdict: str
    score: float
    reason: str | None = None
    citations: tuple[Citation, ...] = ()
    """The quotes that the verdict rests on, as far as they stand in articles of the archive."""

    def to_json(self) -> dict[str, Any]:
        """As JSON values (see docs/api.md)."""
        return {
            "schema_version": SCHEMA_VERSION,
            **_plain(self),
            "citations": [_plain(one) for one in self.citations],
        }


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft: "supported", "contradicted" or "not found", with the quotes that say so.

    ``start`` and ``end`` are code points in the draft; ``score`` is the probability of the verdict.
    """

    text: str
    start: int
    end: int
    verdict: str
    score: float
    citations: tuple[Citation, ...] = ()
    sources: int = 0
    """How many outlets, or articles without one, bear it out by themselves."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where in the draft figures, days and names stand that its quotes do not have."""

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            **_plain(self),
            "citations": [_plain(one) for one in self.citations],
            "marks": [list(mark) for mark in self.marks],
        }


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What became of the sentences of a draft, in their order; headings are left out."""

    text: str
    sentences: tuple[CheckedSentence, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences have each verdict."""
        names = ("supported", "contradicted", "not found")
        return {name: sum(one.verdict == name for one in self.sentences) for name in names}

    def to_json(self) -> dict[str, Any]:
        """As JSON values (see docs/api.md)."""
        return {
            "schema_version": SCHEMA_VERSION,
            "counts": self.counts,
            "sentences": [one.to_json() for one in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """The first event of an answer: the passages most likely to hold it, best first."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """A sentence whose quotes were found and carry it, with its citations."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The last event: the whole answer."""

    answer: Answer


Event = PassagesFound | SentenceReady | Dropped | Done
"""What an answer is streamed as."""


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage as JSON values."""
    return {
        "article_id": passage.article.id,
        "title": passage.article.title,
        "uri": passage.article.uri,
        "published": passage.article.published,
        "outlet": passage.article.outlet,
        "start": passage.chunk.start,
        "end": passage.chunk.end,
        "text": passage.text,
        "score": round(passage.score, 6),
        "why": _plain(passage.why),
    }


def _plain(value: Any) -> dict[str, Any]:
    return {name: list(item) if isinstance(item, tuple) else item for name, item in asdict(value).items()}
