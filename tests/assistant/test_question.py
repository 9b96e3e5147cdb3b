"""What a question asks for, and what a sentence offers."""

from __future__ import annotations

import pytest

from assistant.question.answer_type import answer_type, offers, split_question
from index.analysis.analyse import analyse_sentence
from index.languages.en.question_words import AnswerType


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the ferry open?", "when"),
        ("The ferry opened when?", "when"),
        ("In which year did it open?", "when"),
        ("How long ago did it open?", "when"),
        ("How many sailed?", "how_many"),
        ("What percentage sailed?", "how_many"),
        ("Whose ferry is it?", "who"),
        ("Which harbour official spoke?", "who"),
        ("In what country is it?", "where"),
        ("Why did it open?", "why"),
        ("Did it open when the mayor came?", "yes_no"),
        ("What happened when it opened?", "what"),
        ("The highest toll since:", "what"),
    ],
)
def test_kinds(question: str, kind: AnswerType) -> None:
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "offered"),
    [
        ("when", "It opened last week.", True),
        ("when", "It opened in May 1998.", True),
        ("when", "It may open.", False),
        ("when", "It sails at 14:05.", True),
        ("when", "It sails at 9 p.m. sharp.", True),
        ("how_many", "Some 386,000 came.", True),
        ("how_many", "It opened on 14 March 2024.", False),
        ("how_many", "Thirty came on 14 March.", True),
        ("who", "Ilse Torvald spoke.", True),
        ("who", "Hundreds came on Friday.", False),
        ("where", "It lies in Norland.", True),
        ("where", "It lies there.", False),
        ("what", "Anything.", None),
    ],
)
def test_offers(kind: AnswerType, sentence: str, offered: bool | None) -> None:
    assert offers(kind, sentence, analyse_sentence(sentence), ()) is offered


def test_a_name_that_the_question_gives_is_no_answer() -> None:
    assert offers("who", "Torvald spoke.", analyse_sentence("Torvald spoke."), {"torvald"}) is False


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who sailed to Brask, and when did it open?", ["Who sailed to Brask", "when did it open?"]),
        ("When did Ann and Ben speak?", ["When did Ann and Ben speak?"]),
        ("Who sailed? When did the ferry open?", ["Who sailed? When did the ferry open?"]),
        ("Who sailed to Brask? When did it open?", ["Who sailed to Brask?", "When did it open?"]),
        (
            "When did it open, who paid for it, why did Esk object and what happened then?",
            ["When did it open, who paid for it", "why did Esk object", "what happened then?"],
        ),
        ("Which ferry, which sails to Brask, is late?", ["Which ferry, which sails to Brask, is late?"]),
        ("What opened and how?", ["What opened and how?"]),
    ],
)
def test_questions_in_one_sentence(question: str, parts: list[str]) -> None:
    assert split_question(question) == parts


def test_a_sentence_of_many_questions_is_taken_as_it_is() -> None:
    question = " and ".join(["when did it open"] * 80)
    assert split_question(question) == [question]
