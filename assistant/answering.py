"""One question on its way to an answer, event by event: what was found, each sentence as it is ready, and the whole."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import TypeVar

from assistant import messages
from assistant.answer.about_archive import CATALOG, about_archive
from assistant.answer.compose import Quotation, quote_sentences
from assistant.answer.generative import LENGTHS, Length, Reply, Written, asked, fit, prompt, write_answer
from assistant.answer.notices import all_notices
from assistant.answer.widen import one_of_each_report, widen
from assistant.evidence.second_hop import second_hop
from assistant.model.openai import LanguageModel, Messages, Usage
from assistant.options import Asking
from assistant.pipeline import Part, Selection, choose, is_answered, read_parts, survey
from assistant.question.answer_type import answer_type
from assistant.question.breadth import is_broad
from assistant.question.decompose import plan_queries, plan_steps, take_steps
from assistant.question.follow_up import Turn, standalone, standalone_by
from assistant.question.intent import REPORTED, intent_of
from assistant.settings import Settings
from assistant.timings import Clock
from assistant.types import EXTRACTIVE, REFUSAL, Annotation, Answer, Done, Event, Notice, PassagesFound, SentenceReady
from index.errors import ModelFailed
from index.passage import Passage
from index.storage.store import Store

_T = TypeVar("_T")
_SURE = 0.7
"""From this confidence on a question is taken as answered by what was found first."""

_OTHERS = 10
"""How many of the sentences that were found may tell the year of one that does not."""


class Answering:
    """One question on its way to an answer."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        model: LanguageModel | None,
        question: str,
        asking: Asking,
        *,
        judge: LanguageModel | None = None,
        fast_model: LanguageModel | None = None,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._model = model
        self._judge = judge or fast_model
        self._fast_model = fast_model or model
        """What plans and rewrites."""
        self._asked = question
        self._usage = Usage(stop=stop or threading.Event())
        self._failure: ModelFailed | None = None
        """Of an earlier call: a server that is gone is not asked again for the same answer."""
        self._question = question
        self._history = history
        self._asking = asking
        self._clock = Clock()
        self._parts: list[Part] = []
        self._further: list[Part] = []
        """What was looked up beside, as evidence for a model: it answers nobody by itself."""
        self._selections: list[Selection] = []
        self._notices: list[Notice] = []
        self._broad = False
        """Whether several facts of several reports are asked for."""

    def events(self) -> Generator[Event, None, None]:
        """The events of an answer, the last being ``Done``; raises what ``Assistant.ask`` raises."""
        intent = intent_of(self._asked)
        if intent != REPORTED and not (intent == "summary" and self._model):
            yield from self._of_catalog(intent)
            return
        self._question = self._stand_alone(self._asked, self._history)
        self._find()
        self._look_further()
        self._clock.lap("retrieve")
        if self._usage.stop.is_set():
            raise CancelledError
        yield PassagesFound(tuple(self._shown()))
        if self._model is None:
            yield from self._verbatim()
        else:
            yield from self._written(self._model)

    def _find(self) -> None:
        """Look up the question as it is, and see whether it is a broad one."""
        self._parts = self._read(self._question)
        self._selections = [choose(part, self._asking.now) for part in self._parts]
        if len(self._parts) == 1 and not _surely_answered(self._selections):
            self._broad = is_broad(self._question, answered=is_answered(self._selections))

    def candidates(self) -> list[Passage]:
        """The passages that a model is sent; found first, if they are not."""
        self._parts = self._parts or self._read(self._question)
        parts = [*self._parts, *self._further]
        found = list({passage.chunk.id: passage for passage in _by_turns([part.passages for part in parts])}.values())
        most = self._settings.evidence_tokens
        if self._broad:
            told = widen(fit(one_of_each_report(found), most), most)
            return sorted(told, key=lambda passage: (passage.article.published or "", passage.chunk.start))
        return widen(fit(found, most), most)

    def prompt(self) -> Messages:
        """What a model would be sent for the question, as far as no model plans what else to look up."""
        self._find()
        fields = asked(self._question, self._asking.now) | {"length": LENGTHS[self._length]}
        return prompt("answer", "json", self.candidates(), Usage(), **fields)

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

    def _look_further(self) -> None:
        """Look up what no single passage seems to answer: a broad question from several sides, another in steps.

        Without a plan of a model it is looked up what the first names lead to.
        """
        if len(self._parts) > 1 or _surely_answered(self._selections):
            return
        if self._model is None:
            if self._broad:
                self._survey()
            return
        if self._failure or self._fast_model is None:
            return
        if not (self._gather(self._fast_model) if self._broad else self._plan(self._fast_model)):
            [first] = self._parts
            self._further += [part for step in second_hop(self._question, first.ranked) for part in self._read(step)]

    def _survey(self) -> None:
        """Answer a broad question by what several reports tell, as far as they do."""
        told = survey(self._store, self._question, now=self._asking.now, window=self._asking.window)
        if told:
            self._selections = [told]
            self._notices.append(Notice("overview", messages.OVERVIEW))

    def _gather(self, model: LanguageModel) -> bool:
        """Look up a broad question from the sides that a model plans, if any."""
        day = asked(self._question, self._asking.now)["day"]
        try:
            queries = plan_queries(model, self._question, day, self._usage)
        except ModelFailed as error:
            self._failure = error
            return False
        self._further += [part for query in queries for part in self._read(query, fast=True)]
        if queries:
            self._notices.append(Notice("searched_for", messages.searched_for(queries)))
        return bool(queries)

    def _plan(self, model: LanguageModel) -> bool:
        """Look up the steps that a model plans, if any."""

        def look_up(step: str) -> str:
            [part, *_] = self._read(step)
            self._further.append(part)
            return part.ranked[0].candidate.words if part.ranked else ""

        try:
            planned = plan_steps(model, self._question, self._usage)
        except ModelFailed as error:
            self._failure = error
            return False
        steps = take_steps(planned, look_up)
        if steps:
            self._notices.append(Notice("planned", messages.steps(steps)))
        return bool(steps)

    def _of_catalog(self, intent: str) -> Iterator[Event]:
        """Answer what is asked about the archive itself."""
        told = about_archive(self._store, intent, self._asking)
        if told.citations and intent == "summary":
            self._notices.append(Notice("first_sentences", messages.FIRST_SENTENCES))
        elif intent not in ("greeting", "thanks", "help") and told.text != messages.WHICH_ARTICLE:
            self._notices.append(Notice("from_catalog", messages.FROM_CATALOG))
        self._clock.lap("answer")
        yield PassagesFound(())
        for sentence in told.sentences:
            yield SentenceReady(sentence, tuple(told.citations[number - 1] for number in sentence.citations))
        yield Done(self._answer(told, [], CATALOG, None))

    def _written(self, model: LanguageModel) -> Iterator[Event]:
        reply = Reply(self._usage)
        quotation = Quotation()
        try:
            if self._failure:
                raise self._failure
            written = write_answer(
                model,
                self._question,
                self._asking.now,
                self.candidates(),
                reply,
                self._store.close_reader,
                self._judge,
                length=self._length,
                strict=self._settings.strict,
            )
            paragraph = 1
            for outcome in written:
                if isinstance(outcome, Written):
                    begins, paragraph = outcome.paragraph > paragraph, max(outcome.paragraph, paragraph)
                    sentence = quotation.add(
                        outcome.text, outcome.places, outcome.support, outcome.verdict, paragraph=begins
                    )
                    if answer_type(self._question) == "when":
                        for place in outcome.places:
                            number = len(quotation.sentences) - 1
                            quotation.date(number, place.article, place.times, place.span.start, place.span.end)
                    yield SentenceReady(
                        sentence, tuple(quotation.citations[number - 1] for number in sentence.citations)
                    )
                else:
                    yield outcome
            if failure := reply.failure or (reply.unjudged if self._settings.strict else None):
                raise failure
        except ModelFailed as error:
            if self._settings.strict:
                raise
            if not quotation.sentences and not reply.dropped:
                self._notices.append(Notice("model_failed", messages.model_failed(error)))
                yield from self._verbatim(reply)
                return
            reply.cut = str(error)
        self._clock.lap("answer")
        if reply.cut:
            self._notices.append(Notice("cut_off", messages.cut_off(model.name, reply.cut)))
        if reply.unjudged:
            self._notices.append(Notice("not_judged", messages.not_judged(reply.unjudged)))
        if reply.dropped:
            self._notices.append(Notice("dropped", messages.dropped(len(reply.dropped), model.name)))
        if not quotation.sentences and (reply.dropped or reply.cut or not reply.answered):
            self._notices.append(Notice("nothing_kept", messages.nothing_kept(dropped=bool(reply.dropped))))
            yield from self._verbatim(reply)
            return
        self._tell_findings()
        yield Done(self._answer(quotation, [not quotation.sentences] * len(self._parts), model.name, reply))

    def _verbatim(self, reply: Reply | None = None) -> Iterator[Event]:
        if self._judge and not self._model:
            self._notices.append(Notice("judge_unused", messages.JUDGE_UNUSED))
        self._tell_findings()
        quotation = quote_sentences(
            [row for selection in self._selections for row in selection.rows],
            [item.candidate for part in self._parts for item in part.ranked[:_OTHERS]],
        )
        says = self._selections[0].says if len(self._selections) == 1 else None
        if says:
            quotation.annotations.append(Annotation("says", 0, messages.says(says)))
        self._clock.lap("answer")
        for sentence in quotation.sentences:
            yield SentenceReady(sentence, tuple(quotation.citations[number - 1] for number in sentence.citations))
        unanswered = [not selection.chosen for selection in self._selections]
        sure = _confidence(self._selections)
        yield Done(self._answer(quotation, unanswered, EXTRACTIVE, reply, confidence=sure, says=says))

    def _tell_findings(self) -> None:
        found = (finding for selection in self._selections for finding in selection.findings)
        self._notices += [Notice(finding.code, finding.message) for finding in found]

    def _answer(
        self,
        quotation: Quotation,
        unanswered: Sequence[bool],
        answerer: str,
        reply: Reply | None,
        *,
        confidence: float | None = None,
        says: str | None = None,
    ) -> Answer:
        mark = quotation.citations[0].mark if quotation.citations and answerer == EXTRACTIVE else None
        return Answer(
            question=self._asked,
            now=self._asking.now.isoformat(),
            understood=self._question if self._question != self._asked else None,
            text=quotation.text or REFUSAL,
            refused=not quotation.sentences,
            answerer=answerer,
            sentences=tuple(quotation.sentences),
            citations=tuple(quotation.citations),
            passages=tuple(self._shown()),
            notices=(
                *self._notices,
                *all_notices(
                    self._store,
                    self._asking,
                    [(part.question.query, part.passages) for part in self._parts],
                    unanswered,
                ),
            ),
            annotations=tuple(quotation.annotations),
            short=quotation.text[slice(*(place - quotation.citations[0].start for place in mark))] if mark else says,
            confidence=confidence,
            dropped=tuple(reply.dropped) if reply else (),
            prompts=self._usage.prompts,
            usage=self._spent() if self._usage.calls else {},
            timings_ms=self._clock.timings(),
            sent=tuple(self._usage.sent),
        )

    @property
    def _length(self) -> Length:
        """How long a model's answer is to be."""
        length = self._settings.answer_length
        return length if length != "auto" else "long" if self._broad else "normal"

    def _shown(self) -> list[Passage]:
        rows = [part.passages[: self._settings.top_k] for part in (*self._parts, *self._further)]
        return list({passage.chunk.id: passage for passage in _by_turns(rows)}.values())

    def _stand_alone(self, question: str, history: Sequence[Turn]) -> str:
        if not history:
            return question
        if self._fast_model:
            try:
                return standalone_by(self._fast_model, question, history, self._usage)
            except ModelFailed as error:
                self._failure = error
        return standalone(question, history)

    def _spent(self) -> dict[str, float]:
        usage = self._usage
        spent: dict[str, float] = {
            "calls": usage.calls,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "estimated": usage.estimated,
        }
        prices = self._settings.price_in, self._settings.price_out
        if any(prices):
            cost = usage.prompt_tokens * prices[0] + usage.completion_tokens * prices[1]
            return spent | {"cost": round(cost / 1e6, 6)}
        return spent


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
