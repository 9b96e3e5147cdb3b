"""The answer of a language model: only those of its sentences that quotes from the passages bear out."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from assistant import messages
from assistant.answer.compose import Place
from assistant.model.drafts import Draft, Drafts
from assistant.model.judge import borne_out
from assistant.model.openai import Form, LanguageModel, Messages, Usage
from assistant.model.tokens import count_tokens
from assistant.types import Dropped
from assistant.verification.align import locate
from assistant.verification.evidence import Evidence, evidence_of
from assistant.verification.foreign import statement
from assistant.verification.injection import gives_orders
from assistant.verification.verify import Verdict, verify
from index.errors import ModelFailed
from index.models.large_reader import CloseReader
from index.passage import Passage
from index.times.days import WEEKDAYS, day_in_words
from index.types import Article, Span
from prompts import load

_MARKS = 20
"""Tokens of the marks around a passage in a prompt."""

_SAME_SENTENCE = 60
"""The least likeness, 0 to 100, of a mended sentence to the one it stands for."""


Length = Literal["short", "normal", "long"]
LENGTHS: dict[Length, str] = {
    "short": "One or two are enough.",
    "normal": "One or two are enough for a single fact. If the question asks for several facts, for reasons, for "
    "sides, for a comparison or for a course of events, write as many as it takes, up to ten, the most telling first. "
    "Number the paragraphs.",
    "long": "Begin with a sentence that names who and what it is about and tells what matters most. Then tell the "
    "rest in paragraphs of two to five sentences, up to twenty sentences in all: what happened, from old "
    "to new, why, what each side says, and what comes next or is open, as far as the passages tell it, "
    "with days and figures. Introduce everybody and everything where it is first named, and tell nothing "
    "twice. Name days by their date, reckoned from that of the article, in place of words such as “on "
    "Tuesday” or “last week”. Number the paragraphs.",
}
"""How a model is told how long an answer is to be."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a model with the places in the articles that carry it."""

    text: str
    places: tuple[Place, ...]
    support: float
    """The probability that they bear all of it out."""
    verdict: Verdict = Verdict.SUPPORTED
    paragraph: int = 1
    """Which paragraph of the answer it belongs to."""

    def dropped(self, reason: str) -> Dropped:
        """The sentence as one that is left out."""
        return Dropped(self.text, reason, tuple(place.quote for place in self.places))


@dataclass
class Reply:
    """What has become of a model's reply; filled while ``write_answer`` runs."""

    usage: Usage = field(default_factory=Usage)
    dropped: list[Dropped] = field(default_factory=list)
    answered: bool = False
    """Whether the model replied in a form that can be read, and be it that the passages do not answer."""
    cut: str | None = None
    """Why the reply ended before its end."""
    failure: ModelFailed | None = None
    """Why it could not be asked to mend its sentences."""
    unjudged: ModelFailed | None = None
    """Why the judge could not be asked."""


def write_answer(
    model: LanguageModel,
    question: str,
    now: date,
    passages: Sequence[Passage],
    reply: Reply,
    reader: CloseReader,
    judge: LanguageModel | None = None,
    *,
    length: Length = "normal",
    strict: bool = False,
) -> Iterator[Written | Dropped]:
    """The sentences that quotes bear out, each as soon as that is known, and at last those that they do not.

    The model is asked once to mend what quotes do not bear out; what they still do not is dropped. Of what may be borne
    out ``judge``, or else the model, is asked in one call. What comes after such a sentence waits, so that each stands
    in its place. What stays unsure is marked, with ``strict`` dropped. Raises ModelFailed, ModelMissing.
    """
    told: set[str] = set()
    waiting: list[Written | Dropped] = []
    fields = asked(question, now) | {"length": LENGTHS[length]}
    for outcome in _ask(model, "answer", passages, reply, reader, **fields):
        if isinstance(outcome, Dropped):
            reply.dropped.append(outcome)
            waiting.append(outcome)
        elif outcome.text not in told:
            told.add(outcome.text)
            if waiting or outcome.verdict is Verdict.UNSURE:
                waiting.append(outcome)
            else:
                yield outcome
    if reply.dropped and reply.cut is None:
        _mend(model, question, now, passages, reply, reader, told, waiting)
    for outcome in _settled([one for one in waiting if isinstance(one, Written)], judge or model, reply):
        if isinstance(outcome, Written) and strict and outcome.verdict is Verdict.UNSURE:
            outcome = outcome.dropped(messages.UNSURE)
        if isinstance(outcome, Dropped):
            reply.dropped.append(outcome)
        else:
            yield outcome
    yield from reply.dropped


