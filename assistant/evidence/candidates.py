"""Passages to candidates: the sentences that may answer a question, each with how well it bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.event_time import EventTime, days_told, event_time, may_be_of
from assistant.question.analysis import QuestionAnalysis
from assistant.question.answer_type import offers
from index.analysis.stems import searched_terms
from index.analysis.terms import placed_tokens
from index.analysis.types import Place, SentenceAnalysis
from index.languages.en.given_up import PUT_OFF_TO
from index.languages.en.pronouns import REFERS_BACK
from index.languages.en.short_answers import WHO_SAID
from index.models.embedding import Embedder
from index.passage import CloseReading, Passage, Reading
from index.search.query import Query
from index.times.days import Days
from index.types import Article

_FEWEST = 5
"""Words of a sentence that tells something by itself."""

_COMPARED = 16
"""How many sentences that were not read are compared by meaning, those that words and rank put first."""

_COMPARED_FAST = 4
"""The same where it has to be fast.

Of 450 answerable questions over 420 articles of SQuAD 2.0 dev a right sentence came first in .828; with 16 in .825.
"""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a sentence beside a question; shares are 0 to 1."""

    coverage: float
    """The weighted share of the question's terms that the sentence holds."""
    context: float
    """The same, of the sentence with its neighbours and the title."""
    names: float
    """The share of the question's names in the sentence or the title, or where it refers back, in those before it.

    Half of "Agnes Tolliver" is enough where the other half stands elsewhere in the article."""
    has_answer_type: float
    """1 if it holds the kind of thing asked for, 0 if not, a half where that cannot be told."""
    fused: float
    """The score of both searches together for the passage it stands in."""
    recency: float = 0.0
    """By which share its passage was favoured for being new when the question was asked."""
    similarity: float = 0.0
    """The sentence's own cosine similarity to the question; only where the reader did not read."""
    relevance: float = 0.0
    """The reader's logit that the sentence and those around it answer."""
    mass: float = 0.0
    """The reader's logit that an answer is in this sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer a question."""

    article: Article
    sentence: SentenceAnalysis
    around: tuple[SentenceAnalysis, ...]
    """All sentences of its article."""
    features: Features
    terms: frozenset[str]
    event: EventTime
    """When what answers in it happened, or is to happen."""
    reading: Reading | None = None
    answer: Place | None = None
    """Where the words stand that the reader likes best, or of a time those that are asked for; None if it did not read.
    """

    close: CloseReading | None = None
    """What the large reader makes of it; None where it did not read."""

    @property
    def best(self) -> Reading | None:
        """The closest reading there is."""
        return self.close or self.reading

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from other candidates of a question."""
        return self.article.id, self.sentence.start

    @property
    def text(self) -> str:
        """The sentence, character for character."""
        return self.article.text[self.sentence.start : self.sentence.end]

    @property
    def reported(self) -> Days | None:
        """The days that it reports from; None where its article is undated."""
        return days_told(self.article, self.sentence)

    def is_newer(self, other: Candidate) -> bool:
        """Whether it was reported later: on a later day, or in a later update of a live blog."""
        mine, others = self.sentence.posted, other.sentence.posted
        if mine and others:
            return mine > others
        days, days_there = self.reported, other.reported
        return bool(days and days_there and days[0] > days_there[1])

    @property
    def tells(self) -> bool:
        """Whether it reads as a sentence that tells something by itself, and not as a heading or a fragment."""
        return self.text.rstrip("\"'”’»)")[-1:] in ".!?…" and len(self.text.split()) >= _FEWEST

    @property
    def words(self) -> str:
        """The words that answer, as the reader likes them; nothing where it did not read."""
        return self.article.text[slice(*self.answer)] if self.answer else ""


def find_candidates(
    question: QuestionAnalysis, passages: Sequence[Passage], embedder: Embedder, *, fast: bool = False
) -> list[Candidate]:
    """The sentences of some passages that bear most on a question, in no order that matters.

    Those that were not read are compared by meaning, fewer with ``fast``; of news all are given.
    """
    found: dict[tuple[str, int], Candidate] = {}
    for passage in passages:
        for candidate in _of_passage(question, passage):
            known = found.get(candidate.key)
            if known is None or known.features.mass < candidate.features.mass:
                found[candidate.key] = candidate
    if any(passage.readings for passage in passages):
        return [candidate for candidate in found.values() if candidate.reading]
    if question.asks_for_events:
        return list(found.values())
    first = sorted(found.values(), key=_first_sight, reverse=True)[: _COMPARED_FAST if fast else _COMPARED]
    return _compared(question, first, embedder)


def _compared(question: QuestionAnalysis, first: Sequence[Candidate], embedder: Embedder) -> list[Candidate]:
    if not first:
        return []
    vectors = embedder.embed([candidate.text for candidate in first])
    similarities = (vectors @ question.query.vector).tolist()
    return [
        replace(candidate, features=replace(candidate.features, similarity=similarity))
        for candidate, similarity in zip(first, similarities, strict=True)
    ]


def _first_sight(candidate: Candidate) -> float:
    features = candidate.features
    return 2 * features.coverage + features.context + 0.5 * features.has_answer_type + features.fused


def _of_passage(question: QuestionAnalysis, passage: Passage) -> list[Candidate]:
    article, query = passage.article, question.query
    sentences = passage.sentences
    held = [frozenset(searched_terms(article.text[one.start : one.end], article.language)) for one in sentences]
    title = frozenset(searched_terms(article.title or "", article.language))
    result: list[Candidate] = []
    readings = passage.readings or (None,) * len(sentences)
    for number, (sentence, reading) in enumerate(zip(sentences, readings, strict=True)):
        if not sentence.evidence or article.text[sentence.end - 1] == "?":  # who asks tells nothing
            continue
        around = title.union(*held[max(0, number - 2) : number + 2])
        offered = offers(question.answer_type, article.text, sentence, query.terms)
        answer = answer_place(question, article.text, sentence, reading) if reading else None
        when = _event(question, article, sentence, answer)
        implied = _implied(question, article, when)
        features = Features(
            coverage=covered(question, held[number], implied),
            context=covered(question, around, implied),
            names=share_of_names(query, article, sentence, held[number] | title, held[max(0, number - 2) : number]),
            has_answer_type=0.5 if offered is None else float(offered),
            fused=passage.why.fused * passage.why.recency,
            recency=passage.why.recency - 1,
            relevance=reading.relevance if reading else 0.0,
            mass=reading.mass if reading else 0.0,
        )
        result.append(Candidate(article, sentence, passage.around, features, held[number], when, reading, answer))
    return result


def with_close_reading(question: QuestionAnalysis, candidate: Candidate, close: CloseReading) -> Candidate:
    """A candidate once it was read closely: what answers in it may be other words, and of another time."""
    article, sentence = candidate.article, candidate.sentence
    answer = answer_place(question, article.text, sentence, close)
    return replace(candidate, close=close, answer=answer, event=_event(question, article, sentence, answer))


def _event(question: QuestionAnalysis, article: Article, sentence: SentenceAnalysis, answer: Place | None) -> EventTime:
    if answer and question.answer_type != "yes_no":
        return event_time(article, sentence, answer, answer[0])
    return event_time(article, sentence, None, asked_place(question.query, article.text, sentence))


def answer_place(question: QuestionAnalysis, text: str, sentence: SentenceAnalysis, reading: Reading) -> Place:
    """Where the words stand that answer: of a time not when it was said, and of a plan that was moved the new day.

    Where the old one is asked for, that one.
    """
    place = reading.start, reading.end
    if question.answer_type != "when":
        return place
    times = [timex for timex in sentence.times if timex.resolved]
    said = text[sentence.start : sentence.end]
    if question.asks_ahead:
        for timex in times:
            if PUT_OFF_TO.search(said, 0, timex.start - sentence.start):
                return timex.start, timex.end
    who = WHO_SAID.search(said)
    told = next((one for one in times if one.start < place[1] and place[0] < one.end), None)
    if told and told.given_up != question.asks_meant:
        meant = [
            one
            for one in times
            if one.given_up == question.asks_meant and not (who and one.start >= sentence.start + who.start())
        ]
        if meant:
            nearest = min(meant, key=lambda one: abs(one.start - told.start))
            return nearest.start, nearest.end
    if who and sentence.start + who.start() <= reading.start and not question.asks_when_said:
        news = [timex for timex in times if timex.end <= sentence.start + who.start()]
        if news:  # else the news is told on the day
            return news[0].start, news[0].end
    return place


def asked_place(query: Query, text: str, sentence: SentenceAnalysis) -> int:
    """Where a sentence speaks of what is asked: the last of the question's words in the clause that has most of them.

    Its main clause where it has none of them.
    """
    names = {term for name in query.names for term in name}
    asked = {word: term not in names for term, words in query.terms.items() for word in words}
    best, place = (0, 0), sentence.main_place
    for clause in sentence.clauses:
        there = [(at, asked[term]) for at, term in _placed(text, clause.start, clause.end) if term in asked]
        found = sum(told for _, told in there), len(there)  # a name alone does not say what of it is asked
        if found > best:
            best, place = found, there[-1][0]
    return place


def _placed(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Where each word between two places begins, with its term."""
    return [(start + at, term) for at, _, term in placed_tokens(text[start:end])]


