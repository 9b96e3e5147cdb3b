"""Which questions ask for what is to come, and which for what was meant and given up."""

from __future__ import annotations

import time

import pytest

from assistant.question.answer_type import answer_type
from index.languages.en.question_words import AHEAD, GIVEN_UP, MEANT

COMING = """When will Marvena United play next?
when do the united provinces hold elections
When is the delayed opening?
When are results expected?
When will the trial of the man who shot the mayor begin?
date of the next rate meeting?
What's the earliest jets can use the airport?
what day is the by-election?"""
GONE = """When did it open?
when does the army say the shelling began
What was the date of the first flight?
date of birth of the king
When was the drug first announced?
What day did Vasser take over?"""
ORIGINAL = """original date of the court hearing
what date were the talks meant to be held originally
What day had the boat been meant to arrive?
When was the vote supposed to start before the delay?"""
NOT_ORIGINAL = """When was the original Starfall film released?
When will the original cast reunite?
When were schools closed due to the heat but reopened?
When was the planned merger announced?"""


@pytest.mark.parametrize("question", COMING.splitlines())
def test_what_is_to_come_is_asked_for(question: str) -> None:
    assert answer_type(question) == "when"
    assert AHEAD.match(question)


@pytest.mark.parametrize("question", GONE.splitlines())
def test_what_was_is_asked_for(question: str) -> None:
    assert not AHEAD.match(question)


@pytest.mark.parametrize("question", ORIGINAL.splitlines())
def test_what_was_given_up_is_asked_for(question: str) -> None:
    assert GIVEN_UP.search(question)


@pytest.mark.parametrize("question", NOT_ORIGINAL.splitlines())
def test_an_original_is_no_plan(question: str) -> None:
    assert not GIVEN_UP.search(question)


@pytest.mark.parametrize("question", ["When was the ferry grounded due to fog?", "when was the fire set?"])
def test_a_cause_is_no_plan(question: str) -> None:
    assert not MEANT.search(question)


@pytest.mark.parametrize("words", ["was due ", "when do ", "say ", "originally ", "were going to "])
def test_a_long_question_takes_no_longer_than_it_is(words: str) -> None:
    begun = time.process_time()
    question = words * 400
    AHEAD.match(question)
    GIVEN_UP.search(question)
    MEANT.search(question)
    assert time.process_time() - begun < 1