def _mend(
    model: LanguageModel,
    question: str,
    now: date,
    passages: Sequence[Passage],
    reply: Reply,
    reader: CloseReader,
    told: set[str],
    row: list[Written | Dropped],
) -> None:
    """Put what the model makes of its faulty sentences in their places; those that it mends are dropped no longer."""
    faults = "\n".join(map(_fault, reply.dropped))
    try:
        for outcome in _ask(model, "repair", passages, reply, reader, **asked(question, now), faults=faults):
            if isinstance(outcome, Written) and outcome.text not in told:
                told.add(outcome.text)
                fault = _stands_for(outcome.text, reply.dropped)
                if fault:
                    reply.dropped.remove(fault)
                place = row.index(fault) if fault else len(row)
                row[place : place + 1] = [replace(outcome, paragraph=_paragraph(row, place))]
    except ModelFailed as error:
        reply.failure = error
        reply.cut = str(error)


def _fault(fault: Dropped) -> str:
    """A faulty sentence as the model is told of it, with what it said it rests on."""
    quotes = "".join(f"\n  It rests on: {' '.join(quote.split())}" for quote in fault.quotes)
    return f"- {fault.text}{quotes}\n  Wrong: {fault.reason}"


def _paragraph(row: Sequence[Written | Dropped], place: int) -> int:
    """The paragraph of what stands before a place, else of what follows: who mends a sentence does not know its own."""
    written = [one.paragraph for one in (*reversed(row[:place]), *row[place:]) if isinstance(one, Written)]
    return written[0] if written else 1


def _settled(written: Sequence[Written], judge: LanguageModel, reply: Reply) -> Iterator[Written | Dropped]:
    """The sentences, the unsure ones among them as the judge finds; as they were where it cannot be asked."""
    unsure = [one for one in written if one.verdict is Verdict.UNSURE]
    found: dict[int, bool] = {}
    if unsure:
        finish = reply.usage.finish
        claims = [
            (one.text, [f"{_heading(place.article, place.posted)}\n{place.quote}" for place in one.places])
            for one in unsure
        ]
        try:
            found = borne_out(judge, claims, reply.usage)
        except ModelFailed as error:
            reply.unjudged = error
        reply.usage.finish = finish
    for one in written:
        says = found.get(unsure.index(one)) if one.verdict is Verdict.UNSURE else None
        if says is None:
            yield one
        elif says:
            yield replace(one, verdict=Verdict.SUPPORTED)
        else:
            yield one.dropped(messages.judged_unsupported(judge.name))


def _stands_for(text: str, dropped: Sequence[Dropped]) -> Dropped | None:
    """The faulty sentence that a mended one stands for, if it stands for any."""
    from rapidfuzz.fuzz import token_set_ratio

    likest = max(dropped, key=lambda fault: token_set_ratio(text, fault.text), default=None)
    return likest if likest and token_set_ratio(text, likest.text) >= _SAME_SENTENCE else None


def _ask(
    model: LanguageModel,
    name: str,
    passages: Sequence[Passage],
    reply: Reply,
    reader: CloseReader,
    **fields: str,
) -> Generator[Written | Dropped, None, None]:
    drafts = Drafts()
    with closing(
        model.write(lambda form: prompt(name, form, passages, reply.usage, **fields), reply.usage, structured=True)
    ) as pieces:
        for draft in drafts.read(pieces, lambda: reply.usage.finish == "stop"):
            yield check(draft, passages, reader)
    reply.answered |= drafts.well_formed
    if drafts.full:
        reply.cut = "its reply was far too long"
    elif reply.usage.finish == "length":
        reply.cut = "its reply was longer than ASSISTANT_ANSWER_TOKENS allow"
    elif reply.usage.finish == "content_filter":
        reply.cut = "the server's content filter stopped it"
    elif not drafts.complete:
        reply.cut = "the server broke off"


