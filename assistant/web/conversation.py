"""A conversation as it grows: each turn a question and its answer's JSON, streamed sentence by sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import asdict
from typing import Any, TypedDict

from assistant.api import Assistant
from assistant.options import read_options
from assistant.types import Done, Dropped, SentenceReady
from assistant.web import markup
from assistant.web.narrowing import Narrowing
from index.errors import AssistantError

STOPPED = "Stopped."


class Turn(TypedDict):
    """A question, and the JSON of its answer, or what went wrong in its place."""

    question: str
    options: dict[str, Any]
    """What it was narrowed by."""
    searched: str
    """In words, for a refusal: "9 articles, as of 30 June 2024"."""
    answer: dict[str, Any] | None
    error: str | None


def messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """A conversation as Gradio's chatbot shows it."""
    shown: list[dict[str, Any]] = []
    for number, turn in enumerate(turns):
        shown.append({"role": "user", "content": markup.question_html(turn["question"])})
        if turn["answer"]:
            told = markup.answer_html(turn["answer"], number, turn["searched"])
            shown.append({"role": "assistant", "content": told})
        elif turn["error"]:
            shown.append({"role": "assistant", "content": markup.error_html(turn["error"])})
    return shown


def waiting(turns: Sequence[Turn], question: str) -> list[dict[str, Any]]:
    """The messages of a conversation with a question that waits for its answer to begin."""
    asked = {"role": "user", "content": markup.question_html(question)}
    return [*messages(turns), asked, {"role": "assistant", "content": markup.waiting_html()}]


def stopped(question: str) -> Turn:
    """A question that was stopped while it waited."""
    return {"question": question, "options": {}, "searched": "", "answer": None, "error": STOPPED}


def answering(
    assistant: Assistant, turns: Sequence[Turn], question: str, narrowing: Narrowing, stop: threading.Event
) -> Iterator[tuple[list[Turn], list[dict[str, Any]]]]:
    """The conversation and its messages again and again while a question is answered; the last time whole."""
    number = len(turns)
    asked: Turn = {
        "question": question,
        "options": narrowing.to_json(),
        "searched": searched(assistant, narrowing),
        "answer": None,
        "error": None,
    }
    begun = messages([*turns, asked])
    yield [*turns, asked], [*begun, _coming([], [], 0, number)]
    sentences: list[dict[str, Any]] = []
    citations: dict[int, dict[str, Any]] = {}
    dropped = 0
    try:
        for event in assistant.stream(question, history=history_of(turns), stop=stop, **narrowing.options()):
            match event:
                case SentenceReady():
                    sentences.append(asdict(event.sentence))
                    citations |= {citation.number: asdict(citation) for citation in event.citations}
                case Dropped():
                    dropped += 1
                case Done():
                    asked = {**asked, "answer": event.answer.to_json()}
                    break
                case _:
                    continue
            ordered = [citations[place] for place in sorted(citations)]
            yield [*turns, asked], [*begun, _coming(sentences, ordered, dropped, number)]
    except CancelledError:
        asked = {**asked, "error": STOPPED}
    except AssistantError as error:
        asked = {**asked, "error": str(error)}
    yield [*turns, asked], messages([*turns, asked])


def searched(assistant: Assistant, narrowing: Narrowing) -> str:
    """What a question is looked for in; nothing where there is no store yet."""
    try:
        count = assistant.store.catalog.count(read_options(narrowing.options(), fast=True).window)
    except AssistantError:
        return ""
    return ", ".join(
        [f"{count:,} {'article' if count == 1 else 'articles'}", *(words for _, words in narrowing.chips())]
    )


def history_of(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """The questions, as they were understood, and the answers before the next question."""
    return [
        (turn["answer"]["understood"] or turn["question"], turn["answer"]["answer"]) for turn in turns if turn["answer"]
    ]


def _coming(
    sentences: Sequence[dict[str, Any]], citations: Sequence[dict[str, Any]], dropped: int, number: int
) -> dict[str, Any]:
    return {"role": "assistant", "content": markup.partial_html(sentences, citations, dropped, number)}
