"""A conversation as a Word file."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document

from assistant import Assistant
from assistant.web.word import word_file

QUESTION = "When did Macron and Putin last speak?"


@pytest.fixture(scope="module")
def answer(seed_store: Assistant) -> dict[str, Any]:
    return seed_store.ask(QUESTION).to_json()


def test_each_answer_has_its_sentences_their_numbers_and_the_quotes(answer: dict[str, Any]) -> None:
    document = Document(io.BytesIO(word_file([answer, {**answer, "question": "And again?"}])))
    rows = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert [text for style, text in rows if style == "Heading 1"] == [QUESTION, "And again?"]
    [cited, *_] = answer["citations"]
    prose = next(one for one in document.paragraphs if one.text.startswith(answer["sentences"][0]["text"]))
    assert next(run.text for run in prose.runs if run.font.superscript) == "[1]"
    assert any(text.startswith(f"1. “{cited['quote']}”") and cited["uri"] in text for _, text in rows)


def test_paragraphs_stay_and_an_unsure_sentence_is_marked(answer: dict[str, Any]) -> None:
    said = [("One.", 0), ("Two.", 5), ("Three.", 11)]
    sentences = [
        {"text": text, "start": start, "end": start + len(text), "citations": [1], "verdict": verdict}
        for (text, start), verdict in zip(said, ("supported", "unsure", "supported"), strict=True)
    ]
    long = {**answer, "answer": "One. Two.\n\nThree.", "sentences": sentences}
    texts = [one.text for one in Document(io.BytesIO(word_file([long]))).paragraphs]
    assert texts[1].startswith("One.[1] Two.[1] (") and texts[2] == "Three.[1]"


def test_what_no_file_can_hold_is_left_out_and_a_refusal_is_told(answer: dict[str, Any]) -> None:
    odd = {**answer, "question": "W\x00ho\x0b?", "refused": True, "answer": "No article says so.", "sentences": []}
    texts = [one.text for one in Document(io.BytesIO(word_file([{**odd, "citations": []}]))).paragraphs]
    assert texts[:2] == ["W ho ?", "No article says so."]


def test_nothing_is_a_file_too() -> None:
    assert word_file([])[:2] == b"PK"
