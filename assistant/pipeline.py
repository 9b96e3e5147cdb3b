"""A question to what answers it, on one screen: analyse, retrieve, score, adjust, select, find.

Whatever asks whether the articles answer a question asks here: the API, the page, the research scripts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer.compose import Chosen
from assistant.evidence.as_of import without_later_notes
from assistant.evidence.candidates import find_candidates
from assistant.evidence.close_reading import in_order, rank_closely
from assistant.evidence.further_answers import further_answers, others_with, with_all
from assistant.evidence.running_story import found_for, news_of_story, with_corrections
from assistant.evidence.scoring import Ranked, score, select
from assistant.evidence.short_answer import short_answer
from assistant.findings import FINDERS, STORY_FINDERS, Finder, Finding, find, with_findings
from assistant.findings.counting import counted, newest, within_days
from assistant.findings.overview import overview
from assistant.question.analysis import QuestionAnalysis, analyse_question
from assistant.question.answer_type import split_question
from assistant.rules import RULES, Rule, adjust
from index.passage import Passage
from index.search.retrieve import retrieve
from index.storage.store import Store
from index.types import Window

_NEWS_FROM = 20
"""How many passages are looked through for news."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions that are asked in a sentence; ``passages`` and ``ranked`` are best first."""

    question: QuestionAnalysis
    passages: list[Passage]
    ranked: list[Ranked]
    refuse_below: float
    """The least probability of an answer."""
    says: float
    """The least probability of a yes, or of a no, that is said."""
    more: list[Ranked]
    """The sentences that have more of a list than the first."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What answers a part, none where nothing does, and what is to be known beside it."""

    part: Part
    chosen: list[Ranked]
    findings: list[Finding]

    @property
    def rows(self) -> list[Chosen]:
        """The sentences of the answer, in order, each with the place of its short answer."""
        question = self.part.question
        several = question.asks_for_events or any(one.code == "counted" for one in self.findings)
        no_short = several or any(one.without_short for one in self.findings)
        dated = question.answer_type == "when" or question.asks_for_events or question.asks_how_often
        return [
            Chosen(one, None if no_short else short_answer(question, one), dated, question.asks_for_year)
            for one in with_findings(self.chosen, self.findings)
        ]

    @property
    def says(self) -> str | None:
        """ "Yes" or "No" where the first sentence surely answers a yes-or-no question so."""
        close = self.chosen[0].candidate.close if self.chosen else None
        if self.part.question.answer_type != "yes_no" or close is None or self.findings:
            return None
        least = self.part.says
        return "Yes" if close.choice.yes >= least else "No" if close.choice.no >= least else None

    @property
    def confidence(self) -> float | None:
        """How sure it is that the first sentence answers; of a refusal, that any would. None for several events."""
        if self.part.question.asks_for_events or any(one.code == "counted" for one in self.findings):
            return None
        row = self.chosen[:1] or self.part.ranked[:1]
        return row[0].probability if row else 0.0


def read_parts(
    store: Store,
    text: str,
    *,
    top_k: int,
    fast: bool,
    now: date | None = None,
    window: Window | None = None,
    rules: Collection[Rule] = RULES,
) -> list[Part]:
    """What is found for each part of a question, asked on the day ``now``, in what was published in a ``window``.

    ``fast`` leaves out the readers, as does a question that is not in English: they have learnt no other language. The
    small one has learnt to mark words, so a yes-or-no question, where there are none, is read by the large one alone;
    news is not read at all.
    """
    return [
        read_part(store, analyse_question(store, one, now, window), top_k=top_k, fast=fast, rules=rules)
        for one in split_question(text)
    ]


def read_part(
    store: Store, question: QuestionAnalysis, *, top_k: int, fast: bool, rules: Collection[Rule] = RULES
) -> Part:
    """What is found for a question that asks one thing, as ``read_parts`` reads each."""
    calibration, close = store.reader.calibration, store.close_reader.calibration
    if question.asks_for_newest:
        found = found_for(store, question.query)
        if told := news_of_story(store, question.query, found):
            candidates = find_candidates(question, [*told, *with_corrections(found)], store.embedder)
            return Part(question, told, score(question, candidates, calibration), 0.0, close.says, [])
        question = replace(question, asks_for_newest=False)  # no report is about it: perhaps a sentence tells it
    quick = fast or question.query.language != "en"
    unread = quick or question.asks_for_news or question.answer_type == "yes_no"
    most = max(top_k, _NEWS_FROM) if question.asks_for_news else top_k
    passages = without_later_notes(question.query, retrieve(store, question.query, top_k=most, fast=unread))
    scored = score(question, find_candidates(question, passages, store.embedder, fast=quick), calibration)
    if not (quick or question.asks_for_news):
        scored = rank_closely(question, scored, store.close_reader)
        passages = in_order(passages, scored)
    refuse_below = calibration.fast_refuse_below if unread else calibration.refuse_below
    if scored and scored[0].candidate.close:
        refuse_below = close.refuse_below
    if question.query.language != "en":  # nothing tells whether a sentence answers: the nearest are shown as such
        refuse_below = 0.0
    ranked = adjust(question, scored, rules)
    more: list[Ranked] = []
    if ranked and question.asks_for_list and ranked[0].probability >= refuse_below:
        first = ranked[0].candidate
        places = further_answers(question, first, store.close_reader)
        more = others_with(first, places, ranked)
        ranked[0] = replace(ranked[0], candidate=with_all(first, places))
    return Part(question, passages, ranked, refuse_below, close.says, more)


def survey(store: Store, text: str, *, now: date | None = None, window: Window | None = None) -> Selection | None:
    """What several reports tell of what a broad question asks; None where none is about it."""
    question = replace(analyse_question(store, text, now, window), asks_for_news=True)
    passages = found_for(store, question.query)
    told = [] if question.query.names_nowhere else news_of_story(store, question.query, passages)
    candidates = find_candidates(question, [*told, *passages], store.embedder)
    ranked = score(question, candidates, store.reader.calibration)
    row = overview(question, told, ranked, store.embedder)
    if not row:
        return None
    return Selection(Part(question, passages, ranked, 0.0, 1.0, []), row, find(question, row, ranked, STORY_FINDERS))


def choose(part: Part, now: date, finders: Collection[Finder] = FINDERS) -> Selection:
    """What answers a part of a question, with what is to be known beside it."""
    question, ranked = part.question, part.ranked
    if question.asks_how_often and (found := counted(question, ranked, now)):
        row = [item for item in ranked if item.candidate in found.before]
        return Selection(part, row, [found])
    if question.asks_for_newest:
        row = newest(part.passages, ranked)
        return Selection(part, row, find(question, row, ranked, STORY_FINDERS))
    if question.asks_for_news and (row := within_days(question, ranked)):
        return Selection(part, row, [])
    # In another language any noun looks like a name.
    english = bool(ranked) and ranked[0].candidate.article.language in ("en", None)
    nowhere = english and question.query.names_nowhere
    chosen = [] if nowhere else select(question, ranked, part.refuse_below)
    if chosen and chosen[0] is ranked[0]:
        chosen += [one for one in part.more if one not in chosen]
    return Selection(part, chosen, find(question, chosen, ranked, finders))


def is_answered(selections: Sequence[Selection]) -> bool:
    """Whether every part of a question is answered."""
    return bool(selections) and all(selection.chosen for selection in selections)
