"""One question on its way to an answer, event by event: what was found, each sentence as it is ready, and the whole."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace

from assistant import messages
from assistant.answer.about_archive import CATALOG, about_archive
from assistant.answer.compose import Quotation, quote_sentences
from assistant.answer.generative import LENGTHS, Length, Reply, Written, asked, prompt, write_answer
from assistant.answer.notices import all_notices
from assistant.answer.same_report import with_copies
from assistant.evidence.running_story import story_before
from assistant.lookup import Lookup
from assistant.model.openai import LanguageModel, Messages, Usage
from assistant.options import Asking
from assistant.pipeline import is_answered
from assistant.question.answer_type import answer_type
from assistant.question.follow_up import Turn, bare_of, leans, standalone, standalone_by
from assistant.question.intent import REPORTED, intent_and_subject
from assistant.settings import Settings
from assistant.timings import Clock
from assistant.types import EXTRACTIVE, REFUSAL, Annotation, Answer, Done, Event, Notice, PassagesFound, SentenceReady
from index.errors import ModelFailed
from index.storage.store import Store
from index.types import Window

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
        self._notices: list[Notice] = []

    def events(self) -> Generator[Event, None, None]:
        """The events of an answer, the last being ``Done``; raises what ``Assistant.ask`` raises."""
        intent, subject = intent_and_subject(self._asked)
        if intent != REPORTED and not (intent == "summary" and self._model):
            yield from self._of_catalog(intent, subject)
            return
        self._question = self._stand_alone(self._asked, self._history)
        found = self._look_up()
        self._clock.lap("retrieve")
        if self._usage.stop.is_set():
            raise CancelledError
        yield PassagesFound(tuple(found.shown()))
        if self._model is None:
            yield from self._verbatim(found)
        else:
            yield from self._written(self._model, found)

    def _look_up(self) -> Lookup:
        found = self._in_story() or self._by_itself() or self._lookup(self._asking)
        if self._model is None:
            found.overview()
        elif self._fast_model and not self._failure:
            try:
                found.look_further(self._fast_model, self._usage)
            except ModelFailed as error:
                self._failure = error
        return found

    def _lookup(self, asking: Asking) -> Lookup:
        return Lookup(self._store, self._settings, asking, self._question, written=self._model is not None)

    def _in_story(self) -> Lookup | None:
        """What the story that the last answer told has for a question that leans on it; None where it answers none."""
        told = next((turn for turn in reversed(self._history) if turn[1] and turn[1] != REFUSAL), None)
        window = self._asking.window or Window()
        if not told or window.articles or not leans(self._asked, self._history):
            return None
        story = story_before(self._store, *told, self._asking.now, self._asking.window)
        found = self._lookup(replace(self._asking, window=replace(window, articles=story))) if story else None
        return found if found and is_answered(found.selections) else None

    def _by_itself(self) -> Lookup | None:
        """What the whole archive has for a follow-up without the words from before, if that surely answers it."""
        bare = bare_of(self._question) if self._question != self._asked else None
        if not bare:
            return None
        found = Lookup(self._store, self._settings, self._asking, bare, written=self._model is not None)
        if found.surely_answered:
            self._question = bare
            return found
        return None

    def prompt(self) -> Messages:
        """What a model would be sent for the question, as far as no model plans what else to look up."""
        found = Lookup(self._store, self._settings, self._asking, self._question, written=True)
        fields = asked(self._question, self._asking.now) | {"length": LENGTHS[self._length(found)]}
        return prompt("answer", "json", found.evidence(), Usage(), **fields)

    def _of_catalog(self, intent: str, subject: str | None) -> Iterator[Event]:
        """Answer what is asked about the archive itself."""
        told = about_archive(self._store, intent, self._asking, subject)
        if told.citations and intent == "summary":
            self._notices.append(Notice("first_sentences", messages.FIRST_SENTENCES))
        elif intent not in ("greeting", "thanks", "help") and told.text != messages.WHICH_ARTICLE:
            self._notices.append(Notice("from_catalog", messages.FROM_CATALOG))
        self._clock.lap("answer")
        yield PassagesFound(())
        for sentence in told.sentences:
            yield SentenceReady(sentence, tuple(told.citations[number - 1] for number in sentence.citations))
        yield Done(self._answer(told, CATALOG))

    def _written(self, model: LanguageModel, found: Lookup) -> Iterator[Event]:
        reply = Reply(self._usage)
        quotation = Quotation()
        try:
            if self._failure:
                raise self._failure
            written = write_answer(
                model,
                self._question,
                self._asking.now,
                found.evidence(),
                reply,
                self._store.close_reader,
                self._judge,
                length=self._length(found),
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
                            start, end = place.span.start, place.span.end
                            quotation.date(number, place.article, place.times, start, end, place.posted)
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
                yield from self._verbatim(found, reply)
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
            yield from self._verbatim(found, reply)
            return
        yield Done(self._answer(quotation, model.name, reply, found, [not quotation.sentences] * len(found.parts)))

    def _verbatim(self, found: Lookup, reply: Reply | None = None) -> Iterator[Event]:
        if self._judge and not self._model:
            self._notices.append(Notice("judge_unused", messages.JUDGE_UNUSED))
        quotation = quote_sentences(
            [row for selection in found.selections for row in selection.rows],
            [item.candidate for part in found.parts for item in part.ranked[:_OTHERS]],
        )
        says = found.selections[0].says if len(found.selections) == 1 else None
        if says:
            quotation.annotations.append(Annotation("says", 0, messages.says(says)))
        self._clock.lap("answer")
        for sentence in quotation.sentences:
            yield SentenceReady(sentence, tuple(quotation.citations[number - 1] for number in sentence.citations))
        unanswered = [not selection.chosen for selection in found.selections]
        yield Done(self._answer(quotation, EXTRACTIVE, reply, found, unanswered, says=says))

    def _answer(
        self,
        quotation: Quotation,
        answerer: str,
        reply: Reply | None = None,
        found: Lookup | None = None,
        unanswered: Sequence[bool] = (),
        *,
        says: str | None = None,
    ) -> Answer:
        mark = quotation.citations[0].mark if quotation.citations and answerer == EXTRACTIVE else None
        findings = [one for selection in found.selections for one in selection.findings] if found else []
        parts = found.parts if found else []
        return Answer(
            question=self._asked,
            now=self._asking.now.isoformat(),
            understood=self._question if self._question != self._asked else None,
            text=quotation.text or REFUSAL,
            refused=not quotation.sentences,
            answerer=answerer,
            sentences=tuple(quotation.sentences),
            citations=with_copies(self._store, quotation.citations),
            passages=tuple(found.shown()) if found else (),
            notices=(
                *(found.notices if found else ()),
                *self._notices,
                *(Notice(finding.code, finding.message) for finding in findings),
                *all_notices(
                    self._store,
                    self._asking,
                    [(part.question.query, part.passages) for part in parts],
                    unanswered,
                ),
            ),
            annotations=tuple(quotation.annotations),
            short=quotation.text[slice(*(place - quotation.citations[0].start for place in mark))] if mark else says,
            confidence=found.confidence if found and answerer == EXTRACTIVE else None,
            dropped=tuple(reply.dropped) if reply else (),
            prompts=self._usage.prompts,
            usage=self._spent() if self._usage.calls else {},
            timings_ms=self._clock.timings(),
            sent=tuple(self._usage.sent),
        )

    def _length(self, found: Lookup) -> Length:
        """How long a model's answer is to be."""
        length = self._settings.answer_length
        return length if length != "auto" else "long" if found.broad else "normal"

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
