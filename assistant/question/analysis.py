"""A question, analysed once: what it asks for, what it asks of time, and how the corpus spells its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.question.answer_type import answer_type
from assistant.question.newest import asks_for_newest
from index.analysis.attribution import says_so
from index.analysis.factuality import clauses_of
from index.analysis.types import Status
from index.languages.en.question_words import (
    AHEAD,
    GIVEN_UP,
    HOW_LONG,
    HOW_OFTEN,
    LIST,
    MEANT,
    NAMED_BY_TYPE,
    NEWS,
    SAYING,
    YEAR,
    AnswerType,
)
from index.models.embedding import MiniLM
from index.search.query import Query, plan_query
from index.storage.store import Store
from index.times.question_times import asks_past
from index.types import Window


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """What is known of a question before anything is found for it."""

    query: Query
    answer_type: AnswerType
    asks_past: bool
    """Whether it asks when, where or whether something happened, and not was planned: "Was she ready to talk?"."""
    asks_ahead: bool
    """Whether it asks when something is to happen."""
    asks_given_up: bool
    """Whether it asks for when something had been meant to happen, and did not."""
    asks_meant: bool
    """Whether it asks for when something was meant to happen."""
    asks_how_long: bool
    asks_how_often: bool
    asks_for_news: bool
    """Whether it asks what has happened in some days, of whatever kind."""
    asks_for_newest: bool
    """Whether it asks how a subject stands: the newest reports of its story answer."""
    asks_for_list: bool
    """Whether several things may answer: "Which judges dissented?"."""
    asks_for_year: bool
    asks_what_was_said: bool
    asks_when_said: bool
    """Whether it asks of somebody's saying so, and not only of what was said."""

    @property
    def text(self) -> str:
        """The question."""
        return self.query.text

    @property
    def asks_for_events(self) -> bool:
        """Whether several events answer, whatever their kind."""
        return self.asks_for_news or self.asks_for_newest

    @property
    def names_of_type(self) -> frozenset[str]:
        """Its terms that only name the type of answer."""
        return NAMED_BY_TYPE.get(self.answer_type, frozenset())


def analyse_question(
    store: Store, text: str, now: date | None = None, window: Window | None = None
) -> QuestionAnalysis:
    """Analyse a question that is asked on the day ``now`` of what was published in a ``window``."""
    query = plan_query(store, text, now, window)
    known = isinstance(store.embedder, MiniLM) and query.timeless == text  # else it is embedded for this
    newest = query.language == "en" and asks_for_newest(query.timeless, query.vector if known else None)
    bounded = query.time is not None and query.time.bounded
    kind = answer_type(text)
    return QuestionAnalysis(
        query,
        kind,
        asks_past(text) and not any(clause.status is Status.PLANNED for clause in clauses_of(text, 0)),
        kind == "when" and bool(AHEAD.match(text)),
        kind == "when" and bool(GIVEN_UP.search(text)),
        kind == "when" and bool(GIVEN_UP.search(text) or MEANT.search(text)),
        bool(HOW_LONG.match(text)),
        bool(HOW_OFTEN.match(text)),
        bool(NEWS.match(text)) or (newest and bounded),
        newest,
        bool(LIST.match(text)),
        bool(YEAR.search(text)),
        bool(SAYING.match(text)),
        says_so(text),
    )
