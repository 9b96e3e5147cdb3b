"""What is found for a question: looked up as it is asked, and further where no single passage seems to answer it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeVar

from assistant import messages
from assistant.answer.generative import asked, fit
from assistant.answer.widen import one_of_each_report, widen
from assistant.evidence.second_hop import second_hop
from assistant.model.openai import LanguageModel, Usage
from assistant.options import Asking
from assistant.pipeline import Part, Selection, choose, is_answered, read_parts, survey
from assistant.question.breadth import SURE, SURE_THOUGH_ANSWERED, SURE_THOUGH_SURELY_ANSWERED, is_broad
from assistant.question.decompose import plan_queries, plan_steps, take_steps
from assistant.settings import Settings
from assistant.types import Notice
from index.passage import Passage
from index.storage.store import Store

_T = TypeVar("_T")
_SURE = 0.7
"""From this confidence on a question is taken as answered by what was found first."""

_SHOWN_TO_PLAN = 1500
"""Of so many tokens of what was found first a model sees the beginnings before it plans what else to look up."""

_BEGINNING = 200
"""So many characters of a passage are its beginning."""


class Lookup:
    """What is found for one question, which stands alone; a model will have ``written`` the answer, or it is quoted."""

    def __init__(self, store: Store, settings: Settings, asking: Asking, question: str, *, written: bool) -> None:
        self._store = store
        self._settings = settings
        self._asking = asking
        self.question = question
        self.parts: list[Part] = self._read(question)
        self._further: list[Part] = []
        """What was looked up beside, as evidence for a model: it answers nobody by itself."""
        self.selections: list[Selection] = [choose(part, asking.now) for part in self.parts]
        self.notices: list[Notice] = []
        told = not written and any(one.part.question.asks_for_newest and one.chosen for one in self.selections)
        if told:
            self.notices.append(Notice("newest_reports", messages.NEWEST))
        # A model puts an answer of several parts together itself.
        able = written or (len(self.parts) == 1 and not told)
        self.broad = able and is_broad(question, self._least_broad(written=written))
        """Whether several facts of several reports are asked for."""

    def _least_broad(self, *, written: bool) -> float:
        """How surely a question must be broad to be taken so: one place seldom has all that a model would tell."""
        surely = _surely_answered(self.selections)
        if written:
            return SURE_THOUGH_ANSWERED if surely else SURE
        if surely:
            time = self.parts[0].question.query.time
            return math.inf if time and time.order else SURE_THOUGH_SURELY_ANSWERED  # the latest stands in one place
        return SURE_THOUGH_ANSWERED if is_answered(self.selections) else SURE

    @property
    def confidence(self) -> float | None:
        """How sure it is that what was chosen answers; None for several events."""
        return _confidence(self.selections)

    @property
    def surely_answered(self) -> bool:
        """Whether one place surely answers."""
        return _surely_answered(self.selections)

    def overview(self) -> None:
        """Answer a broad question by what several reports tell, as far as they do."""
        if not self.broad:
            return
        told = survey(self._store, self.question, now=self._asking.now, window=self._asking.window)
        if told:
            self.selections = [told]
            self.notices.append(Notice("overview", messages.OVERVIEW))

    def look_further(self, model: LanguageModel, usage: Usage) -> None:
        """Look up what no single passage seems to answer: a broad question from several sides, another in steps.

        Without a plan of the model it is looked up what the first names lead to. Raises ModelFailed.
        """
        if self.broad:
            planned = self._gather(model, usage)
        elif len(self.parts) > 1 or _surely_answered(self.selections):
            return
        else:
            planned = self._plan(model, usage)
        if not planned:
            first = self.parts[0]
            self._further += [part for step in second_hop(self.question, first.ranked) for part in self._read(step)]

    def _gather(self, model: LanguageModel, usage: Usage) -> bool:
        """Look up a broad question from the sides that a model plans, if any."""
        found = [_line(passage) for passage in fit(one_of_each_report(self.parts[0].passages), _SHOWN_TO_PLAN)]
        queries = plan_queries(model, self.question, asked(self.question, self._asking.now)["day"], found, usage)
        self._further += [part for query in queries for part in self._read(query, fast=True)]
        if queries:
            self.notices.append(Notice("searched_for", messages.searched_for(queries)))
        return bool(queries)

    def _plan(self, model: LanguageModel, usage: Usage) -> bool:
        """Look up the steps that a model plans, if any."""

        def look_up(step: str) -> str:
            [part, *_] = self._read(step)
            self._further.append(part)
            return part.ranked[0].candidate.words if part.ranked else ""

        steps = take_steps(plan_steps(model, self.question, usage), look_up)
        if steps:
            self.notices.append(Notice("planned", messages.steps(steps)))
        return bool(steps)

    def evidence(self) -> list[Passage]:
        """The passages that a model is sent."""
        parts = [*self.parts, *self._further]
        found = list({passage.chunk.id: passage for passage in _by_turns([part.passages for part in parts])}.values())
        most = self._settings.evidence_tokens
        if self.broad:
            told = widen(fit(one_of_each_report(found), most), most)
            return sorted(told, key=lambda passage: (passage.article.published or "", passage.chunk.start))
        return widen(fit(found, most), most)

    def shown(self) -> list[Passage]:
        """The passages that are shown beside the answer, of each part the best."""
        rows = [part.passages[: self._settings.top_k] for part in (*self.parts, *self._further)]
        return list({passage.chunk.id: passage for passage in _by_turns(rows)}.values())

    def _read(self, question: str, *, fast: bool | None = None) -> list[Part]:
        asking = self._asking
        return read_parts(
            self._store,
            question,
            top_k=self._settings.top_k,
            fast=asking.fast if fast is None else fast,
            now=asking.now,
            window=asking.window,
        )


def _line(passage: Passage) -> str:
    """A passage as one line: its day, its title, its beginning."""
    known = [passage.article.published or "undated", passage.article.title or ""]
    return " | ".join([*filter(None, known), passage.text[:_BEGINNING]])


def _surely_answered(selections: Sequence[Selection]) -> bool:
    """Whether no further passages need be looked up for a model: half sure answers are often those of another step."""
    sure = _confidence(selections)
    return is_answered(selections) and (sure is None or sure >= _SURE)


def _confidence(selections: Sequence[Selection]) -> float | None:
    """That of the least sure part that is answered; where nothing is, that of the likeliest sentence there was."""
    answered = [selection.confidence for selection in selections if selection.chosen]
    if answered:
        return None if None in answered else round(min(sure for sure in answered if sure is not None), 4)
    return round(max((selection.confidence or 0.0 for selection in selections), default=0.0), 4)


def _by_turns(lists: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """The first of each list, then the second of each, and so on."""
    for place in range(max(map(len, lists), default=0)):
        for items in lists:
            yield from items[place : place + 1]
