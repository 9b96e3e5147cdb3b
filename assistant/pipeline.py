"""A question to its answer, event by event: what was found, each sentence as it is ready, and the whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import TypeVar

from assistant.answer.compose import Quotation, quote_sentences
from assistant.answer.generative import Reply, Written, fit, write_answer
from assistant.evidence import scoring as extractive
from assistant.evidence.gather import Part, read_parts
from assistant.evidence.scoring import Scored
from assistant.evidence.second_hop import second_look
from assistant.findings.contradiction import find_disagreement
from assistant.findings.correction import find_correction, put_in_place
from assistant.findings.notices import all_notices, of_another_time
from assistant.findings.several import answered_by_several, asks_for_several
from assistant.model.openai import LanguageModel, Usage
from assistant.options import Asking
from assistant.question.answer_type import kind_of
from assistant.question.decompose import plan_steps, take_steps
from assistant.question.follow_up import Turn, standalone, standalone_by
from assistant.settings import Settings
from assistant.timings import Clock
from assistant.types import REFUSAL, Answer, Done, Event, Notice, PassagesFound, SentenceReady
from index.errors import ModelFailed
from index.storage.store import Store
from index.types import Passage

_T = TypeVar("_T")
_OTHERS = 10
"""How many of the sentences that were found may tell the year of one that does not."""

_YEAR = re.compile(r"\byears?\b", re.IGNORECASE)


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
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._model = model
        self._judge = judge
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
        self._notices: list[Notice] = []

    def events(self) -> Generator[Event, None, None]:
        """The events of an answer, the last being ``Done``; raises what ``Assistant.ask`` raises."""
        self._question = self._stand_alone(self._asked, self._history)
        self._parts = self._read(self._question)
        if (
            self._model
            and not self._failure
            and len(self._parts) == 1
            and not extractive.select(self._parts[0].query, self._parts[0].ranked)
        ):
            self._look_further(self._model)
        self._clock.lap("retrieve")
        if self._usage.stop.is_set():
            raise CancelledError
        yield PassagesFound(tuple(self._shown()))
        if self._model is None:
            yield from self._verbatim()
        else:
            yield from self._written(self._model)

    def candidates(self) -> list[Passage]:
        """The passages that a model is sent; found first, if they are not."""
        self._parts = self._parts or self._read(self._question)
        parts = [*self._parts, *self._further]
        found = {passage.chunk.id: passage for passage in _by_turns([part.passages for part in parts])}
        return fit(list(found.values()), self._settings.evidence_tokens)

    def _read(self, question: str) -> list[Part]:
        asking = self._asking
        return read_parts(
            self._store,
            question,
            top_k=self._settings.top_k,
            fast=asking.fast,
            now=asking.now,
            window=asking.window,
        )

    def _look_further(self, model: LanguageModel) -> None:
        """Look up in steps what no single passage seems to answer; without a plan, what the first names lead to."""
        if not self._plan(model):
            [first] = self._parts
            self._further += [part for step in second_look(self._question, first.ranked) for part in self._read(step)]

    def _plan(self, model: LanguageModel) -> bool:
        """Look up the steps that a model plans, if any."""

        def look_up(step: str) -> str:
            [part, *_] = self._read(step)
            self._further.append(part)
            return part.ranked[0].evidence.words if part.ranked else ""

        try:
            planned = plan_steps(model, self._question, self._usage)
        except ModelFailed as error:
            self._failure = error
            return False
        steps = take_steps(planned, look_up)
        if steps:
            self._notices.append(Notice("planned", "Looked up in steps: " + " ".join(steps)))
        return bool(steps)

    def _written(self, model: LanguageModel) -> Iterator[Event]:
        reply = Reply(self._usage)
        quotation = Quotation()
        try:
            if self._failure:
                raise self._failure
            reader = None if self._asking.fast else self._store.reader
            for outcome in write_answer(model, self._question, self.candidates(), reply, self._judge, reader):
                if isinstance(outcome, Written):
                    sentence = quotation.add(outcome.text, outcome.places, outcome.support)
                    if kind_of(self._question) == "when":
                        for place in outcome.places:
                            times = self._store.catalog.times(place.article)
                            number = len(quotation.sentences) - 1
                            quotation.date(number, place.article, times, place.span.start, place.span.end)
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
                self._notices.append(Notice("model_failed", f"{error}. What follows is verbatim from the articles."))
                yield from self._verbatim(reply)
                return
            reply.cut = str(error)
        self._clock.lap("answer")
        if reply.cut:
            self._notices.append(Notice("cut_off", f"The answer of {model.name} ended early: {reply.cut}."))
        if reply.unjudged:
            self._notices.append(Notice("not_judged", f"{reply.unjudged}; from there on the rules alone have checked."))
        if reply.dropped:
            left_out = "1 sentence" if len(reply.dropped) == 1 else f"{len(reply.dropped)} sentences"
            self._notices.append(
                Notice("dropped", f"{left_out} of {model.name} left out: no quote from the articles carries it.")
            )
        if not quotation.sentences and (reply.dropped or reply.cut or not reply.answered):
            said = (
                "Nothing that it wrote is borne out by a quote"
                if reply.dropped
                else "It gave no answer in a form that can be read"
            )
            self._notices.append(Notice("nothing_kept", f"{said}; what follows is verbatim from the articles."))
            yield from self._verbatim(reply)
            return
        for part in self._parts:
            self._both_sides(part, extractive.select(part.query, part.ranked))
        yield Done(self._answer(quotation, [not quotation.sentences] * len(self._parts), model.name, reply))

    def _verbatim(self, reply: Reply | None = None) -> Iterator[Event]:
        if self._judge and not self._model:
            self._notices.append(
                Notice(
                    "judge_unused", "ASSISTANT_JUDGE judges what a model writes, and none does: set ASSISTANT_MODEL."
                )
            )
        chosen = [self._chosen(part) for part in self._parts]
        quotation = quote_sentences(
            self._store,
            [
                (item.evidence, item.mark(part.query))
                for part, row in zip(self._parts, chosen, strict=True)
                for item in row
            ],
            dated=_texts(
                self._parts, chosen, lambda part: kind_of(part.query.text) == "when" or asks_for_several(part)
            ),
            others=[item.evidence for part in self._parts for item in part.ranked[:_OTHERS]],
            year_asked=_texts(self._parts, chosen, lambda part: bool(_YEAR.search(part.query.text))),
        )
        self._clock.lap("answer")
        for sentence in quotation.sentences:
            yield SentenceReady(sentence, tuple(quotation.citations[number - 1] for number in sentence.citations))
        several = any(row and asks_for_several(part) for part, row in zip(self._parts, chosen, strict=True))
        sure = None if several else _confidence(chosen, [part.ranked for part in self._parts])  # no one answer is right
        yield Done(self._answer(quotation, [not row for row in chosen], extractive.NAME, reply, confidence=sure))

    def _chosen(self, part: Part) -> list[Scored]:
        """The sentences that answer a part of the question; notes what to know beside them."""
        if several := answered_by_several(self._store, part, self._asking.now):
            self._notices += several[1]
            return several[0]
        best = extractive.select(part.query, part.ranked)
        self._notices += of_another_time(self._store, part, best)
        return self._both_sides(part, best)

    def _both_sides(self, part: Part, chosen: list[Scored]) -> list[Scored]:
        """The sentences of an answer with the one that contradicts it, the newer first, and with what corrects it."""
        if not chosen:
            return chosen
        correction = find_correction(self._store, part.query, chosen[0].evidence, part.ranked)
        disagreement = find_disagreement(self._store, part.query, part.ranked)
        if disagreement and not (correction and correction.wrong):
            self._notices.append(Notice(disagreement.code, disagreement.told))
            sides = [disagreement.first, disagreement.other]
            return [*sides, *(item for item in chosen if item not in sides)]
        if correction:
            self._notices.append(Notice("correction", correction.told))
            return put_in_place(part.query, chosen, correction, part.ranked)
        return chosen

    def _answer(
        self,
        quotation: Quotation,
        unanswered: Sequence[bool],
        answerer: str,
        reply: Reply | None,
        *,
        confidence: float | None = None,
    ) -> Answer:
        mark = quotation.citations[0].mark if quotation.citations and answerer == extractive.NAME else None
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
                *all_notices(self._store, self._asking, self._parts, unanswered),
            ),
            annotations=tuple(quotation.annotations),
            short=quotation.text[slice(*(place - quotation.citations[0].start for place in mark))] if mark else None,
            confidence=confidence,
            dropped=tuple(reply.dropped) if reply else (),
            prompts=self._usage.prompts,
            usage=self._spent() if self._usage.calls else {},
            timings_ms=self._clock.timings(),
        )

    def _shown(self) -> list[Passage]:
        rows = [part.passages[: self._settings.top_k] for part in (*self._parts, *self._further)]
        return list({passage.chunk.id: passage for passage in _by_turns(rows)}.values())

    def _stand_alone(self, question: str, history: Sequence[Turn]) -> str:
        if not history:
            return question
        if self._model:
            try:
                return standalone_by(self._model, question, history, self._usage)
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


def _asks_for_days(part: Part) -> bool:
    return kind_of(part.query.text) == "when" or asks_for_several(part)


def _texts(parts: Sequence[Part], chosen: Sequence[Sequence[Scored]], are: Callable[[Part], bool]) -> set[str]:
    """The texts of the sentences chosen for those parts of a question that are so."""
    return {item.evidence.text for part, row in zip(parts, chosen, strict=True) for item in row if are(part)}


def _confidence(chosen: Sequence[Sequence[Scored]], ranked: Sequence[Sequence[Scored]]) -> float:
    """That of the least sure part that is answered; where nothing is, that of the best sentence there was."""
    best = [row[0].probability for row in (chosen if any(chosen) else ranked) if row]
    return round(min(best) if any(chosen) else max(best, default=0.0), 4)


def _by_turns(lists: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """The first of each list, then the second of each, and so on."""
    for place in range(max(map(len, lists), default=0)):
        for items in lists:
            yield from items[place : place + 1]
