"""Questions about the archive itself are answered from its catalog, and said so; all else is asked of the articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.question.intent import intent_and_subject, intent_of
from index.training.conversation import read
from tests.stores import open_store

_NEWS = {
    "Ferry": ("2025-03-01", "The ferry to Esk ran aground on Saturday. Nobody was hurt. It carried 40 people."),
    "Vote": ("2025-05-04", "Marlow voted on Sunday. The Tide Party won 52 seats."),
    "Fire": ("2025-04-11", "A fire broke out in the mill of Holt on Friday. Two firemen were hurt."),
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Assistant]:
    with open_store(tmp_path, _NEWS, title="News:", alone=True) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hello", "Hello. This archive has 3 articles"),
        ("Thanks a lot!", "You are welcome."),
        ("how many articles do you have?", "3 articles"),
        ("From when to when are these articles?", "from 1 March 2025 to 4 May 2025"),
        ("Which is the newest article?", "“News: Vote”"),
        ("what's the oldest piece in here", "“News: Ferry”"),
        ("What are the main topics?", "“News: Fire”"),
        ("What can I ask you?", "how many articles"),
    ],
)
def test_what_is_asked_about_the_archive_is_looked_up_in_its_catalog(archive: Assistant, asked: str, told: str) -> None:
    answer = archive.ask(asked)
    assert told in answer.text and answer.answerer == "catalog" and not answer.refused


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "How many articles about the mill of Holt do you have?",
            "1 article has all the words of “the mill of Holt”. It is",
        ),
        ("How many pieces mention Sunday?", "1 article has"),
        ("How many articles on the eclipse are there?", "No article has all the words of “the eclipse”"),
        ("Summarise the article about the ferry", "The ferry to Esk ran aground on Saturday."),
        ("When was the story about the fire published?", "11 April 2025"),
        ("Which is the newest article about the Tide Party?", "“News: Vote”"),
    ],
)
def test_articles_on_a_subject_are_those_that_have_all_its_words(archive: Assistant, asked: str, told: str) -> None:
    answer = archive.ask(asked)
    assert told in answer.text and answer.answerer == "catalog"


@pytest.mark.parametrize(
    "asked",
    [
        "How many articles on slavery does the constitution contain?",
        "How many stories about him were false?",
        "Summarise the news about the ferry",
        "When was the report on the fire published?",
    ],
)
def test_other_questions_with_such_words_are_asked_of_the_articles(asked: str) -> None:
    assert intent_and_subject(asked) == ("other", None)


def test_the_newest_article_comes_with_its_first_sentence(archive: Assistant) -> None:
    answer = archive.ask("Which is the newest article?")
    assert [citation.quote for citation in answer.citations] == ["Marlow voted on Sunday."]
    assert {notice.code for notice in answer.notices} == {"from_catalog"}


def test_an_archive_without_dates_tells_its_titles_and_that_it_has_no_days(tmp_path: Path) -> None:
    with open_store(tmp_path, {"Mill": (None, "The mill of Holt closed.")}, title="News:", alone=True) as assistant:
        assert "“News: Mill”" in assistant.ask("What are the main topics?").text
        assert "None of these articles has a date" in assistant.ask("Which is the newest article?").text


def test_filters_count(archive: Assistant) -> None:
    assert "2 articles match these filters" in archive.ask("How many articles are there?", as_of="2025-04-30").text


def test_an_article_is_summarised_by_its_first_sentences_and_dated(archive: Assistant) -> None:
    [chosen] = [article.id for article in archive.articles() if article.id == "Ferry"]
    answer = archive.ask("Summarise this article", articles=[chosen])
    assert answer.text == " ".join(citation.quote for citation in answer.citations)
    assert answer.text.startswith("The ferry to Esk ran aground")
    assert "1 March 2025" in archive.ask("When was this article published?", articles=[chosen]).text
    assert "Which article?" in archive.ask("Summarise this article").text


def test_a_question_to_the_articles_is_not_taken_for_one_about_them(archive: Assistant) -> None:
    answer = archive.ask("How many seats did the Tide Party win?")
    assert answer.answerer == "extractive" and "52" in answer.text


def test_a_greeting_takes_nothing_from_the_conversation(archive: Assistant) -> None:
    answer = archive.chat("hello", history=[("Who won in Marlow?", "The Tide Party won 52 seats.")])
    assert answer.understood is None and answer.answerer == "catalog"


def test_messages_that_others_wrote_are_told_apart() -> None:
    rows = read("intents_test.jsonl")
    told = [(row["intent"], intent_of(row["text"])) for row in rows]
    about = [wanted == found for wanted, found in told if wanted != "other"]
    reported = [found == "other" for wanted, found in told if wanted == "other"]
    assert sum(about) / len(about) >= 0.75 and sum(reported) / len(reported) >= 0.98