def _implied(question: QuestionAnalysis, article: Article, when: EventTime) -> frozenset[str]:
    """The terms of the question that say when, if a sentence of a dated article reports those days."""
    query = question.query
    if query.time is None or not query.time_terms or not article.published:
        return frozenset()
    return query.time_terms if when.happened and when.last and may_be_of(query.time, when) else frozenset()


def covered(question: QuestionAnalysis, there: frozenset[str], implied: frozenset[str] = frozenset()) -> float:
    """The weighted share of the question's terms, in any of their spellings, among some terms, or that are implied."""
    query = question.query
    weights = {term: weight for term, weight in query.weights.items() if term not in question.names_of_type}
    return share_of_terms(query, weights or query.weights, there, implied)


def share_of_terms(
    query: Query, weights: dict[str, float], there: frozenset[str], implied: frozenset[str] = frozenset()
) -> float:
    """The share of some weighted terms of a query among other terms."""
    total = sum(weights.values())
    held = sum(weight for term, weight in weights.items() if term in implied or not there.isdisjoint(query.terms[term]))
    return held / total if total else 0.0


def share_of_names(
    query: Query, article: Article, sentence: SentenceAnalysis, there: frozenset[str], before: Sequence[frozenset[str]]
) -> float:
    """The share of the query's names that a sentence is about.

    Those before lend theirs only if it refers back, or names nobody itself: "A fourth worker died on Monday."
    """
    if not query.names:
        return 1.0
    if not sentence.mentions or REFERS_BACK.search(article.text[sentence.start : sentence.end]):
        there = there.union(*before)
    return sum(_share_of(name, query, article, there) for name in query.names) / len(query.names)


def _share_of(name: tuple[str, ...], query: Query, article: Article, there: frozenset[str]) -> float:
    missing = [term for term in name if there.isdisjoint(query.terms[term])]
    if 0 < len(missing) < len(name) and all(_is_written(query, term, article) for term in missing):
        return 1.0  # an article names a person in full once, a place in its dateline
    return 1 - len(missing) / len(name)


def _is_written(query: Query, term: str, article: Article) -> bool:
    word = query.written[term]
    return word in article.text or word.upper() in article.text
