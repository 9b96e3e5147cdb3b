"""What the reader adds to an answer: the words that answer, how sure that is, and that it can be left out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal import render
from tests.conftest import ferry_article, write_jsonl

SHORT = [
    ("When did Macron and Putin last speak?", "July"),
    ("Who did Macron send to the Kremlin?", "Emmanuel Bonne"),
    ("When did talks between Macron and Putin cease?", "September 2022"),
    ("When did Russia's full-scale invasion of Ukraine begin?", "February 2022"),
    ("Which newspaper interviewed Macron?", "Suddeutsche Zeitung"),
]


@pytest.mark.parametrize(("question", "words"), SHORT)
def test_the_words_that_answer_are_given_and_marked(seed_store: Assistant, question: str, words: str) -> None:
    answer = seed_store.ask(question)
    assert answer.short is not None and words in answer.short
    assert len(answer.short) <= len(words) + 25
    [citation, *_] = answer.citations
    assert citation.mark is not None
    start, end = citation.mark
    assert citation.start <= start < end <= citation.end
    assert seed_store.article(citation.article_id).text[start:end] == answer.short


def test_a_yes_or_no_has_no_words_of_its_own(seed_store: Assistant) -> None:
    answer = seed_store.ask("Did Macron give a timeframe for resuming dialogue?")
    assert not answer.refused
    assert answer.short == "No"
    assert answer.citations[0].mark is None


def test_confidence_is_high_for_what_is_answered_and_low_for_a_refusal(seed_store: Assistant) -> None:
    sure = seed_store.ask("When did Macron and Putin last speak?").confidence
    unsure = seed_store.ask("Who won the football World Cup?").confidence
    assert sure is not None and unsure is not None
    assert 0 <= unsure < 0.2 < 0.5 < sure <= 1


def test_the_marked_words_are_set_off_in_the_terminal(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?")
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=200, color_system="standard").print(render.answer(answer, {}))
    assert "\x1b[1;4mJuly\x1b[0m" in out.getvalue()
    assert f"{answer.confidence:.0%} sure" in out.getvalue()


def test_fast_leaves_the_reader_out(seed_store: Assistant) -> None:
    question = "When did Macron and Putin last speak?"
    fast = seed_store.ask(question, fast=True)
    assert "in July" in fast.text
    assert fast.short is None
    assert all(passage.why.relevance is None and not passage.readings for passage in fast.passages)
    assert all(passage.why.relevance is not None for passage in seed_store.ask(question).passages)


def test_fast_can_be_set_and_undone(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a" / "a.jsonl", {"id": "1", "title": "Ferry", "text": ferry_article(1)})
    with Assistant.open(tmp_path / "store", settings=Settings(fast=True)) as assistant:
        assistant.ingest([tmp_path / "a"])
        question = "How many minutes does the crossing to Brask Island take?"
        assert assistant.ask(question).short is None
        assert (assistant.ask(question, fast=False).short or "").startswith("21")
        assert assistant.search("crossing")[0].why.relevance is None
        assert assistant.search("crossing", fast=False)[0].why.relevance is not None


def test_a_full_name_is_found_where_the_sentence_has_only_half_of_it(empty_store: Assistant, tmp_path: Path) -> None:
    text = (
        "Harbour master Agnes Tolliver has run the port of Esk since spring.\n"
        "Her deputy is to follow in winter, the board said.\n"
        "The mayor praised the port and its people at length.\n"
        "Tolliver resigned on 4 March after a quarrel over dredging.\n"
    )
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", {"id": "1", "title": "Port", "text": text})])
    assert "4 March" in empty_store.ask("When did Agnes Tolliver resign?").text
    assert empty_store.ask("When did Mary Tolliver resign?").refused


def test_a_refusal_shows_no_rank_scores(seed_store: Assistant) -> None:
    out = io.StringIO()
    refusal = seed_store.ask("Who won the football World Cup?")
    Console(file=out, width=200).print(render.answer(refusal, {}))
    assert "Nearest passages" in out.getvalue()
    assert "score" not in out.getvalue()


def test_a_question_without_content_has_no_confidence_at_all(seed_store: Assistant) -> None:
    assert seed_store.ask("who?").confidence == 0