def prompt(name: str, form: Form, passages: Sequence[Passage], usage: Usage, **fields: str) -> Messages:
    """What a model is sent: the passages between marks that no article can know, so that none can end them."""
    texts = [passage.text for passage in passages]
    mark = "passage-" + hashlib.sha256("\0".join([*texts, *fields.values()]).encode()).hexdigest()[:8]
    shown = "\n\n".join(
        f"<{mark} number={number}>\n{_heading(passage.article, _posted(passage))}\n{passage.text}\n</{mark}>"
        for number, passage in enumerate(passages, start=1)
    )
    asked, replied = load(name), load(f"form_{form}")
    usage.note(asked, replied)
    return asked.messages(mark=f"<{mark}>", form=replied.text.strip(), passages=shown, **fields)


def asked(question: str, now: date) -> dict[str, str]:
    """A question as a prompt tells it, with the day it is asked on: "this week" and "now" are of that day."""
    return {"question": question, "day": f"{WEEKDAYS[now.weekday()]}, {day_in_words(now)}"}


def fit(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The passages, best first, that so many tokens hold; one at least."""
    kept: list[Passage] = []
    spent = 0
    for passage in passages:
        spent += shown_tokens(passage)
        if kept and spent > most:
            break
        kept.append(passage)
    return kept


def shown_tokens(passage: Passage, *, of_text: bool = True) -> int:
    """The tokens of a passage in a prompt, with its heading and its marks; without its text those of these alone."""
    text = passage.text if of_text else ""
    return count_tokens(f"{_heading(passage.article, _posted(passage))}\n{text}") + _MARKS


def _heading(article: Article, posted: datetime | None = None) -> str:
    known = [article.title, article.agency, f"published {article.published}" if article.published else "undated"]
    known += [f"updated {article.updated}"] if article.updated else []
    known += [f"update of {posted:%Y-%m-%d %H:%M}"] if posted else []
    return " | ".join(" ".join(part.split()) for part in known if part)


def _posted(passage: Passage) -> datetime | None:
    """When the update of a live blog that a passage begins in was posted."""
    return next((one.posted for one in passage.sentences if one.evidence), None)


def check(draft: Draft, passages: Sequence[Passage], reader: CloseReader) -> Written | Dropped:
    """A draft whose quotes were found and may bear it out, or why it is dropped; raises ModelMissing."""
    places: dict[tuple[str, int], Place] = {}
    evidence: list[Evidence] = []
    fault = messages.NO_QUOTE
    for quote in draft.quotes:
        found = _find(quote.words, quote.passage, passages)
        if found is None:
            fault = f"the passages do not have the words {quote.words[:200]!r}"
            continue
        passage, span = found
        sentence = _whole(passage, span)
        if sentence is None:
            fault = f"the words {quote.words[:200]!r} are a title or a signature, which are no evidence"
            continue
        if gives_orders(passage.article.text[sentence.start : sentence.end]):
            fault = f"the words {quote.words[:200]!r} give orders, which are no evidence"
            continue
        times = tuple(
            timex for one in passage.sentences if sentence.start <= one.start < sentence.end for timex in one.times
        )
        posted = next((one.posted for one in passage.sentences if one.start == sentence.start), None)
        place = Place(passage.article, sentence, (span.start, span.end), times, posted)
        if places.setdefault((passage.article.id, sentence.start), place) is place:
            evidence.append(evidence_of(passage.article, sentence, passage.around or passage.sentences))
    if not places:
        return Dropped(draft.text.strip(), fault)
    text = statement(draft.text.strip())
    found_so = verify(text, evidence, reader)
    written = Written(text, tuple(places.values()), found_so.score, found_so.verdict, draft.paragraph)
    if found_so.kept:
        return written
    return written.dropped(found_so.reason or messages.UNSUPPORTED)


def _find(words: str, number: int, passages: Sequence[Passage]) -> tuple[Passage, Span] | None:
    """The passage that has the words, the one of that number first, and where in its article they stand."""
    named = passages[number - 1 : number] if number > 0 else []
    for passage in (*named, *(passage for passage in passages if passage not in named)):
        if span := locate(words, passage.text):
            return passage, Span(span.start + passage.chunk.start, span.end + passage.chunk.start)
    return None


def _whole(passage: Passage, span: Span) -> Span | None:
    """The whole sentences that some words stand in, since half of one may say the opposite; None for no evidence."""
    touched = [other for other in passage.sentences if other.start < span.end and span.start < other.end]
    if not touched or not all(other.evidence for other in touched):
        return None
    return Span(touched[0].start, touched[-1].end)
