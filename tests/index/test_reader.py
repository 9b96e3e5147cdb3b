"""The reader: what it marks stands in the article, and does not depend on the company it is read in."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.models.reader
from index.analysis.analyse import analyse
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.errors import ModelMissing
from index.models.reader import OVERLAP_TOKENS, WINDOW_TOKENS, MiniLMReader
from index.passage import Passage, Reading, Why
from index.types import Article, Chunk
from tests.conftest import ferry_article

MARKS = Path(__file__).parent / "reader_marks.json"


def passage(text: str, title: str | None = None) -> Passage:
    """A whole text as one passage."""
    sentences = analyse(text, split_sentences(text, read_layout(text, title=title)), ())
    start, end = (sentences[0].start, sentences[-1].end) if sentences else (0, 0)
    return Passage(Chunk("c", "a", start, end), Article("a", text, "a.txt", title), 1.0, Why(), sentences)


def read(question: str, *passages: Passage) -> list[list[Reading]]:
    return [
        [reading for reading in row if reading] for row in MiniLMReader().read([question] * len(passages), passages)
    ]


def test_it_marks_the_words_of_a_sentence_that_answer() -> None:
    text = ferry_article(1)
    [[*readings]] = read("How many minutes does the crossing to Brask Island take?", passage(text, "Ferry"))
    best = max(readings, key=lambda reading: reading.mass)
    assert text[best.start : best.end].startswith("21")
    assert best.mass > 0 > min(reading.mass for reading in readings)


def test_a_passage_that_does_not_answer_is_worth_less_than_nothing() -> None:
    [[*readings]] = read("Who won the football World Cup?", passage(ferry_article(1), "Ferry"))
    assert all(reading.mass < 0 and reading.relevance < 0 for reading in readings)


def test_a_reading_does_not_depend_on_the_company() -> None:
    question = "How many minutes does the crossing take?"
    passages = [passage(ferry_article(number) * number, "Ferry") for number in (1, 2, 3)]
    assert read(question, *passages) == [read(question, one)[0] for one in passages]
    assert read(question) == []


def test_a_heading_is_not_read_as_evidence() -> None:
    text = "A first paragraph of the article, which is long enough.\n\nDetails\n\nThe mayor resigned on Monday in Hale."
    one = passage(text, "Hale")
    assert [span.evidence for span in one.sentences] == [True, False, True]
    [row] = MiniLMReader().read(["When did the mayor resign?"], [one])
    assert [reading is None for reading in row] == [False, True, False]


@pytest.mark.parametrize("text", ["", "漢字。", "🚢 🚢", "word " * 400 + "end.", "Um. " * 300])
def test_strange_texts_are_read(text: str) -> None:
    one = passage(text, "Hale")
    [row] = MiniLMReader().read(["When did it happen?" * 40], [one])
    for span, reading in zip(one.sentences, row, strict=True):
        assert reading is None or span.start <= reading.start <= reading.end <= span.end


@given(st.lists(st.integers(0, 160), min_size=1, max_size=40))
def test_windows_cover_all_sentences_in_order_and_are_short(lengths: list[int]) -> None:
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    begins = [end - length for end, length in zip(ends, lengths, strict=True)]
    tokens = index.models.reader._Tokens([], [], [], begins, ends)
    windows = index.models.reader._windows(tokens, WINDOW_TOKENS)
    assert {place for first, last in windows for place in range(first, last + 1)} == set(range(len(lengths)))
    assert windows == sorted(set(windows))
    for first, last in windows:
        assert first == last or tokens.length(first, last) <= WINDOW_TOKENS
    for (_, last), (first, _) in pairwise(windows):
        assert first > last or tokens.length(first, last) <= OVERLAP_TOKENS


def test_the_shipped_weights_mark_what_the_trained_ones_did() -> None:
    """``words`` was written by the fp32 model in the environment that trains (``index.training.export --marks``)."""
    cases = json.loads(MARKS.read_text(encoding="utf-8"))
    same = 0
    for case in cases:
        [[*readings]] = read(case["question"], passage(case["text"], case["title"]))
        best = max(readings, key=lambda reading: reading.span)
        same += case["text"][best.start : best.end] == case["words"]
    assert same >= 0.9 * len(cases)


def test_other_weights_than_expected_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "reader.onnx"
    with pytest.raises(ModelMissing, match="cannot be read"):
        MiniLMReader(weights).read(["When?"], [passage(ferry_article())])
    weights.write_bytes(b"other")
    with pytest.raises(ModelMissing, match="sha256"):
        MiniLMReader(weights).read(["When?"], [passage(ferry_article())])
